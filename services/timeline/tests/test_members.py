"""Who works on a side, whatever the window, against counting one by one."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from services.timeline import days, members
from services.timeline.members import FIRST_GOAL, FIRST_GOAL_AND_OPEN, LAST_DAY, NEVER, OTHER_GOAL, Members


class One(NamedTuple):
    id: bytes
    start: int
    end: int
    kind: int
    supports: tuple[bytes, ...] = ()

    def within(self, window):
        return self.start < window[1] and self.end > window[0]


IDS = st.integers(0, 9).map(lambda number: bytes([number]) * 16)
KINDS = st.sampled_from([FIRST_GOAL, FIRST_GOAL_AND_OPEN, OTHER_GOAL])
CENTRAL = st.lists(st.sampled_from([b"c" * 16, b"d" * 16]), unique=True).map(tuple)
DATED = st.builds(
    lambda id_, at, n, kind, supports: One(id_, at, at + n, kind, supports),
    IDS,
    st.integers(1, 30),
    st.integers(1, 9),
    KINDS,
    CENTRAL,
)
UNDATED = st.builds(
    lambda id_, kind, supports: One(id_, NEVER, NEVER, kind, supports),
    IDS,
    st.sampled_from([FIRST_GOAL, OTHER_GOAL]),
    CENTRAL,
)
SIDES = st.lists(st.one_of(DATED, DATED, UNDATED), max_size=8, unique_by=lambda one: one.id)
WINDOWS = st.lists(
    st.builds(lambda at, n: (at, at + n), st.integers(1, 35), st.integers(1, 12)), min_size=1, max_size=9
)


def sent(some):
    """As PostgreSQL's `int4send`."""
    return b"".join(number.to_bytes(4, "big", signed=True) for number in some)


def members_of(some):
    return Members.read(
        {
            "ids": b"".join(one.id for one in some),
            "starts": sent(one.start for one in some),
            "ends": sent(one.end for one in some),
            "kinds": bytes(one.kind for one in some).decode(),
            "links": sent(len(one.supports) for one in some),
            "supported": b"".join(id_ for one in some for id_ in one.supports),
        }
    )


def assert_counted(side, some, window):
    dated = [one for one in some if one.within(window)]
    undated = [one for one in some if one.start == NEVER]
    days_of = {id_: (max(start, window[0]), min(end, window[1])) for id_, start, end, *_ in dated}
    counted = Counted({day for run in days_of.values() for day in range(*run)}, window)
    assert side.within(window) == members.Present(n=len(dated), undated=len(undated), days=counted.days)
    assert side.days(window) == counted.days
    assert side.number(window) == len(dated)
    assert side.is_there(window) == bool(dated or undated)
    assert side.firsts.within(window) == members.Firsts(
        dated=sum(one.kind != OTHER_GOAL for one in dated),
        undated=sum(one.kind != OTHER_GOAL for one in undated),
        open=sum(one.kind == FIRST_GOAL_AND_OPEN for one in dated),
    )
    workers = side.working(window)
    assert workers.days_of == days_of
    assert workers.ids == days_of.keys()
    for at in range(1, 45, 7):
        met = {id_ for id_, (start, end) in days_of.items() if start < at + 3 and end > at}
        assert workers.met(days.of_run((at, at + 3), window)) == met
    there = dict(side.there(window))
    assert there == days_of | dict.fromkeys(one.id for one in undated)
    in_order = sorted(members.Begun(days[0] if days else LAST_DAY, id_) for id_, days in there.items())
    assert [*side.begun(window)] == in_order
    for after in [*in_order, *(members.Begun(day, b"") for day in range(45))]:
        assert [*side.begun(window, after)] == [one for one in in_order if one > after]
    supports = {id_: [(one.start, one.end) for one in some if id_ in one.supports] for id_ in (b"c" * 16, b"d" * 16)}
    assert side.supports == {id_: found for id_, found in supports.items() if found}
    assert_nearest(side, dated, window)
    for gone in some:
        others = [one for one in dated if one is not gone]
        left = {day for one in others for day in range(*days_of[one.id])}
        assert side.days_without(gone.id, window) == Counted(left, window).days


class Counted(NamedTuple):
    """Days one by one."""

    numbers: set[int]
    window: members.Run

    @property
    def days(self):
        return sum(1 << day - self.window[0] for day in self.numbers)


def assert_nearest(side, dated, window):
    """Of those with a day in the window, who ends last before a day, begins next, or works on it."""

    def begun(chosen):
        return sorted((max(one.start, window[0]), one.id) for one in chosen)

    for day in range(*window):
        ends = [one.end for one in dated if one.end <= day]
        starts = [one.start for one in dated if one.start >= day]
        assert side.last_end(day, window) == max(ends, default=None)
        assert side.next_start(day, window) == min(starts, default=None)
        if ends:
            assert sorted(side.ending(max(ends), window)) == begun(one for one in dated if one.end == max(ends))
        if starts:
            assert sorted(side.starting(min(starts), window)) == begun(one for one in dated if one.start == min(starts))
        assert sorted(side.ending(day, window)) == begun(one for one in dated if one.end == day)
        assert sorted(side.starting(day, window)) == begun(one for one in dated if one.start == day)
        assert sorted(side.on(day, window)) == begun(one for one in dated if one.start <= day < one.end)


@given(SIDES, SIDES, WINDOWS)
def test_a_side_says_what_counting_says_in_any_window_and_with_others_instead(before, new, windows):
    """More windows than are remembered, twice each; those that are told of anew are taken out first."""
    side = members_of(before)
    gone = {one.id for one in new}
    later, after = side.with_(members_of(new), instead_of=gone), [one for one in before if one.id not in gone] + new
    for window in [*windows, *windows]:
        assert_counted(side, before, window)
        assert_counted(later, after, window)


def test_what_is_remembered_of_a_side_has_an_end():
    side = members_of([One(bytes(16), 1, 90, FIRST_GOAL)])
    for first in range(1, 80):
        side.working((first, first + 9)).met(first)
    assert len(side._working_in) <= members.WINDOWS_OF_EACH
    workers = side.working((1, 90))
    for first in range(1, 80):
        workers.met(1 << first)
    assert len(workers._met) <= members.MOST_MET
