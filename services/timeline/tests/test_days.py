"""Sets of days as whole numbers against sets of days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.timeline import days, runs
from services.timeline.members import Extents

NUMBERS = st.integers(1, 40)
RUNS = st.lists(st.tuples(NUMBERS, st.integers(1, 9)), max_size=6).map(lambda some: [(at, at + n) for at, n in some])
WINDOWS = st.tuples(NUMBERS, st.integers(1, 30)).map(lambda at_n: (at_n[0], sum(at_n)))


def numbers(some, window):
    return {day for start, end in some for day in range(start, end) if window[0] <= day < window[1]}


def written(found, window):
    return {window[0] + n for n in range(found.bit_length()) if found >> n & 1}


@given(RUNS, WINDOWS)
def test_they_are_the_days_of_runs_in_the_window(some, window):
    expected = numbers(some, window)
    of_edges = days.between(Extents.of(*([run[end] for run in some] for end in (0, 1))).edges(), window)
    of_each = 0
    for run in some:
        of_each |= days.of_run(run, window)
    assert written(of_edges, window) == written(of_each, window) == expected
    assert of_edges == of_each
    assert days.runs_of(of_edges, window) == [*runs.union((day, day + 1) for day in expected)]


@given(WINDOWS, st.data())
def test_periods_are_their_first_and_last_days(window, data):
    chosen = data.draw(st.sets(st.integers(window[0], window[1] - 1)))
    found = days.periods(sum(1 << day - window[0] for day in chosen), window)
    known = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in found]
    assert {
        (first + timedelta(n)).toordinal() for first, last in known for n in range((last - first).days + 1)
    } == chosen


def test_all_days_before_a_day():
    assert [days.until(n) for n in range(4)] == [0b0, 0b1, 0b11, 0b111]
    assert days.until(0) == days.NO_DAYS
