"""Agencies (virksomheter): an etat, foretak or bydel, each in one sector.

nothing ─register─▶ registered ─rename─▶ registered
"""

from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from services.local_initiatives.domain.registry import EMPTY, Registry, require_sector, well_formed
from shared.decider import require

# Commands


@dataclass(frozen=True, slots=True)
class Register:
    code: str
    name: str
    sector: UUID
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """sector: where the sender believes it to be, if that is said; an agency does not move."""

    name: str
    sector: UUID | None = None
    reason: str | None = None


Command = Register | Rename


# Events


@dataclass(frozen=True, slots=True)
class Registered:
    code: str
    name: str
    sector: UUID
    reason: str | None


@dataclass(frozen=True, slots=True)
class Renamed:
    name: str
    reason: str | None


Event = Registered | Renamed

EVENTS: dict[str, type[Event]] = {
    "samtidig.agency.registered.v1": Registered,
    "samtidig.agency.renamed.v1": Renamed,
}


# State


@dataclass(frozen=True, slots=True)
class Agency:
    """Both are None until it is registered."""

    name: str | None = None
    sector: UUID | None = None


def initial() -> Agency:
    return Agency()


def decide(command: Command, agency: Agency, registry: Registry = EMPTY) -> list[Event]:
    """Only registering asks about sectors."""
    match command:
        case Register(code, name, sector, reason):
            require(agency.name is None, "agency-exists", "code")
            require(well_formed(code), "code-malformed", "code")
            require_sector(sector, registry)
            return [Registered(code, name, sector, reason)]
        case Rename(name, sector, reason):
            require(sector in (None, agency.sector), "agency-does-not-move", "sector")
            return [] if name == agency.name else [Renamed(name, reason)]
        case _:
            assert_never(command)


def evolve(agency: Agency, event: Event) -> Agency:
    match event:
        case Registered():
            return Agency(event.name, event.sector)
        case Renamed():
            return replace(agency, name=event.name)
        case _:
            assert_never(event)
