"""What a verdict rests on: which dates of an initiative count, and the events that said them.

A verdict on two initiatives needs three things of each: its period, the goals that both have, and whether the local one
supports the central one. Each of these was last said by one event, and that event is its source.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, LiteralString
from uuid import UUID

from services.timeline.concurrency import Basis
from services.timeline.queries import Queries
from services.timeline.view import View
from services.timeline.work import kept_by_id

Rule = Literal["stopped", "undated", "planned", "not_started", "started", "open", "overtaken", "ended"]
Says = Literal["planned", "started", "ended", "goal", "support"]

RESTS_ON: Mapping[Rule, Sequence[Says]] = {
    "stopped": ("ended",),
    "undated": ("planned",),
    "planned": ("planned",),
    "not_started": ("planned",),
    "started": ("started", "planned"),
    "open": ("started", "planned"),
    "overtaken": ("started", "planned"),
    "ended": ("started", "ended"),
}
"""The rule that gives a period → what must have been said for it."""


def rule(row: Mapping[str, Any], basis: Basis) -> Rule:
    """Which rule of DESIGN section 6 gives the initiative's effective period, as `concurrency.effective_period` has it.

    row: `status` and the planned and actual days, as `initiative.py` answers them.
    """
    stopped = row["status"] in ("cancelled", "discontinued")
    if stopped and row["actual_start"] is None:
        return "stopped"
    if row["start"] is None and row["end"] is None:
        return "undated"
    if basis == "planned":
        return "planned"
    if stopped or row["status"] == "completed":
        return "ended"
    if row["status"] != "started":
        return "not_started"
    if row["planned_end"] is None:
        return "open"
    return "overtaken" if row["actual_start"] and row["planned_end"] < row["actual_start"] else "started"


# `says`: the first three of the whole initiative, `goal` and `support` of one goal or one central initiative (`about`).
# What was said and then said otherwise is no source: the newest event that made it so is, and only while it holds.
SOURCES: LiteralString = """
with versions as materialized (
    select id, version, event, type, recorded_from, actor, reason, status, goals, supports, planned_start, planned_end,
           actual_start, lag(status) over one as status_before, lag(goals) over one as goals_before,
           lag(supports) over one as supports_before, lag(planned_start) over one as planned_start_before,
           lag(planned_end) over one as planned_end_before, lag(actual_start) over one as actual_start_before,
           last_value(goals) over whole as goals_now, last_value(supports) over whole as supports_now
    from initiative_version
    where id = any(%(ids)s::uuid[]) and recorded_from < %(moment)s::timestamptz
    window one as (partition by id order by version),
           whole as (partition by id order by version rows between unbounded preceding and unbounded following)
),
sources as (
    select id, 'planned' as says, null::uuid as about, max(version) as version from versions
    where planned_start is distinct from planned_start_before or planned_end is distinct from planned_end_before
    group by id
    union all
    select id, 'started', null, max(version) from versions
    where actual_start is distinct from actual_start_before group by id
    union all
    select id, 'ended', null, max(version) from versions
    where status in ('completed', 'cancelled', 'discontinued') and status is distinct from status_before group by id
    union all
    select id, 'goal', goal, max(version) from versions cross join lateral unnest(goals) g(goal)
    where goal = any(goals_now) and (goals_before is null or goal <> all(goals_before))
    group by id, goal
    union all
    select id, 'support', central, max(version) from versions cross join lateral unnest(supports) s(central)
    where central = any(supports_now) and (supports_before is null or central <> all(supports_before))
    group by id, central
)
select id, json_agg(
    json_build_object(
        'says', says, 'about', about, 'version', version, 'event', event, 'type', type,
        'recorded_at', to_char(recorded_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', actor, 'reason', reason
    ) order by version, says, about
) as sources
from sources join versions using (id, version) group by id
"""

Sources = Mapping[UUID, Sequence[Mapping[str, Any]]]


def sources(queries: Queries, view: View, row: Mapping[str, Any], related: Iterable[Mapping[str, Any]]) -> Sources:
    """The source events of an initiative and of those related to it, by initiative: one question for all of them.

    row: the initiative, as `initiative.find` answers it; only its own goals, and support between the two sides, are
    told, as no other verdict is given here.
    """
    ids = {id_.bytes: id_ for id_ in (row["id"], *(other["id"] for other in related))}
    found = kept_by_id(queries, SOURCES, {"moment": view.moment()}, ids)
    centrals = [row["id"]] if row["sector"] is None else row["supports"]
    about = {None, *map(str, (*row["goals"], *centrals))}
    return {ids[id_]: [one for one in found[id_]["sources"] if one["about"] in about] for id_ in ids if id_ in found}
