"""The page of changes: what became known between two days, and what it says to days that make no sense."""

import re

import pytest
from flask.testing import FlaskClient

from services.timeline.tests.test_web import page, words
from shared.http import today
from shared.testing.days import unknown_day

SPRING = "year=2018&from_known=2018-01-01&to_known=2018-05-01"


def test_the_headline_then_and_now_and_every_change_with_its_reason(demo: FlaskClient) -> None:
    html = page(demo, f"/changes?{SPRING}")
    text = words(html)
    answer = demo.get(f"/api/changes?{SPRING}").json
    assert "Kjent 1. jan. 2018" in text
    assert "Kjent 1. mai 2018" in text
    for state in ("before", "after"):
        totals = answer[state]
        assert f"{totals['central_concurrent']} av {totals['central']}" in text
    items = html.split('<ul class="differing">')
    assert len(items) - 1 == sum(1 for n in answer["counts"].values() if n)
    assert html.count('<p class="what">') == len(answer["changes"]) == sum(answer["counts"].values()) > 50
    for change in answer["changes"]:
        assert f'href="/initiatives/{change["id"]}?' in html
        for event in change["events"]:
            assert not event["reason"] or event["reason"] in text


def test_what_was_moved_has_its_old_period_above_its_new_one_and_both_in_words(demo: FlaskClient) -> None:
    html = page(demo, f"/changes?{SPRING}")
    item = html.partition("Maler for tildelingsbrev")[2].partition("</svg>")[0]
    assert "Før: 15. jan.–27. apr. 2018. Etter: 22. jan.–27. apr. 2018. Starten 7 dager senere." in words(item)
    assert item.count('class="ghost"') == item.count('class="central"') == 1
    assert "planlagt" in words(item)


def test_a_change_is_drawn_in_the_colour_of_its_side(demo: FlaskClient) -> None:
    sides = {"central": 0, "local": 0}
    for change in page(demo, f"/changes?{SPRING}").split('<p class="what">')[1:]:
        side, other = ("central", "local") if '<span class="where">Sentralt tiltak<' in change else ("local", "central")
        drawn = change.partition("</svg>")[0]
        assert f'<rect class="{other}"' not in drawn
        sides[side] += drawn.count(f'<rect class="{side}"')
    assert min(sides.values()) > 0


def test_a_change_leads_to_its_event_in_the_history(demo: FlaskClient) -> None:
    html = page(demo, f"/changes?{SPRING}")
    found = re.search(r'href="(/initiatives/[^"#]+)#(event-\d+)">Flyttet', html)
    assert found
    assert f'<tr id="{found[2]}">' in page(demo, found[1].replace("&amp;", "&"))


def test_without_days_it_is_a_month_ago_and_now_and_the_overview_leads_there(demo: FlaskClient) -> None:
    assert "Kjent nå" in words(page(demo, "/changes?year=2018"))
    assert "Ingenting er endret mellom de to dagene i dette utvalget." in words(page(demo, "/changes?year=2018"))
    assert "Ingenting er endret siden" in words(page(demo, "/?year=2018"))
    overview = page(demo, "/?year=2018&known_on=2018-05-01")
    assert "Endret siden 1. apr. 2018" in words(overview)
    assert 'href="/changes?year=2018&amp;known_on=2018-05-01"' in overview
    counts = demo.get("/api/changes?year=2018&from_known=2018-04-01&to_known=2018-05-01").json["counts"]
    assert f"{counts['moved']} flyttet og {counts['changed']} endret på annen måte." in words(overview)


def test_the_day_of_the_other_pages_is_the_later_one_and_follows_back(demo: FlaskClient) -> None:
    html = page(demo, "/changes?year=2018&known_on=2018-05-01")
    assert 'name="to_known" max="' in html
    assert 'value="2018-05-01"' in html
    assert 'value="2018-04-01"' in html
    assert 'href="/timeline?year=2018&amp;known_on=2018-05-01"' in html
    assert 'id="known_on"' not in html


@pytest.mark.parametrize("path", ["/", "/timeline"])
def test_a_page_as_it_was_known_says_what_was_added_moved_and_removed_since(demo: FlaskClient, path: str) -> None:
    html = page(demo, f"{path}?year=2018&known_on=2018-03-31&sector=FIN")
    counts = demo.get("/api/changes?from_known=2018-03-31&year=2018&sector=FIN").json["counts"]
    assert counts["moved"]
    assert "Siden da: " in words(html)
    assert f"{counts['moved']} flyttet" in words(html)
    (href,) = set(re.findall(r'href="(/changes\?[^"]*from_known=[^"]*)"', html))
    compared = page(demo, href.replace("&amp;", "&"))
    assert 'id="from_known" type="date" name="from_known" max="' in compared
    assert 'value="2018-03-31"' in compared
    assert "Siden da" not in page(demo, f"{path}?year=2018&sector=FIN")


def test_where_nothing_has_changed_since_it_is_said(demo: FlaskClient) -> None:
    text = words(page(demo, f"/timeline?year=2018&known_on={today()}"))
    assert "Ingenting er endret siden da." in text


def test_more_changes_come_in_pages(demo: FlaskClient) -> None:
    address, found = "/changes?year=2018&from_known=2017-01-01&to_known=2018-12-31", 0
    while address:
        html = page(demo, address)
        found += html.count('<p class="what">')
        following = re.search(r'href="(/changes[^"]*cursor=[^"]*)">Vis de neste', html)
        address = following[1].replace("&amp;", "&") if following else ""
    counts = demo.get("/api/changes?year=2018&from_known=2017-01-01&to_known=2018-12-31").json["counts"]
    assert found == sum(counts.values()) > 100
    assert counts["added"] > 100


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("from_known=2018-05-01&to_known=2018-01-01", 422, "Kjent til: Slutten er før starten."),
        ("from_known=i+går", 422, "Kjent fra: Ikke en dato som finnes"),
        ("from_known={unknown_day}", 422, "Kjent fra: Ingen vet ennå"),
        ("to_known={unknown_day}", 422, "Kjent til: Ingen vet ennå"),
        ("to_known=0001-01-01", 422, "Kjent til: Må være mellom"),
        ("from=2018-03-01&to=2018-02-01", 422, "Slutten er før starten."),
        ("from=1900-01-01&to=2200-12-31", 422, "Vinduet kan være høyst 50 år."),
        ("cursor=abc", 400, "Markøren er ikke en som vi har gitt ut."),
    ],
)
def test_what_can_not_be_asked_for_is_said(demo: FlaskClient, query: str, status: int, sentence: str) -> None:
    assert sentence in words(page(demo, f"/changes?{query.format(unknown_day=unknown_day())}", status))


def test_the_earliest_day_of_all_and_an_empty_timeline(demo: FlaskClient, empty: FlaskClient) -> None:
    assert "nye" in words(page(demo, "/changes?year=2018&from_known=1900-01-01"))
    assert "Ingenting er endret" in words(page(empty, "/changes?to_known=1900-01-01"))
    assert "Nothing changed between the two days" in words(page(empty, "/changes?lang=en"))
