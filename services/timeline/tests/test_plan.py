"""The plan of a year: what local work meets = counting days; as it is known on a day; exactly as it was adopted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.timeline import changes, lanes, matrix, plan
from services.timeline.concurrency import Selection
from services.timeline.plan import Edition
from services.timeline.queries import Queries
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import Told, central, goal, key, local, name_of, stream_of
from services.timeline.tests.test_queries_against_counting import CALM, TELLINGS, days_in, told
from services.timeline.tests.worlds import Facts, World
from services.timeline.view import View
from shared.database import Connection
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
MORNING = datetime(2018, 1, 25, 9, tzinfo=UTC)
"""When the plan of these tests is adopted."""
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


# Whom local work meets


@CALM
@given(TELLINGS, st.one_of(st.none(), worlds.CHOICES), st.sampled_from([None, *worlds.SECTORS]))
def test_local_work_meets_an_initiative_on_the_days_that_are_counted(connection, told_world, choice, sector):
    view = told_world.view(choice)
    with told(connection, told_world.events()) as queries:
        found = plan.initiatives(queries, Edition(2018, view, None, view), ["Ledelse"], sector=sector and key(sector))
        totals = matrix.totals(queries, view)
    world = told_world.world if choice is None else told_world.world.less(choice)
    assert {name_of(row["id"]): met_as_said(row) for row in found} == {
        i.id: met_as_counted(world, i, sector) for i in world.central
    }
    assert [row["area"] for row in found] == sorted((i.area for i in world.central), key=lambda area: area != "Ledelse")
    if sector is None:
        counted = {word: sum(row["meeting"] == word for row in found) for word in plan.MEETINGS}
        assert totals["central"] == sum(counted[word] for word in plan.COUNTED)
        assert totals["central_concurrent"] == counted["concurrent"]
        assert totals["central_together"] == counted["concurrent"] + counted["apart"]
        assert totals["undated_central"] == counted["undated"]


def met_as_said(row: Row) -> tuple[Any, ...]:
    common = days_in(row["common"])
    assert len(common) == row["common_days"]
    return row["meeting"], row["sectors"], row["concurrent_sectors"], common


def met_as_counted(world: World, i: Facts, sector: str | None) -> tuple[Any, ...]:
    if worlds.is_cancelled(i):
        return "withdrawn", 0, 0, frozenset()
    own = worlds.days_of(world, i)
    related = [
        other
        for other in world.local(sector)
        if worlds.are_related(i, other) and (worlds.is_undated(other, world.basis) or worlds.days_of(world, other))
    ]
    meeting = [other for other in related if own & worlds.days_of(world, other)]
    common = own & frozenset().union(*(worlds.days_of(world, other) for other in related))
    word = "concurrent" if meeting else "apart" if related else "alone"
    if not own:
        word = "undated" if worlds.is_undated(i, world.basis) else "outside"
    return word, len({other.sector for other in related}), len({other.sector for other in meeting}), common


@CALM
@given(TELLINGS, st.sampled_from([None, *worlds.SECTORS]))
def test_bars_of_a_figure_are_the_central_ones_that_it_counts(connection, told_world, sector):
    view, world = told_world.view(), told_world.world
    words = {i.id: met_as_counted(world, i, sector)[0] for i in world.central}
    counts = {"together": {"concurrent", "apart"}, "concurrent": {"concurrent"}, "apart": {"apart"}, "alone": {"alone"}}
    with told(connection, told_world.events()) as queries:
        everything = lanes.bars(queries, view, limit=1000, sector=sector and key(sector)).rows
        for meeting, of in counts.items():
            bars = lanes.bars(queries, view, limit=1000, sector=sector and key(sector), meeting=meeting).rows
            central = [name_of(bar["id"]) for bar in bars if bar["lane"] == "central"]
            assert sorted(central) == sorted(id_ for id_, word in words.items() if word in of)
            assert [bar for bar in bars if bar["lane"] == "local"] == [b for b in everything if b["lane"] == "local"]


# A plan that is adopted


def a_plan(*told_of_plan: Told, when: list[datetime], year: int = 2018) -> list[Envelope]:
    """A drafted plan with two areas and a frame; then what is told of it, recorded at `when`."""
    framed = ("action-plan.budget-framed", {"year": year, "amount": 500_000})
    first = [*telling.plan(year, "Ledelse", "Læring"), framed]
    return stream_of("plan", *first, *told_of_plan, when=[MORNING - 30 * DAY] * len(first) + when)


DISCUSSED = ("action-plan.discussed", {"year": 2018, "on": "2018-01-16", "organisations": ["NTL", "Fagforbundet"]})
ADOPTED = ("action-plan.adopted", {"year": 2018, "on": "2018-01-25", "reason": "Vedtatt i byrådet"})
RAISED = ("action-plan.budget-framed", {"year": 2018, "amount": 600_000, "reason": "Ekstra midler"})


def initiatives_of(told_then: list[datetime], *further: Told) -> list[Envelope]:
    planned = central("s1", goals=["g1"], start="2018-03-01", end="2018-04-30", budget=200_000)
    return stream_of("s1", planned, *further, when=told_then)


def edition(queries: Queries, *, as_adopted: bool, known_on: date | None = None) -> Edition:
    return plan.edition(queries, View(YEAR.first, YEAR.last, known_on=known_on), as_adopted=as_adopted)


def titles(queries: Queries, asked: Edition) -> list[tuple[str | None, str, str]]:
    found = plan.initiatives(queries, asked, ["Ledelse", "Læring"])
    return [(name_of(row["id"]), row["title"], str(row["start"])) for row in found]


MOVED = ("central-initiative.rescheduled", {"start": "2018-05-01", "end": "2018-06-30", "reason": "Sykdom"})
CANCELLED = ("central-initiative.cancelled", {"on": "2018-03-01", "reason": "Ikke lenger aktuelt"})


def story() -> list[Envelope]:
    later = MORNING + 5 * DAY
    return [
        *a_plan(DISCUSSED, ADOPTED, RAISED, when=[MORNING - 9 * DAY, MORNING, later]),
        *initiatives_of([MORNING - SECOND, later], MOVED),
        *stream_of("s2", central("s2", area="Læring", budget=100_000), CANCELLED, when=[MORNING - DAY, later]),
        *stream_of("s3", central("s3", area="Borte"), when=[MORNING + SECOND]),
        *stream_of("g1", goal("g1"), when=[MORNING - DAY]),
        *stream_of("l1", local("l1", "A", goals=["g1"]), when=[MORNING - DAY]),
    ]


def test_the_adopted_plan_is_what_was_known_when_it_was_adopted_and_now_is_now(connection):
    with told(connection, story()) as queries:
        adopted, now = edition(queries, as_adopted=True), edition(queries, as_adopted=False)
        assert titles(queries, adopted) == [("s1", "Tiltak s1", "2018-03-01"), ("s2", "Tiltak s2", "None")]
        assert [row["status"] for row in plan.initiatives(queries, adopted, ["Ledelse"])] == ["planned", "planned"]
        found = plan.initiatives(queries, now, ["Ledelse", "Læring"])
        assert [(name_of(row["id"]), row["area"], row["meeting"]) for row in found] == [
            ("s1", "Ledelse", "apart"),
            ("s2", "Læring", "withdrawn"),
            ("s3", "Borte", "undated"),
        ]
        then, later = plan.plan(queries, adopted), plan.plan(queries, now)
    assert then
    assert later
    assert (then["frame"], then["allocated"], then["status"]) == (500_000, 300_000, "adopted")
    assert (later["frame"], later["allocated"]) == (600_000, 200_000)
    assert then["discussions"] == [{"on": "2018-01-16", "organisations": ["NTL", "Fagforbundet"]}]


def test_the_adoption_is_told_with_its_day_its_moment_and_its_place_among_the_events(connection):
    events = story()
    event = next(event for event in events if event.type == "samtidig.action-plan.adopted.v1")
    with told(connection, events) as queries:
        found = edition(queries, as_adopted=True).adoption
    assert found == {
        "stream": key("plan"),
        "version": event.sequence,
        "event": event.id,
        "type": event.type,
        "recorded_at": MORNING,
        "actor": None,
        "reason": "Vedtatt i byrådet",
        "adopted_on": date(2018, 1, 25),
    }


def test_what_differs_from_the_adopted_plan_is_told_with_its_reasons(connection):
    with told(connection, story()) as queries:
        asked = edition(queries, as_adopted=False)
        assert asked.since
        found = changes.page(queries, asked.since, limit=10).rows
        assert changes.counts(queries, asked.since) == {"added": 1, "moved": 1, "removed": 1, "changed": 0}
        events = plan.events_since(queries, asked)
    assert [(name_of(row["id"]), row["kind"], [event["reason"] for event in row["events"]]) for row in found] == [
        ("s3", "added", [None]),
        ("s1", "moved", ["Sykdom"]),
        ("s2", "removed", ["Ikke lenger aktuelt"]),
    ]
    assert [(event["type"], event["frame"], event["reason"]) for event in events] == [
        ("samtidig.action-plan.budget-framed.v1", 600_000, "Ekstra midler")
    ]


def test_only_the_plans_own_initiatives_differ_whenever_they_run_and_also_by_their_budgets(connection):
    later = [MORNING - DAY, MORNING + DAY]
    dearer = ("central-initiative.budget-changed", {"budget": 250_000})
    other, outside = central("s5", plan_year=2019), central("s6", start="2019-02-01", end="2019-03-01")
    events = [
        *a_plan(ADOPTED, when=[MORNING]),
        *initiatives_of(later, dearer),
        *stream_of("s5", other, MOVED, when=later),
        *stream_of("s6", outside, dearer, when=later),
    ]
    with told(connection, events) as queries:
        since = edition(queries, as_adopted=False).since
        assert since
        found = changes.page(queries, since, limit=10).rows
    told_of = {
        name_of(row["id"]): [(one["field"], one["before"], one["after"]) for one in row["fields"]] for row in found
    }
    assert told_of == {"s1": [("budget", 200_000, 250_000)], "s6": [("budget", None, 250_000)]}


def test_a_plan_that_is_carried_out_is_the_plan_that_was_adopted(connection):
    later = [MORNING - DAY, MORNING + DAY, MORNING + 2 * DAY]
    started = ("central-initiative.started", {"on": "2018-03-05"})
    completed = ("central-initiative.completed", {"on": "2018-05-04", "effect": "Færre påminnelser"})
    stopped = ("central-initiative.cancelled", {"on": "2018-04-01", "reason": "Ikke lenger aktuelt"})
    events = [
        *a_plan(ADOPTED, when=[MORNING]),
        *initiatives_of(later, started, completed),
        *stream_of("s2", central("s2", start="2018-03-01", end="2018-04-30"), started, stopped, when=later),
    ]
    with told(connection, events) as queries:
        since = edition(queries, as_adopted=False).since
        assert since
        found = changes.page(queries, since, limit=10).rows
        whatever_it_is = changes.counts(queries, replace(since, now=YEAR, plan_year=None))
    assert [(name_of(row["id"]), row["kind"]) for row in found] == [("s2", "changed")]
    assert [(one["field"], one["before"], one["after"]) for one in found[0]["fields"]] == [
        ("status", "planned", "cancelled")
    ]
    assert whatever_it_is["moved"] == 2


def test_a_plan_is_not_adopted_before_it_was_known_to_be(connection):
    with told(connection, story()) as queries:
        day_before = edition(queries, as_adopted=True, known_on=date(2018, 1, 24))
        assert (day_before.adoption, day_before.since, day_before.is_as_adopted) == (None, None, False)
        drafted = plan.plan(queries, day_before)
        assert drafted
        assert (drafted["status"], drafted["adopted_on"], drafted["frame"]) == ("drafted", None, 500_000)
        same_day = edition(queries, as_adopted=True, known_on=date(2018, 1, 25))
        assert same_day.is_as_adopted
        assert len(titles(queries, same_day)) == 2
        assert len(titles(queries, edition(queries, as_adopted=False, known_on=date(2018, 1, 25)))) == 3
        nothing = edition(queries, as_adopted=False, known_on=date(2017, 1, 1))
        assert plan.plan(queries, nothing) is None
        assert titles(queries, nothing) == []


def test_a_clock_that_ran_backwards_does_not_make_a_plan_adopted_before_it_was_discussed(connection):
    """The store's clock was set back between the discussion and the adoption: what was known by then is in the plan."""
    events = [
        *a_plan(DISCUSSED, ADOPTED, when=[MORNING, MORNING - 2 * SECOND]),
        *initiatives_of([MORNING - SECOND]),
        *stream_of("s4", central("s4"), when=[MORNING + SECOND]),
    ]
    with told(connection, events) as queries:
        asked = edition(queries, as_adopted=True)
        assert asked.adoption
        assert asked.adoption["recorded_at"] == MORNING
        assert [name for name, *_ in titles(queries, asked)] == ["s1"]
        adopted = plan.plan(queries, asked)
    assert adopted
    assert (adopted["status"], len(adopted["discussions"])) == ("adopted", 1)


def test_an_initiative_whose_clock_ran_backwards_is_in_the_plan_as_it_was_then(connection):
    """Its second event has an earlier time than its first: known from the first one's moment on, in their order."""
    first, second = MORNING + SECOND, MORNING - SECOND
    for times, expected in (([first, second], []), ([second, first], [("s1", "Tiltak s1", "2018-03-01")])):
        events = [*a_plan(ADOPTED, when=[MORNING]), *initiatives_of(times, MOVED)]
        with told(connection, events) as queries:
            assert titles(queries, edition(queries, as_adopted=True)) == expected


def test_what_was_recorded_in_the_same_instant_as_the_adoption_is_in_it(connection):
    with told(connection, [*a_plan(ADOPTED, when=[MORNING]), *initiatives_of([MORNING])]) as queries:
        assert [name for name, *_ in titles(queries, edition(queries, as_adopted=True))] == ["s1"]


def test_a_closed_plan_is_still_shown_as_it_was_adopted(connection):
    closed = ("action-plan.closed", {"year": 2018, "on": "2019-01-31"})
    with told(connection, a_plan(ADOPTED, closed, when=[MORNING, MORNING + 300 * DAY])) as queries:
        then, now = (plan.plan(queries, edition(queries, as_adopted=yes)) for yes in (True, False))
    assert then
    assert now
    assert (then["status"], then["closed_on"]) == ("adopted", None)
    assert (now["status"], now["closed_on"], now["adopted_on"]) == ("closed", date(2019, 1, 31), date(2018, 1, 25))


def test_initiatives_of_a_plan_that_nobody_has_told_of_are_there(connection):
    with told(connection, initiatives_of([MORNING])) as queries:
        asked = edition(queries, as_adopted=True)
        assert plan.plan(queries, asked) is None
        assert [name for name, *_ in titles(queries, asked)] == ["s1"]


def test_by_goal_and_by_what_is_chosen_of_initiatives(connection):
    other = stream_of("s2", central("s2", goals=["g2"], area="Læring", audiences=["leaders"]))
    with told(connection, [*initiatives_of([MORNING]), *other]) as queries:

        def names(goal: str | None = None, **selection: Any) -> list[str | None]:
            view = View(YEAR.first, YEAR.last, selection=Selection(**selection))
            asked = plan.edition(queries, view, as_adopted=False)
            return [name_of(row["id"]) for row in plan.initiatives(queries, asked, [], goal and key(goal))]

        assert names() == ["s1", "s2"]
        assert names("g2") == ["s2"]
        assert names(area="Ledelse") == ["s1"]
        assert names(audience="leaders") == ["s2"]
        assert names(standing="started") == []


# Goals, and how it goes


def test_the_effects_of_goals_are_those_that_were_observed_by_then(connection):
    seen = ("goal.effect-observed", {"effect": "Færre spørsmål", "on": "2018-02-01"})
    revised = ("goal.revised", {"title": "Mål g1", "kind": "characteristic", "expected_effect": "Ledere vet hva"})
    events = [
        *a_plan(ADOPTED, when=[MORNING]),
        *stream_of("g1", goal("g1"), revised, seen, when=[MORNING - DAY, MORNING - DAY, MORNING + DAY]),
    ]
    with told(connection, events) as queries:
        ids = [key("g1"), key("nobody")]
        (then,), (now,) = (plan.effects(queries, edition(queries, as_adopted=yes), ids) for yes in (True, False))
    assert (then["expected_effect"], then["observed"]) == ("Ledere vet hva", [])
    assert [(one["on"], one["effect"]) for one in now["observed"]] == [("2018-02-01", "Færre spørsmål")]


def test_the_newest_report_of_how_it_goes_stands_beside_an_initiative(connection):
    reports: list[Told] = [
        ("central-initiative.status-reported", {"status": status, "sentence": sentence})
        for status, sentence in (("on_track", None), ("at_risk", "Få har meldt seg"))
    ]
    times = [MORNING - DAY, MORNING - SECOND, MORNING + SECOND]
    with told(connection, [*a_plan(ADOPTED, when=[MORNING]), *initiatives_of(times, *reports)]) as queries:
        (then,), (now,) = (plan.initiatives(queries, edition(queries, as_adopted=yes), []) for yes in (True, False))
    assert (then["reported_status"], then["reported_sentence"]) == ("on_track", None)
    assert (now["reported_status"], now["reported_sentence"]) == ("at_risk", "Få har meldt seg")
