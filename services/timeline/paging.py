"""Answers that come page by page.

Each row has a place among all: what they are sorted by, down to an id, so that no two have the same. A page begins
after a place, and says the place after which the following one begins; an address has it as a cursor, which is opaque
to whoever asks. What a row holds for us alone, as a part of its place, has a name that begins with `_`.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec

Row = dict[str, Any]
Place = TypeVar("Place", bound=tuple[Any, ...])
"""A named tuple with the types of its parts: what a cursor is read as."""
BEFORE_ALL = UUID(int=0)
"""An id in a place: before every other, as what has no sector is before what has one."""
Small = Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)]
"""A number that PostgreSQL's `integer` holds."""


class MalformedError(Exception):
    """No place was ever written like this."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Place]):
    """`next`: the place after which the following page begins, null on the last; `total`: of the rows on all pages,
    null where they are not counted.
    """

    rows: Sequence[Row]
    next: Place | None = None
    total: int | None = None

    @property
    def cursor(self) -> str | None:
        """Of the following page."""
        return None if self.next is None else cursor(self.next)


def page(
    ask: Callable[[int], Sequence[Row]], limit: int, place: Callable[[Row], Place], total: int | None = None
) -> Page[Place]:
    """The first rows, at most `limit`. One more is asked for: it tells whether another page follows."""
    found = ask(limit + 1)
    shown = found[:limit]
    return Page(shown, place(shown[-1]) if len(found) > limit else None, total)


def public(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Without what they hold for us alone. All have the same names."""
    names = [name for name in rows[0] if not name.startswith("_")] if rows else []
    return [{name: row[name] for name in names} for row in rows]


def cursor(place: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read(text: str, kind: type[Place]) -> Place:
    """The place that a cursor stands for. Raises MalformedError."""
    try:
        found: Place = msgspec.json.decode(
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=kind, strict=False
        )
    except (msgspec.DecodeError, binascii.Error, ValueError) as error:
        raise MalformedError from error
    if any(isinstance(part, str) and "\x00" in part for part in found):  # PostgreSQL keeps no NUL
        raise MalformedError
    return found
