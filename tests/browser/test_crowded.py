"""The timeline's pages at their fullest, with 2,000 initiatives, and at their emptiest, with nothing at all."""

from collections.abc import Iterator

import pytest

from infra.local.stack import Stack
from tests import crowd
from tests.benchmarks.serving import served
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage

INITIATIVE = crowd.central_id(1)
PAGES = {
    "overview": f"/?year={crowd.YEAR}",
    "timeline": f"/timeline?year={crowd.YEAR}",
    "gaps": f"/gaps?year={crowd.YEAR}",
    "changes": f"/changes?year={crowd.YEAR}&from_known={crowd.YEAR - 1}-01-01",
    "what if": f"/what-if?year={crowd.YEAR}&drop=C002",
    "initiative": f"/initiatives/{INITIATIVE}?year={crowd.YEAR}",
    "learning": "/learning",
}


@pytest.fixture(scope="module")
def crowded(stack: Stack) -> Iterator[str]:
    """The address of a timeline of its own."""
    with served("services.timeline.app:create()", crowd.read_model(stack, "crowded", crowd.year())) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def empty(stack: Stack) -> Iterator[str]:
    with served("services.timeline.app:create()", crowd.read_model(stack, "nothing_known")) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_two_thousand_initiatives_is_accessible_and_narrow_enough(
    new_page: NewPage, crowded: str, name: str
):
    checks.assert_shown(new_page("nb", NARROW), crowded + PAGES[name], 200, "nb")


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("initiative", "what if")])
def test_a_page_of_nothing_says_so_and_is_accessible(new_page: NewPage, empty: str, name: str):
    page = new_page("en", WIDE)
    checks.assert_shown(page, empty + PAGES[name], 200, "en")
    assert page.locator("main p").count(), "nothing is said"
