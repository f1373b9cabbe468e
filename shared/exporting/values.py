"""Values → cells, such that the import reads them back to the same values."""

import re
from collections.abc import Sequence
from datetime import date

from shared.importing.columns import Choice, Column
from shared.problems import Language

FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula, whatever apostrophes stand before it already: OWASP, "CSV Injection"."""
APOSTROPHES = re.compile(r"'+[=+\-@\t\r]")
"""What the import would take for one of the above."""

Value = str | int | float | date | None


def cell(value: object, column: Column, language: Language) -> Value:
    """One cell. Several values stand in one, separated by semicolons; a choice in the language's word."""
    if value is None:
        return None
    if isinstance(value, str) or not isinstance(value, Sequence):
        return _one(value, column, language)
    return "; ".join(str(_one(item, column, language)) for item in value)


def _one(value: object, column: Column, language: Language) -> Value:
    if isinstance(column.parse, Choice):
        return column.parse.word(str(value), language)
    return value if isinstance(value, int | float | date) and not isinstance(value, bool) else str(value)


def as_csv(value: Value) -> str:
    """Its text; what looks like a formula with an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def as_typed(value: str) -> str:
    """The text of a cell that is typed as text, and can't be a formula."""
    return f"'{value}" if APOSTROPHES.match(value) else value
