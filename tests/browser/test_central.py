"""An action plan in a browser: made, filled, discussed, adopted, its report frozen; and what its pages must hold."""

import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.forms import choose, done, fact, pick, press, tab_to
from tests.journeys.city import City

AREA = "Ledelse og ledelsesverktøy"


@pytest.fixture
def year(city: City) -> int:
    """A year without a plan."""
    return max(plan["year"] for plan in city.plans()) + 1


@dataclass(frozen=True)
class Planned:
    """An initiative in a plan of its own, from March until May."""

    name: str
    year: int


@pytest.fixture
def planned(city: City, year: int) -> Planned:
    name = uuid.uuid4().hex[:8]
    city.command("central_initiatives", "/plans", {"year": year})
    city.command("central_initiatives", f"/plans/{year}/areas", {"name": AREA})
    body = {"external_id": name, "plan_year": year, "area": AREA, "title": f"Tiltaket {name}"}
    period = {"start": f"{year}-03-01", "end": f"{year}-05-31"}
    city.command("central_initiatives", "/initiatives", {**body, **period, "goals": ["K3"]})
    return Planned(name, year)


def test_a_plan_is_made_filled_discussed_and_adopted_and_its_report_is_frozen(page: Page, year: int):
    title = f"Mentorordning {uuid.uuid4().hex[:8]}"
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Handlingsplaner").click()
    page.get_by_role("link", name="Lage en handlingsplan").click()
    page.get_by_label("År", exact=True).fill(str(year))
    page.get_by_role("textbox", name="Tittel").fill(f"Tillit {year}")
    press(page, "Lage en handlingsplan")
    done(page, "Handlingsplanen er laget.")

    choose(page, "Legge til et område")
    page.get_by_label("Hva heter området?").fill(AREA)
    press(page, "Legge til et område")
    choose(page, "Sette rammen")
    page.get_by_label("Ramme").fill("500 000")
    press(page, "Sette rammen")

    page.get_by_role("link", name="Planlegge et sentralt tiltak").click()
    expect(page.get_by_label("Planår")).to_have_value(str(year))
    page.get_by_label("Område").select_option(AREA)
    page.get_by_role("textbox", name="Tittel").fill(title)
    pick(page, "Mål", "K3", "K3 Gode beslutningsgrunnlag")
    page.get_by_label("Budsjett").fill("600 000")
    press(page, "Planlegge et sentralt tiltak")
    expect(page.get_by_role("alert")).to_contain_text("Budsjett: Budsjettet går ut over")
    page.get_by_label("Budsjett").fill("120 000")
    press(page, "Planlegge et sentralt tiltak")
    done(page, "Tiltaket er planlagt.")
    expect(fact(page, "Mål")).to_have_text("K3 Gode beslutningsgrunnlag")
    there = page.url.partition("?")[0]

    page.goto(f"/central/plans/{year}")
    expect(fact(page, "Igjen av rammen")).to_have_text("380 000 kr")
    expect(page.get_by_role("link", name="Vedta handlingsplanen")).to_have_count(0)
    choose(page, "Registrere en drøfting")
    page.get_by_label("Hvem ble planen drøftet med?").fill("Fagforbundet\nUtdanningsforbundet")
    page.get_by_label("Dato").fill(f"{year - 1}-12-04")
    press(page, "Registrere en drøfting")
    done(page, "Drøftingen er registrert.")
    choose(page, "Vedta handlingsplanen")
    page.get_by_label("Dato").fill(f"{year - 1}-12-14")
    page.get_by_label("På vegne av").fill("Byrådet")
    press(page, "Vedta handlingsplanen")
    done(page, "Handlingsplanen er vedtatt, og rapporten er frosset.")

    page.goto(f"{there}/revise")
    page.get_by_role("textbox", name="Tittel").fill("Et nytt navn etter vedtaket")
    press(page, "Endre tiltaket")
    page.goto(f"/central/plans/{year}")
    page.get_by_role("link", name="Planens rapport").click()
    expect(page.locator(".notice")).to_contain_text(
        f"Frosset: slik planen var da den ble vedtatt 14. desember {year - 1}"
    )
    expect(page.get_by_role("link", name=title)).to_be_visible()
    expect(page.get_by_role("link", name="K3 Gode beslutningsgrunnlag")).to_be_visible()
    page.get_by_role("link", name="Se planen slik den står nå").click()
    expect(page.get_by_role("link", name="Et nytt navn etter vedtaket")).to_be_visible()


def test_an_initiative_is_rescheduled_with_a_reason(page: Page, planned: Planned):
    page.goto(f"/central/initiatives/{planned.name}")
    choose(page, "Flytte i tid")
    page.get_by_label("Til og med").fill(f"{planned.year}-08-31")
    page.get_by_label("Begrunnelse").fill("Flere sektorer vil være med")
    press(page, "Flytte i tid")
    done(page, "Tiltaket er flyttet.")
    expect(fact(page, "Til og med")).to_have_text(f"31. august {planned.year}")
    latest = page.locator(".history > li").first
    expect(latest).to_contain_text("Begrunnelse: Flere sektorer vil være med")
    latest.get_by_text("Hva som ble endret").click()
    expect(latest.get_by_role("row").last).to_have_text(f"Til og med31. mai {planned.year}31. august {planned.year}")


def test_a_status_is_reported_with_the_keyboard_alone(page: Page, planned: Planned):
    page.goto(f"/central/initiatives/{planned.name}/report-status")
    tab_to(page, page.get_by_label("I rute", exact=True))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Med egne ord"))
    page.keyboard.type("Vi venter på tall.")
    tab_to(page, page.get_by_label("På vegne av"))
    page.keyboard.type("Programkontoret")
    page.keyboard.press("Enter")
    done(page, "Status er meldt.")
    expect(fact(page, "Meldt status")).to_have_text("Usikkert")
    expect(fact(page, "Med egne ord")).to_have_text("Vi venter på tall.")


@pytest.mark.parametrize(
    ("language", "width", "addresses"),
    [
        ("nb", WIDE, ["/plans/{year}", "/plans/{year}/report", "/initiatives", "/initiatives/S18-02"]),
        (
            "en",
            NARROW,
            [
                *("/plans", "/plans?text=finnesikke", "/plans/new", "/plans/{year}", "/plans/{year}/discussions"),
                *("/plans/{year}/report", "/plans/{draft}/report", "/initiatives", "/initiatives/new?plan_year={year}"),
                *("/initiatives/S18-02", "/initiatives/S18-02/revise"),
            ],
        ),
    ],
)
def test_lists_items_reports_and_empty_forms_are_accessible(
    new_page: NewPage, planned: Planned, language: str, width: int, addresses: list[str]
):
    page = new_page(language, width)
    for address in addresses:
        answer = page.goto("/central" + address.format(year=YEAR, draft=planned.year))
        assert answer is not None
        assert answer.status == 200, address
        checks.assert_accessible(page)
        checks.assert_reflows(page)


def test_a_form_with_faults_keeps_what_was_typed_and_is_accessible(phone: Page):
    phone.goto(f"/central/initiatives/new?plan_year={YEAR}")
    phone.get_by_label("Beskrivelse").fill("Står her ennå")
    phone.get_by_label("Budsjett").fill("mye")
    press(phone, "Planlegge et sentralt tiltak")
    expect(phone.get_by_label("Beskrivelse")).to_have_value("Står her ennå")
    expect(phone.get_by_label("Budsjett")).to_have_value("mye")
    checks.assert_holds(phone)
    phone.get_by_role("alert").get_by_role("link", name="Budsjett").click()
    expect(phone.get_by_label("Budsjett")).to_be_focused()


def test_of_two_people_at_once_the_second_sees_both_and_decides(page: Page, city: City, planned: Planned):
    page.goto(f"/central/initiatives/{planned.name}/reschedule")
    theirs = {"end": f"{planned.year}-06-30", "reason": "Ferie", "by": "Programkontoret"}
    city.command("central_initiatives", f"/initiatives/{planned.name}/reschedule", theirs)
    page.get_by_label("Til og med").fill(f"{planned.year}-08-31")
    press(page, "Flytte i tid")
    conflict = page.get_by_role("alert")
    for said in (f"30. juni {planned.year}", f"31. august {planned.year}", "Begrunnelse: Ferie", "Av Programkontoret"):
        expect(conflict).to_contain_text(said)
    checks.assert_holds(page)
    press(page, "Flytte i tid")
    expect(fact(page, "Til og med")).to_have_text(f"31. august {planned.year}")


def test_the_report_is_printed_without_what_is_for_the_screen(page: Page):
    page.goto(f"/central/plans/{YEAR}/report")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in ("nav", ".ways", "footer", ".language"):
        expect(page.locator(hidden).first).to_be_hidden()
