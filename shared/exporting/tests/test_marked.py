"""The file with its faults marked: as it was, coloured, and importable once it is corrected."""

import io
from datetime import date, datetime

import openpyxl
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shared.exporting.marked import COMMENTS, marked
from shared.importing import load, read
from shared.importing.tests.tables import CENTRAL, SECTORS, saved, xlsx

# ruff: noqa: DTZ001 - a spreadsheet's dates have no time zone


def mark(body, columns=CENTRAL, language="nb", mapping=None, faults=None):
    found = load(body, columns, mapping=mapping).faults if faults is None else faults
    return marked(read(body), columns, found, language, mapping=mapping)


def book(body):
    return openpyxl.load_workbook(io.BytesIO(body)).active


BODY = (
    "Plan for 2018\n"
    "\n"
    "Planår;Område;Tittel;Start;Slutt\n"
    "2018;Ledelse;Nettverk;2018-01-01;2018-12-31\n"
    "\n"
    "18;;=1+1;2018-02-30;\n"
).encode()


def test_faulty_cells_are_coloured_and_say_what_is_wrong():
    sheet = book(mark(BODY))
    assert [cell.value for cell in sheet[4]] == ["2018", "Ledelse", "Nettverk", "2018-01-01", "2018-12-31", None]
    faulty = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert faulty == {
        "A6": "Dette er ikke et årstall. Skriv det som 2018.",
        "B6": "Må fylles ut.",
        "D6": "Denne datoen finnes ikke.",
    }
    assert all(sheet[name].fill.fgColor.rgb == "FFFFD9D2" for name in faulty)
    assert sheet["F3"].value == "Feil"
    assert sheet["F6"].value.splitlines()[1:] == ["Område: Må fylles ut.", "Start: Denne datoen finnes ikke."]
    assert (sheet["A1"].value, sheet["C6"].value, sheet["C6"].data_type) == ("Plan for 2018", "=1+1", "s")


def test_the_marked_file_has_the_same_faults_and_none_when_it_is_corrected():
    once = mark(BODY)
    assert load(once, CENTRAL).faults == load(BODY, CENTRAL).faults
    corrected = openpyxl.load_workbook(io.BytesIO(once))
    for cell, value in {"A6": 2018, "B6": "Læring", "D6": date(2018, 2, 28)}.items():
        corrected.active[cell] = value
    rows, faults = load(saved(corrected), CENTRAL)
    assert faults == []
    assert rows[1].values["title"] == "=1+1"


def test_marked_again_it_has_one_column_of_faults():
    once = mark(BODY)
    twice = book(mark(once, language="en"))
    assert [cell.value for cell in twice[3]] == ["Planår", "Område", "Tittel", "Start", "Slutt", "Faults"]
    assert twice["F6"].value.startswith("Planår: This is not a year.")


def test_what_is_wrong_with_the_header_is_said_at_the_header():
    sheet = book(mark(b"code,nmae\nA,Alna\n", SECTORS))
    assert [cell.value for cell in sheet[1]] == ["code", "nmae", "Feil"]
    assert sheet["B1"].comment.text == "Denne kolonnen er ukjent. Mente du «name»?"
    assert "Kolonnen «navn» mangler." in sheet["C1"].comment.text


def test_dates_and_numbers_stay_what_they_were():
    body = xlsx(["Planår", "Tittel", "Start"], [2018, 1.5, datetime(2018, 5, 31)])
    sheet = book(mark(body))
    assert (sheet["A2"].value, sheet["B2"].value, sheet["C2"].value) == (2018, 1.5, datetime(2018, 5, 31))
    old_mac = Workbook()
    old_mac.epoch = CALENDAR_MAC_1904
    body = xlsx(["plan_year", "area", "title", "start"], ["?", "A", "T", 43160 - 1462], book=old_mac)
    again = load(mark(body), CENTRAL, mapping={"plan_year": None}).faults
    assert {fault.code for fault in again} == {"missing-column"}
    assert read(mark(body)).dates_from_1904


def test_a_rule_of_a_service_points_into_the_file_too():
    [row], _ = load(b"code,name\nA,Alna\n", SECTORS)
    sheet = book(
        mark(b"code,name\nA,Alna\n", SECTORS, faults=[row.fault("name", "required"), row.fault(None, "empty")])
    )
    assert sheet["B2"].comment.text == "Må fylles ut."
    assert sheet["C2"].value.splitlines() == ["name: Må fylles ut.", "Kan ikke være tom."]


def test_very_many_faults_are_all_told_though_not_each_in_a_comment():
    body = "code,name\n" + "A,\n" * (COMMENTS + 10)
    sheet = book(mark(body.encode(), SECTORS))
    assert sum(row[1].comment is not None for row in sheet.iter_rows(min_row=2)) == COMMENTS
    assert sheet.cell(COMMENTS + 11, 3).value == "name: Må fylles ut."


def test_a_row_very_far_down_does_not_make_a_large_file():
    body = saved(_far_down())
    assert len(mark(body, SECTORS)) < 1_000_000


def _far_down():
    book = Workbook()
    book.active.append(["code", "name"])
    book.active["A1000000"] = "A"
    return book
