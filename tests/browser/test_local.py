"""A sector at work in a browser: its initiative from the first idea to a new period, and what the pages must hold."""

import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.forms import choose, fact, pick, press
from tests.journeys.city import City

SECTOR = "EHA"
LONG = "Samhandlingsreformprosjektgjennomføringsoppfølging i hele sektoren"


@pytest.fixture
def proposed(city: City) -> str:
    """The address of a scheduled initiative of the sector that supports two central ones, with something learnt."""
    name = uuid.uuid4().hex[:8]
    body: dict[str, Any] = {"external_id": name, "sector": SECTOR, "title": f"{LONG} {name}"}
    city.command("local_initiatives", "/initiatives", {**body, "goals": ["K3"], "supports": ["S18-01", "S18-02"]})
    where = f"/initiatives/{SECTOR}:{name}"
    city.command("local_initiatives", f"{where}/schedule", {"start": "2018-03-01", "end": "2018-05-31"})
    city.command("local_initiatives", f"{where}/share-learning", {"text": f"{LONG}.", "tags": ["skjema"]})
    return f"/local{where}"


def test_a_sector_proposes_anchors_schedules_and_reschedules_with_a_reason(page: Page):
    title = f"Én dør inn {uuid.uuid4().hex[:8]}"
    page.goto("/local/")
    page.get_by_role("link", name="Foreslå et lokalt tiltak").click()
    page.get_by_role("textbox", name="Tittel").fill(title)
    page.get_by_label("EHA Eldre, helse og arbeid").check()
    pick(page, "Mål", "K3", "K3 Gode beslutningsgrunnlag")
    press(page, "Foreslå et lokalt tiltak")
    expect(page.get_by_role("status")).to_have_text("Tiltaket er foreslått.")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    choose(page, "Forankre tiltaket")
    page.get_by_label("Styringsdialogen").check()
    page.get_by_label("Fagdialogen").check()
    page.get_by_label("Dato").fill("2018-01-15")
    press(page, "Forankre tiltaket")
    expect(fact(page, "Forankret i")).to_have_text("StyringsdialogenFagdialogen")
    expect(page.get_by_role("link", name="Forankre tiltaket")).to_have_count(0)

    choose(page, "Tidfeste tiltaket")
    page.get_by_label("Fra og med").fill("2018-02-01")
    page.get_by_label("Til og med").fill("2018-05-31")
    press(page, "Tidfeste tiltaket")

    choose(page, "Flytte i tid")
    page.get_by_label("Til og med").fill("2018-06-30")
    page.get_by_label("Begrunnelse").fill("Opplæringen tar lengre tid")
    page.get_by_label("På vegne av").fill("Seksjon for drift")
    press(page, "Flytte i tid")
    expect(fact(page, "Til og med")).to_have_text("30. juni 2018")

    latest = page.locator(".history > li").first
    expect(latest.get_by_role("heading")).to_have_text("Flyttet i tid")
    expect(latest).to_contain_text("Av Seksjon for drift")
    expect(latest).to_contain_text("Begrunnelse: Opplæringen tar lengre tid")
    latest.get_by_text("Hva som ble endret").click()
    expect(latest.get_by_role("row").last).to_have_text("Til og med31. mai 201830. juni 2018")


def test_a_support_is_withdrawn(page: Page, proposed: str):
    page.goto(proposed)
    choose(page, "Trekke en støtte")
    choice = page.get_by_label("Hvilket tiltak støttes ikke lenger?")
    kept, withdrawn = [text for text in choice.locator("option").all_inner_texts() if text != "Velg"]
    choice.select_option(label=withdrawn)
    press(page, "Trekke en støtte")
    expect(page.get_by_role("status")).to_have_text("Støtten er trukket.")
    expect(fact(page, "Støtter sentrale tiltak")).to_have_text(kept)


def test_learning_is_shared_with_the_keyboard_alone_and_found_across_sectors(page: Page, proposed: str):
    lesson = f"Spør brukerne først {uuid.uuid4().hex[:8]}"
    page.goto(f"{proposed}/share-learning")
    focused = page.locator(":focus")
    for name, typed in (("text", f"{lesson}."), ("tags", "Brukere"), ("reason", ""), ("by", "Seksjon for drift")):
        for _ in range(20):
            if focused.count() and focused.get_attribute("name") == name:
                break
            page.keyboard.press("Tab")
        expect(focused).to_have_attribute("name", name)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Læringen er delt.")
    page.goto("/local/")
    page.get_by_role("link", name="Læring på tvers").click()
    page.get_by_label("Søk").fill(lesson)
    page.keyboard.press("Enter")
    expect(page.locator(".learnings li")).to_have_count(1)
    page.locator(".learnings").get_by_role("link", name="brukere").click()
    expect(page.get_by_label("Stikkord")).to_have_value("brukere")
    expect(page.locator(".learnings li", has_text=lesson)).to_be_visible()


LISTS = ("/local/initiatives?limit=10", "/local/learning", "/local/agencies?text=finnesikke")
FORMS = ("/local/initiatives/new", "{proposed}/record-participation")


@pytest.mark.parametrize(
    ("language", "width", "addresses"),
    [("nb", WIDE, ("{proposed}", *LISTS)), ("en", NARROW, ("{proposed}", *FORMS))],
    ids=["Norwegian and wide", "English and narrow"],
)
def test_lists_items_and_empty_forms_are_accessible(
    new_page: NewPage, proposed: str, language: str, width: int, addresses: tuple[str, ...]
):
    page = new_page(language, width)
    for address in addresses:
        answer = page.goto(address.format(proposed=proposed))
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        checks.assert_accessible(page)
        checks.assert_reflows(page)


def test_a_form_with_faults_keeps_what_was_typed_and_is_accessible(phone: Page, proposed: str):
    phone.goto(f"{proposed}/reschedule")
    phone.get_by_label("Fra og med").fill("2018-06-02")
    phone.get_by_label("Til og med").fill("2018-06-01")
    press(phone, "Flytte i tid")
    expect(phone.get_by_role("alert")).to_contain_text("Til og med: Slutten er før starten.")
    expect(phone.get_by_label("Til og med")).to_have_value("2018-06-01")
    expect(phone.get_by_label("Til og med")).to_have_attribute("aria-invalid", "true")
    checks.assert_holds(phone)
    phone.get_by_role("alert").get_by_role("link").click()
    expect(phone.get_by_label("Til og med")).to_be_focused()


def test_of_two_people_at_once_the_second_sees_both_and_decides(page: Page, city: City, proposed: str):
    page.goto(f"{proposed}/reschedule")
    theirs = {"end": "2018-06-30", "reason": "Ferie", "by": "Seksjon for drift"}
    city.command("local_initiatives", f"{proposed.removeprefix('/local')}/reschedule", theirs)
    page.get_by_label("Til og med").fill("2018-08-31")
    press(page, "Flytte i tid")
    conflict = page.get_by_role("alert")
    for said in ("30. juni 2018", "31. august 2018", "Begrunnelse: Ferie", "Av Seksjon for drift"):
        expect(conflict).to_contain_text(said)
    checks.assert_holds(page)
    press(page, "Flytte i tid")
    expect(fact(page, "Til og med")).to_have_text("31. august 2018")
