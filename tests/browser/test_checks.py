"""What checks.py and watch.py are for is found: each page here has one fault."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser import checks
from tests.browser.watch import Watch

pytestmark = pytest.mark.usefixtures("backends")
"""They need a browser: `--no-servers` leaves them out with those that need servers."""

SITE = "http://samtidig.test"
GOOD = """<!doctype html><html lang="nb"><head><title>Mål</title></head><body>
<a href="#content">Til innholdet</a>
<header style="padding: 1rem"><a href="/">Samtidig</a></header>
<main id="content" tabindex="-1"><h1>Mål</h1>{}<p><a href="/goals">Flere mål</a></p></main></body></html>"""


@pytest.fixture
def blank(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 600})
    yield context.new_page()
    context.close()


def show(page: Page, html: str) -> None:
    """At an address of its own; nothing else is there."""

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto(SITE)


def test_a_page_without_fault_passes(blank: Page):
    watch = Watch(blank)
    show(blank, GOOD.format(""))
    checks.assert_holds(blank)
    assert watch.faults == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<p style="color: #ccc">Svakt</p>', "color-contrast"),
        ('<input type="text">', "label"),
        ('<a href="/a" style="display: inline-block; font-size: 5px">a</a><a href="/b">b</a>', "target-size"),
        ("<h4>Et hopp</h4>", "heading-order"),
    ],
)
def test_what_axe_finds_is_said_with_the_element(blank: Page, fault: str, said: str):
    show(blank, GOOD.format(fault))
    with pytest.raises(AssertionError) as found:
        checks.assert_accessible(blank)
    assert said in str(found.value)
    assert fault[:12] in str(found.value)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('<p style="width: 400px">Bred</p>', "of 320 px wide"),
        ('<div style="overflow-x: auto"><p style="width: 400px">Bred</p></div>', "no named region"),
    ],
)
def test_what_is_too_wide_is_said(blank: Page, fault: str, said: str):
    show(blank, GOOD.format(fault))
    with pytest.raises(AssertionError, match=said):
        checks.assert_reflows(blank)


def test_a_region_that_says_that_it_scrolls_may(blank: Page):
    scrolls = (
        '<div style="overflow-x: auto" role="region" tabindex="0" aria-label="Tabell"><p style="width: 400px"></div>'
    )
    show(blank, GOOD.format(scrolls))
    checks.assert_reflows(blank)


def test_a_page_without_a_skip_link_is_found(blank: Page):
    show(blank, GOOD.format("").replace('href="#content"', 'href="/"'))
    with pytest.raises(AssertionError, match="Til innholdet"):
        checks.assert_skips(blank)


def test_focus_that_does_not_show_is_found(blank: Page):
    show(blank, GOOD.format('<a href="/x" style="outline: none">Usynlig</a>'))
    with pytest.raises(AssertionError, match=r"does not show on .*Usynlig"):
        checks.assert_focus_shows(blank)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("<script>console.error('uff')</script>", "console error: uff"),
        ("<script>throw new Error('uff')</script>", "uff"),
        ('<img alt="" src="http://elsewhere.test/a.png">', "asked another origin"),
        ('<img alt="" src="/gone.png">', "404 for"),
    ],
)
def test_what_happens_behind_the_reader_s_back_is_noted(blank: Page, fault: str, said: str):
    watch = Watch(blank)
    show(blank, GOOD.format(fault))
    assert any(said in fault for fault in watch.faults), watch.faults
