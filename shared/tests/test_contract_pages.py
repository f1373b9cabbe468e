"""`/contracts`: a service's events for people and for programs. What is said of them is in `test_contracts`."""

from dataclasses import dataclass, replace

import pytest

from shared import contracts
from shared.contracts.meaning import DAY, Field, Happening, Meanings
from shared.envelope import Catalogue
from shared.tests.notes.service import SERVICE

OLD, NEW, ERASED = "samtidig.note.written.v1", "samtidig.note.written.v2", "samtidig.note.erased.v1"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass(frozen=True)
class WrittenV1:
    text: str


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class Written:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Erased:
    on: str | None
    reason: str | None = None


CATALOGUE = Catalogue(
    "notes", {OLD: WrittenV1, NEW: Written, ERASED: Erased}, {OLD: lambda event: Written((Line(event.text),))}
)
MEANINGS = Meanings(
    {
        OLD: Happening("A line was written."),
        NEW: Happening("Lines were written.", since="1.1"),
        ERASED: Happening("A note was <erased>."),
    },
    {
        "text": Field("What it says."),
        "lines": Field("In order."),
        "on": Field("The day.", unit=DAY),
        "reason": Field("Why.", since="1.2"),
    },
)
EXAMPLES = [WrittenV1("Hei"), Written((Line("Hei"),)), Erased("2018-02-12")]


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    list(contracts.write(CATALOGUE, EXAMPLES, MEANINGS, tmp_path / "contracts"))
    notes = replace(SERVICE, folder=tmp_path, catalogue=CATALOGUE, meanings=MEANINGS, examples=EXAMPLES)
    return notes.application().test_client()


def test_programs_get_every_event_with_what_it_means(client):
    listed = {event["name"]: event for event in client.get("/contracts").json["items"]}
    assert list(listed) == [OLD, NEW, ERASED]
    assert {name: (event["version"], event["written"], event["since"]) for name, event in listed.items()} == {
        OLD: (1, False, "1.0"),
        NEW: (2, True, "1.1"),
        ERASED: (1, True, "1.0"),
    }
    assert listed[ERASED]["topic"] == SERVICE.topic
    assert listed[ERASED]["fields"] == [
        {
            "name": "on",
            "type": "string, null",
            "required": True,
            "since": "1.0",
            "about": "The day.",
            "unit": DAY,
        },
        {
            "name": "reason",
            "type": "string, null",
            "required": False,
            "since": "1.2",
            "about": "Why.",
            "unit": None,
        },
    ]


def test_the_fields_of_what_is_inside_a_field_are_told_with_their_path(client):
    [_, event, _] = client.get("/contracts").json["items"]
    assert [(field["name"], field["type"]) for field in event["fields"]] == [
        ("lines", "array of object"),
        ("lines[].text", "string"),
    ]


def test_a_browser_gets_a_page_that_says_the_same_and_escapes_it(client):
    page = client.get("/contracts", headers=BROWSER)
    assert page.mimetype == "text/html"
    assert "nonce-" in page.headers["Content-Security-Policy"]
    for said in (OLD, NEW, ERASED, "A note was &lt;erased&gt;.", "no longer written", f"Unit: {DAY}.", SERVICE.topic):
        assert said in page.text


def test_a_contract_is_served_as_it_is_committed(client, tmp_path):
    [event, *_] = client.get("/contracts").json["items"]
    for address in (event["schema"], event["example"]):
        served = client.get(address)
        assert served.mimetype == "application/json"
        assert served.data == (tmp_path / "contracts" / address.rpartition("/")[2]).read_bytes()
    assert client.get("/contracts/published.json").json.keys() == {OLD, NEW, ERASED}


@pytest.mark.parametrize("path", ["/contracts/none.json", "/contracts/..%2Fnone.json", "/contracts/__init__.py"])
def test_nothing_else_is_served_from_there(client, path):
    assert client.get(path).status_code == 404


def test_the_page_of_the_api_and_that_of_the_events_know_each_other(client):
    assert 'href="/contracts"' in client.get("/docs").text
    assert 'href="/docs"' in client.get("/contracts", headers=BROWSER).text


def test_behind_a_prefix_links_stay_behind_it(client):
    prefixed = {"X-Forwarded-Prefix": "/notes"}
    assert 'href="/notes/contracts"' in client.get("/docs", headers=prefixed).text
    assert client.get("/contracts", headers=prefixed).json["items"][0]["schema"].startswith("/notes/contracts/")
