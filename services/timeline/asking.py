"""What a reader may ask for, in an address: the same words for the JSON API and for the pages."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.timeline.queries import Basis, Queries, View
from shared.fields import Choice, Day, Reference, Schema, Text, Year
from shared.http import Problem, today

LONGEST_WINDOW = 50
"""Years."""
LARGEST_PAGE = 2000


def _page(usual: int) -> fields.Integer:
    """How many items an answer may have."""
    return fields.Integer(
        load_default=usual,
        validate=validate.Range(1, LARGEST_PAGE, error=f"out-of-range?minimum=1&maximum={LARGEST_PAGE}"),
        error_messages={"invalid": "wrong-type?detail=number"},
    )


class AskSchema(Schema):
    """A window, by its first and last day or by its year; the basis; and the day as of whose end things were known."""

    first = Day(data_key="from", metadata={"description": "first day; default: the plan year's"})
    last = Day(data_key="to", metadata={"description": "last day, counted"})
    year = Year(strict=False, metadata={"description": "a calendar year instead of from and to"})
    basis = Choice(("planned", "actual"), load_default="actual")
    known_on = Day(metadata={"description": "as it was known at the end of this day, Europe/Oslo; default: now"})
    goal = Reference("goal")
    sector = Reference("sector")

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        first, last = data.get("first"), data.get("last")
        if ("from" in original) != ("to" in original):
            raise ValidationError("required", "to" if "from" in original else "from")
        if first and last and last < first:
            raise ValidationError("end-before-start", "to")
        if first and last and last >= _years_later(first, LONGEST_WINDOW):
            raise ValidationError("window-too-long", "to")
        if (known_on := data.get("known_on")) and known_on > today():
            raise ValidationError("known-on-in-future", "known_on")


class ListSchema(AskSchema):
    limit = _page(200)
    cursor = Text(2000)

    @post_load
    def place(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "cursor" in data:
            data["cursor"] = read_cursor(data["cursor"])
        return data


class GapsSchema(AskSchema):
    limit = _page(20)
    all_sectors = fields.Boolean(load_default=False, error_messages={"invalid": "wrong-type?detail=true, false"})


def _years_later(day: date, years: int) -> date:
    """The same day of another year; of a year without a 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def view_of(asked: dict[str, Any], queries: Queries) -> View:
    """The view that was asked for; without a window, the newest plan year that has begun, or the newest of all."""
    basis: Basis = asked["basis"]
    known_on: date | None = asked.get("known_on")
    if "first" in asked:
        return View(asked["first"], asked["last"], basis, known_on)
    year: int = asked.get("year") or queries.plan_year(today().year)
    return View(date(year, 1, 1), date(year, 12, 31), basis, known_on)


def place(bar: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where a bar stands among all bars."""
    return bar["lane"], bar["sector_code"] or "", bar["sort_start"], bar["id"]


def write_cursor(place: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([str(part) for part in place])).decode().rstrip("=")


def read_cursor(text: str) -> tuple[str, ...]:
    """The place after which the next page begins. Raises Problem for a cursor that we did not give out."""
    try:
        lane, code, start, id_ = msgspec.json.decode(
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=tuple[str, str, date, UUID]
        )
    except (msgspec.DecodeError, binascii.Error, ValueError) as error:
        raise Problem(400, "cursor-malformed") from error
    if "\x00" in lane + code:  # PostgreSQL keeps no NUL
        raise Problem(400, "cursor-malformed")
    return lane, code, start.isoformat(), str(id_)
