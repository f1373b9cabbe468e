"""Whom an initiative works together with, and whether at the same time: each related one, with the verdict on the two.

Who they are, and in which order, is counted from the kept work; what the two have to do with each other is
`concurrency.pair`, asked only of those that are shown. A property test holds both equal to a count day by day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args

from services.timeline import initiatives, runs
from services.timeline.concurrency import Period, Span, pair, relation
from services.timeline.paging import Page, Small
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.runs import Run
from services.timeline.view import IS_LINKED, View, chosen, known, whole
from services.timeline.work import work_of

Row = Mapping[str, Any]

Heading = Literal["concurrent", "not_concurrent", "other"]
HEADINGS: tuple[Heading, ...] = get_args(Heading)
"""Of related initiatives, in the order in which they are shown: those that share a day; those that share none; those of
which one has no day in the window, or no date.
"""

# Whom it supports, or by whom it is supported, at any time.
SUPPORT = f"""
select v.id, lower(whole) as start, upper(whole) - 1 as "end", whole is null as undated
from initiative_version v
cross join lateral (select {whole("v")} as whole) b
where v.id = any(%(supports)s::uuid[] || array(
          select id from initiative_version
          where supports @> array[%(id)s::uuid] and {IS_LINKED} and sector is not null and {known()}))
  and {known("v")} and not v.withdrawn and (v.sector is null) <> %(is_central)s and {chosen("v")}
"""

OF_THE_OTHER = (
    *("id", "external_id", "title", "sector", "sector_code", "status", "planned_start", "planned_end"),
    *("actual_start", "actual_end", "start", "end", "shown_from", "shown_to"),
)
"""What is said of a related one besides the verdict."""


class RelatedPlace(NamedTuple):
    """Where a related one stands among all: the most days in common first, then the nearest.

    apart: days between the two; below zero, those that they share.
    """

    has_no_days: bool
    apart: Small
    id: bytes


FIRST = RelatedPlace(has_no_days=False, apart=-(2**31), id=b"")
"""Before all."""
BEGINNINGS = (FIRST, RelatedPlace(has_no_days=False, apart=0, id=b""), RelatedPlace(has_no_days=True, apart=0, id=b""))
"""Of each heading."""


class Other(NamedTuple):
    """A related one: where it stands, and the days that the two share."""

    has_no_days: bool
    apart: int
    id: bytes
    common: Run | None

    @property
    def place(self) -> RelatedPlace:
        return RelatedPlace(*self[:3])


_place: Callable[[Other], Any] = itemgetter(slice(3))


@dataclass(frozen=True)
class Related:
    """All that are related to an initiative, in their order."""

    row: Row
    others: Sequence[Other]

    def under(self, heading: Heading) -> Sequence[Other]:
        first, after = self._bounds[HEADINGS.index(heading) :][:2]
        return self.others[first:after]

    def after(self, place: RelatedPlace) -> Sequence[Other]:
        return self.others[bisect_right(self.others, place, key=_place) :]

    @cached_property
    def counts(self) -> dict[Heading, int]:
        return {heading: len(self.under(heading)) for heading in HEADINGS}

    @cached_property
    def _bounds(self) -> Sequence[int]:
        return [*(bisect_left(self.others, one, key=_place) for one in BEGINNINGS), len(self.others)]


def related_to(queries: Queries, view: View, row: Row) -> Related:
    """Those of the other side that have a goal in common and a day in the window, or no date at all; and whatever
    supports it or is supported by it, at any time.

    row: the initiative, as `initiative.find` answers it.
    """
    if row["withdrawn"]:
        return Related(row, ())
    return Related(row, queries.follows(f"related to {row['id']}", view, lambda: _others(queries, view, row), _size))


def page(
    queries: Queries, view: View, related: Related, *, limit: int, after: RelatedPlace = FIRST
) -> Page[RelatedPlace]:
    others = related.after(after)
    shown = others[:limit]
    following = shown[-1].place if len(others) > limit else None
    asked = f"{limit} related to {related.row['id']} after {after}"
    rows = queries.follows(asked, view, lambda: explained(queries, view, related.row, shown), len)
    return Page(rows, following)


def explained(queries: Queries, view: View, row: Row, others: Iterable[Other]) -> Rows:
    """In this order, each with what relates it to the initiative, and the verdict on the two."""
    verdict_on = _verdicts(row, view)
    rows = initiatives.by_id(queries, view, (one.id for one in others))
    return [{**{name: other[name] for name in OF_THE_OTHER}, **verdict_on(other)} for other in rows]


def _others(queries: Queries, view: View, row: Row) -> list[Other]:
    """Kept for as long as nothing is written of whoever works for its goals, or supports it."""
    work, is_central, own = work_of(queries, view), row["sector"] is None, _days(row, view)
    asked = {"id": row["id"], "supports": row["supports"], "is_central": is_central}
    support = {one["id"].bytes: _days(one, view) for one in queries.about(view, SUPPORT, **asked)}

    def ask(_: object) -> dict[bytes, list[Other]]:
        days_of = {**dict(work.other_side(row["goals"], is_central=is_central)), **support}
        return {id_: sorted(_other(one, days, own) for one, days in days_of.items())}

    id_ = row["id"].bytes
    states = [work.state(goal) for goal in row["goals"]]
    decided_by = _others, id_, is_central, own, work.window, (*states,), (*support.items(),)
    (found,) = queries.lasting({id_: decided_by}, ask, _size)
    return found


def _size(others: Sequence[Other]) -> int:
    """In rows, which are ten times as large."""
    return len(others) // 10


def _days(row: Row, view: View) -> Run | None:
    """In the window."""
    first, last = initiatives.shown(row, view)
    return runs.inclusive(first, last) if first and last else None


def _other(id_: bytes, days: Run | None, own: Run | None) -> Other:
    if days is None or own is None:
        return Other(has_no_days=True, apart=0, id=id_, common=None)
    start, end = max(days[0], own[0]), min(days[1], own[1])
    return Other(has_no_days=False, apart=start - end, id=id_, common=(start, end) if start < end else None)


def _verdicts(row: Row, view: View) -> Callable[[Row], Row]:
    """Says of a related one what relates the two, and the verdict on them."""
    is_central, own_goals, own = row["sector"] is None, [*dict.fromkeys(row["goals"])], _period(row)
    window = Span.inclusive(view.first, view.last)

    def verdict_on(other: Row) -> Row:
        found = pair(own, _period(other), window) if is_central else pair(_period(other), own, window)
        shared_goals = [goal for goal in own_goals if goal in other["goals"]]
        is_supported = row["id"] in other["supports"] if is_central else other["id"] in row["supports"]
        return {
            "basis": relation(is_supported, bool(shared_goals)),
            "shared_goals": shared_goals,
            "verdict": found.verdict,
            "common_from": found.common.start if found.common else None,
            "common_to": found.common.last if found.common else None,
            "days": found.days,
            "share": found.share,
            "days_between": found.days_between,
            "smallest_move": found.smallest_move,
        }

    return verdict_on


def _period(row: Row) -> Period | None:
    return None if row["undated"] else Period.inclusive(row["start"], row["end"])
