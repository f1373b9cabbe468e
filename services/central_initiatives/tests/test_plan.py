from datetime import date

import pytest

from services.central_initiatives.domain import plan
from services.central_initiatives.domain.plan import (
    AddArea,
    Adopt,
    Adopted,
    AreaAdded,
    BudgetFramed,
    Close,
    Closed,
    Discussed,
    Draft,
    Drafted,
    Plans,
    RecordDiscussion,
    Rename,
    Renamed,
    SetFrame,
)
from shared.testing import Specification

JANUARY, FEBRUARY, MARCH, DECEMBER = (date(2018, month, 1) for month in (1, 2, 3, 12))
UNIONS = ("Kontaktutvalget", "Hovedverneombudet")

DRAFTED = Drafted(2018, "Handlingsplan 2018", None)
AREA = AreaAdded(2018, "Ledelse og ledelsesverktøy", None)
FRAMED = BudgetFramed(2018, 500_000, None, None)
DISCUSSED = Discussed(2018, UNIONS, FEBRUARY, None)
ADOPTED = Adopted(2018, MARCH, None)
CLOSED = Closed(2018, DECEMBER, None)

ALL_BUT_DRAFT = [
    Rename("Plan for tillit"),
    AddArea("Samhandling"),
    SetFrame(700_000),
    RecordDiscussion(UNIONS, DECEMBER),
    Adopt(DECEMBER),
    Close(DECEMBER),
]


def action_plan(*, allocated=0):
    return Specification(plan, Plans(allocated={2018: allocated}))


# Drafting, areas


def test_a_plan_is_drafted_for_a_year():
    action_plan().when(Draft(2018, "Handlingsplan 2018", "Byrådssak 1055/17")).then(
        Drafted(2018, "Handlingsplan 2018", "Byrådssak 1055/17")
    )


def test_a_year_has_one_plan():
    action_plan().given(DRAFTED).when(Draft(2018)).rejected("action-plan-exists", "year")


def test_a_plan_that_was_drafted_by_a_file_gets_its_title_afterwards():
    action_plan().given(Drafted(2018, None, None)).when(Rename("Handlingsplan 2018")).then(
        Renamed(2018, "Handlingsplan 2018", None)
    )


def test_areas_are_added_to_a_plan():
    action_plan().given(DRAFTED, AREA).when(AddArea(" Samhandling ", "Bedt om av sektorene")).then(
        AreaAdded(2018, "Samhandling", "Bedt om av sektorene")
    )


def test_an_area_has_one_place_in_the_plan_however_it_is_spelled():
    action_plan().given(DRAFTED, AREA).when(AddArea("  LEDELSE og  ledelsesverktøy ")).rejected("area-exists", "name")


@pytest.mark.parametrize("command", ALL_BUT_DRAFT, ids=lambda command: type(command).__name__)
def test_nothing_is_done_to_a_plan_that_is_not_drafted(command):
    action_plan().when(command).rejected("plan-year-unknown")


# The budget frame


def test_a_plan_gets_a_frame_and_a_new_one_tells_the_old():
    action_plan().given(DRAFTED).when(SetFrame(500_000)).then(FRAMED)
    action_plan().given(DRAFTED, FRAMED).when(SetFrame(400_000, "Budsjettforliket")).then(
        BudgetFramed(2018, 400_000, 500_000, "Budsjettforliket")
    )


def test_a_frame_is_not_set_below_what_is_already_allocated():
    action_plan(allocated=300_000).given(DRAFTED, FRAMED).when(SetFrame(299_999)).rejected(
        "frame-below-allocated", "amount"
    )


def test_a_frame_may_be_all_that_is_allocated():
    action_plan(allocated=300_000).given(DRAFTED, FRAMED).when(SetFrame(300_000)).then(
        BudgetFramed(2018, 300_000, 500_000, None)
    )


def test_what_another_year_has_allocated_does_not_count():
    Specification(plan, Plans(allocated={2019: 900_000})).given(DRAFTED).when(SetFrame(0)).then(
        BudgetFramed(2018, 0, None, None)
    )


# Discussing, adopting, closing


def test_a_discussion_tells_with_whom_and_when():
    action_plan().given(DRAFTED).when(RecordDiscussion(UNIONS, FEBRUARY, "Drøftet etter § 14 f")).then(
        Discussed(2018, UNIONS, FEBRUARY, "Drøftet etter § 14 f")
    )


def test_a_discussion_is_with_somebody():
    action_plan().given(DRAFTED).when(RecordDiscussion((), FEBRUARY)).rejected("organisations-missing", "organisations")


def test_an_adopted_plan_may_be_discussed_again():
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(RecordDiscussion(UNIONS, MARCH)).then(
        Discussed(2018, UNIONS, MARCH, None)
    )


def test_a_discussed_plan_is_adopted():
    action_plan().given(DRAFTED, AREA, DISCUSSED).when(Adopt(MARCH, "Vedtatt i byrådet")).then(
        Adopted(2018, MARCH, "Vedtatt i byrådet")
    )


def test_a_plan_is_not_adopted_before_it_was_discussed():
    action_plan().given(DRAFTED).when(Adopt(MARCH)).rejected("plan-not-discussed")
    action_plan().given(DRAFTED, DISCUSSED).when(Adopt(JANUARY)).rejected("plan-not-discussed")


def test_a_plan_may_be_adopted_on_the_day_it_was_discussed():
    action_plan().given(DRAFTED, DISCUSSED).when(Adopt(FEBRUARY)).then(Adopted(2018, FEBRUARY, None))


def test_a_plan_is_adopted_once():
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(Adopt(DECEMBER)).rejected("plan-adopted")


def test_an_adopted_plan_still_takes_areas_and_another_frame():
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(AddArea("Læring")).then(AreaAdded(2018, "Læring", None))
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(SetFrame(500_000)).then(FRAMED)


def test_an_adopted_plan_is_closed():
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(Close(DECEMBER)).then(CLOSED)


def test_a_plan_that_is_not_adopted_is_not_closed():
    action_plan().given(DRAFTED, DISCUSSED).when(Close(DECEMBER)).rejected("plan-not-adopted")


def test_a_plan_is_not_closed_before_the_day_it_was_adopted():
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED).when(Close(FEBRUARY)).rejected("closed-before-adopted", "on")


@pytest.mark.parametrize("command", ALL_BUT_DRAFT, ids=lambda command: type(command).__name__)
def test_a_closed_plan_takes_nothing_more(command):
    action_plan().given(DRAFTED, DISCUSSED, ADOPTED, CLOSED).when(command).rejected("plan-closed")


@pytest.mark.parametrize("later", [[], [DISCUSSED, ADOPTED, CLOSED]], ids=["drafted", "closed"])
@pytest.mark.parametrize(
    "command",
    [Rename("Handlingsplan 2018"), SetFrame(500_000), RecordDiscussion(UNIONS, FEBRUARY)],
    ids=lambda command: type(command).__name__,
)
def test_what_the_plan_says_already_is_no_event(command, later):
    action_plan().given(DRAFTED, FRAMED, DISCUSSED, *later).when(command).then_nothing()
