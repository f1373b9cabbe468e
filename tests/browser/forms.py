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


def pick(page: Page, group: str, number: str, label: str) -> None:
    """An item by name, among the few that are shown at once or, where there are many, by a search."""
    choice = page.get_by_label(label)
    if not choice.count():
        asked = page.get_by_role("group", name=group)
        asked.get_by_role("searchbox").fill(number)
        asked.get_by_role("button").click()
    choice.check()


def send(page: Page, where: str, name: str, content: bytes | str) -> None:
    """Opens an import page, chooses a file and has it read."""
    page.goto(where)
    body = content.encode() if isinstance(content, str) else content
    page.get_by_label("Regneark").set_input_files({"name": name, "mimeType": "text/csv", "buffer": body})
    page.get_by_role("button", name="Les filen").click()


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
