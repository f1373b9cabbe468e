"""The page of how fresh the timeline is: each source, and each stream that waits, with why and what to do."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from services.timeline import status
from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from shared import identity
from shared.testing.plugin import Postgres

C1 = identity.named("central-initiative", "C1")
G1, G2 = identity.named("goal", "K1"), identity.named("goal", "K9")
PARKED = """
insert into parked (topic, partition, "offset", stream, version, type, why, detail, message, parked_at)
values ('central-initiatives.events', 0, 7, %(c1)s, 2, 'samtidig.central-initiative.started.v1', 'failed',
        'no <date>: 2018-02-30', '', '2018-05-31 10:15+02'),
       ('central-initiatives.events', 0, 8, %(c1)s, 3, 'samtidig.central-initiative.completed.v1', 'behind',
        'waits behind a failed', '', '2018-06-01 10:15+02'),
       ('goals.events', 0, 3, %(g1)s, 3, 'samtidig.goal.adopted.v1', 'gap', 'version 3 came after 1', '', now()),
       ('goals.events', 0, 4, %(g2)s, 1, 'samtidig.goal.proposed.v1', 'fork', 'was rewound', '', now()),
       ('goals.events', 0, 5, null, null, null, 'unreadable', 'not a CloudEvent of ours', '', now()),
       ('goals.events', 0, 6, null, null, null, 'unreadable', 'not a CloudEvent of ours', '', now())
"""


@pytest.fixture(scope="module")
def waiting(postgres: Postgres) -> Iterator[FlaskClient]:
    """Something set aside for each reason."""
    tell = Teller()
    url = postgres.database()
    demo_world.create(url, [tell.goal("K1", "Tydelig ledelse"), tell.central("C1", title="<b>Samling</b>", goals=[G1])])
    with demo_world.connect(url) as connection:
        connection.execute(PARKED, {"c1": C1, "g1": G1, "g2": G2})
        connection.execute("update checkpoint set end_offset = 1250 where topic = 'goals.events'")
        connection.execute(
            "update checkpoint set caught_up = now() - interval '2 hours' where topic = 'communication.events'"
        )
    with pages_on(url) as client:
        yield client


def section(html: str, why: str) -> str:
    return words(html.partition(f'<section aria-labelledby="why-{why}">')[2].partition("</section>")[0])


def test_every_page_leads_to_the_status_and_it_back_with_what_was_chosen(demo: FlaskClient) -> None:
    for address in ("/", "/timeline", "/initiatives/S18-02", "/gaps", "/changes"):
        assert re.search(
            r'href="/status\?year=2018&amp;goal=K3">Oppdatert', page(demo, f"{address}?year=2018&goal=K3&lang=")
        )
    html = page(demo, "/status?year=2018&goal=K3")
    assert 'href="/timeline?year=2018&amp;goal=K3"' in html
    assert re.search(r'class="language" href="[^"]*back=/status\?year%3D2018%26goal%3DK3', html)


def test_each_source_says_when_all_of_it_was_read_and_what_waits(waiting: FlaskClient) -> None:
    told = words(page(waiting, "/status"))
    assert "Status for tidslinjen Sist oppdatert for 2 timer siden." in told
    assert re.search(r"Mål goals\.events for \d+ sekunder siden \d+\. \w+\.? \d{4}, \d\d:\d\d 1 240 ", told)
    assert "Kommunikasjon communication.events for 2 timer siden" in told


def test_what_waits_stands_under_its_reason_with_what_to_do(waiting: FlaskClient) -> None:
    html = page(waiting, "/status")
    failed = section(html, "failed")
    assert "1 sak, 2 hendelser." in failed
    assert "python -m services.timeline replay" in failed
    assert "&lt;b&gt;Samling&lt;/b&gt; samtidig.central-initiative.started.v1, versjon 2 31. mai 2018" in failed
    assert "no &lt;date&gt;: 2018-02-30" in failed
    assert f'href="/initiatives/{C1}"' in html
    assert "Tydelig ledelse samtidig.goal.adopted.v1, versjon 3" in section(html, "gap")
    assert str(G2) in section(html, "fork")
    assert "replay" not in section(html, "fork")
    assert "2 saker, 2 hendelser." in section(html, "unreadable")
    assert "Melding nummer 6" in section(html, "unreadable")
    assert html.index('id="why-failed"') < html.index('id="why-gap"') < html.index('id="why-fork"')


def test_many_that_wait_for_one_reason_are_counted_and_the_first_are_shown(
    waiting: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "SHOWN", 1)
    told = section(page(waiting, "/status?lang=en"), "unreadable")
    assert "2 items, 2 events." in told
    assert "Message number 5" in told
    assert "1 more is not shown here." in told


def test_nothing_set_aside_and_nothing_read_are_said(demo: FlaskClient, empty: FlaskClient) -> None:
    assert "Ingenting er satt til side" in words(page(demo, "/status"))
    nothing = words(page(empty, "/status?lang=en"))
    assert "read any events yet." in nothing
    assert "It begins as soon as something is put in" in nothing


def test_systems_get_the_status_where_it_was(waiting: FlaskClient) -> None:
    answer = waiting.get("/api/status").json
    assert {row["why"]: row["events"] for row in answer["parked"]} == {
        "failed": 1,
        "behind": 1,
        "gap": 1,
        "fork": 1,
        "unreadable": 2,
    }
