"""What if = the world in which it is so: a scenario's cells and totals are those of events that told it that way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline import asking, gaps, matrix, what_if
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import key, name_of
from services.timeline.tests.test_queries_against_counting import (
    TELLINGS,
    Telling,
    cell_as_counted,
    cell_as_said,
    goals_shown,
    sectors_shown,
    told,
)
from services.timeline.tests.worlds import Facts, World
from services.timeline.what_if import Change, MalformedError
from shared.database import Connection
from shared.testing.plugin import Postgres


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


WHEN_ALL_IS_KNOWN = date(2100, 1, 1)
"""Of another day than now, no more is kept than the window's years."""


@st.composite
def scenarios(draw: st.DrawFn, world: World) -> list[tuple[Change, Facts | None]]:
    """Changes, each with the facts that it makes; None where it makes none."""
    found: list[tuple[Change, Facts | None]] = []
    for facts in world.initiatives:
        if worlds.is_cancelled(facts):
            continue
        start, end = draw(periods())
        match draw(st.sampled_from(["keep", "move", "move", "drop"])):
            case "move":
                change = Change("move", str(key(facts.id)), start=start, end=end)
                found.append((change, planned(facts, start, end)))
            case "drop":
                found.append((Change("drop", str(key(facts.id))), None))
    for n in range(draw(st.integers(0, 3))):
        start, end = draw(periods())
        sector, goal = draw(st.sampled_from([None, *worlds.SECTORS])), draw(st.sampled_from(worlds.GOALS))
        change = Change("add", sector=sector and key(sector), goal=key(goal), start=start, end=end)
        blank = Facts(f"new{n}", sector, frozenset({goal}), frozenset(), "", None, None, None, None)
        found.append((change, planned(blank, start, end)))
    return found


@st.composite
def periods(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = draw(worlds.STRETCHES)
    return draw(st.sampled_from([(first, last), (first, last), (first, None), (None, last)]))


def planned(facts: Facts, start: date | None, end: date | None) -> Facts:
    dates = {"planned_start": start, "planned_end": end, "actual_start": None, "actual_end": None}
    return replace(facts, status="not_started", **dates)


def supposed(world: World, scenario: list[tuple[Change, Facts | None]]) -> World:
    """The world in which the scenario is so."""
    changed = {change.initiative for change, _ in scenario}
    kept = [facts for facts in world.initiatives if str(key(facts.id)) not in changed]
    return replace(world, initiatives=(*kept, *[facts for _, facts in scenario if facts]))


@settings(max_examples=60, deadline=None)
@given(TELLINGS, st.data())
def test_a_scenario_is_the_world_in_which_it_is_so(connection, told_world: Telling, data):
    view = replace(told_world.view(), known_on=data.draw(st.sampled_from([None, WHEN_ALL_IS_KNOWN])))
    drawn = data.draw(scenarios(told_world.world))
    scenario = [change for change, _ in drawn]
    world = supposed(told_world.world, drawn)
    with told(connection, told_world.events(), told_world.batch) as queries:
        found, faults = asking.scenario_of(scenario, view, queries)
        cells = what_if.cells(queries, view, found)
        totals = what_if.totals(queries, view, found)
        if not scenario:
            assert cells == matrix.cells(queries, view)
    assert not faults
    other = replace(told_world, world=world)
    with told(connection, other.events()) as queries:
        assert totals == matrix.totals(queries, view)
        assert sorted(cells, key=str) == sorted(matrix.cells(queries, view), key=str)
    said = {(name_of(cell["goal"]), name_of(cell["sector"])): cell_as_said(cell) for cell in cells}
    shown = [(goal, sector) for goal in goals_shown(other) for sector in (*sectors_shown(other), None)]
    assert said == {place: cell_as_counted(world, *place) for place in shown}


@settings(max_examples=60, deadline=None)
@given(TELLINGS, st.sampled_from([None, WHEN_ALL_IS_KNOWN]))
def test_what_a_move_gains_and_costs_is_what_the_scenario_says(connection, told_world, known_on):
    view = replace(told_world.view(), known_on=known_on)
    with told(connection, told_world.events(), told_world.batch) as queries:
        by_sector, in_all = (gaps.page(queries, view, limit=3, all_sectors=both).rows for both in (False, True))
        for gap in [*by_sector, *in_all]:
            place = {"goal": gap["goal"], "sector": gap["sector"]}
            assert gap["common_days"] == both_days(matrix.cells(queries, view), place)
            moving = gaps.moved_by(gap["kind"], gap)
            assert (gap["common_days_after"] is None) == (moving is None)
            if moving:
                start, end = (day and day + timedelta(gap["move"]) for day in (moving["start"], moving["end"]))
                change = Change("move", str(moving["id"]), start=start, end=end)
                scenario, _ = asking.scenario_of([change], view, queries)
                assert gap["common_days_after"] == both_days(what_if.cells(queries, view, scenario), place)


def both_days(cells: list[dict[str, Any]], place: dict[str, Any]) -> int:
    return next(cell["both_days"] for cell in cells if place.items() <= cell.items())


# As text


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        ("move", "S1:2018-01-01..2018-02-01", Change("move", "S1", start=date(2018, 1, 1), end=date(2018, 2, 1))),
        ("move", "EHA:T1:..2018-02-01", Change("move", "EHA:T1", end=date(2018, 2, 1))),
        ("drop", "EHA:T1", Change("drop", "EHA:T1")),
    ],
)
def test_a_change_is_read_as_it_is_written(what, text, expected):
    assert what_if.read(what, text) == expected
    if what == "move":
        assert what_if.move(expected.initiative, expected.start, expected.end) == text


@pytest.mark.parametrize(
    ("what", "text", "code"),
    [
        ("move", "S1", "scenario-move"),
        ("move", "2018-01-01..2018-02-01", "scenario-move"),
        ("move", "S1:2018-01-01", "scenario-move"),
        ("move", "S1:..", "required"),
        ("move", "S1:2018-02-30..", "not-a-date"),
        ("move", "S1:2018-01-01..2018-02-01..2018-03-01", "not-a-date"),
        ("move", "S1:2018-02-01..2018-01-01", "end-before-start"),
        ("move", "S1:0001-01-01..9999-12-31", "out-of-range?minimum=1900-01-01&maximum=2200-12-31"),
        ("add", "EHA:2018-01-01..2018-02-01", "scenario-add"),
        ("add", ":K1:2018-01-01..2018-02-01", "scenario-add"),
    ],
)
def test_what_is_no_change_is_said(what, text, code):
    with pytest.raises(MalformedError) as found:
        what_if.read(what, text)
    assert found.value.code == code
