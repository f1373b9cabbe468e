"""SQL = `concurrency.py` = counting days (DESIGN section 6).

Random worlds are told as events, projected into PostgreSQL, and asked for.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline import asking, concurrency, evidence, gaps, lanes, matrix, names, year
from services.timeline.concurrency import Days, Selection
from services.timeline.history import history
from services.timeline.initiative import initiative
from services.timeline.queries import Queries
from services.timeline.related import HEADINGS, explained, page, related_to
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import key, name_of, stream_of
from services.timeline.tests.test_concurrency import (
    as_float,
    figures,
    initiatives_of,
    numbers,
    window_of,
)
from services.timeline.tests.worlds import GOALS, SECTORS, Choice, World
from services.timeline.view import View
from shared.database import Connection
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

CALM = settings(max_examples=60, deadline=None)
OSLO = ZoneInfo("Europe/Oslo")
Numbers = frozenset[int]


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


@dataclass
class OneConnection:
    """A database as `Queries` needs it, in which everything happens in one transaction."""

    held: Connection
    lost: int = 0

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        yield self.held


@contextmanager
def told(connection: Connection, events: list[Envelope], batch: int = 1000) -> Iterator[Queries]:
    """The read model with these events and no others."""
    with connection.transaction(force_rollback=True):
        telling.apply(connection, events, batch)
        yield Queries(OneConnection(connection))


@dataclass(frozen=True)
class Telling:
    """A world, what is known besides its initiatives, and how the events come."""

    world: World
    goals: frozenset[str]  # proposed; others are unresolved
    sectors: frozenset[str]  # registered; likewise
    batch: int

    def events(self) -> list[Envelope]:
        return telling.interleaved(
            [
                *[stream_of(name, telling.goal(name)) for name in self.goals],
                *[stream_of(name, telling.sector(name)) for name in self.sectors],
                *[stream_of(facts.id, *telling.story(facts)) for facts in self.world.initiatives],
            ]
        )

    def view(self, choice: Choice | None = None) -> View:
        return View(self.world.first, self.world.last, self.world.basis, selection=selection_of(choice))


def selection_of(choice: Choice | None) -> Selection:
    """What `Selection` calls it."""
    if choice is None:
        return Selection()
    agency = str(key(choice.agency)) if choice.agency else None
    return Selection(agency, choice.area, choice.audience, choice.standing)


TELLINGS = st.builds(
    Telling,
    worlds.WORLDS,
    st.sampled_from([frozenset(GOALS), frozenset(GOALS), frozenset({"g1", "g4"}), frozenset()]),
    st.sampled_from([frozenset(SECTORS), frozenset(SECTORS), frozenset({"A", "C"}), frozenset()]),
    st.sampled_from([1, 3, 7, 1000]),
)


def days_in(periods: Iterable[tuple[str, str]]) -> Numbers:
    """The days of inclusive periods one by one; they must be maximal runs in order."""
    numbered = [
        (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()) for first, last in periods
    ]
    found = frozenset(n for first, last in numbered for n in range(first, last + 1))
    assert [list(range(first, last + 1)) for first, last in numbered] == worlds.runs(found)
    return found


# Cells


@CALM
@given(TELLINGS)
def test_every_cell_of_the_matrix(connection, told_world):
    """I10 too: goals and sectors that nobody has told of are shown wherever an initiative names them."""
    world = told_world.world
    with told(connection, told_world.events(), told_world.batch) as queries:
        cells = matrix.cells(queries, told_world.view())
    said = {(name_of(cell["goal"]), name_of(cell["sector"])): cell_as_said(cell) for cell in cells}
    assert len(said) == len(cells)
    shown = [(goal, sector) for goal in goals_shown(told_world) for sector in (*sectors_shown(told_world), None)]
    assert said == {place: cell_as_counted(world, *place) for place in shown}
    assert said == {place: cell_of_reference(world, *place) for place in shown}
    for cell in cells:
        sector, goal = name_of(cell["sector"]), name_of(cell["goal"])
        undated = [i for i in world.local(sector) if goal in i.goals and worlds.is_undated(i, world.basis)]
        assert cell["undated"] == len(undated)
        assert cell["central_days"] == len(days_in(cell["central_periods"]))
        assert cell["local_days"] == len(days_in(cell["local_periods"]))
        assert cell["both_days"] == len(days_in(cell["both_periods"]))


def goals_shown(told_world: Telling) -> set[str]:
    """Those proposed, and those of whatever is dated in the window or undated."""
    world = told_world.world
    return told_world.goals.union(
        *(i.goals for i in world.initiatives if worlds.days_of(world, i) or worlds.is_undated(i, world.basis))
    )


def sectors_shown(told_world: Telling) -> set[str]:
    """Those registered, and those of whatever is dated in the window or undated."""
    return told_world.sectors | {i.sector for i in told_world.world.local() if has_bar(told_world.world, i)}


def cell_as_said(cell: dict[str, Any]) -> tuple[Any, ...]:
    return (
        cell["state"],
        cell["central"],
        cell["local"],
        days_in(cell["central_periods"]),
        days_in(cell["local_periods"]),
        days_in(cell["both_periods"]),
        cell["degree"],
        cell["coverage"],
    )


def cell_as_counted(world: World, goal: str, sector: str | None) -> tuple[Any, ...]:
    cell = worlds.count_cell(world, goal, sector)
    return (
        cell.state,
        cell.central,
        cell.local,
        cell.central_days,
        cell.local_days,
        cell.both_days,
        as_float(cell.degree),
        as_float(cell.coverage),
    )


def cell_of_reference(world: World, goal: str, sector: str | None) -> tuple[Any, ...]:
    cell = concurrency.cell_of(initiatives_of(world), goal, sector, window_of(world))
    return (
        cell.state,
        cell.central_count,
        cell.local_count,
        frozenset(numbers(cell.central)),
        frozenset(numbers(cell.local)),
        frozenset(numbers(cell.both)),
        cell.degree,
        cell.coverage,
    )


# Totals


@CALM
@given(TELLINGS)
def test_the_totals_of_the_window(connection, told_world):
    world = told_world.world
    with told(connection, told_world.events(), told_world.batch) as queries:
        said = matrix.totals(queries, told_world.view())
    counted = worlds.count_headline(world, None)
    assert figures(counted) == figures(concurrency.year(initiatives_of(world), SECTORS, window_of(world)).all_sectors)
    dated = [i for i in world.initiatives if worlds.days_of(world, i)]
    undated = [i for i in world.initiatives if worlds.is_undated(i, world.basis)]
    expected = {
        "central": counted.central,
        "central_together": counted.together,
        "central_concurrent": counted.at_the_same_time,
        "local": counted.local,
        "undated_local": counted.undated_local,
        "undated_central": worlds.count_undated_central(world),
        "without_goal": sum(not i.goals for i in dated + undated),
        "open": sum(worlds.runs_on(i, end, world.basis) for i in dated for end in (date.min, date.max)),
    }
    assert {name: said[name] for name in expected} == expected


@CALM
@given(TELLINGS)
def test_the_headline_of_every_sector_and_of_all(connection, told_world):
    world = told_world.world
    with told(connection, told_world.events(), told_world.batch) as queries:
        said = year.headlines(queries, told_world.view())
    places = [None, *sectors_shown(told_world)]
    reference = concurrency.year(initiatives_of(world), sectors_shown(told_world), window_of(world))
    by_place = {None: reference.all_sectors, **reference.by_sector}
    assert said[0]["sector"] is None
    assert {name_of(row["sector"]): headline_as_said(row) for row in said} == {
        place: figures(worlds.count_headline(world, place)) for place in places
    }
    assert {place: figures(by_place[place]) for place in places} == {
        place: figures(worlds.count_headline(world, place)) for place in places
    }


def headline_as_said(row: dict[str, Any]) -> tuple[int, ...]:
    return (
        row["central"],
        row["central_together"],
        row["central_concurrent"],
        row["local"],
        row["undated_local"],
        row["central_days"],
        row["both_days"],
    )


# Pairs


@CALM
@given(TELLINGS)
def test_every_pair_seen_from_both_sides(connection, told_world):
    """Who shares a goal is shown where it has a day in the window or no date; who supports, or is supported, always."""
    world = told_world.world
    with told(connection, told_world.events(), told_world.batch) as queries:
        said = {i.id: pairs_as_told(related(queries, told_world.view(), key(i.id))) for i in world.initiatives}
    living = [i for i in world.initiatives if not worlds.is_cancelled(i)]
    reference = {i.id: i for i in initiatives_of(world)}
    expected: dict[str, dict[str, Any]] = {i.id: {} for i in world.initiatives}
    for c in (i for i in living if i.sector is None):
        for l in (i for i in living if i.sector is not None):  # noqa: E741
            if not (basis := worlds.are_related(c, l)):
                continue
            shown_to_c = basis != "goal" or has_bar(world, l)
            shown_to_l = basis != "goal" or has_bar(world, c)
            counted = worlds.count_pair(world, c, l)
            if shown_to_c:
                expected[c.id][l.id] = (basis, *pair_as_counted(counted))
            if shown_to_l:
                expected[l.id][c.id] = (basis, *pair_as_counted(counted))
            one, other = reference[c.id].effective.period, reference[l.id].effective.period
            assert pair_as_counted(counted) == pair_of_reference(concurrency.pair(one, other, window_of(world)))
    assert said == expected


UNDER = {"concurrent": ["concurrent"], "not_concurrent": ["adjacent", "sequential"], "other": ["undated", "outside"]}


def related(queries: Queries, view: View, id_: UUID) -> list[dict[str, Any]]:
    """All that are related to it, as they stand under their headings; page by page they are the same."""
    row = initiative(queries, view, id_)
    if row is None:
        return []
    found = related_to(queries, view, row)
    by_heading = {heading: explained(queries, view, row, found.under(heading)) for heading in HEADINGS}
    assert {heading: len(rows) for heading, rows in by_heading.items()} == found.counts
    assert all(one["verdict"] in UNDER[heading] for heading, rows in by_heading.items() for one in rows)
    rows = [one for heading in HEADINGS for one in by_heading[heading]]
    assert rows == sorted(rows, key=nearest_first)
    in_pages = [one := page(queries, view, found, limit=2)]
    while one.next:
        in_pages.append(one := page(queries, view, found, limit=2, after=one.next))
    assert [row for one in in_pages for row in one.rows] == rows
    return rows


def nearest_first(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["days"] is None, -(row["days"] or 0), row["days_between"] or 0, row["id"]


def pairs_as_told(rows: list[dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found = {}
    for row in rows:
        assert (row["common_from"] is None) == (row["common_to"] is None)
        common = [(row["common_from"].isoformat(), row["common_to"].isoformat())] if row["common_from"] else []
        found[name_of(row["id"])] = (
            row["basis"],
            row["verdict"],
            days_in(common),
            row["days"],
            row["share"],
            row["days_between"],
            row["smallest_move"],
        )
    assert len(found) == len(rows)
    return found


def pair_as_counted(pair: worlds.CountedPair) -> tuple[Any, ...]:
    days = None if pair.share is None else len(pair.common)
    return (pair.verdict, pair.common, days, as_float(pair.share), pair.days_between, pair.smallest_move)


def pair_of_reference(pair: concurrency.Pair) -> tuple[Any, ...]:
    common = frozenset(numbers(Days((pair.common,) if pair.common else ())))
    return (pair.verdict, common, pair.days, pair.share, pair.days_between, pair.smallest_move)


# Gaps


@CALM
@given(TELLINGS)
def test_every_gap_by_sector_and_in_all_sectors(connection, told_world):
    world, view = told_world.world, told_world.view()
    with told(connection, told_world.events(), told_world.batch) as queries:
        by_sector, in_all = (
            gaps.page(queries, view, limit=1000, all_sectors=all_of_them).rows for all_of_them in (False, True)
        )
        largest = gaps.page(queries, view, limit=3).rows
    assert all(gap["sector"] for gap in by_sector)
    assert not any(gap["sector"] for gap in in_all)
    assert largest == by_sector[:3]
    assert [gap["days"] for gap in by_sector] == sorted((gap["days"] for gap in by_sector), reverse=True)
    places = [(goal, sector) for goal in goals_shown(told_world) for sector in (*sectors_shown(told_world), None)]
    counted = {(*place, *gap_as_counted(gap)) for place in places for gap in worlds.count_gaps(world, *place)}
    initiatives, window = initiatives_of(world), window_of(world)
    assert counted == {
        (*place, *gap_of_reference(gap)) for place in places for gap in concurrency.gaps(initiatives, *place, window)
    }
    said = [*by_sector, *in_all]
    assert {gap_as_said(gap) for gap in said} == counted
    assert len(said) == len(counted)


@CALM
@given(TELLINGS)
def test_a_local_run_meets_the_other_side_when_its_edge_is_moved(connection, told_world):
    """`edge` is a local one at the end of the run that faces the nearest central one; moved, it is met there."""
    world = told_world.world
    facts = {i.id: i for i in world.initiatives}
    with told(connection, told_world.events(), told_world.batch) as queries:
        found = gaps.page(queries, told_world.view(), limit=1000).rows
    for gap in found:
        assert (gap["edge"] is not None) == (gap["kind"] == "local_only" and gap["nearest"] is not None)
        if gap["edge"]:
            edge = facts[name_of(gap["edge"]["id"])]
            assert (edge.sector, name_of(gap["goal"]) in edge.goals) == (name_of(gap["sector"]), True)
            own = worlds.days_of(world, edge) & set(range(gap["from"].toordinal(), gap["to"].toordinal() + 1))
            nearest = worlds.days_of(world, facts[name_of(gap["nearest"]["id"])])
            assert {day + gap["move"] for day in own} & nearest


@CALM
@given(
    TELLINGS,
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([None, "central_only", "local_only"]),
            "min_days": st.integers(1, 40),
            "all_sectors": st.booleans(),
        }
    ),
    st.integers(1, 3),
)
def test_gaps_are_filtered_and_sorted_and_their_pages_hold_each_once(connection, told_world, asked, limit):
    view = told_world.view()
    with told(connection, told_world.events(), told_world.batch) as queries:
        everything = gaps.page(queries, view, limit=1000, all_sectors=asked["all_sectors"]).rows
        ranks = {
            "goal": {row["id"]: n for n, row in enumerate(names.goals(queries, view))},
            "sector": {None: -1} | {row["id"]: n for n, row in enumerate(names.sectors(queries, view))},
        }
        chosen = [
            gap for gap in everything if asked["kind"] in (None, gap["kind"]) and gap["days"] >= asked["min_days"]
        ]
        for sort in asking.GAP_ORDERS:
            paged, after = [], gaps.FIRST
            while after:
                page = gaps.page(queries, view, limit=limit, sort=sort, after=after, **asked)
                assert page.total == len(chosen)
                paged, after = [*paged, *page.rows], page.next
            assert {gap_as_said(gap) for gap in paged} == {gap_as_said(gap) for gap in chosen}
            assert len(paged) == len(chosen)
            by = {"largest": lambda _: 0, "date": lambda gap: gap["from"]}.get(
                sort, lambda gap, sort=sort: ranks[sort][gap[sort]]
            )
            assert paged == sorted(paged, key=lambda gap: (by(gap), -gap["days"], gap["from"]))


def gap_as_said(gap: dict[str, Any]) -> tuple[Any, ...]:
    first, last = gap["from"].toordinal(), gap["to"].toordinal()
    assert gap["days"] == last - first + 1
    nearest = gap["nearest"] and name_of(gap["nearest"]["id"])
    return (name_of(gap["goal"]), name_of(gap["sector"]), gap["kind"], first, last, nearest, gap["move"])


def gap_as_counted(gap: worlds.CountedGap) -> tuple[Any, ...]:
    return (gap.kind, gap.first, gap.last, gap.nearest, gap.smallest_move)


def gap_of_reference(gap: concurrency.Gap) -> tuple[Any, ...]:
    return (gap.kind, gap.span.start.toordinal(), gap.span.last.toordinal(), gap.nearest, gap.smallest_move)


# Bars


@CALM
@given(TELLINGS)
def test_every_bar_of_the_timeline(connection, told_world):
    """I10: whatever is not cancelled and not elsewhere in time has a bar, or stands as undated."""
    world = told_world.world
    with told(connection, told_world.events(), told_world.batch) as queries:
        bars = lanes.bars(queries, told_world.view(), limit=1000).rows
    said = {
        name_of(bar["id"]): (
            bar["lane"],
            name_of(bar["sector"]),
            bar["undated"],
            (bar["shown_from"], bar["shown_to"]),
            (bar["open_start"], bar["open_end"]),
            days_in(bar["common"]),
        )
        for bar in bars
    }
    assert said == {i.id: bar_as_counted(world, i) for i in world.initiatives if has_bar(world, i)}
    assert len(said) == len(bars)


@CALM
@given(TELLINGS, st.integers(1, 4), st.sampled_from([None, *GOALS]), st.sampled_from([None, *SECTORS]))
def test_bars_are_the_same_page_by_page(connection, told_world, limit, goal, sector):
    """And those of a sector, or of a goal, are those that have it among all."""
    view, asked = told_world.view(), {"goal": goal and key(goal), "sector": sector and key(sector)}
    with told(connection, told_world.events(), told_world.batch) as queries:
        everybody = lanes.bars(queries, view, limit=1000).rows
        sectors_in_order = [row["id"] for row in names.sectors(queries, view)]
        bars = lanes.bars(queries, view, limit=1000, **asked).rows
        paged, after = [], lanes.FIRST
        while after:
            page = lanes.bars(queries, view, limit=limit, after=after, **asked)
            paged, after = [*paged, *page.rows], page.next
    assert paged == bars
    assert [bar["id"] for bar in bars] == [
        bar["id"]
        for bar in everybody
        if (goal is None or asked["goal"] in bar["goals"])
        and (sector is None or bar["lane"] == "central" or bar["sector"] == asked["sector"])
    ]
    assert everybody == sorted(everybody, key=lanes.place)
    ranks = {id_: n for n, id_ in enumerate([None, *sectors_in_order])}
    assert everybody == sorted(everybody, key=lambda bar: (ranks[bar["sector"]], bar["_sort_start"], bar["id"]))


def has_bar(world: World, i: worlds.Facts) -> bool:
    return bool(worlds.days_of(world, i)) or worlds.is_undated(i, world.basis)


def bar_as_counted(world: World, i: worlds.Facts) -> tuple[Any, ...]:
    days = worlds.days_of(world, i)
    shown = (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else (None, None)
    opened = tuple(worlds.runs_on(i, end, world.basis) for end in (date.min, date.max))
    return (
        "local" if i.sector else "central",
        i.sector,
        worlds.is_undated(i, world.basis),
        shown,
        opened,
        days & days_of_related(world, i, world.local(None) if i.sector is None else world.central),
    )


def days_of_related(world: World, i: worlds.Facts, others: Iterable[worlds.Facts]) -> Numbers:
    related = (o for o in others if (worlds.are_related(i, o) if i.sector is None else worlds.are_related(o, i)))
    return frozenset().union(*(worlds.days_of(world, other) for other in related))


@CALM
@given(TELLINGS, st.sampled_from([None, *GOALS]), st.sampled_from([None, *SECTORS]))
def test_a_central_bar_is_held_against_the_local_ones_that_are_asked_for(connection, told_world, goal, sector):
    world, asked = told_world.world, {"goal": goal and key(goal), "sector": sector and key(sector)}
    with told(connection, told_world.events(), told_world.batch) as queries:
        bars = lanes.bars(queries, told_world.view(), limit=1000, **asked).rows
    shown = [i for i in world.local(sector) if goal is None or goal in i.goals]
    said = {name_of(bar["id"]): days_in(bar["common"]) for bar in bars if bar["lane"] == "central"}
    assert said == {
        c.id: frozenset(worlds.days_of(world, c)) & days_of_related(world, c, shown)
        for c in world.central
        if has_bar(world, c) and (goal is None or goal in c.goals)
    }


def test_an_initiative_with_more_links_than_an_index_takes_counts_as_any_other(connection):
    goals, supports = [f"g{n}" for n in range(300)], [f"c{n}" for n in range(300)]
    events = [
        *stream_of("c0", telling.central("c0", goals=["g7"], start=date(2018, 1, 1), end=date(2018, 1, 10))),
        *stream_of(
            "l",
            telling.local("l", "A", goals=goals, supports=supports),
            ("local-initiative.scheduled", {"start": date(2018, 1, 5), "end": date(2018, 1, 20)}),
        ),
    ]
    with told(connection, events) as queries:
        for basis in ("planned", "actual"):
            view = View(date(2018, 1, 1), date(2018, 1, 31), basis)
            cells = {(name_of(cell["goal"]), name_of(cell["sector"])): cell for cell in matrix.cells(queries, view)}
            assert len(cells) == 600
            assert (cells["g7", "A"]["both_days"], cells["g8", "A"]["state"]) == (6, "local_only")
            assert [name_of(bar["id"]) for bar in lanes.bars(queries, view, limit=10).rows] == ["c0", "l"]
            assert [row["basis"] for row in related(queries, view, key("c0"))] == ["both"]
            assert lanes.bars(queries, View(date(2019, 1, 1), date(2019, 1, 31), basis), limit=10).rows == []


# What is selected


@CALM
@given(TELLINGS, worlds.CHOICES)
def test_a_selection_shows_the_world_in_which_there_is_nothing_else(connection, told_world, choice):
    """Whatever is asked of it; the other tests here compare such a world with `concurrency.py` and with counting."""
    less = replace(told_world, world=told_world.world.less(choice))
    with told(connection, told_world.events(), told_world.batch) as queries:
        selected = everything(queries, told_world.view(choice), less.world)
    with told(connection, less.events(), told_world.batch) as queries:
        assert selected == everything(queries, less.view(), less.world)


# As it was known


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


# The days on which the clocks change, and some others; events come just before, at and just after their midnights.
KNOWN_DAYS = [date(2018, 3, 24), date(2018, 3, 25), date(2018, 3, 26), date(2018, 10, 28), date(2018, 10, 29)]
TICK = timedelta(microseconds=1)
INSTANTS = st.builds(
    lambda day, later: midnight(day) + later,
    st.sampled_from(KNOWN_DAYS),
    st.sampled_from([-TICK, timedelta(0), TICK, timedelta(hours=2, minutes=30), timedelta(hours=23, minutes=30)]),
)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2018, 1, 31), "2018-01-31T23:00:00+00:00"),
        (date(2018, 3, 24), "2018-03-24T23:00:00+00:00"),
        (date(2018, 3, 25), "2018-03-25T22:00:00+00:00"),  # 23 hours long
        (date(2018, 10, 27), "2018-10-27T22:00:00+00:00"),
        (date(2018, 10, 28), "2018-10-28T23:00:00+00:00"),  # 25 hours long
    ],
)
def test_a_day_ends_at_midnight_in_oslo(day, end):
    assert View(day, day, "actual", day).moment().astimezone(UTC).isoformat() == end


@settings(max_examples=35, deadline=None)
@given(TELLINGS, st.data(), st.sampled_from(KNOWN_DAYS), st.none() | worlds.CHOICES)
def test_what_was_known_on_a_day_is_the_world_of_the_events_recorded_before_its_end(
    connection, told_world, data, day, choice
):
    """Recording times may be equal, and may run backwards: then an event is known no earlier than the one before it."""
    streams = [
        [*stream_of("g1", telling.goal("g1"), ("goal.adopted", {}), ("goal.retired", {}), when=data.draw(times(3)))],
        [*stream_of("A", telling.sector("A"), ("sector.renamed", {"name": "Nytt navn"}), when=data.draw(times(2)))],
    ]
    for facts in told_world.world.initiatives:
        told_of_it = telling.story(facts)
        streams.append(stream_of(facts.id, *told_of_it, when=data.draw(times(len(told_of_it)))))
    now = told_world.view(choice)
    then = replace(now, known_on=day)
    known = [known_of(stream, midnight(day + timedelta(days=1))) for stream in streams]
    with told(connection, telling.interleaved(streams), told_world.batch) as queries, made_from_now(data.draw(MANY)):
        as_known = everything(queries, then, told_world.world)
    with told(connection, telling.interleaved(known)) as queries:
        assert as_known == everything(queries, now, told_world.world)


MANY = st.sampled_from([-1, 0, 2, 500])
"""Initiatives that may be otherwise now than they were known, for what was known to be made from what is known now."""


@contextmanager
def made_from_now(many: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.timeline.work.MANY_UNKNOWN", many)
        yield


def times(n: int) -> st.SearchStrategy[list[datetime]]:
    return st.lists(INSTANTS, min_size=n, max_size=n)


def known_of(stream: list[Envelope], end: datetime) -> list[Envelope]:
    """The events up to the first that was recorded at the end or later."""
    late = [n for n, event in enumerate(stream) if event.time >= end]
    return stream[: late[0]] if late else stream


def everything(queries: Queries, view: View, world: World) -> dict[str, Any]:
    """All that can be asked of a view."""
    return {
        "goals": names.goals(queries, view),
        "sectors": names.sectors(queries, view),
        "cells": matrix.cells(queries, view),
        "totals": matrix.totals(queries, view),
        "year": year.headlines(queries, view),
        "gaps": [gaps.page(queries, view, limit=1000), gaps.page(queries, view, limit=1000, all_sectors=True)],
        "bars": [lanes.bars(queries, view, limit=1000, goal=goal) for goal in (None, *map(key, GOALS))],
        "bars of a sector": [lanes.bars(queries, view, limit=1000, sector=key(sector)) for sector in SECTORS],
        "initiatives": [
            (
                row := initiative(queries, view, key(i.id)),
                others := related(queries, view, key(i.id)),
                history(queries, view, key(i.id)),
                evidence.sources(queries, view, row, others) if row else {},
            )
            for i in world.initiatives
        ],
    }
