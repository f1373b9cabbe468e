"""A calendar feed as iCalendar (RFC 5545): all-day events, the same one again under the same UID when it changes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from icalendar import Calendar, Event

from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]

DAY = timedelta(days=1)
PRODUCER = "-//Samtidig//Timeline//NO"
MOST_ENTRIES = 10_000
"""That a process remembers the text of: some ten megabytes."""
UNSURE = ("planned", "proposed")
"""Statuses of what may still change: TENTATIVE in a calendar."""


def feed(rows: Iterable[Row], what: str, names: Names, href: Callable[[Row], str | None], speaker: Speaker) -> bytes:
    """The feed called after `what`; what is undated is left out, and counted in the description of the calendar.

    href: where there is more about it.
    """
    rows = list(rows)
    dated = [row for row in rows if row["start"] or row["after_end"]]
    undated = len(rows) - len(dated)
    told = [speaker.count("calendar.events", len(dated))]
    if undated:
        told.append(speaker.count("calendar.undated", undated))
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", speaker("calendar.name", what=what))
    calendar.add("x-wr-caldesc", " ".join(told))
    head, end, after = calendar.to_ical().rpartition(b"END:VCALENDAR")
    events = (_written(_entry(row, names, href(row), speaker)) for row in dated)
    return b"".join([head, *events, end, after])


class Entry(NamedTuple):
    """An event of the calendar, and all that its text says."""

    uid: str
    dtstamp: datetime
    sequence: int
    dtstart: date
    dtend: date | None
    summary: str
    description: str
    categories: tuple[str, ...]
    url: str | None
    status: str
    transp: str = "TRANSPARENT"


def _entry(row: Row, names: Names, href: str | None, speaker: Speaker) -> Entry:
    """`dtstamp` is when it was recorded, not when it is asked for: what has not changed is the same text again."""
    sector = [names.sector(row["sector"]).name] if row["sector"] else []
    return Entry(
        f"{row['id']}@samtidig",
        row["recorded_at"],
        row["version"],
        *_days(row),
        row["title"],
        _description(row, speaker),
        (speaker(f"legend.{row['lane']}"), *sector),
        href,
        _status(row),
    )


@lru_cache(MOST_ENTRIES)
def _written(entry: Entry) -> bytes:
    """Calendars ask again and again, of thousands of events: only those that are new take the time to be written."""
    event = Event()
    for name, value in entry._asdict().items():
        if value is not None:
            event.add(name, [*value] if isinstance(value, tuple) else value)
    content: bytes = event.to_ical()
    return content


def _days(row: Row) -> tuple[date, date | None]:
    """The first day and the first one after it. Where one side is open, the day at the other end stands alone; no day
    comes after the last one that there is.
    """
    start, after = row["start"], row["after_end"]
    return start or after - DAY, after or (start + DAY if start < date.max else None)


def _status(row: Row) -> str:
    if row["cancelled"]:
        return "CANCELLED"
    return "TENTATIVE" if row["status"] in UNSURE else "CONFIRMED"


def _description(row: Row, speaker: Speaker) -> str:
    told = [row["description"], speaker.sentence(speaker(f"status.{row['status']}"))]
    if row["after_end"] is None:
        told.append(speaker("calendar.open_end"))
    if row["start"] is None:
        told.append(speaker("calendar.open_start"))
    return "\n\n".join(filter(None, told))
