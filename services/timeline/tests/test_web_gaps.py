"""The page of all gaps: sorted, filtered, page by page, and what it says where there are none."""

import re
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from services.timeline.pages import gaps as gaps_page
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.tests.test_web import page, words


def gaps_of(html: str) -> list[str]:
    return [
        words(item)
        for item in re.findall(r"<li><a href=.*?</li>", html.partition('<ol class="gaps')[2].partition("</ol>")[0])
    ]


def test_all_gaps_of_the_view_are_there_page_by_page(demo: FlaskClient) -> None:
    expected = demo.get("/api/gaps?year=2018&limit=2000").json
    address, found = "/gaps?year=2018", []
    while address:
        html = page(demo, address)
        found += gaps_of(html)
        following = re.search(r'href="(/gaps[^"]*cursor=[^"]*)">Vis de neste', html)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(found) == len(set(found)) == expected["total"] > 50
    assert f"{expected['total']} hull i utvalget." in words(page(demo, "/gaps?year=2018"))
    assert "Du ser en senere del av hullene. Vis de første" in words(html)


def test_the_largest_gaps_of_the_overview_are_the_first_here_and_it_leads_here(demo: FlaskClient) -> None:
    overview = page(demo, "/?year=2018&lang=nb")
    assert 'href="/gaps?year=2018&amp;lang=nb">Se alle hull' in overview
    assert gaps_of(overview)[:5] == gaps_of(page(demo, "/gaps?year=2018&lang=nb"))[:5]


def test_filters_hold_and_are_kept_by_the_form_and_the_language_link(demo: FlaskClient) -> None:
    html = page(demo, "/gaps?year=2018&goal=K3&kind=local_only&min_days=20&sort=date")
    assert all("K3" in gap and "med bare lokalt arbeid" in gap for gap in gaps_of(html))
    assert all(int(days) >= 20 for days in re.findall(r"(\d+) dager med bare", words(html)))
    assert re.search(r'<option value="local_only" selected>', html)
    assert re.search(r'<option value="date" selected>', html)
    assert re.search(r'name="min_days"[^>]* value="20"', html)
    language = re.search(r'class="language" href="([^"]+)"', html)
    assert language
    assert all(name in language[1] for name in ("kind%3Dlocal_only", "min_days%3D20", "sort%3Ddate"))


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("kind=begge", 422, "Bare én side: Må være en av"),
        ("min_days=0", 422, "Minst dager: Må være mellom 1 og"),
        ("min_days=mange", 422, "Minst dager: Feil type: skal være et heltall."),
        ("sort=tilfeldig", 422, "Rekkefølge: Må være en av"),
        ("from=2018-03-01&to=2018-02-01", 422, "Slutten er før starten."),
        ("from=1900-01-01&to=2200-01-01", 422, "Vinduet kan være høyst 50 år."),
        ("cursor=abc", 400, "Markøren er ikke en som vi har gitt ut."),
    ],
)
def test_what_can_not_be_asked_for_is_said(demo: FlaskClient, query: str, status: int, sentence: str) -> None:
    assert sentence in words(page(demo, f"/gaps?{query}", status))


def test_a_move_is_said_to_be_about_the_days_of_the_gap(demo: FlaskClient) -> None:
    """The two may share other days already: so it is not said that they meet."""
    text = words(page(demo, "/gaps?year=2018&kind=central_only"))
    assert re.search(r"Flyttes det \d+ dag(er)? (tidligere|senere), virker begge på én av disse dagene\.", text)
    english = words(page(demo, "/gaps?year=2018&kind=local_only&lang=en"))
    assert re.search(r"Move these local days \d+ days? (earlier|later), and both work on one of them\.", english)
    assert "møtes" not in text
    assert "meet" not in english


def test_what_a_move_costs_is_said_with_it(demo: FlaskClient) -> None:
    """Its trial shows the same days."""
    found = demo.get("/api/gaps?year=2018&limit=2000").json["gaps"]
    costly = next(gap for gap in found if gap["move"] and gap["common_days_after"] < gap["common_days"])
    html = page(demo, f"/gaps?year=2018&goal={costly['goal']}&sector={costly['sector']}")
    said = f"Men i alt blir det færre felles dager: {costly['common_days_after']}, mot {costly['common_days']} nå."
    assert said in words(html)
    gaining = next(gap for gap in found if gap["move"] and gap["common_days_after"] > gap["common_days"] > 1)
    text = words(page(demo, f"/gaps?year=2018&goal={gaining['goal']}&sector={gaining['sector']}&lang=en"))
    assert f"In all, {gaining['common_days_after']} days are then shared, not {gaining['common_days']}." in text


def test_a_move_of_one_that_is_gone_meanwhile_says_no_consequence(demo: FlaskClient) -> None:
    """What was written while a gap was looked at may leave it without the one to move; the next look finds another."""
    gap = demo.get("/api/gaps?year=2018&kind=local_only&limit=2000").json["gaps"]
    row = next(one for one in gap if one["edge"]) | {"edge": None, "common_days_after": None}
    row |= {name: UUID(row[name]) for name in ("goal", "sector")}
    row |= {name: date.fromisoformat(row[name]) for name in ("from", "to")}
    row["nearest"] |= {name: date.fromisoformat(row["nearest"][name]) for name in ("start", "end")}
    with demo.application.test_request_context("/gaps?year=2018"):
        speaker = Speaker("nb")
        (said,) = gaps_page.gaps([row], Names([], [], speaker), speaker, Address(MultiDict({"year": "2018"})))
    assert str(said.way_out).endswith("virker begge på én av dem.")
    assert said.moved_href is None


def test_no_gaps_is_said_with_a_way_on(demo: FlaskClient) -> None:
    assert "Ingen hull passer med dette utvalget. Nullstill" in words(page(demo, "/gaps?year=2018&goal=finnes-ikke"))
    assert "Ingen hull her" in words(page(demo, "/gaps?year=1987"))
    assert "No gaps here" in words(page(demo, "/gaps?year=1987&lang=en"))


def test_titles_are_text_here_too(odd: FlaskClient) -> None:
    html = page(odd, "/gaps?year=2018")
    assert "<img" not in html
    assert "&lt;script&gt;alert(&#39;c&#39;)&lt;/script&gt;" in html
