"""Rows and faults: all of them at once, each at its place."""

import csv
import doctest
import io
import time
from datetime import date
from pathlib import Path

import pytest

from shared import importing
from shared.importing import Column, Fault, code, load, text
from shared.importing.tests.tables import ALL, CENTRAL, GOALS, LOCAL, SECTORS, xlsx

HERE = Path(__file__).parent
BESIDE = Path(__file__).parents[4] / "shared" / "data"
"""Real files that may lie beside the repository."""
REAL = [path for folder in (HERE, BESIDE) for path in sorted(folder.rglob("*.csv")) if path.stem in ALL]
KEYS = {"sectors": ["code"], "agencies": ["code"], "local_initiatives": ["sector", "external_id"]}


def found(faults):
    return [(fault.row, fault.column, fault.code) for fault in faults]


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_file_is_read_without_a_fault(path):
    rows, faults = load(path.read_bytes(), ALL[path.stem], key=KEYS.get(path.stem, ["external_id"]))
    assert faults == []
    assert len(rows) > 0


def test_a_file_as_excel_saves_it_in_norway_is_read_to_the_last_character():
    rows, faults = load((HERE / "data/excel_nb/goals.csv").read_bytes(), GOALS, key=["external_id"])
    assert faults == []
    assert [(row.number, row.values["external_id"], row.values["title"], row.values["kind"]) for row in rows] == [
        (2, "KJ.1", "Få og tydelige mål", "characteristic"),
        (4, "FO.1", "Bedre tjenester til innbyggerne", "purpose"),
    ]
    assert rows[0].values["description"] == "Første linje\nandre linje; med skilletegn"
    assert rows[1].values["expected_effect"] == 'Kortere vei fra spørsmål til svar – "på tvers"'


@pytest.mark.parametrize("name", ALL)
def test_no_two_columns_of_an_import_share_a_name(name):
    header = ",".join(column.name for column in ALL[name])
    assert load(header.encode(), ALL[name]) == ([], [])


def test_two_columns_that_claim_one_name_are_a_slip_in_the_program():
    with pytest.raises(ValueError, match="navn"):
        load(b"name,title", (Column("name", text), Column("title", text)))


def test_headers_in_bokmal_and_english_are_the_same():
    nb = "Ekstern ID;Tittel;TYPE;Forventet effekt\nKJ.1;Få og tydelige mål;Kjennetegn;Ledere vet hva som teller"
    en = "external_id,title,kind,expected_effect\nKJ.1,Få og tydelige mål,characteristic,Ledere vet hva som teller"
    assert load(nb.encode("cp1252"), GOALS).rows[0].values == load(en.encode(), GOALS).rows[0].values


def test_a_column_that_the_file_lacks_is_left_as_it_is_and_an_empty_cell_is_made_empty():
    [row], faults = load(b"external_id,title,plan_year,area,goals,start\nC1,T,2018,A,,\n", CENTRAL)
    assert faults == []
    assert row.values == {"external_id": "C1", "title": "T", "plan_year": 2018, "area": "A", "goals": (), "start": None}


def test_every_fault_in_the_file_is_told_at_once():
    body = (
        "external_id,plan_year,area,title,goals,audiences,start,end,budjett\n"
        "C1,2018,Ledelse,Nettverk,KJ.1,ledere,2018-02-30,31.12.2018,5\n"
        "C2,,Ledelse,,KJ.1,ledere;barn;voksne,,i vår,\n"
        "\n"
        "C3,2018,Ledelse,Samling,KJ.1,,2018-01-01,2018-12-31,\n"
        "C1,18,Ledelse,Kurs,,,,,,,for bredt\n"
    )
    rows, faults = load(body.encode(), CENTRAL, key=["external_id"])
    assert [row.number for row in rows] == [5]
    assert found(faults) == [
        (1, "budjett", "unknown-column"),
        (2, "start", "no-such-date"),
        (3, "plan_year", "required"),
        (3, "title", "required"),
        (3, "audiences", "not-a-choice"),
        (3, "audiences", "not-a-choice"),
        (3, "end", "not-a-date"),
        (6, "plan_year", "not-a-year"),
        (6, "K", "cell-without-column"),
        (6, "external_id", "duplicate-row"),
    ]
    assert [fault.value for fault in faults if fault.code == "not-a-choice"] == ["barn", "voksne"]


def test_a_fault_says_where_what_and_why_in_the_language_asked_for():
    [fault] = load(b"Kode;Navn\nA;Alna\nA;Bjerke", SECTORS, key=["code"]).faults
    assert fault.as_json("nb") == {
        "row": 3,
        "column": "Kode",
        "code": "duplicate-row",
        "message": "Rad 2 har samme verdi.",
        "value": "A",
    }
    assert fault.as_json("en")["message"] == "Row 2 has the same value."


def test_an_unknown_column_comes_with_the_nearest_name_that_the_file_lacks():
    faults = load(b"Titel;Tittel;Typpe;Xyz\n;;;", GOALS).faults
    assert found(faults) == [
        (1, "Titel", "unknown-column"),
        (1, "Typpe", "unknown-column"),
        (1, "Xyz", "unknown-column"),
        (1, "kind", "missing-column"),
    ]
    assert [dict(fault.params).get("suggestion") for fault in faults[:3]] == [None, "type", None]
    assert faults[1].as_json("en")["message"] == "This column is unknown. Did you mean “type”?"


def test_a_row_that_lacks_a_needed_column_is_not_without_faults():
    parsed = load(b"code\nA\n", SECTORS)
    assert parsed.rows == []
    assert found(parsed.faults) == [(1, "name", "missing-column")]


def test_two_names_of_one_column_are_a_duplicate():
    [fault] = load(b"code,name,Navn\nA,B,C\n", SECTORS).faults
    assert (fault.column, fault.as_json("nb")["message"]) == ("Navn", "Kolonne C er den samme som name (B).")


def test_a_file_without_a_header_is_one_fault_that_names_the_columns():
    [fault] = load("BYR;Byrådslederens kontor\nFIN;Finans\n".encode(), SECTORS).faults
    assert (fault.row, fault.column, fault.code) == (1, None, "header-missing")
    assert fault.as_json("nb")["message"].endswith("Ingen av disse ble funnet: kode, navn.")


def test_a_refused_file_is_one_fault():
    assert load(b"%PDF-1.7", SECTORS) == ([], [Fault(None, None, "not-a-spreadsheet", {"kind": "PDF"})])


def test_a_key_of_two_columns_is_repeated_only_as_a_whole():
    body = b"sector,external_id,title\nA,1,x\nB,1,x\nA,2,x\nA,1,x\nA,,x\nA,,x\n"
    rows, faults = load(body, LOCAL, key=["sector", "external_id"])
    assert len(rows) == 5
    assert (found(faults), faults[0].params) == ([(5, "external_id", "duplicate-row")], {"first": 2})


def test_invisible_characters_do_not_fill_a_required_cell():
    faults = load("code,name\nA,\u200b\u00a0\ufeff\n".encode(), SECTORS).faults
    assert found(faults) == [(2, "name", "required")]


def test_a_required_cell_of_delimiters_is_empty():
    columns = (Column("code", code), Column("goals", code, required=True, many=True))
    assert found(load(b"code,goals\nA, ;|\n", columns).faults) == [(2, "goals", "required")]


def test_a_text_over_the_limit_of_its_column_is_a_fault_that_shows_its_beginning():
    [fault] = load(b"code,name\nA," + b"x" * 301, SECTORS).faults
    assert (fault.code, fault.params, fault.value) == ("too-long", {"maximum": 300}, "x" * 200)


def test_a_rule_outside_the_file_points_into_it():
    [row], _ = load("Ekstern ID;Planår;Område;Tittel;Mål\nC1;2018;Ledelse;T;KJ.1|KJ.2".encode(), CENTRAL)
    assert row.fault("goals", "x") == Fault(2, "Mål", "x", {}, "KJ.1; KJ.2")
    assert row.fault("end", "x") == Fault(2, "end", "x")
    assert row.fault(None, "x") == Fault(2, None, "x")


def test_the_example_in_the_packages_documentation_is_true():
    failed, tried = doctest.testmod(importing)
    assert tried > 3
    assert failed == 0


def test_a_file_with_a_header_only_has_no_rows_and_no_faults():
    assert load(b"code,name\n", SECTORS) == ([], [])


ROW = ["2018", "Ledelse", "Nettverk for ledere på tvers", "KJ.1;KJ.2", "leaders", "2018-01-01", "31.12.2018"]
HEADER = ["external_id", "plan_year", "area", "title", "goals", "audiences", "start", "end"]


def test_ten_thousand_rows_of_csv_and_of_xlsx_are_read_within_seconds():
    rows = [[f"C{number}", *ROW] for number in range(10_000)]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEADER, *rows])
    for body, seconds in ((out.getvalue().encode("cp1252"), 3), (xlsx(HEADER, *rows), 20)):
        began = time.process_time()  # not on the clock: other work on the machine is not ours
        parsed = load(body, CENTRAL, key=["external_id"])
        assert time.process_time() - began < seconds
        assert (len(parsed.rows), parsed.faults) == (10_000, [])
        assert parsed.rows[-1].values["end"] == date(2018, 12, 31)
