"""What open pages ask every second, and what a page gives its script to go by."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import HTML, page
from shared.testing.plugin import Postgres


@pytest.fixture
def city(postgres: Postgres) -> Iterator[tuple[FlaskClient, str]]:
    """Pages of a read model of their own, and its address."""
    url = postgres.database()
    demo_world.create(url, [Teller().goal("K1", "Mål")])
    with pages_on(url) as client:
        yield client, url


def asked(client: FlaskClient, etag: str = "") -> tuple[int, str]:
    response = client.get("/live", headers={"If-None-Match": etag} if etag else {})
    assert response.data == b""
    return response.status_code, response.headers["ETag"]


def test_nothing_new_is_a_304_and_something_new_another_etag(city: tuple[FlaskClient, str]) -> None:
    client, url = city
    status, etag = asked(client)
    assert (status, asked(client, etag)) == (200, (304, etag))
    with demo_world.connect(url) as connection:
        connection.execute("update checkpoint set revision = revision + 1 where topic = 'goals.events'")
    status, later = asked(client, etag)
    assert status == 200
    assert later != etag
    assert asked(client, later) == (304, later)


def test_a_timeline_that_falls_behind_is_news_too(city: tuple[FlaskClient, str]) -> None:
    client, url = city
    _, etag = asked(client)
    with demo_world.connect(url) as connection:
        connection.execute("update checkpoint set caught_up = now() - interval '2 minutes'")
    assert asked(client, etag)[0] == 200


def test_a_page_says_which_state_it_shows_and_the_script_is_a_file_of_its_own(city: tuple[FlaskClient, str]) -> None:
    client, _ = city
    for address in ("/", "/timeline", "/gaps", "/changes", "/what-if"):
        html = page(client, address)
        state = re.search(
            r'<script defer src="/static/timeline\.js[^"]*" [^>]*data-live="/live" data-state="([^"]+)"', html
        )
        assert state
        assert asked(client)[1] == f'"{state[1]}"'
        assert 'data-changed-other="Oppdatert: {n} tiltak"' in html
    response = client.get("/timeline", headers=HTML)
    assert response.headers["Content-Security-Policy"].endswith("script-src 'self'; connect-src 'self'")
    assert "javascript" in client.get("/static/timeline.js").mimetype


def test_the_past_and_what_went_wrong_ask_for_nothing(demo: FlaskClient) -> None:
    assert "data-live" not in page(demo, "/timeline?known_on=2018-03-01")
    assert "data-live" not in page(demo, "/timeline?year=next", 422)
