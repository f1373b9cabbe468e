"""The gateway while what is behind it is down: a page for people, a problem document for programs."""

from collections.abc import Iterator

import pytest
import requests

from infra.demo.client import PREFIXES
from infra.local import stack as stacks
from infra.local.stack import Stack

pytestmark = pytest.mark.usefixtures("backends")
"""These tests start a server of their own: `--no-servers` leaves them out with the others that need some."""

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def gateway() -> Iterator[Stack]:
    """The gateway alone."""
    stack = stacks.for_tests(services=())
    stack.up(["gateway"])
    yield stack
    stack.remove()


@pytest.mark.parametrize("service", PREFIXES)
def test_a_browser_gets_a_page_in_both_languages_with_a_way_on(gateway: Stack, service: str):
    address = f"{gateway.url('gateway')}{PREFIXES[service]}/somewhere"
    answer = requests.get(address, headers={"Accept": BROWSER}, timeout=30)
    assert answer.status_code == 502
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("2", "no-store")
    assert '<html lang="nb">' in answer.text
    assert "svarer ikke akkurat nå" in answer.text
    assert '<section lang="en">' in answer.text
    assert answer.text.count('<a href="">') == 2
    assert "style" not in answer.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/problem+json, */*"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_else_gets_a_problem_document(gateway: Stack, accept: str, method: str):
    address = f"{gateway.url('gateway')}/goals/goals"
    answer = requests.request(method, address, json={}, headers={"Accept": accept}, timeout=30)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "2"
    assert answer.json() == {
        "type": "about:blank",
        "status": answer.status_code,
        "title": "The service behind this address does not answer right now.",
        "errors": [],
    }
    assert answer.status_code == 502
