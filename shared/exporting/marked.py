"""The uploaded file with its faults in it: coloured cells that say what is wrong, and a last column with it all.

The import leaves that column out, so that the corrected file can be sent as it is.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from shared.exporting.workbook import BOLD, DATE, FIRST_DATE, WRAPPED, comment, of_type, saved, text
from shared.importing.columns import Column, as_text, folded
from shared.importing.header import OURS, Chosen, Head, locate
from shared.importing.model import Cell, Sheet
from shared.importing.rows import Fault
from shared.problems import Language

HEADER = ("Feil", "Faults")
FAULTY = PatternFill("solid", start_color="FFFFD9D2")
COMMENTS = 2_000
"""Cells that say what is wrong with them; more would make the file slow to open. The last column says it of all."""
MOMENT = "yyyy-mm-dd hh:mm"
GAP = 10_000
"""Empty rows that are kept between two others."""

Say = Callable[[Fault], str]


def marked(
    sheet: Sheet,
    columns: Sequence[Column],
    faults: Sequence[Fault],
    language: Language,
    *,
    mapping: Chosen | None = None,
    say: Say | None = None,
) -> bytes:
    """An XLSX with the cells of the sheet (as `read` gives it), in the rows where they stood, and its faults.

    say: fault → its sentence, where the service has rules of its own.
    """
    sentence = say or (lambda fault: fault.message(language))
    head = locate(sheet, columns, mapping or {})
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row or head.number, []).append(fault)
    lines = [sheet.header, *sheet.lines]
    book = Workbook(write_only=True)
    book.epoch = CALENDAR_MAC_1904 if sheet.dates_from_1904 else CALENDAR_WINDOWS_1900
    out: Any = book.create_sheet("Samtidig")
    writer = _Writer(out, max(len(line.cells) for line in lines), _our_own(head), sentence)
    number = 0
    for line in lines:
        for _ in range(min(line.number - number - 1, GAP)):
            out.append([])
        number = line.number
        title = HEADER[0 if language == "nb" else 1] if number == head.number else None
        writer.write(line.cells, by_row.get(number, []), title)
    return saved(book)


def _our_own(head: Head) -> int | None:
    """The position of the column that an earlier marking has left, if there is one."""
    return next((position for position, name in enumerate(head.lower) if folded(name) in OURS), None)


class _Writer:
    """Writes one row after the other, and the faults of each. `again`: where an earlier marking stands."""

    def __init__(self, out: Any, width: int, again: int | None, say: Say) -> None:
        self._out = out
        self._place = width if again is None else again
        self._say = say
        self._comments = 0

    def write(self, line: Sequence[Cell], faults: Sequence[Fault], title: str | None) -> None:
        """`title`: of the last column, in the header. What is wrong with the header as such is said there."""
        width = max(len(line), self._place + 1)
        cells = [_as_it_was(self._out, cell) for cell in [*line, *[None] * (width - len(line))]]
        for place in dict.fromkeys(fault.place for fault in faults if fault.place is not None):
            if place < width and place != self._place:
                here = "\n".join(self._say(fault) for fault in faults if fault.place == place)
                cells[place] = self._marked(cells[place], here)
        told = [f"{fault.column}: {self._say(fault)}" if fault.column else self._say(fault) for fault in faults]
        cells[self._place] = self._summary(told, title)
        self._out.append(cells)

    def _marked(self, cell: Any, said: str) -> Any:
        found = text(self._out, "") if cell is None else cell
        found.fill = FAULTY
        self._comments += 1
        if self._comments <= COMMENTS:
            found.comment = comment(said)
        return found

    def _summary(self, told: Sequence[str], title: str | None) -> Any:
        said = "\n".join(told)
        if title is None and not said:
            return None
        found = text(self._out, title or said)
        if title is None:
            found.alignment = WRAPPED
            return found
        found.font = BOLD
        return self._marked(found, said) if said else found


def _as_it_was(sheet: Any, cell: Cell) -> Any:
    """Of the same type: dates as dates, and text as text."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return text(sheet, cell)
    if isinstance(cell, date) and date(cell.year, cell.month, cell.day) < FIRST_DATE:
        return text(sheet, as_text(cell))
    found = of_type(sheet, cell)
    if isinstance(cell, date):
        found.number_format = DATE if len(as_text(cell)) == len("2018-05-31") else MOMENT
    return found
