"""The timeline with its script: new data without reload, arrow keys along the bars, focus in place; and without it."""

import re
import time

import pytest
from playwright.sync_api import Page, Request, expect

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NewPage
from tests.journeys.city import City

TIMELINE = f"/timeline?year={YEAR}&lang=nb"
SECONDS = 2.0
"""After a command, until an open page shows it (issue 6)."""
AGED = 10.0
"""Until a page that says how old things are has been fetched anew, or a server is asked again that didn't answer."""
FOCUSED = "document.activeElement.querySelector('title')?.textContent ?? document.activeElement.textContent"
ON_SCREEN = "document.activeElement.getBoundingClientRect().top"
IN_TIME = """bars => bars
    .map(bar => [bar.querySelector('path, rect').getBoundingClientRect(), bar.querySelector('title').textContent])
    .sort(([one], [other]) => one.left - other.left || one.top - other.top)
    .map(([, title]) => title)"""
TAB_STOPS = 150
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def bars(page: Page, lane: str) -> list[str]:
    """What the bars of a lane say, in time."""
    return page.locator(f"#lane-{lane} svg a").evaluate_all(IN_TIME)


def test_a_command_is_seen_on_an_open_page_within_two_seconds_and_said(page: Page, city: City):
    page.goto(f"{TIMELINE}&sector=NOE")
    expect(page.locator(".freshness")).to_contain_text("Oppdateres av seg selv")
    page.locator(".chart svg a").nth(3).focus()
    before = page.evaluate(FOCUSED)
    page.evaluate("scrollTo(0, 300); window.sameDocument = true")
    title = f"Nytt tiltak {time.time_ns()}"
    proposed = city.command("local_initiatives", "/initiatives", {"sector": "NOE", "title": title})
    started = time.monotonic()
    expect(page.get_by_role("link", name=title).first).to_be_attached(timeout=SECONDS * 1000)
    assert time.monotonic() - started < SECONDS
    expect(page.get_by_role("status")).to_have_text("Oppdatert: 1 tiltak")
    assert page.evaluate("window.sameDocument && scrollY") == 300
    assert page.evaluate(FOCUSED) == before
    name = proposed.headers["Location"].rstrip("/").rpartition("/")[2]
    city.command("local_initiatives", f"/initiatives/{name}/schedule", {"start": "2018-03-01", "end": "2018-05-31"})
    expect(page.locator(".chart svg a", has_text=title)).to_have_count(1, timeout=SECONDS * 1000)
    expect(page.locator("tr.changed")).to_have_count(1)
    checks.assert_accessible(page)


def test_what_is_typed_and_unfolded_stays_when_the_page_is_renewed(page: Page, city: City):
    page.goto(f"/what-if?year={YEAR}&lang=nb")
    field = page.get_by_role("form", name="Ta bort et tiltak").get_by_label("Tiltak")
    field.fill("Halvskrevet")
    with page.expect_response(lambda answer: "/what-if" in answer.url):
        city.command("goals", "/goals", {"title": f"Mål {time.time_ns()}", "kind": "objective"})
    expect(field).to_have_value("Halvskrevet")
    expect(field).to_be_focused()


def asks(page: Page) -> list[Request]:
    """The questions whether there is anything new, from now on."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/live") else None)
    return asked


def test_a_hidden_page_and_one_of_the_past_ask_for_nothing(page: Page, new_page: NewPage):
    page.goto(TIMELINE)
    expect(page.locator(".freshness")).to_contain_text("Oppdateres av seg selv")
    page.evaluate(HIDE, True)
    page.wait_for_timeout(300)
    asked = asks(page)
    page.wait_for_timeout(2500)
    assert not asked
    with page.expect_request("**/live"):
        page.evaluate(HIDE, False)
    past = new_page()
    asked = asks(past)
    past.goto(f"{TIMELINE}&known_on=2018-03-01")
    past.wait_for_timeout(1500)
    assert not asked


def test_a_timeline_that_does_not_answer_is_said_so_and_asked_again(page: Page):
    page.goto(TIMELINE)
    page.route("**/live", lambda route: route.fulfill(status=204, headers={"ETag": '"x"'}))
    page.route("**/timeline?*", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>?</p>"))
    expect(page.get_by_role("status")).to_have_text("Får ikke kontakt. Viser det siste vi vet.")
    page.unroute("**/timeline?*")
    page.unroute("**/live")
    expect(page.locator(".freshness")).to_contain_text("Oppdateres av seg selv")


def test_how_fresh_it_is_is_told_anew_and_not_when_nobody_answers(page: Page):
    """Seconds pass where nothing happens: the page of freshness is fetched for them alone."""
    page.goto("/status?lang=nb")
    as_of, said = page.locator("#as-of"), page.get_by_role("status")
    expect(page.get_by_role("navigation", name="Mer om tidslinjen").get_by_role("link", name="Hull")).to_be_visible()
    expect(as_of).to_have_text(re.compile("^Oppdatert "))
    with page.expect_response("**/status?*", timeout=AGED * 1000):
        page.evaluate("window.sameDocument = true")
    page.route("**/live", lambda route: route.fulfill(status=204, headers={"ETag": '"x"'}))
    page.route("**/status?*", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>?</p>"))
    for told in (as_of, said):
        expect(told).to_have_text("Får ikke kontakt. Viser det siste vi vet.")
    fresh = "rgb(11, 122, 87)"
    colours = "dots => dots.map(dot => getComputedStyle(dot).backgroundColor)"
    assert fresh not in page.locator(".dot").evaluate_all(colours)
    page.unroute("**/status?*")
    page.unroute("**/live")
    expect(as_of).to_have_text(re.compile("^Oppdatert "), timeout=AGED * 1000)
    assert fresh in page.locator(".dot").evaluate_all(colours)
    assert page.evaluate("window.sameDocument")


def test_arrow_keys_go_from_bar_to_bar_and_the_chart_is_one_tab_stop(page: Page):
    page.goto(TIMELINE)
    stops = page.locator(".chart svg a[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    central, first = bars(page, "central"), bars(page, "BLK")
    assert page.evaluate(FOCUSED) == central[0]
    for key, expected in (
        ("ArrowRight", central[1:2]),
        ("End", central[-1:]),
        ("ArrowRight", central[-1:]),
        ("Home", central[:1]),
        ("ArrowDown", first),
        ("ArrowRight", first[1:]),
        ("ArrowUp", central),
        ("Control+Home", central[:1]),
    ):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) in expected, key
        expect(stops).to_have_count(1)
    page.keyboard.press("Control+End")
    box, pinned = page.locator(":focus path").bounding_box(), page.locator(".pinned").bounding_box()
    assert box
    assert pinned
    assert box["y"] >= pinned["y"] + pinned["height"], "the bar is behind the central lane"
    assert page.locator(":focus").evaluate("bar => getComputedStyle(bar).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.chart svg a')")


def test_enter_explains_an_initiative_in_place_and_the_way_back_is_kept(page: Page):
    page.goto(TIMELINE)
    page.evaluate("window.sameDocument = true")
    page.locator(".chart svg a[tabindex='0']").focus()
    title = page.evaluate(FOCUSED).partition(",")[0]
    page.keyboard.press("Enter")
    expect(page.locator(".explanation h2")).to_have_text(title)
    expect(page.get_by_role("status")).to_have_text(f"Om tiltaket i fokus: {title}")
    assert re.search(r"[?&]focus=", page.url)
    assert page.evaluate("window.sameDocument")
    assert page.evaluate(FOCUSED).startswith(title)
    expect(page.locator(".chart [aria-current=true]")).to_have_count(1)
    checks.assert_accessible(page)
    checks.assert_reflows(page)
    page.go_back()
    expect(page.locator(".explanation")).to_have_count(0)
    assert "focus=" not in page.url


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_nothing_moves_when_it_is_said_what_has_changed(new_page: NewPage, width: int, language: str):
    page = new_page(width=width, language=language)
    page.goto(TIMELINE)
    tops = page.evaluate(
        """() => {
            const said = document.querySelector("script[data-live]").dataset;
            const line = document.querySelector(".freshness a");
            return ["fresh", "changed", "changedOne", "changedOther"].map(name => {
                line.textContent = said[name].replace("{n}", 12);
                return document.getElementById("content").getBoundingClientRect().top;
            });
        }"""
    )
    assert len(tops) == 4
    assert len(set(tops)) == 1, tops


@pytest.mark.parametrize("width", [360, 768, 1000])
def test_where_there_is_no_room_beside_the_chart_one_is_taken_to_the_explanation_and_back(
    new_page: NewPage, width: int
):
    page = new_page(width=width, reduced_motion="no-preference")
    page.goto(TIMELINE)
    page.evaluate("window.sameDocument = true")
    bar = page.locator("#lane-FIN svg a").last
    bar.scroll_into_view_if_needed()
    sideways = page.locator(".chart").evaluate("chart => chart.scrollLeft")
    title, before = bar.locator("title").text_content(), page.evaluate("scrollY")
    bar.click()
    heading = page.locator(".explanation h2")
    expect(heading).to_be_in_viewport(ratio=1)
    expect(page.locator(".explanation")).to_be_focused()
    assert (title or "").startswith(heading.inner_text())
    assert page.evaluate("document.querySelector('.explanation').getBoundingClientRect().top < innerHeight / 4")
    page.go_back()
    expect(page.locator(".explanation")).to_have_count(0)
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("scrollY") == before
    assert page.evaluate(FOCUSED) == title
    assert page.locator(".chart").evaluate("chart => chart.scrollLeft") == sideways


def test_where_the_explanation_is_beside_the_chart_one_stays_where_one_is(page: Page):
    page.goto(TIMELINE)
    page.locator("#lane-FIN svg a").last.focus()
    title, before, on_screen = page.evaluate(FOCUSED), page.evaluate("scrollY"), page.evaluate(ON_SCREEN)
    page.keyboard.press("Enter")
    expect(page.locator(".explanation h2")).to_be_in_viewport()
    assert page.evaluate(ON_SCREEN) == pytest.approx(on_screen, abs=2)
    assert page.evaluate(FOCUSED) == title
    page.keyboard.press("Home")
    page.keyboard.press("Control+Home")
    page.go_back()
    expect(page.locator(".explanation")).to_have_count(0)
    assert page.evaluate("scrollY") == before
    assert page.evaluate(FOCUSED) == title
    expect(page.locator(".chart svg a[tabindex='0']")).to_have_count(1)


def test_without_script_a_bar_leads_to_the_explanation_too(new_page: NewPage):
    page = new_page(java_script_enabled=False)
    page.goto(TIMELINE)
    page.locator(".chart svg a").first.click()
    expect(page.locator(".explanation")).to_be_visible()
    page.get_by_role("link", name="Vis alle tiltak like tydelig igjen").click()
    expect(page.locator(".explanation")).to_have_count(0)
    page.locator("#lane-BLK").get_by_role("link", name="Fold sammen").click()
    expect(page.locator("#lane-BLK .bar")).to_have_count(0)


def tab_to(page: Page, condition: str) -> None:
    """Presses Tab until what has the focus is what `condition` says of `element`."""
    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(f"(element => {condition})(document.activeElement)"):
            return
    raise AssertionError(f"not reached with the keyboard on {page.url}: {condition}")


def test_from_the_overview_over_the_timeline_to_the_smallest_move_with_the_keyboard_alone(page: Page):
    page.goto(f"/?year={YEAR}&sector=FIN&lang=nb")
    tab_to(page, "element.closest('.matrix td.together')")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Tidslinje {YEAR}")
    tab_to(page, "element.matches('.chart svg a')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    for _ in range(TAB_STOPS):
        if page.evaluate("document.activeElement.matches('.mark')"):
            break
        page.keyboard.press("ArrowRight")
    assert "Flyttes det" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Hva om {YEAR}")
    expect(page.locator(".supposed li")).to_have_count(1)


def test_the_many_cells_of_the_overview_are_skipped_with_one_key(page: Page):
    page.goto(f"/?year={YEAR}&lang=nb")
    tab_to(page, "element.matches('main .skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('main :not(.matrix *)')")


def test_in_print_the_whole_chart_is_there_and_no_controls(page: Page):
    page.goto(TIMELINE)
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    pinned = page.locator(".pinned")
    assert pinned.evaluate("pinned => getComputedStyle(pinned).position") == "static"
    assert pinned.evaluate("pinned => pinned.scrollHeight <= pinned.clientHeight + 1")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_what_is_new_fades_in_only_where_movement_is_welcome(new_page: NewPage, motion: str):
    page = new_page(reduced_motion=motion)
    page.goto(TIMELINE)
    row = page.locator("tr[data-item]").first
    row.evaluate("row => row.classList.add('changed')")
    moves = row.evaluate("row => getComputedStyle(row).animationName")
    assert moves == ("none" if motion == "reduce" else "fading")


def test_a_lane_is_folded_in_place_and_the_focus_stays_on_its_link(page: Page):
    page.goto(TIMELINE)
    page.evaluate("window.sameDocument = true")
    page.locator("#lane-EHA").get_by_role("link", name="Fold sammen").press("Enter")
    expect(page.locator("#lane-EHA .cell").first).to_be_attached()
    expect(page.locator("#lane-EHA").get_by_role("link", name="Fold ut")).to_be_focused()
    assert page.evaluate("window.sameDocument")


def test_who_writes_in_the_selection_is_left_in_peace_by_new_data(page: Page, city: City):
    page.goto(TIMELINE)
    field = page.locator("#known_on")
    field.focus()
    with page.expect_response(lambda answer: "/timeline?" in answer.url):
        city.command("local_initiatives", "/initiatives", {"sector": "NOE", "title": f"Nytt tiltak {time.time_ns()}"})
    expect(page.get_by_role("status")).to_have_text(re.compile("^Oppdatert"))
    expect(field).to_be_focused()
