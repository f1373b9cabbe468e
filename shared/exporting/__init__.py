"""Items out, in the columns that the import reads: what is exported and imported again changes nothing.

No cell of ours is ever a formula: what a spreadsheet would take for one gets an apostrophe in front (CSV; the import
takes it away again) or is typed as text (XLSX).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args
from uuid import UUID

from shared.exporting import delimited, workbook
from shared.importing.columns import Column, code, items
from shared.problems import Language

Format = Literal["csv", "xlsx"]

FORMATS: tuple[Format, ...] = get_args(Format)

MEDIA: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The content type of each format."""


def export(
    rows: Iterable[Mapping[str, object]], columns: Sequence[Column], language: Language, form: Format
) -> Iterator[bytes]:
    """A file with a row for each item, in pieces as they are ready (an XLSX is one piece).

    A row gives values by the names of columns, as the import gives them: text, numbers, dates, codes of choices, and
    several of them as a tuple. What it lacks is an empty cell. References are for the caller to write: `reference`.
    """
    if form == "csv":
        return delimited.export(rows, columns, language)
    return workbook.export(rows, columns, language)


def template(columns: Sequence[Column], language: Language, form: Format) -> bytes:
    """A file with nothing but the header. XLSX tells of each column what it is for, and offers its choices."""
    if form == "csv":
        return b"".join(delimited.export((), columns, language))
    return workbook.template(columns, language)


def reference(external_id: str | None, item: UUID | str) -> str:
    """An item as the import knows it again: by its external id where that can be read back, else by its id."""
    if external_id and code(external_id) == external_id and items(external_id) == [external_id]:
        try:
            UUID(external_id)
        except ValueError:
            return external_id
    return str(item)
