"""Runs of days against sets of them, day by day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.timeline import runs
from services.timeline.members import Extents

DAYS = st.integers(1, 40)
RUNS = st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=6).map(lambda some: [(at, at + n) for at, n in some])


def days_of(some):
    return {day for start, end in some for day in range(start, end)}


def are_runs(some):
    """Sorted, each with a day, and none next to another."""
    edges = [edge for run in some for edge in run]
    return edges == sorted(set(edges))


@given(RUNS, RUNS, DAYS, st.integers(1, 20))
def test_they_say_what_sets_of_days_say(some, others, first, length):
    one, other, window = runs.union(some), runs.union(others), (first, first + length)
    days, other_days, window_days = days_of(some), days_of(others), days_of([window])
    for found, expected in (
        (one, days),
        (runs.less(one, other), days - other_days),
        (runs.clip(one, window), days & window_days),
    ):
        assert are_runs(found)
        assert days_of(found) == expected
    assert runs.number(one) == len(days)
    extents = Extents.of([start for start, _ in some], [end for _, end in some])
    assert [*extents.edges()] == [edge for run in one for edge in run]
    dates = [runs.dates(run) for run in one]
    assert runs.read([(first.isoformat(), last.isoformat()) for first, last in dates]) == one
    assert days_of(runs.inclusive(*runs.dates(run)) for run in one) == days


def test_periods_are_inclusive_up_to_the_last_day_there_is():
    days = ((1, 2), (date(2018, 3, 1).toordinal(), date.max.toordinal() + 1))
    assert runs.read([("0001-01-01", "0001-01-01"), ("2018-03-01", "9999-12-31")]) == days
    assert runs.dates(days[1]) == (date(2018, 3, 1), date.max)
