"""The timeline's pages in a browser: what each holds by checks.py, wide, narrow, and with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NARROW, NewPage
from tests.browser.pages import IN_ENGLISH, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_wide_and_narrow_and_with_the_keyboard_alone(page: Page, name: str):
    """One visit: what is folded away, and what is narrow, is looked at after what is there at first."""
    address, status = PAGES[name]
    checks.assert_opens(page, address, status, "nb")
    checks.assert_skips(page)
    checks.assert_focus_shows(page)
    checks.unfold(page)
    checks.assert_accessible(page)
    checks.assert_reflows(page)
    page.set_viewport_size({"width": NARROW, "height": 900})
    checks.assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_english_is_narrow_enough_and_accessible(new_page: NewPage, name: str):
    page = new_page("en", NARROW)
    checks.assert_opens(page, *PAGES[name], "en")
    checks.unfold(page)
    checks.assert_reflows(page)
    if name in IN_ENGLISH:
        checks.assert_accessible(page)


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


def test_the_name_of_a_tall_lane_stays_in_sight_below_the_central_one(page: Page):
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"/timeline?year={YEAR}")
    lanes = page.locator(".lane:not(.own):has(svg a)")
    heights = lanes.evaluate_all("lanes => lanes.map(lane => lane.getBoundingClientRect().height)")
    tall = lanes.nth(heights.index(max(heights)))
    tall.evaluate(
        """lane => {
            const hidden = document.querySelector(".pinned").getBoundingClientRect().height;
            scrollTo({ top: scrollY + lane.getBoundingClientRect().top - hidden + 60, behavior: "instant" });
        }"""
    )
    name, pinned = tall.locator("h2"), page.locator(".pinned")
    expect(name).to_be_in_viewport(ratio=1)
    above, below = pinned.bounding_box(), name.bounding_box()
    assert above
    assert below
    assert 0 <= below["y"] - above["y"] - above["height"] + 1 < 20
    assert tall.evaluate("lane => lane.getBoundingClientRect().top") < below["y"] - 40


@pytest.mark.parametrize("name", ["overview", "timeline", "what if"])
def test_a_chart_keeps_its_colours_where_a_reader_chose_their_own(new_page: NewPage, name: str):
    page = new_page(forced_colors="active")
    page.goto(PAGES[name][0])
    drawn = page.locator(":is(.matrix, .lane, .compared) svg:visible").first
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert drawn.evaluate("drawn => getComputedStyle(drawn).forcedColorAdjust") == "none"
    assert drawn.evaluate("drawn => getComputedStyle(drawn).backgroundColor") == "rgb(255, 255, 255)"
    checks.assert_focus_shows(page)


@pytest.mark.parametrize("name", ["overview", "gaps", "changes", "what if", "initiative", "learning", "plan"])
def test_a_page_on_paper_has_its_heading_and_nothing_to_press(page: Page, name: str):
    page.goto(PAGES[name][0])
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in ("nav", ".language", "form", ".take-away"):
        assert not page.locator(f"{hidden}:visible").count(), hidden
