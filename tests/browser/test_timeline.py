"""The timeline's pages in a browser: what is said of them in checks.py, in both languages, wide and narrow."""

import pytest
from playwright.sync_api import Page

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage

PAGES = {
    "overview": (f"/?year={YEAR}", 200),
    "overview of one goal": (f"/?year={YEAR}&goal=K3", 200),
    "overview of a year without work": ("/?year=1987", 200),
    "timeline": (f"/timeline?year={YEAR}", 200),
    "timeline of a cell": (f"/timeline?year={YEAR}&goal=K3&sector=BLK", 200),
    "timeline by goal": (f"/timeline?year={YEAR}&lanes=goal", 200),
    "timeline by area, folded": (f"/timeline?year={YEAR}&lanes=area&closed=*", 200),
    "timeline of a week": (f"/timeline?from={YEAR}-03-05&to={YEAR}-03-11", 200),
    "timeline in focus": (f"/timeline?year={YEAR}&focus=S18-02", 200),
    "timeline without the focus asked for": (f"/timeline?year={YEAR}&focus=finnes-ikke", 200),
    "timeline as it was known": (f"/timeline?year={YEAR}&known_on=2018-03-01", 200),
    "initiative": ("/initiatives/S18-02", 200),
    "local initiative": (f"/initiatives/BLK:T01?year={YEAR}", 200),
    "status": ("/status", 200),
    "nothing there": ("/nothing-here", 404),
    "no such initiative": ("/initiatives/no-such", 404),
    "asked wrongly": ("/timeline?from=2018-02-30&to=2018-03-01", 422),
}


@pytest.mark.parametrize(("language", "width"), [("nb", WIDE), ("en", NARROW)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_both_languages_wide_and_narrow(
    new_page: NewPage, name: str, language: str, width: int
):
    checks.assert_shown(new_page(language, width), *PAGES[name], language)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_used_with_the_keyboard_alone(page: Page, name: str):
    page.goto(PAGES[name][0])
    checks.assert_skips(page)
    checks.assert_focus_shows(page)


def test_the_other_language_is_one_step_away_and_stays(page: Page):
    page.goto(f"/timeline?year={YEAR}")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_design_system_and_the_common_style_sheet_are_applied(page: Page):
    page.goto("/")
    sheets = page.evaluate("[...document.styleSheets].map(sheet => new URL(sheet.href).pathname)")
    assert sheets == ["/assets/vendor/pkt.min.css", "/assets/samtidig.css", "/static/timeline.css"]
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).backgroundColor") == "rgb(42, 40, 89)"


def test_the_letters_are_those_that_the_labels_were_measured_for_and_are_kept_for_ever(page: Page):
    with page.expect_response("**/inter-latin-wght-normal.woff2?v=*") as fetched:
        page.goto(f"/timeline?year={YEAR}")
    assert fetched.value.headers["content-type"] == "font/woff2"
    assert "immutable" in fetched.value.headers["cache-control"]
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('11.5px Inter', 'Årshjul')")
