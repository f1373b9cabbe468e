"""CSV as it comes: encodings, delimiters, quotes, and what is not CSV at all."""

import codecs
import csv
import io
import re
import zipfile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.importing import Limits, Refused, read
from shared.importing.model import trimmed
from shared.importing.sheet import ENCRYPTED, OLE


def table(body, **options):
    """[(row number, cells)], the header first."""
    sheet = read(body, **options)
    return [(line.number, list(line.cells)) for line in (sheet.header, *sheet.lines)]


def refused(body, **options):
    with pytest.raises(Refused) as error:
        read(body, **options)
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_norwegian_csv_is_read_whatever_program_saved_it(encoding, delimiter, line_break):
    text = line_break.join([delimiter.join(["kode", "navn"]), delimiter.join(["BYR", "Åpenhet på «Ærlig» øy – 100 €"])])
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert table(mark + text.encode(encoding)) == [(1, ["kode", "navn"]), (2, ["BYR", "Åpenhet på «Ærlig» øy – 100 €"])]


def test_empty_lines_are_left_out_and_the_others_keep_their_numbers():
    assert table(b"\n;;\ncode;name\n\n \t;\nA;Alna\n;;;\nB;Bjerke\n\n") == [
        (3, ["code", "name"]),
        (6, ["A", "Alna"]),
        (8, ["B", "Bjerke"]),
    ]


def test_a_quoted_line_break_does_not_begin_a_new_row():
    body = b'code,name\r\nA,"two\r\nlines"\r\nB,Bjerke\r\n'
    assert table(body) == [(1, ["code", "name"]), (2, ["A", "two\r\nlines"]), (3, ["B", "Bjerke"])]


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        (b'title;code\n"a, b, c, d";1\n"e, f, g, h";2', ["title", "code"]),
        (b'"title, in full";"code"\n"a";"1"', ["title, in full", "code"]),
        (b"title\nOpen, honest, kind\nClear; few", ["title"]),
        (b"title\tcode\nFirst, second; third\t1", ["title", "code"]),
        (b'title,code\n"1;2;3;4",5\n"6;7;8;9",0', ["title", "code"]),
        (b"amount;title\n1,5;a\n2,5;b", ["amount", "title"]),
        (b"title, or name;code\nx;1\ny;2", ["title, or name", "code"]),
    ],
)
def test_the_delimiter_is_the_one_that_splits_the_header_and_fits_the_rows(body, cells):
    assert table(body)[0][1] == cells


def test_text_in_a_cell_of_a_one_column_file_is_not_split():
    assert table(b"title\nOpen, honest\nClear, few")[1:] == [(2, ["Open, honest"]), (3, ["Clear, few"])]


def test_a_first_line_that_names_the_delimiter_is_obeyed_and_not_counted():
    assert table(b"sep=;\r\ncode;name, full\r\nA;Alna\r\n") == [(1, ["code", "name, full"]), (2, ["A", "Alna"])]


def test_the_name_of_the_file_only_breaks_ties():
    assert table(b"a,b\n1,2", filename="plan.tsv")[0][1] == ["a", "b"]
    assert table(b"a\tb,c\n1\t2", filename="plan.tsv")[0][1] == ["a", "b,c"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b",,,\n\n,,,\n", "empty-file"),
        (b"%PDF-1.7\n", "not-a-spreadsheet"),
        (b"\n<!DOCTYPE html><html><table><tr><td>code", "not-a-spreadsheet"),
        (b"\xef\xbb\xbf<html>", "not-a-spreadsheet"),
        (b'<?xml version="1.0"?><Workbook/>', "not-a-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not-a-spreadsheet"),
        (OLE + b"Workbook", "legacy-workbook"),
        (OLE + b"\0\0" + ENCRYPTED, "password-protected"),
        (b"code,name\nA,Al\x00na\n", "nul-character"),
        ("code,name\n".encode("utf-16-le"), "nul-character"),
        (b"code,name\n\x81\x8d,x\n", "undecodable"),
        (codecs.BOM_UTF8 + b"code,name\n\xe5,x\n", "undecodable"),
        (codecs.BOM_UTF16_LE + b"a\0b\0c", "undecodable"),
        (b'code,name\nA,"never closed\nB,Bjerke\n', "broken-quotes"),
        (b'code,name\nA,"Open" and kind\n', "broken-quotes"),
        (b"code,name\nA," + b"x" * 140_000, "cell-too-large"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_the_reason(body, code):
    assert refused(body).code == code


def test_json_is_told_from_its_content_type():
    assert refused(b'{"code": "A"}', content_type="application/json; charset=utf-8").params == {"kind": "JSON"}


def test_a_utf_8_file_with_one_damaged_byte_is_refused_and_not_read_as_another_encoding():
    error = refused("code,name\nA,Åpenhet på øy\n".encode() + b"B,\xc3\n")
    assert (error.code, error.params) == ("undecodable", {"encoding": "UTF-8", "line": 3})


def test_a_misplaced_quotation_mark_names_its_row():
    assert refused(b'code,name\nA,Alna\nB,"Bjer"ke\n').row == 3


@pytest.mark.parametrize(
    ("body", "limits", "code"),
    [
        (b"code,name\nA,Alna\n", Limits(body=10), "file-too-large"),
        (b"code\nA\nB\nC\n", Limits(rows=2), "too-many-rows"),
        (b"a,b,c\n", Limits(columns=2), "too-many-columns"),
        (b"a,b\n1,2,,,,9\n", Limits(columns=2), "too-many-columns"),
    ],
)
def test_more_than_the_limits_is_refused(body, limits, code):
    assert refused(body, limits=limits).code == code


def test_as_much_as_the_limits_is_read():
    assert len(table(b"a,b,,,\n1,2,,\n\n3,4\n", limits=Limits(rows=2, columns=2))) == 3


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "Word (.docx)"), ("content.xml", "OpenDocument (.ods)"), ("readme.txt", "zip")],
)
def test_another_kind_of_archive_is_named(part, kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    assert refused(out.getvalue()).params == {"kind": kind}


# Whatever can be written can be read

UNICODE = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
WINDOWS = st.sampled_from("abc ABC ,;\t\"'\n\r|=æøåÆØÅéüñ")
"""None of its byte sequences happens to be UTF-8 as well: such a file has two right readings."""
NAME = st.text("abcdefghij_øå", min_size=1, max_size=12)


def tables(characters):
    """A header with rows as wide as it. A column alone has no delimiters in its cells: under one word, `a;b` may be
    a header of two columns below a title.
    """
    cell = st.text(characters, max_size=20)
    undivided = cell.map(lambda text: re.sub(r"[,;\t]", "", text))
    return st.lists(NAME, min_size=1, max_size=6, unique=True).flatmap(
        lambda header: st.lists(
            st.lists(cell if len(header) > 1 else undivided, min_size=len(header), max_size=len(header)), max_size=8
        ).map(lambda rows: [header, *rows]),
    )


def written(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_read(rows):
    return [(number, list(cells)) for number, row in enumerate(rows, start=1) if (cells := trimmed(row))]


@settings(deadline=None)
@given(tables(UNICODE), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_is_read_as_it_was_written(rows, delimiter, encoding):
    assert table(written(rows, delimiter).encode(encoding)) == as_read(rows)


@settings(deadline=None)
@given(tables(WINDOWS), st.sampled_from(",;\t"))
def test_any_table_in_windows_1252_is_read_as_it_was_written(rows, delimiter):
    assert table(written(rows, delimiter).encode("cp1252")) == as_read(rows)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_a_sheet_or_refused(body):
    assume(body)
    try:
        sheet = read(body)
    except Refused as error:
        assert error.code  # noqa: PT017 - either outcome is right, any other error is not
    else:
        assert sheet.header.cells
