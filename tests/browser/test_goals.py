"""Goals in a browser: proposed and adopted, changed by two people at once; and what their pages must hold."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.forms import choose, done, fact, press, tab_to
from tests.journeys.city import City


@pytest.fixture
def goal(city: City) -> str:
    """The external id of a proposed objective."""
    name = uuid.uuid4().hex[:8]
    body = {
        "external_id": name,
        "title": f"Delmålet {name}",
        "kind": "objective",
        "expected_effect": "Kortere ventetid",
    }
    city.command("goals", "/goals", body)
    return name


def test_a_goal_is_proposed_and_adopted(page: Page):
    title = f"Kortere saksgang {uuid.uuid4().hex[:8]}"
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Mål").click()
    page.get_by_role("link", name="Foreslå et mål").click()
    page.get_by_role("textbox", name="Tittel").fill(title)
    page.get_by_role("radio", name="Delmål", exact=True).check()
    page.get_by_label("F1 ").check()
    press(page, "Foreslå et mål")
    done(page, "Målet er foreslått.")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(fact(page, "Overordnet mål")).to_contain_text("F1")

    choose(page, "Vedta målet")
    press(page, "Vedta målet")
    expect(page.get_by_role("alert")).to_contain_text("forventede effekten")
    page.get_by_role("link", name="Avbryt").click()

    choose(page, "Endre målet")
    page.get_by_label("Forventet effekt").fill("Svar innen tre uker")
    press(page, "Endre målet")
    done(page, "Målet er endret.")
    choose(page, "Vedta målet")
    page.get_by_label("Begrunnelse").fill("Byrådssak 12/18")
    page.get_by_label("På vegne av").fill("Byrådet")
    press(page, "Vedta målet")
    done(page, "Målet er vedtatt.")
    latest = page.locator(".history > li").first
    expect(latest).to_contain_text("Av Byrådet")
    expect(latest).to_contain_text("Begrunnelse: Byrådssak 12/18")
    expect(page.get_by_role("link", name="Vedta målet")).to_have_count(0)


def test_of_two_people_at_once_the_second_sees_both_versions_and_decides(new_page: NewPage, goal: str):
    first, second = new_page(), new_page()
    for person in (first, second):
        person.goto(f"/goals/goals/{goal}/revise")
    first.get_by_role("textbox", name="Tittel").fill("Den førstes tittel")
    first.get_by_label("Beskrivelse").fill("Den førstes beskrivelse")
    first.get_by_label("Begrunnelse").fill("Klarere språk")
    press(first, "Endre målet")
    done(first, "Målet er endret.")

    second.get_by_role("textbox", name="Tittel").fill("Den andres tittel")
    press(second, "Endre målet")
    conflict = second.get_by_role("alert")
    expect(conflict.get_by_role("row").last).to_have_text("TittelDen førstes tittelDen andres tittel")
    expect(conflict).to_contain_text("Begrunnelse: Klarere språk")
    expect(second.get_by_role("textbox", name="Tittel")).to_have_value("Den andres tittel")
    expect(second.get_by_label("Beskrivelse")).to_have_value("Den førstes beskrivelse")
    checks.assert_holds(second)
    press(second, "Endre målet")
    done(second, "Målet er endret.")
    expect(second.get_by_role("heading", level=1)).to_have_text("Den andres tittel")
    expect(fact(second, "Beskrivelse")).to_have_text("Den førstes beskrivelse")


def test_an_effect_is_told_with_the_keyboard_alone(page: Page, city: City, goal: str):
    city.command("goals", f"/goals/{goal}/adopt")
    page.goto(f"/goals/goals/{goal}")
    tab_to(page, page.get_by_role("link", name="Fortelle om en effekt"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Hva har dere sett?"))
    page.keyboard.type("Færre purringer.")
    tab_to(page, page.locator("main").get_by_role("button", name="Fortelle om en effekt").last)
    page.keyboard.press("Space")
    done(page, "Effekten er registrert.")
    expect(fact(page, "Observert effekt")).to_contain_text("Færre purringer.")


@pytest.mark.parametrize(
    ("language", "width", "addresses"),
    [
        ("nb", WIDE, ["/goals", "/goals/K3"]),
        ("en", NARROW, ["/goals", "/goals?text=finnesikke", "/goals/new", "/goals/K3", "/goals/K3/revise"]),
    ],
)
def test_lists_items_and_empty_forms_are_accessible(new_page: NewPage, language: str, width: int, addresses: list[str]):
    page = new_page(language, width)
    for address in addresses:
        answer = page.goto(f"/goals{address}")
        assert answer is not None
        assert answer.status == 200, address
        checks.assert_accessible(page)
        checks.assert_reflows(page)


def test_a_form_with_faults_keeps_what_was_typed_and_is_accessible(phone: Page):
    phone.goto("/goals/goals/new")
    phone.get_by_label("Beskrivelse").fill("Står her ennå")
    press(phone, "Foreslå et mål")
    expect(phone).to_have_title("Feil: Foreslå et mål – Samtidig")
    expect(phone.get_by_label("Beskrivelse")).to_have_value("Står her ennå")
    checks.assert_holds(phone)
    phone.get_by_role("alert").get_by_role("link", name="Tittel").click()
    expect(phone.get_by_role("textbox", name="Tittel")).to_be_focused()
