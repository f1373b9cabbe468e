"""What passes between the steps of an import: cells, lines, a sheet; a refusal of the whole file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | datetime | date | time | timedelta | None
"""One cell. CSV knows text only; `bool` comes as an `int`, and a whole number never as a `float`."""

Params = Mapping[str, str | int]
"""What a sentence of `messages` is filled with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be. Each bound is tested before the memory or the time is spent."""

    body: int = 20 * 1024 * 1024
    """Bytes of the file."""
    unpacked: int = 64 * 1024 * 1024
    """Bytes of all parts of an XLSX together, and characters of all its cells together."""
    tags: int = 4_000_000
    """XML tags in an XLSX: each takes about 5 µs to read. 50,000 rows of 12 texts have 3.7 million."""
    parts: int = 2_000
    """Files inside an XLSX."""
    rows: int = 50_000
    """Rows with content, the header not counted."""
    columns: int = 200
    cell: int = 32_767
    """Characters: as many as Excel can hold in a cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in it. `number` is the one that a spreadsheet shows; empty cells at its end are cut off."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one row that are merged, from `first` to `last` (positions, from 0). Only the first holds something."""

    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first row with content, as the header that it most often is, and the others. See `header.locate`."""

    header: Line
    lines: Sequence[Line]
    dates_from_1904: bool = False
    """A number in a date column counts days from 1904-01-01 (workbooks from old Macs) instead of 1899-12-30."""
    merged: Sequence[Merged] = ()
    """Those of the whole sheet; CSV has none, and some programs write none."""


class Refused(Exception):  # noqa: N818 - an outcome, like Rejected
    """The file as a whole can't be read. `code` is stable; `messages.message` makes a sentence of it and `params`."""

    def __init__(self, code: str, row: int | None = None, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.row = row
        self.params: Params = params


INVISIBLE = "".join(filter(str.isspace, map(chr, range(0x10000)))) + "\ufeff\u200b\u2060"
"""Blanks of every width, also those of none: what does not count at the edges of a cell."""


def column_letter(position: int) -> str:
    """The spreadsheet's name of a column: 0 → A, 25 → Z, 26 → AA."""
    name = ""
    rest = position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(INVISIBLE))


def trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Without the empty cells at the end."""
    width = len(cells)
    while width and is_blank(cells[width - 1]):
        width -= 1
    return cells[:width]
