"""How fresh the timeline is, source by source, and what is set aside: in words, with what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from services.timeline.pages.address import Address
from services.timeline.pages.speaker import STALE_SECONDS, Speaker

Row = Mapping[str, Any]

REASONS = ("failed", "gap", "fork", "unreadable", "behind")
"""In the order in which somebody should look at them."""
REPLAYED = ("failed", "gap")
"""Reasons that are gone when the same events are tried again, once the cause is mended."""


@dataclass(frozen=True, slots=True)
class Source:
    """A topic. `caught_up`: when its end was last reached."""

    name: str
    topic: str
    caught_up: str
    newest: str
    waiting: str
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stream that waits, or a message that is no event. `detail`: what the projection said, for those who mend it."""

    title: str
    href: str | None
    event: str
    since: str
    events: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reason:
    """`left`: how many streams are not shown, in words."""

    key: str
    title: str
    count: str
    meaning: str
    what_to_do: str
    command: bool
    waiting: Sequence[Waiting]
    left: str


def sources(topics: Iterable[Row], speaker: Speaker) -> list[Source]:
    return [_source(topic, speaker) for topic in topics]


def _source(row: Row, speaker: Speaker) -> Source:
    seconds = row["seconds"]
    return Source(
        speaker(f"topic.{row['topic'].removesuffix('.events')}"),
        row["topic"],
        speaker("freshness.never") if seconds is None else speaker.ago(seconds),
        speaker.moment(row["newest"]) if row["newest"] else speaker("freshness.no_events"),
        speaker.number(row["waiting"]),
        seconds is not None and seconds <= STALE_SECONDS,
    )


def reasons(rows: Iterable[Row], speaker: Speaker, address: Address) -> list[Reason]:
    """`rows`: those of `status.set_aside`, in which each reason's stand together."""
    found = [_reason(why, list(of_it), speaker, address) for why, of_it in groupby(rows, lambda row: str(row["why"]))]
    return sorted(found, key=lambda reason: REASONS.index(reason.key))


def _reason(why: str, rows: Sequence[Row], speaker: Speaker, address: Address) -> Reason:
    streams, events = rows[0]["streams"], rows[0]["all_events"]
    left = streams - len(rows)
    counted = [speaker.count("freshness.streams", streams), speaker.count("freshness.events", events)]
    return Reason(
        why,
        speaker(f"aside.{why}"),
        speaker.sentence(", ".join(counted)),
        speaker(f"aside.{why}.means"),
        speaker(f"aside.{why}.do"),
        why in REPLAYED,
        [_waiting(row, speaker, address) for row in rows],
        speaker.count("freshness.left", left) if left else "",
    )


def _waiting(row: Row, speaker: Speaker, address: Address) -> Waiting:
    title = row["title"] or (str(row["stream"]) if row["stream"] else speaker("freshness.message", n=row["offset"]))
    event = [row["type"] or "", speaker("freshness.version", n=row["version"]) if row["version"] is not None else ""]
    return Waiting(
        title,
        address.to("initiative", reference=str(row["stream"])) if row["on_timeline"] else None,
        ", ".join(filter(None, event)) or row["topic"],
        speaker.moment(row["since"]),
        speaker.number(row["events"]),
        row["detail"],
    )
