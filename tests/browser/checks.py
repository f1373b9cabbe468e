"""What every page holds: WCAG 2.2 AA as far as a program can tell, a narrow screen, a keyboard.

assert_accessible(page)   axe-core, all its rules for WCAG 2.0–2.2 A and AA and its best practices
assert_reflows(page)      nothing to scroll sideways but what says that it scrolls (WCAG 1.4.10)
assert_skips(page)        the first tab stop leads to the content, in sight (WCAG 2.4.1)
assert_focus_shows(page)  each tab stop is marked when it is reached, and in sight (WCAG 2.4.7, 2.4.11)
assert_holds(page)        all of them
assert_opens(page, …)     goes there: status and language are as they should be
assert_shown(page, …)     goes there, and holds the first two with everything unfolded
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
TAB_STOPS = 400
"""More than any page of the demo has."""


def assert_opens(page: Page, address: str, status: int, language: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status
    assert page.locator("html").get_attribute("lang") == language


def assert_shown(page: Page, address: str, status: int, language: str) -> None:
    """The page is there, in its language, accessible and narrow enough, also what is folded away in it."""
    assert_opens(page, address, status, language)
    unfold(page)
    assert_accessible(page)
    assert_reflows(page)


def unfold(page: Page) -> None:
    """What is folded away in the page is to hold the same."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def assert_holds(page: Page) -> None:
    assert_accessible(page)
    assert_reflows(page)
    assert_skips(page)
    assert_focus_shows(page)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert not found, "\n".join([f"{page.url} has {len(found)} faults:", *(_told(violation) for violation in found)])


def _told(violation: dict[str, Any]) -> str:
    lines = [f"  {violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        why = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
        lines += [f"    {node['target']}  {node['html'][:300]}", *(f"      {message}" for message in why)]
    return "\n".join(lines)


STICKS_OUT = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = element => {
        for (let parent = element; parent; parent = parent.parentElement) {
            const style = getComputedStyle(parent);
            if (['auto', 'scroll', 'hidden', 'clip'].includes(style.overflowX) && parent !== document.body
                && parent !== document.documentElement) return true;
        }
        return false;
    };
    return {
        wide,
        scroll: document.documentElement.scrollWidth,
        outside: [...document.body.querySelectorAll('*')]
            .filter(element => element.getBoundingClientRect().right > wide + 1 && !scrolls(element))
            .map(element => element.outerHTML.slice(0, 160)),
        unnamed: [...document.body.querySelectorAll('*')]
            .filter(element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
                && element.scrollWidth > element.clientWidth + 1 && !element.matches('input, textarea, select')
                && !element.matches('[role=region][aria-label], [role=region][aria-labelledby]'))
            .map(element => element.outerHTML.slice(0, 160)),
    };
}"""


def assert_reflows(page: Page) -> None:
    """At the page's present width, and at 320 pixels where it is wider; tables and charts may scroll by themselves."""
    size = page.viewport_size
    assert size is not None
    for width in sorted({size["width"], 320}):
        page.set_viewport_size({"width": width, "height": size["height"]})
        seen = page.evaluate(STICKS_OUT)
        assert seen["scroll"] <= seen["wide"], f"{page.url} is {seen['scroll']} of {width} px wide: {seen['outside']}"
        assert not seen["unnamed"], f"{page.url} scrolls in what is no named region: {seen['unnamed']}"
    page.set_viewport_size(size)


def assert_skips(page: Page) -> None:
    """The page's first tab stop is the skip link; it is seen, and leads past everything to the content."""
    _to_the_start(page)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#content", link.evaluate("link => link.outerHTML")
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0, box
    assert box["width"] > 24, box
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    after = page.evaluate(
        "document.getElementById('content').compareDocumentPosition(document.activeElement)"
        " & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)"
    )
    assert after or page.evaluate("document.activeElement === document.body"), "the next stop is before the content"


FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        html: element.outerHTML.slice(0, 160),
        number: [...document.querySelectorAll('*')].indexOf(element),
        marked: style.outlineStyle === 'auto' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
        in_sight: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
        wide: box.width, high: box.height,
    };
}"""


def assert_focus_shows(page: Page) -> None:
    """From the first tab stop to the last: each is marked and in sight."""
    _to_the_start(page)
    seen: set[int] = set()
    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["number"] in seen:
            assert seen, "nothing can be reached with the keyboard"
            return
        seen.add(focused["number"])
        assert focused["marked"], f"{page.url}: focus does not show on {focused['html']}"
        assert focused["in_sight"], f"{page.url}: out of sight with focus: {focused['html']}"
    raise AssertionError(f"{page.url} has more than {TAB_STOPS} tab stops, or holds the keyboard in one place")


def _to_the_start(page: Page) -> None:
    """As if the page had just been opened: nothing has the focus, and the next tab stop is the first."""
    page.evaluate(
        "() => { document.activeElement.blur(); window.scrollTo(0, 0); getSelection().removeAllRanges();"
        " const start = document.createElement('span'); start.tabIndex = -1; document.body.prepend(start);"
        " start.focus(); start.remove(); }"
    )
