"""Sectors, agencies and local initiatives from spreadsheets: one row an item, known by its code, external id or id."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.local_initiatives.domain import agency, sector
from services.local_initiatives.domain.initiative import (
    Command,
    Initiative,
    Propose,
    Reschedule,
    Revise,
    Schedule,
    Support,
    WithdrawSupport,
)
from services.local_initiatives.domain.registry import Registry
from services.local_initiatives.tables import AGENCY, INITIATIVE, SECTOR
from shared import identity
from shared.fields import PROSE, TITLE
from shared.importing import Column, Row, code, day, reference, text
from shared.importing.plan import Importer, Target, own

# Sectors


def _sector(row: Row) -> Iterator[Target]:
    values: dict[str, Any] = dict(row.values)

    def commands(found: sector.Sector) -> list[sector.Command]:
        return [sector.Register(**values) if found.name is None else sector.Rename(values["name"])]

    yield Target(row, SECTOR, identity.named("sector", values["code"]), commands, values["code"])


SECTORS = Importer(
    (Column("code", code, required=True), Column("name", text, required=True)),
    ["code"],
    _sector,
)


# Agencies


def agencies(registry: Registry) -> Importer:
    """`registry`: all sectors."""

    def targets(row: Row) -> Iterator[Target]:
        values: dict[str, Any] = dict(row.values)
        values["sector"] = identity.resolve("sector", values["sector"])

        def commands(found: agency.Agency) -> list[agency.Command]:
            if found.name is None:
                return [agency.Register(**values)]
            return [agency.Rename(values["name"], values["sector"])]

        stream = identity.named("agency", values["code"])
        yield Target(row, AGENCY, stream, commands, values["code"], facts=lambda _: registry)

    columns = (
        Column("code", code, required=True),
        Column("name", text, required=True),
        Column("sector", reference, required=True),
    )
    return Importer(columns, ["code"], targets)


# Initiatives

COLUMNS = (
    Column("external_id", code, required=True),
    Column("sector", reference, required=True),
    Column("agency", reference),
    Column("title", text, required=True, maximum=TITLE),
    Column("description", text, maximum=PROSE),
    Column("goals", reference, many=True),
    Column("supports", reference, many=True),
    Column("start", day),
    Column("end", day),
    Column("responsible", text),
)

PERIOD = ("start", "end")


def initiatives(registry: Registry) -> Importer:
    """`registry`: all sectors and agencies. The codes of sectors are part of the ids of their initiatives."""

    def targets(row: Row) -> Iterator[Target]:
        values = _resolved(row)
        code_or_id = registry.sectors.get(values["sector"], row.values["sector"])
        item = own(f"local-initiative:{code_or_id}", values["external_id"])
        yield Target(
            row,
            INITIATIVE,
            item.stream,
            lambda found: _commands(found, values),
            item.external_id,
            facts=lambda _: registry,
            by_id=item.by_id,
        )

    return Importer(COLUMNS, ["sector", "external_id"], targets)


def _resolved(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.values)
    values["sector"] = identity.resolve("sector", values["sector"])
    if values.get("agency"):
        values["agency"] = identity.resolve("agency", values["agency"])
    for name, kind in (("goals", "goal"), ("supports", "central-initiative")):
        if name in values:
            values[name] = _ids(kind, values[name])
    return values


def _ids(kind: str, references: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(identity.resolve(kind, name) for name in references))


def _commands(found: Initiative, values: Mapping[str, Any]) -> list[Command]:
    """What brings the initiative to what the row says; it stays in its sector."""
    period = {name: values[name] for name in PERIOD if name in values}
    described = {name: value for name, value in values.items() if name not in period}
    if found.status == "nothing":
        return [Propose(**described), *_planned(found, period)]
    supports = described.pop("supports", found.supports)
    for name in ("external_id", "sector"):
        del described[name]
    declared = [Support(central) for central in supports if central not in found.supports]
    withdrawn = [WithdrawSupport(central) for central in found.supports if central not in supports]
    return [Revise(described), *declared, *withdrawn, *_planned(found, period)]


def _planned(found: Initiative, period: Mapping[str, date | None]) -> list[Command]:
    if found.scheduled:
        return [Reschedule(period)]
    return [Schedule(period.get("start"), period.get("end"))] if any(period.values()) else []
