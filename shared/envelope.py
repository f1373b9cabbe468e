"""An event on the wire: CloudEvents 1.0 in structured mode, one JSON text.

The text is written once, by the append, and kept, published, set aside and served byte for byte (DESIGN section 5).
`Catalogue` is the one place where a service's wire types meet its event classes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

CONTENT_TYPE = "application/cloudevents+json"
MAXIMUM_BYTES = 512 * 1024
"""Half of what a Kafka broker takes by default; a larger event is refused before it is stored."""


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The attributes of one event. `sequence`: its version in its stream, from 1; `actor`: the role or unit acting."""

    specversion: str
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: str
    dataschema: str
    sequence: int
    correlationid: str
    causationid: str
    data: msgspec.Raw
    traceparent: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a command came from: kept in each of its events. `actor`: a role or a unit, where the command said it."""

    correlation: str
    causation: str
    traceparent: str | None = None
    actor: str | None = None


class TooLargeError(Exception):
    """The event would not pass through the broker."""


class UnknownTypeError(Exception):
    """An event type that this program does not know."""


class OutdatedError(Exception):
    """A version of an event that is only read: what it became is written instead."""


@dataclass(frozen=True)
class Catalogue:
    """The event types of one service.

    types: wire type → class, every version that was ever published: all have a contract.
    upcasters: wire type of a version that is no longer written → what makes of it the version that followed.
    """

    source: str
    types: Mapping[str, type]
    upcasters: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", {cls: name for name, cls in self.types.items()})
        object.__setattr__(self, "_decoders", {name: msgspec.json.Decoder(cls) for name, cls in self.types.items()})

    def name(self, event: object) -> str:
        names: dict[type, str] = self._names  # type: ignore[attr-defined]
        return names[type(event)]

    def encode(self, event: object, *, id: UUID, stream: UUID, version: int, time: datetime, trace: Trace) -> str:  # noqa: A002
        """The text of the event, checked against its contract and its size; raises before anything is stored."""
        if (name := self.name(event)) in self.upcasters:
            raise OutdatedError(name)
        return self.text(event, id=id, stream=stream, version=version, time=time, trace=trace)

    def text(self, event: object, *, id: UUID, stream: UUID, version: int, time: datetime, trace: Trace) -> str:  # noqa: A002
        """As `encode`, also for a version that is no longer written: its published example is kept true."""
        name = self.name(event)
        data = msgspec.json.encode(event)
        self.decode(name, data)
        envelope = Envelope(
            specversion="1.0",
            id=id,
            source=f"samtidig/{self.source}",
            type=name,
            subject=str(stream),
            time=time,
            datacontenttype="application/json",
            dataschema=f"urn:samtidig:{self.source}:{name}",
            sequence=version,
            correlationid=trace.correlation,
            causationid=trace.causation,
            data=msgspec.Raw(data),
            traceparent=trace.traceparent,
            actor=trace.actor,
        )
        text = msgspec.json.encode(envelope)
        if len(text) > MAXIMUM_BYTES:
            raise TooLargeError(f"{name}: {len(text)} bytes, at most {MAXIMUM_BYTES}")
        return text.decode()

    def decode(self, name: str, data: bytes | msgspec.Raw) -> Any:
        """The event, in the version that is written now.

        Raises UnknownTypeError, and `msgspec.ValidationError` where the data breaks the contract of its own version.
        """
        decoders: dict[str, msgspec.json.Decoder[Any]] = self._decoders  # type: ignore[attr-defined]
        if name not in decoders:
            raise UnknownTypeError(name)
        return self.newest(decoders[name].decode(data))

    def newest(self, event: Any) -> Any:
        """The event as it would be written now, through one upcaster after the other."""
        while self.upcasters and (upcaster := self.upcasters.get(self.name(event))):
            event = upcaster(event)
        return event


read: Callable[[str | bytes], Envelope] = msgspec.json.Decoder(Envelope).decode
"""Text → the envelope, its data still raw. Raises `msgspec.DecodeError` for what is not an event."""
