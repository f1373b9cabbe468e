"""The plan of a year as a page, as JSON, as a spreadsheet and on paper: now, on a day, and as it was adopted."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.timeline.plan import COUNTED
from services.timeline.tests import demo_world, pdfs
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from services.timeline.tests.test_web_exports import table, workbook
from shared import identity
from shared.testing.plugin import Postgres

BEHIND_GATEWAY = {"X-Forwarded-Host": "samtidig.example", "X-Forwarded-Proto": "https"}
ADOPTED = datetime(2018, 1, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def drafts(postgres: Postgres) -> Iterator[FlaskClient]:
    """2017: closed. 2018: adopted, changed in itself, with text that is code. 2019: a draft with nothing in it."""
    tell = Teller()
    year = {name: identity.named("action-plan", name) for name in ("2017", "2018", "2019")}
    goal = identity.named("goal", "M1")
    later = ADOPTED + timedelta(days=40)
    events = [
        tell.goal("M1", "Et mål som er avviklet"),
        *(tell.event("action-plan.drafted", id_, year=int(name), title=None) for name, id_ in year.items()),
        tell.event("action-plan.area-added", year["2018"], year=2018, name="<b>Ledelse</b>"),
        tell.event("action-plan.area-added", year["2018"], year=2018, name="Læring"),
        tell.event("action-plan.area-added", year["2018"], year=2018, name="Tomt område"),
        tell.central("H1", title="<script>alert('x')</script>", area="<b>Ledelse</b>", goals=[goal], budget=1_000),
        tell.central(
            "H2", title="I et ukjent område", area="Borte", goals=[], start="2019-05-01", end="2019-06-01", budget=500
        ),
        tell.central(
            "H3", title="Avlyst", area="<b>Ledelse</b>", goals=[], budget=7_000, start="2018-05-01", end="2018-06-01"
        ),
        tell.central("H4", title="I et annet år", plan_year=2017, goals=[]),
    ]
    for name in ("2017", "2018"):
        on, organisations = ADOPTED.date(), ["<i>NTL</i>", "Fagforbundet"]
        events += [
            tell.event("action-plan.discussed", year[name], year=int(name), on=on, organisations=organisations),
            tell.event("action-plan.adopted", year[name], ADOPTED, year=int(name), on=on, reason="Vedtatt"),
        ]
    events += [
        tell.event("action-plan.closed", year["2017"], later, year=2017, on="2018-03-01"),
        tell.event("action-plan.budget-framed", year["2018"], later, year=2018, amount=900, reason="<u>Kutt</u>"),
        tell.event("action-plan.renamed", year["2018"], later, year=2018, title="<i>Ny</i> tittel"),
        tell.event("goal.retired", goal, later),
        tell.event("central-initiative.cancelled", identity.named("central-initiative", "H3"), later, on="2018-03-06"),
    ]
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


def plan_of(client: FlaskClient, query: str = "", year: int = 2018) -> dict[str, Any]:
    response = client.get(f"/api/plans/{year}?{query}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json
    return found


def rows(text: str) -> dict[str, str]:
    """Id of an initiative → what its row says."""
    return dict(re.findall(r'<tr data-item="([^"]+)"[^>]*>(.*?)</tr>', text, re.DOTALL))


# What stands on it


def test_what_the_years_figures_count_besides_the_plan_is_said_on_both_pages(demo: FlaskClient) -> None:
    """Of the demo's 25 central initiatives with days in 2018, two go on from the plan of 2017."""
    assert "Av de 25 er 2 fra planen for 2017." in words(page(demo, "/?year=2018"))
    assert "2 sentrale tiltak til har dager i 2018, fra planene for andre år." in words(page(demo, "/plan?year=2018"))
    assert "fra planen" not in words(page(demo, "/?from=2018-02-01&to=2018-03-01"))


def test_figures_of_a_selection_say_whose_work_is_counted_before_they_are_read(demo: FlaskClient) -> None:
    text = words(page(demo, "/plan?year=2018&sector=FIN"))
    assert "Bare lokale tiltak i Finans er regnet med." in text.partition("virker samtidig med lokale tiltak.")[0]


def test_the_plan_says_what_it_is_in_words(demo: FlaskClient) -> None:
    text = words(page(demo, "/plan?year=2018&lang=nb")).replace("\xa0", " ")
    assert "Årsplan 2018" in text
    assert "Handlingsplan for tillitsbasert styring og ledelse 2018" in text
    assert "Vedtatt 19. des. 2017" in text
    assert "Drøftet etter Hovedavtalen § 14 f 28. nov. 2017: Kontaktutvalget og Hovedverneombudet" in text
    assert "Ramme 7 500 000 kr" in text
    assert 'aria-current="page">Årsplan</a>' in page(demo, "/plan?year=2018&lang=nb")
    assert "Plan of the year 2018" in words(page(demo, "/plan?year=2018&lang=en"))


def test_every_initiative_of_the_plan_stands_in_its_area_with_what_local_work_meets_it(demo: FlaskClient) -> None:
    asked = "basis=planned"
    found = plan_of(demo, asked)
    text = page(demo, f"/plan?year=2018&{asked}&lang=en")
    told = rows(text)
    assert list(told) == [row["id"] for row in found["initiatives"]]
    assert len(told) == 27
    headings = re.findall(r'<h2 id="area-\d+">(.*?)</h2>', text)
    assert headings == found["plan"]["areas"]
    for row in found["initiatives"]:
        cells = words(told[row["id"]])
        assert row["title"] in cells
        related = demo.get(f"/api/initiatives/{row['id']}?year=2018&{asked}").json["related"]
        concurrent = {other["sector"] for other in related if other["verdict"] == "concurrent"}
        assert row["concurrent_sectors"] == len(concurrent)
        if concurrent:
            assert row["meeting"] == "concurrent"
            assert f"at the same time: {row['common_days']} day" in cells
        else:
            assert row["meeting"] != "concurrent"
            assert "at the same time:" not in cells


def test_its_figures_are_those_of_the_timeline(demo: FlaskClient) -> None:
    """Of 2018, which has initiatives of the plan of 2017 too: those are counted on the timeline and not in the plan."""
    found = plan_of(demo)["initiatives"]
    totals = demo.get("/api/matrix?year=2018").json["totals"]
    counted = [row for row in found if row["meeting"] in COUNTED]
    bars = demo.get("/api/timeline?year=2018&limit=2000").json["items"]
    others = [bar for bar in bars if bar["lane"] == "central" and bar["plan_year"] != 2018 and not bar["undated"]]
    assert len(counted) == totals["central"] - len(others)
    n = sum(row["meeting"] == "concurrent" for row in counted)
    text = words(page(demo, "/plan?year=2018&lang=en"))
    assert f"{n} of {len(counted)} central initiatives of the plan work at the same time as local ones." in text


def test_the_goals_say_what_was_expected_and_what_was_seen(demo: FlaskClient) -> None:
    text = words(page(demo, "/plan?year=2018&lang=nb").partition('id="plan-goals"')[2])
    observed = [(goal["title"], one["effect"]) for goal in plan_of(demo)["goals"] for one in goal["observed"]]
    assert observed
    assert all(title in text and effect in text for title, effect in observed)
    assert "Ventet virkning ikke oppgitt" in text  # the events of this demo tell of none
    assert "Sett ingenting er meldt ennå" in text


def test_what_is_unresolved_undated_or_in_no_year_is_said_to_be(drafts: FlaskClient) -> None:
    text = page(drafts, "/plan?year=2018&lang=nb")
    assert "<script>alert" not in text
    assert "<b>Ledelse</b>" not in text
    assert "<u>Kutt</u>" not in text
    said = words(text)
    assert "Borte (uløst: ikke et av planens områder)" in said
    assert "Tomt område Ingen tiltak i området ennå." in said
    assert "kan ikke sammenlignes uten dato" in said
    assert "ingen dager i året" in said
    assert "Skulle ha vart 1. mai–1. juni 2018." in said
    assert "M1 Et mål som er avviklet (avviklet)" in said
    assert "Ingen tiltak i planen har dager i 2018." in said
    assert "Over rammen 600 kr" in said.replace("\xa0", " ")  # 1,000 and 500 of 900: what is cancelled takes nothing


def test_initiatives_of_a_plan_that_nobody_told_of_show_with_the_plan_unresolved(odd: FlaskClient) -> None:
    text = words(page(odd, "/plan?year=2018&lang=en"))
    assert "Unresolved: initiatives are in the plan, but nobody has told of the plan itself." in text
    assert "Without an area" in text
    found = plan_of(odd)
    assert (found["plan"], found["adoption"], len(found["initiatives"])) == (None, None, 3)


# As it was adopted


def test_as_it_was_adopted_it_has_nothing_that_came_later_and_says_when_and_by_which_event(demo: FlaskClient) -> None:
    found = plan_of(demo, "version=adopted")
    text = page(demo, "/plan?year=2018&version=adopted&lang=nb")
    said = words(text)
    assert "akkurat slik den var da den ble vedtatt 19. des. 2017, registrert 19. des. 2017, 11:00" in said
    adoption = found["adoption"]
    for part in (adoption["event"], adoption["stream"], "2017-12-19T10:00:00+00:00", adoption["type"]):
        assert part in text
    assert f"som hendelse {adoption['version']} i planens strøm" in said
    moved = next(row for row in found["initiatives"] if row["external_id"] == "S18-02")
    assert moved["end"] == "2018-06-29"
    assert {row["status"] for row in found["initiatives"]} == {"planned"}
    assert (found["as_adopted"], found["known_on"], found["since_adoption"]) == (True, None, None)
    assert "Endret siden planen ble vedtatt" not in said


def test_as_it_is_now_it_says_what_differs_from_the_adopted_plan_and_why(demo: FlaskClient) -> None:
    since = plan_of(demo)["since_adoption"]
    assert since["counts"]["moved"] >= 2
    assert since["counts"]["removed"] == 1  # stopped before its start; another one was stopped after it
    said = words(page(demo, "/plan?year=2018&lang=nb"))
    assert "Planen er ikke lenger slik den ble vedtatt 19. des. 2017:" in said
    assert "Endret siden planen ble vedtatt 19. des. 2017" in said
    for reason in ("Sektorene ba om sommeren", "Midlene ble brukt til frikjøp", "to dager trenger større plass"):
        assert reason in said
    assert "460 000 kr" in said.replace("\xa0", " ")


def test_what_differs_comes_page_by_page_in_the_api_and_the_page_says_where_it_stops(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = plan_of(demo)["since_adoption"]
    assert whole["next"] is None
    found, since = [], {"next": ""}
    while since["next"] is not None:
        since = plan_of(demo, f"limit=2&cursor={since['next']}" if since["next"] else "limit=2")["since_adoption"]
        assert len(since["changes"]) <= 2
        assert since["counts"] == whole["counts"]
        found += since["changes"]
    assert found == whole["changes"]
    assert len(found) == sum(whole["counts"].values()) > 2
    refused = demo.get("/api/plans/2018?cursor=tull")
    assert (refused.status_code, refused.json["code"]) == (400, "cursor-malformed")
    assert "Her vises" not in words(page(demo, "/plan?year=2018&lang=nb"))
    monkeypatch.setattr("services.timeline.web.plan.LARGEST_PAGE", 2)
    assert f"Her vises 2 av {len(found)} endringer. Velg" in words(page(demo, "/plan?year=2018&lang=nb"))
    assert f"Of {len(found)} changes, 2 show here. Choose" in words(page(demo, "/plan?year=2018&lang=en"))


def test_what_was_changed_in_the_plan_itself_is_told(drafts: FlaskClient) -> None:
    said = words(page(drafts, "/plan?year=2018&lang=nb")).replace("\xa0", " ")
    assert "1 stanset før start og selve planen er endret." in said
    assert "Ny ramme: 900 kr" in said
    assert "Ny tittel: &lt;i&gt;Ny&lt;/i&gt; tittel" in said or "Ny tittel: <i>Ny</i> tittel" in said
    then = words(page(drafts, "/plan?year=2018&version=adopted&lang=nb"))
    assert "Ingen ramme er satt." in then
    assert "Ny tittel" not in then


def test_a_plan_that_nothing_happened_to_says_so_and_a_closed_one_when_it_was_closed(drafts: FlaskClient) -> None:
    said = words(page(drafts, "/plan?year=2017&lang=en"))
    assert "Adopted on 25 Jan 2018, closed on 1 Mar 2018" in said
    assert "The plan itself Closed" in said
    assert "Planen er slik den ble vedtatt 25. jan. 2018: ingenting er endret siden." in words(
        page(drafts, "/plan?year=2017&known_on=2018-02-01&lang=nb")
    )


def test_the_frozen_bytes_are_linked_to_behind_the_gateway_and_told_of_where_the_timeline_is_alone(
    demo: FlaskClient,
) -> None:
    whole = page(demo, "/plan?year=2018&lang=nb", **BEHIND_GATEWAY)
    assert 'href="/central/plans/2018/report"' in whole
    assert 'href="/central/plans/2018/report.json"' in whole
    alone = page(demo, "/plan?year=2018&lang=nb")
    assert "/central/" not in alone
    assert "hos tjenesten er adressen /plans/2018/report." in words(alone)


# What is asked for


def test_as_it_was_known_on_a_day(demo: FlaskClient) -> None:
    said = words(page(demo, "/plan?year=2018&known_on=2018-03-31&lang=nb"))
    assert "Slik den var kjent 31. mars 2018" in said
    assert "slik den var kjent ved utgangen av 31. mars 2018" in said
    before = words(page(demo, "/plan?year=2018&known_on=2017-12-18&lang=nb"))
    assert "Utkast, ikke vedtatt" in before
    assert "Den vedtatte planen, bevart" not in before


def test_a_goal_a_sector_and_what_is_chosen_leave_their_part_of_the_plan(demo: FlaskClient) -> None:
    whole = plan_of(demo)["initiatives"]

    def shown(query: str) -> list[str]:
        found = list(rows(page(demo, f"/plan?year=2018&lang=en&{query}")))
        assert found == [row["id"] for row in plan_of(demo, query)["initiatives"]]
        return found

    goal = whole[0]["goals"][0]
    assert shown(f"goal={goal}") == [row["id"] for row in whole if goal in row["goals"]]
    assert shown("area=Ledelse+og+ledelsesverkt%C3%B8y") == [
        row["id"] for row in whole if row["area"] == "Ledelse og ledelsesverktøy"
    ]
    assert shown("audience=organisations") == [row["id"] for row in whole if "organisations" in row["audiences"]]
    assert shown("status=stopped") == [row["id"] for row in whole if row["status"] == "cancelled"]
    met_there = plan_of(demo, "sector=FIN")["initiatives"]
    assert len(met_there) == len(whole)
    assert {row["sectors"] for row in met_there} <= {0, 1}
    text = words(page(demo, "/plan?year=2018&lang=en&area=finnes+ikke"))
    assert "Nothing in this selection has changed since the plan was adopted." in text
    assert "The plan is as it was adopted" not in text
    assert "No initiatives in the area in this selection." in text
    assert "figures and initiatives below are of the selection" in text


def test_whatever_days_other_pages_show_the_plan_is_of_a_whole_year(demo: FlaskClient) -> None:
    text = page(demo, "/plan?from=2018-03-05&to=2018-03-11&lang=nb")
    assert list(rows(text)) == list(rows(page(demo, "/plan?year=2018&lang=nb")))
    assert "Årsplan 2018" in words(text)
    assert "from=2018-03-05" not in text


@pytest.mark.parametrize(
    ("query", "said", "way"),
    [
        ("year=1987", "Tidslinjen kjenner ingen årsplan for 1987.", "year=2018"),
        ("year=1987&version=adopted", "Tidslinjen kjenner ingen årsplan for 1987.", "year=2018"),
        ("year=2018&known_on=2016-01-01", "Tidslinjen kjente ingen årsplan for 2018", "/plan?year=2018&amp;lang=nb"),
        ("year=2017&version=adopted&known_on=2018-01-01", "var ikke vedtatt ved utgangen av 1. jan. 2018", "adopted"),
        ("year=2019&version=adopted", "Årsplanen for 2019 er ikke vedtatt.", "/plan?year=2019&amp;lang=nb"),
    ],
)
def test_where_there_is_no_such_plan_a_sentence_says_so_and_leads_on(
    drafts: FlaskClient, query: str, said: str, way: str
) -> None:
    text = page(drafts, f"/plan?{query}&lang=nb", status=404)
    notice = re.search(r'<p class="notice">(.*?)</p>', text, re.DOTALL)
    assert notice
    assert said in notice[1]
    assert way in notice[1]
    for href in re.findall(r'href="([^"]+)"', notice[1]):
        assert drafts.get(href.replace("&amp;", "&"), headers={"Accept": "text/html"}).status_code == 200
    assert drafts.get(f"/plan.pdf?{query}", headers={"Accept": "text/html"}).status_code == 404
    assert drafts.get(f"/plan.csv?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["year=0", "year=99999", "year=i+fjor", "year=2018&version=frossen", "year=2018&known_on=2999-01-01"]
)
def test_what_cannot_be_asked_is_said_where(drafts: FlaskClient, query: str) -> None:
    text = page(drafts, f"/plan?{query}&lang=nb", status=422)
    assert "Adressen spør om noe som ikke går an" in text
    assert re.search("<strong>(Planår|Utgave|Slik det var kjent):</strong>", text)


def test_a_timeline_that_knows_no_plan_says_so(empty: FlaskClient) -> None:
    text = page(empty, "/plan?lang=en")
    assert "Nobody has told of a plan of the year yet." in text
    assert "Ingen har meldt noen årsplan ennå." in page(empty, "/plan?year=2018&version=adopted&lang=nb")


def test_a_plan_with_nothing_in_it_says_so(drafts: FlaskClient) -> None:
    said = words(page(drafts, "/plan?year=2019&lang=nb"))
    assert "Planen har ingen områder og ingen tiltak ennå." in said
    assert "Ingen drøfting er registrert." in said
    assert "Utkast, ikke vedtatt" in said


@pytest.mark.parametrize("address", ["0", "99999", "99999999999", "1987", "2018?version=adopted", "tekst"])
def test_the_api_has_no_plan_where_there_is_none(empty: FlaskClient, address: str) -> None:
    response = empty.get(f"/api/plans/{address}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_the_api_refuses_what_a_plan_is_not_asked_for(demo: FlaskClient) -> None:
    for query in ("from=2018-01-01&to=2018-02-01", "year=2018", "version=frossen", "known_on=i+fjor"):
        assert demo.get(f"/api/plans/2018?{query}").status_code == 422


# Taken away


@pytest.mark.parametrize("version", ["now", "adopted"])
def test_the_spreadsheet_and_the_json_have_the_rows_of_the_page(demo: FlaskClient, version: str) -> None:
    shown = list(rows(page(demo, f"/plan?year=2018&version={version}&goal=K2")))
    assert [row["Id"] for row in table(demo, f"/plan.csv?year=2018&version={version}&goal=K2&lang=nb")] == shown
    name = demo.get(f"/plan.csv?year=2018&version={version}").headers["Content-Disposition"]
    assert name == f"attachment; filename=samtidig-plan-2018-{version}.csv"
    book = workbook(demo, f"/plan.xlsx?year=2018&version={version}&goal=K2&lang=en")
    assert [row["budget"] for row in book] == [
        row["budget"] for row in plan_of(demo, f"version={version}&goal=K2")["initiatives"]
    ]
    answer = demo.get(f"/plan.json?year=2018&version={version}&goal=K2", follow_redirects=True).json
    assert [row["id"] for row in answer["initiatives"]] == shown


@pytest.mark.parametrize("version", ["now", "adopted"])
def test_on_paper_it_says_which_version_it_is(demo: FlaskClient, version: str) -> None:
    content = pdfs.taken(demo, f"/plan.pdf?year=2018&version={version}&lang=nb")
    assert pdfs.is_tagged(content)
    known = "19. des. 2017, 11:00" if version == "adopted" else "nå"
    assert f"Slik det var kjent: {known}" in pdfs.pages(content)[0]
    said = pdfs.words(content)
    for row in plan_of(demo, f"version={version}")["initiatives"]:
        assert pdfs.letters(row["title"]) in said
