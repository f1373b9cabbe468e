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
        f"{address.to('initiative', reference=str(stream))}#{anchor(row['version'])}",
    )


def anchor(version: int) -> str:
    """Of an event in the history of its initiative."""
    return f"event-{version}"
