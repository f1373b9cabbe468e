"""Where something is known from: the event, as its owner recorded it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.timeline.pages.address import Address
from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """`when`: to the minute, for people; `moment`: exactly; `href`: the event in the history of its initiative."""

    when: str
    who: str
    event: str
    type: str
    version: int
    stream: str
    moment: str
    href: str


def source(row: Row, stream: UUID, speaker: Speaker, address: Address) -> Source:
    """Of a row with `event`, `type`, `version`, `recorded_at` and `actor`."""
    return Source(
        speaker.moment(row["recorded_at"]),
        row["actor"] or "",
        str(row["event"]),
        row["type"],
        row["version"],
        str(stream),
        row["recorded_at"].isoformat(),
        event_address(stream, row["version"], address),
    )


def event_address(initiative: UUID, version: int, address: Address) -> str:
    """Of an event in the history of its initiative."""
    return f"{address.to('initiative', reference=str(initiative))}#{anchor(version)}"


def anchor(version: int) -> str:
    """Of an event in the history of its initiative."""
    return f"event-{version}"


def event_name(type_: str, speaker: Speaker) -> str:
    """What an event of an initiative is called, by its wire type."""
    return speaker(f"event.{type_.removeprefix('samtidig.').rpartition('.')[0]}")
