"""Where the header is, and which column of the file is which.

Real sheets have lines above their header ("Tiltak 2018, utkast") and headers of two rows ("Periode" over "Fra" and
"Til"). The header is the row, or the two rows, among the first `ROWS` in which most columns are known by name; a plain
header in the first row is taken as it is.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shared.importing.columns import Column, as_text, folded
from shared.importing.model import Cell, Line, Merged, Params, Sheet, column_letter, is_blank

ROWS = 20
"""Rows with content that the header is looked for in."""
LONGEST = 300
"""Characters of a cell that may be a column's name."""
CLOSE = 0.7
"""Likeness (difflib's ratio) from which one name is taken for a slip of the pen in the other."""
OURS = frozenset({"feil", "faults"})
"""The last column of a file that we have marked, folded: no part of what people import."""

Chosen = Mapping[str, str | None]
"""What a person said of a file's columns: header → the name of our column, or None to leave it out. See `written`."""


@dataclass(frozen=True, slots=True)
class Head:
    """The header as it was found.

    number: of its (lower) row. names: of each column of the file, in its order, those of two rows joined, `""` where
    there is none. lower: the same of a header of two rows without the upper one; else as `names`.
    """

    number: int
    names: Sequence[str]
    lower: Sequence[str]
    lines: Sequence[Line]
    """Those after it."""

    @property
    def keys(self) -> list[str]:
        """A name for each column that no other has: the letter stands with what is repeated, or for what has no name.

        This is what a mapping calls the columns.
        """
        seen: set[str] = set()
        keys: list[str] = []
        for position, name in enumerate(self.names):
            alone = bool(name) and key(name) not in seen
            keys.append(name if alone else f"{name} ({column_letter(position)})".strip())
            seen.add(key(name))
        return keys


def key(name: str) -> str:
    """A name as mappings compare it: folded, or as it is where nothing would be left."""
    return folded(name) or name.strip()


def known_names(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Every name, folded, with its column. `ValueError` when two columns claim one name: a slip in a service."""
    known: dict[str, Column] = {}
    for column in columns:
        for name in column.names:
            if known.setdefault(folded(name), column) is not column:
                raise ValueError(f"{name!r} is a name of {column.name} and of {known[folded(name)].name}")
    return known


def close_name(name: str, known: Mapping[str, Column], present: Collection[str]) -> tuple[str, Column] | None:
    """The nearest name, folded, of a column that is not `present` yet."""
    free = [word for word in known if known[word].name not in present]
    close = difflib.get_close_matches(folded(name), free, n=1, cutoff=CLOSE)
    return (close[0], known[close[0]]) if close else None


def suggestion(name: str, known: Mapping[str, Column], present: Collection[str]) -> Params:
    """For the sentence on an unknown column."""
    close = close_name(name, known, present)
    if close is None:
        return {}
    word, column = close
    return {"suggestion": next(name for name in column.names if folded(name) == word)}


# Finding it


def locate(sheet: Sheet, columns: Sequence[Column], named: Collection[str] = ()) -> Head:
    """The header of the sheet. `named`: what a mapping, or an earlier one, calls the columns of the file.

    Where nothing is known by name, the header is the first row that is about as wide as the sheet, all of it text.
    """
    known = {**dict.fromkeys(map(key, named)), **known_names(columns)}
    names = {folded_name: column.name if column else folded_name for folded_name, column in known.items()}
    first = [sheet.header, *sheet.lines[: ROWS - 1]]
    one = [_plain(sheet, place) for place in range(len(first))]
    scores = [_known(head, names) for head in one]
    best = max(range(len(first)), key=lambda place: (scores[place], _is_no_title(one, place), -place))
    found, score = one[best], scores[best]
    for place in range(len(first) - 1):
        two = _of_two_rows(sheet, place)
        if two is None:
            continue
        joined = _known(two, names)
        names_groups = place + 1 == best and sum(map(bool, one[place].names)) > 1
        if joined > max(score, scores[place], scores[place + 1]) or (names_groups and joined == score):
            found, score = two, joined
    return found if score else _by_its_shape(one)


def _plain(sheet: Sheet, place: int) -> Head:
    """The header, if it is the one row at this place: 0 is the first with content."""
    line = sheet.lines[place - 1] if place else sheet.header
    names = [as_text(cell) for cell in line.cells]
    return Head(line.number, names, names, sheet.lines[place:])


def _of_two_rows(sheet: Sheet, place: int) -> Head | None:
    """The header, if it is this row and the next. A name of the upper row holds for the cells it is merged over."""
    lower = _plain(sheet, place + 1)
    line = sheet.lines[place - 1] if place else sheet.header
    if lower.number != line.number + 1 or not all(map(_may_be_a_name, sheet.lines[place].cells)):
        return None
    width = max(len(line.cells), len(lower.names))
    below = [*lower.names, *[""] * (width - len(lower.names))]
    above = _continued([as_text(cell) for cell in line.cells], below, _merged_in(line.number, sheet.merged))
    names = [" ".join(filter(None, pair)) for pair in zip(above, below, strict=True)]
    return Head(lower.number, names, [low or name for low, name in zip(below, names, strict=True)], lower.lines)


def _merged_in(row: int, merged: Sequence[Merged]) -> Mapping[int, int] | None:
    """Position of each cell that is merged into another → that other's; None where nothing is said of any."""
    if not merged:
        return None
    return {
        position: each.first for each in merged if each.row == row for position in range(each.first + 1, each.last + 1)
    }


def _continued(above: list[str], below: list[str], merged: Mapping[int, int] | None) -> list[str]:
    """The upper row with each name repeated over the columns that it stands for.

    Where nothing is said of merged cells, a name with something under it goes on over the empty cells to
    its right.
    """
    names: list[str] = []
    group = ""
    for position, low in enumerate(below):
        own = above[position] if position < len(above) else ""
        if merged is None:
            group = (own if low else "") if own else group
            over = group
        else:
            start = merged.get(position)
            over = above[start] if start is not None and start < len(above) else ""
        names.append(own or (over if low else ""))
    return names


def _may_be_a_name(cell: Cell) -> bool:
    return is_blank(cell) or (isinstance(cell, str) and len(cell) <= LONGEST and not cell.strip().isnumeric())


def _known(head: Head, names: Mapping[str, str]) -> int:
    """How many of our columns it names. Repetitions count once: a row of data may say "mål" in every cell."""
    both = (names.get(key(name)) or names.get(key(low)) for name, low in zip(head.names, head.lower, strict=True))
    return len(set(filter(None, both)))


def _is_no_title(heads: Sequence[Head], place: int) -> bool:
    """False for a row that has a single cell where a later one has more: a title, though it may be a name as well."""
    filled = [sum(map(bool, head.names)) for head in heads]
    return filled[place] > 1 or max(filled) == 1


def _by_its_shape(heads: Sequence[Head]) -> Head:
    """The first row with at least half as many cells as the widest, all of them short texts; else the first."""
    filled = [sum(map(bool, head.names)) for head in heads]
    wide = (head for head, cells in zip(heads, filled, strict=True) if cells * 2 >= max(filled) and cells > 1)
    return next((head for head in wide if not any(map(_is_data, head.names))), heads[0])


def _is_data(name: str) -> bool:
    return len(name) > LONGEST or name[:1].isnumeric()
