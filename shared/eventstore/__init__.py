"""The event store: load a stream in one round trip, append to it in one more."""

from shared.eventstore.model import (
    Answer,
    Append,
    Conflict,
    EventStore,
    Facts,
    KeyTaken,
    Loaded,
    OutcomeUnknown,
    Recorded,
    Session,
    StaleConnection,
    Statement,
    Unavailable,
)

__all__ = [
    "Answer",
    "Append",
    "Conflict",
    "EventStore",
    "Facts",
    "KeyTaken",
    "Loaded",
    "OutcomeUnknown",
    "Recorded",
    "Session",
    "StaleConnection",
    "Statement",
    "Unavailable",
]
