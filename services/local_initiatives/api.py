"""Sectors, agencies and local initiatives over HTTP: one function per command or query.

`<sector>` and `<agency>` are an id or a code, `<initiative>` is an id or `<sector code>:<external id>`.
"""

from typing import Any
from uuid import UUID

from flask import Response
from psycopg.rows import dict_row

from services.local_initiatives import imports
from services.local_initiatives.domain import agency as agencies
from services.local_initiatives.domain import sector as sectors
from services.local_initiatives.domain.initiative import (
    Anchor,
    Complete,
    Discontinue,
    Propose,
    RecordParticipation,
    ReportStatus,
    Reschedule,
    Revise,
    Schedule,
    ShareLearning,
    Start,
    Support,
    WithdrawSupport,
)
from services.local_initiatives.domain.registry import Registry, require_sector
from services.local_initiatives.schemas import (
    AgencyFilterSchema,
    AgencySchema,
    AnchorSchema,
    CompleteSchema,
    DiscontinueSchema,
    InitiativeFilterSchema,
    InitiativeSchema,
    LearningFilterSchema,
    LearningSchema,
    ProposeSchema,
    RecordParticipationSchema,
    RegisterAgencySchema,
    RegisterSectorSchema,
    RenameAgencySchema,
    RenameSectorSchema,
    ReportStatusSchema,
    RescheduleSchema,
    ReviseSchema,
    ScheduleSchema,
    SectorSchema,
    ShareLearningSchema,
    StartSchema,
    SupportSchema,
    WithdrawSupportSchema,
)
from services.local_initiatives.tables import (
    AGENCIES,
    AGENCY,
    ALL,
    INITIATIVE,
    INITIATIVES,
    LEARNING,
    NAMED,
    ONE_AGENCY,
    ONE_INITIATIVE,
    ONE_SECTOR,
    SECTOR,
    SECTORS,
    named,
    registry,
)
from shared import identity, reading, service
from shared.http import Blueprint, DoneSchema, handle
from shared.importing.execute import DESCRIPTION, import_file
from shared.reading import HistorySchema, SearchSchema, listed

blueprint = Blueprint(
    "local_initiatives",
    __name__,
    description="Sectors, agencies and their local initiatives (lokale tiltak)",
    addressed_by={
        "sector": "id or code of a sector",
        "agency": "id or code of an agency",
        "initiative": "id of a local initiative, or `<sector code>:<external id>`",
    },
)


# Sectors


@blueprint.post("/sectors")
@blueprint.arguments(RegisterSectorSchema)
@blueprint.response(201, DoneSchema)
def register_sector(command: sectors.Register) -> Response:
    return handle(SECTOR, identity.named("sector", command.code), command, creates=True)


@blueprint.post("/sectors/<sector>/rename")
@blueprint.arguments(RenameSectorSchema)
@blueprint.response(200, DoneSchema)
def rename_sector(command: sectors.Rename, sector: str) -> Response:
    return handle(SECTOR, identity.resolve("sector", sector), command)


@blueprint.post("/sectors/import")
@blueprint.doc(**DESCRIPTION)
def import_sectors() -> Response:
    return import_file(imports.SECTORS)


@blueprint.get("/sectors")
@blueprint.arguments(SearchSchema, location="query")
@blueprint.response(200, listed(SectorSchema))
def all_sectors(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, SECTORS, filters)


@blueprint.get("/sectors/<sector>")
@blueprint.response(200, SectorSchema)
def one_sector(sector: str) -> Response:
    return reading.one(service.current().database, ONE_SECTOR, {"id": identity.resolve("sector", sector)})


@blueprint.get("/sectors/<sector>/history")
@blueprint.response(200, HistorySchema)
def sector_history(sector: str) -> Response:
    return reading.history(service.current().store, SECTOR, identity.resolve("sector", sector))


# Agencies


@blueprint.post("/agencies")
@blueprint.arguments(RegisterAgencySchema)
@blueprint.response(201, DoneSchema)
def register_agency(command: agencies.Register) -> Response:
    stream = identity.named("agency", command.code)
    return handle(AGENCY, stream, command, creates=True, facts=named(sector=command.sector))


@blueprint.post("/agencies/<agency>/rename")
@blueprint.arguments(RenameAgencySchema)
@blueprint.response(200, DoneSchema)
def rename_agency(command: agencies.Rename, agency: str) -> Response:
    return handle(AGENCY, identity.resolve("agency", agency), command)


@blueprint.post("/agencies/import")
@blueprint.doc(**DESCRIPTION)
def import_agencies() -> Response:
    return import_file(imports.agencies(all_registered()))


@blueprint.get("/agencies")
@blueprint.arguments(AgencyFilterSchema, location="query")
@blueprint.response(200, listed(AgencySchema))
def all_agencies(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, AGENCIES, filters)


@blueprint.get("/agencies/<agency>")
@blueprint.response(200, AgencySchema)
def one_agency(agency: str) -> Response:
    return reading.one(service.current().database, ONE_AGENCY, {"id": identity.resolve("agency", agency)})


@blueprint.get("/agencies/<agency>/history")
@blueprint.response(200, HistorySchema)
def agency_history(agency: str) -> Response:
    return reading.history(service.current().store, AGENCY, identity.resolve("agency", agency))


# Initiatives: commands


@blueprint.post("/initiatives")
@blueprint.arguments(ProposeSchema)
@blueprint.response(201, DoneSchema)
def propose(command: Propose) -> Response:
    facts = named(sector=command.sector, agency=command.agency)
    return handle(INITIATIVE, _new_id(command), command, creates=True, facts=facts)


@blueprint.post("/initiatives/<initiative>/revise")
@blueprint.arguments(ReviseSchema)
@blueprint.response(200, DoneSchema)
def revise(command: Revise, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command, facts=named(agency=command.changes.get("agency")))


@blueprint.post("/initiatives/<initiative>/anchor")
@blueprint.arguments(AnchorSchema)
@blueprint.response(200, DoneSchema)
def anchor(command: Anchor, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/schedule")
@blueprint.arguments(ScheduleSchema)
@blueprint.response(200, DoneSchema)
def schedule(command: Schedule, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/reschedule")
@blueprint.arguments(RescheduleSchema)
@blueprint.response(200, DoneSchema)
def reschedule(command: Reschedule, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/start")
@blueprint.arguments(StartSchema)
@blueprint.response(200, DoneSchema)
def start(command: Start, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/complete")
@blueprint.arguments(CompleteSchema)
@blueprint.response(200, DoneSchema)
def complete(command: Complete, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/discontinue")
@blueprint.arguments(DiscontinueSchema)
@blueprint.response(200, DoneSchema)
def discontinue(command: Discontinue, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/support")
@blueprint.arguments(SupportSchema)
@blueprint.response(200, DoneSchema)
def support(command: Support, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/withdraw-support")
@blueprint.arguments(WithdrawSupportSchema)
@blueprint.response(200, DoneSchema)
def withdraw_support(command: WithdrawSupport, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/record-participation")
@blueprint.arguments(RecordParticipationSchema)
@blueprint.response(200, DoneSchema)
def record_participation(command: RecordParticipation, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/share-learning")
@blueprint.arguments(ShareLearningSchema)
@blueprint.response(200, DoneSchema)
def share_learning(command: ShareLearning, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/<initiative>/report-status")
@blueprint.arguments(ReportStatusSchema)
@blueprint.response(200, DoneSchema)
def report_status(command: ReportStatus, initiative: str) -> Response:
    return handle(INITIATIVE, _id(initiative), command)


@blueprint.post("/initiatives/import")
@blueprint.doc(**DESCRIPTION)
def import_initiatives() -> Response:
    return import_file(imports.initiatives(all_registered()))


# Initiatives: queries


@blueprint.get("/initiatives")
@blueprint.arguments(InitiativeFilterSchema, location="query")
@blueprint.response(200, listed(InitiativeSchema))
def all_initiatives(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, INITIATIVES, filters)


@blueprint.get("/initiatives/<initiative>")
@blueprint.response(200, InitiativeSchema)
def one_initiative(initiative: str) -> Response:
    return reading.one(service.current().database, ONE_INITIATIVE, {"id": _id(initiative)})


@blueprint.get("/initiatives/<initiative>/history")
@blueprint.response(200, HistorySchema)
def initiative_history(initiative: str) -> Response:
    return reading.history(service.current().store, INITIATIVE, _id(initiative))


# Learning, across sectors


@blueprint.get("/learning")
@blueprint.arguments(LearningFilterSchema, location="query")
@blueprint.response(200, listed(LearningSchema))
def all_learning(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, LEARNING, filters)


def _id(initiative: str) -> UUID:
    return identity.resolve("local-initiative", initiative)


def _new_id(command: Propose) -> UUID:
    """The code of the sector is part of it, also where the command names the sector by its id."""
    if command.external_id is None:
        return identity.new()
    known = _registry(NAMED, sector=command.sector)
    require_sector(command.sector, known)
    return identity.named(f"local-initiative:{known.sectors[command.sector]}", command.external_id)


def all_registered() -> Registry:
    """Every sector and agency, for an import."""
    return _registry(ALL)


def _registry(query: str, *, sector: UUID | None = None) -> Registry:
    """Read before the command: what is registered stays registered."""
    database = service.current().database
    with database.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
        return registry(rows.execute(query, {"sector": sector, "agency": None}).fetchall()[0])
