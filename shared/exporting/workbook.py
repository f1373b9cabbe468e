"""XLSX through openpyxl, written row by row. Texts are typed as texts: nothing in them is a formula."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from shared.exporting.values import Value, as_typed, cell
from shared.importing.columns import Choice, Column, day
from shared.importing.model import Limits
from shared.problems import Language

DATE = "yyyy-mm-dd"
TEXT = "@"
"""The format of a cell that stays text when somebody writes in it: 1-2 does not become a date."""
FIRST_DATE = date(1900, 3, 1)
"""Before it, spreadsheets disagree on which day a number is: 1900 was no leap year, except in Excel."""
WIDE, NARROW = 48, 16
"""Widths of columns, in characters."""
LONG = 300
"""A column with longer texts than this is a wide one."""
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""One of them, and no program reads the file (XML 1.0, production 2)."""
LIST = 255
"""Characters that the choices of a cell may have together."""
FILLED_IN = 5_000
"""Rows of a template that offer choices."""

BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")

WORDS = {
    "required": ("Må fylles ut.", "Must be given."),
    "allowed": ("Tillatt: {words}.", "Allowed: {words}."),
    "many": ("Flere verdier skilles med semikolon.", "Several values are separated by semicolons."),
    "pick": ("Velg fra listen.", "Choose from the list."),
    "author": ("Samtidig", "Samtidig"),
}


def export(rows: Iterable[Mapping[str, object]], columns: Sequence[Column], language: Language) -> Iterator[bytes]:
    book, sheet = _begun(columns)
    sheet.append([_header(sheet, column, language) for column in columns])
    for row in rows:
        sheet.append([typed(sheet, cell(row.get(column.name), column, language)) for column in columns])
    yield saved(book)


def template(columns: Sequence[Column], language: Language) -> bytes:
    book, sheet = _begun(columns)
    header = [_header(sheet, column, language) for column in columns]
    for written, column in zip(header, columns, strict=True):
        written.comment = comment(_told(column, language))
    sheet.append(header)
    for position, column in enumerate(columns, start=1):
        letter = get_column_letter(position)
        if column.parse is not day:
            sheet.column_dimensions[letter].number_format = TEXT
        if isinstance(column.parse, Choice):
            _offer(sheet, column, f"{letter}2:{letter}{FILLED_IN + 1}", language)
    return saved(book)


def typed(sheet: Any, value: Value) -> Any:
    """A cell of the type of its value."""
    if value is None:
        return None
    if isinstance(value, date) and value < FIRST_DATE:
        value = value.isoformat()
    if isinstance(value, str):
        return text(sheet, as_typed(value))
    found = of_type(sheet, value)
    if isinstance(value, date):
        found.number_format = DATE
    return found


def of_type(sheet: Any, value: Any) -> Any:
    """A number or a moment, as openpyxl writes it."""
    return WriteOnlyCell(sheet, value)


def text(sheet: Any, written: str) -> Any:
    """A cell that is text, also when it begins with `=`. What XML can't hold is left out."""
    found = WriteOnlyCell(sheet, NOT_IN_XML.sub("", written)[: Limits().cell])
    found.data_type = "s"
    found.number_format = TEXT
    return found


def comment(said: str) -> Comment:
    return Comment(said, WORDS["author"][0], width=320, height=40 + 20 * (len(said) // 40 + said.count("\n")))


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _begun(columns: Sequence[Column]) -> tuple[Workbook, Any]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Samtidig")
    sheet.freeze_panes = "A2"
    for position, column in enumerate(columns, start=1):
        width = WIDE if column.maximum > LONG else NARROW
        sheet.column_dimensions[get_column_letter(position)].width = width
    return book, sheet


def _header(sheet: Any, column: Column, language: Language) -> Any:
    found = text(sheet, column.header(language))
    found.font = BOLD
    return found


def _told(column: Column, language: Language) -> str:
    """What it is for, whether it is needed, what it may hold."""
    place = 0 if language == "nb" else 1
    said = [column.told(language)]
    if column.required:
        said.append(WORDS["required"][place])
    if isinstance(column.parse, Choice):
        said.append(WORDS["allowed"][place].format(words=", ".join(column.parse.written(language))))
    if column.many:
        said.append(WORDS["many"][place])
    return "\n".join(filter(None, said))


def _offer(sheet: Any, column: Column, cells: str, language: Language) -> None:
    """A list to choose from. Where a cell may hold several values, others than those of the list are no fault."""
    words = column.parse.written(language) if isinstance(column.parse, Choice) else []
    listed = ",".join(words)
    if len(listed) > LIST or any("," in word or '"' in word for word in words):
        return
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=not column.many)
    offered.error = _told(column, language)[:LIST]
    offered.prompt = WORDS["pick"][0 if language == "nb" else 1]
    offered.add(cells)
    sheet.data_validations.append(offered)
