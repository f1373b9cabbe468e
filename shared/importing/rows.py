"""Sheet + columns → typed rows, or every fault in it."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.importing.columns import Column, Invalid, as_text, day, folded, items
from shared.importing.messages import message
from shared.importing.model import Cell, Limits, Line, Params, Refused, Sheet, column_letter, is_blank
from shared.problems import Language

DAYS_TO_1904 = 1462
"""Days from Excel's usual zero to the one of old Macs."""
SHOWN = 200
"""Characters of a cell that a fault repeats."""
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#I/T", "#VERDI!", "#NAVN?"})
"""What a spreadsheet writes where a formula failed, in English and in bokmål."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `row` as the spreadsheet numbers it, `column` as the file names it; `None`: the file."""

    row: int | None
    column: str | None
    code: str
    params: Params = field(default_factory=dict)
    value: str | None = None

    def as_json(self, language: Language) -> dict[str, str | int | None]:
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": message(self.code, language, **self.params),
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A row without faults.

    `values` has an entry for each column that the file has, and none for a column that it has not: absent means
    "leave it as it is"; `None` or `()` means "make it empty". `headers`: the file's own name of each such column.
    """

    number: int
    values: Mapping[str, object]
    headers: Mapping[str, str] = field(repr=False)

    def fault(self, column: str | None, code: str, **params: str | int) -> Fault:
        """A fault that a rule outside the file finds in this row; `column` is one of `Column.name`."""
        if column is None:
            return Fault(self.number, None, code, params)
        value = self.values.get(column)
        shown = "; ".join(map(str, value)) if isinstance(value, tuple) else value
        return Fault(
            self.number,
            self.headers.get(column, column),
            code,
            params,
            None if shown is None else str(shown)[:SHOWN],
        )


class Parsed(NamedTuple):
    """`rows` are those without faults, in the file's order; `faults` are all there are, top to bottom."""

    rows: list[Row]
    faults: list[Fault]


def refusal(refused: Refused) -> Fault:
    """The refusal of a whole file as a fault, so that both are answered alike."""
    return Fault(refused.row, None, refused.code, refused.params)


def parse(sheet: Sheet, columns: Sequence[Column], *, key: Sequence[str] = (), limits: Limits | None = None) -> Parsed:
    """Every row of the sheet as values, and every fault in it.

    `key` names the columns that together identify an item (`external_id`; `sector` and `external_id`; `code`): a row
    with the key of an earlier row is a fault; a row without one of its parts is an item of its own.
    """
    header = _header(sheet, columns)
    if not header.found:
        return Parsed([], header.faults)
    rows: list[Row] = []
    faults = list(header.faults)
    reading = Reading(longest=(limits or Limits()).cell, dates_from_1904=sheet.dates_from_1904)
    seen: dict[tuple[object, ...], int] = {}
    for line in sheet.lines:
        values: dict[str, object] = {}
        wrong = list(_values(line, header, reading, values))
        wrong += _repeated(line, header, key, values, seen)
        if wrong:
            faults += wrong
        else:
            rows.append(Row(line.number, values, header.names))
    complete = all(column.name in header.names for column in columns if column.required)
    return Parsed(rows if complete else [], faults)


# The header


@dataclass(frozen=True, slots=True)
class Header:
    found: Mapping[int, Column]
    names: Mapping[str, str]
    """`Column.name` → the name that stands in the file."""
    written: Sequence[str]
    nameless: Sequence[int]
    """Positions with nothing written over them."""
    faults: list[Fault]


def _header(sheet: Sheet, columns: Sequence[Column]) -> Header:
    """Which column stands where, with every fault of the header at once."""
    known = _known(columns)
    row = sheet.header.number
    written = [as_text(cell) for cell in sheet.header.cells]
    meant = [known.get(folded(name)) for name in written]
    present = {column.name for column in meant if column}
    if not present:
        expected = {
            "expected_nb": ", ".join(column.bokmal for column in columns),
            "expected_en": ", ".join(column.name for column in columns),
        }
        return Header({}, {}, written, (), [Fault(row, None, "header-missing", expected)])
    found: dict[int, Column] = {}
    places: dict[str, int] = {}
    faults: list[Fault] = []
    for position, (name, column) in enumerate(zip(written, meant, strict=True)):
        if column is None:
            if name:
                faults.append(Fault(row, name[:SHOWN], "unknown-column", _suggestion(name, known, present)))
        elif column.name in places:
            first = places[column.name]
            params = {"first": f"{written[first]} ({column_letter(first)})", "letter": column_letter(position)}
            faults.append(Fault(row, name, "duplicate-column", params))
        else:
            found[position] = column
            places[column.name] = position
    for column in columns:
        if column.required and column.name not in present:
            both = {"name_nb": column.bokmal, "name_en": column.name}
            faults.append(Fault(row, column.name, "missing-column", both))
    names = {name: written[position] for name, position in places.items()}
    nameless = [position for position, name in enumerate(written) if not name]
    return Header(found, names, written, nameless, faults)


def _known(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Every name, folded, with its column. `ValueError` when two columns claim one name: a slip in a service."""
    known: dict[str, Column] = {}
    for column in columns:
        for name in column.names:
            if known.setdefault(folded(name), column) is not column:
                raise ValueError(f"{name!r} is a name of {column.name} and of {known[folded(name)].name}")
    return known


def _suggestion(name: str, known: Mapping[str, Column], present: Collection[str]) -> Params:
    """The nearest name of a column that the file lacks."""
    close = difflib.get_close_matches(
        folded(name), [word for word in known if known[word].name not in present], n=1, cutoff=0.7
    )
    if not close:
        return {}
    column = known[close[0]]
    return {"suggestion": next(name for name in column.names if folded(name) == close[0])}


# The rows


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds for every cell of one sheet."""

    longest: int
    """Characters."""
    dates_from_1904: bool


def _values(line: Line, header: Header, reading: Reading, values: dict[str, object]) -> Iterator[Fault]:
    """Fill `values` with the line's cells, column by column, and give a fault for each that can't be read."""
    cells = line.cells
    for position, column in header.found.items():
        cell = cells[position] if position < len(cells) else None
        found: list[object] = []
        wrong = False
        for item in _items(cell, column):
            try:
                found.append(_value(item, column, reading))
            except Invalid as invalid:
                wrong = True
                shown = as_text(item)[:SHOWN]
                yield Fault(line.number, header.written[position], invalid.code, invalid.params, shown)
        if column.required and not found and not wrong:
            yield Fault(line.number, header.written[position], "required")
        if column.many:
            values[column.name] = tuple(dict.fromkeys(found))
        else:
            values[column.name] = found[0] if found else None
    for position in (*header.nameless, *range(len(header.written), len(cells))):
        if position < len(cells) and not is_blank(cells[position]):
            shown = as_text(cells[position])[:SHOWN]
            yield Fault(line.number, column_letter(position), "cell-without-column", {}, shown)


def _items(cell: Cell, column: Column) -> Sequence[Cell]:
    if is_blank(cell):
        return ()
    return items(cell) if column.many else (cell,)


def _value(cell: Cell, column: Column, reading: Reading) -> object:
    """The value of a cell that is not empty. `Invalid` when it has none."""
    if isinstance(cell, str):
        if len(cell) > reading.longest:
            raise Invalid("too-long", maximum=reading.longest)
        if cell.startswith("#") and cell.strip() in ERRORS:
            raise Invalid("spreadsheet-error")
    elif reading.dates_from_1904 and column.parse is day and isinstance(cell, int | float):
        cell += DAYS_TO_1904
    value = column.parse(cell)
    if isinstance(value, str) and len(value) > column.maximum:
        raise Invalid("too-long", maximum=column.maximum)
    return value


def _repeated(
    line: Line,
    header: Header,
    key: Sequence[str],
    values: Mapping[str, object],
    seen: dict[tuple[object, ...], int],
) -> Iterator[Fault]:
    """A fault when an earlier row has the same key. `seen`: key → the first row that has it."""
    identity = tuple(values.get(name) for name in key)
    if not identity or None in identity:
        return
    first = seen.setdefault(identity, line.number)
    if first != line.number:
        yield Fault(line.number, header.names[key[-1]], "duplicate-row", {"first": first}, str(identity[-1]))
