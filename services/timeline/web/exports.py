"""What a page shows, to take away: as a spreadsheet (CSV, XLSX), at the page's own address with another ending."""

from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, abort, redirect, stream_with_context, url_for
from werkzeug.wrappers import Response as Answer

from services.timeline import asking, gaps, lanes, matrix
from services.timeline.asking import LARGEST_PAGE, GapsSchema
from services.timeline.pages import exports
from services.timeline.pages.exports import Row, Telling
from services.timeline.request import queries
from services.timeline.web.frame import Asking, blueprint
from services.timeline.web.plan import Planning, nothing
from shared.exporting import MEDIA, Format, export
from shared.importing.columns import Column


@blueprint.get("/timeline.<any(csv, xlsx):form>", endpoint="timeline_file")
def timeline_file(form: Format) -> Response:
    """All initiatives and communication activities of the view, however many pages they take on the screen."""
    ask = Asking()
    tell = telling(ask, form)
    rows = (exports.bar(row, tell) for row in all_bars(ask))
    activities = (exports.activity(row, tell) for row in lanes.activities(queries(), ask.view, ask.goal))
    return file("timeline", [rows, activities], exports.TIMELINE, ask, form)


@blueprint.get("/timeline.json", endpoint="timeline_json")
def timeline_json() -> Answer:
    """The same view in the JSON API."""
    return redirect(url_for("timeline.timeline", **asked_of_systems(Asking()), limit=LARGEST_PAGE))


@blueprint.get("/matrix.<any(csv, xlsx):form>", endpoint="matrix_file")
def matrix_file(form: Format) -> Response:
    """Every goal × sector, and every goal × all sectors."""
    ask = Asking()
    cells = matrix.cells(queries(), ask.view, ask.goal, ask.sector)
    return file("matrix", [exports.matrix(cells, ask.chosen_names(), telling(ask, form))], exports.MATRIX, ask, form)


@blueprint.get("/matrix.json", endpoint="matrix_json")
def matrix_json() -> Answer:
    """The same view in the JSON API."""
    return redirect(url_for("timeline.matrix", **asked_of_systems(Asking())))


@blueprint.get("/gaps.<any(csv, xlsx):form>", endpoint="gaps_file")
def gaps_file(form: Format) -> Response:
    """All gaps of the view, with the filters and in the order of the page."""
    ask = Asking(GapsSchema, "kind", "min_days", "sort")
    tell = telling(ask, form)
    return file("gaps", [(exports.gap(row, tell) for row in all_gaps(ask))], exports.GAPS, ask, form)


@blueprint.get("/plan.<any(csv, xlsx):form>", endpoint="plan_file")
def plan_file(form: Format) -> Response:
    """The initiatives of the plan of a year, in the order of the page."""
    ask = Planning()
    if nothing(ask):
        abort(HTTPStatus.NOT_FOUND)
    tell = telling(ask, form)
    rows = (exports.planned(row, ask.edition.year, tell) for row in ask.initiatives)
    return file("plan", [rows], exports.PLAN, ask, form)


@blueprint.get("/plan.json", endpoint="plan_json")
def plan_json() -> Answer:
    """The same plan in the JSON API."""
    ask = Planning()
    asked = {**asked_of_systems(ask), "version": ask.asked["version"]}
    return redirect(url_for("timeline.plan_of_year", **asked))


def telling(ask: Asking, form: Format) -> Telling:
    return Telling(ask.all_names, ask.speaker, form)


def asked_of_systems(ask: Asking) -> dict[str, Any]:
    return {name: value for name, value in ask.address.state.items() if name != "lang"}


def all_bars(ask: Asking) -> Iterator[Row]:
    after: dict[str, Sequence[str]] = {}
    while found := lanes.bars(queries(), ask.view, limit=LARGEST_PAGE, goal=ask.goal, sector=ask.sector, **after):
        yield from found
        if len(found) < LARGEST_PAGE:
            return
        after = {"after": [str(part) for part in lanes.place(found[-1])]}


def all_gaps(ask: Asking) -> Iterator[Row]:
    asked = {**ask.asked, "limit": LARGEST_PAGE}
    while True:
        found, following = asking.gaps_page(ask.view, asked, queries())
        yield from found
        if following is None:
            return
        asked["after"] = gaps.place(found[-1])


def file(name: str, parts: Iterable[Iterable[Row]], columns: Sequence[Column], ask: Asking, form: Format) -> Response:
    rows = (row for part in parts for row in part)
    content = export(rows, columns, ask.speaker.language, form)
    response = Response(stream_with_context(content), content_type=MEDIA[form])
    response.headers.set("Content-Disposition", "attachment", filename=ask.address.file_name(name, form))
    return response
