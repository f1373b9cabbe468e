"""The page of one initiative: both periods, each verdict explained down to its events, and all that is told of it."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from services.timeline.tests import demo_world, pdfs
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from shared import identity
from shared.testing.plugin import Postgres

K1 = identity.named("goal", "K1")
RELATED = 230


@pytest.fixture(scope="module")
def crowded(postgres: Postgres) -> Iterator[FlaskClient]:
    """A central initiative with many local ones; one of them has been through everything."""
    tell = Teller()
    central = identity.named("central-initiative", "C1")
    local = identity.named("local-initiative", "A:1")
    events = [
        tell.goal("K1", "Få og tydelige mål"),
        tell.sector("A", "Sektor A"),
        tell.central("C1", title="Sentralt", start="2018-03-01", end="2018-04-30", goals=[K1]),
        *tell.local("1", "A", "2018-06-01", "2018-06-30", title="Lokalt", goals=[K1]),
        tell.event("local-initiative.support-declared", local, central=central, reason="Avtalt i fagdialogen"),
        tell.event("local-initiative.anchored", local, where="fagdialog", on="2018-02-01"),
        tell.event("local-initiative.rescheduled", local, start="2018-05-01", end="2018-05-31", reason="<b>Ferie</b>"),
        tell.event(
            "local-initiative.participation-recorded",
            local,
            phase="idea",
            who=["residents", "employees"],
            on="2018-01-11",
            sentence="Tre folkemøter",
        ),
        tell.event("local-initiative.learning-shared", local, text="<script>lær</script>", tags=["<i>møter</i>"]),
        tell.event("local-initiative.status-reported", local, status="at_risk", sentence="Få folk"),
        tell.activity("M1", title="Brev", start="2018-04-01", end="2018-04-01", local_initiatives=[local]),
        tell.event(
            "communication-activity.feedback-received",
            identity.named("communication-activity", "M1"),
            text="Det hjalp",
            on="2018-04-03",
            audience=None,
        ),
        tell.event("goal.effect-observed", K1, effect="Færre skjemaer", on="2018-09-01"),
        *(
            event
            for n in range(2, RELATED + 2)
            for event in tell.local(str(n), "A", "2018-04-01", "2018-04-02", title=f"Tiltak {n}", goals=[K1])
        ),
    ]
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


def test_both_periods_are_shown_with_the_one_that_counts_and_why(demo: FlaskClient) -> None:
    text = words(page(demo, "/initiatives/S17-08?year=2018"))
    assert "Startet og avsluttet, så de faktiske dagene teller: 11. sep. 2017–23. feb. 2018." in text
    assert "Planlagt 4. sep. 2017–28. feb. 2018 Faktisk 11. sep. 2017–23. feb. 2018" in text
    assert "Innenfor 2018 1. jan.–23. feb. 2018, 54 dager" in text
    planned = words(page(demo, "/initiatives/S17-08?year=2018&basis=planned&lang=en"))
    assert "Planned periods are shown, so the plan counts" in planned


def test_one_that_was_stopped_before_it_started_is_said_to_count_nowhere(demo: FlaskClient) -> None:
    """Neither that it is undated, nor that nobody shares its goals: nothing is compared with it."""
    text = words(page(demo, "/initiatives/S18-15?year=2018")).partition("Historie")[0]
    assert "Skulle ha vart 20. aug.–14. des. 2018. Stanset før det startet, og derfor ikke med i tallene." in text
    assert "teller ingen steder, så ingen tiltak er holdt opp mot det." in text
    assert "ikke tidfestet" not in text
    assert "Ingen tiltak på den andre siden" not in text
    part = words(page(demo, "/initiatives/S18-15?year=2018&group=concurrent&lang=en"))
    assert "It was stopped before it started and counts nowhere, so no initiative is compared with it." in part
    focused = words(page(demo, "/timeline?year=2018&focus=S18-15").partition('id="focus"')[2].partition("</aside>")[0])
    assert "Skulle ha vart 20. aug.–14. des. 2018." in focused


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "Overskriften gjelder alle mål og sektorer, «sektor for sektor» alle mål"),
        ("/initiatives/S18-01", "Beslektede tiltak er fra alle mål og sektorer, ikke bare utvalget."),
        ("/changes", "Overskriftene gjelder alle mål og sektorer; endringene gjelder utvalget."),
        ("/what-if", "Overskriften gjelder alle mål og sektorer; rutene gjelder utvalget."),
    ],
)
def test_what_is_about_more_than_the_selection_is_said_to_be(demo: FlaskClient, address: str, said: str) -> None:
    assert said not in words(page(demo, f"{address}?year=2018"))
    for chosen in ("goal=K1", "sector=BLK"):
        assert said in words(page(demo, f"{address}?year=2018&{chosen}"))


def test_a_verdict_is_explained_step_by_step_with_links_to_the_events_of_both(crowded: FlaskClient) -> None:
    html = page(crowded, "/initiatives/C1?year=2018")
    apart = html.partition('id="related-not_concurrent"')[2].partition("</section>")[0]
    text = words(apart)
    assert "Samme mål: K1 Få og tydelige mål. Det lokale støtter også det sentrale" in text
    assert "Ikke startet, så de planlagte dagene teller: 1. mars–30. apr. 2018." in text
    assert "Innenfor 2018: 1.–31. mai 2018, 31 dager." in text
    assert "Det ene slutter 30. apr. 2018, og det andre begynner dagen etter, 1. mai 2018." in text
    local = identity.named("local-initiative", "A:1")
    linked = re.findall(rf'href="/initiatives/{local}[^"#]*#(event-\d+)">([^<]+)<', apart)
    assert [(anchor, said.partition(", registrert")[0]) for anchor, said in linked] == [
        ("event-1", "«Lokalt»: Foreslått"),
        ("event-3", "«Lokalt»: Støtter et sentralt tiltak"),
        ("event-5", "Flyttet"),
    ]
    history = page(crowded, f"/initiatives/{local}?year=2018")
    assert all(f'<tr id="{anchor}">' in history for anchor, _ in linked)


def test_the_page_leads_to_where_the_initiative_is_changed(crowded: FlaskClient) -> None:
    behind_gateway = {"X-Forwarded-Host": "samtidig.example"}
    for reference, kind, owner in (("C1", "central-initiative", "central"), ("A:1", "local-initiative", "local")):
        id_ = identity.resolve(kind, reference)
        owned = f"/{owner}/initiatives/{id_}"
        assert f'href="{owned}"' in page(crowded, f"/initiatives/{reference}?year=2018", **behind_gateway)
        english = page(crowded, f"/initiatives/{reference}?year=2018&lang=en", **behind_gateway)
        assert f'href="/language?to=en&amp;back={owned}"' in english
    assert "/central/initiatives" not in page(crowded, "/initiatives/C1?year=2018"), "alone it knows no other service"


def test_communication_leads_to_where_it_is_planned(crowded: FlaskClient) -> None:
    behind_gateway = {"X-Forwarded-Host": "samtidig.example"}
    owned = f"/communication/activities/{identity.named('communication-activity', 'M1')}"
    for address in ("/initiatives/A:1?year=2018", "/timeline?year=2018"):
        assert f'href="{owned}"' in page(crowded, address, **behind_gateway)
        assert f'href="/language?to=en&amp;back={owned}"' in page(crowded, f"{address}&lang=en", **behind_gateway)
        assert "/communication/" not in page(crowded, address), "alone it knows no other service"
    picture = crowded.get("/timeline.svg?year=2018", headers=behind_gateway).text
    assert f"http://samtidig.example{owned}" in picture


def test_common_days_are_counted_in_words(crowded: FlaskClient) -> None:
    text = words(page(crowded, "/initiatives/A:2?year=2018&lang=en"))
    assert "The first day in common is 1 Apr 2018, the later of the two first days." in text
    assert "The last one is 2 Apr 2018, the earlier of the two last days." in text
    assert "That is 2 days, or 100% of the 2 days that the shorter one has." in text


def test_the_history_says_what_each_event_changed_and_why_and_where_it_is_from(crowded: FlaskClient) -> None:
    html = page(crowded, "/initiatives/A:1?year=2018").partition('class="list history"')[2]
    moved = html.partition('id="event-5"')[2].partition("</details>")[0]
    assert "Flyttet" in words(moved)
    assert "<del>" in moved
    assert "Før: 1.–30. juni 2018 → Etter: 1.–31. mai 2018" in words(moved)
    assert "&lt;b&gt;Ferie&lt;/b&gt;" in moved
    assert "<code>samtidig.local-initiative.rescheduled.v1</code>" in moved
    assert words(html).count("Kilde") == 8
    assert "Støtter : Sentralt" in words(re.sub(r"</dt> ?<dd>", " : ", html).partition('id="event-3"')[2])


def test_what_it_supports_is_named_whatever_is_selected(crowded: FlaskClient) -> None:
    for query in ("year=2018", "year=2018&area=Ingen", "year=2018&audience=leaders"):
        html = page(crowded, f"/initiatives/A:1?{query}")
        assert re.search(r'<dt>Støtter</dt><dd><a href="[^"]+">Sentralt</a></dd>', html), query


def test_what_is_told_beside_the_periods_is_shown_where_there_is_any(crowded: FlaskClient) -> None:
    html = page(crowded, "/initiatives/A:1?year=2018")
    text = words(html)
    assert "Idéfasen, 11. jan. 2018: innbyggere og medarbeidere. «Tre folkemøter»" in text
    assert "I fare for forsinkelse. «Få folk»" in text
    assert "Svar 3. apr. 2018: «Det hjalp»" in text
    assert "«Færre skjemaer»" in text
    assert "&lt;script&gt;lær&lt;/script&gt;" in html
    of_central = page(crowded, "/initiatives/C1?year=2018")
    assert 'id="told-effects"' in of_central
    assert 'id="told-participation"' not in of_central


def test_many_related_ones_are_given_in_parts_and_none_is_left_out(crowded: FlaskClient) -> None:
    first = page(crowded, "/initiatives/C1?year=2018")
    assert "1–12 av 230." in words(first)
    assert len(re.findall('<details class="source"><summary>Hvorfor', first)) == 12 + 1
    following = re.search(r'<a href="([^"]+)">Vis alle 230</a>', first)
    seen: list[str] = []
    while following:
        html = page(crowded, following.group(1).replace("&amp;", "&"))
        seen += re.findall(r'<li><a href="/initiatives/[^"]+">(Tiltak \d+)</a>', html)
        following = re.search(r'<a href="([^"]+)">Vis de neste</a>', html)
    assert len(seen) == len(set(seen)) == RELATED
    beyond = words(page(crowded, "/initiatives/C1?year=2018&group=concurrent&part=99"))
    assert "Det er ikke flere her." in beyond
    assert "Vis alle beslektede tiltak" in beyond


def test_on_paper_all_related_ones_are_there(crowded: FlaskClient) -> None:
    said = "".join(pdfs.pages(pdfs.taken(crowded, "/initiatives/C1.pdf?year=2018")))
    assert "Vis alle" not in said
    assert "av 230." not in said
    names = re.findall(r"Tiltak\s+(\d+)", said)
    assert len(set(names)) == RELATED


@pytest.mark.parametrize("query", ["group=all", "part=0", "part=x", "part=99999999999"])
def test_a_part_that_there_is_not_is_said(crowded: FlaskClient, query: str) -> None:
    assert "Adressen spør om noe som ikke går an" in words(page(crowded, f"/initiatives/C1?{query}", 422))


def test_systems_get_the_same_facts(crowded: FlaskClient) -> None:
    answer = crowded.get("/api/initiatives/A:1?year=2018").json
    own = answer["initiative"]
    assert (own["period_rule"], own["shown_from"], own["shown_to"]) == ("not_started", "2018-05-01", "2018-05-31")
    assert {(source["says"], source["version"]) for source in own["sources"]} == {
        ("planned", 5),
        ("goal", 1),
        ("support", 3),
    }
    (other,) = answer["related"]
    assert (other["shown_from"], other["shown_to"], other["verdict"]) == ("2018-03-01", "2018-04-30", "adjacent")
    assert [source["type"] for source in other["sources"]] == ["samtidig.central-initiative.planned.v1"] * 2
    assert answer["history"][4]["fields"] == [
        {"field": "planned_start", "before": "2018-06-01", "after": "2018-05-01"},
        {"field": "planned_end", "before": "2018-06-30", "after": "2018-05-31"},
    ]
    assert answer["communication"][0]["feedback"] == [{"on": "2018-04-03", "audience": None, "text": "Det hjalp"}]
    assert answer["effects"][0]["effect"] == "Færre skjemaer"
