"""What a person does on an owning service's pages, in bokmål."""

from playwright.sync_api import Locator, Page, expect

TAB_STOPS = 80
"""More than any form has."""


def press(page: Page, name: str) -> None:
    """The button at the end of the form."""
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def choose(page: Page, name: str) -> None:
    """One of the commands that an item's page offers."""
    page.get_by_role("list", name="Hva vil du gjøre?").get_by_role("link", name=name, exact=True).click()


def fact(page: Page, name: str) -> Locator:
    return page.locator(".facts div").filter(has=page.locator("dt", has_text=name)).locator("dd").first


def done(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status")).to_have_text(sentence)


def tab_to(page: Page, element: Locator) -> None:
    """Presses the tabulator until the element has the focus."""
    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {element}")
