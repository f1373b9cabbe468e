"""The page of the gateway while the service behind it is down."""

from playwright.sync_api import Page

from infra.local.stack import Stack
from tests.browser import checks


def test_it_is_accessible_and_leads_back_once_the_service_answers(phone: Page, stack: Stack):
    stack.stop("timeline")
    try:
        answer = phone.goto("/timeline?year=2018")
        assert answer is not None
        assert answer.status == 502
        checks.assert_accessible(phone)
        checks.assert_reflows(phone)
    finally:
        stack.start("timeline")
        stack.wait_ready(["timeline"])
    phone.get_by_role("link", name="Prøv igjen").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Tidslinje 2018"
