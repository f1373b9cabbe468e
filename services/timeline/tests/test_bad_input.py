"""Bad input, everywhere: each page, file, picture, feed and answer × what people and machines put into addresses.

The routes are those of the application, so that a new one is tested from its first day.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import msgspec
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from services.timeline import paging
from services.timeline.lanes import BarPlace
from services.timeline.names import CENTRAL
from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import HTML, assert_is_page, words
from shared import identity
from shared.testing.plugin import Postgres

HOSTILE = "<script>alert('x')</script>\"'&"
A = identity.named("sector", "A")
K1 = identity.named("goal", "K1")
LOCAL = identity.named("local-initiative", "A:1")


@pytest.fixture(scope="module")
def client(postgres: Postgres) -> Iterator[FlaskClient]:
    """A year in which everything that people can write is a script."""
    tell = Teller()
    events = [
        tell.goal("K1", HOSTILE),
        tell.sector("A", HOSTILE),
        tell.event("agency.registered", identity.named("agency", "V"), code="V", name=HOSTILE, sector=A),
        tell.event("action-plan.drafted", demo_world.plan(2018), year=2018, title=HOSTILE),
        tell.event("action-plan.area-added", demo_world.plan(2018), year=2018, name=HOSTILE),
        tell.central(
            "C1",
            title=HOSTILE,
            area=HOSTILE,
            description=HOSTILE,
            responsible=HOSTILE,
            start="2018-03-01",
            end="2018-04-30",
            goals=[K1],
        ),
        *tell.local(
            "1",
            "A",
            "2018-04-01",
            "2018-05-31",
            title=HOSTILE,
            goals=[K1],
            agency=identity.named("agency", "V"),
            responsible=HOSTILE,
        ),
        tell.event("local-initiative.rescheduled", LOCAL, start="2018-04-02", end="2018-05-31", reason=HOSTILE),
        tell.event("local-initiative.learning-shared", LOCAL, text=HOSTILE, tags=[HOSTILE]),
        tell.event(
            "local-initiative.participation-recorded",
            LOCAL,
            phase="idea",
            who=["residents"],
            on="2018-03-01",
            sentence=HOSTILE,
        ),
        tell.activity(
            "M1", title=HOSTILE, channel=HOSTILE, start="2018-04-01", end="2018-04-01", local_initiatives=[LOCAL]
        ),
        tell.event("goal.effect-observed", K1, effect=HOSTILE, on="2018-09-01"),
    ]
    events = [msgspec.structs.replace(event, actor=HOSTILE) for event in events]
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


PLACES = {"reference": "C1", "initiative": "C1", "year": "2018", "form": "csv", "goal": "K1", "sector": "A"}
"""What stands in an address, by its name in the route. A route with another name needs a word here."""
CURSOR = paging.cursor(BarPlace(*CENTRAL, date(2018, 1, 1), A))
"""As the bars of `/api/timeline` have it."""


def addresses(client: FlaskClient) -> list[str]:
    """One of each route that is asked by its address, in all its forms."""
    found = []
    for rule in client.application.url_map.iter_rules():
        is_own = rule.endpoint.startswith(("pages.", "timeline.")) and not rule.endpoint.endswith(".static")
        if is_own and "GET" in (rule.methods or ()):
            found += forms(client, rule)
    return sorted(set(found))


def forms(client: FlaskClient, rule: Rule) -> list[str]:
    missing = rule.arguments - PLACES.keys()
    assert not missing, f"{rule} needs {missing} in PLACES"
    values = {name: PLACES[name] for name in rule.arguments}
    offered = re.findall(r"any\(([^)]*)\)", rule.rule)
    endings = [ending.strip() for ending in offered[0].split(",")] if offered and "form" in values else [None]
    adapter = client.application.url_map.bind("localhost")
    return [adapter.build(rule.endpoint, {**values, **({"form": ending} if ending else {})}) for ending in endings]


IMPOSSIBLE = {
    "a window that ends before it starts": "from=2018-05-31&to=2018-05-01",
    "a window with one end": "from=2018-05-31",
    "a window of ten thousand years": "from=0001-01-01&to=9999-12-31",
    "a window of a hundred years": "from=1950-01-01&to=2049-12-31",
    "a day that there is not": "from=2018-02-30&to=2018-03-01",
    "a year and days": "year=2018&from=2018-01-01&to=2018-01-31",
    "a year that there is not": "year=0",
    "a negative year": "year=-2018",
    "a year that is no number": "year=MMXVIII",
    "a year with too many figures": "year=" + "9" * 5000,
    "known before there was anything": "known_on=0001-01-01",
    "known at the end of time": "known_on=9999-12-31",
    "known on a day that there is not": "known_on=2018-02-30",
    "known in two days": "from_known=2018-05-01&to_known=2018-04-01",
    "a basis that there is not": "basis=wished",
    "an unknown audience": "audience=martians",
    "an unknown status": "status=perhaps",
    "a goal that is too long": "goal=" + "x" * 5000,
    "an area that is too long": "area=" + "x" * 5000,
    "nothing that anybody would see": "area=%00&goal=%00&sector=%00&agency=%00&q=%00&tag=%00",
    "a cursor of nobody": "cursor=tull",
    "a cursor of another page": "cursor=" + CURSOR,
    "a cursor that never ends": "cursor=" + "A" * 5000,
    "lanes that there are not": "lanes=moon&focus=nobody&open=*&closed=" + quote(HOSTILE),
    "a scenario that can not be": "move=C1:2018-05-01..2018-04-01&drop=nobody&add=:",
    "parts that there are not": "group=none&part=-1&limit=0&min_days=x&kind=odd&sort=none",
    "words without end": "q=" + "x" * 5000,
    "a version that there is not": "version=draft",
    "a focus that nobody would see": "focus=%00",
}
"""All of what one says is impossible, on every page that reads it."""
ODD = {
    "bytes that are no UTF-8": "goal=%ff%fe&area=%ed%a0%80&q=%c3&tag=%80",
    "half a character": "area=%ED%A0%80&focus=%ED%B0%80&sector=%ED%A0%80",
    "the same said twice": "year=2018&year=2019&goal=K1&goal=K2&basis=planned&basis=actual",
    "a script": "&".join(f"{name}={quote(HOSTILE)}" for name in ("goal", "sector", "area", "q", "tag")),
    "nothing at all": "goal=&sector=&year=&from=&to=&known_on=&q=&cursor=",
}
CHART = r"/embed|/timeline(\.pdf|\.svg|\.png)?"
READ = {
    "cursor": rf"{CHART}|/gaps(\.pdf)?|/(changes|learning)(\.\w+)?",
    **dict.fromkeys(("from_known", "to_known"), r"/changes(\.\w+)?"),
    "lanes": CHART,
    **dict.fromkeys(("focus", "open", "closed"), CHART.removeprefix("/embed|")),
    **dict.fromkeys(("move", "drop", "add"), r"/what-if(\.\w+)?"),
    **dict.fromkeys(("group", "part"), r"/initiatives/C1(\.pdf)?"),
    **dict.fromkeys(("kind", "min_days", "sort"), r"/gaps(\.\w+)?"),
    **dict.fromkeys(("q", "tag"), r"/learning(\.\w+)?"),
    "version": r"/plan(\.\w+)?",
    "limit": "",
}
"""Parameter → the pages that read it, of those that not all read."""
ALL = r"(?!/status$|/live$|/api/status$).*"
"""What asks for a window and a selection; the others ask for nothing."""
STRICT = r"/api/(?!status$).*|/calendar\.ics"
"""What refuses every parameter that it does not read."""


def is_read(address: str, query: str) -> bool:
    """Whether the address reads any of the parameters, so that what is impossible in them is its to refuse."""
    if query == f"cursor={CURSOR}" and re.fullmatch(rf"{CHART}|/api/timeline", address):
        return False  # it is its own
    names = [part.partition("=")[0] for part in query.split("&")]
    return any(re.fullmatch(f"{STRICT}|{READ.get(name, ALL)}", address) for name in names)


EMPTY = {
    "an unknown goal": "year=2018&goal=nobody",
    "an unknown sector": "year=2018&sector=nobody",
    "an unknown agency": "year=2018&agency=nobody",
    "an unknown area": "year=2018&area=nowhere",
    "a year without anything": "year=1901",
    "before anything was known": "year=2018&known_on=1999-12-31",
    "words that nobody wrote": "q=ingenting",
    "a tag that nobody gave": "tag=ingen",
}


def check(response: TestResponse, address: str) -> None:
    """It is no fault of ours; what it says is safe, and where it refuses, it says why and leads on."""
    response.get_data()  # also of a file, to its end
    assert response.status_code < 500, (address, words(response.text)[:500])
    if 300 <= response.status_code < 400:
        return
    if response.mimetype in ("text/html", "image/svg+xml", "text/calendar", "application/json"):
        assert "<script>alert" not in response.text or response.mimetype in ("text/calendar", "application/json")
    if response.mimetype == "text/html" and "/embed" not in address:
        assert_is_page(response)
        assert "<h1" in response.text, address
    if response.status_code < 400:
        return
    if response.mimetype == "text/html":
        assert len(words(response.text.partition("<h1")[2].partition('class="ways"')[0])) > 25, address
        assert "<a href=" in response.text.partition("<h1")[2].partition("<footer")[0], address
    else:
        answer = response.json
        assert response.mimetype == "application/problem+json", address
        assert all(error["message"] for error in answer.get("errors", [])), address
        assert answer.get("errors") or answer["title"], address


@pytest.mark.parametrize("query", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_is_impossible_is_refused_by_every_page_file_and_answer_that_reads_it(
    client: FlaskClient, query: str
) -> None:
    """In one language on one page, in the other on the next."""
    refused = 0
    for n, address in enumerate(addresses(client)):
        of_something = "goal=K1&" if address == "/embed" and "goal=" not in query else ""
        asked, language = f"{address}?{of_something}{query}", ("nb", "en")[n % 2]
        response = client.get(asked, headers={**HTML, "Accept-Language": language})
        check(response, asked)
        if is_read(address, query):
            assert response.status_code in (400, 422), asked
            refused += 1
    assert refused > len(addresses(client)) / 5


@pytest.mark.parametrize("query", ODD.values(), ids=ODD.keys())
def test_what_is_odd_is_answered_or_refused_everywhere(client: FlaskClient, query: str) -> None:
    for address in addresses(client):
        check(client.get(f"{address}?{query}", headers=HTML), f"{address}?{query}")


@pytest.mark.parametrize("query", EMPTY.values(), ids=EMPTY.keys())
def test_what_matches_nothing_is_answered_everywhere(client: FlaskClient, query: str) -> None:
    for address in addresses(client):
        check(client.get(f"{address}?{query}", headers=HTML), f"{address}?{query}")


@pytest.mark.parametrize("page", ["/", "/timeline", "/gaps", "/changes", "/what-if"])
@pytest.mark.parametrize(("language", "sentence"), [("nb", "Til og med: "), ("en", "Last day: ")])
def test_the_way_on_keeps_what_was_right(client: FlaskClient, page: str, language: str, sentence: str) -> None:
    asked = f"{page}?from=2018-05-31&to=2018-05-01&basis=planned&sector=A&status=perhaps&lang={language}"
    refused = client.get(asked, headers=HTML)
    assert refused.status_code == 422
    assert sentence in words(refused.text)
    on = re.search(r'class="ways">\s*<a href="([^"]+)"', refused.text)
    assert on
    way = on.group(1).replace("&amp;", "&")
    assert way.partition("?")[0] == page
    assert "basis=planned" in way
    assert "sector=A" in way
    assert "status" not in way
    assert "from" not in way
    assert f"lang={language}" in way
    assert client.get(way, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/gaps?min_days=abc", "Minst dager: Feil type: skal være et heltall."),
        ("/gaps?min_days=abc&lang=en", "At least days: Wrong type: must be a whole number."),
        ("/timeline?lanes=NOPE", "Grupper etter: Må være en av: sector, goal, area."),
        ("/timeline?focus=%00", "Tiltak i fokus: Teksten har et styretegn"),
    ],
)
def test_a_fault_is_named_by_its_field_in_the_language_of_the_page(
    client: FlaskClient, address: str, sentence: str
) -> None:
    assert sentence in words(client.get(address, headers=HTML).text)


def test_a_question_that_can_not_be_answered_is_not_said_to_be_unstored(client: FlaskClient) -> None:
    answer = client.get("/api/timeline?year=0").json
    assert (answer["code"], answer["title"]) == ("invalid", "Adressen spør om noe som ikke går an.")
    told = client.post("/api/what-if", json={"changes": 5}).json
    assert told["title"] == "Innholdet har feil. Ingenting er lagret."


def test_an_initiative_that_was_not_known_then_is_one_link_away_from_now(client: FlaskClient) -> None:
    refused = client.get("/initiatives/C1?year=2018&known_on=1999-12-31&basis=planned", headers=HTML)
    assert refused.status_code == 404
    on = re.search(r'class="ways">\s*<a href="([^"]+)"', refused.text)
    assert on
    assert on.group(1) == "/initiatives/C1?year=2018&amp;basis=planned"
    assert client.get("/initiatives/C1?year=2018&basis=planned", headers=HTML).status_code == 200


@pytest.mark.parametrize("reference", ["nobody", "%00", "%ff", "A:", ":1", "..", "x" * 5000, quote(HOSTILE)])
def test_an_initiative_that_nobody_knows_is_said(client: FlaskClient, reference: str) -> None:
    for address in (f"/initiatives/{reference}", f"/initiatives/{reference}.pdf", f"/api/initiatives/{reference}"):
        response = client.get(address, headers=HTML)
        check(response, address)
        assert response.status_code in (404, 422), address


def test_what_people_write_is_never_run(client: FlaskClient) -> None:
    """On every page; a file, a picture and a feed are text or XML that was made as such."""
    told = 0
    for address in addresses(client):
        response = client.get(f"{address}?year=2018", headers=HTML)
        check(response, address)
        told += response.mimetype == "text/html" and "&lt;script&gt;" in response.text
    assert told >= 6


def test_days_at_the_ends_of_time_that_others_told_of_are_shown_as_any(postgres: Postgres) -> None:
    """The owning services let none through; nothing that is told may take a page away."""
    tell = Teller()
    events = [
        tell.goal("K1", "Mål"),
        tell.sector("A", "Sektor"),
        tell.central("C1", title="Den siste dagen", start="9999-12-31", end="9999-12-31", goals=[K1], plan_year=None),
        tell.central("C2", title="Til slutt", start="2018-03-01", end="9999-12-30", goals=[K1], plan_year=99_999),
        *tell.local("1", "A", "9999-12-29", "9999-12-30", title="Nesten sist", goals=[K1]),
        *tell.local("2", "A", "0001-01-01", "0001-01-02", title="Først", goals=[K1]),
        *tell.local("3", "A", "2018-02-01", "2018-02-02", title="Da", goals=[K1]),
    ]
    url = postgres.database()
    demo_world.create(url, events)
    ends = ["", "year=2018", "year=1900", "from=2190-01-01&to=2200-12-31"]
    with pages_on(url) as client:
        others = [f"{start}{name}" for start in ("/initiatives/", "/api/initiatives/") for name in ("C2", "A:1", "A:2")]
        pages = [one for one in addresses(client) if not one.endswith((".pdf", ".png", ".xlsx"))]  # of the same
        asked = [f"{address}?{query}" for address in [*pages, *others] for query in ends]
        found = {one: client.get(one, headers=HTML).status_code for one in asked}
    assert {one: status for one, status in found.items() if status >= 500} == {}
