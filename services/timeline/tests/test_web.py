"""The pages in both languages: with the demo, with hostile titles, with nothing, and for bad addresses."""

import re
import time
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.timeline import web
from services.timeline.drawing import look
from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import UNTOLD, Teller, pages_on
from shared import assets, identity
from shared.testing.days import unbroken_day, unknown_day
from shared.testing.plugin import Postgres

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def page(client: FlaskClient, address: str, status: int = 200, **headers: str) -> str:
    """The page as text. It must be HTML, in a frame, under the policy."""
    response = client.get(address, headers={**HTML, **headers})
    assert response.status_code == status, response.text[:2000]
    assert_is_page(response)
    return response.text


def assert_is_page(response: TestResponse) -> None:
    assert response.mimetype == "text/html"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert response.text.startswith("<!doctype html>")
    parser = Balanced()
    parser.feed(response.text)
    assert parser.open == [], parser.open
    assert not parser.forbidden, parser.forbidden


class Balanced(HTMLParser):
    """Every tag is closed in order; ids are unique; nothing is run or fetched from elsewhere."""

    VOID = frozenset({"base", "meta", "link", "input", "br", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.forbidden: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in ("style", "iframe", "img", "b", "i") or (tag == "script" and not dict(attrs).get("src")):
            self.forbidden.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")
            if name in ("href", "src", "action") and (value or "").partition(":")[0] in ("http", "https", "javascript"):
                self.forbidden.append(f"{tag} {name}={value}")
            if name == "id":
                assert value not in self.ids, f"two of id={value}"
                self.ids.add(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open, tag
            assert self.open.pop() == tag, tag


def words(html: str) -> str:
    """What a reader reads, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


# Both languages


def test_the_overview_says_the_year_in_a_sentence_with_exact_figures(demo: FlaskClient) -> None:
    text = words(page(demo, "/?year=2018"))
    assert "I 2018 virker 22 av 25 sentrale tiltak samtidig med lokale tiltak." in text
    assert "3 sentrale tiltak og 9 lokale tiltak er ikke tidfestet og er ikke regnet med." in text
    assert "25 av 25 virker sammen" in text
    assert "22 av 25 virker også samtidig" in text
    english = words(page(demo, "/?year=2018&lang=en"))
    assert "In 2018, 22 of 25 central initiatives work at the same time as local ones." in english
    assert "Undated, so not counted: 3 central initiatives and 9 local initiatives." in english


def test_those_that_meet_nobody_are_said_to_have_no_day_in_common_whether_or_not_the_others_have_days(
    odd: FlaskClient,
) -> None:
    """Here the only local one to work together with has no date."""
    address = "/?from=2018-12-01&to=2018-12-31"
    assert "1 har lokale tiltak å virke sammen med, men ingen felles dag." in words(page(odd, address))
    english = words(page(odd, f"{address}&lang=en"))
    assert "1 has local initiatives to work together with, but no day in common." in english


def test_one_works_and_several_work(odd: FlaskClient) -> None:
    text = words(page(odd, "/?year=2018&lang=en"))
    assert "In 2018, 1 of 3 central initiatives works at the same time as local ones." in text
    assert "1 of 3 also works at the same time" in text
    assert "2 of 3 work together" in text
    assert "1 of 2 local initiatives works" in words(page(odd, "/embed?sector=A&year=2018&lang=en"))


def test_the_choice_of_a_status_says_which_statuses_it_holds(demo: FlaskClient) -> None:
    status = words(page(demo, "/?year=2018").partition('name="status"')[2].partition("</select>")[0])
    assert (
        "ikke startet (planlagt, foreslått, forankret) i gang (startet) fullført stanset (avsluttet, avlyst)" in status
    )


def test_the_matrix_has_a_linked_cell_for_each_goal_and_sector_and_for_all_sectors(demo: FlaskClient) -> None:
    html = page(demo, "/?year=2018")
    cells = re.findall(r'<td class="(\w+)[^"]*"><a href="([^"]+)">', html)
    assert len(cells) == 12 * (8 + 1)
    asked = [parse_qs(urlsplit(href.replace("&amp;", "&")).query) for _, href in cells]
    assert all(query["year"] == ["2018"] and query["goal"] for query in asked)
    assert sum("sector" not in query for query in asked) == 12
    matrix = demo.get("/api/matrix?year=2018").json
    assert [state for state, _ in cells].count("together") == sum(c["state"] == "together" for c in matrix["cells"])
    assert {"ulik tid", "bare sentralt", "bare lokalt", "–"} <= set(re.findall(r"<span[^>]*>([^<%]+?)</span>", html))


def test_a_cell_is_the_year_in_miniature_and_hatched_exactly_where_days_are_common(demo: FlaskClient) -> None:
    before, _, html = page(demo, "/?year=2018").partition("<table")
    assert look.HATCH in before
    matrix = demo.get("/api/matrix?year=2018").json
    hatched = len(re.findall(r'<rect class="both" x="[\d.]+" y="2" [^>]*fill="url\(#hatch\)"', html))
    assert hatched == sum(len(cell["both_periods"]) for cell in matrix["cells"])
    central = len(re.findall(r'<rect class="central" x="[\d.]+" y="2" width="[\d.]+" height="12"', html))
    assert central == sum(len(cell["central_periods"]) for cell in matrix["cells"])
    for apart in re.findall(r'<td class="apart.*?</td>', html, re.DOTALL):
        assert "hatch" not in apart


def test_sector_by_sector_both_halves_of_the_sentence_are_told(demo: FlaskClient) -> None:
    html = page(demo, "/?year=2018")
    whole, *sectors = demo.get("/api/year?year=2018").json["headlines"]
    assert (whole["sector"], whole["central_concurrent"], whole["central"]) == (None, 22, 25)
    table = words(html.partition('<table class="list stacked by-sector"')[2].partition("</table>")[0])
    assert f"av de {whole['central']} sentrale tiltakene" in table
    assert len(sectors) == 8
    for row in sectors:
        assert f"{row['name']} {row['central_together']} av 25" in table
        assert f"{row['central_concurrent']} av 25" in table
        assert f"{row['both_days']} av {whole['central_days']}" in table
    one = (
        page(demo, "/?year=2018&sector=BYU")
        .partition('<table class="list stacked by-sector"')[2]
        .partition("</table>")[0]
    )
    assert one.count('<th scope="row"') == 1


def test_a_year_without_central_work_tells_of_no_sector(demo: FlaskClient) -> None:
    assert "by-sector" not in page(demo, "/?year=1999")


def test_the_five_largest_gaps_name_the_nearest_initiative_and_the_smallest_move(demo: FlaskClient) -> None:
    html = page(demo, "/?year=2018")
    gaps = re.findall(r"<li>(<a .*?)</li>", html.partition('class="gaps"')[2].partition("</ol>")[0], re.DOTALL)
    assert len(gaps) == 5
    assert "320 dager med bare sentralt arbeid" in words(gaps[0])
    assert any("Flyttes det" in words(gap) and "/initiatives/" in gap for gap in gaps)


def test_the_timeline_has_the_same_facts_as_chart_and_as_table(demo: FlaskClient) -> None:
    for address in ("/timeline?year=2018", "/timeline?year=2018&lang=en&basis=planned", "/timeline?year=2018&goal=K3"):
        html = page(demo, address)
        bars = re.findall(r'<path class="bar (\w+)"', html)
        assert len(bars) == html.count('<tr class="dated"') > 0
        chart, _, table = html.partition('id="table">')
        in_chart = re.findall(r'<a class="plain" href="/timeline\?[^"]*focus=[^"]+"><title>([^<]+)</title>', chart)
        undated = re.findall(r'<li><a href="(/initiatives/[^"]+)"', chart)
        in_table = re.findall(
            r'<tr class="dated"[^>]*><th scope="row"[^>]*><a href="/initiatives/[^"]+">([^<]+)</a>', table
        )
        assert all(title in told for told, title in zip(in_chart, in_table, strict=True))
        without_bar = re.findall(
            r'<tr data-item="[^"]+"[^>]*><th scope="row"[^>]*><a href="(/initiatives/[^"]+)"', table
        )
        assert sorted(undated) == sorted(without_bar)
        assert len(in_chart) == len([bar for bar in bars if bar != "activity"])


def test_the_timeline_is_hatched_where_days_are_common(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018")
    items = demo.get("/api/timeline?year=2018&limit=2000").json["items"]
    runs = sum(len(item["common"]) for item in items if item["lane"] == "local")
    assert runs == len(re.findall(r'height="16" fill="url\(#hatch\)"', html)) > 50


def test_a_goal_and_a_sector_show_the_same_degree_as_their_cell(demo: FlaskClient) -> None:
    text = words(page(demo, "/timeline?year=2018&goal=K3&sector=BLK"))
    assert "Bare tiltak for målet «K3 Gode beslutningsgrunnlag»." in text
    assert "grad 39 % for målet" in text


def test_an_initiative_tells_its_history_with_reasons_and_why_each_verdict_is_what_it_is(demo: FlaskClient) -> None:
    text = words(page(demo, "/initiatives/S17-08?year=2018"))
    assert "Lederhåndbok om tillitsbasert ledelse" in text
    assert "flyttet én gang" in text
    assert "Flere virksomheter ville ha med egne eksempler" in text
    assert "9 dager imellom. Flyttes det lokale tiltaket 10 dager tidligere, har de én felles dag." in text
    english = words(page(demo, "/initiatives/S17-08?year=2018&lang=en"))
    assert "9 days between. Moved 10 days earlier, the local one shares one day." in english


def test_an_initiative_without_a_year_in_the_address_is_seen_in_its_own_plan_year(demo: FlaskClient) -> None:
    assert '<option value="2018" selected>' in page(demo, "/initiatives/S18-02")
    assert '<option value="2017" selected>' in page(demo, "/initiatives/S17-08")


def test_known_on_shows_what_was_known_then_and_says_so(demo: FlaskClient) -> None:
    then = words(page(demo, "/initiatives/S17-08?known_on=2017-06-01"))
    assert "Du ser tidslinjen slik den var kjent ved utgangen av 1. juni 2017." in then
    assert "4. sep.–15. des. 2017" in then
    assert "flyttet" not in then
    assert "Ingenting var kjent på tidslinjen ved utgangen av 1. jan. 2017." in words(
        page(demo, "/?known_on=2017-01-01")
    )


# Language and addresses


def test_norwegian_unless_english_is_asked_for_or_preferred(demo: FlaskClient) -> None:
    assert '<html lang="nb">' in page(demo, "/")
    assert '<html lang="nb">' in page(demo, "/", **{"Accept-Language": "de"})
    assert '<html lang="en">' in page(demo, "/", **{"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="nb">' in page(demo, "/?lang=nb", **{"Accept-Language": "en"})


def test_the_language_link_keeps_the_rest_of_the_address(demo: FlaskClient) -> None:
    for address in (
        "/timeline?year=2018&basis=planned&goal=K1&sector=EHA&lang=nb",
        "/initiatives/S18-02?year=2018&lang=nb",
    ):
        found = re.search(r'class="language" href="([^"]+)"', page(demo, address))
        assert found
        choosing, here = urlsplit(found[1].replace("&amp;", "&")), urlsplit(address)
        assert choosing.path == "/language"
        there = urlsplit(parse_qs(choosing.query)["back"][0])
        assert there.path == here.path
        assert parse_qs(there.query) == {**parse_qs(here.query), "lang": ["en"]}


def test_who_reads_a_page_in_the_language_of_its_address_goes_on_in_it_at_other_services(demo: FlaskClient) -> None:
    behind_gateway = {"X-Forwarded-Host": "samtidig.example"}
    goals = 'href="/goals/goals"'
    assert goals in page(demo, "/", **behind_gateway)
    english = page(demo, "/?lang=en", **behind_gateway)
    assert goals not in english
    assert 'href="/language?to=en&amp;back=/goals/goals"' in english


def test_a_chosen_window_and_language_follow_from_page_to_page(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?from=2018-03-01&to=2018-05-31&lang=en&utm_source=post")
    assert "1 Mar – 31 May 2018" in words(html).replace("\u2009", " ")
    links = re.findall(r'href="(/[^"]*)"', html.partition("<main")[2])
    bars = [link for link in links if link.startswith("/initiatives/") or "focus=" in link]
    assert len(bars) > 100
    assert all("from=2018-03-01&amp;to=2018-05-31" in link and "lang=en" in link for link in bars)
    assert "utm_source" not in html.partition("<main")[2]


def test_a_form_sends_empty_fields_and_the_window_as_one_choice(demo: FlaskClient) -> None:
    """Days of one's own stand beside the years, and are kept until a year is chosen."""
    html = page(demo, "/timeline?from=2018-03-01&to=2018-05-31")
    chosen = re.search(r'<select id="year".*?<option value="([^"]+)" selected>', html, re.DOTALL)
    assert chosen
    assert 'name="from" value' not in html.partition("</form>")[0]
    empty = "basis=actual&known_on=&goal=&sector="
    assert "<h1>Tidslinje 1. mars–31. mai 2018</h1>" in page(demo, f"/timeline?year={chosen[1]}&{empty}")
    assert "<h1>Tidslinje 2018</h1>" in page(demo, f"/timeline?year=2018&{empty}")


@pytest.mark.parametrize("meeting", ["together", "concurrent", "apart"])
def test_each_figure_of_the_headline_leads_to_the_initiatives_that_it_counts(demo: FlaskClient, meeting: str) -> None:
    totals = demo.get("/api/matrix?year=2018").json["totals"]
    figures = {
        "together": totals["central_together"],
        "concurrent": totals["central_concurrent"],
        "apart": totals["central_together"] - totals["central_concurrent"],
    }
    html = page(demo, "/?year=2018")
    (href, *_) = re.findall(rf'href="(/timeline\?year=2018&amp;meeting={meeting}[^"]*)"', html)
    shown = page(demo, unescape(href))
    assert "Av de sentrale tiltakene vises bare de som" in words(shown)
    assert f"{figures[meeting]} sentrale tiltak" in words(shown)
    found = demo.get(f"/api/timeline?year=2018&limit=2000&meeting={meeting}").json["items"]
    assert sum(bar["lane"] == "central" for bar in found) == figures[meeting]
    rows = demo.get(f"/timeline.csv?year=2018&meeting={meeting}").text.splitlines()
    assert sum(row.startswith("sentralt tiltak;") for row in rows) == figures[meeting]


def test_a_figure_of_a_sector_leads_to_what_its_own_work_meets(demo: FlaskClient) -> None:
    html = page(demo, "/?year=2018")
    href, figure = re.findall(r'href="(/timeline\?[^"]*sector=FIN[^"]*meeting=concurrent[^"]*)">(\d+) av 25<', html)[0]
    shown = words(page(demo, unescape(href)))
    assert f"{figure} sentrale tiltak" in shown
    assert "samtidig med lokale tiltak (Finans)" in shown


# Bad addresses


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2018-02-30&to=2018-03-01", "Ikke en dato som finnes"),
        ("from=2018-03-01&to=2018-02-01", "Slutten er før starten."),
        ("from=1950-01-01&to=2100-01-01", "Vinduet kan være høyst 50 år."),
        ("from=2018-01-01", "Må fylles ut."),
        ("year=2018&from=2018-12-01&to=2018-01-01", "Velg enten et år, eller"),
        ("year=2018-12-01..2018-01-01", "Slutten er før starten."),
        ("year=99999", "Må være mellom 1900 og 2200."),
        ("known_on=0001-01-01", "Må være mellom 1. jan. 1900 og 31. des. 2200."),
        ("year=neste", "Ikke et årstall"),
        ("basis=kanskje", "Må være en av"),
        ("known_on={unknown_day}", "Ingen vet ennå"),
    ],
)
def test_what_the_address_can_not_ask_for_is_said_in_a_sentence_with_a_way_on(
    demo: FlaskClient, query: str, sentence: str
) -> None:
    for path in ("/", "/timeline", "/initiatives/S18-02"):
        html = page(demo, f"{path}?{query.format(unknown_day=unknown_day())}", 422)
        assert sentence in words(html)
        assert "Gå til oversikten" in html


def test_an_unknown_initiative_and_an_unknown_page_are_404_with_a_way_on(demo: FlaskClient) -> None:
    html = page(demo, "/initiatives/" + quote("<script>"), 404)
    assert "&lt;script&gt;" in html
    assert "Gå til oversikten" in html
    assert "There is no such page" in page(demo, "/nowhere?lang=en", 404)
    assert demo.get("/nowhere").mimetype == "application/problem+json"
    assert demo.get("/api/nowhere", headers={"Accept": "application/json"}).mimetype == "application/problem+json"


def test_a_cursor_that_we_did_not_give_out_is_said_so(demo: FlaskClient) -> None:
    assert "Markøren er ikke en som vi har gitt ut." in words(page(demo, "/timeline?cursor=abc", 400))


def test_a_database_out_of_reach_is_a_page_too() -> None:
    with pages_on("postgresql://nobody@127.0.0.1:9/none") as client:
        html = page(client, "/?year=2018", 503)
    assert "Databasen svarer ikke akkurat nå" in html
    assert 'href="/?year=2018"' in html


def test_a_fault_of_ours_is_a_page_without_a_trace_of_it(demo: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(web.overview.overview_page, "headline", fail)
    html = page(demo, "/", 500)
    assert "Noe gikk galt hos oss" in html
    assert "secret detail" not in html


# Nothing there, odd things there


def test_an_empty_database_is_said_in_a_sentence(empty: FlaskClient) -> None:
    text = words(page(empty, "/"))
    assert "Det står ingenting på tidslinjen ennå." in text
    assert "Tidslinjen har ikke lest noen hendelser ennå" in text
    assert "There is nothing on the timeline yet." in words(page(empty, "/?lang=en"))
    assert "Ingen tiltak har dager" in words(page(empty, "/timeline"))


def test_a_year_without_central_work_says_so_and_points_to_another(demo: FlaskClient) -> None:
    html = page(demo, "/?year=2015")
    assert "I 2015 er ingen sentrale tiltak tidfestet." in words(html)
    assert "Se planåret 2018" in html
    assert "Ingen tiltak har dager" in words(page(demo, "/timeline?year=1999"))


def test_a_goal_that_nobody_knows_matches_nothing_and_says_so(demo: FlaskClient) -> None:
    assert "Tidslinjen har ingen mål i dette utvalget." in words(page(demo, "/?year=2018&goal=finnes-ikke"))
    html = page(demo, "/timeline?year=2018&goal=finnes-ikke")
    assert "Ingen tiltak har dager" in words(html)
    assert "Vis alle mål og sektorer" in html


def test_titles_are_text_whatever_they_look_like(odd: FlaskClient) -> None:
    for address in ("/?year=2018", "/timeline?year=2018", "/initiatives/C1", "/initiatives/A:1", "/?goal=%3Cscript%3E"):
        html = page(odd, address)
        assert "<script>" not in html
        assert "<img" not in html
    assert "&lt;script&gt;alert(&#39;c&#39;)&lt;/script&gt;" in page(odd, "/timeline?year=2018")


def test_what_nobody_told_of_is_shown_by_its_id_as_unresolved(odd: FlaskClient) -> None:
    overview = words(page(odd, "/?year=2018"))
    assert f"Uløst mål {UNTOLD}" in overview
    assert f"Uløst sektor {identity.named('sector', 'borte')}" in overview
    assert "1 mål er det vist til uten at noen har meldt det." in overview
    assert "1 sektor er det vist til" in overview
    assert "1 tiltak får støtte av et lokalt tiltak" in overview
    assert f"Uløst tiltak {UNTOLD}" in words(page(odd, "/initiatives/A:2?year=2018"))
    assert f"Uløst sektor {identity.named('sector', 'borte')}" in words(page(odd, "/timeline?year=2018"))


def test_open_and_undated_ones_are_marked_and_listed(odd: FlaskClient) -> None:
    html = page(odd, "/timeline?year=2018")
    assert "fra 1. nov. 2018, åpen slutt" in words(html)
    undated = words(html.partition('<aside class="undated"')[2].partition("</aside>")[0])
    assert "Uten dato" in undated
    assert "Udatert brev" in undated
    assert "2 tiltak har åpen start" not in html
    assert "1 tiltak har åpen start eller slutt" in words(page(odd, "/?year=2018"))


def test_a_sector_with_nothing_has_a_dashed_mark_over_the_whole_window(odd: FlaskClient) -> None:
    lane = page(odd, "/timeline?year=2018").partition('id="lane-TOM"')[2].partition("</section>")[0]
    assert re.search(r'<rect class="idle" x="0\.0" y="[\d.]+" width="900\.0"', lane)
    assert "365 dager" in lane


def test_a_long_title_is_cut_in_the_chart_and_whole_in_title_and_table(odd: FlaskClient) -> None:
    html = page(odd, "/timeline?year=2018")
    assert html.count("L" * 460) == 2  # of the bar, in the table
    assert re.search(r"<text [^>]*>L{10,80}…</text>", html)


def test_today_is_marked_where_it_is_in_the_window(odd: FlaskClient) -> None:
    assert 'class="today"' in page(odd, f"/timeline?year={unbroken_day().year}")
    assert 'class="today"' not in page(odd, "/timeline?year=2018")


def test_freshness_and_what_is_set_aside_are_in_sight(odd: FlaskClient, demo: FlaskClient) -> None:
    assert re.search(r"(Oppdatert|Sist oppdatert) for \d+ (sekund|minutt)", words(page(demo, "/timeline")))
    assert "1 hendelse er satt til side" in words(page(odd, "/timeline"))


def test_the_style_sheet_is_served_and_pages_do_without_the_design_system(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.get("/static/timeline.css").mimetype == "text/css"
    monkeypatch.setattr(assets, "STYLE_SHEETS", ("vendor/not-there.css", "samtidig.css"))
    html = page(demo, "/")
    assert "vendor" not in html


def test_two_thousand_bars_are_rendered_and_more_come_in_pages(postgres: Postgres) -> None:
    tell = Teller()
    k1 = identity.named("goal", "K1")
    events = [
        tell.goal("K1", "Mål"),
        tell.central("C", title="Sentralt", start="2018-02-01", end="2018-09-30", goals=[k1]),
    ]
    for number in range(2100):
        month = 1 + number % 9
        events += tell.local(
            str(number),
            f"S{number % 25}",
            f"2018-{month:02}-{1 + number % 28:02}",
            f"2018-{month + 2:02}-20",
            title=f"Lokalt tiltak nummer {number} med en tittel",
            goals=[k1],
        )
    url = postgres.database()
    demo_world.create(url, events)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("analyze")
    with pages_on(url) as client:
        folded = page(client, "/timeline?year=2018")
        assert folded.count('<path class="bar ') == 1  # the central one; each sector has 84
        assert folded.count('<svg class="patterns"') == 1
        assert len(re.findall(r'<g class="cell level-\d">', folded)) > 25 * 9
        started = time.process_time()
        html = page(client, "/timeline?year=2018&open=*")
        assert (
            time.process_time() - started < 3
        )  # of this process, with the checks of `page`; the target is a second without
        assert html.count('<path class="bar ') == 2000
        following = re.search(r'href="([^"]*cursor=[^"]*)"', html)
        assert following
        rest = page(client, following[1].replace("&amp;", "&"))
        assert rest.count('<path class="bar ') == 101
