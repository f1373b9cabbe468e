"""A calendar feed as iCalendar (RFC 5545): all-day events, the same one again under the same UID when it changes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from icalendar import Calendar, Event

from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]

DAY = timedelta(days=1)
PRODUCER = "-//Samtidig//Timeline//NO"
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
    for row in dated:
        calendar.add_component(_event(row, names, href(row), speaker))
    content: bytes = calendar.to_ical()
    return content


def _event(row: Row, names: Names, href: str | None, speaker: Speaker) -> Event:
    """`dtstamp` is when it was recorded, not when it is asked for: what has not changed is the same text again."""
    first, after = _days(row)
    event = Event()
    event.add("uid", f"{row['id']}@samtidig")
    event.add("dtstamp", row["recorded_at"])
    event.add("sequence", row["version"])
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", row["title"])
    event.add("description", _description(row, speaker))
    sector = [names.sector(row["sector"]).name] if row["sector"] else []
    event.add("categories", [speaker(f"legend.{row['lane']}"), *sector])
    if href:
        event.add("url", href)
    event.add("status", _status(row))
    event.add("transp", "TRANSPARENT")
    return event


def _days(row: Row) -> tuple[date, date]:
    """The first day and the first one after it. Where one side is open, the day at the other end stands alone."""
    start, after = row["start"], row["after_end"]
    return start or after - DAY, after or start + DAY


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
