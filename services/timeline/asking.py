"""What a reader may ask for, in an address: the same words for the JSON API and for the pages."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.timeline import changes, gaps, lanes, learning, paging, plan, related, what_if
from services.timeline.changes import ChangePlace, Comparison
from services.timeline.concurrency import GapKind, Selection, Standing
from services.timeline.gaps import GapOrder, GapPlace
from services.timeline.lanes import BarPlace
from services.timeline.learning import LearningPlace, Search
from services.timeline.matrix import MEETINGS
from services.timeline.paging import MalformedError, Page
from services.timeline.queries import Queries
from services.timeline.related import HEADINGS, Related, RelatedPlace
from services.timeline.view import LONGEST_WINDOW, View
from services.timeline.what_if import WHATS, Change, Found
from shared.fields import Choice, Day, Reference, Schema, Text, Year
from shared.http import Problem, today

LARGEST_PAGE = 2000
LONGEST_SEARCH = 200
"""Characters."""
LONGEST_CURSOR = 2000
"""Characters."""
LONGEST_GAP = 20_000
"""Days: more than the longest window has."""
GAP_KINDS: tuple[str, ...] = get_args(GapKind)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
AUDIENCES = ("employees", "leaders", "top_leaders", "organisations", "residents")
LARGEST_PART = 10_000
VERSIONS = ("now", "adopted")
"""Of the plan of a year."""
GAP_ORDERS: tuple[str, ...] = get_args(GapOrder)


class Cursor(fields.String):
    """The place after which a page begins, as the page before said it. Raises Problem for what we did not give out."""

    def __init__(self, kind: type[tuple[Any, ...]]) -> None:
        self._kind, self._text = kind, Text(LONGEST_CURSOR)
        about = {"description": "`next` of the page before"}
        super().__init__(data_key="cursor", metadata={**self._text.metadata, **about})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return paging.read(self._text.deserialize(value), self._kind)
        except MalformedError as error:
            raise Problem(400, "cursor-malformed") from error


def _page(usual: int) -> fields.Integer:
    """How many items an answer may have."""
    return fields.Integer(
        load_default=usual,
        validate=validate.Range(1, LARGEST_PAGE, error=f"out-of-range?minimum=1&maximum={LARGEST_PAGE}"),
        error_messages={"invalid": "wrong-type?detail=number"},
    )


class WindowedSchema(Schema):
    """A window, by its first and last day or by its year; the basis; a goal, a sector; which initiatives count."""

    first = Day(data_key="from", metadata={"description": "first day; default: the plan year's"})
    last = Day(data_key="to", metadata={"description": "last day, counted"})
    year = Year(strict=False, metadata={"description": "a calendar year instead of from and to"})
    basis = Choice(("planned", "actual"), load_default="actual")
    goal = Reference("goal")
    sector = Reference("sector")
    agency = Reference("agency", metadata={"description": "only local initiatives of this agency: id or code"})
    area = Text(metadata={"description": "only central initiatives of this area of the action plan: its name"})
    audience = Choice(AUDIENCES, metadata={"description": "only central initiatives for them, and what they are told"})
    status = Choice(STANDINGS, metadata={"description": "only initiatives that stand like this"})

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_window(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        first, last = data.get("first"), data.get("last")
        if "year" in original and not {"from", "to"}.isdisjoint(original):
            raise ValidationError("year-or-days", "year")
        if ("from" in original) != ("to" in original):
            raise ValidationError("required", "to" if "from" in original else "from")
        if first and last and last < first:
            raise ValidationError("end-before-start", "to")
        if first and last and last >= _years_later(first, LONGEST_WINDOW):
            raise ValidationError(f"window-too-long?maximum={LONGEST_WINDOW}", "to")


class KnownSchema(Schema):
    """The day as of whose end things were known."""

    known_on = Day(metadata={"description": "as it was known at the end of this day, Europe/Oslo; default: now"})

    @validates_schema(skip_on_field_errors=False)
    def check_known_on(self, data: dict[str, Any], **_: Any) -> None:
        if (known_on := data.get("known_on")) and known_on > today():
            raise ValidationError("known-on-in-future", "known_on")


class AskSchema(WindowedSchema, KnownSchema):
    """A window, and what of it was known."""


def meeting_asked() -> Choice:
    described = "of the central initiatives only those that this figure of the year, or of the sector's year, counts"
    return Choice(MEETINGS, metadata={"description": described})


class ListSchema(AskSchema):
    limit = _page(200)
    after = Cursor(BarPlace)
    meeting = meeting_asked()


class RelatedListSchema(AskSchema):
    """An initiative, and those related to it page by page."""

    limit = _page(100)
    after = Cursor(RelatedPlace)


class InitiativeSchema(AskSchema):
    """An initiative's page: those related to it under all headings, or one part of those under one."""

    group = Choice(HEADINGS)
    part = fields.Integer(
        load_default=1,
        validate=validate.Range(1, LARGEST_PART, error=f"out-of-range?minimum=1&maximum={LARGEST_PART}"),
        error_messages={"invalid": "wrong-type?detail=number"},
    )


class GapsSchema(AskSchema):
    limit = _page(20)
    all_sectors = fields.Boolean(load_default=False, error_messages={"invalid": "wrong-type?detail=true, false"})
    kind = Choice(GAP_KINDS, metadata={"description": "only gaps in which this side works alone"})
    min_days = fields.Integer(
        load_default=1,
        validate=validate.Range(1, LONGEST_GAP, error=f"out-of-range?minimum=1&maximum={LONGEST_GAP}"),
        error_messages={"invalid": "wrong-type?detail=number"},
        metadata={"description": "only gaps of at least so many days"},
    )
    sort = Choice(GAP_ORDERS, load_default="largest", metadata={"description": "what they are sorted by first"})
    after = Cursor(GapPlace)


class ChangesSchema(WindowedSchema):
    """Two days, as of whose ends things were known."""

    from_known = Day(metadata={"description": "known at the end of this day; default: a month before the other day"})
    to_known = Day(metadata={"description": "and at the end of this day; default: now"})
    limit = _page(200)
    after = Cursor(ChangePlace)

    @validates_schema(skip_on_field_errors=False)
    def check_known(self, data: dict[str, Any], **_: Any) -> None:
        from_known, to_known = data.get("from_known"), data.get("to_known")
        late = {
            name: ["known-on-in-future"]
            for name, day in (("from_known", from_known), ("to_known", to_known))
            if day and day > today()
        }
        if from_known and to_known and to_known < from_known:
            late.setdefault("to_known", ["end-before-start"])
        if late:
            raise ValidationError(late)


class PlanSchema(AskSchema):
    """A plan as it is known, or as it was adopted; its window is its year."""

    version = Choice(
        VERSIONS,
        load_default="now",
        metadata={"description": "`adopted`: exactly as it was when it was adopted, as far as that is known"},
    )


class PlanOfYearSchema(PlanSchema):
    """The same where the address names the year; the changes since the adoption come page by page."""

    limit = _page(LARGEST_PAGE)
    after = Cursor(ChangePlace)

    class Meta:
        exclude = ("first", "last", "year")


class LearningSchema(KnownSchema):
    """What sectors learnt: it has no window."""

    q = Text(
        LONGEST_SEARCH,
        metadata={"description": 'words, in any of their forms; "several in a row", `or`, and `-not` are understood'},
    )
    tag = Text(metadata={"description": "one of its tags"})
    goal = Reference("goal")
    sector = Reference("sector")
    limit = _page(20)
    after = Cursor(LearningPlace)

    @post_load
    def read(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "tag" in data:
            data["tag"] = data["tag"].lower()  # as they are kept
        return data


class SupposeSchema(Schema):
    """One change of a scenario."""

    change = Choice(WHATS, required=True, metadata={"description": "`move`, `drop` or `add`"})
    initiative = Text(metadata={"description": "what to move or drop: id or external id; `<sector>:<external id>`"})
    sector = Reference("sector", allow_none=True, metadata={"description": "where to add a local one; null: central"})
    goal = Reference("goal", metadata={"description": "of the one to add"})
    start = Day(allow_none=True, metadata={"description": "first day of a moved or added one; null: open"})
    end = Day(allow_none=True, metadata={"description": "last day; null: open"})

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        if (name := "goal" if data["change"] == "add" else "initiative") not in data:
            raise ValidationError("required", name)
        if data["change"] == "drop":
            return
        try:
            what_if.check(data.get("start"), data.get("end"))
        except what_if.MalformedError as error:
            raise ValidationError(error.code, error.field) from error

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Change:
        return Change(what=data.pop("change"), **data)


class ScenarioSchema(Schema):
    changes = fields.List(
        fields.Nested(SupposeSchema),
        required=True,
        validate=validate.Length(max=what_if.MOST, error=what_if.TOO_MANY),
        error_messages={"required": "required", "null": "required", "invalid": "wrong-type?detail=list"},
    )


def scenario_of(changes: Sequence[Change], view: View, queries: Queries) -> tuple[list[Found], dict[int, str]]:
    """The changes with their initiatives; and the fault of each, by its place, that there can't be."""
    found: list[Found] = []
    faults: dict[int, str] = {}
    for n, one in enumerate(what_if.find(queries, view, changes)):
        if isinstance(one, what_if.Unknown):
            faults[n] = "initiative-unknown?" + urlencode({"name": one.change.initiative})
        elif one.id in {other.id for other in found}:
            faults[n] = "changed-twice?" + urlencode({"name": one.change.initiative})
        else:
            found.append(one)
    return found, faults


def comparison_of(asked: dict[str, Any], queries: Queries) -> Comparison:
    """The two states that a `ChangesSchema` asks for; without days, a month ago and now."""
    to_known: date | None = asked.get("to_known")
    then = asked.get("from_known") or month_before(to_known or today())
    return Comparison(view_of({**asked, "known_on": to_known}, queries), then)


def month_before(day: date) -> date:
    """The same day of the month before, or its last one."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _years_later(day: date, years: int) -> date:
    """The same day of another year; of a year without a 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def view_of(asked: dict[str, Any], queries: Queries) -> View:
    """The view that was asked for; without a window, the newest plan year that has begun, or the newest of all."""
    if "first" in asked:
        first, last = asked["first"], asked["last"]
    else:
        year: int = asked.get("year") or plan.newest_year(queries, today().year)
        first, last = date(year, 1, 1), date(year, 12, 31)
    return View(first, last, asked["basis"], asked.get("known_on"), selection=selection_of(asked))


def selection_of(asked: Mapping[str, Any]) -> Selection:
    agency = asked.get("agency")
    return Selection(str(agency) if agency else None, asked.get("area"), asked.get("audience"), asked.get("status"))


def always(known_on: date | None) -> View:
    """The view of what has no window."""
    return View(date.min, date.max, known_on=known_on)


def bars_page(view: View, asked: Mapping[str, Any], queries: Queries) -> Page[BarPlace]:
    """The page of bars that a `ListSchema` asks for."""
    return lanes.bars(queries, view, **_of(asked, "limit", "goal", "sector", "meeting", "after"))


def related_page(found: Related, view: View, asked: Mapping[str, Any], queries: Queries) -> Page[RelatedPlace]:
    """The page of related ones that a `RelatedListSchema` asks for."""
    return related.page(queries, view, found, **_of(asked, "limit", "after"))


def gaps_page(view: View, asked: Mapping[str, Any], queries: Queries) -> Page[GapPlace]:
    """The page of gaps that a `GapsSchema` asks for."""
    names = ("limit", "goal", "sector", "all_sectors", "kind", "min_days", "sort", "after")
    return gaps.page(queries, view, **_of(asked, *names))


def changes_page(comparison: Comparison, asked: Mapping[str, Any], queries: Queries) -> Page[ChangePlace]:
    """The page of changes that a `ChangesSchema` asks for."""
    return changes.page(queries, comparison, **_of(asked, "limit", "goal", "sector", "after"))


def search_of(asked: Mapping[str, Any]) -> Search:
    """What a `LearningSchema` looks for."""
    return Search(asked.get("q"), asked.get("tag"), asked.get("goal"), asked.get("sector"))


def learnings_page(view: View, asked: Mapping[str, Any], queries: Queries) -> Page[LearningPlace]:
    """The page of learnings that a `LearningSchema` asks for."""
    return learning.page(queries, view, search_of(asked), **_of(asked, "limit", "after"))


def _of(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: asked[name] for name in names if name in asked}
