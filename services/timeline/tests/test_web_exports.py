"""What the pages show, taken away: the same rows and figures, opened by another library, and never a formula."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from services.timeline.web import exports
from shared.testing.plugin import Postgres


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """A CSV as a Norwegian spreadsheet opens it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def workbook(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """As another library reads it than the one that wrote it."""
    response = client.get(address)
    assert response.status_code == 200
    header, *lines = CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0).to_python()
    return [dict(zip(header, (None if value == "" else value for value in line), strict=True)) for line in lines]


def test_the_timeline_as_a_spreadsheet_has_the_rows_of_the_page(demo: FlaskClient) -> None:
    shown = demo.get("/api/timeline?year=2018&goal=K3&sector=BLK&limit=2000").json
    rows = table(demo, "/timeline.csv?year=2018&goal=K3&sector=BLK&lang=nb")
    assert [row["Id"] for row in rows] == [item["id"] for item in [*shown["items"], *shown["activities"]]]
    assert [row["Fra"] for row in rows] == [item["start"] or "" for item in [*shown["items"], *shown["activities"]]]
    assert {row["Side"] for row in rows} == {"sentralt tiltak", "lokalt tiltak"}
    whole = {row["Side"] for row in table(demo, "/timeline.csv?year=2018&lang=nb")}
    assert whole == {"sentralt tiltak", "lokalt tiltak", "kommunikasjonstiltak"}
    response = demo.get("/timeline.csv?year=2018")
    assert response.headers["Content-Disposition"] == "attachment; filename=samtidig-timeline-2018.csv"


def test_all_initiatives_are_in_the_file_also_where_the_page_has_several_parts(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = table(demo, "/timeline.csv?year=2018")
    gaps = table(demo, "/gaps.csv?year=2018&sort=date&kind=local_only")
    monkeypatch.setattr(exports, "LARGEST_PAGE", 7)
    assert table(demo, "/timeline.csv?year=2018") == whole
    assert table(demo, "/gaps.csv?year=2018&sort=date&kind=local_only") == gaps
    assert len(whole) > 20


def test_a_workbook_has_days_as_days_and_numbers_as_numbers(demo: FlaskClient) -> None:
    rows = workbook(demo, "/timeline.xlsx?year=2018&lang=en")
    dated = [row for row in rows if row["side"] == "local initiative" and row["common_days"]]
    assert dated
    assert all(row["from"] >= date(2017, 1, 1) and row["common_days"] == int(row["common_days"]) for row in dated)
    first, last = dated[0]["common_periods"].split("; ")[0].split("/")
    assert date.fromisoformat(first) <= date.fromisoformat(last)


def test_the_matrix_has_a_row_for_each_cell_with_its_figures(demo: FlaskClient) -> None:
    cells = demo.get("/api/matrix?year=2018").json["cells"]
    rows = workbook(demo, "/matrix.xlsx?year=2018&lang=en")
    assert len(rows) == len(cells)
    assert sum(row["common_days"] for row in rows) == sum(cell["both_days"] for cell in cells)
    degrees = sorted(round(cell["degree"], 4) for cell in cells if cell["degree"] is not None)
    assert sorted(row["degree"] for row in rows if row["degree"] is not None) == degrees
    assert {row["sector"] for row in rows if not row["sector_code"]} == {"all sectors"}
    k3 = next(row for row in rows if row["goal_code"] == "K3" and row["sector_code"] == "BLK")
    norwegian = next(
        row for row in table(demo, "/matrix.csv?year=2018&lang=nb&goal=K3&sector=BLK") if row["Sektorkode"] == "BLK"
    )
    assert norwegian["Tilstand"] == "samtidig"
    assert norwegian["Grad"] == f"{k3['degree']:.4f}".replace(".", ",")


def test_gaps_are_filtered_and_sorted_as_on_the_page(demo: FlaskClient) -> None:
    asked = "year=2018&goal=K3&kind=local_only&min_days=20&sort=date"
    rows = workbook(demo, f"/gaps.xlsx?{asked}&lang=en")
    shown = demo.get(f"/api/gaps?{asked}&limit=2000").json["gaps"]
    assert [(str(row["from"]), row["days"], row["move_days"]) for row in rows] == [
        (gap["from"], gap["days"], gap["move"]) for gap in shown
    ]
    assert {row["one_side_only"] for row in rows} == {"local only"}


def test_the_days_in_common_of_a_central_one_are_those_of_the_local_ones_that_meet_it(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "LARGEST_PAGE", 30)
    rows = [row for row in table(demo, "/timeline.csv?year=2018&lang=nb") if row["Side"] == "sentralt tiltak"]
    totals = demo.get("/api/matrix?year=2018").json["totals"]
    assert sum(row["Felles dager"] not in ("", "0") for row in rows) == totals["central_concurrent"]
    for row in rows[:8]:
        asked = demo.get(f"/api/initiatives/{row['Id']}?year=2018").json
        common = {
            date.fromisoformat(first) + timedelta(n)
            for other in asked["related"]
            if other["verdict"] == "concurrent"
            for first, last in [(other["common_from"], other["common_to"])]
            for n in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
        }
        assert int(row["Felles dager"]) == len(common), row["Tittel"]


def test_the_plan_and_the_timeline_say_the_same_days_in_common(demo: FlaskClient) -> None:
    """The one asks PostgreSQL for them, the other counts what it shows."""
    of_timeline = {row["Id"]: row["Felles perioder"] for row in table(demo, "/timeline.csv?year=2018&lang=nb")}
    of_plan = {row["Id"]: row["Felles perioder"] for row in table(demo, "/plan.csv?year=2018&lang=nb")}
    shown = of_plan.keys() & of_timeline.keys()
    assert len(shown) > 20
    assert {id_: of_plan[id_] for id_ in shown} == {id_: of_timeline[id_] for id_ in shown}
    assert any(of_plan.values())


COMPARED = "year=2018&from_known=2018-03-31&to_known=2018-09-30"


def test_changes_are_those_of_the_page_with_both_periods_and_the_reasons(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = demo.get(f"/api/changes?{COMPARED}&limit=2000").json["changes"]
    assert len(shown) > 7
    monkeypatch.setattr(exports, "LARGEST_PAGE", 7)
    rows = table(demo, f"/changes.csv?{COMPARED}&lang=nb")
    periods = ("old_start", "old_end", "new_start", "new_end")
    columns = ("Fra før", "Til før", "Fra etter", "Til etter")
    assert [(row["Id"], *(row[name] for name in columns)) for row in rows] == [
        (one["id"], *(one[name] or "" for name in periods)) for one in shown
    ]
    reasons = [[event["reason"] for event in one["events"] if event["reason"]] for one in shown]
    assert any(reasons)
    assert [row["Begrunnelser"] for row in rows] == ["; ".join(said) for said in reasons]
    called = {"added": "nytt", "moved": "flyttet", "removed": "stanset før start", "changed": "endret på annen måte"}
    assert [row["Endring"] for row in rows] == [called[one["kind"]] for one in shown]
    in_english = workbook(demo, f"/changes.xlsx?{COMPARED}&lang=en&sector=BLK")
    assert {row["sector_code"] for row in in_english} == {None, "BLK"}
    moved = [row for row in in_english if row["change"] == "moved"]
    assert moved
    assert all((row["from_before"], row["to_before"]) != (row["from_after"], row["to_after"]) for row in moved)


def test_what_was_learnt_is_found_as_on_the_page(demo: FlaskClient) -> None:
    shown = demo.get("/api/learning?q=team&limit=2000").json["learnings"]
    assert shown
    rows = table(demo, "/learning.csv?q=team&lang=nb")
    assert [(row["Erfaring"], row["Tiltak"]) for row in rows] == [(one["text"], one["title"]) for one in shown]
    every = workbook(demo, "/learning.xlsx?lang=en")
    assert len(every) == demo.get("/api/learning").json["total"] > len(rows)
    assert all(isinstance(row["shared_on"], date) for row in every)


def test_each_page_offers_what_it_shows_with_the_same_selection(demo: FlaskClient) -> None:
    for address, name in (("/timeline", "timeline"), ("/", "matrix"), ("/gaps", "gaps"), ("/learning", "learning")):
        html = page(demo, f"{address}?year=2018&goal=K3&known_on=2018-05-31")
        for form in ("xlsx", "csv", "json"):
            assert f'href="/{name}.{form}?year=2018&amp;known_on=2018-05-31&amp;goal=K3"' in html
        assert "Ta med Det siden viser" in words(html)
    assert 'href="/gaps.csv?year=2018&amp;kind=local_only"' in page(demo, "/gaps?year=2018&kind=local_only")
    html = page(demo, f"/changes?{COMPARED}")
    for form in ("xlsx", "csv", "json"):
        told = f"/changes.{form}?year=2018&amp;known_on=2018-09-30&amp;from_known=2018-03-31&amp;to_known=2018-09-30"
        assert f'href="{told}"' in html


@pytest.mark.parametrize(
    ("address", "path", "asked"),
    [
        ("/timeline.json?year=2018&goal=K3&lang=en", "/api/timeline", {"year": "2018", "goal": "K3", "limit": "2000"}),
        ("/matrix.json?year=2018&goal=K3", "/api/matrix", {"year": "2018", "goal": "K3"}),
        (
            "/gaps.json?year=2018&kind=local_only&sort=date",
            "/api/gaps",
            {"year": "2018", "kind": "local_only", "sort": "date", "limit": "2000"},
        ),
        (
            f"/changes.json?{COMPARED}&known_on=2018-06-30",
            "/api/changes",
            {"year": "2018", "from_known": "2018-03-31", "to_known": "2018-09-30", "limit": "2000"},
        ),
        (
            "/changes.json?year=2018&known_on=2018-06-30",
            "/api/changes",
            {"year": "2018", "to_known": "2018-06-30", "limit": "2000"},
        ),
        (
            "/learning.json?year=2018&q=team&known_on=2018-06-30&lang=en",
            "/api/learning",
            {"q": "team", "known_on": "2018-06-30", "limit": "2000"},
        ),
        ("/initiatives/S18-02.json?year=2018&lang=en", "/api/initiatives/S18-02", {"year": "2018"}),
    ],
)
def test_json_is_the_same_view_of_the_api(demo: FlaskClient, address: str, path: str, asked: dict[str, str]) -> None:
    response = demo.get(address, follow_redirects=True)
    assert response.status_code == 200
    assert response.request.path == path
    assert dict(response.request.args) == asked
    assert isinstance(response.json, dict)


@pytest.mark.parametrize("name", ["changes", "learning"])
def test_a_file_that_was_asked_for_wrongly_says_so(demo: FlaskClient, name: str) -> None:
    for form in ("csv", "xlsx", "json"):
        response = demo.get(f"/{name}.{form}?known_on=2999-01-01", headers={"Accept": "text/html"})
        assert response.status_code == 422
        assert "<h1>" in response.text


def test_files_hold_all_wherever_a_page_stopped_and_have_names_of_their_own(demo: FlaskClient) -> None:
    names = set()
    for name, asked in (("changes", COMPARED), ("changes", f"{COMPARED}&sector=BLK"), ("learning", "q=team")):
        following = demo.get(f"/api/{name}?{asked}&limit=1").json["next"]
        assert following
        whole = demo.get(f"/{name}.csv?{asked}")
        assert demo.get(f"/{name}.csv?{asked}&cursor={following}").data == whole.data
        names.add(whole.headers["Content-Disposition"].partition("filename=")[2])
    assert names == {
        "samtidig-changes-2018-2018-09-30-2018-03-31.csv",
        "samtidig-changes-2018-BLK-2018-09-30-2018-03-31.csv",
        "samtidig-learning-2018-team.csv",
    }


def test_no_title_is_a_formula(postgres: Postgres) -> None:
    tell, url = Teller(), postgres.database()
    demo_world.create(url, [tell.central("C1", title='=HYPERLINK("http://x")', start="2018-01-01", goals=[])])
    with pages_on(url) as client:
        assert table(client, "/timeline.csv?lang=en")[0]["title"] == '\'=HYPERLINK("http://x")'
        response = client.get("/timeline.xlsx")
        cells = next(load_workbook(io.BytesIO(response.data)).active.iter_rows(min_row=2))
        assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s"]


def test_where_there_is_nothing_the_file_has_a_header_only(empty: FlaskClient) -> None:
    for name in ("timeline", "matrix", "gaps", "changes", "learning"):
        assert table(empty, f"/{name}.csv") == []
        assert workbook(empty, f"/{name}.xlsx") == []


@pytest.mark.parametrize("address", ["/timeline.csv?from=2018-02-30&to=2018-03-01", "/gaps.xlsx?kind=begge"])
def test_what_can_not_be_asked_for_is_said_on_a_page(demo: FlaskClient, address: str) -> None:
    assert "Adressen spør om noe som ikke går an" in words(page(demo, address, 422))


def test_there_are_no_other_forms(demo: FlaskClient) -> None:
    page(demo, "/timeline.exe", 404)
