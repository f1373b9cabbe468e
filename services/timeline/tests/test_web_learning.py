"""The page of what sectors learnt: found, marked, cut into pages; whatever is asked, it says something and a way on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page
from shared import identity
from shared.testing.plugin import Postgres

SHARED = datetime(2018, 3, 1, 9, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script> & <mark>team</mark>'


@pytest.fixture(scope="module")
def many(postgres: Postgres) -> Iterator[FlaskClient]:
    """More than a page of them, one of them with text that is code, one of an unknown sector."""
    tell = Teller()
    retired = identity.named("goal", "K1")
    events = [tell.goal("K1", "Få mål"), tell.sector("A", "Første sektor"), tell.event("goal.retired", retired)]
    for n in range(40):
        name = f"T{n}"
        told = tell.local(name, "A" if n else "borte", title=f"Tiltak {n}", goals=[retired])
        stream = identity.named("local-initiative", f"{'A' if n else 'borte'}:{name}")
        text, tags = (HOSTILE, ['"><img src=x>', "a&b"]) if n == 39 else (f"Lærdom nummer {n}", ["alle"])
        day = SHARED + timedelta(days=n)
        events += [*told, tell.event("local-initiative.learning-shared", stream, day, text=text, tags=tags)]
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


def lessons(text: str) -> list[str]:
    return re.findall(r"<blockquote>(.*?)</blockquote>", text, re.DOTALL)


def test_everything_that_was_shared_is_there_with_whom_it_is_from_and_its_source(demo: FlaskClient) -> None:
    text = page(demo, "/learning?lang=nb")
    assert len(lessons(text)) == 12
    assert "12 erfaringer er delt." in text
    assert "Tavlemøtet virker når lederen står bakerst." in text
    assert "Medarbeidernes tavlemøte</a>, Eldre, helse og arbeid, Bydel Østensjø." in text
    assert "samtidig.local-initiative.learning-shared.v1" in text
    assert re.search(r'href="/initiatives/[0-9a-f-]{36}\?lang=nb&amp;year=\d+#event-\d+">Delt ', text) or re.search(
        r'href="/initiatives/[0-9a-f-]{36}\?[^"#]*#event-\d+">Delt ', text
    )
    assert 'aria-current="page">Læring</a>' in text


def test_a_word_in_another_form_is_found_in_every_sector_and_marked(demo: FlaskClient) -> None:
    text = page(demo, "/learning?lang=nb&q=rapporter")
    assert len(lessons(text)) == 1
    assert "kutte en <mark>rapport</mark> når" in lessons(text)[0]
    assert "Treff på «rapporter»" in text
    assert "1 treff." in text
    assert 'value="rapporter"' in text


def test_a_tag_a_goal_and_a_sector_choose(demo: FlaskClient) -> None:
    text = page(demo, "/learning?lang=nb&tag=Hjemmetjeneste")
    assert len(lessons(text)) == 3
    assert 'aria-current="true">hjemmetjeneste <span class="n">3</span>' in text
    assert len(lessons(page(demo, "/learning?goal=K2&sector=FIN"))) == 1
    assert len(lessons(page(demo, "/learning?tag=hjemmetjeneste&goal=K2&q=brukere"))) == 1


@pytest.mark.parametrize("window", [{"year": "2018"}, {"from": "2018-03-01", "to": "2018-04-30"}])
@pytest.mark.parametrize("form", ['<section class="selection"', '<form class="search"'])
def test_both_forms_keep_all_that_the_address_says(demo: FlaskClient, form: str, window: dict[str, str]) -> None:
    of_initiatives = {"basis": "planned", "agency": "BOS", "area": "Ledelse & <b>", "audience": "leaders"}
    here = {"known_on": "2018-12-01", "goal": "K2", "sector": "FIN", "q": "brukere", "tag": "team"}
    asked = {**window, **of_initiatives, "status": "started", **here, "lang": "nb"}
    text = page(demo, f"/learning?{urlencode(asked)}")
    assert sent_by(text.partition(form)[2].partition("</form>")[0]) == asked


def sent_by(form: str) -> dict[str, str]:
    """What a form sends as it stands there."""
    inputs = re.findall(r'<input[^>]* name="([^"]+)" [^>]*?value="([^"]*)"', form)
    chosen = re.findall(
        r'<select[^>]* name="([^"]+)">(?:(?!</select>).)*<option value="([^"]+)" selected>', form, re.DOTALL
    )
    return {name: unescape(value) for name, value in inputs + chosen}


def test_page_by_page_from_the_newest_to_the_first(many: FlaskClient) -> None:
    text = page(many, "/learning?lang=en&q=nummer")
    found = lessons(text)
    assert "39 found." in text
    following = re.search(r'<p class="pager"><a href="([^"]+)">Show more', text)
    assert following
    rest = page(many, following.group(1).replace("&amp;", "&"))
    found += lessons(rest)
    assert found == [f"Lærdom <mark>nummer</mark> {n}" for n in range(38, -1, -1)]
    assert "You see a later part of the learning." in rest


def test_text_that_is_code_is_text(many: FlaskClient) -> None:
    for query in ("", "&q=team", "&q=alert"):
        text = page(many, f"/learning?tag=a%26b{query}")
        assert len(lessons(text)) == 1
        assert re.sub("</?mark>", "", lessons(text)[0]) == (
            "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &lt;mark&gt;team&lt;/mark&gt;"
        )
    assert "<mark>alert</mark>" in lessons(text)[0]


def test_a_retired_goal_is_named_and_an_unknown_sector_is_unresolved(many: FlaskClient) -> None:
    text = page(many, "/learning?lang=nb&q=0")
    assert "Få mål (avviklet)" in text
    assert "Uløst sektor" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=xyzzyplugh", "Ingen delte erfaringer passer"),
        ("q=%26+%7C+%21", "«&amp; | !» har ingen ord å lete etter"),
        ("q=og+i", "«og i» har ingen ord å lete etter"),
        ("q=%27%29%3B+drop+table+learning%3B+--", "Ingen delte erfaringer passer"),
        ("q=%3Cscript%3Ealert(1)%3C/script%3E", "Ingen delte erfaringer passer"),
        ("tag=finnesikke", "Ingen delte erfaringer passer"),
        ("goal=finnesikke", "Ingen delte erfaringer passer"),
        ("known_on=2016-01-01", "Ingen har delt noe de har lært ennå."),
    ],
)
def test_where_nothing_is_found_the_page_says_so_and_leads_on(demo: FlaskClient, query: str, said: str) -> None:
    text = page(demo, f"/learning?lang=nb&{query}")
    assert said in text
    assert re.search(r'<p class="notice">[^<]*<a href="/(learning|timeline)', text)


def test_nothing_was_shared_at_all(empty: FlaskClient) -> None:
    assert "Nobody has shared anything learnt yet." in page(empty, "/learning?lang=en")
    assert len(lessons(page(empty, "/learning?q="))) == 0


@pytest.mark.parametrize(
    ("query", "where", "status"),
    [
        (f"q={'a' * 201}", "Søk i læringen", 422),
        (f"q={'%20ord' * 3000}", "Søk i læringen", 422),
        ("q=a%00b", "Søk i læringen", 422),
        ("known_on=2999-01-01", "Slik det var kjent", 422),
        ("year=2999999", "Planår", 422),
        ("cursor=tull", "", 400),
    ],
)
def test_what_cannot_be_asked_is_said_where(demo: FlaskClient, query: str, where: str, status: int) -> None:
    assert where in page(demo, f"/learning?lang=nb&{query}", status=status)


def test_as_it_was_known(demo: FlaskClient) -> None:
    text = page(demo, "/learning?lang=nb&known_on=2018-05-31")
    assert 1 < len(lessons(text)) < 12
    assert "slik den var kjent ved utgangen av 31. mai 2018" in text


def test_the_api_says_the_same(demo: FlaskClient) -> None:
    found = demo.get("/api/learning?q=team&limit=2").json
    assert found["total"] == 4
    assert {row["tag"]: row["learnings"] for row in found["tags"]}["team"] == 3
    assert sorted(found["learnings"][0])[:3] == ["actor", "agency", "event"]
    assert demo.get("/api/learning?limit=5").json["next"]
    assert demo.get("/api/learning?from=2018-01-01").status_code == 422
    assert demo.get("/api/learning?q=" + "a" * 201).status_code == 422
