"""What the pages show, taken away: the same rows and figures, opened by another library, and never a formula."""

import csv
import io
from datetime import date
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


def test_each_page_offers_what_it_shows_with_the_same_selection(demo: FlaskClient) -> None:
    for address, name in (("/timeline", "timeline"), ("/", "matrix"), ("/gaps", "gaps")):
        html = page(demo, f"{address}?year=2018&goal=K3&known_on=2018-05-31")
        assert f'href="/{name}.xlsx?year=2018&amp;known_on=2018-05-31&amp;goal=K3"' in html
        assert "Ta med Det siden viser" in words(html)
    assert 'href="/gaps.csv?year=2018&amp;kind=local_only"' in page(demo, "/gaps?year=2018&kind=local_only")


def test_json_is_the_same_view_of_the_api(demo: FlaskClient) -> None:
    for name in ("timeline", "matrix"):
        response = demo.get(f"/{name}.json?year=2018&goal=K3&lang=en", follow_redirects=True)
        assert response.request.path == f"/api/{name}"
        assert response.json["window"] == {"from": "2018-01-01", "to": "2018-12-31"}


def test_no_title_is_a_formula(postgres: Postgres) -> None:
    tell, url = Teller(), postgres.database()
    demo_world.create(url, [tell.central("C1", title='=HYPERLINK("http://x")', start="2018-01-01", goals=[])])
    with pages_on(url) as client:
        assert table(client, "/timeline.csv?lang=en")[0]["title"] == '\'=HYPERLINK("http://x")'
        response = client.get("/timeline.xlsx")
        cells = next(load_workbook(io.BytesIO(response.data)).active.iter_rows(min_row=2))
        assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s"]


def test_where_there_is_nothing_the_file_has_a_header_only(empty: FlaskClient) -> None:
    for name in ("timeline", "matrix", "gaps"):
        assert table(empty, f"/{name}.csv") == []
        assert workbook(empty, f"/{name}.xlsx") == []


@pytest.mark.parametrize("address", ["/timeline.csv?from=2018-02-30&to=2018-03-01", "/gaps.xlsx?kind=begge"])
def test_what_can_not_be_asked_for_is_said_on_a_page(demo: FlaskClient, address: str) -> None:
    assert "Adressen spør om noe som ikke går an" in words(page(demo, address, 422))


def test_there_are_no_other_forms(demo: FlaskClient) -> None:
    page(demo, "/timeline.exe", 404)
