"""What is kept of a goal has an end, and is told apart from every other."""

import gc
import weakref
from array import array
from uuid import UUID

from services.timeline import sides
from services.timeline.members import FIRST_GOAL, Members
from services.timeline.sides import NOBODY, OfGoal

SECTOR = UUID(int=1)


def one(start, end):
    return Members(bytes(16), array("i", [start]), array("i", [end]), bytes([FIRST_GOAL]))


def test_of_many_windows_few_are_kept():
    goal = OfGoal({SECTOR: one(1, 90)})
    for first in range(1, 80):
        assert goal.within((first, first + 9)).there[SECTOR].n == 1
        assert len(goal._in) <= sides.WINDOWS


def test_a_window_that_is_asked_for_again_is_not_worked_out_again():
    goal = OfGoal({SECTOR: one(1, 90)})
    assert goal.within((1, 9)) is goal.within((1, 9))


def test_each_has_a_state_of_its_own():
    assert len({OfGoal({}).state, OfGoal({}).state, NOBODY.state}) == 3


def test_what_nobody_needs_any_more_is_gone_at_once():
    """Processes look for cycles rarely: what waited for that would be a city's work, again and again."""
    goal = OfGoal({SECTOR: one(1, 90), None: one(3, 20)})
    found = goal.within((1, 31))
    assert found.local(None).n == found.central.n == 1
    gone = [weakref.ref(goal), weakref.ref(found)]
    gc.disable()
    try:
        del goal, found
        assert [ref() for ref in gone] == [None, None]
    finally:
        gc.enable()


def test_in_all_sectors_the_days_of_each_count_once():
    goal = OfGoal({SECTOR: one(1, 5), UUID(int=2): one(4, 9), None: one(20, 30)})
    found = goal.within((1, 31))
    assert found.local(None).n == 2
    assert found.local(None).days == found.local_days(None) == 0b11111111
    assert found.local_days(SECTOR) == found.local(SECTOR).days == 0b1111
    assert found.central.days.bit_count() == 10
    assert (goal.central_firsts.within((1, 31)).dated, goal.local_firsts.within((1, 31)).dated) == (1, 2)
