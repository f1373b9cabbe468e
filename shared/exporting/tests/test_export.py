"""What is exported and imported again is the same, in both formats and languages; and nothing in it is a formula."""

import io
import time
import unicodedata
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.exporting import FORMATS, export, reference
from shared.importing import AUDIENCES, load
from shared.importing.tests.tables import ACTIVITIES, CENTRAL, GOALS, KINDS, SECTORS

HARMFUL = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "'=1", "''=1", '=HYPERLINK("http://x")']

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30).map(
    lambda found: unicodedata.normalize("NFC", found).strip()
)
LINES = st.lists(TEXT, max_size=3).map("\n".join).map(str.strip)
MAY_BE_FORMULA = st.tuples(st.sampled_from(["", "=", "+", "-", "@", "'=", "''@", "'"]), LINES).map("".join)
CODE = TEXT.map(lambda found: " ".join(found.split())).filter(lambda found: found and not set(found) & set(";|"))
ROW = st.fixed_dictionaries(
    {
        "external_id": CODE,
        "plan_year": st.integers(1900, 2200),
        "area": MAY_BE_FORMULA.map(str.strip).filter(bool),
        "title": MAY_BE_FORMULA.map(str.strip).filter(bool),
        "description": st.none() | MAY_BE_FORMULA.map(str.strip).filter(bool),
        "goals": st.lists(CODE, max_size=3, unique=True).map(tuple),
        "audiences": st.lists(st.sampled_from(list(AUDIENCES)), max_size=5, unique=True).map(tuple),
        "start": st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)),
        "end": st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)),
        "responsible": st.none() | CODE,
    }
)


def file(rows, columns, language="nb", form="csv"):
    return b"".join(export(rows, columns, language, form))


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=5), st.sampled_from(["nb", "en"]), st.sampled_from(FORMATS))
def test_what_is_exported_is_imported_as_it_was(rows, language, form):
    parsed = load(file(rows, CENTRAL, language, form), CENTRAL)
    assert parsed.faults == []
    assert [row.values for row in parsed.rows] == rows


def test_a_character_that_xml_can_not_hold_does_not_spoil_the_whole_file():
    rows = [{"code": "A", "name": "a\x00b\ufffec\uffffd"}]
    parsed = load(file(rows, SECTORS, form="xlsx"), SECTORS)
    assert [dict(row.values) for row in parsed.rows] == [{"code": "A", "name": "abcd"}]


@pytest.mark.parametrize("form", FORMATS)
def test_values_that_spreadsheets_like_to_change_stay(form):
    rows = [{"code": value, "name": value} for value in ("007", "1-2", "1E5", "TRUE", "2018-05-31", "3,14", "#N/B")]
    parsed = load(file(rows, SECTORS, form=form), SECTORS)
    assert parsed.faults == []
    assert [dict(row.values) for row in parsed.rows] == rows


def test_csv_is_what_excel_in_norway_opens():
    body = file([{"external_id": "K1", "title": "Åpen; ærlig", "kind": "objective"}], GOALS)
    assert body.decode("utf-8").startswith("\ufeffEkstern id;Tittel;Type;Kode;")
    assert body.decode("utf-8-sig").splitlines()[1] == 'K1;"Åpen; ærlig";delmål;;;;'


def test_headers_and_choices_are_in_the_language_asked_for():
    row = {"external_id": "K1", "audiences": ("top_leaders", "residents"), "title": "T"}
    assert b"employees" not in file([row], ACTIVITIES)
    assert "toppledere; innbyggere" in file([row], ACTIVITIES).decode()
    english = file([row], ACTIVITIES, "en").decode("utf-8-sig").splitlines()
    assert english[0].startswith("external_id;title;audiences;channel;start;end")
    assert english[1] == 'K1;T;"top_leaders; residents";;;;;;'


@pytest.mark.parametrize("harmful", HARMFUL)
def test_nothing_that_people_wrote_is_a_formula_in_csv(harmful):
    body = file([{"code": "A", "name": harmful}], SECTORS).decode("utf-8-sig").splitlines()[1]
    cell = body.partition(";")[2].strip('"')
    assert cell.startswith("'")
    assert load(f"code;name\n{body}\n".encode(), SECTORS).rows[0].values["name"] == harmful


@pytest.mark.parametrize("harmful", HARMFUL)
def test_nothing_that_people_wrote_is_a_formula_in_xlsx(harmful):
    body = file([{"code": "A", "name": harmful}], SECTORS, form="xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(body)).active["B2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert load(body, SECTORS).rows[0].values["name"] == harmful


def test_dates_are_dates_in_xlsx():
    body = file([{"title": "T", "start": date(2018, 5, 31)}], CENTRAL, form="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert (sheet["H2"].is_date, sheet["H2"].number_format) == (True, "yyyy-mm-dd")
    assert sheet.freeze_panes == "A2"


def test_what_a_row_lacks_is_an_empty_cell():
    assert load(file([{"code": "A", "name": None}, {"code": "B"}], SECTORS), SECTORS).faults[0].code == "required"


@pytest.mark.parametrize("name", ["a;b", "a|b", "a  b", " a", "a\nb", "", None, "0a8f1f2e-58ad-4d4c-9d35-4c9a3f3d7d0e"])
def test_an_external_id_that_could_not_be_read_back_gives_way_to_the_id(name):
    item = uuid4()
    assert reference(name, item) == str(item)
    assert reference("EHA:T 01", item) == "EHA:T 01"


def test_a_large_export_comes_in_pieces_and_in_seconds():
    rows = ({"external_id": f"K{number}", "title": "Åpenhet", "kind": "objective"} for number in range(10_000))
    pieces = export(rows, GOALS, "nb", "csv")
    assert len(next(pieces) + next(pieces)) < 100_000
    assert sum(piece.count(b"\r\n") for piece in pieces) == 9_500
    began = time.process_time()
    rows = ({"external_id": f"K{number}", "title": "Åpenhet", "kind": "objective"} for number in range(10_000))
    body = file(rows, GOALS, form="xlsx")
    assert time.process_time() - began < 10
    assert len(load(body, GOALS, key=["external_id"]).rows) == 10_000


def test_every_choice_has_a_word_in_each_language():
    for kind in KINDS:
        rows = [{"external_id": "1", "title": "T", "kind": kind}]
        assert {load(file(rows, GOALS, language), GOALS).rows[0].values["kind"] for language in ("nb", "en")} == {kind}
