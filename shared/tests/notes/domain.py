"""A note grows by lines, up to a limit."""

from dataclasses import dataclass
from uuid import UUID

from shared.decider import require

LONGEST = 100_000
"""Lines."""


@dataclass(frozen=True)
class Write:
    lines: tuple[str, ...]
    external_id: str | None = None


@dataclass(frozen=True)
class Written:
    line: str
    about: UUID | None = None


EVENTS = {"samtidig.note.written.v1": Written}


def initial() -> int:
    """A note without lines."""
    return 0


def decide(command: Write, lines: int) -> list[Written]:
    require(lines + len(command.lines) <= LONGEST, "note-full")
    return [Written(line) for line in command.lines]


def evolve(lines: int, _: Written) -> int:
    return lines + 1
