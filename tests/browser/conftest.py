"""A browser with pages that are watched, in front of the whole stack with the demo year in it.

    page      1280 pixels wide, bokmål; addresses are those behind the gateway: page.goto("/timeline")
    phone     the same, 320 pixels wide
    new_page  makes more of them: new_page(language="en", width=320); each has cookies of its own
    city      the running services, to send commands to (tests/journeys/city.py)

A test whose page logged an error in the console, broke its own content security policy or asked another origin for
something fails at its end, whatever it looked at.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from infra.demo.client import Client, behind
from infra.demo.load import load
from infra.local import browser
from infra.local.stack import Stack
from tests.browser.watch import Watch
from tests.journeys.city import City

WIDE, HIGH, NARROW = 1280, 900, 320
LOCALES = {"nb": "nb-NO", "en": "en-GB"}
ANSWER_SECONDS = 15

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole lists come after the tests of all other folders: ten thousand items in the stack slow down what follows."""
    items.sort(key=lambda item: item.path.name == "test_whole_lists.py")


@pytest.fixture(scope="session")
def city(stack: Stack) -> City:
    """The services behind the gateway, with the demo year; the same stack as that of the other tests."""
    addresses = behind(stack.url("gateway"))
    load(Client(addresses))
    return City(addresses)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    try:
        program = browser.require()
    except browser.FailedError as missing:
        pytest.fail(str(missing), pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=browser.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(chromium: Browser, city: City) -> Iterator[NewPage]:
    """Makes pages: `new_page(language="nb", width=1280)`, with further options of playwright's `new_context`."""
    watches: list[Watch] = []

    def make(language: str = "nb", width: int = WIDE, **options: object) -> Page:
        context = chromium.new_context(
            base_url=city.addresses["timeline"],
            locale=LOCALES[language],
            timezone_id="Europe/Oslo",
            viewport={"width": width, "height": HIGH},
            **options,
        )
        context.set_default_timeout(ANSWER_SECONDS * 1000)
        made = context.new_page()
        watches.append(Watch(made))
        return made

    yield make
    for watch in watches:
        watch.page.context.close()
    assert not (seen := [fault for watch in watches for fault in watch.faults]), "\n".join(seen)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    return new_page(width=NARROW)
