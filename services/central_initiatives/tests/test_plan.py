from services.central_initiatives.domain import plan
from services.central_initiatives.domain.plan import AddArea, AreaAdded, Draft, Drafted
from shared.testing import Specification

DRAFTED = Drafted(2018, "Handlingsplan 2018", None)
AREA = AreaAdded(2018, "Ledelse og ledelsesverktøy", None)


def action_plan():
    return Specification(plan)


def test_a_plan_is_drafted_for_a_year():
    action_plan().when(Draft(2018, "Handlingsplan 2018", "Byrådssak 1055/17")).then(
        Drafted(2018, "Handlingsplan 2018", "Byrådssak 1055/17")
    )


def test_a_year_has_one_plan():
    action_plan().given(DRAFTED).when(Draft(2018)).rejected("action-plan-exists", "year")


def test_areas_are_added_to_a_plan():
    action_plan().given(DRAFTED, AREA).when(AddArea(" Samhandling ", "Bedt om av sektorene")).then(
        AreaAdded(2018, "Samhandling", "Bedt om av sektorene")
    )


def test_an_area_has_one_place_in_the_plan_however_it_is_spelled():
    action_plan().given(DRAFTED, AREA).when(AddArea("  LEDELSE og  ledelsesverktøy ")).rejected("area-exists", "name")


def test_a_year_without_a_plan_has_no_areas():
    action_plan().when(AddArea("Ledelse")).rejected("plan-year-unknown")
