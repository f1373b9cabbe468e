"""The sentences of DESIGN section 6 as examples, and the whole definition against counting days."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline.concurrency import (
    Cell,
    Days,
    Effective,
    Gap,
    Headline,
    Initiative,
    Pair,
    Period,
    Selection,
    Span,
    cell,
    cell_of,
    effective_period,
    gaps,
    pair,
    related,
    year,
)
from services.timeline.tests import worlds
from services.timeline.tests.worlds import GOALS, SECTORS, Facts, World

YEAR = Span.of_year(2026)
CALM = settings(max_examples=120, deadline=None)  # no deadline: the brute force is slow on purpose


def day(month: int, of_month: int) -> date:
    return date(2026, month, of_month)


def period(first: date | None, last: date | None) -> Period:
    return Period.inclusive(first, last)


JANUARY = period(day(1, 1), day(1, 31))
FEBRUARY = period(day(2, 1), day(2, 28))
MARCH = period(day(3, 1), day(3, 31))
SPRING = period(day(3, 1), day(5, 31))
MAY = period(day(5, 1), day(5, 31))
ALL_YEAR = period(day(1, 1), day(12, 31))


def central(id_: str, goals: str = "", when: Period | None = None, *, undated: bool = False) -> Initiative:
    return Initiative(id_, Effective(when, undated), frozenset(goals.split()))


def local(
    id_: str, sector: str, goals: str = "", when: Period | None = None, *, supports: str = "", undated: bool = False
) -> Initiative:
    return Initiative(id_, Effective(when, undated), frozenset(goals.split()), sector, frozenset(supports.split()))


# Effective period


def test_what_has_not_started_takes_its_planned_period():
    assert effective_period(status="not_started", planned_start=day(1, 1), planned_end=day(1, 31)).period == JANUARY


def test_what_has_started_runs_from_its_actual_start_to_its_planned_end():
    started = effective_period(
        status="started", planned_start=day(1, 1), planned_end=day(2, 28), actual_start=day(2, 1)
    )
    assert started == Effective(FEBRUARY)


def test_what_started_after_its_planned_end_has_an_open_end_and_a_flag():
    late = effective_period(status="started", planned_start=day(1, 1), planned_end=day(1, 31), actual_start=day(2, 1))
    assert late.period == Period(day(2, 1), None)
    assert late.open_end
    assert not late.open_start


def test_what_started_on_its_last_planned_day_runs_that_day():
    on_time = effective_period(status="started", planned_end=day(1, 31), actual_start=day(1, 31))
    assert on_time.period == period(day(1, 31), day(1, 31))
    assert not on_time.open_end


@pytest.mark.parametrize("status", ["completed", "discontinued", "cancelled"])
def test_what_ended_after_its_start_takes_its_actual_dates(status):
    ended = effective_period(
        status=status,
        planned_start=day(1, 1),
        planned_end=day(12, 31),
        actual_start=day(2, 1),
        actual_end=day(2, 28),
    )
    assert ended == Effective(FEBRUARY)


@pytest.mark.parametrize("basis", ["planned", "actual"])
@pytest.mark.parametrize("status", ["discontinued", "cancelled"])
def test_what_was_stopped_before_it_started_has_no_period_and_is_not_undated(status, basis):
    stopped = effective_period(status=status, planned_start=day(1, 1), planned_end=day(1, 31), basis=basis)
    assert stopped.period is None
    assert stopped.cancelled
    assert not stopped.undated


@pytest.mark.parametrize("status", ["not_started", "started", "completed", "discontinued", "cancelled"])
def test_on_the_planned_basis_the_planned_period_stands_whatever_happened(status):
    planned = effective_period(
        status=status,
        planned_start=day(1, 1),
        planned_end=day(1, 31),
        actual_start=day(2, 1),
        actual_end=day(2, 28),
        basis="planned",
    )
    assert planned == Effective(JANUARY)


def test_without_any_date_it_is_undated():
    undated = effective_period(status="not_started")
    assert undated == Effective(undated=True)
    assert not undated.cancelled


def test_only_a_start_runs_to_the_windows_end_and_is_flagged():
    started = effective_period(status="not_started", planned_start=day(12, 1))
    assert started.open_end
    assert started.period.clip(YEAR) == Span.inclusive(day(12, 1), day(12, 31))


def test_only_an_end_runs_from_the_windows_start_and_is_flagged():
    ending = effective_period(status="not_started", planned_end=day(1, 31))
    assert ending.open_start
    assert ending.period.clip(YEAR) == Span.inclusive(day(1, 1), day(1, 31))


def test_the_last_day_of_the_calendar_means_no_end():
    assert effective_period(status="not_started", planned_start=day(1, 1), planned_end=date.max).open_end


def test_a_period_of_one_day_has_one_day():
    assert period(day(1, 1), day(1, 1)).clip(YEAR).days == 1


def test_a_reversed_period_is_refused():
    with pytest.raises(ValueError, match="a period needs a day"):
        effective_period(status="not_started", planned_start=day(1, 2), planned_end=day(1, 1))


def test_a_span_without_days_is_refused():
    with pytest.raises(ValueError, match="a span needs a day"):
        Span(day(1, 1), day(1, 1))


# Related


@pytest.mark.parametrize(
    ("goals", "supports", "basis"),
    [("trust", "", "goal"), ("other", "c", "support"), ("trust other", "c", "both"), ("other", "unknown", None)],
)
def test_initiatives_are_related_by_a_shared_goal_or_by_explicit_support(goals, supports, basis):
    assert related(central("c", "trust clear"), local("l", "A", goals, supports=supports)) == basis


# Pairs


def test_a_common_day_makes_a_pair_concurrent():
    assert pair(SPRING, MAY, YEAR) == Pair("concurrent", Span.inclusive(day(5, 1), day(5, 31)), days=31, share=1.0)


def test_the_share_is_of_the_shorter_one():
    concurrent = pair(period(day(1, 1), day(1, 20)), period(day(1, 16), day(6, 30)), YEAR)
    assert (concurrent.days, concurrent.share) == (5, 0.25)


def test_the_day_after_is_adjacent_and_one_day_earlier_would_do():
    assert pair(JANUARY, FEBRUARY, YEAR) == Pair("adjacent", days=0, share=0.0, days_between=0, smallest_move=-1)


def test_a_single_day_between_makes_a_pair_sequential():
    assert pair(JANUARY, period(day(2, 2), day(2, 28)), YEAR) == Pair(
        "sequential", days=0, share=0.0, days_between=1, smallest_move=-2
    )


def test_a_local_one_that_ends_before_must_move_later():
    assert pair(MARCH, JANUARY, YEAR) == Pair("sequential", days=0, share=0.0, days_between=28, smallest_move=29)


def test_a_local_one_that_begins_after_must_move_earlier():
    assert pair(JANUARY, MARCH, YEAR).smallest_move == -29


def test_a_missing_date_makes_a_pair_undated():
    assert pair(None, MAY, YEAR) == pair(MAY, None, YEAR) == Pair("undated")


def test_a_pair_is_outside_when_one_has_no_day_in_the_window():
    assert pair(SPRING, period(date(2027, 1, 1), None), YEAR) == Pair("outside")


def test_days_in_common_outside_the_window_do_not_count():
    spring_only = Span.inclusive(day(3, 1), day(5, 31))
    assert pair(ALL_YEAR, period(day(5, 22), day(12, 31)), spring_only).days == 10


# Cells


def test_a_cell_counts_days_with_both_of_days_with_any():
    c = cell([JANUARY, MARCH], [FEBRUARY, MARCH], YEAR)
    assert (c.central_count, c.local_count) == (2, 2)
    assert (c.central_days, c.local_days, c.both_days) == (62, 59, 31)
    assert c.degree == 31 / 90
    assert c.coverage == 0.5
    assert c.both.spans == (Span.inclusive(day(3, 1), day(3, 31)),)
    assert c.central_only.spans == (Span.inclusive(day(1, 1), day(1, 31)),)
    assert c.local_only.spans == (Span.inclusive(day(2, 1), day(2, 28)),)


def test_overlapping_initiatives_of_one_side_count_a_day_once():
    c = cell([SPRING, MAY, ALL_YEAR], [], YEAR)
    assert (c.central_count, c.central_days) == (3, 365)


@pytest.mark.parametrize(
    ("central_periods", "local_periods", "state", "degree", "coverage"),
    [
        ([SPRING], [MAY], "together", 31 / 92, 31 / 92),
        ([JANUARY], [FEBRUARY], "apart", 0.0, 0.0),
        ([JANUARY], [], "central_only", 0.0, 0.0),
        ([], [JANUARY], "local_only", 0.0, None),
        ([], [], "none", None, None),
        ([period(date(2025, 1, 1), date(2025, 12, 31))], [], "none", None, None),
    ],
)
def test_a_cell_has_one_of_five_states(central_periods, local_periods, state, degree, coverage):
    c = cell(central_periods, local_periods, YEAR)
    assert (c.state, c.degree, c.coverage) == (state, degree, coverage)


def test_explicit_support_without_a_shared_goal_does_not_count_in_a_cell():
    initiatives = [central("c", "trust", MAY), local("l", "A", "other", MAY, supports="c")]
    assert cell_of(initiatives, "trust", "A", YEAR).state == "central_only"


def test_all_sectors_together_see_what_one_sector_does_not():
    initiatives = [central("c", "trust", SPRING), local("a", "A", "trust", MARCH), local("b", "B", "trust", MAY)]
    assert cell_of(initiatives, "trust", "A", YEAR).both_days == 31
    assert cell_of(initiatives, "trust", None, YEAR).both_days == 62


# Gaps


def test_a_gap_names_the_nearest_of_the_other_side_and_the_smallest_move():
    initiatives = [central("c", "trust", MARCH), local("l", "A", "trust", JANUARY), local("far", "A", "trust", MAY)]
    assert gaps(initiatives, "trust", "A", YEAR) == [
        Gap("local_only", "trust", "A", Span.inclusive(day(1, 1), day(1, 31)), nearest="c", smallest_move=29),
        Gap("central_only", "trust", "A", Span.inclusive(day(3, 1), day(3, 31)), nearest="l", smallest_move=29),
        Gap("local_only", "trust", "A", Span.inclusive(day(5, 1), day(5, 31)), nearest="c", smallest_move=-31),
    ]


def test_a_gap_with_nobody_on_the_other_side_has_no_nearest():
    assert gaps([central("c", "trust", JANUARY)], "trust", "A", YEAR) == [
        Gap("central_only", "trust", "A", Span.inclusive(day(1, 1), day(1, 31)), nearest=None, smallest_move=None)
    ]


def test_of_two_equally_near_the_nearest_is_the_one_that_starts_first():
    after, before = local("after", "A", "trust", MAY), local("before", "A", "trust", MARCH)
    april = central("c", "trust", period(day(4, 1), day(4, 30)))
    assert [gap.nearest for gap in gaps([april, after, before], "trust", "A", YEAR)] == ["c", "before", "c"]


def test_what_overlaps_only_in_part_leaves_a_gap_on_either_side():
    initiatives = [central("c", "trust", SPRING), local("l", "A", "trust", period(day(4, 1), day(4, 30)))]
    assert [(gap.days, gap.smallest_move) for gap in gaps(initiatives, "trust", "A", YEAR)] == [(31, -1), (31, 1)]


def test_work_that_goes_on_from_one_initiative_to_the_next_is_one_gap():
    initiatives = [central("first", "trust", JANUARY), central("next", "trust", FEBRUARY)]
    assert [gap.days for gap in gaps(initiatives, "trust", "A", YEAR)] == [59]


def test_a_goal_without_work_has_no_gap():
    assert gaps([central("c", "trust", JANUARY)], "clear", "A", YEAR) == []


# The year


def test_the_year_keeps_together_and_at_the_same_time_apart():
    initiatives = [
        central("met", "trust", SPRING),
        central("missed", "trust", JANUARY),
        central("alone", "clear", SPRING),
        central("undated", "trust", undated=True),
        central("cancelled", "trust"),
        central("last year", "trust", period(None, date(2025, 12, 31))),
        local("l", "A", "trust", MAY),
    ]
    counted = year(initiatives, ["A", "B"], YEAR)
    assert counted.all_sectors == counted.by_sector["A"]
    assert counted.by_sector["A"] == Headline(
        central=3, together=2, at_the_same_time=1, local=1, undated_local=0, central_days=123, both_days=31
    )
    assert counted.by_sector["B"] == Headline(3, 0, 0, local=0, undated_local=0, central_days=123, both_days=0)
    assert counted.undated_central == 1
    assert counted.all_sectors.together_share == 2 / 3
    assert counted.all_sectors.at_the_same_time_share == 1 / 3


def test_explicit_support_counts_for_the_year_without_a_shared_goal():
    counted = year([central("c", "trust", MAY), local("l", "A", "", MAY, supports="c")], ["A"], YEAR)
    assert counted.all_sectors.at_the_same_time == 1


def test_an_undated_local_one_is_together_but_not_at_the_same_time():
    everywhere = year([central("c", "trust", MAY), local("l", "A", "trust", undated=True)], ["A"], YEAR).all_sectors
    assert (everywhere.together, everywhere.at_the_same_time) == (1, 0)
    assert (everywhere.local, everywhere.undated_local) == (0, 1)


def test_a_local_one_of_another_year_does_not_count_as_together():
    another_year = period(date(2019, 1, 1), date(2019, 12, 31))
    everywhere = year([central("c", "trust", MAY), local("l", "A", "trust", another_year)], ["A"], YEAR).all_sectors
    assert (everywhere.together, everywhere.local) == (0, 0)


def test_a_year_without_central_initiatives_has_no_share():
    empty = year([local("l", "A", "trust", MAY)], ["A"], YEAR).all_sectors
    assert (empty.together_share, empty.at_the_same_time_share) == (None, None)


# Against counting days


def initiative(facts: Facts, basis: str) -> Initiative:
    effective = effective_period(
        status=facts.status,
        planned_start=facts.planned_start,
        planned_end=facts.planned_end,
        actual_start=facts.actual_start,
        actual_end=facts.actual_end,
        basis=basis,
    )
    return Initiative(
        facts.id,
        effective,
        facts.goals,
        facts.sector,
        facts.supports,
        status=facts.status,
        agency=facts.agency,
        area=facts.area,
        audiences=facts.audiences,
    )


def initiatives_of(world: World) -> list[Initiative]:
    return [initiative(facts, world.basis) for facts in world.initiatives]


def window_of(world: World) -> Span:
    return Span.inclusive(world.first, world.last)


def numbers(days: Days) -> set[int]:
    """The days one by one, as `worlds` counts them."""
    return {n for span in days.spans for n in range(span.start.toordinal(), span.end.toordinal())}


@CALM
@given(worlds.WORLDS, worlds.CHOICES)
def test_a_selection_chooses_what_was_asked_for(world, choice):
    selection = Selection(choice.agency, choice.area, choice.audience, choice.standing)
    assert [selection.has(i) for i in initiatives_of(world)] == [choice.has(i) for i in world.initiatives]


SETS_OF_DAYS = st.lists(worlds.STRETCHES, max_size=6).map(
    lambda stretches: Days.of(Span.inclusive(first, last) for first, last in stretches)
)


@CALM
@given(SETS_OF_DAYS, SETS_OF_DAYS, worlds.WINDOWS)
def test_days_are_sets_of_days(one, other, window):
    assert numbers(one | other) == numbers(one) | numbers(other)
    assert numbers(one & other) == numbers(one) & numbers(other)
    assert numbers(one - other) == numbers(one) - numbers(other)
    assert numbers(one.clip(Span.inclusive(*window))) == numbers(one) & numbers(Days((Span.inclusive(*window),)))
    assert one.days == len(numbers(one))
    assert [sorted(numbers(Days((span,)))) for span in one.spans] == worlds.runs(numbers(one)), "its maximal runs"


@CALM
@given(worlds.WORLDS)
def test_an_initiative_runs_on_the_days_counted(world):
    for facts in world.initiatives:
        counted = initiative(facts, world.basis)
        span = counted.within(window_of(world))
        assert numbers(Days((span,) if span else ())) == worlds.days_of(world, facts)
        assert counted.effective.undated == worlds.is_undated(facts, world.basis)
        assert counted.effective.cancelled == worlds.is_cancelled(facts)


@CALM
@given(worlds.WORLDS)
def test_a_pair_is_what_counting_days_says(world):
    dated_or_not = [i for i in world.initiatives if not worlds.is_cancelled(i)]
    for c in (i for i in dated_or_not if i.sector is None):
        for l in (i for i in dated_or_not if i.sector is not None):  # noqa: E741
            one, other = initiative(c, world.basis), initiative(l, world.basis)
            said = pair(one.effective.period, other.effective.period, window_of(world))
            counted = worlds.count_pair(world, c, l)
            assert related(one, other) == worlds.are_related(c, l)
            assert said.verdict == counted.verdict
            assert numbers(Days((said.common,) if said.common else ())) == counted.common
            assert said.share == as_float(counted.share)
            assert said.days == (None if counted.share is None else len(counted.common))
            assert said.days_between == counted.days_between
            assert said.smallest_move == counted.smallest_move


@CALM
@given(worlds.WORLDS)
def test_every_cell_is_what_counting_days_says(world):
    for goal in GOALS:
        for sector in (*SECTORS, None):
            said = cell_of(initiatives_of(world), goal, sector, window_of(world))
            counted = worlds.count_cell(world, goal, sector)
            assert (said.central_count, said.local_count) == (counted.central, counted.local)
            assert numbers(said.central) == counted.central_days
            assert numbers(said.local) == counted.local_days
            assert numbers(said.both) == counted.both_days
            assert numbers(said.central_only) == counted.central_days - counted.local_days
            assert numbers(said.local_only) == counted.local_days - counted.central_days
            assert said.state == counted.state
            assert said.degree == as_float(counted.degree)
            assert said.coverage == as_float(counted.coverage)
            assert_days_are_lengths(said)


def assert_days_are_lengths(said: Cell) -> None:
    assert said.central_days == len(numbers(said.central))
    assert said.local_days == len(numbers(said.local))
    assert said.both_days == len(numbers(said.both))


@CALM
@given(worlds.WORLDS)
def test_every_gap_is_what_counting_days_says(world):
    for goal in GOALS:
        for sector in (*SECTORS, None):
            said = gaps(initiatives_of(world), goal, sector, window_of(world))
            assert [
                (gap.kind, gap.span.start.toordinal(), gap.span.last.toordinal(), gap.nearest, gap.smallest_move)
                for gap in said
            ] == [
                (gap.kind, gap.first, gap.last, gap.nearest, gap.smallest_move)
                for gap in worlds.count_gaps(world, goal, sector)
            ]


@CALM
@given(worlds.WORLDS)
def test_the_year_is_what_counting_days_says(world):
    said = year(initiatives_of(world), SECTORS, window_of(world))
    assert figures(said.all_sectors) == figures(worlds.count_headline(world, None))
    for sector in SECTORS:
        assert figures(said.by_sector[sector]) == figures(worlds.count_headline(world, sector))
    assert said.undated_central == worlds.count_undated_central(world)


def figures(headline: Headline | worlds.CountedHeadline) -> tuple[int, ...]:
    return (
        headline.central,
        headline.together,
        headline.at_the_same_time,
        headline.local,
        headline.undated_local,
        headline.central_days,
        headline.both_days,
    )


def as_float(fraction):
    return None if fraction is None else float(fraction)
