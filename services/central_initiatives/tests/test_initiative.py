from datetime import date
from uuid import UUID

import pytest

from services.central_initiatives.domain import initiative
from services.central_initiatives.domain.initiative import (
    Cancel,
    Cancelled,
    Complete,
    Completed,
    Plan,
    Planned,
    Reschedule,
    Rescheduled,
    Revise,
    Revised,
    Start,
    Started,
)
from services.central_initiatives.domain.plan import ActionPlan
from shared.testing import Specification

YEAR = ActionPlan(2018, ("Ledelse", "Samhandling"))
NO_YEAR = ActionPlan()
GOAL = UUID("00000000-0000-5000-8000-000000000001")

JANUARY, MARCH, MAY, JULY = (date(2018, month, 1) for month in (1, 3, 5, 7))

PLANNED = Planned(
    "S1", 2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), "Programkontoret", MARCH, MAY, None
)
UNDATED = Planned(
    "S1", 2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), "Programkontoret", None, None, None
)
STARTED = Started(MARCH, None)
COMPLETED = Completed(MAY, None, None)
CANCELLED = Cancelled(MARCH, None)


def central(plan=YEAR):
    return Specification(initiative, plan)


# Planning


def test_an_initiative_is_planned_in_an_area_of_the_years_plan():
    central().when(Plan(2018, "Ledelse", "Lederhåndbok", "S1", start=MARCH, reason="Ønsket")).then(
        Planned("S1", 2018, "Ledelse", "Lederhåndbok", None, (), (), None, MARCH, None, "Ønsket")
    )


def test_the_area_is_written_as_the_plan_spells_it():
    central().when(Plan(2018, " LEDELSE ", "Lederhåndbok")).then(
        Planned(None, 2018, "Ledelse", "Lederhåndbok", None, (), (), None, None, None, None)
    )


def test_nothing_is_planned_in_a_year_without_a_plan():
    central(NO_YEAR).when(Plan(2018, "Ledelse", "Lederhåndbok")).rejected("plan-year-unknown", "plan_year")


def test_nothing_is_planned_in_an_area_that_the_plan_has_not_got():
    central().when(Plan(2018, "Læring", "Lederhåndbok")).rejected("area-unknown", "area")


def test_an_initiative_is_planned_once():
    central().given(PLANNED).when(Plan(2018, "Ledelse", "Lederhåndbok", "S1")).rejected(
        "initiative-exists", "external_id"
    )


def test_an_initiative_does_not_end_before_it_starts():
    central().when(Plan(2018, "Ledelse", "Lederhåndbok", start=MAY, end=MARCH)).rejected("end-before-start", "end")


def test_an_initiative_may_last_a_single_day():
    central().given(PLANNED).when(Reschedule({"end": MARCH})).then(Rescheduled(MARCH, MARCH, MARCH, MAY, None))


# Revising


def test_a_revision_tells_the_whole_description_as_it_now_is():
    central().given(PLANNED).when(Revise({"title": "Lederhåndboka", "goals": ()}, "Bedre navn")).then(
        Revised(2018, "Ledelse", "Lederhåndboka", None, (), ("leaders",), "Programkontoret", "Bedre navn")
    )


@pytest.mark.parametrize("plan", [YEAR, NO_YEAR])
def test_a_revision_that_leaves_year_and_area_alone_does_not_ask_about_the_plan(plan):
    central(plan).given(PLANNED).when(Revise({"responsible": None})).then(
        Revised(2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), None, None)
    )


def test_an_initiative_moves_to_another_area_of_the_plan_only():
    central().given(PLANNED).when(Revise({"area": "Læring"})).rejected("area-unknown", "area")
    central().given(PLANNED).when(Revise({"area": "samhandling"})).then(
        Revised(2018, "Samhandling", "Lederhåndbok", None, (GOAL,), ("leaders",), "Programkontoret", None)
    )


def test_an_initiative_moves_to_a_year_that_has_a_plan_only():
    central(NO_YEAR).given(PLANNED).when(Revise({"plan_year": 2019})).rejected("plan-year-unknown", "plan_year")


@pytest.mark.parametrize("ended", [COMPLETED, CANCELLED])
def test_a_revision_that_changes_nothing_is_no_event(ended):
    central().given(PLANNED, STARTED, ended).when(Revise({"title": "Lederhåndbok", "area": "LEDELSE"})).then_nothing()


def test_a_completed_initiative_may_be_described_better():
    central().given(PLANNED, STARTED, COMPLETED).when(Revise({"goals": ()})).then(
        Revised(2018, "Ledelse", "Lederhåndbok", None, (), ("leaders",), "Programkontoret", None)
    )


def test_a_cancelled_initiative_is_not_revised():
    central().given(PLANNED, CANCELLED).when(Revise({"title": "Noe annet"})).rejected("initiative-cancelled")


# Rescheduling


def test_rescheduling_keeps_both_periods_and_the_reason():
    central().given(PLANNED).when(Reschedule({"start": MAY, "end": JULY}, "Valg")).then(
        Rescheduled(MAY, JULY, MARCH, MAY, "Valg")
    )


def test_a_day_that_is_not_named_stays_and_null_makes_it_unknown():
    central().given(PLANNED).when(Reschedule({"end": JULY})).then(Rescheduled(MARCH, JULY, MARCH, MAY, None))
    central().given(PLANNED).when(Reschedule({"end": None})).then(Rescheduled(MARCH, None, MARCH, MAY, None))


def test_an_undated_initiative_gets_its_period():
    central().given(UNDATED).when(Reschedule({"end": MAY})).then(Rescheduled(None, MAY, None, None, None))


def test_one_end_is_not_moved_past_the_other():
    central().given(PLANNED).when(Reschedule({"end": JANUARY})).rejected("end-before-start", "end")
    central().given(PLANNED).when(Reschedule({"start": JULY})).rejected("end-before-start", "start")


def test_a_started_initiative_may_be_rescheduled():
    central().given(PLANNED, STARTED).when(Reschedule({"end": JULY})).then(Rescheduled(MARCH, JULY, MARCH, MAY, None))


@pytest.mark.parametrize("ended", [COMPLETED, CANCELLED])
def test_an_ended_initiative_is_not_rescheduled(ended):
    central().given(PLANNED, STARTED, ended).when(Reschedule({"end": JULY})).rejected("initiative-ended")


@pytest.mark.parametrize("history", [[PLANNED], [PLANNED, STARTED, COMPLETED], [PLANNED, CANCELLED]])
def test_the_same_period_is_no_event(history):
    central().given(*history).when(Reschedule({"start": MARCH, "end": MAY})).then_nothing()


# Starting, completing, cancelling


def test_a_planned_initiative_starts():
    central().given(PLANNED).when(Start(JANUARY, "Klare før tiden")).then(Started(JANUARY, "Klare før tiden"))


@pytest.mark.parametrize("history", [[STARTED], [STARTED, COMPLETED], [CANCELLED]])
def test_only_a_planned_initiative_starts(history):
    central().given(PLANNED, *history).when(Start(MAY)).rejected("initiative-not-planned")


def test_a_started_initiative_is_completed_and_may_tell_its_effect():
    central().given(PLANNED, STARTED).when(Complete(MAY, "Ledere bruker den")).then(
        Completed(MAY, "Ledere bruker den", None)
    )


@pytest.mark.parametrize("history", [[], [STARTED, COMPLETED], [CANCELLED]])
def test_only_a_started_initiative_is_completed(history):
    central().given(PLANNED, *history).when(Complete(MAY)).rejected("initiative-not-started")


@pytest.mark.parametrize("history", [[], [STARTED]])
def test_a_planned_or_started_initiative_is_cancelled(history):
    central().given(PLANNED, *history).when(Cancel(MAY, "Slått sammen")).then(Cancelled(MAY, "Slått sammen"))


@pytest.mark.parametrize("history", [[STARTED, COMPLETED], [CANCELLED]])
def test_an_ended_initiative_is_not_cancelled(history):
    central().given(PLANNED, *history).when(Cancel(MAY)).rejected("initiative-not-active")


@pytest.mark.parametrize("end", [Complete, Cancel])
def test_an_initiative_does_not_end_before_the_day_it_started(end):
    central().given(PLANNED, STARTED).when(end(JANUARY)).rejected("ended-before-started", "on")


@pytest.mark.parametrize(
    ("end", "event"), [(Complete(MARCH), Completed(MARCH, None, None)), (Cancel(MARCH), CANCELLED)]
)
def test_an_initiative_may_end_on_the_day_it_started(end, event):
    central().given(PLANNED, STARTED).when(end).then(event)
