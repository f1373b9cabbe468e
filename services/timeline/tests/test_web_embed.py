"""One goal or one sector in the page of somebody else: framed by anyone, run by nobody, the same figures."""

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from services.timeline.tests.test_web import page, words
from shared import identity
from shared.http import today
from shared.testing.days import unknown_day

OTHERS = ("/", "/timeline", "/gaps", "/changes", "/what-if", "/learning", "/status", "/initiatives/S18-01", "/nowhere")


def policy(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers={"Accept": "text/html"})
    return str(response.headers["Content-Security-Policy"])


def snippet(html: str) -> str:
    """The HTML to be copied, as it is copied."""
    return unescape(html.partition('<textarea id="embed"')[2].partition(">")[2].partition("</textarea>")[0])


def test_a_goal_or_a_sector_is_shown_with_a_sentence_the_chart_and_its_table(demo: FlaskClient) -> None:
    for asked, heading in (
        ("goal=K3", "K3 Gode beslutningsgrunnlag"),
        ("sector=BLK", "Byrådsleders kontor"),
        ("goal=K3&sector=BLK&lanes=goal", "K3 Gode beslutningsgrunnlag, Byrådsleders kontor"),
    ):
        html = page(demo, f"/embed?{asked}&year=2018&lang=nb")
        whole = page(demo, f"/timeline?{asked}&year=2018&lang=nb")
        assert f"<h1>{heading}</h1>" in html
        items = demo.get(f"/api/timeline?{asked.partition('&lanes')[0]}&year=2018&limit=2000").json["items"]
        local = [item for item in items if item["lane"] == "local" and not item["undated"]]
        meeting = sum(bool(item["common"]) for item in local)
        assert f"I 2018 virker {meeting} av {len(local)} lokale tiltak samtidig med sentrale tiltak." in words(html)
        for part in ('<path class="bar ', '<tr class="dated"', 'fill="url(#hatch)"'):
            assert html.count(part) == whole.count(part) > 0
        assert re.search(r"(Oppdatert|Sist oppdatert) for", words(html))


def test_links_open_beside_the_page_that_it_stands_in_and_lead_to_the_whole_page(demo: FlaskClient) -> None:
    html = page(demo, "/embed?goal=K3&year=2018&lanes=goal&lang=en")
    assert '<base target="samtidig">' in html
    assert '<a href="/timeline?year=2018&amp;goal=K3&amp;lang=en&amp;lanes=goal">See the whole timeline' in html
    hrefs = re.findall(r'<a[^>]* href="([^"]+)"', html)
    assert not [href for href in hrefs if href.startswith(("#", "/embed"))]
    assert any("focus=" in href and "lanes=goal" in href for href in hrefs)


def test_it_runs_nothing_sets_nothing_and_anybody_may_frame_it(demo: FlaskClient) -> None:
    response = demo.get("/embed?goal=K3&year=2018")
    assert "<script" not in response.text
    assert "<form" not in response.text
    assert "Set-Cookie" not in response.headers
    assert "X-Frame-Options" not in response.headers
    assert policy(demo, "/embed?goal=K3").endswith("frame-ancestors *")
    assert "script-src" not in policy(demo, "/embed?goal=K3")
    assert policy(demo, "/embed").endswith("frame-ancestors *")  # what is missing is said in the frame


@pytest.mark.parametrize("address", OTHERS)
def test_no_other_page_may_be_framed(demo: FlaskClient, address: str) -> None:
    assert "frame-ancestors 'none'" in policy(demo, address)
    assert "frame-ancestors *" not in policy(demo, address)


def test_without_a_goal_or_a_sector_it_says_what_is_missing(demo: FlaskClient) -> None:
    html = page(demo, "/embed?year=2018", 422)
    assert "?goal=&lt;kode&gt; eller ?sector=&lt;kode&gt;" in words(html)
    assert "Mål: Si hvilket mål eller hvilken sektor som skal vises" in words(html)
    assert "Say which goal or which sector" in words(page(demo, "/embed?lang=en", 422))
    assert '<nav aria-label="Hovedmeny"' not in html
    assert "Ingen vet ennå" in words(page(demo, f"/embed?goal=K3&known_on={unknown_day()}", 422))
    assert "Må være en av" in words(page(demo, "/embed?goal=K3&lanes=farge", 422))


def test_what_nobody_knows_and_what_has_no_days_is_said(demo: FlaskClient, empty: FlaskClient) -> None:
    assert "Ingen lokale tiltak har dager" in words(page(demo, "/embed?goal=finnes-ikke&year=2018"))
    assert "Ingen lokale tiltak har dager" in words(page(demo, "/embed?goal=K3&year=1950"))
    assert "No local initiative has days" in words(page(empty, "/embed?sector=BLK&lang=en"))


@pytest.mark.parametrize(
    ("language", "name"), [("nb", "«NOPE», som ikke er på tidslinjen"), ("en", "“NOPE”, which is not on the timeline")]
)
def test_what_is_not_on_the_timeline_is_called_what_it_was_asked_for_as(
    demo: FlaskClient, language: str, name: str
) -> None:
    for what in ("goal", "sector"):
        asked = f"{what}=NOPE&year=2018&lang={language}"
        embedded, timeline = page(demo, f"/embed?{asked}"), page(demo, f"/timeline?{asked}")
        assert f"<h1>{name}</h1>" in embedded
        assert name in words(timeline)
        feed = demo.get(f"/calendar.ics?{what}=NOPE&lang={language}").text
        assert f"X-WR-CALNAME:Samtidig: {name.partition(',')[0]}" in feed
        for text in (embedded, timeline, feed):
            assert str(identity.named(what, "NOPE")) not in text


def test_what_is_referred_to_and_asked_for_is_called_so(odd: FlaskClient) -> None:
    assert "Bare sektoren Uløst sektor borte, under" in words(page(odd, "/timeline?year=2018&sector=borte"))


def test_as_it_was_known_says_so(demo: FlaskClient) -> None:
    assert date(2018, 5, 31) < today()
    html = words(page(demo, "/embed?goal=K3&year=2018&known_on=2018-05-31"))
    assert "Slik det var kjent ved utgangen av 31. mai 2018." in html


def test_titles_are_text_whatever_they_look_like(odd: FlaskClient) -> None:
    html = page(odd, "/embed?goal=K1&year=2018")
    assert "<h1>K1 &lt;script&gt;alert(&#39;mål&#39;)&lt;/script&gt;</h1>" in html
    assert "2 lokale tiltak" not in html
    assert "1 lokalt tiltak er ikke tidfestet" in words(html)


def test_the_timeline_of_one_goal_or_sector_has_html_to_copy_and_other_timelines_have_none(
    demo: FlaskClient, odd: FlaskClient
) -> None:
    timeline = page(demo, "/timeline?year=2018&goal=K3&lanes=goal&lang=en")
    assert "on another site, as it is when the page is loaded:" in words(timeline)
    code = snippet(timeline)
    (src,) = re.findall(r'<iframe src="http://localhost(/embed\?[^"]+)"', code)
    assert 'title="K3 Gode beslutningsgrunnlag, timeline 2018"' in code
    assert "<h1>K3 Gode beslutningsgrunnlag</h1>" in page(demo, unescape(src))
    assert "lanes=goal" in src
    assert "/embed" not in page(demo, "/timeline?year=2018")
    assert snippet(page(odd, "/timeline?goal=K1&year=2018")).count("<") == 2


def test_the_address_in_it_is_that_of_the_gateway(demo: FlaskClient) -> None:
    forwarded = {"X-Forwarded-Host": "samtidig.example", "X-Forwarded-Proto": "https"}
    html = page(demo, "/timeline?year=2018&sector=BLK", **forwarded)
    assert '<iframe src="https://samtidig.example/embed?' in snippet(html)
    assert 'readonly value="https://samtidig.example/timeline?year=2018&amp;sector=BLK"' in html
