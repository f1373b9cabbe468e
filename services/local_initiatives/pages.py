"""The pages of the local initiatives service: initiatives, what was learnt in them, sectors and agencies."""

from pathlib import Path
from uuid import UUID

from services.local_initiatives import api, imports, schemas
from services.local_initiatives.words import WORDS
from shared import identity, service
from shared.pages import Collection, Form, Import, Pages
from shared.pages.model import Item, Option
from shared.reading import SearchSchema

# What can be done with an initiative as it stands


def goes_on(initiative: Item) -> bool:
    return initiative["status"] not in ("completed", "discontinued")


def is_scheduled(initiative: Item) -> bool:
    return bool(initiative["start"] or initiative["end"])


def agencies_of_its_sector(initiative: Item) -> list[Option]:
    """None while no sector is chosen: then all can be searched, and the rule says whether it is in the sector."""
    if not (named := initiative.get("sector", "").strip()):
        return []
    sector = identity.resolve("sector", named)
    agencies = service.current().lists.all_of("agency")
    return [(str(agency.id), agency.label) for agency in agencies if agency.part_of == sector]


def what_it_supports(initiative: Item) -> list[Option]:
    """By name, as far as it is known here."""
    names = service.current().lists.names("central-initiative", map(UUID, initiative["supports"]))
    return [(id_, names[UUID(id_)].label if UUID(id_) in names else id_) for id_ in initiative["supports"]]


INITIATIVES = Collection(
    kind="local-initiative",
    list="local_initiatives.all_initiatives",
    item="local_initiatives.one_initiative",
    history="local_initiatives.initiative_history",
    filters=schemas.InitiativeFilterSchema,
    columns=("sector", "status", "start", "end", "goals"),
    facts=(
        *("start", "end", "anchored_where", "anchored_on", "sector", "agency", "responsible"),
        *("goals", "supports"),
    ),
    imports=Import("local_initiatives.import_initiatives", lambda: imports.initiatives(api.all_registered())),
    further=(
        *("started_on", "finished_on", "effect", "description", "participations", "learnings"),
        *("reported_status", "reported_sentence", "reported_at"),
    ),
    ways=("local_initiatives.all_learning", "local_initiatives.all_agencies"),
    on_timeline=True,
    forms=[
        Form(
            "local_initiatives.propose",
            schemas.ProposeSchema,
            creates=True,
            options={"agency": agencies_of_its_sector},
        ),
        Form("local_initiatives.revise", schemas.ReviseSchema, options={"agency": agencies_of_its_sector}),
        Form(
            "local_initiatives.anchor",
            schemas.AnchorSchema,
            offered=lambda initiative: initiative["status"] == "proposed",
        ),
        Form(
            "local_initiatives.schedule",
            schemas.ScheduleSchema,
            offered=lambda initiative: goes_on(initiative) and not is_scheduled(initiative),
        ),
        Form(
            "local_initiatives.reschedule",
            schemas.RescheduleSchema,
            offered=lambda initiative: goes_on(initiative) and is_scheduled(initiative),
        ),
        Form(
            "local_initiatives.start",
            schemas.StartSchema,
            offered=lambda initiative: initiative["status"] == "anchored",
        ),
        Form(
            "local_initiatives.complete",
            schemas.CompleteSchema,
            offered=lambda initiative: initiative["status"] == "started",
        ),
        Form("local_initiatives.discontinue", schemas.DiscontinueSchema, offered=goes_on),
        Form("local_initiatives.support", schemas.SupportSchema),
        Form(
            "local_initiatives.withdraw_support",
            schemas.WithdrawSupportSchema,
            offered=lambda initiative: bool(initiative["supports"]),
            options={"central": what_it_supports},
        ),
        Form("local_initiatives.record_participation", schemas.RecordParticipationSchema),
        Form("local_initiatives.share_learning", schemas.ShareLearningSchema),
        Form("local_initiatives.report_status", schemas.ReportStatusSchema, offered=goes_on),
    ],
)

LEARNING = Collection(
    kind="local-initiative",
    list="local_initiatives.all_learning",
    item=INITIATIVES.item,
    history=INITIATIVES.history,
    filters=schemas.LearningFilterSchema,
    columns=("sector", "agency"),
    facts=(),
    list_template="local_initiatives/learning.html",
)
"""What was learnt has no page of its own, but stands on that of its initiative."""

SECTORS = Collection(
    kind="sector",
    list="local_initiatives.all_sectors",
    item="local_initiatives.one_sector",
    history="local_initiatives.sector_history",
    number="code",
    title="name",
    key="code",
    filters=SearchSchema,
    columns=(),
    facts=("code",),
    imports=Import("local_initiatives.import_sectors", lambda: imports.SECTORS),
    ways=("local_initiatives.all_agencies",),
    lists={"local_initiatives.all_initiatives": "sector", "local_initiatives.all_agencies": "sector"},
    forms=[
        Form("local_initiatives.register_sector", schemas.RegisterSectorSchema, creates=True),
        Form(
            "local_initiatives.rename_sector",
            schemas.RenameSectorSchema,
            given={"name": lambda sector: sector["name"]},
        ),
    ],
)

AGENCIES = Collection(
    kind="agency",
    list="local_initiatives.all_agencies",
    item="local_initiatives.one_agency",
    history="local_initiatives.agency_history",
    number="code",
    title="name",
    key="code",
    filters=schemas.AgencyFilterSchema,
    columns=("sector",),
    facts=("code", "sector"),
    imports=Import("local_initiatives.import_agencies", lambda: imports.agencies(api.all_registered())),
    ways=("local_initiatives.all_sectors",),
    lists={"local_initiatives.all_initiatives": "agency"},
    forms=[
        Form("local_initiatives.register_agency", schemas.RegisterAgencySchema, creates=True),
        Form(
            "local_initiatives.rename_agency",
            schemas.RenameAgencySchema,
            given={"name": lambda agency: agency["name"]},
        ),
    ],
)

PAGES = Pages([INITIATIVES, LEARNING, SECTORS, AGENCIES], WORDS, templates=Path(__file__).with_name("templates"))
