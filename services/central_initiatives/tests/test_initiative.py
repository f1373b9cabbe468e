from datetime import date
from uuid import UUID

import pytest

from services.central_initiatives.domain import initiative
from services.central_initiatives.domain.initiative import (
    BudgetChanged,
    Cancel,
    Cancelled,
    ChangeBudget,
    Complete,
    Completed,
    GoalsLinked,
    LinkGoals,
    Plan,
    Planned,
    ReportStatus,
    Reschedule,
    Rescheduled,
    Revise,
    Revised,
    Start,
    Started,
    StatusReported,
)
from services.central_initiatives.domain.plan import ActionPlan, Plans
from shared.testing import Specification

AREAS = ("Ledelse", "Samhandling")
YEAR = Plans({2018: ActionPlan(2018, AREAS, "drafted")})
NO_YEAR = Plans()
CLOSED_YEAR = Plans({2018: ActionPlan(2018, AREAS, "closed")})
GOAL, OTHER = (UUID(f"00000000-0000-5000-8000-00000000000{number}") for number in (1, 2))

JANUARY, MARCH, MAY, JULY = (date(2018, month, 1) for month in (1, 3, 5, 7))

PLANNED = Planned(
    "S1", 2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), "Programkontoret", MARCH, MAY, None
)
UNDATED = Planned(
    "S1", 2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), "Programkontoret", None, None, None
)
FUNDED = Planned(
    "S1", 2018, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), None, None, None, None, budget=200_000
)
STARTED = Started(MARCH, None)
COMPLETED = Completed(MAY, None, None)
CANCELLED = Cancelled(MARCH, None)


def central(plans=YEAR):
    return Specification(initiative, plans)


def framed(frame, *, allocated, year=2018):
    """That year has this frame, and its initiatives, the one in question included, take this much of it."""
    of_year = {2018: ActionPlan(2018, AREAS, "drafted"), year: ActionPlan(year, AREAS, "adopted", frame=frame)}
    return central(Plans(of_year, {year: allocated}))


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
    central().given(PLANNED).when(Revise({"title": "Lederhåndboka", "audiences": ()}, "Bedre navn")).then(
        Revised(2018, "Ledelse", "Lederhåndboka", None, (GOAL,), (), "Programkontoret", "Bedre navn")
    )


@pytest.mark.parametrize("plans", [YEAR, NO_YEAR, CLOSED_YEAR])
def test_a_revision_that_leaves_year_and_area_alone_does_not_ask_about_the_plan(plans):
    central(plans).given(PLANNED).when(Revise({"responsible": None})).then(
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
    central().given(PLANNED, STARTED, COMPLETED).when(Revise({"title": "Lederhåndboka"})).then(
        Revised(2018, "Ledelse", "Lederhåndboka", None, (GOAL,), ("leaders",), "Programkontoret", None)
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


# A closed plan


def test_a_closed_plan_takes_no_new_initiatives():
    central(CLOSED_YEAR).when(Plan(2018, "Ledelse", "Lederhåndbok")).rejected("plan-closed", "plan_year")
    earlier = Planned("S1", 2017, "Ledelse", "Lederhåndbok", None, (), (), None, None, None, None)
    central(CLOSED_YEAR).given(earlier).when(Revise({"plan_year": 2018})).rejected("plan-closed", "plan_year")


def test_the_money_of_a_closed_plan_is_settled():
    central(CLOSED_YEAR).given(FUNDED).when(ChangeBudget(100_000)).rejected("plan-closed")


def test_an_initiative_of_a_closed_plan_is_carried_through():
    central(CLOSED_YEAR).given(FUNDED, STARTED).when(Complete(MAY)).then(Completed(MAY, None, None))
    central(CLOSED_YEAR).given(FUNDED).when(Revise({"plan_year": 2018, "area": "ledelse"})).then_nothing()


# Goals


def test_linking_tells_all_the_goals_as_they_now_are():
    central().given(PLANNED).when(LinkGoals((OTHER, GOAL), "Bidrar til begge")).then(
        GoalsLinked((OTHER, GOAL), "Bidrar til begge")
    )
    central().given(PLANNED).when(LinkGoals(())).then(GoalsLinked((), None))


def test_a_revision_repeats_the_goals_that_were_linked():
    central().given(PLANNED, GoalsLinked((OTHER,), None)).when(Revise({"responsible": None})).then(
        Revised(2018, "Ledelse", "Lederhåndbok", None, (OTHER,), ("leaders",), None, None)
    )


def test_goals_that_a_revision_changed_in_its_day_are_those_it_has():
    revised = Revised(2018, "Ledelse", "Lederhåndbok", None, (OTHER,), ("leaders",), None, None)
    central().given(PLANNED, revised).when(LinkGoals((OTHER,))).then_nothing()


@pytest.mark.parametrize("history", [[], [CANCELLED]])
def test_the_same_goals_in_another_order_are_no_event(history):
    linked = GoalsLinked((GOAL, OTHER), None)
    central().given(PLANNED, linked, *history).when(LinkGoals((OTHER, GOAL))).then_nothing()


def test_a_completed_initiative_may_be_linked_and_a_cancelled_one_not():
    central().given(PLANNED, STARTED, COMPLETED).when(LinkGoals(())).then(GoalsLinked((), None))
    central().given(PLANNED, CANCELLED).when(LinkGoals(())).rejected("initiative-cancelled")


# Money


def test_an_initiative_is_planned_with_a_budget_within_the_frame():
    framed(500_000, allocated=300_000).when(Plan(2018, "Ledelse", "Lederhåndbok", budget=200_000)).then(
        Planned(None, 2018, "Ledelse", "Lederhåndbok", None, (), (), None, None, None, None, 200_000)
    )


def test_a_budget_that_the_frame_has_no_room_for_is_refused():
    framed(500_000, allocated=300_000).when(Plan(2018, "Ledelse", "Lederhåndbok", budget=200_001)).rejected(
        "frame-exceeded", "budget"
    )


def test_an_initiative_without_a_budget_takes_nothing_of_the_frame():
    framed(500_000, allocated=500_000).when(Plan(2018, "Ledelse", "Lederhåndbok")).then(
        Planned(None, 2018, "Ledelse", "Lederhåndbok", None, (), (), None, None, None, None)
    )


def test_where_no_frame_is_set_there_is_no_limit():
    framed(None, allocated=900_000_000).given(FUNDED).when(ChangeBudget(800_000_000)).then(
        BudgetChanged(800_000_000, 200_000, None)
    )


def test_a_changed_budget_tells_the_previous_one():
    framed(500_000, allocated=200_000).given(FUNDED).when(ChangeBudget(500_000, "Flere deltakere")).then(
        BudgetChanged(500_000, 200_000, "Flere deltakere")
    )


def test_its_own_budget_does_not_stand_in_the_way_of_a_new_one():
    framed(500_000, allocated=500_000).given(FUNDED).when(ChangeBudget(200_001)).rejected("frame-exceeded", "budget")
    framed(500_000, allocated=500_000).given(FUNDED).when(ChangeBudget(199_999)).then(
        BudgetChanged(199_999, 200_000, None)
    )


def test_a_budget_may_be_taken_away():
    framed(500_000, allocated=200_000).given(FUNDED).when(ChangeBudget(None)).then(BudgetChanged(None, 200_000, None))


def test_the_same_budget_is_no_event():
    central(CLOSED_YEAR).given(FUNDED, CANCELLED).when(ChangeBudget(200_000)).then_nothing()


def test_a_cancelled_initiative_has_given_its_money_back():
    central().given(FUNDED, CANCELLED).when(ChangeBudget(100_000)).rejected("initiative-cancelled")


def test_an_initiative_moves_to_another_year_with_its_money():
    framed(500_000, allocated=300_000, year=2019).given(FUNDED).when(Revise({"plan_year": 2019})).then(
        Revised(2019, "Ledelse", "Lederhåndbok", None, (GOAL,), ("leaders",), None, None)
    )
    framed(500_000, allocated=300_001, year=2019).given(FUNDED).when(Revise({"plan_year": 2019})).rejected(
        "frame-exceeded", "plan_year"
    )


def test_rows_of_a_file_are_held_against_the_frame_together_and_not_one_by_one():
    plans = Plans({2018: ActionPlan(2018, AREAS, "drafted", frame=1)}, as_a_whole=True)
    central(plans).given(FUNDED).when(ChangeBudget(300_000)).then(BudgetChanged(300_000, 200_000, None))


# Status


@pytest.mark.parametrize("history", [[], [STARTED]])
def test_the_status_of_a_planned_or_started_initiative_may_be_told_in_one_sentence(history):
    central().given(PLANNED, *history).when(ReportStatus("at_risk", "Venter på lokaler")).then(
        StatusReported("at_risk", "Venter på lokaler", None)
    )


def test_a_sentence_is_not_demanded_and_the_same_status_may_be_told_again():
    told = StatusReported("on_track", None, None)
    central().given(PLANNED, told).when(ReportStatus("on_track")).then(told)


@pytest.mark.parametrize("history", [[STARTED, COMPLETED], [CANCELLED]])
def test_what_has_ended_has_no_status_to_report(history):
    central().given(PLANNED, *history).when(ReportStatus("on_track")).rejected("initiative-ended")
