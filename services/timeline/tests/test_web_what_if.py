"""What if, as a person meets it: a scenario that lives in the address, forms that add to it, a list to hand over."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from services.timeline.tests.test_web import HTML, page, words
from services.timeline.tests.test_web_exports import table, workbook
from shared import identity

SCENARIO = "year=2018&move=S18-02:2018-03-01..2018-03-31&drop=BLK:T01&add=EHA:K3:2018-02-01..2018-05-31"


def test_the_headline_and_the_cells_before_and_after(demo: FlaskClient) -> None:
    html = page(demo, f"/what-if?{SCENARIO}")
    text = words(html)
    answer = demo.post(
        "/api/what-if?year=2018",
        json={
            "changes": [
                {"change": "move", "initiative": "S18-02", "start": "2018-03-01", "end": "2018-03-31"},
                {"change": "drop", "initiative": "BLK:T01"},
                {"change": "add", "sector": "EHA", "goal": "K3", "start": "2018-02-01", "end": "2018-05-31"},
            ]
        },
    ).json
    for state in ("before", "after"):
        totals = answer[state]["totals"]
        assert f"{totals['central_concurrent']} av {totals['central']}" in text
    before, after = (
        {(cell["goal"], cell["sector"]): cell for cell in answer[state]["cells"]} for state in ("before", "after")
    )
    differing = [place for place in before if before[place] != after[place]]
    table = html.partition('<table class="list stacked compared"')[2].partition("</table>")[0]
    assert table.count('<th scope="row"') == len(differing) > 5
    assert "Flytt «Gjennomgang av rapporteringskrav i sektorene» (Sentralt tiltak)." in text.replace("« ", "«").replace(
        " »", "»"
    )
    assert "Legg til et lokalt tiltak i Eldre, helse og arbeid for K3 Gode beslutningsgrunnlag" in text


def test_nothing_is_stored(demo: FlaskClient) -> None:
    before = demo.get("/api/matrix?year=2018").json
    page(demo, f"/what-if?{SCENARIO}")
    assert demo.get("/api/matrix?year=2018").json == before


def test_each_change_can_be_undone_and_all_of_them(demo: FlaskClient) -> None:
    html = page(demo, f"/what-if?{SCENARIO}&move=S18-03:2018-05-01..")
    undo = [
        parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in re.findall(r'<a href="([^"]*)">Angre<', html)
    ]
    assert [sum(len(of.get(what, [])) for what in ("move", "drop", "add")) for of in undo] == [3, 3, 3, 3]
    assert undo[0]["move"] == ["S18-03:2018-05-01.."]
    assert undo[1]["move"] == ["S18-02:2018-03-01..2018-03-31"]
    assert "drop" not in undo[2]
    assert 'href="/what-if?year=2018">Angre alle' in html


@pytest.mark.parametrize(
    ("query", "name", "text"),
    [
        ("what=move&initiative=S18-02&start=2018-03-01&end=", "move", "S18-02:2018-03-01.."),
        ("what=drop&initiative=BLK:T01", "drop", "BLK:T01"),
        ("what=drop&initiative=rapporteringskrav+sektorene", "drop", "S18-02"),
        ("what=add&side=EHA&for_goal=K3&start=2018-03-01&end=2018-04-01", "add", "EHA:K3:2018-03-01..2018-04-01"),
        ("what=add&side=central&for_goal=K3&start=&end=2018-04-01", "add", "central:K3:..2018-04-01"),
    ],
)
def test_a_form_adds_a_change_to_the_address(demo: FlaskClient, query: str, name: str, text: str) -> None:
    response = demo.get(f"/what-if?year=2018&drop=S17-08&{query}", headers=HTML)
    assert response.status_code == 303
    there = parse_qs(urlsplit(response.headers["Location"]).query)
    assert there.pop(name) == (["S17-08", text] if name == "drop" else [text])
    assert there == {"year": ["2018"], **({} if name == "drop" else {"drop": ["S17-08"]})}
    page(demo, response.headers["Location"])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("what=move&initiative=&start=&end=", "Må fylles ut."),
        ("what=move&initiative=finnesikke&start=2018-01-01", "Ingen tiltak har denne teksten i tittelen."),
        ("what=move&initiative=%25%00&start=2018-01-01", "Ingen tiltak har denne teksten i tittelen."),
        ("what=drop&initiative=le", "Flere tiltak passer. Velg ett av dem."),
        ("what=move&initiative=S18-02&start=2018-03-01&end=2018-02-01", "Slutten er før starten."),
        ("what=move&initiative=S18-02&start=30.02.2018", "Ikke en dato som finnes"),
        ("what=move&initiative=S18-02&start=0001-01-01", "Fra og med: Må være mellom 1. jan. 1900 og"),
        ("what=move&initiative=S18-02&end=9999-12-31", "Til og med: Må være mellom 1. jan. 1900 og"),
        ("what=add&side=EHA&for_goal=&start=2018-03-01", "Må fylles ut."),
        (f"what=drop&initiative={'x' * 400}", "Høyst 300 tegn."),
    ],
)
def test_a_form_that_makes_no_change_says_why_and_keeps_what_was_typed(
    demo: FlaskClient, query: str, sentence: str
) -> None:
    html = page(demo, f"/what-if?year=2018&{query}", 422)
    assert sentence in words(html)
    assert "Endringen kan ikke legges til" in words(html)
    if "start=2018-03-01" in query:
        assert 'value="2018-03-01"' in html


def test_titles_of_the_window_are_suggested_central_ones_first(demo: FlaskClient) -> None:
    suggested = re.findall(r'<option value="([^"]*)"></option>', page(demo, "/what-if?year=2018"))
    bars = demo.get("/api/timeline?year=2018&limit=1000").json["items"]
    central, local = ({bar["title"] for bar in bars if bar["lane"] == lane} for lane in ("central", "local"))
    assert {unescape(title) for title in suggested} == central | local
    assert unescape(suggested[0]) in central
    assert unescape(suggested[-1]) in local


def test_several_initiatives_are_offered_to_choose_from(demo: FlaskClient) -> None:
    html = page(demo, "/what-if?year=2018&what=drop&initiative=le", 422)
    offered = re.findall(
        r'<option value="([^"]+)">', html.partition('<select id="drop-initiative"')[2].partition("</select>")[0]
    )
    assert len(offered) > 1
    assert demo.get(f"/what-if?year=2018&what=drop&initiative={offered[1]}", headers=HTML).status_code == 303


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("move=S18-02", "Skriv en flytting som"),
        ("move=S18-02:2018-03-01..2018-02-01", "Flytt: Slutten er før starten."),
        ("move=S18-02:2018-02-30..", "Flytt: Ikke en dato som finnes"),
        ("move=S18-02:0001-01-01..9999-12-31", "Flytt: Må være mellom"),
        ("add=K3", "Skriv et nytt tiltak som"),
        ("drop=finnes-ikke", "Ta bort: Tidslinjen kjenner ikke noe tiltak som heter «finnes-ikke»"),
        ("drop=" + quote("<script>alert(1)</script>"), "&lt;script&gt;"),
        ("drop=%00", "Tidslinjen kjenner ikke noe tiltak"),
        ("drop=S18-02&move=S18-02:2018-01-01..", "«S18-02» er endret to ganger."),
        ("&".join(f"add=EHA:K1:2018-01-{1 + n % 28:02}.." for n in range(51)), "Høyst 50 endringer om gangen."),
        ("from=2018-03-01&to=2018-02-01", "Slutten er før starten."),
    ],
)
@pytest.mark.parametrize("path", ["/what-if", "/what-if.xlsx"])
def test_a_scenario_that_can_not_be_is_said(demo: FlaskClient, path: str, query: str, sentence: str) -> None:
    assert sentence in words(page(demo, f"{path}?{query}", 422))


def test_a_full_scenario_takes_no_more(demo: FlaskClient) -> None:
    full = "&".join(f"add=EHA:K1:2018-01-{1 + n % 28:02}.." for n in range(50))
    html = page(demo, f"/what-if?year=2018&{full}")
    assert "Forslaget har 50 endringer, og flere er det ikke plass til." in words(html)
    again = page(demo, f"/what-if?year=2018&{full}&what=drop&initiative=S18-02")
    assert "Forslaget har 50 endringer, og flere er det ikke plass til." in words(again)


@pytest.mark.parametrize("path", ["/", "/timeline", "/gaps", "/changes", "/learning", "/plan", "/initiatives/S18-03"])
def test_a_scenario_goes_along_from_page_to_page_until_it_is_put_away(demo: FlaskClient, path: str) -> None:
    html = page(demo, f"{path}?{SCENARIO}")
    assert "Du har et forslag med 3 endringer. Det vises ikke her." in words(html)
    asked = parse_qs(SCENARIO)
    links = [parse_qs(urlsplit(unescape(link)).query) for link in re.findall(r'href="(/what-if\?[^"]*)"', html)]
    assert links
    assert all(set(asked[what]) <= set(link[what]) for link in links for what in ("move", "drop", "add"))
    assert html.partition('<section class="selection"')[2].partition("</form>")[0].count('name="move"') == 1
    assert not any("move=" in link for link in re.findall(r'value="(http[^"]*)"', html))
    (put_away,) = re.findall(r'href="([^"]*)">Legg det bort<', html)
    assert "Du har et forslag" not in words(page(demo, unescape(put_away)))


def test_moves_of_gaps_are_added_to_a_scenario_and_one_takes_the_place_of_another(demo: FlaskClient) -> None:
    def moves(address: str) -> list[list[str]]:
        links = re.findall(r'href="(/what-if[^"]+)">(?:Prøv|Legg) flyttingen', page(demo, address))
        return [parse_qs(urlsplit(unescape(link)).query)["move"] for link in links]

    alone = moves("/gaps?year=2018")
    (first,) = alone[0]
    assert {len(some) for some in alone} == {1}
    assert moves(f"/gaps?year=2018&move={quote(first)}")[0] == [first]
    name = first.rpartition(":")[0]
    elsewhere = f"{name}:2018-01-01..2018-01-02"
    along = moves(f"/gaps?year=2018&move={quote(elsewhere)}")
    assert along[0] == [first]
    assert [elsewhere, *next(some for some in alone if not some[0].startswith(f"{name}:"))] in along


def test_a_scenario_says_the_days_that_it_gains_and_loses(demo: FlaskClient) -> None:
    text = words(page(demo, "/what-if?year=2018&drop=S18-03"))
    assert re.search(r"\d+ → \d+ \([+−]\d+\)", text)
    assert "Setningen om året er den samme som før" not in text
    small = demo.get("/api/gaps?year=2018&limit=2000").json["gaps"]
    gap = next(gap for gap in small if gap["move"] and gap["common_days_after"] == gap["common_days"] + 1)
    (move, *_) = re.findall(r"move=([^&\"]+)", page(demo, f"/gaps?year=2018&goal={gap['goal']}&sector={gap['sector']}"))
    assert "Setningen om året er den samme som før" in words(page(demo, f"/what-if?year=2018&move={move}"))


def test_the_changes_are_handed_over_as_a_spreadsheet(demo: FlaskClient) -> None:
    text = page(demo, f"/what-if?{SCENARIO}&lang=nb")
    offered = [unescape(link) for link in re.findall(r'href="([^"]+)">Regneark', text)]
    assert [link.partition("?")[0] for link in offered] == ["/what-if.xlsx", "/what-if.csv"]
    rows = workbook(demo, offered[0])
    first, second, third = table(demo, offered[1])
    assert [row["Endring"] for row in (first, second, third)] == ["Flytt", "Ta bort", "Legg til"]
    assert [row["Referanse"] for row in (first, second, third)] == ["S18-02", "BLK:T01", ""]
    assert (first["Fra etter"], first["Til etter"], second["Fra etter"]) == ("2018-03-01", "2018-03-31", "")
    assert (third["Sektorkode"], third["Målkode"], third["Side"]) == ("EHA", "K3", "lokalt tiltak")
    assert [row["Referanse"] for row in rows] == ["S18-02", "BLK:T01", None]
    assert rows[0]["Fra etter"] == date(2018, 3, 1)
    answer = demo.get(offered[1])
    assert answer.headers["Content-Disposition"] == "attachment; filename=samtidig-what-if-2018.csv"
    assert "Regneark" not in page(demo, "/what-if?year=2018&lang=nb")


def test_the_changes_are_said_as_text_to_copy(demo: FlaskClient, odd: FlaskClient) -> None:
    text = page(demo, f"/what-if?{SCENARIO}").partition("<textarea")[2].partition("</textarea>")[0]
    assert [line.partition(".")[0] for line in text.partition(">")[2].strip().splitlines()] == ["1", "2", "3"]
    assert "<script>" not in page(odd, "/what-if?year=2018&move=C1:2018-01-01..&drop=A:1")


def test_the_smallest_move_of_a_gap_is_tried_with_one_step_and_gives_a_common_day(demo: FlaskClient) -> None:
    html = page(demo, "/gaps?year=2018&goal=K3&sector=BLK")
    moves = [link.replace("&amp;", "&") for link in re.findall(r'href="(/what-if[^"]+)">Prøv flyttingen', html)]
    assert moves
    for address in moves:
        assert re.search(r"move=BLK:\w+:\d{4}-\d\d-\d\d\.\.", address)
        page(demo, address)


def test_an_initiative_that_was_stopped_is_not_moved(demo: FlaskClient) -> None:
    stopped = next(
        change["id"]
        for change in demo.get("/api/changes?year=2018&from_known=2018-01-01").json["changes"]
        if change["kind"] == "removed"
    )
    assert "stanset før det startet" in words(page(demo, f"/what-if?move={stopped}:2018-01-01..", 422))


def test_an_empty_timeline_has_the_forms_too(empty: FlaskClient) -> None:
    assert "Legg en endring til forslaget" in words(page(empty, "/what-if"))
    html = page(empty, "/what-if?year=2018&add=central:K1:2018-01-01..2018-02-01&lang=en")
    assert f"Unresolved goal {identity.named('goal', 'K1')}" in words(html)
    assert "0 of 1" in words(html)
