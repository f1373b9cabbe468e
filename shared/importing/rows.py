"""Sheet + columns → typed rows, or every fault in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.importing.columns import Column, Invalid, as_text, day, folded, items
from shared.importing.header import OURS, Chosen, Head, key, known_names, locate, suggestion
from shared.importing.messages import MESSAGES, message
from shared.importing.model import Cell, Limits, Line, Params, Refused, Sheet, column_letter, is_blank
from shared.problems import Language, Sentences, sentence

DAYS_TO_1904 = 1462
"""Days from Excel's usual zero to the one of old Macs."""
SHOWN = 200
"""Characters of a cell that a fault repeats."""
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#I/T", "#VERDI!", "#NAVN?"})
"""What a spreadsheet writes where a formula failed, in English and in bokmål."""
GUARDED = re.compile(r"'+[=+\-@\t\r]")
"""Our exports put an apostrophe before what a spreadsheet would take for a formula (`shared.exporting`)."""

Told = Callable[[int], object]
"""Told after each row how many there were before it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `row` as the spreadsheet numbers it, `column` as the file names it; `None`: the file.

    whole: of the file or its header, so that there is no row to leave out. place: the column's position, from 0.
    """

    row: int | None
    column: str | None
    code: str
    params: Params = field(default_factory=dict)
    value: str | None = None
    whole: bool = field(default=False, compare=False)
    place: int | None = field(default=None, compare=False)

    def message(self, language: Language, rules: Sentences = MESSAGES) -> str:
        """Its sentence. `rules`: those of the service, for what its rules have found."""
        if self.code in rules and rules is not MESSAGES:
            return sentence(self.code, language, rules)
        return message(self.code, language, **self.params)

    def as_json(self, language: Language, rules: Sentences = MESSAGES) -> dict[str, str | int | None]:
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": self.message(language, rules),
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A row without faults.

    `values` has an entry for each column that the file has, and none for a column that it has not: absent means
    "leave it as it is"; `None` or `()` means "make it empty". `headers`: the file's own name of each such column;
    `places`: its position.
    """

    number: int
    values: Mapping[str, object]
    headers: Mapping[str, str] = field(repr=False)
    places: Mapping[str, int] = field(default_factory=dict, repr=False)

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
            place=self.places.get(column),
        )


class Parsed(NamedTuple):
    """`rows` are those without faults, in the file's order; `faults` are all there are, top to bottom."""

    rows: list[Row]
    faults: list[Fault]


def refusal(refused: Refused) -> Fault:
    """The refusal of a whole file as a fault, so that both are answered alike."""
    return Fault(refused.row, None, refused.code, refused.params, whole=True)


def parse(
    sheet: Sheet,
    columns: Sequence[Column],
    *,
    key: Sequence[str] = (),
    limits: Limits | None = None,
    mapping: Chosen | None = None,
    told: Told | None = None,
) -> Parsed:
    """Every row of the sheet as values, and every fault in it.

    `key` names the columns that together identify an item (`external_id`; `sector` and `external_id`; `code`): a row
    with the key of an earlier row is a fault; a row without one of its parts is an item of its own.
    `mapping` says of a column of the file which of ours it is, or that it is left out; a column that it does not name
    is known by its own name, or a fault.
    """
    header = read_header(sheet, columns, mapping or {})
    if not header.found:
        return Parsed([], header.faults)
    rows: list[Row] = []
    faults = list(header.faults)
    reading = Reading(longest=(limits or Limits()).cell, dates_from_1904=sheet.dates_from_1904)
    seen: dict[tuple[object, ...], int] = {}
    for done, line in enumerate(header.lines):
        values: dict[str, object] = {}
        wrong = list(_values(line, header, reading, values))
        wrong += _repeated(line, header, key, values, seen)
        if wrong:
            faults += wrong
        else:
            rows.append(Row(line.number, values, header.names, header.places))
        if told is not None:
            told(done)
    complete = all(column.name in header.places for column in columns if column.required)
    return Parsed(rows if complete else [], faults)


# The header


@dataclass(frozen=True, slots=True)
class Header:
    lines: Sequence[Line]
    written: Sequence[str]
    """The names of all columns of the file."""
    found: Mapping[int, Column] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """`Column.name` → the name that stands in the file."""
    places: Mapping[str, int] = field(default_factory=dict)
    """`Column.name` → its position."""
    nameless: Sequence[int] = ()
    """Positions with nothing written over them, and of which nobody has said what they are."""
    faults: list[Fault] = field(default_factory=list)


def read_header(sheet: Sheet, columns: Sequence[Column], mapping: Chosen) -> Header:
    """Which column stands where, with every fault of the header at once."""
    head = locate(sheet, columns, mapping)
    known = known_names(columns)
    by_name = {column.name: column for column in columns}
    chosen = {key(name): target for name, target in mapping.items()}
    names = head.names
    keys = [key(name) for name in head.keys]
    faults = list(_slips(head, keys, mapping, by_name))
    meant = [
        by_name.get(chosen[own] or "") if own in chosen else known.get(folded(name)) or known.get(folded(lower))
        for own, name, lower in zip(keys, names, head.lower, strict=True)
    ]
    present = {column.name for column in meant if column}
    if not present:
        expected = {
            "expected_nb": ", ".join(column.bokmal for column in columns),
            "expected_en": ", ".join(column.name for column in columns),
        }
        return Header(
            head.lines, names, faults=[*faults, Fault(head.number, None, "header-missing", expected, whole=True)]
        )
    found: dict[int, Column] = {}
    places: dict[str, int] = {}
    for position, (name, column) in enumerate(zip(names, meant, strict=True)):
        if column is None:
            if name and keys[position] not in chosen and folded(head.lower[position]) not in OURS:
                near = suggestion(name, known, present)
                faults.append(
                    Fault(head.number, name[:SHOWN], "unknown-column", near, whole=True, place=position),
                )
        elif column.name in places:
            first = places[column.name]
            params = {"first": f"{names[first]} ({column_letter(first)})", "letter": column_letter(position)}
            faults.append(Fault(head.number, name, "duplicate-column", params, whole=True, place=position))
        else:
            found[position] = column
            places[column.name] = position
    for column in columns:
        if column.required and column.name not in present:
            both = {"name_nb": column.bokmal, "name_en": column.name}
            faults.append(Fault(head.number, column.name, "missing-column", both, whole=True))
    nameless = [position for position, name in enumerate(names) if not name and keys[position] not in chosen]
    written = [name or column_letter(position) for position, name in enumerate(names)]
    own_names = {name: written[position] for name, position in places.items()}
    return Header(head.lines, written, found, own_names, places, nameless, faults)


def _slips(head: Head, keys: Sequence[str], mapping: Chosen, by_name: Mapping[str, Column]) -> Iterator[Fault]:
    """What a mapping says of columns that neither the file nor the import has."""
    for name, target in mapping.items():
        if key(name) not in keys:
            yield Fault(head.number, name[:SHOWN], "mapped-column-missing", whole=True)
        elif target is not None and target not in by_name:
            yield Fault(head.number, name[:SHOWN], "mapped-to-unknown", {"target": target[:SHOWN]}, whole=True)


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
                name = header.written[position]
                yield Fault(line.number, name, invalid.code, invalid.params, shown, place=position)
        if column.required and not found and not wrong:
            yield Fault(line.number, header.written[position], "required", place=position)
        if column.many:
            values[column.name] = tuple(dict.fromkeys(found))
        else:
            values[column.name] = found[0] if found else None
    for position in (*header.nameless, *range(len(header.written), len(cells))):
        if position < len(cells) and not is_blank(cells[position]):
            shown = as_text(cells[position])[:SHOWN]
            yield Fault(line.number, column_letter(position), "cell-without-column", {}, shown, place=position)


def _items(cell: Cell, column: Column) -> Sequence[Cell]:
    if is_blank(cell):
        return ()
    if isinstance(cell, str) and GUARDED.match(cell):
        cell = cell[1:]
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
        name = header.names[key[-1]]
        place = header.places[key[-1]]
        yield Fault(line.number, name, "duplicate-row", {"first": first}, str(identity[-1]), place=place)
