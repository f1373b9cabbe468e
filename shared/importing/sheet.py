"""Bytes → sheet. What the bytes are is told from the bytes: browsers and file names are often wrong about it."""

import re
from collections.abc import Iterator, Sequence

from shared.importing import delimited, workbook
from shared.importing.model import Limits, Line, Merged, Refused, Sheet, column_letter, trimmed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound file: .xls before 2007, and the wrapping of an encrypted .xlsx ([MS-CFB] 2.2)."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in it that holds the encrypted workbook ([MS-OFFCRYPTO] 2.3.1)."""

KNOWN = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
)
MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(!doctype html|html|head|body|table|meta|div|!--|\?xml|[a-z]+[ >])", re.IGNORECASE
)
MEDIA = {
    "application/json": "JSON",
    "text/html": "HTML",
    "application/pdf": "PDF",
    "application/xml": "XML",
    "text/xml": "XML",
}
"""Content types that say outright that the body is something else, for bodies that can't be told from text."""


def read(
    body: bytes,
    *,
    content_type: str | None = None,
    filename: str | None = None,
    limits: Limits | None = None,
) -> Sheet:
    """The first visible sheet of an XLSX, or a CSV. `Refused`, with a stable code, when it is neither or too much.

    `content_type` and `filename` (both as the sender gave them) only break ties.
    """
    limits = limits or Limits()
    if not body.strip():
        raise Refused("empty-file")
    if len(body) > limits.body:
        raise Refused("file-too-large", limit=limits.body // (1024 * 1024))
    media = (content_type or "").partition(";")[0].strip().lower()
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        book = workbook.read(body, limits)
        return _sheet(book.lines, limits, dates_from_1904=book.dates_from_1904, merged=book.merged)
    _refuse_what_is_no_text_table(body, media)
    tabs = media == "text/tab-separated-values" or (filename or "").lower().endswith((".tsv", ".tab"))
    return _sheet(delimited.read(body, tabs_expected=tabs), limits)


def _refuse_what_is_no_text_table(body: bytes, media: str) -> None:
    if body.startswith(OLE):
        raise Refused("password-protected" if ENCRYPTED in body else "legacy-workbook")
    for start, kind in KNOWN:
        if body.startswith(start):
            raise Refused("not-a-spreadsheet", kind=kind)
    markup = MARKUP.match(body[:1024])
    if markup:
        raise Refused("not-a-spreadsheet", kind="XML" if markup[1].lower() == b"?xml" else "HTML")
    if media in MEDIA:
        raise Refused("not-a-spreadsheet", kind=MEDIA[media])


def _sheet(
    lines: Iterator[Line], limits: Limits, *, dates_from_1904: bool = False, merged: Sequence[Merged] = ()
) -> Sheet:
    """The first row with content stands as the header; rows without any are left out, the others keep their numbers."""
    header: Line | None = None
    found: list[Line] = []
    for number, cells in ((line.number, trimmed(line.cells)) for line in lines):
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise Refused("too-many-columns", number, limit=limits.columns, column=column_letter(len(cells) - 1))
        if header is None:
            header = Line(number, cells)
        elif len(found) == limits.rows:
            raise Refused("too-many-rows", number, limit=limits.rows)
        else:
            found.append(Line(number, cells))
    if header is None:
        raise Refused("empty-file")
    return Sheet(header, found, dates_from_1904, merged)
