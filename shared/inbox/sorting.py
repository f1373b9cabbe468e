"""What is to be done with each message of a batch, by the version of its event in its stream. Pure.

version = last + 1                    apply
version ≤ last, the same event id     skip: it was delivered before
version ≤ last, another event id      fork: the store was rewound; alarm, and the stream halts
version > last + 1                    gap: the stream waits for what is missing
the stream waits already              behind
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import msgspec

from shared.envelope import Envelope

Why = Literal["unreadable", "gap", "fork", "failed", "behind"]


class Message(msgspec.Struct, frozen=True, gc=False):
    """One message of a topic. `event` is None where the message is not one of our events."""

    topic: str
    partition: int
    offset: int
    value: bytes
    event: Envelope | None

    @property
    def text(self) -> str:
        """What is kept of a message that is set aside. PostgreSQL takes no NUL."""
        return self.value.decode("utf-8", "replace").replace("\x00", "�")


@dataclass(frozen=True, slots=True)
class Parked:
    message: Message
    why: Why
    detail: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a stream has been applied, and why it waits, if it does."""

    version: int = 0
    waits: Why | None = None


@dataclass
class Sorted:
    """apply: in the order of the batch. mended: streams whose gap this batch has closed; what waited can go on."""

    apply: list[Message] = field(default_factory=list)
    park: list[Parked] = field(default_factory=list)
    mended: set[str] = field(default_factory=set)


def sort_out(messages: Iterable[Message], heads: Mapping[str, Head], applied: Mapping[tuple[str, int], UUID]) -> Sorted:
    """`heads`: by stream. `applied`: (stream, version) → event id, for every message at or below its stream's head."""
    found = Sorted()
    versions: dict[str, int] = {stream: head.version for stream, head in heads.items()}
    waits: dict[str, Why] = {stream: head.waits for stream, head in heads.items() if head.waits}
    known = dict(applied)
    for message in messages:
        if (event := message.event) is None:
            found.park.append(Parked(message, "unreadable", "not a CloudEvent of ours"))
            continue
        stream = event.subject
        last = versions.get(stream, 0)
        if event.sequence <= last:
            before = known.get((stream, event.sequence))
            if before != event.id:
                detail = f"version {event.sequence} was {before} and is now {event.id}: the store was rewound"
                found.park.append(Parked(message, "fork", detail))
                waits[stream] = "fork"
        elif event.sequence == last + 1 and waits.get(stream) in (None, "gap"):
            if waits.pop(stream, None):
                found.mended.add(stream)
            found.apply.append(message)
            versions[stream] = event.sequence
            known[stream, event.sequence] = event.id
        elif stream in waits:
            found.park.append(Parked(message, "behind", f"waits behind a {waits[stream]}"))
        else:
            found.park.append(Parked(message, "gap", f"version {event.sequence} came after {last}"))
            waits[stream] = "gap"
    return found
