"""A view: which days are asked about, as they were known when, of which initiatives; and what that is in SQL.

Every question is about a view. All dates that come out are inclusive; null is open, or unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, LiteralString

from services.timeline.concurrency import Basis, Selection, Standing
from shared.http import OSLO

LONGEST_WINDOW = 50
"""Years."""
STATUSES: Mapping[Standing, tuple[str, ...]] = {
    "not_started": ("planned", "proposed", "anchored"),
    "started": ("started",),
    "completed": ("completed",),
    "stopped": ("discontinued", "cancelled"),
}
"""What the owning services call a standing."""
EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: the days from `first` to `last`, both counted, as they were known at the end of `known_on`.

    just_after: instead of the end of a day, the instant right after this moment: what was recorded then is known.
    selection: which initiatives count; `agency` is an id.
    """

    first: date
    last: date
    basis: Basis = "actual"
    known_on: date | None = None
    just_after: datetime | None = None
    selection: Selection = EVERYTHING

    def parameters(self) -> dict[str, Any]:
        chosen = self.selection
        return {
            "first": self.first,
            "last": self.last,
            "basis": self.basis,
            "moment": self.moment(),
            "agency": chosen.agency,
            "area": chosen.area,
            "audience": chosen.audience,
            "statuses": [*STATUSES[chosen.standing]] if chosen.standing else None,
        }

    def moment(self) -> datetime | str:
        """The end of the day in Oslo; events recorded before it are known. 'infinity' is now."""
        if self.just_after is not None:
            return self.just_after + RIGHT_AFTER
        if self.known_on is None:
            return NOW
        return datetime.combine(self.known_on + timedelta(days=1), time(), tzinfo=OSLO)


NOW = "infinity"
"""The moment at which everything is known."""
RIGHT_AFTER = timedelta(microseconds=1)
"""As near to a moment as PostgreSQL's clock knows."""


# In SQL


def known(alias: str = "") -> str:
    """The condition on a versioned table for what was known at the moment."""
    of = f"{alias}." if alias else ""
    return f"{of}recorded_from < %(moment)s::timestamptz and {of}recorded_to >= %(moment)s::timestamptz"


def whole(alias: str) -> str:
    """The effective period of a row of initiative_version on the basis: of what is withdrawn, null."""
    return f"case %(basis)s::text when 'planned' then {alias}.planned else {alias}.actual end"


def chosen(alias: str) -> str:
    """`Selection.has`, on a row of initiative_version."""
    return f"""case when {alias}.sector is null
             then (%(area)s::text is null or {alias}.area = %(area)s)
                  and (%(audience)s::text is null or %(audience)s = any({alias}.audiences))
             else %(agency)s::uuid is null or {alias}.agency = %(agency)s end
        and (%(statuses)s::text[] is null or {alias}.status = any(%(statuses)s))"""


WINDOW: LiteralString = "daterange(%(first)s::date, %(last)s::date, '[]')"
FEW: LiteralString = "few_links"
"""They fit into an index."""

IS_LINKED: LiteralString = "linked"
"""Central, or supports a central one: few, with an index of their own."""

KNOWN: LiteralString = "known as (select * from what_the_view_knows)"
"""Stands in a query for what `over` puts there: of each item that has a day in the window, or no date at all
(`undated`), the version that was known at the moment. `period` is clipped to the window, `whole` is not; both are
half-open. Whatever else is in the row is found by its key.
"""
LINKED: LiteralString = "linked as (select * from what_of_it_is_linked)"
"""As `KNOWN`, of central ones and those that support one."""
THESE: LiteralString = "known as (select * from what_the_view_knows_of_these)"
"""As `KNOWN`, of the initiatives with these `ids`."""
NO_LONGER: LiteralString = "known as (select * from what_the_view_knows_and_nobody_now)"
"""As `KNOWN`, of versions that are over by now."""
NOT_YET: LiteralString = "not_yet as (select * from what_the_view_does_not_know_yet)"
"""As `KNOWN`, of what is known now the versions that became known after the moment."""


def over(view: View, query: str) -> str:
    """The query over what the view knows, and of this what its selection leaves."""
    query = query.replace(KNOWN, f"known as ({_known(view, _rows(view))})")
    query = query.replace(LINKED, f"linked as ({_known(view, _rows(view, only_linked=True))})")
    query = query.replace(NO_LONGER, f"known as ({_known(view, _no_longer(view))})")
    query = query.replace(NOT_YET, f"not_yet as ({_known(view, _of_now(view, RECORDED_LATER))})")
    return query.replace(THESE, f"known as ({_known(view, [_these(view)])})")


def _known(view: View, parts: Iterable[str]) -> str:
    rows = f"({' union all '.join(parts)}) e"
    if view.selection != EVERYTHING:  # the index has not what is chosen by; the row has
        rows += f" join initiative_version v on v.id = e.id and v.version = e.version where {chosen('v')}"
    columns = "e.id, e.version, e.sector, e.goals, e.supports, e.whole"
    return f"select {columns}, nullif(e.whole * {WINDOW}, 'empty') as period, e.whole is null as undated from {rows}"


def _versions(view: View) -> str:
    return f"select id, version, sector, goals, supports, {view.basis} as whole from initiative_version where"


def _these(view: View) -> str:
    return f"""{_versions(view)} id = any(%(ids)s) and {known()} and not withdrawn
        and ({view.basis} is null or {view.basis} && {WINDOW})"""


RECORDED_BEFORE, RECORDED_LATER = (
    "recorded_from < %(moment)s::timestamptz",
    "recorded_from >= %(moment)s::timestamptz",
)


def _rows(view: View, *, only_linked: bool = False) -> Iterator[str]:
    """Each part is answered from an index of its own, most of them from it alone (`indexes.sql`)."""
    yield from _of_now(view, RECORDED_BEFORE, only_linked=only_linked)
    if view.moment() != NOW:
        yield from _no_longer(view, only_linked=only_linked)


def _of_now(view: View, recorded: str, *, only_linked: bool = False) -> Iterator[str]:
    in_window = f"{view.basis} && {WINDOW}"
    known_now = f"{_versions(view)} recorded_to = 'infinity' and {recorded}"
    linked = f" and {IS_LINKED}" if only_linked else ""
    yield f"{known_now} and {FEW} and {in_window} and {IS_LINKED}"
    if not only_linked:
        yield f"{known_now} and {FEW} and {in_window} and not {IS_LINKED}"
    yield f"""{known_now} and ({view.basis} is null or not {FEW}) and not withdrawn
        and ({view.basis} is null or {in_window}){linked}"""


def _no_longer(view: View, *, only_linked: bool = False) -> Iterator[str]:
    linked = f" and {IS_LINKED}" if only_linked else ""
    no_longer = f"""{_versions(view)} recorded_to < 'infinity' and {known()} and not withdrawn
        and ({view.basis} is null or {view.basis} && {WINDOW}){linked}"""
    yield f"{no_longer} and {FEW}"
    yield f"{no_longer} and not {FEW}"
