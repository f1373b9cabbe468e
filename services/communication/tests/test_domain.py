"""The rules of communication activities, as sentences."""

from datetime import date
from uuid import UUID

import pytest

from services.communication import domain
from services.communication.domain import (
    Plan,
    Planned,
    Publish,
    Published,
    Reschedule,
    Rescheduled,
    Revise,
    Revised,
)
from shared.testing import Specification

GOAL, CENTRAL, LOCAL = (UUID(int=number) for number in (1, 2, 3))
FIRST, SECOND, LATER = date(2018, 3, 1), date(2018, 3, 2), date(2018, 4, 12)


def activities():
    return Specification(domain)


def planned(start=FIRST, end=SECOND):
    return Planned("KOM-1", "Samling", ("leaders",), "Møte", start, end, (GOAL,), (CENTRAL,), (LOCAL,), None)


PUBLISHED = Published(FIRST, None)


def test_a_title_is_enough_for_a_plan():
    activities().when(Plan("Samling")).then(Planned(None, "Samling", (), None, None, None, (), (), (), None))


def test_a_plan_keeps_everything_that_was_said():
    plan = Plan("Samling", "KOM-1", ("leaders",), "Møte", FIRST, SECOND, (GOAL,), (CENTRAL,), (LOCAL,), "Etterspurt")
    activities().when(plan).then(
        Planned("KOM-1", "Samling", ("leaders",), "Møte", FIRST, SECOND, (GOAL,), (CENTRAL,), (LOCAL,), "Etterspurt")
    )


def test_an_activity_is_planned_once():
    activities().given(planned()).when(Plan("Annet", "KOM-1")).rejected("activity-exists", "external_id")


def test_a_plan_that_ends_before_it_starts_is_refused():
    activities().when(Plan("Samling", start=SECOND, end=FIRST)).rejected("end-before-start", "end")


@pytest.mark.parametrize(("start", "end"), [(FIRST, FIRST), (None, FIRST), (FIRST, None), (None, None)])
def test_one_day_an_open_period_and_no_period_are_in_order(start, end):
    activities().when(Plan("Samling", start=start, end=end)).then(
        Planned(None, "Samling", (), None, start, end, (), (), (), None)
    )


def test_a_revision_changes_what_it_names_and_keeps_the_rest():
    activities().given(planned()).when(Revise({"channel": "Film", "local_initiatives": ()}, "Flere ser den")).then(
        Revised("Samling", ("leaders",), "Film", (GOAL,), (CENTRAL,), (), "Flere ser den")
    )


def test_a_published_activity_may_be_revised():
    activities().given(planned(), PUBLISHED).when(Revise({"title": "Toppsamling"})).then(
        Revised("Toppsamling", ("leaders",), "Møte", (GOAL,), (CENTRAL,), (LOCAL,), None)
    )


def test_a_move_tells_from_when_to_when():
    activities().given(planned()).when(Reschedule({"start": LATER, "end": None}, "Kolliderte")).then(
        Rescheduled(LATER, None, FIRST, SECOND, "Kolliderte")
    )


def test_a_day_that_a_move_does_not_name_stays():
    activities().given(planned()).when(Reschedule({"end": LATER})).then(Rescheduled(FIRST, LATER, FIRST, SECOND, None))


def test_a_move_is_measured_from_the_one_before():
    moved = Rescheduled(LATER, LATER, FIRST, SECOND, None)
    activities().given(planned(), moved).when(Reschedule({"start": FIRST})).then(
        Rescheduled(FIRST, LATER, LATER, LATER, None)
    )


def test_a_move_behind_the_day_that_stays_is_refused():
    activities().given(planned()).when(Reschedule({"start": LATER})).rejected("end-before-start", "end")


def test_a_published_activity_is_not_moved():
    activities().given(planned(), PUBLISHED).when(Reschedule({"end": LATER})).rejected("activity-published")


@pytest.mark.parametrize("history", [[planned()], [planned(), PUBLISHED]])
@pytest.mark.parametrize("command", [Revise({"title": "Samling"}), Reschedule({"start": FIRST, "end": SECOND})])
def test_what_is_so_already_gives_no_event_whatever_the_status(history, command):
    activities().given(*history).when(command).then_nothing()


def test_an_activity_is_published_on_a_day():
    activities().given(planned()).when(Publish(LATER, "Endelig")).then(Published(LATER, "Endelig"))


def test_an_activity_without_days_can_be_published():
    activities().given(planned(None, None)).when(Publish(LATER)).then(Published(LATER, None))


def test_an_activity_is_published_once():
    activities().given(planned(), PUBLISHED).when(Publish(LATER)).rejected("activity-published")
