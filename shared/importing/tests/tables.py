"""The column sets that the tests read with: the shapes of the real imports."""

from io import BytesIO

from openpyxl import Workbook

from shared.importing import AUDIENCES, Column, choice, code, day, reference, text, year

KINDS = {"purpose": ("formål",), "characteristic": ("kjennetegn",), "objective": ("delmål",)}

GOALS = (
    Column("external_id", code),
    Column("title", text, required=True, maximum=600),
    Column("kind", choice(KINDS), required=True),
    Column("code", code),
    Column("description", text, maximum=8000),
    Column("expected_effect", text, maximum=8000),
    Column("parent", reference),
)
SECTORS = (Column("code", code, required=True), Column("name", text, required=True))
AGENCIES = (*SECTORS, Column("sector", reference, required=True))
CENTRAL = (
    Column("external_id", code),
    Column("plan_year", year, required=True),
    Column("area", text, required=True),
    Column("title", text, required=True, maximum=600),
    Column("description", text, maximum=8000),
    Column("goals", reference, many=True),
    Column("audiences", choice(AUDIENCES), many=True),
    Column("start", day),
    Column("end", day),
    Column("responsible", text),
)
LOCAL = (
    Column("external_id", code),
    Column("sector", reference, required=True),
    Column("agency", reference),
    Column("title", text, required=True, maximum=600),
    Column("description", text, maximum=8000),
    Column("goals", reference, many=True),
    Column("supports", reference, many=True),
    Column("start", day),
    Column("end", day),
    Column("responsible", text),
)
ACTIVITIES = (
    Column("external_id", code),
    Column("title", text, required=True, maximum=600),
    Column("audiences", choice(AUDIENCES), many=True),
    Column("channel", text),
    Column("start", day),
    Column("end", day),
    Column("goals", reference, many=True),
    Column("central_initiatives", reference, many=True),
    Column("local_initiatives", reference, many=True),
)
ALL = {
    "goals": GOALS,
    "sectors": SECTORS,
    "agencies": AGENCIES,
    "central_initiatives": CENTRAL,
    "local_initiatives": LOCAL,
    "activities": ACTIVITIES,
}


def xlsx(*rows, book=None):
    """A workbook whose first sheet holds the rows."""
    book = book or Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()
