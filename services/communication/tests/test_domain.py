"""The rules of communication activities, as sentences."""

from datetime import date
from uuid import UUID

import pytest

from services.communication import domain
from services.communication.domain import (
    FeedbackReceived,
    Plan,
    Planned,
    Publish,
    Published,
    ReceiveFeedback,
    Reschedule,
    Rescheduled,
    Revise,
    Revised,
    Withdraw,
    Withdrawn,
)
from shared.testing import Specification

GOAL, CENTRAL, LOCAL = (UUID(int=number) for number in (1, 2, 3))
FIRST, SECOND, LATER = date(2018, 3, 1), date(2018, 3, 2), date(2018, 4, 12)


def activities():
    return Specification(domain)


def planned(start=FIRST, end=SECOND):
    return Planned("KOM-1", "Samling", ("leaders",), "Møte", start, end, (GOAL,), (CENTRAL,), (LOCAL,), None)


PUBLISHED = Published(FIRST, None)
WITHDRAWN = Withdrawn(SECOND, None)
HELPED = FeedbackReceived("Det hjalp", LATER, "leaders", None)


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


@pytest.mark.parametrize(
    "history", [[planned()], [planned(), PUBLISHED], [planned(), WITHDRAWN], [planned(), PUBLISHED, HELPED]]
)
@pytest.mark.parametrize("command", [Revise({"title": "Samling"}), Reschedule({"start": FIRST, "end": SECOND})])
def test_what_is_so_already_gives_no_event_whatever_the_status(history, command):
    activities().given(*history).when(command).then_nothing()


def test_an_activity_is_published_on_a_day():
    activities().given(planned()).when(Publish(LATER, "Endelig")).then(Published(LATER, "Endelig"))


def test_an_activity_without_days_can_be_published():
    activities().given(planned(None, None)).when(Publish(LATER)).then(Published(LATER, None))


def test_an_activity_is_published_once():
    activities().given(planned(), PUBLISHED).when(Publish(LATER)).rejected("activity-published")


@pytest.mark.parametrize("history", [[planned()], [planned(), PUBLISHED]])
def test_an_activity_is_withdrawn_before_or_after_it_was_published(history):
    activities().given(*history).when(Withdraw(LATER, "Gjelder ikke lenger")).then(
        Withdrawn(LATER, "Gjelder ikke lenger")
    )


@pytest.mark.parametrize("history", [[planned(), WITHDRAWN], [planned(), PUBLISHED, WITHDRAWN]])
@pytest.mark.parametrize("command", [Withdraw(LATER), Publish(LATER), Reschedule({"end": LATER})])
def test_a_withdrawn_activity_is_not_withdrawn_again_nor_published_nor_moved(history, command):
    activities().given(*history).when(command).rejected("activity-withdrawn")


def test_a_withdrawn_activity_may_be_revised():
    activities().given(planned(), WITHDRAWN).when(Revise({"title": "Toppsamling"})).then(
        Revised("Toppsamling", ("leaders",), "Møte", (GOAL,), (CENTRAL,), (LOCAL,), None)
    )


def test_feedback_to_what_was_published_is_one_sentence_from_somebody():
    activities().given(planned(), PUBLISHED).when(ReceiveFeedback("Det hjalp", LATER, "leaders", "Meldt videre")).then(
        FeedbackReceived("Det hjalp", LATER, "leaders", "Meldt videre")
    )


def test_feedback_need_not_say_from_whom():
    activities().given(planned(), PUBLISHED).when(ReceiveFeedback("Det hjalp", LATER)).then(
        FeedbackReceived("Det hjalp", LATER, None, None)
    )


def test_feedback_may_come_after_the_activity_was_withdrawn():
    activities().given(planned(), PUBLISHED, WITHDRAWN).when(ReceiveFeedback("Det hjalp", LATER)).then(
        FeedbackReceived("Det hjalp", LATER, None, None)
    )


@pytest.mark.parametrize("history", [[planned()], [planned(), WITHDRAWN]])
def test_to_what_was_never_published_there_is_no_feedback(history):
    activities().given(*history).when(ReceiveFeedback("Det hjalp", LATER)).rejected("activity-not-published")


def test_the_same_feedback_of_the_same_day_from_the_same_audience_is_received_once():
    same = activities().given(planned(), PUBLISHED, HELPED)
    same.when(ReceiveFeedback("Det hjalp", LATER, "leaders")).then_nothing()


@pytest.mark.parametrize(
    "command",
    [
        ReceiveFeedback("Det hjalp", LATER, "employees"),
        ReceiveFeedback("Det hjalp", SECOND, "leaders"),
        ReceiveFeedback("Det hjalp lite", LATER, "leaders"),
    ],
)
def test_feedback_from_others_on_another_day_or_in_other_words_is_more_feedback(command):
    activities().given(planned(), PUBLISHED, HELPED).when(command).then(
        FeedbackReceived(command.text, command.on, command.audience, None)
    )
