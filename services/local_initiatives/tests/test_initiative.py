"""Local initiatives, as rules."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.local_initiatives.domain import initiative
from services.local_initiatives.domain.initiative import (
    Anchor,
    Anchored,
    Complete,
    Completed,
    Discontinue,
    Discontinued,
    LearningShared,
    ParticipationRecorded,
    Propose,
    Proposed,
    RecordParticipation,
    ReportStatus,
    Reschedule,
    Rescheduled,
    Revise,
    Revised,
    Schedule,
    Scheduled,
    ShareLearning,
    Start,
    Started,
    StatusReported,
    Support,
    SupportDeclared,
    SupportWithdrawn,
    WithdrawSupport,
)
from services.local_initiatives.domain.registry import Registry
from shared.testing import Specification

HEALTH, FINANCE, SAGENE, TREASURY, GOAL, CENTRAL = (UUID(int=number) for number in range(1, 7))
REGISTRY = Registry(sectors={HEALTH: "EHA", FINANCE: "FIN"}, agencies={SAGENE: HEALTH, TREASURY: FINANCE})

FEBRUARY, MARCH, JUNE, JULY = date(2018, 2, 12), date(2018, 3, 5), date(2018, 6, 29), date(2018, 7, 31)

TEAMS = Proposed("T04", HEALTH, SAGENE, "Faste team", None, (GOAL,), (CENTRAL,), "Hjemmetjenesten", None)
ANCHORED = Anchored(("fagdialog",), FEBRUARY, None)
SPRING = Scheduled(FEBRUARY, JUNE, None)
STARTED = Started(MARCH, None)
COMPLETED = Completed(JUNE, None, None)
DISCONTINUED = Discontinued(JUNE, None)
PARTICIPATION = ParticipationRecorded("plan", ("employees", "residents"), FEBRUARY, None, None)
LEARNING = LearningShared("Team trenger en fast dag.", ("team",), None)


def initiatives():
    return Specification(initiative, REGISTRY)


# Propose


def test_a_sector_proposes_an_initiative_of_one_of_its_agencies():
    initiatives().when(Propose("Faste team", HEALTH, "T04", SAGENE, None, (GOAL,), (CENTRAL,), "Hjemmetjenesten")).then(
        TEAMS
    )


def test_a_title_and_a_sector_are_enough():
    initiatives().when(Propose("Faste team", HEALTH)).then(
        Proposed(None, HEALTH, None, "Faste team", None, (), (), None, None)
    )


def test_a_name_in_the_sectors_lists_is_taken_once():
    initiatives().given(TEAMS).when(Propose("Igjen", HEALTH, "T04")).rejected("initiative-exists", "external_id")


def test_a_sector_that_proposes_is_registered():
    initiatives().when(Propose("Faste team", UUID(int=99))).rejected("sector-unknown", "sector")


def test_an_agency_that_proposes_is_registered_in_that_sector():
    initiatives().when(Propose("Faste team", HEALTH, agency=UUID(int=99))).rejected("agency-unknown", "agency")
    initiatives().when(Propose("Faste team", HEALTH, agency=TREASURY)).rejected("agency-of-other-sector", "agency")


# Revise


def test_what_a_revision_does_not_name_stays():
    initiatives().given(TEAMS).when(Revise({"title": "Faste team om kvelden"}, "Flere ville være med")).then(
        Revised("Faste team om kvelden", None, (GOAL,), "Hjemmetjenesten", SAGENE, "Flere ville være med")
    )


def test_a_revision_that_changes_nothing_is_no_event():
    initiatives().given(TEAMS).when(Revise({"title": "Faste team", "goals": (GOAL,)})).then_nothing()
    initiatives().given(TEAMS).when(Revise({})).then_nothing()


def test_an_initiative_moves_only_to_an_agency_of_its_own_sector():
    initiatives().given(TEAMS).when(Revise({"agency": None})).then(
        Revised("Faste team", None, (GOAL,), "Hjemmetjenesten", None, None)
    )
    initiatives().given(TEAMS).when(Revise({"agency": TREASURY})).rejected("agency-of-other-sector", "agency")
    initiatives().given(TEAMS).when(Revise({"agency": UUID(int=99)})).rejected("agency-unknown", "agency")


# Anchor and start


def test_an_initiative_is_anchored_in_a_dialogue_or_several():
    initiatives().given(TEAMS).when(Anchor(("fagdialog",), FEBRUARY)).then(ANCHORED)
    initiatives().given(TEAMS).when(Anchor(("styringsdialog", "fagdialog"), FEBRUARY)).then(
        Anchored(("styringsdialog", "fagdialog"), FEBRUARY, None)
    )


def test_an_initiative_is_not_anchored_nowhere():
    initiatives().given(TEAMS).when(Anchor((), FEBRUARY)).rejected("dialogue-missing", "where")


def test_an_initiative_is_anchored_once():
    initiatives().given(TEAMS, ANCHORED).when(Anchor(("medbestemmelse",), MARCH)).rejected("already-anchored")
    initiatives().given(TEAMS, ANCHORED, STARTED).when(Anchor(("fagdialog",), MARCH)).rejected("already-anchored")


def test_an_anchored_initiative_starts_with_or_without_a_period():
    initiatives().given(TEAMS, ANCHORED).when(Start(MARCH, "Oppstart")).then(Started(MARCH, "Oppstart"))
    initiatives().given(TEAMS, SPRING, ANCHORED).when(Start(MARCH)).then(STARTED)


def test_an_initiative_does_not_start_before_it_is_anchored():
    initiatives().given(TEAMS, SPRING).when(Start(MARCH)).rejected("not-anchored")


def test_an_initiative_starts_once():
    initiatives().given(TEAMS, ANCHORED, STARTED).when(Start(JUNE)).rejected("already-started")


# Schedule and reschedule


@pytest.mark.parametrize(("start", "end"), [(FEBRUARY, JUNE), (FEBRUARY, None), (None, JUNE), (JUNE, JUNE)])
def test_a_period_may_be_open_at_either_end(start, end):
    initiatives().given(TEAMS).when(Schedule(start, end)).then(Scheduled(start, end, None))


def test_a_period_has_at_least_one_day():
    initiatives().given(TEAMS).when(Schedule()).rejected("period-missing", "start")


def test_a_period_does_not_end_before_it_starts():
    initiatives().given(TEAMS).when(Schedule(JUNE, FEBRUARY)).rejected("end-before-start", "end")
    initiatives().given(TEAMS, SPRING).when(Reschedule({"start": JULY})).rejected("end-before-start", "end")


def test_an_initiative_that_has_a_period_is_rescheduled():
    initiatives().given(TEAMS, SPRING).when(Schedule(MARCH, JULY)).rejected("already-scheduled")
    initiatives().given(TEAMS, SPRING).when(Reschedule({"start": MARCH, "end": JULY}, "Venter på leder")).then(
        Rescheduled(MARCH, JULY, FEBRUARY, JUNE, "Venter på leder")
    )


def test_rescheduling_one_day_leaves_the_other():
    initiatives().given(TEAMS, SPRING).when(Reschedule({"end": JULY})).then(
        Rescheduled(FEBRUARY, JULY, FEBRUARY, JUNE, None)
    )
    initiatives().given(TEAMS, SPRING).when(Reschedule({"start": None})).then(
        Rescheduled(None, JUNE, FEBRUARY, JUNE, None)
    )


def test_an_initiative_without_a_period_is_scheduled_first():
    initiatives().given(TEAMS).when(Reschedule({"end": JULY})).rejected("not-scheduled")


def test_a_period_may_be_taken_away_and_given_again():
    gone = Rescheduled(None, None, FEBRUARY, JUNE, None)
    initiatives().given(TEAMS, SPRING).when(Reschedule({"start": None, "end": None})).then(gone)
    initiatives().given(TEAMS, SPRING, gone).when(Schedule(MARCH)).then(Scheduled(MARCH, None, None))


def test_rescheduling_to_the_same_days_is_no_event():
    initiatives().given(TEAMS, SPRING).when(Reschedule({"start": FEBRUARY, "end": JUNE})).then_nothing()
    initiatives().given(TEAMS, SPRING, DISCONTINUED).when(Reschedule({"end": JUNE})).then_nothing()


def test_a_started_initiative_may_be_rescheduled():
    initiatives().given(TEAMS, SPRING, ANCHORED, STARTED).when(Reschedule({"end": JULY})).then(
        Rescheduled(FEBRUARY, JULY, FEBRUARY, JUNE, None)
    )


# Complete and discontinue


def test_a_started_initiative_is_completed_with_a_sentence_of_effect_or_without():
    initiatives().given(TEAMS, ANCHORED, STARTED).when(Complete(JUNE, "Færre vakter")).then(
        Completed(JUNE, "Færre vakter", None)
    )
    initiatives().given(TEAMS, ANCHORED, STARTED).when(Complete(MARCH)).then(Completed(MARCH, None, None))


@pytest.mark.parametrize("history", [[TEAMS], [TEAMS, ANCHORED]])
def test_an_initiative_that_has_not_started_is_not_completed(history):
    initiatives().given(*history).when(Complete(JUNE)).rejected("not-started")


@pytest.mark.parametrize("history", [[TEAMS], [TEAMS, ANCHORED], [TEAMS, ANCHORED, STARTED]])
def test_an_initiative_may_be_discontinued_at_any_time(history):
    initiatives().given(*history).when(Discontinue(JUNE, "Blir del av noe større")).then(
        Discontinued(JUNE, "Blir del av noe større")
    )


@pytest.mark.parametrize("command", [Complete(FEBRUARY), Discontinue(FEBRUARY)])
def test_nothing_ends_before_the_day_it_started(command):
    initiatives().given(TEAMS, ANCHORED, STARTED).when(command).rejected("ended-before-started", "on")


@pytest.mark.parametrize("last", [COMPLETED, DISCONTINUED])
@pytest.mark.parametrize(
    "command",
    [
        Anchor(("fagdialog",), JULY),
        ReportStatus("on_track"),
        Reschedule({"end": JULY}),
        Start(JULY),
        Complete(JULY),
        Discontinue(JULY),
    ],
)
def test_what_is_finished_stays_finished(command, last):
    initiatives().given(TEAMS, SPRING, ANCHORED, STARTED, last).when(command).rejected("initiative-ended")


def test_what_is_finished_is_not_scheduled():
    initiatives().given(TEAMS, DISCONTINUED).when(Schedule(JULY)).rejected("initiative-ended")


def test_what_is_finished_may_still_be_described_better():
    initiatives().given(TEAMS, ANCHORED, STARTED, COMPLETED).when(Revise({"description": "Slik gikk det"})).then(
        Revised("Faste team", "Slik gikk det", (GOAL,), "Hjemmetjenesten", SAGENE, None)
    )


# Support


def test_an_initiative_declares_that_it_supports_a_central_one():
    other = UUID(int=7)
    initiatives().given(TEAMS).when(Support(other, "Teamlederne er med")).then(
        SupportDeclared(other, "Teamlederne er med")
    )


@pytest.mark.parametrize(
    "history", [[TEAMS], [replace(TEAMS, supports=()), SupportDeclared(CENTRAL, None)]], ids=["proposed", "declared"]
)
def test_a_support_is_declared_once(history):
    initiatives().given(*history).when(Support(CENTRAL)).then_nothing()


def test_a_support_that_was_declared_is_withdrawn():
    initiatives().given(TEAMS).when(WithdrawSupport(CENTRAL, "Gikk hver sin vei")).then(
        SupportWithdrawn(CENTRAL, "Gikk hver sin vei")
    )


def test_withdrawing_a_support_that_is_not_there_is_no_event():
    initiatives().given(TEAMS).when(WithdrawSupport(UUID(int=7))).then_nothing()
    initiatives().given(TEAMS, SupportWithdrawn(CENTRAL, None)).when(WithdrawSupport(CENTRAL)).then_nothing()


def test_a_support_that_was_withdrawn_may_be_declared_again():
    initiatives().given(TEAMS, SupportWithdrawn(CENTRAL, None)).when(Support(CENTRAL)).then(
        SupportDeclared(CENTRAL, None)
    )


ALWAYS = [[TEAMS], [TEAMS, ANCHORED], [TEAMS, ANCHORED, STARTED], [TEAMS, DISCONTINUED]]


@pytest.mark.parametrize("history", ALWAYS)
def test_supports_are_declared_and_withdrawn_at_any_time_after_the_proposal(history):
    initiatives().given(*history).when(Support(UUID(int=7))).then(SupportDeclared(UUID(int=7), None))
    initiatives().given(*history).when(WithdrawSupport(CENTRAL)).then(SupportWithdrawn(CENTRAL, None))


# Participation


@pytest.mark.parametrize("history", ALWAYS)
def test_who_took_part_in_which_phase_is_recorded_at_any_time_after_the_proposal(history):
    initiatives().given(*history).when(RecordParticipation("plan", ("employees", "residents"), FEBRUARY)).then(
        PARTICIPATION
    )


def test_participation_may_say_in_a_sentence_what_came_of_it():
    told = ("idea", ("safety_representatives",), MARCH, "De så farene før vi gjorde det.", "Møte i utvalget")
    initiatives().given(TEAMS).when(RecordParticipation(*told)).then(ParticipationRecorded(*told))


def test_somebody_took_part():
    initiatives().given(TEAMS).when(RecordParticipation("plan", (), FEBRUARY)).rejected("participants-missing", "who")


def test_the_same_participation_told_again_is_no_event_and_another_one_is():
    told = RecordParticipation("plan", ("employees", "residents"), FEBRUARY)
    initiatives().given(TEAMS, PARTICIPATION).when(told).then_nothing()
    initiatives().given(TEAMS, PARTICIPATION).when(replace(told, on=MARCH)).then(replace(PARTICIPATION, on=MARCH))


# Learning


@pytest.mark.parametrize("history", ALWAYS)
def test_learning_is_shared_at_any_time_after_the_proposal(history):
    initiatives().given(*history).when(ShareLearning("Team trenger en fast dag.", ("team",))).then(LEARNING)


def test_learning_needs_no_tags():
    initiatives().given(TEAMS).when(ShareLearning("Begynn i det små.")).then(
        LearningShared("Begynn i det små.", (), None)
    )


def test_a_tag_is_the_same_word_whoever_writes_it():
    initiatives().given(TEAMS).when(ShareLearning("Team trenger en fast dag.", ("Team", "TEAM", "Ærlighet"))).then(
        LearningShared("Team trenger en fast dag.", ("team", "ærlighet"), None)
    )


def test_the_same_learning_shared_again_is_no_event():
    initiatives().given(TEAMS, LEARNING).when(ShareLearning("Team trenger en fast dag.", ("TEAM",))).then_nothing()


# Status


@pytest.mark.parametrize("history", [[TEAMS], [TEAMS, ANCHORED], [TEAMS, ANCHORED, STARTED]])
@pytest.mark.parametrize("status", ["on_track", "at_risk", "off_track"])
def test_an_initiative_reports_its_status_until_it_is_finished(history, status):
    initiatives().given(*history).when(ReportStatus(status, "Mangler leder")).then(
        StatusReported(status, "Mangler leder", None)
    )


def test_a_status_needs_no_sentence():
    initiatives().given(TEAMS).when(ReportStatus("on_track")).then(StatusReported("on_track", None, None))


def test_the_same_status_is_news_as_of_today():
    reported = StatusReported("on_track", None, None)
    initiatives().given(TEAMS, reported).when(ReportStatus("on_track")).then(reported)


def test_an_initiative_that_never_reported_a_status_starts_and_is_completed():
    initiatives().given(TEAMS, ANCHORED).when(Start(MARCH)).then(STARTED)
    initiatives().given(TEAMS, ANCHORED, STARTED).when(Complete(JUNE)).then(COMPLETED)
