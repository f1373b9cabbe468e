"""The pages of the central initiatives service: plans with their reports, initiatives, and a form for each command."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, LiteralString

from flask import Response, request

from services.central_initiatives import imports, schemas
from services.central_initiatives.words import WORDS
from shared import service
from shared.pages import Collection, Form, Import, Pages
from shared.pages.model import Item, Option
from shared.pages.page import Page, ask, decoded

# What can be chosen

YEARS = "select year, title, status <> 'closed' as open from action_plan order by year desc"
AREAS = "select distinct unnest(areas) as area from action_plan order by area"
AREAS_OF_YEAR = "select unnest(areas) from action_plan where year::text = %(year)s"


def every_year(_: Item) -> Sequence[Option]:
    return [(str(year), str(year)) for year, _, _ in _rows(YEARS)]


def every_area(_: Item) -> Sequence[Option]:
    return [(area, area) for (area,) in _rows(AREAS)]


def open_years(_: Item) -> Sequence[Option]:
    """The years whose plan takes initiatives."""
    return [(str(year), f"{year} {title or ''}".strip()) for year, title, is_open in _rows(YEARS) if is_open]


def areas_of_year(initiative: Item) -> Sequence[Option]:
    """The areas of the year's plan; none where the year is not known yet, and the area is typed."""
    year = str(initiative.get("plan_year", "")).strip()
    return [(area, area) for (area,) in _rows(AREAS_OF_YEAR, {"year": year.replace("\x00", "")})]


def only_open_year(_: Item) -> str | None:
    years = open_years({})
    return years[0][0] if len(years) == 1 else None


def _rows(query: LiteralString, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with service.current().database.connection() as connection:
        return connection.execute(query, parameters).fetchall()


# Action plans


def is_open(plan: Item) -> bool:
    return bool(plan["status"] != "closed")


def may_be_adopted(plan: Item) -> bool:
    return plan["status"] == "drafted" and bool(plan["discussions"])


def rows_of(plan: Item) -> Iterator[Item]:
    """A row of a spreadsheet for each area."""
    for area in plan["areas"]:
        yield {"plan_year": plan["year"], "title": plan["title"], "area": area, "frame": plan["frame"]}


PLANS = Collection(
    kind="action-plan",
    list="central_initiatives.plans",
    item="central_initiatives.plan",
    history="central_initiatives.plan_history",
    filters=schemas.PlanFilterSchema,
    columns=("status", "areas", "frame", "allocated"),
    facts=("discussions", "frame", "allocated"),
    further=("adopted_on", "closed_on"),
    forms=[
        Form("central_initiatives.draft", schemas.DraftSchema, creates=True),
        Form("central_initiatives.add_area", schemas.AddAreaSchema, offered=is_open),
        Form(
            "central_initiatives.set_frame",
            schemas.FrameSchema,
            offered=is_open,
            given={"amount": lambda plan: plan["frame"]},
        ),
        Form("central_initiatives.record_discussion", schemas.DiscussionSchema, offered=is_open),
        Form("central_initiatives.adopt", schemas.AdoptSchema, offered=may_be_adopted),
        Form(
            "central_initiatives.rename",
            schemas.RenameSchema,
            offered=is_open,
            given={"title": lambda plan: plan["title"]},
        ),
        Form("central_initiatives.close", schemas.CloseSchema, offered=lambda plan: plan["status"] == "adopted"),
    ],
    number="year",
    key="year",
    template="central/plan.html",
    imports=Import(
        "central_initiatives.import_plans",
        lambda: imports.PLANS,
        rows=rows_of,
    ),
)


class ReportPage(Page):
    """The report of a plan, to be read and printed: the JSON that the API answers, in words."""

    def show(self) -> Response:
        response = ask("central_initiatives.plan_report", request.view_args or {})
        if response.status_code != HTTPStatus.OK:
            return response
        report = decoded(response)
        self.shown.know(("goals", initiative["goals"]) for initiative in report["initiatives"])
        areas = [
            (area, [initiative for initiative in report["initiatives"] if initiative["area"] == area])
            for area in report["areas"]
        ]
        return self.render("central/report.html", report=report, areas=areas, digest=response.get_etag()[0])


# Central initiatives


def is_going_on(initiative: Item) -> bool:
    return initiative["status"] in ("planned", "started")


def is_not_cancelled(initiative: Item) -> bool:
    return bool(initiative["status"] != "cancelled")


INITIATIVES = Collection(
    kind="central-initiative",
    list="central_initiatives.initiatives",
    item="central_initiatives.initiative",
    history="central_initiatives.history",
    filters=schemas.FilterSchema,
    columns=("plan_year", "area", "status", "start", "end", "goals"),
    facts=(*("plan_year", "area", "start", "end", "goals", "audiences", "responsible", "budget", "description"),),
    further=(
        *("started_on", "completed_on", "cancelled_on", "effect"),
        *("reported_status", "reported_sentence", "reported_at"),
    ),
    forms=[
        Form(
            "central_initiatives.plan_initiative",
            schemas.PlanInitiativeSchema,
            creates=True,
            options={"plan_year": open_years, "area": areas_of_year},
            given={"plan_year": only_open_year},
        ),
        Form(
            "central_initiatives.revise",
            schemas.ReviseSchema,
            offered=is_not_cancelled,
            options={"plan_year": open_years, "area": areas_of_year},
        ),
        Form("central_initiatives.reschedule", schemas.RescheduleSchema, offered=is_going_on),
        Form(
            "central_initiatives.link_goals",
            schemas.LinkGoalsSchema,
            offered=is_not_cancelled,
            given={"goals": lambda initiative: initiative["goals"]},
        ),
        Form(
            "central_initiatives.change_budget",
            schemas.ChangeBudgetSchema,
            offered=is_not_cancelled,
            given={"budget": lambda initiative: initiative["budget"]},
        ),
        Form(
            "central_initiatives.start",
            schemas.StartSchema,
            offered=lambda initiative: initiative["status"] == "planned",
        ),
        Form(
            "central_initiatives.complete",
            schemas.CompleteSchema,
            offered=lambda initiative: initiative["status"] == "started",
        ),
        Form("central_initiatives.report_status", schemas.ReportStatusSchema, offered=is_going_on),
        Form("central_initiatives.cancel", schemas.CancelSchema, offered=is_going_on),
    ],
    options={"plan_year": every_year, "area": every_area},
    template="central/initiative.html",
    on_timeline=True,
    imports=Import(
        "central_initiatives.import_initiatives",
        lambda: imports.INITIATIVES,
    ),
)

PAGES = Pages(
    [PLANS, INITIATIVES],
    WORDS,
    others={"central_initiatives.plan_report": lambda: ReportPage().show()},
    templates=Path(__file__).parent / "templates",
)
