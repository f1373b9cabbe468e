"""What the clients sent and what they were told. What they were not told stays unknown; it is never guessed."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Outcome = Literal["ok", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer said of one stream: the types of the new events, and the version after them (None: not said)."""

    stream: UUID
    types: tuple[str, ...]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One command, with all its repetitions.

    key: its Idempotency-Key, which its events carry as `causationid`.
    effects: how many events it gives when it is carried out.
    began, ended: seconds since the epoch; from the first attempt to the last answer.
    statuses: every answer to it, in order; attempts without one are not in it.
    """

    key: str
    service: str
    effects: int
    outcome: Outcome
    began: float
    ended: float
    attempts: int = 1
    statuses: tuple[int, ...] = ()
    told: tuple[Told, ...] = ()
