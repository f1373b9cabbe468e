"""XLSX: Excel's types, and archives that mean harm."""

# ruff: noqa: DTZ001 - a spreadsheet's dates have no time zone

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shared.importing import Limits, Refused, load, read
from shared.importing.tests.tables import CENTRAL, SECTORS, saved, xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(body, limits=None):
    with pytest.raises(Refused) as error:
        read(body, limits=limits)
    return error.value


def rewritten(body, changes, compression=zipfile.ZIP_DEFLATED):
    """The workbook with some parts replaced, added or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", compression) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, content in {**parts, **changes}.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def with_rows(rows_xml):
    body = xlsx(["code", "name"])
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows_xml}</sheetData></worksheet>'
    return rewritten(body, {"xl/worksheets/sheet1.xml": sheet})


def with_shared_strings(strings_xml, rows_xml):
    """As Excel writes text: in a part of its own, the cells holding numbers of strings."""
    body = with_rows(rows_xml)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = types if kind in types else types.replace("</Types>", override)
    return rewritten(body, {"[Content_Types].xml": types, "xl/sharedStrings.xml": strings_xml})


def inline(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f"<row>{inline('A1', 'code')}{inline('B1', 'name')}</row>"


def test_excels_types_become_those_of_the_columns():
    body = xlsx(
        ["Planår", "Område", "Tittel", "Mål", "Målgrupper", "Startdato", "Sluttdato", "Ansvarlig"],
        [2018.0, "Ledelse", 1917, "KJ.1; KJ.2", "ledere|Toppledere", datetime(2018, 3, 1), 43465, None],
        [None, None],
        [2018, "Ledelse", 0.1 + 0.2, 7.0, None, date(2018, 12, 31), "31.12.2018"],
    )
    rows, faults = load(body, CENTRAL)
    assert faults == []
    assert [row.number for row in rows] == [2, 4]
    assert rows[0].values == {
        "plan_year": 2018,
        "area": "Ledelse",
        "title": "1917",
        "goals": ("KJ.1", "KJ.2"),
        "audiences": ("leaders", "top_leaders"),
        "start": date(2018, 3, 1),
        "end": date(2018, 12, 31),
        "responsible": None,
    }
    assert rows[1].values["title"] == "0.3"
    assert rows[1].values["goals"] == ("7",)
    assert rows[1].values["start"] == rows[1].values["end"] == date(2018, 12, 31)


def test_a_workbook_that_counts_from_1904_gives_the_same_days():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    body = xlsx(
        ["plan_year", "area", "title", "start", "end"],
        [2018, "Ledelse", "A", date(2018, 3, 1), 43160 - 1462],
        book=book,
    )
    rows, faults = load(body, CENTRAL)
    assert faults == []
    assert rows[0].values["start"] == rows[0].values["end"] == date(2018, 3, 1)
    assert rows[0].values["plan_year"] == 2018


def test_the_first_visible_sheet_is_read():
    book = Workbook()
    book.active.append(["secret"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Plan").append(["code", "name"])
    book.create_sheet("More").append(["other"])
    assert list(read(saved(book)).header.cells) == ["code", "name"]


def test_empty_columns_and_rows_at_the_end_do_not_count():
    body = xlsx(["code", "name", None, " "], ["A", "Alna", None, None, "  "], [None, " "], [], ["", None])
    sheet = read(body, limits=Limits(columns=2, rows=1))
    assert [list(line.cells) for line in (sheet.header, *sheet.lines)] == [["code", "name"], ["A", "Alna"]]


def test_rows_outside_the_size_that_the_file_claims_are_read():
    body = xlsx(["code", "name"], ["A", "Alna"], ["B", "Bjerke"])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:B3"', b'ref="A1:A1"')
    assert b'ref="A1:A1"' in sheet
    assert len(load(rewritten(body, {"xl/worksheets/sheet1.xml": sheet}), SECTORS).rows) == 2


def test_a_row_far_down_keeps_its_number():
    body = with_rows(f'{HEADER}<row r="1048576">{inline("A1048576", "Z")}{inline("B1048576", "Last")}</row>')
    assert [row.number for row in load(body, SECTORS).rows] == [1_048_576]


def test_a_row_number_beyond_any_sheet_costs_nothing():
    body = with_rows(f'{HEADER}<row r="99999999999">{inline("A99999999999", "Z")}</row>')
    assert load(body, SECTORS).rows == []


def test_text_with_escaped_carriage_returns_keeps_its_lines():
    body = with_rows(f"{HEADER}<row>{inline('A2', 'A')}{inline('B2', 'two_x000D_&#10;lines')}</row>")
    assert load(body, SECTORS).rows[0].values["name"] == "two\nlines"


def test_a_formula_that_was_never_calculated_is_not_taken_for_an_empty_cell():
    error = refused(xlsx(["code", "name"], ["A", '=CONCATENATE("Al","na")']))
    assert (error.code, error.params) == ("formula-without-result", {"cell": "B2"})


def test_a_formulas_result_is_read_also_when_it_is_the_empty_text():
    calculated = '<c r="B2" t="str"><f>"Al"&amp;"na"</f><v>Alna</v></c>'
    empty = '<c r="C2" t="str"><f>IF(A2="","x","")</f><v></v></c>'
    body = with_rows(f"{HEADER}<row>{inline('A2', 'A')}{calculated}{empty}</row>")
    assert load(body, SECTORS).rows[0].values == {"code": "A", "name": "Alna"}


def test_a_failed_formula_is_a_fault_in_its_cell():
    body = with_rows(f'{HEADER}<row>{inline("A2", "A")}<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    [fault] = load(body, SECTORS).faults
    assert (fault.row, fault.column, fault.code, fault.value) == (2, "name", "spreadsheet-error", "#DIV/0!")


def test_text_that_excel_keeps_apart_from_the_cells_is_read():
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>code</t></si><si><t>name</t></si><si><r><t>Al</t></r><r><t>na</t></r></si></sst>'
    )
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row><c r="A2"><v>301.0</v></c><c r="B2" t="s"><v>2</v></c></row>'
    )
    assert load(with_shared_strings(strings, rows), SECTORS).rows[0].values == {"code": "301", "name": "Alna"}


# Archives that mean harm


def test_a_bomb_is_refused_by_the_size_that_it_declares():
    body = rewritten(xlsx(["code"]), {"xl/media/zeros.bin": b"\0" * 3_000_000})
    assert len(body) < 20_000
    assert refused(body, Limits(unpacked=1_000_000)).code == "unpacks-too-large"


def test_a_bomb_that_declares_a_small_size_is_refused_too():
    size = 3_000_000
    body = rewritten(xlsx(["code"]), {"xl/media/zeros.bin": b"\0" * size})
    lying = body.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != body
    assert refused(lying, Limits(unpacked=1_000_000)).code in {"damaged-workbook", "unpacks-too-large"}


def test_cells_that_would_take_minutes_are_refused():
    body = with_rows(HEADER + f"<row>{'<c/>' * 5_000}</row>")
    assert refused(body, Limits(tags=1_000)).code == "too-many-cells"


def test_parts_beyond_the_limit_are_refused():
    body = rewritten(xlsx(["code"]), {f"xl/media/{number}.bin": b"" for number in range(50)})
    assert refused(body, Limits(parts=40)).code == "unpacks-too-large"


def test_entities_that_expand_are_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    strings = f'{bomb}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'
    assert refused(with_shared_strings(strings, HEADER)).code == "damaged-workbook"
    sheet = f'{bomb}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    assert refused(rewritten(xlsx(["code", "name"]), {"xl/worksheets/sheet1.xml": sheet})).code == "damaged-workbook"


def test_one_long_text_in_very_many_cells_is_refused():
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 10_000}</t></si></sst>'
    body = with_shared_strings(strings, "<row><c t='s'><v>0</v></c></row>" * 200)
    assert len(body) < 10_000
    assert refused(body, Limits(unpacked=1_000_000)).code == "unpacks-too-large"


def test_a_part_that_needs_a_password_is_said_so():
    body = bytearray(xlsx(["code"]))
    position = 0
    while (position := body.find(b"PK\x01\x02", position)) >= 0:
        body[position + 8] |= 1
        position += 4
    assert refused(bytes(body)).code == "password-protected"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"])
@pytest.mark.parametrize("content", [None, b"", b"<x>", b"not xml"])
def test_a_damaged_workbook_is_refused(part, content):
    body = rewritten(xlsx(["code"], ["A"]), {part: content})
    assert refused(body).code in {"damaged-workbook", "not-a-spreadsheet", "no-visible-sheet"}


def test_a_sheet_that_breaks_off_is_refused():
    body = with_rows(f"{HEADER}<row>{inline('A2', 'A')}")
    assert refused(body).code == "damaged-workbook"


def test_a_cut_off_file_is_refused():
    body = xlsx(["code"], ["A"])
    assert {refused(body[:length]).code for length in range(4, len(body) - 1, 97)} == {"damaged-workbook"}
