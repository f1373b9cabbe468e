"""Gaps and what if in a browser: from the overview to the smallest move of a gap, and a change made by name."""

import re

from playwright.sync_api import Page, expect

from infra.demo.load import YEAR


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
