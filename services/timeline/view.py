"""A view: which days are asked about, as they were known when, of which initiatives; and what that is in SQL.

Every question is about a view. All dates that come out are inclusive; null is open, or unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, LiteralString
from uuid import UUID

from services.timeline.concurrency import Selection, Standing
from shared.http import OSLO

Basis = Literal["planned", "actual"]
STATUSES: Mapping[Standing, tuple[str, ...]] = {
    "not_started": ("planned", "proposed", "anchored"),
    "started": ("started",),
    "completed": ("completed",),
    "stopped": ("discontinued", "cancelled"),
}
"""What the owning services call a standing."""
NOBODY = UUID(int=0)
"""Before every id."""
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
            return "infinity"
        return datetime.combine(self.known_on + timedelta(days=1), time(), tzinfo=OSLO)


RIGHT_AFTER = timedelta(microseconds=1)
"""As near to a moment as PostgreSQL's clock knows."""


# In SQL


def known(alias: str = "") -> str:
    """The condition on a versioned table for what was known at the moment."""
    of = f"{alias}." if alias else ""
    return f"{of}recorded_from < %(moment)s::timestamptz and {of}recorded_to >= %(moment)s::timestamptz"


def chosen(alias: str) -> str:
    """`Selection.has`, on a row of initiative_version."""
    return f"""case when {alias}.sector is null
             then (%(area)s::text is null or {alias}.area = %(area)s)
                  and (%(audience)s::text is null or %(audience)s = any({alias}.audiences))
             else %(agency)s::uuid is null or {alias}.agency = %(agency)s end
        and (%(statuses)s::text[] is null or {alias}.status = any(%(statuses)s))"""


WINDOW: LiteralString = "daterange(%(first)s::date, %(last)s::date, '[]')"
FEW: LiteralString = "cardinality(goals) + cardinality(supports) <= 100"
"""Links that fit into an index; as in `indexes.sql`."""


def _known_on(basis: Basis) -> str:
    """What was known at the moment, on one basis: most of it from an index alone, the rest from a small one."""
    of_this_kind = f"""
    select id, version, sector, goals, supports, {basis} as whole from initiative_version
    where %(basis)s::text = '{basis}' and {known()}
    """
    return f"""
    {of_this_kind} and {FEW} and {basis} && {WINDOW}
    union all
    {of_this_kind} and ({basis} is null or not {FEW}) and not withdrawn and ({basis} is null or {basis} && {WINDOW})
    """


# Of each item that has a day in the window, or no date at all (undated), the version that was known at the moment.
# `period` is clipped to the window, `whole` is not; both half-open. Whatever else is in the row is found by its key.
# A query that reads it once, and not all of it, filters while it scans: so it isn't said to be materialized.
KNOWN = f"""
known as (
    select *, nullif(whole * {WINDOW}, 'empty') as period, whole is null as undated
    from ({_known_on("planned")} union all {_known_on("actual")}) effective
)
"""

# The same of what a `Selection` chooses: for that the row itself is needed, which the index does not have.
KNOWN_AND_CHOSEN = f"""
known as (
    select e.*, nullif(e.whole * {WINDOW}, 'empty') as period, e.whole is null as undated
    from ({_known_on("planned")} union all {_known_on("actual")}) e
    join initiative_version v on v.id = e.id and v.version = e.version
    where {chosen("v")}
)
"""


def over(view: View, query: str) -> str:
    """The query over what the view's selection leaves."""
    return query if view.selection == EVERYTHING else query.replace(KNOWN, KNOWN_AND_CHOSEN)
