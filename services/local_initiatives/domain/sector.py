"""Sectors (sektorer): each a city department's responsibility (byrådssak 1055/17, section 3).

nothing ─register─▶ registered ─rename─▶ registered
"""

from dataclasses import dataclass, replace
from typing import assert_never

from services.local_initiatives.domain.registry import well_formed
from shared.decider import require

# Commands


@dataclass(frozen=True, slots=True)
class Register:
    code: str
    name: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    name: str
    reason: str | None = None


Command = Register | Rename


# Events


@dataclass(frozen=True, slots=True)
class Registered:
    code: str
    name: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Renamed:
    name: str
    reason: str | None


Event = Registered | Renamed

EVENTS: dict[str, type[Event]] = {
    "samtidig.sector.registered.v1": Registered,
    "samtidig.sector.renamed.v1": Renamed,
}


# State


@dataclass(frozen=True, slots=True)
class Sector:
    """name: None until it is registered."""

    name: str | None = None


def initial() -> Sector:
    return Sector()


def decide(command: Command, sector: Sector) -> list[Event]:
    match command:
        case Register(code, name, reason):
            require(sector.name is None, "sector-exists", "code")
            require(well_formed(code), "code-malformed", "code")
            return [Registered(code, name, reason)]
        case Rename(name, reason):
            return [] if name == sector.name else [Renamed(name, reason)]
        case _:
            assert_never(command)


def evolve(sector: Sector, event: Event) -> Sector:
    match event:
        case Registered() | Renamed():
            return replace(sector, name=event.name)
        case _:
            assert_never(event)
