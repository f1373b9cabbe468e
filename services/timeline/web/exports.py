"""What a page shows, to take away: as a spreadsheet (CSV, XLSX), at the page's own address with another ending."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import chain
from typing import Any

from flask import Response, abort, redirect, stream_with_context, url_for
from werkzeug.wrappers import Response as Answer

from services.timeline import asking, differences, lanes, matrix
from services.timeline.asking import LARGEST_PAGE, GapsSchema, ListSchema
from services.timeline.pages import exports
from services.timeline.pages.exports import Row, Telling
from services.timeline.paging import Page
from services.timeline.request import queries
from services.timeline.web.changes import Comparing
from services.timeline.web.frame import Asking, blueprint
from services.timeline.web.learning import Searching
from services.timeline.web.plan import Planning, nothing
from services.timeline.web.what_if import Supposing
from shared.exporting import MEDIA, Format, export
from shared.importing.columns import Column


@blueprint.get("/timeline.<any(csv, xlsx):form>", endpoint="timeline_file")
def timeline_file(form: Format) -> Response:
    """All initiatives and communication activities of the view, however many pages they take on the screen."""
    ask = Asking(ListSchema)
    tell = telling(ask, form)
    rows = (exports.bar(row, tell) for row in all_bars(ask))
    activities = (exports.activity(row, tell) for row in lanes.activities(queries(), ask.view, ask.goal))
    return file("timeline", [rows, activities], exports.TIMELINE, ask, form)


@blueprint.get("/timeline.json", endpoint="timeline_json")
def timeline_json() -> Answer:
    """The same view in the JSON API."""
    return to_systems("timeline", **Asking(ListSchema).given(), limit=LARGEST_PAGE)


@blueprint.get("/matrix.<any(csv, xlsx):form>", endpoint="matrix_file")
def matrix_file(form: Format) -> Response:
    """Every goal × sector, and every goal × all sectors."""
    ask = Asking()
    cells = matrix.cells(queries(), ask.view, ask.goal, ask.sector)
    return file("matrix", [exports.matrix(cells, ask.chosen_names(), telling(ask, form))], exports.MATRIX, ask, form)


@blueprint.get("/matrix.json", endpoint="matrix_json")
def matrix_json() -> Answer:
    """The same view in the JSON API."""
    return to_systems("matrix", **Asking().given())


@blueprint.get("/initiatives/<reference>.json", endpoint="initiative_json")
def initiative_json(reference: str) -> Answer:
    """The same initiative in the JSON API."""
    return to_systems("initiative", initiative=reference, **Asking().given())


@blueprint.get("/gaps.<any(csv, xlsx):form>", endpoint="gaps_file")
def gaps_file(form: Format) -> Response:
    """All gaps of the view, with the filters and in the order of the page."""
    ask = Asking(GapsSchema)
    tell = telling(ask, form)
    return file("gaps", [(exports.gap(row, tell) for row in all_gaps(ask))], exports.GAPS, ask, form)


@blueprint.get("/gaps.json", endpoint="gaps_json")
def gaps_json() -> Answer:
    """The same gaps in the JSON API."""
    return to_systems("gaps", **Asking(GapsSchema).given(), limit=LARGEST_PAGE)


@blueprint.get("/changes.<any(csv, xlsx):form>", endpoint="changes_file")
def changes_file(form: Format) -> Response:
    """All changes between the two days, in the order of the page."""
    ask = Comparing()
    return file("changes", [all_changes(ask, telling(ask, form))], exports.CHANGES, ask, form)


@blueprint.get("/changes.json", endpoint="changes_json")
def changes_json() -> Answer:
    """The same changes in the JSON API."""
    return to_systems("list_changes", **Comparing().given(), limit=LARGEST_PAGE)


@blueprint.get("/learning.<any(csv, xlsx):form>", endpoint="learning_file")
def learning_file(form: Format) -> Response:
    """All that is found, in the order of the page."""
    ask = Searching()
    tell = telling(ask, form)
    return file("learning", [(exports.lesson(row, tell) for row in all_lessons(ask))], exports.LEARNING, ask, form)


@blueprint.get("/learning.json", endpoint="learning_json")
def learning_json() -> Answer:
    """The same search in the JSON API."""
    return to_systems("list_learning", **Searching().sought(), limit=LARGEST_PAGE)


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
    return to_systems("plan_of_year", **{**ask.given(), "version": ask.asked["version"]})


@blueprint.get("/what-if.<any(csv, xlsx):form>", endpoint="what_if_file")
def what_if_file(form: Format) -> Response:
    """The changes of a scenario, for whoever decides about them. In JSON they are `POST /api/what-if`."""
    ask = Supposing()
    tell = telling(ask, form)
    return file("what-if", [(exports.supposed(found, tell) for found in ask.scenario)], exports.WHAT_IF, ask, form)


def telling(ask: Asking, form: Format) -> Telling:
    return Telling(ask.all_names, ask.speaker, form)


def to_systems(endpoint: str, **asked: Any) -> Answer:
    return redirect(url_for(f"timeline.{endpoint}", **asked))


def all_bars(ask: Asking) -> Iterator[Row]:
    return chain.from_iterable(_pages(lambda asked: asking.bars_page(ask.view, asked, queries()), ask.asked))


def all_gaps(ask: Asking) -> Iterator[Row]:
    return chain.from_iterable(_pages(lambda asked: asking.gaps_page(ask.view, asked, queries()), ask.asked))


def all_changes(ask: Comparing, tell: Telling) -> Iterator[Row]:
    comparison = ask.comparison
    for found in _pages(lambda asked: asking.changes_page(comparison, asked, queries()), ask.asked):
        named = differences.names(queries(), comparison.now, found)
        yield from (exports.change(row, named, tell) for row in found)


def all_lessons(ask: Searching) -> Iterator[Row]:
    view = asking.always(ask.view.known_on)
    return chain.from_iterable(_pages(lambda asked: asking.learnings_page(view, asked, queries()), ask.searched))


def _pages(page: Callable[[dict[str, Any]], Page[Any]], asked: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
    """All pages of what was asked, wherever the address would begin."""
    asked = {name: value for name, value in asked.items() if name != "after"} | {"limit": LARGEST_PAGE}
    while True:
        found = page(asked)
        yield found.rows
        if found.next is None:
            return
        asked["after"] = found.next


def file(name: str, parts: Iterable[Iterable[Row]], columns: Sequence[Column], ask: Asking, form: Format) -> Response:
    rows = (row for part in parts for row in part)
    content = export(rows, columns, ask.speaker.language, form)
    response = Response(stream_with_context(content), content_type=MEDIA[form])
    response.headers.set("Content-Disposition", "attachment", filename=ask.address.file_name(name, form))
    return response
