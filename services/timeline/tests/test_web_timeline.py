"""The timeline page: windows, lanes by sector, goal or area, folded lanes, gap marks; all of it in the address."""

import re
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from services.timeline import gaps as gaps_of
from services.timeline.tests import pdfs
from services.timeline.tests.test_web import UNTOLD, page, words


def links(html: str) -> dict[str, str]:
    """What the links of the controls say → where they lead."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', html.partition('class="tools"')[2].partition("<svg")[0])
    return {words(text): href.replace("&amp;", "&") for href, text in found}


def asked(href: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(href).query).items()}


def lane(html: str, key: str) -> str:
    return html.partition(f'id="lane-{key}"')[2].partition("</section>")[0]


def test_windows_before_and_after_and_of_every_length_are_a_link_away(demo: FlaskClient) -> None:
    offered = links(page(demo, "/timeline?year=2018&lanes=goal&lang=nb"))
    assert asked(offered["uke"]) == {"from": "2018-01-01", "to": "2018-01-07", "lanes": "goal", "lang": "nb"}
    assert asked(offered["måned"])["to"] == "2018-01-31"
    assert asked(offered["tertial"])["to"] == "2018-04-30"
    assert asked(offered["flere år"])["from"] == "2017-01-01"
    assert asked(offered["alt som vises"])["from"] < "2018-01-01"
    assert asked(offered["← 2017"]) == {"year": "2017", "lanes": "goal", "lang": "nb"}
    assert asked(offered["2019 →"])["year"] == "2019"
    assert "<h1>Tidslinje 2017–2018</h1>" in page(demo, offered["flere år"])
    week = page(demo, offered["uke"])
    assert re.search(r'aria-current="true">uke</a>', week)
    assert asked(links(week)["år"])["year"] == "2018"


def test_by_goal_an_initiative_stands_with_each_of_its_goals_and_the_lane_agrees_with_the_matrix(
    demo: FlaskClient,
) -> None:
    html = page(demo, "/timeline?year=2018&lanes=goal")
    items = demo.get("/api/timeline?year=2018&limit=2000").json["items"]
    matrix = demo.get("/api/matrix?year=2018").json
    for goal in matrix["goals"]:
        shown = lane(html, goal["external_id"])
        local = [i for i in items if i["lane"] == "local" and goal["id"] in i["goals"] and not i["undated"]]
        assert shown.count('<path class="bar local"') == len(local)
        cell = next(c for c in matrix["cells"] if c["goal"] == goal["id"] and c["sector"] is None)
        assert shown.count('<rect class="strip"') == len(cell["central_periods"])
        assert ("samtidig" in shown) == bool(local)
        if local:
            assert f"samtidig {cell['both_days']} av {cell['local_days']} dag" in words(shown)


def test_by_area_an_initiative_stands_with_what_it_works_together_with(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&lanes=area")
    items = demo.get("/api/timeline?year=2018&limit=2000").json["items"]
    central = [item for item in items if item["lane"] == "central"]
    areas = sorted({item["area"] for item in central})
    assert re.findall(r'<section class="lane " id="lane-area-\d+">\s*<div class="name"><h2>([^<]+)', html) == areas
    for area in areas:
        there = [item for item in central if item["area"] == area]
        goals, ids = {goal for item in there for goal in item["goals"]}, {item["id"] for item in there}
        together = [
            item
            for item in items
            if item["lane"] == "local"
            and not item["undated"]
            and (goals & set(item["goals"]) or ids & set(item["supports"]))
        ]
        section = html.partition(f"<h2>{area}</h2>")[2].partition("</section>")[0]
        assert section.count('<path class="bar local"') == len(together)


def test_the_central_lane_shows_whom_the_headline_counts(demo: FlaskClient) -> None:
    totals = demo.get("/api/matrix?year=2018").json["totals"]
    html = page(demo, "/timeline?year=2018&lang=nb")
    central = lane(html, "central")
    assert f"{totals['central_concurrent']} av {totals['central']} samtidig med lokale" in words(central)
    bars = re.findall(r'<path class="bar central".*?</a>', central, flags=re.DOTALL)
    assert sum("url(#hatch)" in bar for bar in bars) == totals["central_concurrent"]
    rows = html.partition('id="table"')[2].partition("</tbody>")[0]
    assert rows.count(">ingen</td></tr>") == totals["central"] - totals["central_concurrent"]
    by_sector = words(page(demo, "/?year=2018&lang=nb").partition('id="by-sector-title"')[2])
    figures = re.search(r"Byrådsleders kontor \d+ av 25 \(.*?\) (\d+ av 25)", by_sector)
    assert figures
    of_sector = page(demo, "/timeline?year=2018&sector=BLK&lang=nb")
    assert f"{figures[1]} samtidig med sektorens" in words(lane(of_sector, "central"))
    met, of = map(int, figures[1].split(" av "))
    assert of_sector.count(">ingen med sektoren</td>") == of - met


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("goal=K3", r"\d+ av \d+ samtidig med lokale for målet"),
        ("goal=K3&sector=BLK", r"\d+ av \d+ samtidig med sektorens for målet"),
    ],
)
def test_it_is_said_of_whose_local_work_the_figures_are(demo: FlaskClient, asked: str, said: str) -> None:
    html = page(demo, f"/timeline?year=2018&{asked}&lang=nb")
    assert re.search(said, words(lane(html, "central")))
    cell = next(
        cell
        for cell in demo.get(f"/api/matrix?year=2018&{asked}").json["cells"]
        if (cell["sector"] is None) == ("sector" not in asked)
    )
    hatched = re.findall(r'<path class="bar central".*?</a>', lane(html, "central"), flags=re.DOTALL)
    assert any("url(#hatch)" in bar for bar in hatched) == (cell["state"] == "together")


def test_a_central_initiative_in_focus_shows_its_own_days_in_common(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&focus=S18-02&lang=nb")
    bar = re.search(r'<a class="focus".*?</a>', lane(html, "central"), flags=re.DOTALL)
    assert bar
    assert "240 felles dager" in bar[0]
    assert "url(#hatch)" in bar[0]


def test_whom_the_central_ones_meet_is_said_where_a_page_has_only_some_of_the_bars_too(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lane(page(demo, "/timeline?year=2018&lang=nb"), "central")
    monkeypatch.setattr("services.timeline.web.timeline.LARGEST_PAGE", 40)
    central = lane(page(demo, "/timeline?year=2018&lang=nb"), "central")
    assert "22 av 25 samtidig med lokale" in words(central)
    assert central.count("url(#hatch)") == whole.count("url(#hatch)") == 22


def test_days_in_common_are_not_called_together_which_is_the_other_half_of_the_sentence(demo: FlaskClient) -> None:
    text = words(page(demo, "/timeline?year=2018&lang=en"))
    assert re.search(r"at the same time on \d+ of its \d+ days", text)
    assert not re.search(r"together \d+", text)


def test_days_of_central_work_that_nothing_local_meets_are_marks_with_the_smallest_move(demo: FlaskClient) -> None:
    for address, query in (
        ("/timeline?year=2018&goal=K3", "goal=K3"),
        ("/timeline?year=2018&lanes=goal&sector=BLK", "sector=BLK"),
    ):
        html = page(demo, address)
        gaps = demo.get(f"/api/gaps?year=2018&{query}&kind=central_only&limit=2000").json["gaps"]
        chart, _, table = html.partition('id="table">')
        assert chart.count('<rect class="gap"') - chart.count('<rect class="gap" x="1"') == len(gaps) > 0
        assert table.count(" med bare sentralt arbeid, ") == len(gaps)
        moved = [gap for gap in gaps if gap["move"] is not None]
        assert len(re.findall(r'<a class="mark" href="/what-if\?[^"]*move=', chart)) == len(moved)
        assert ("flytt det nærmeste" in chart) == bool(moved)
        assert '<rect class="idle"' not in chart


def notices(html: str) -> str:
    return words(" ".join(re.findall(r'<p class="notice">(.*?)</p>', html, flags=re.DOTALL)))


def of_days(html: str) -> list[str]:
    """What the lanes say of days without local work."""
    return re.findall(r"\d+ dag(?:er)? uten lokalt arbeid", words(html.partition('id="table"')[0]))


@pytest.mark.parametrize(
    ("language", "participated", "gaps"),
    [
        (
            "nb",
            r"de første 2 av \d+ ganger noen medvirket\. Velg",
            r"de første 2 av \d+ hull uten lokalt arbeid\. Velg",
        ),
        ("en", r"Of \d+ times that somebody took part, the first 2", r"Of \d+ gaps without local work, the first 2"),
    ],
)
def test_marks_that_are_not_shown_are_said_with_ways_to_them_on_the_page_and_wherever_else_the_chart_stands(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str, participated: str, gaps: str
) -> None:
    asked = f"year=2018&goal=K4&lang={language}"
    whole = page(demo, f"/timeline?{asked}")
    assert "notice" not in whole
    monkeypatch.setattr("services.timeline.web.timeline.LARGEST_PAGE", 2)
    html = page(demo, f"/timeline?{asked}")
    assert html.count('<path class="bar participation"') == 2
    for text in (notices(html), notices(page(demo, f"/embed?{asked}")), words(demo.get(f"/timeline.svg?{asked}").text)):
        assert re.search(participated, text), text
        assert re.search(gaps, text), text
    printed = pdfs.words(pdfs.taken(demo, f"/timeline.pdf?{asked}"))
    assert all(pdfs.letters(sentence) in printed for sentence in notices(html).split(". ")[:2])
    way = re.search(r'href="(/gaps\?[^"]+)"', html.partition('class="tools"')[0].partition("<h1>")[2])
    assert way
    assert asked_of(way[1]) == {"year": "2018", "goal": "K4", "lang": language, "kind": "central_only", "sort": "date"}
    every = demo.get("/api/gaps?year=2018&goal=K4&kind=central_only").json["total"]
    assert str(every) in words(page(demo, way[1].replace("&amp;", "&")))


def asked_of(href: str) -> dict[str, str]:
    return asked(href.replace("&amp;", "&"))


@pytest.mark.parametrize("query", ["goal=K3", "lanes=goal", "lanes=goal&sector=BLK"])
def test_how_many_days_nothing_local_meets_is_said_of_all_of_them_however_few_are_drawn(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    whole = of_days(page(demo, f"/timeline?year=2018&lang=nb&{query}"))
    assert whole
    of_api = query.removeprefix("lanes=goal") or "&all_sectors=true"
    found = demo.get(f"/api/gaps?year=2018&kind=central_only&limit=2000&{of_api}").json
    assert sum(int(days.split()[0]) for days in whole) == sum(gap["days"] for gap in found["gaps"])
    monkeypatch.setattr("services.timeline.web.timeline.gaps.page", partial(first_of, real=gaps_of.page))
    cut = page(demo, f"/timeline?year=2018&lang=nb&{query}")
    assert of_days(cut) == whole
    assert "de første 1 av" in notices(cut)


def first_of(*asked: Any, real: Any, **chosen: Any) -> Any:
    return real(*asked, **{**chosen, "limit": 1})


def test_the_next_part_of_the_bars_is_seen_as_the_first_one_is(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.timeline.web.timeline.LARGEST_PAGE", 40)
    html = page(demo, "/timeline?year=2018&lanes=goal&closed=K1&lang=nb")
    following = re.search(r'href="([^"]*cursor=[^"]*)">Vis de neste', html)
    assert following
    later = page(demo, following[1].replace("&amp;", "&"))
    first = re.search(r'href="([^"]*)">Vis de første', later)
    assert first
    assert asked_of(first[1]) == {"year": "2018", "lanes": "goal", "closed": "K1", "lang": "nb"}
    assert "medvirket" not in notices(later)


def test_lanes_are_folded_and_unfolded_by_the_address(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&closed=BLK")
    folded = lane(html, "BLK")
    assert '<path class="bar' not in folded
    assert "foldet sammen: 11 tiltak, på det meste 5 i gang" in folded
    counts = [int(n) for n in re.findall(r'text-anchor="middle">(\d+)<', folded)]
    assert len(counts) == 12
    assert max(counts) == 5
    assert '<path class="bar' in lane(html, "EHA")
    unfold = re.search(r'<a href="([^"]+)">Fold ut<', folded)
    assert unfold
    assert asked(unfold[1].replace("&amp;", "&")) == {"year": "2018", "open": "BLK"}
    nothing = page(demo, "/timeline?year=2018&closed=*")
    assert '<path class="bar' not in nothing
    assert nothing.count('<tr class="dated"') == html.count('<tr class="dated"')
    assert '<path class="bar' in lane(page(demo, "/timeline?year=2018&closed=*&open=BLK"), "BLK")


def test_the_form_keeps_how_the_chart_is_shown(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&lanes=goal&closed=K1&closed=K2")
    for name, value in (("lanes", "goal"), ("closed", "K1"), ("closed", "K2")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html


def test_the_axis_says_years_tertials_and_months(demo: FlaskClient) -> None:
    axis = words(page(demo, "/timeline?year=2018").partition('class="lane axis"')[2].partition("</svg>")[0])
    assert "1. tertial 2018 2. tertial 2018 3. tertial 2018 jan feb mar" in axis


def test_lanes_that_there_are_not_are_said_so(demo: FlaskClient) -> None:
    assert "sector, goal, area" in words(page(demo, "/timeline?lanes=colour", 422))


@pytest.mark.parametrize("lanes", ["sector", "goal", "area"])
def test_odd_and_empty_cities_are_shown_in_every_way(odd: FlaskClient, empty: FlaskClient, lanes: str) -> None:
    html = page(odd, f"/timeline?year=2018&lanes={lanes}")
    assert "<b>Sektor" not in html
    if lanes == "goal":
        assert f"Uløst mål {UNTOLD}" in words(html)
    if lanes == "area":
        assert "Uten område" in words(html)
    nothing = words(page(empty, f"/timeline?lanes={lanes}&closed=*&open=central"))
    assert "Ingen tiltak har dager" in nothing
    assert "Det er ingen tiltak i utvalget." in nothing
    assert "Alle tiltak i utvalget er tidfestet" not in nothing


# Focus


def explanation(html: str) -> str:
    return html.partition('<aside class="explanation"')[2].partition("</aside>")[0]


def test_a_bar_leads_to_its_explanation_and_the_explanation_to_its_page_and_back(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&lang=nb")
    bar = re.search(r'<a class="plain" href="([^"]+)"><title>Gjennomgang av rapporteringskrav i sektorene, ', html)
    assert bar
    assert bar[1].replace("&amp;", "&") == "/timeline?year=2018&lang=nb&focus=S18-02#focus"
    focused = page(demo, "/timeline?year=2018&lang=nb&focus=S18-02")
    told = explanation(focused)
    assert "1. feb.–28. sep. 2018 flyttet én gang Flyttet fra 1. feb.–29. juni 2018, 18. mai 2018, 12:00." in words(
        told
    )
    assert "Sektorene ba om sommeren til å svare på hvilke krav de kan unnvære" in words(told)
    assert 'href="/initiatives/S18-02?year=2018&amp;lang=nb"' in told
    assert 'href="/timeline?year=2018&amp;lang=nb">Vis alle tiltak like tydelig igjen' in told
    assert focused.count('aria-current="true"><title>') == focused.count('id="focused"') == 1


@pytest.mark.parametrize("reference", ["S18-02", "S18-06", "BLK:T01", "EHA:BGO-1"])
def test_what_does_not_work_together_with_the_focus_is_dimmed_and_hatched_are_their_common_days(
    demo: FlaskClient, reference: str
) -> None:
    html = page(demo, f"/timeline?year=2018&focus={reference}").partition('id="table"')[0]
    asked = demo.get(f"/api/initiatives/{reference}?year=2018").json
    related = {other["title"]: other for other in asked["related"] if other["start"] or other["end"]}
    bars = re.findall(r'<a class="(plain|focus|dim)" href="[^"]+focus=[^"]+"[^>]*><title>(.*?)</title>(.*?)</a>', html)
    assert {title for kind, title, _ in bars if kind == "focus"}
    for kind, told, drawn in bars:
        match = next((other for title, other in related.items() if told.startswith(title.replace("'", "&#39;"))), None)
        if kind == "dim":
            assert "url(#hatch)" not in drawn
        if kind == "plain" and match and 'class="bar participation"' not in drawn:
            assert ("url(#hatch)" in drawn) == (match["verdict"] == "concurrent")
    hatched = sum(kind == "plain" and "url(#hatch)" in drawn for kind, _, drawn in bars)
    assert hatched == sum(other["verdict"] == "concurrent" for other in asked["related"])


def test_the_smallest_move_is_a_sentence_beside_the_chart(demo: FlaskClient) -> None:
    told = words(explanation(page(demo, "/timeline?year=2018&focus=S17-08")))
    assert "Sammen, men ikke samtidig" in told
    assert "9 dager imellom. Flyttes det lokale tiltaket 10 dager tidligere, har de én felles dag." in told


def test_a_focus_that_has_no_bar_says_why_and_where_it_has_one(demo: FlaskClient, odd: FlaskClient) -> None:
    assert "Tiltaket «S18-99» finnes ikke på tidslinjen." in words(page(demo, "/timeline?year=2018&focus=S18-99"))
    then = words(page(demo, "/timeline?year=2018&known_on=2017-01-01&focus=S18-02"))
    assert "Tiltaket «S18-02» var ikke kjent ved utgangen av 1. jan. 2017." in then
    outside = explanation(page(demo, "/timeline?from=2018-11-01&to=2018-12-31&focus=S18-02"))
    assert "Ingen av dagene er i 1. nov.–31. des. 2018. Vis 1. feb.–28. sep. 2018" in words(outside)
    assert "from=2018-02-01&amp;to=2018-09-28" in outside
    filtered = words(explanation(page(demo, "/timeline?year=2018&goal=K9&focus=S18-02")))
    assert "Utvalget viser ikke dette tiltaket. Vis alle mål og sektorer" in filtered
    assert "ingen stolpe" in words(explanation(page(odd, "/timeline?year=2018&focus=A:3")))
    for address in ("/timeline?year=2018&focus=%3Cscript%3E", "/timeline?year=2018&focus=%00"):
        assert "<script>" not in page(odd, address, 200 if "script" in address else 422)


def test_the_focus_stands_with_each_of_its_goals_and_is_linked_to_once(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&lanes=goal&focus=BLK:T01")
    assert html.count('<rect class="frame"') > html.count('id="focused"') == 1


def test_the_lane_of_the_focus_is_unfolded(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&closed=*&focus=BLK:T01")
    assert 'id="focused"' in lane(html, "BLK")
    assert '<path class="bar' not in lane(html, "EHA")
