"""What a domain module may import: the one way for a rule to say no."""

from dataclasses import dataclass


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
