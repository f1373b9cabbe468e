"""Calendar feeds, read as RFC 5545 says by a reader of its own: not by the library that wrote them."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
import vobject
from flask.testing import FlaskClient

from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from shared import identity
from shared.testing.plugin import Postgres

K1, FIRST = identity.named("goal", "K1"), identity.named("central-initiative", "C1")
Fields = dict[str, str]


@pytest.fixture(scope="module")
def planned(postgres: Postgres) -> Iterator[FlaskClient]:
    """Dated, open, undated, cancelled, withdrawn and moved ones."""
    tell, url = Teller(), postgres.database()
    cancelled, letter = identity.named("central-initiative", "C2"), identity.named("communication-activity", "M2")
    events = [
        tell.goal("K1", "Tydelig ledelse"),
        tell.sector("A", "Sektor A"),
        tell.central("C1", title="Møte; om, alt\\ å", start="2018-03-01", end="2018-04-30", goals=[K1], area="Ledelse"),
        tell.event("central-initiative.rescheduled", FIRST, start="2018-03-02", end="2018-04-30", reason=None),
        tell.central("C2", title="Avlyst", start="2018-05-01", end="2018-05-02", goals=[], area="Ledelse"),
        tell.event("central-initiative.cancelled", cancelled, on="2018-04-01", reason="x"),
        tell.central("C3", title="Udatert", goals=[K1]),
        *tell.local("1", "A", "2018-06-01", None, title="Åpen " + "lang " * 40, goals=[K1]),
        tell.activity("M1", title="Brev", start="2018-03-01", end="2018-03-01", central_initiatives=[FIRST]),
        tell.activity("M2", title="Trukket", start="2018-03-03", end="2018-03-04", goals=[K1]),
        tell.event("communication-activity.withdrawn", letter, reason=None),
    ]
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


def read(client: FlaskClient, address: str) -> tuple[Fields, dict[str, Fields]]:
    """The calendar's own fields, and title → fields of each event. Names with their parameters; values unescaped."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.data.endswith(b"END:VCALENDAR\r\n")
    physical = response.data.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in physical)
    whole = response.data.replace(b"\r\n ", b"").decode()
    events: list[Fields] = []
    fields = calendar = {}
    for line in whole.split("\r\n")[1:-2]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            fields = {}
            events.append(fields)
        elif line == "END:VEVENT":
            fields = calendar
        else:
            assert name not in fields, line
            fields[name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
    assert len({event["UID"] for event in events}) == len(events)
    return calendar, {event["SUMMARY"]: event for event in events}


def test_an_event_is_whole_days_with_a_lasting_id_and_the_version_as_its_sequence(planned: FlaskClient) -> None:
    calendar, events = read(planned, "/calendar.ics?lang=nb")
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-CALNAME"] == "Samtidig: alle tiltak"
    assert calendar["X-WR-CALDESC"] == "5 hendelser i kalenderen. 1 er ikke tidfestet og er ikke med."
    moved = events["Møte; om, alt\\ å"]
    assert moved["UID"] == f"{FIRST}@samtidig"
    assert moved["SEQUENCE"] == "2"
    assert moved["DTSTART;VALUE=DATE"] == "20180302"
    assert moved["DTEND;VALUE=DATE"] == "20180501"
    assert moved["STATUS"] == "TENTATIVE"


def test_another_library_reads_the_same_events(planned: FlaskClient) -> None:
    _, events = read(planned, "/calendar.ics")
    found = vobject.readOne(planned.get("/calendar.ics").text)
    assert len(found.vevent_list) == len(events)
    for event in found.vevent_list:
        own = events[event.summary.value]
        assert (event.uid.value, event.sequence.value, event.status.value) == (
            own["UID"],
            own["SEQUENCE"],
            own["STATUS"],
        )
        assert f"{event.dtstart.value:%Y%m%d}" == own["DTSTART;VALUE=DATE"]
        assert f"{event.dtend.value:%Y%m%d}" == own["DTEND;VALUE=DATE"]


def test_what_was_stopped_before_it_started_is_cancelled_on_its_planned_days(planned: FlaskClient) -> None:
    _, events = read(planned, "/calendar.ics")
    assert {title for title, event in events.items() if event["STATUS"] == "CANCELLED"} == {"Avlyst", "Trukket"}
    assert events["Avlyst"]["DTEND;VALUE=DATE"] == "20180503"


def test_an_open_period_is_its_one_known_day_and_says_so(planned: FlaskClient) -> None:
    _, events = read(planned, "/calendar.ics?lang=en")
    found = next(event for title, event in events.items() if title.startswith("Åpen"))
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20180601", "20180602")
    assert "The end is open" in found["DESCRIPTION"]


@pytest.mark.parametrize(
    ("asked", "name", "titles"),
    [
        ("goal=K1", "K1 Tydelig ledelse", {"Møte", "Åpen", "Trukket"}),
        ("sector=A", "Sektor A", {"Åpen"}),
        ("area=Ledelse", "Ledelse", {"Møte", "Avlyst", "Brev"}),
        ("area=Finnes+ikke", "Finnes ikke", set()),
    ],
)
def test_a_feed_of_a_goal_a_sector_or_an_area(planned: FlaskClient, asked: str, name: str, titles: set[str]) -> None:
    calendar, events = read(planned, f"/calendar.ics?{asked}")
    assert calendar["X-WR-CALNAME"] == f"Samtidig: {name}"
    assert {re.split(r"\W", title)[0] for title in events} == titles


def test_who_has_the_feed_already_gets_304(planned: FlaskClient) -> None:
    first = planned.get("/calendar.ics?goal=K1")
    again = planned.get("/calendar.ics?goal=K1", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert planned.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_demo_year_agrees_with_the_timeline_and_the_page_leads_to_its_feed(demo: FlaskClient) -> None:
    _, events = read(demo, "/calendar.ics?goal=K3&sector=BLK")
    shown = demo.get("/api/timeline?from=2000-01-01&to=2049-12-31&goal=K3&sector=BLK&limit=2000").json["items"]
    dated = {row["id"]: row for row in shown if row["lane"] == "local" and not row["undated"]}
    told = {event["UID"].removesuffix("@samtidig"): event for event in events.values()}
    assert dated
    for id_, row in dated.items():
        assert str(UUID(id_)) in told
        if row["start"]:
            assert date.fromisoformat(told[id_]["DTSTART;VALUE=DATE"]) == date.fromisoformat(row["start"])
    shown_page = page(demo, "/timeline?year=2018&goal=K3&sector=BLK")
    assert 'href="/calendar.ics?goal=K3&amp;sector=BLK&amp;lang=nb"' in shown_page


def test_a_page_leads_to_the_feed_of_what_it_shows_in_its_own_language_or_to_none(demo: FlaskClient) -> None:
    english = page(demo, "/timeline?year=2018&area=Ledelse&lang=en")
    assert 'href="/calendar.ics?area=Ledelse&amp;lang=en"' in english
    assert "calendar.ics" not in page(demo, "/timeline?year=2018&agency=HEL"), "no feed knows agencies"


def test_an_event_says_whose_it_is_and_where_there_is_more(planned: FlaskClient) -> None:
    _, events = read(planned, "/calendar.ics?lang=nb")
    event = next(event for title, event in events.items() if title.startswith("Åpen"))
    assert event["CATEGORIES"] == "lokalt tiltak,Sektor A"
    assert planned.get(event["URL"], headers={"Accept": "text/html"}).status_code == 200
    assert "URL" not in events["Brev"]


def test_what_a_feed_does_not_know_is_said(planned: FlaskClient) -> None:
    assert "Adressen spør om noe som ikke går an" in words(page(planned, "/calendar.ics?mål=K1", 422))
