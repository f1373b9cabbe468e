"""What a domain module may import: the one way for a rule to say no, and what several domains mean by a period."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Rejected(Exception):  # noqa: N818 - a rule's answer, not a fault of the program
    """A rule said no. `code` is stable and translated at the edge; `field` points into the command.

    Not frozen: `contextlib` sets `__traceback__` on what passes through a context manager.
    """

    code: str
    field: str | None = None


def require(holds: bool, code: str, field: str | None = None) -> None:
    if not holds:
        raise Rejected(code, field)


def in_order(first: date | None, last: date | None) -> bool:
    """Whether the days can be the first and the last of one period: inclusive, and what is unknown is in order."""
    return first is None or last is None or first <= last
