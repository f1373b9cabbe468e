"""What if: initiatives moved, dropped and added in thought, and the same definitions asked again. Nothing is stored.

A scenario stands in an address, one change after the other, and can be read and written by people:

    move=<initiative>:<start>..<end>          S18-01:2018-03-01..2018-05-31, BLK:T01:2018-03-01..
    drop=<initiative>                         S18-01
    add=<central or sector>:<goal>:<start>..<end>   EHA:K3:2018-03-01..2018-05-31

Who works when is kept (`work.py`); a scenario replaces in it those whom its changes are about, and reads only these.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal, LiteralString, get_args
from uuid import UUID

import msgspec

from services.timeline import matrix
from services.timeline.queries import Queries
from services.timeline.view import THESE, WINDOW, View, chosen, known, whole
from services.timeline.work import (
    MEMBERS_OF_SOME,
    NO_GOAL,
    Side,
    Work,
    by_goal,
    ids_of,
    members_with,
    reach_of,
    work_of,
)
from shared import identity
from shared.limits import FIRST_DAY, LAST_DAY

What = Literal["move", "drop", "add"]
WHATS: tuple[What, ...] = get_args(What)
MOST = 50
"""Changes of a scenario: what a person can look through, and an address can hold."""
TOO_MANY = f"too-many-changes?maximum={MOST}"
"""The fault of one with more."""
CENTRAL = "central"
"""Stands for the central side where a sector's code would."""

# Those of the changes that the view's selection leaves, as they would be: in the days that are kept.
SUPPOSED = f"""
supposed as materialized (
    select * from jsonb_to_recordset(%(scenario)s::jsonb)
        as s(id uuid, what text, sector uuid, goals uuid[], start date, "end" date)
),
known as (
    select *, whole * {WINDOW} as period
    from (
        select v.id, v.sector, v.goals, v.supports, period(s.start, s."end") as whole
        from supposed s join initiative_version v using (id)
        where s.what = 'move' and {known("v")} and not v.withdrawn and {chosen("v")}
        union all
        select id, sector, goals, '{{}}', period(start, "end") from supposed where what = 'add'
    ) k
    where whole && {WINDOW}
)
"""

SUPPOSED_MEMBERS = MEMBERS_OF_SOME.replace(THESE, SUPPOSED)

# Whoever is known and not stopped, with the period on the basis: by ids, or by words of a title.
ITEMS: LiteralString = f"""
select v.id, v.external_id, v.title, v.sector, s.code as sector_code, v.goals, lower(b.whole) as start,
       upper(b.whole) - 1 as "end"
from initiative_version v
cross join lateral (select {whole("v")} as whole) b
left join sector_version s on s.id = v.sector and {known("s")}
where {known("v")} and not v.withdrawn
"""
BY_ID = ITEMS + " and v.id = any(%(ids)s)"
BY_TITLE = ITEMS + " and v.title ilike %(pattern)s order by length(v.title), v.title, v.id limit %(limit)s"
SUGGESTIONS = BY_ID + " order by v.sector is not null, v.title, v.id"


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it was asked for. `initiative`: id or external id, of a local one `<sector>:<external id>`."""

    what: What
    initiative: str = ""
    sector: UUID | None = None
    goal: UUID | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A change with the initiative that it is about, as it is known; None for one that is added."""

    change: Change
    id: UUID
    row: Mapping[str, Any] | None

    def sides(self) -> Iterable[Side]:
        """On which it works, as it is known."""
        if self.row:
            for goal in self.row["goals"] or [NO_GOAL]:
                yield Side(goal, self.row["sector"])


@dataclass(frozen=True, slots=True)
class Unknown:
    """A change about what is not known in this view, or was stopped before it started."""

    change: Change


def find(queries: Queries, view: View, changes: Sequence[Change]) -> list[Found | Unknown]:
    """Each change with its initiative."""
    ids = {change: _ids(change.initiative) for change in changes if change.what != "add"}
    rows = queries.rows(BY_ID, {**view.parameters(), "ids": [id_ for some in ids.values() for id_ in some]})
    by_id = {row["id"]: row for row in rows}
    found: list[Found | Unknown] = []
    for n, change in enumerate(changes, start=1):
        if change.what == "add":
            found.append(Found(change, identity.named("what-if", str(n)), None))
            continue
        known_ids = [id_ for id_ in ids[change] if id_ in by_id]
        found.append(Found(change, known_ids[0], by_id[known_ids[0]]) if known_ids else Unknown(change))
    return found


def _ids(reference: str) -> list[UUID]:
    """What a name may stand for: a central one first."""
    return [identity.resolve(kind, reference) for kind in ("central-initiative", "local-initiative")]


def cells(
    queries: Queries, view: View, scenario: Collection[Found], goal: UUID | None = None, sector: UUID | None = None
) -> list[dict[str, Any]]:
    """The cells of the matrix, as `matrix.cells` gives them."""
    return matrix.cells(queries, view, goal, sector, work=_work(queries, view, scenario))


def totals(queries: Queries, view: View, scenario: Collection[Found]) -> dict[str, Any]:
    """The year's figures, as `matrix.totals` gives them."""
    work = _work(queries, view, scenario)
    return matrix.totals_of(work, matrix.met(work))


def _work(queries: Queries, view: View, scenario: Collection[Found]) -> Work:
    """What `work_of` would answer if it were so."""
    parameters = _parameters(view, scenario)

    def suppose() -> Work:
        work = work_of(queries, view)
        new = by_goal(queries.rows(SUPPOSED_MEMBERS, parameters))
        sides = {side for found in scenario for side in found.sides()}
        touched = {side.goal for side in sides}
        others = {goal: of for goal, of in work.goals.items() if goal not in touched}
        return Work(work.window, others | members_with(work.goals, sides, new, instead_of=_ids_of(scenario)))

    return queries.follows(f"work if {parameters['scenario']}", view, suppose, Work.size)


def _ids_of(scenario: Iterable[Found]) -> set[bytes]:
    return {found.id.bytes for found in scenario}


def titled(queries: Queries, view: View, words: str, *, limit: int) -> list[dict[str, Any]]:
    """Initiatives whose titles have these words, in this order; the shortest titles first."""
    literal = "".join(f"\\{character}" if character in "\\%_" else character for character in words)
    pattern = "%" + "%".join(literal.split()) + "%"
    return queries.rows(BY_TITLE, {**view.parameters(), "pattern": pattern, "limit": limit})


def in_window(queries: Queries, view: View, *, limit: int) -> list[dict[str, Any]]:
    """So many initiatives with a day in the window or without dates, central ones before others, the first ones of
    each; by title.
    """
    work = work_of(queries, view)
    there = (one.id for sector in (None, *work.all_sectors) for one in work.begun(sector, None))
    return queries.rows(SUGGESTIONS, {**view.parameters(), "ids": ids_of(islice(there, limit))})


def reference(row: Mapping[str, Any]) -> str:
    """What stands for an initiative in an address: what people call it, where that can be found again."""
    if row["external_id"] is None:
        return str(row["id"])
    if row["sector"] is None:
        kind, name = "central-initiative", row["external_id"]
    else:
        kind, name = "local-initiative", f"{row['sector_code']}:{row['external_id']}"
    return name if row["id"] == identity.resolve(kind, name) else str(row["id"])


def _parameters(view: View, scenario: Iterable[Found]) -> dict[str, Any]:
    rows = [
        {
            "id": found.id,
            "what": found.change.what,
            "sector": found.change.sector,
            "goals": [found.change.goal] if found.change.goal else [],
            "start": found.change.start,
            "end": found.change.end,
        }
        for found in scenario
    ]
    return {**reach_of(view).parameters(), "scenario": msgspec.json.encode(rows).decode()}


# As text


class MalformedError(ValueError):
    """A change in an address that can't be read; `code` says what is wrong, `field` with which of its days."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field


def read(what: What, text: str) -> Change:
    """A change as it stands in an address. Raises MalformedError."""
    if what == "drop":
        return Change("drop", text)
    name, colon, days = text.rpartition(":")
    if not (name and colon and ".." in days):
        raise MalformedError(f"scenario-{what}")
    start, end = (day(part) for part in days.split("..", 1))
    check(start, end)
    if what == "move":
        return Change("move", name, start=start, end=end)
    side, colon, goal = name.partition(":")
    if not (side and goal):
        raise MalformedError("scenario-add")
    sector = None if side == CENTRAL else identity.resolve("sector", side)
    return Change("add", sector=sector, goal=identity.resolve("goal", goal), start=start, end=end)


def check(start: date | None, end: date | None) -> None:
    """Raises MalformedError for days that no period can have."""
    if start is None and end is None:
        raise MalformedError("required", "start")
    for field, day in (("start", start), ("end", end)):
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise MalformedError(f"out-of-range?minimum={FIRST_DAY}&maximum={LAST_DAY}", field)
    if start and end and end < start:
        raise MalformedError("end-before-start", "end")


def day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MalformedError("not-a-date") from error


def period(start: date | None, end: date | None) -> str:
    return f"{start or ''}..{end or ''}"


def move(name: str, start: date | None, end: date | None) -> str:
    return f"{name}:{period(start, end)}"
