"""Who works on a side, whatever the window, against counting one by one."""

from array import array
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from services.timeline import members, runs
from services.timeline.members import FIRST_GOAL, FIRST_GOAL_AND_OPEN, LAST_DAY, NEVER, OTHER_GOAL, Members


class One(NamedTuple):
    id: bytes
    start: int
    end: int
    kind: int

    def within(self, window):
        return self.start < window[1] and self.end > window[0]


IDS = st.integers(0, 9).map(lambda number: bytes([number]) * 16)
KINDS = st.sampled_from([FIRST_GOAL, FIRST_GOAL_AND_OPEN, OTHER_GOAL])
DATED = st.builds(
    lambda id_, at, n, kind: One(id_, at, at + n, kind), IDS, st.integers(1, 30), st.integers(1, 9), KINDS
)
UNDATED = st.builds(lambda id_, kind: One(id_, NEVER, NEVER, kind), IDS, st.sampled_from([FIRST_GOAL, OTHER_GOAL]))
SIDES = st.lists(st.one_of(DATED, DATED, UNDATED), max_size=8, unique_by=lambda one: one.id)
WINDOWS = st.lists(
    st.builds(lambda at, n: (at, at + n), st.integers(1, 35), st.integers(1, 12)), min_size=1, max_size=9
)


def members_of(some):
    return Members(
        b"".join(one.id for one in some),
        array("i", [one.start for one in some]),
        array("i", [one.end for one in some]),
        bytes(one.kind for one in some),
    )


def assert_counted(side, some, window):
    dated = [one for one in some if one.within(window)]
    undated = [one for one in some if one.start == NEVER]
    days = {id_: (max(start, window[0]), min(end, window[1])) for id_, start, end, _ in dated}
    assert side.within(window) == members.Present(
        n=len(dated),
        undated=len(undated),
        days=runs.union(days.values()),
        first_dated=sum(one.kind != OTHER_GOAL for one in dated),
        first_undated=sum(one.kind != OTHER_GOAL for one in undated),
        first_open=sum(one.kind == FIRST_GOAL_AND_OPEN for one in dated),
    )
    workers = side.working(window)
    assert workers.days_of == days
    assert workers.ids == days.keys()
    for at in range(1, 45, 7):
        met = {id_ for id_, (start, end) in days.items() if start < at + 3 and end > at}
        assert workers.met(((at, at + 3),)) == met
    first_days = {id_: start for id_, (start, _) in days.items()}
    assert dict(side.first_days(window)) == first_days | dict.fromkeys((one.id for one in undated), LAST_DAY)


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
        side.within((first, first + 9))
        side.working((first, first + 9)).met(((1, first),))
    assert len(side._present_in) <= members.WINDOWS
    assert len(side._working_in) <= members.WINDOWS_OF_EACH
    workers = side.working((1, 90))
    for first in range(1, 80):
        workers.met(((first, first + 1),))
    assert len(workers._met) <= members.MOST_MET
