"""The pages: rendered here, useful without JavaScript, their whole state in the address (DESIGN section 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

import psycopg
from flask import Blueprint, Response, current_app, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from services.timeline import asking
from services.timeline.asking import LARGEST_PAGE, AskSchema
from services.timeline.pages import initiative as initiative_page
from services.timeline.pages import overview as overview_page
from services.timeline.pages import timeline as timeline_page
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import STALE_SECONDS, Speaker
from services.timeline.queries import Queries, View
from shared import fields, http, problems, telemetry
from shared.http import Problem, today
from shared.pages import browser
from shared.pages.site import Link, Site
from shared.problems import Language

blueprint = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")

GAPS = 5


def queries() -> Queries:
    found: Queries = current_app.extensions["queries"]
    return found


class Asking:
    """What the address asks for, read once per request; each page begins with it."""

    def __init__(self) -> None:
        self.address = Address(request.args)
        self.speaker = Speaker(chosen_language())
        self.asked: dict[str, Any] = AskSchema().load(
            {name: value for name, value in self.address.state.items() if name != "lang"}
        )
        self.see(asking.view_of(self.asked, queries()))

    def see(self, view: View) -> None:
        """From now on this view; where the address has no window, the page's links name its year, so that they last."""
        self.view = view
        self.goals = queries().goals(view)
        self.sectors = queries().sectors(view)
        self.all_names = Names(self.goals, self.sectors, self.speaker)
        if not self.has_window:
            self.address.state["year"] = str(view.first.year)

    @property
    def has_window(self) -> bool:
        return "first" in self.asked or "year" in self.asked

    @property
    def goal(self) -> UUID | None:
        return self.asked.get("goal")

    @property
    def sector(self) -> UUID | None:
        return self.asked.get("sector")

    def chosen_names(self) -> Names:
        """The goals and sectors of the selection."""
        goals = [row for row in self.goals if self.goal in (None, row["id"])]
        sectors = [row for row in self.sectors if self.sector in (None, row["id"])]
        return Names(goals, sectors, self.speaker)


def chosen_language() -> Language:
    """`?lang=nb|en`, else what the browser prefers; bokmål where neither says."""
    match request.args.get("lang"):
        case "nb":
            return "nb"
        case "en":
            return "en"
        case _:
            return http.language()


# Pages


@blueprint.get("/")
def overview() -> str:
    """The year in one sentence, the matrix, the largest gaps."""
    ask = Asking()
    view, say, address = ask.view, ask.speaker, ask.address
    names = ask.chosen_names()
    totals = queries().totals(view)
    is_empty = not (ask.goals or ask.sectors)
    cells = queries().cells(view, ask.goal, ask.sector)
    gaps = queries().gaps(view, limit=GAPS, goal=ask.goal, sector=ask.sector)
    return render(
        "overview",
        ask,
        is_empty=is_empty,
        headline=overview_page.headline(totals, view, say, address.to("timeline", goal=None, sector=None)),
        matrix=overview_page.matrix(names, cells, view, say, address),
        gaps=overview_page.gaps(gaps, ask.all_names, say, address),
        not_counted=overview_page.not_counted(totals, queries().unresolved(view), say),
        other_year=other_year(view) if not totals["central"] else None,
    )


@blueprint.get("/timeline")
def timeline() -> str:
    """Lanes of bars, and the same facts as a table."""
    ask = Asking()
    view, say, address = ask.view, ask.speaker, ask.address
    cursor = request.args.get("cursor", "")
    after = {"after": asking.read_cursor(cursor)} if cursor else {}
    found = queries().bars(view, limit=LARGEST_PAGE + 1, goal=ask.goal, sector=ask.sector, **after)
    bars, more = found[:LARGEST_PAGE], found[LARGEST_PAGE:]
    is_partial = bool(more or after)
    activities = [] if after else queries().activities(view, ask.goal)
    names = ask.chosen_names()
    chart = timeline_page.chart(
        view,
        bars,
        activities,
        degrees(ask) if ask.goal else {},
        names=ask.all_names,
        sectors=[] if is_partial else names.sectors,
        speaker=say,
        address=address,
        today=today(),
    )
    return render(
        "timeline",
        ask,
        chart=chart,
        dated=sum(not bar["undated"] for bar in bars),
        what=counts(bars, activities, say),
        spans=timeline_page.spans(view, queries().plan_years(), say, address),
        largest_page=LARGEST_PAGE,
        is_partial=is_partial,
        is_later=bool(after),
        next_cursor=asking.write_cursor(asking.place(bars[-1])) if more else None,
        names=ask.all_names,
    )


@blueprint.get("/initiatives/<reference>")
def initiative(reference: str) -> str | Response:
    """One initiative, whom it works together with, and why the verdict is what it is."""
    ask = Asking()
    row = queries().find(ask.view, reference)
    if row is None:
        key = "error.initiative.then" if ask.view.known_on else "error.initiative.lead"
        day = ask.speaker.day(ask.view.known_on) if ask.view.known_on else ""
        lead = ask.speaker(key, name=ask.speaker.quoted(reference), day=day)
        return error_page(HTTPStatus.NOT_FOUND, "error.initiative", lead)
    if not ask.has_window and (year := initiative_page.year(row)):
        ask.see(replace(ask.view, first=date(year, 1, 1), last=date(year, 12, 31)))
        row = queries().initiative(ask.view, row["id"]) or row
    shown = initiative_page.initiative(
        row,
        queries().related(ask.view, row["id"]),
        queries().history(ask.view, row["id"]),
        view=ask.view,
        names=ask.all_names,
        speaker=ask.speaker,
        address=ask.address,
    )
    return render("initiative", ask, initiative=shown)


def degrees(ask: Asking) -> Mapping[UUID, float | None]:
    """Of the goal that is asked for, by sector: the figures of the matrix."""
    return {
        cell["sector"]: cell["degree"] for cell in queries().cells(ask.view, ask.goal, ask.sector) if cell["sector"]
    }


def counts(bars: Sequence[Mapping[str, Any]], activities: Sequence[Mapping[str, Any]], speaker: Speaker) -> str:
    """How many of each kind there are, in words."""
    central = sum(bar["lane"] == "central" for bar in bars)
    numbers = (("central", central), ("local", len(bars) - central), ("activities", len(activities)))
    return speaker.list([speaker.count(name, n) for name, n in numbers])


def other_year(view: View) -> int | None:
    """A plan year to look at instead of a window that has no central work."""
    year = queries().plan_year(today().year)
    return year if year in queries().plan_years() and year != view.first.year else None


# What all pages have


def render(template: str, ask: Asking, **content: Any) -> str:
    return render_template(
        f"pages/{template}.html",
        **frame(ask.speaker, ask.address),
        ask=ask,
        view=ask.view,
        years=sorted({*queries().plan_years(), ask.view.first.year}),
        fresh=freshness(ask.speaker),
        today=today(),
        page_path=here(ask.address).partition("?")[0],
        now_href=here(ask.address, known_on=None),
        reset_href=here(Address({"lang": ask.address.state.get("lang", "")})),
        **content,
    )


def frame(speaker: Speaker, address: Address) -> dict[str, Any]:
    """What the frame of a page needs; also that of an error, where the database may be out of reach."""
    other: Language = "en" if speaker.language == "nb" else "nb"
    return {
        "say": speaker,
        "address": address,
        "home": address.to("overview"),
        "navigation": navigation(speaker, address),
        "language": speaker.language,
        "other_language": other,
        "language_href": url_for(
            "browser.choose_language",
            to=other,
            back=here(Address(request.args), lang=other, cursor=request.args.get("cursor")),
        ),
    }


def navigation(speaker: Speaker, address: Address) -> list[Link]:
    """The site's; the links to the timeline's own pages keep what is chosen."""
    own = {"/": "overview", "/timeline": "timeline"}
    links = Site("timeline").navigation(speaker.language)
    return [replace(link, href=address.to(own[link.href])) if link.href in own else link for link in links]


def here(address: Address, **changes: str | None) -> str:
    """The page that is shown, with another state."""
    page = request.endpoint if request.endpoint in PAGES else "pages.overview"
    of_page = (request.view_args or {}) if page == request.endpoint else {}
    return address.to((page or "").removeprefix("pages."), **of_page, **changes)


PAGES = ("pages.overview", "pages.timeline", "pages.initiative")


def freshness(speaker: Speaker) -> dict[str, Any]:
    """How long ago all topics had been read to their end, what waits, and what is set aside."""
    topics, parked = queries().freshness(), queries().parked()
    seconds: list[float | None] = [topic["seconds"] for topic in topics]
    known = [age for age in seconds if age is not None]
    if not topics or len(known) < len(seconds):
        text, is_fresh = speaker("fresh.never"), False
    else:
        is_fresh = max(known) <= STALE_SECONDS
        text = speaker("fresh.ago" if is_fresh else "fresh.stale", ago=speaker.ago(max(known)))
    waiting, aside = sum(topic["waiting"] for topic in topics), sum(row["events"] for row in parked)
    return {
        "is_fresh": is_fresh,
        "text": text,
        "waiting": speaker.count("fresh.waiting", waiting) if waiting else "",
        "parked": speaker.count("fresh.parked", aside) if aside else "",
    }


@blueprint.after_request
def protect(response: Response) -> Response:
    return protected(response)


def protected(response: Response) -> Response:
    if response.mimetype == "text/html":
        browser.protected(response, chosen_language())
    return browser.varying(response)


# Errors: a page in a sentence, with a way on


def error_page(status: int, title: str, lead: str, faults: Sequence[tuple[str, str]] = ()) -> Response:
    """An error on a page. `title` is a key of the texts; `faults`: what of the address is wrong, and how."""
    speaker, address = Speaker(chosen_language()), Address({})
    if "lang" in request.args:
        address.state["lang"] = speaker.language
    text = render_template(
        "pages/error.html",
        **frame(speaker, address),
        status=status,
        title=speaker(title),
        lead=lead,
        faults=faults,
        again=request.full_path.rstrip("?") if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    )
    return protected(Response(text, status, mimetype="text/html"))


@blueprint.errorhandler(ValidationError)
def asked_wrongly(error: ValidationError) -> Response:
    """Dates that don't exist, a window that ends before it starts, and the like: all of it at once."""
    speaker = Speaker(chosen_language())
    found = fields.faults(error.messages, speaker.language, current_app.extensions["sentences"])
    named = [(speaker(FAULTS.get(fault.pointer, "error.asked")), fault.message) for fault in found]
    return error_page(HTTPStatus.UNPROCESSABLE_ENTITY, "error.asked", "", named)


FAULTS = {
    "/from": "error.from",
    "/to": "error.to",
    "/year": "filter.year",
    "/basis": "filter.basis",
    "/known_on": "filter.known_on",
    "/goal": "filter.goal",
    "/sector": "filter.sector",
}
"""Pointer → what the field is called on the page."""


@blueprint.errorhandler(Problem)
def problem(error: Problem) -> Response:
    speaker = Speaker(chosen_language())
    lead = problems.sentence(error.code, speaker.language, current_app.extensions["sentences"], **error.parameters)
    return error_page(error.status, "error.asked", lead)


@blueprint.errorhandler(psycopg.OperationalError)
def busy(error: psycopg.OperationalError) -> Response:
    """Also a query that took too long, and no connection in time."""
    telemetry.log.warning("page without database", path=request.path, error=str(error).splitlines()[:1])
    response = error_page(HTTPStatus.SERVICE_UNAVAILABLE, "error.busy", Speaker(chosen_language())("error.busy.lead"))
    response.headers["Retry-After"] = "2"
    return response


@blueprint.errorhandler(Exception)
def unexpected(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return not_found(error) if error.code == HTTPStatus.NOT_FOUND else error
    telemetry.log.exception("page failed", path=request.path)
    return error_page(
        HTTPStatus.INTERNAL_SERVER_ERROR, "error.internal", Speaker(chosen_language())("error.internal.lead")
    )


@blueprint.app_errorhandler(HTTPStatus.NOT_FOUND)
def not_found(_: HTTPException) -> Response:
    """For every address of the service: a page for people, a problem document for programs."""
    if browser.wants_html(default=problems.CONTENT_TYPE):
        return error_page(HTTPStatus.NOT_FOUND, "error.404", Speaker(chosen_language())("error.404.lead"))
    return http.problem_response(HTTPStatus.NOT_FOUND, "not-found")
