"""What changed between two days = the difference of two states, each made by the events known then and no others."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from services.timeline import asking, changes
from services.timeline.changes import Comparison
from services.timeline.concurrency import Effective, Span, effective_period
from services.timeline.queries import Queries
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import Told, key, name_of, stream_of
from services.timeline.tests.test_queries_against_counting import (
    INSTANTS,
    KNOWN_DAYS,
    known_of,
    midnight,
    told,
)
from services.timeline.tests.worlds import Facts
from services.timeline.view import View
from shared.database import Connection
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

Row = dict[str, Any]
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
NOT_STARTED = ("planned", "proposed", "anchored")


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


@st.composite
def stories(draw: st.DrawFn, facts: Facts) -> list[Told]:
    """An initiative's events, with moves and new words among the last."""
    kind = "local-initiative" if facts.sector else "central-initiative"
    title, goal = draw(st.sampled_from([f"Tiltak {facts.id}", "Nytt navn"])), draw(st.sampled_from(worlds.GOALS))
    first, last = draw(worlds.STRETCHES)
    described = {"title": title, "description": None, "goals": telling.keys([goal]), "responsible": None}
    of_side = {"agency": None} if facts.sector else {"plan_year": 2018, "area": "Ledelse", "audiences": ["employees"]}
    more: list[Told] = [
        (f"{kind}.rescheduled", {"start": first, "end": last, "reason": "Sykdom"}),
        (f"{kind}.revised", {**described, **of_side, "reason": None}),
    ]
    return [*telling.story(facts), *draw(st.sampled_from([[], more[:1], more[1:], more]))]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_changes_are_the_difference_of_two_states(connection, data):
    world = data.draw(worlds.WORLDS)
    then = data.draw(st.sampled_from(KNOWN_DAYS))
    known_on = data.draw(st.sampled_from([None, *(day for day in KNOWN_DAYS if day >= then)]))
    goal, sector = data.draw(st.sampled_from([None, *worlds.GOALS])), data.draw(st.sampled_from([None, "A"]))
    streams = []
    for facts in world.initiatives:
        story = data.draw(stories(facts))
        when = data.draw(st.lists(INSTANTS, min_size=len(story), max_size=len(story)))
        streams.append(stream_of(facts.id, *story, when=when))
    comparison = Comparison(View(world.first, world.last, world.basis, known_on), then)
    chosen = {"goal": goal and key(goal), "sector": sector and key(sector)}
    with told(connection, telling.interleaved(streams)) as queries:
        said = changes.page(queries, comparison, limit=1000, **chosen).rows
        counted = changes.counts(queries, comparison, **chosen)
        paged = in_pages(queries, comparison, chosen)
    before = state_of(connection, streams, then)
    after = state_of(connection, streams, known_on)
    expected = {
        name: found
        for name, row in after.items()
        if (found := difference(before.get(name), row, world.basis))
        and any(
            is_in_view(state[name], world, goal, sector)
            for state in (before, after)
            if name in state and (state is after or not is_withdrawn(state[name]))
        )
    }
    assert {name_of(row["id"]): (row["kind"], {found["field"] for found in row["fields"]}) for row in said} == expected
    assert counted == {kind: sum(one == kind for one, _ in expected.values()) for kind in changes.KINDS}
    assert paged == said
    for row in said:
        stream = next(stream for stream in streams if stream[0].subject == str(row["id"]))
        between = known_of(stream, end_of(known_on))[len(known_of(stream, end_of(then))) :]
        assert [event["event"] for event in row["events"]] == [event.id for event in between]


def in_pages(queries: Queries, comparison: Comparison, chosen: dict[str, Any]) -> list[Row]:
    page = changes.page(queries, comparison, limit=2, **chosen)
    found = [*page.rows]
    while page.next:
        page = changes.page(queries, comparison, limit=2, after=page.next, **chosen)
        found += page.rows
    return found


def end_of(day: date | None) -> datetime:
    return midnight((day or date(2100, 1, 1)) + timedelta(days=1))


def state_of(connection: Connection, streams: list[list[Envelope]], day: date | None) -> dict[str, Row]:
    """Every initiative as the events that were known at the end of the day make it."""
    known = [known_of(stream, end_of(day)) for stream in streams]
    columns = ", ".join(["id", "sector", *DATES, *changes.FIELDS])
    with told(connection, telling.interleaved(known)), connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(f"select {columns} from initiative_version where recorded_to = 'infinity'").fetchall()
    return {name_of(row["id"]): row for row in rows}


def difference(old: Row | None, new: Row, basis: str) -> tuple[str, set[str]] | None:
    fields = {name for name in changes.FIELDS if old and old[name] != new[name]}
    if is_withdrawn(new):
        return None if old and is_withdrawn(old) else ("removed", fields)
    if old is None:
        return ("added", set())
    if effective(old, basis) != effective(new, basis):
        return ("moved", fields)
    return ("changed", fields) if fields else None


def is_withdrawn(row: Row) -> bool:
    return row["status"] in ("cancelled", "discontinued") and row["actual_start"] is None


def effective(row: Row, basis: str) -> Effective:
    status = "not_started" if row["status"] in NOT_STARTED else row["status"]
    return effective_period(status=status, basis=basis, **{name: row[name] for name in DATES})


def is_in_view(row: Row, world: worlds.World, goal: str | None, sector: str | None) -> bool:
    """What is withdrawn is looked for where it was planned."""
    found = effective({**row, "status": "planned"} if is_withdrawn(row) else row, world.basis)
    dated = found.undated or (found.period and found.period.clip(Span.inclusive(world.first, world.last)))
    of_goal = goal is None or key(goal) in row["goals"]
    return bool(dated) and of_goal and (sector is None or row["sector"] in (None, key(sector)))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2018, 5, 15), date(2018, 4, 15)),
        (date(2018, 3, 31), date(2018, 2, 28)),
        (date(2020, 3, 30), date(2020, 2, 29)),
        (date(2018, 1, 1), date(2017, 12, 1)),
    ],
)
def test_a_month_before(day: date, before: date):
    assert asking.month_before(day) == before
