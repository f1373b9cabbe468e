"""XLSX through openpyxl, after the archive has been weighed: openpyxl trusts what it is given."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import NamedTuple, cast

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH

from shared.importing.model import Cell, Limits, Line, Merged, Refused

ENCRYPTED = 0x1
"""Flag of a part that needs a password (APPNOTE.TXT 4.4.4)."""
LAST_ROW = 1_048_576
"""Of any worksheet. A part may claim more, and openpyxl would count up to it."""
OTHER_ARCHIVES = (
    ("word/", "Word (.docx)"),
    ("ppt/", "PowerPoint (.pptx)"),
    ("content.xml", "OpenDocument (.ods)"),
    ("Index/", "Numbers (.numbers)"),
    ("xl/workbook.bin", "Excel binary (.xlsb)"),
)
WITHOUT_RESULT = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>",
)
"""A formula and no value beside it. With t="str" the value is the empty text, and that is one."""


MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
MERGES = 10_000
"""Merged ranges that are looked at. Headers have a few; they only matter there."""


class Book(NamedTuple):
    """The first visible sheet. dates_from_1904: its numbers count days from then."""

    lines: Iterator[Line]
    dates_from_1904: bool
    merged: list[Merged]


def read(body: bytes, limits: Limits) -> Book:
    """The first visible sheet. `Refused` where there is none, or no workbook, or too much of one."""
    weigh(body, limits)
    try:
        book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl has no error of its own: a damaged part raises what it happens to
        raise Refused("damaged-workbook") from error
    sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise Refused("no-visible-sheet")
    sheet.reset_dimensions()  # what a file claims of its own size is often wrong, and rows outside it would be lost
    rows = cast("Iterator[tuple[object, ...]]", sheet.iter_rows(max_row=LAST_ROW, values_only=True))
    return Book(_lines(rows, limits), book.epoch == MAC_EPOCH, _merged(body, sheet))


def _merged(body: bytes, sheet: object) -> list[Merged]:
    """The merged cells, from the sheet's own part: openpyxl leaves them out when it reads row by row."""
    part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(BytesIO(body)) as archive:
        content = archive.read(part) if part in archive.namelist() else b""
    found: list[Merged] = []
    for reference in islice(MERGED.finditer(content, content.rfind(b"</sheetData>") + 1), MERGES):
        left, top, right, _ = range_boundaries(reference[1].decode())
        if left and top and right and right > left:
            found.append(Merged(top, left - 1, right - 1))
    return found


def weigh(body: bytes, limits: Limits) -> None:
    """Refuse an archive that unpacks to more than `limits`, by what it declares and by what comes out of it."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & ENCRYPTED for part in parts):
                raise Refused("password-protected")
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
                raise _too_large(limits)
            _refuse_other_archives([part.filename for part in parts])
            left, tags = limits.unpacked, 0
            for part in parts:
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(limits)
                tags += content.count(b"<")
                if tags > limits.tags:
                    raise Refused("too-many-cells")
                if part.filename.startswith("xl/worksheets/"):
                    _refuse_formulas_without_result(content)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise Refused("damaged-workbook") from error


def _refuse_other_archives(names: list[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    kind = next((kind for start, kind in OTHER_ARCHIVES if any(name.startswith(start) for name in names)), "zip")
    raise Refused("not-a-spreadsheet", kind=kind)


def _refuse_formulas_without_result(content: bytes) -> None:
    """A program that writes formulas and does not calculate them leaves cells that look empty to a reader."""
    if b"<f" not in content:
        return
    for cell in WITHOUT_RESULT.finditer(content):
        if b't="str"' not in cell[1]:
            name = re.search(rb'\br="([A-Z]+[0-9]+)"', cell[1])
            raise Refused("formula-without-result", cell=name[1].decode() if name else "?")


def _lines(rows: Iterator[tuple[object, ...]], limits: Limits) -> Iterator[Line]:
    """Every row with its number. One text may be shared by millions of cells, so that what it adds up to is counted."""
    left = limits.unpacked
    try:
        for number, row in enumerate(rows, start=1):
            if not row:
                continue
            cells = [_cell(value) for value in row]
            left -= sum(len(cell) for cell in cells if isinstance(cell, str))
            if left < 0:
                break
            yield Line(number, cells)
    except Exception as error:  # as above; the sheet is parsed while it is iterated
        raise Refused("damaged-workbook") from error
    if left < 0:
        raise _too_large(limits)


def _too_large(limits: Limits) -> Refused:
    return Refused("unpacks-too-large", limit=limits.unpacked // (1024 * 1024))


def _cell(value: object) -> Cell:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # Excel keeps every number as a float: 2018.0 is 2018
    if isinstance(value, str):
        return value.replace("_x000D_", "")  # a carriage return as XLSX escapes it; the line feed follows it
    return cast("Cell", value)
