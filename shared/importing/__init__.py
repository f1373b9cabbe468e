r"""Spreadsheets in: bytes → typed rows, or every fault at once. Knows nothing of services, events or HTTP.

    >>> GOALS = (
    ...     Column("external_id", code),
    ...     Column("title", text, required=True, maximum=600),
    ...     Column("kind", choice({"purpose": ("formål",), "objective": ("delmål",)}), required=True),
    ...     Column("start", day),
    ... )
    >>> rows, faults = load("Tittel;Type;Fra\nÅpenhet;delmål;31.05.2018\n".encode(), GOALS, key=["external_id"])
    >>> rows[0].number, rows[0].values
    (2, {'title': 'Åpenhet', 'kind': 'objective', 'start': datetime.date(2018, 5, 31)})
    >>> rows, faults = load(b"title,kind,begin\n,objectiv,\n", GOALS)
    >>> for fault in faults:
    ...     print(fault.row, fault.column, message(fault.code, "en", **fault.params))
    1 begin This column is unknown.
    2 title Must be given.
    2 kind Must be one of: purpose, objective.

A column that the file lacks is absent from `values` ("leave it as it is"); an empty cell is `None` or `()` ("make it
empty"). A rule outside the file adds its own faults with `row.fault(column, code)`; `fault.as_json(language)` is what
the wire says.
"""

from collections.abc import Sequence

from shared.importing.columns import AUDIENCES, Column, Invalid, choice, code, day, reference, text, year
from shared.importing.header import Chosen
from shared.importing.mapping import Proposal, propose
from shared.importing.messages import message
from shared.importing.model import Limits, Refused, Sheet
from shared.importing.rows import Fault, Parsed, Row, parse, refusal
from shared.importing.sheet import read

__all__ = [
    "AUDIENCES",
    "Chosen",
    "Column",
    "Fault",
    "Invalid",
    "Limits",
    "Parsed",
    "Proposal",
    "Refused",
    "Row",
    "Sheet",
    "choice",
    "code",
    "day",
    "load",
    "message",
    "parse",
    "propose",
    "read",
    "reference",
    "refusal",
    "text",
    "year",
]


def load(
    body: bytes,
    columns: Sequence[Column],
    *,
    key: Sequence[str] = (),
    content_type: str | None = None,
    filename: str | None = None,
    limits: Limits | None = None,
    mapping: Chosen | None = None,
) -> Parsed:
    """`read`, then `parse`. A file that is refused as a whole is one fault, and no rows."""
    try:
        sheet = read(body, content_type=content_type, filename=filename, limits=limits)
    except Refused as refused:
        return Parsed([], [refusal(refused)])
    return parse(sheet, columns, key=key, limits=limits, mapping=mapping)
