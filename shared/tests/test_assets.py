"""What all pages have in common is served by every app, under addresses that may be kept for ever."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string, url_for
from flask.testing import FlaskClient

from shared import assets, http

PAGE = "{% for name in style_sheets %}{{ url_for('assets.static', filename=name) }} {% endfor %}"


@pytest.fixture
def app() -> Flask:
    made = http.application("notes", "notes", sentences={}, body_limit=1000, ready=lambda: True, gauges=list)
    made.add_url_rule("/page", view_func=lambda: render_template_string(PAGE), endpoint="page")
    return http.publish(made)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def test_an_address_with_the_fingerprint_is_kept_for_ever(client: FlaskClient):
    page = client.get("/page").text
    [address] = re.findall(r"/assets/samtidig\.css\?v=[0-9a-f]{12}", page)
    found = client.get(address)
    assert found.mimetype == "text/css"
    assert found.headers["Cache-Control"] == assets.FOR_EVER


@pytest.mark.parametrize("query", ["", "?v=0123456789ab"])
def test_any_other_address_of_it_is_asked_for_again(client: FlaskClient, query: str):
    assert client.get(f"/assets/samtidig.css{query}").headers["Cache-Control"] == assets.ASK_AGAIN


def test_the_prefix_of_the_gateway_stands_before_it(client: FlaskClient):
    page = client.get("/page", headers={"X-Forwarded-Prefix": "/goals"}).text
    assert all(address.startswith("/goals/assets/") for address in page.split())


def test_a_changed_file_has_another_address(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets.blueprint, "static_folder", str(tmp_path))
    addresses = []
    for content in ("a {}", "a { color: inherit }"):
        (tmp_path / "own.css").write_text(content)
        with app.test_request_context():
            addresses.append(url_for("assets.static", filename="own.css"))
    assert len(set(addresses)) == 2


def test_without_the_design_system_only_what_is_there_is_linked(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets, "STYLE_SHEETS", ("vendor/not-there.css", "samtidig.css"))
    assert "not-there" not in client.get("/page").text


@pytest.mark.parametrize("address", ["/assets/nothing.css?v=1", "/assets/../http.py?v=1", "/assets/vendor?v=1"])
def test_what_is_no_file_of_it_is_not_found(client: FlaskClient, address: str):
    found = client.get(address)
    assert found.status_code == 404
    assert found.headers["Cache-Control"] == assets.ASK_AGAIN
