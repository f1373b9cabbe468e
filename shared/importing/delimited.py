"""CSV: its encoding, its delimiter, its records (RFC 4180, and what Excel makes of it)."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from shared.importing.model import Line, Refused, trimmed

DELIMITERS = (",", ";", "\t")
SAMPLE = 200
"""Records that the delimiter is judged by."""
MOST = 0.5
"""Share of the rows that fit a header, from which it is believed."""
DIRECTIVE = re.compile(r'"?sep=([,;\t|])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
"""Excel's own first line that names the delimiter. Excel does not count it as a row, so neither do we."""


def read(body: bytes, *, tabs_expected: bool = False) -> Iterator[Line]:
    """Every record with its number, from 1; a quoted line break begins no new one. `Refused` for broken quotes."""
    text = decode(body)
    directive = DIRECTIVE.match(text)
    if directive:
        text, delimiter = text[directive.end() :], directive[1]
    else:
        delimiter = detect_delimiter(text, tabs_expected=tabs_expected)
    # Strict: a quotation mark that is never closed would otherwise swallow the rest of the file without a word.
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(records, start=1):
            yield Line(number, cells)
    except csv.Error as error:
        code = "cell-too-large" if "field larger" in str(error) else "broken-quotes"
        raise Refused(code, number + 1, limit=csv.field_size_limit()) from error


def decode(body: bytes) -> str:
    """UTF-8 and UTF-16 by their byte order mark, UTF-8 where it is valid, else Windows-1252.

    A UTF-8 file with a damaged spot is refused: as Windows-1252 it would be read, and every å in it become Ã¥.
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _without_nul(_decoded(body, "utf-16"))
    try:
        return _without_nul(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        lenient = body.decode("utf-8-sig", errors="replace")
        broken = lenient.count("\ufffd")
        whole = sum(not character.isascii() for character in lenient) - broken
        if whole > broken or body.startswith(codecs.BOM_UTF8):
            raise Refused("undecodable", encoding="UTF-8", line=_line_of(body, error.start)) from error
        return _without_nul(_decoded(body, "cp1252"))


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        name = {"cp1252": "Windows-1252"}.get(encoding, "UTF-16")
        raise Refused("undecodable", encoding=name, line=_line_of(body, error.start)) from error


def _line_of(body: bytes, position: int) -> int:
    return body.count(b"\n", 0, position) + 1


def _without_nul(text: str) -> str:
    position = text.find("\x00")
    if position >= 0:
        raise Refused("nul-character", line=text.count("\n", 0, position) + 1)
    return text


def detect_delimiter(text: str, *, tabs_expected: bool = False) -> str:
    """The delimiter that splits the header, and under which the rows fit the header best.

    Each candidate reads the file's first records as a CSV reader would, quotes and all: counting characters is misled
    by text in the cells.
    """
    candidates = ("\t", ",", ";") if tabs_expected else DELIMITERS
    best = max(candidates, key=lambda delimiter: _fit(text, delimiter))
    splits_header, _, just_as_wide, _ = _fit(text, best)
    if splits_header and just_as_wide >= MOST:
        return best
    below = max(candidates, key=lambda delimiter: _fit_below_title(text, delimiter))
    return below if _fit_below_title(text, below)[0] >= MOST else best


def _fit(text: str, delimiter: str) -> tuple[bool, float, float, int]:
    """Does it split the header; the shares of rows no wider than the header, and just as wide; the header's width."""
    records = [cells for cells in _sample(text, delimiter) if cells]
    header = next((cells for cells in records if trimmed(cells)), None)
    if header is None:
        return True, 1.0, 1.0, 0  # nothing but delimiters
    widths = [len(cells) for cells in records]
    no_wider = sum(width <= len(header) for width in widths) / len(widths)
    just_as_wide = widths.count(len(header)) / len(widths)
    return len(trimmed(header)) > 1, no_wider, just_as_wide, len(header)


def _fit_below_title(text: str, delimiter: str) -> tuple[float, int]:
    """The same for a file with lines above its header, which may hold a comma or none: the share of rows, from the
    first with several cells on, that are just as wide as that one; and its width.
    """
    records = [cells for cells in _sample(text, delimiter) if trimmed(cells)]
    start = next((place for place, cells in enumerate(records) if len(trimmed(cells)) > 1), None)
    if start is None or any(cell.startswith(" ") for cell in records[start][1:]):
        return 0.0, 0  # a comma in a sentence has a blank behind it
    widths = [len(cells) for cells in records[start:]]
    return widths.count(widths[0]) / len(widths), widths[0]


def _sample(text: str, delimiter: str) -> Iterator[list[str]]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from itertools.islice(records, SAMPLE)
    except csv.Error:
        return  # judged by what came before; `read` names the fault
