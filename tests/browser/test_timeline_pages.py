"""Gaps, changes, the plan and what if in a browser: accessible full and empty, wide and narrow, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage

SCENARIO = "move=S18-02:2018-03-01..2018-03-31&drop=BLK:T01&add=EHA:K3:2018-02-01..2018-05-31"
PAGES = {
    "gaps": (f"/gaps?year={YEAR}", 200),
    "no gaps": (f"/gaps?year={YEAR}&goal=finnes-ikke", 200),
    "gaps asked wrongly": ("/gaps?min_days=0", 422),
    "changes": (f"/changes?year={YEAR}&from_known=2017-01-01", 200),
    "no changes": (f"/changes?year={YEAR}&from_known=1900-01-01&to_known=1900-01-01", 200),
    "plan": (f"/plan?year={YEAR}", 200),
    "adopted plan": (f"/plan?year={YEAR}&version=adopted", 200),
    "no such plan": ("/plan?year=1987", 404),
    "what if": (f"/what-if?year={YEAR}&{SCENARIO}", 200),
    "what if nothing": (f"/what-if?year={YEAR}", 200),
    "what if in a year without work": ("/what-if?year=1987", 200),
    "several that fit": (f"/what-if?year={YEAR}&what=move&initiative=le&start=2018-03-01&end=2018-02-01", 422),
    "no such scenario": ("/what-if?drop=finnes-ikke", 422),
}


@pytest.mark.parametrize(("language", "width"), [("nb", WIDE), ("en", NARROW)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_both_languages_wide_and_narrow(
    new_page: NewPage, name: str, language: str, width: int
):
    checks.assert_shown(new_page(language, width), *PAGES[name], language)


@pytest.mark.parametrize("name", ["gaps", "no changes", "plan", "what if", "several that fit"])
def test_a_page_is_used_with_the_keyboard_alone(page: Page, name: str):
    page.goto(PAGES[name][0])
    checks.assert_skips(page)
    checks.assert_focus_shows(page)


def test_from_the_overview_to_the_smallest_move_of_a_gap_with_the_keyboard_alone(page: Page):
    page.goto(f"/?year={YEAR}&sector=FIN")  # a sector with work of its own, whatever else others have imported
    for name in ("Se alle hull", "Prøv flyttingen"):
        link = page.get_by_role("link", name=name, exact=True).first
        link.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hva om {YEAR}")
    expect(page.get_by_role("heading", name="Slik det blir")).to_be_visible()
    expect(page.locator(".supposed li")).to_have_count(1)


def test_a_change_is_made_by_name_chosen_among_several_and_undone(page: Page):
    page.goto(f"/what-if?year={YEAR}")
    form = page.get_by_role("form", name="Ta bort et tiltak")
    form.get_by_label("Tiltak").fill("le")
    page.keyboard.press("Enter")
    choice = form.get_by_role("combobox")
    expect(choice).to_have_attribute("aria-invalid", "true")
    choice.select_option(index=1)
    form.get_by_role("button", name="Ta bort på prøve").click()
    expect(page).to_have_url(re.compile(r"[?&]drop="))
    expect(page.locator(".supposed li")).to_have_count(1)
    page.get_by_role("link", name="Angre endring 1").click()
    expect(page.locator(".supposed li")).to_have_count(0)
