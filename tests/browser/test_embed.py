"""The embedded view in the page of another origin: shown there, accessible, narrow; every other page is refused."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.demo.load import YEAR
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.pages import EMBEDDED
from tests.journeys.city import City

EMBED = EMBEDDED["embed of a goal"][0]


@contextmanager
def portal(frame: str) -> Iterator[str]:
    """The address of somebody else's page, with this address in a frame."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            body = f'<!doctype html><title>Bydelen</title><iframe src="{frame}" title="K3" width="600" height="500">'
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Page]:
    """A page that may ask other origins, as that of another site does."""
    context = chromium.new_context(locale="nb-NO")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "width"), [("nb", WIDE), ("en", NARROW), ("nb", 300)])
@pytest.mark.parametrize("name", EMBEDDED)
def test_it_is_accessible_in_both_languages_wide_and_narrow_and_with_the_keyboard_alone(
    new_page: NewPage, name: str, language: str, width: int
) -> None:
    page = new_page(language, width)
    address, status = EMBEDDED[name]
    checks.assert_shown(page, address, status, language)
    if status == HTTPStatus.OK:
        checks.assert_focus_shows(page)


def test_it_stands_in_the_page_of_another_origin_and_opens_its_links_beside_it(elsewhere: Page, city: City) -> None:
    with portal(city.addresses["timeline"] + EMBED) as address:
        elsewhere.goto(address)
        frame = elsewhere.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text("K3 Gode beslutningsgrunnlag")
        expect(frame.locator("path.bar.local").first).to_be_visible()
        with elsewhere.expect_popup() as opened:
            frame.get_by_role("link", name="Se hele tidslinjen").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text(f"Tidslinje {YEAR}")
        assert elsewhere.url == address
        assert not elsewhere.context.cookies()


@pytest.mark.parametrize("path", ["/", f"/timeline?goal=K3&year={YEAR}", "/nowhere"])
def test_no_other_page_is_shown_there(elsewhere: Page, city: City, path: str) -> None:
    refused: list[str] = []
    elsewhere.on("console", lambda message: refused.append(message.text))
    with portal(city.addresses["timeline"] + path) as address:
        elsewhere.goto(address)
        elsewhere.wait_for_timeout(500)
        assert any("frame-ancestors" in text for text in refused), refused
        assert not elsewhere.frame_locator("iframe").locator("main#content").count()
