"""Gaps in words: where, when, who is nearest, and the smallest move that closes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from services.timeline import what_if
from services.timeline.gaps import moved_by
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from shared.limits import FIRST_DAY, LAST_DAY

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """`href`: the goal and the sector on the timeline; `moved_href`: what if the smallest move were made."""

    href: str
    where: str
    what: str
    way_out: str | Markup
    moved_href: str | None


def gaps(rows: Iterable[Row], names: Names, speaker: Speaker, address: Address) -> list[Gap]:
    return [_gap(row, names, speaker, address) for row in rows]


def _gap(row: Row, names: Names, speaker: Speaker, address: Address) -> Gap:
    goal, sector, kind = names.goal(row["goal"]), names.sector(row["sector"]), row["kind"]
    days, period = speaker.count("days", row["days"]), speaker.period(row["from"], row["to"])
    way_out: str | Markup = speaker(f"gap.nobody.{kind}")
    if nearest := row["nearest"]:
        link = Markup('<a href="{}">{}</a>').format(
            address.to("initiative", reference=str(nearest["id"])), speaker.quoted(nearest["title"])
        )
        dates = speaker.period(nearest["start"], nearest["end"])
        sentences = (
            speaker("gap.nearest", title=link, period=dates),
            speaker(f"gap.move.{kind}", move=speaker.move(row["move"])),
            _consequence(row["common_days"], row["common_days_after"], speaker),
        )
        way_out = Markup(" ").join(filter(None, sentences))
    return Gap(
        address.to("timeline", goal=goal.reference, sector=sector.reference),
        speaker("gap.where", goal=goal.long, sector=sector.name),
        speaker(f"gap.{kind}", days=days, period=period),
        way_out,
        _moved(row, names, address),
    )


def _consequence(now: int, after: int | None, speaker: Speaker) -> str:
    """The one that is moved may leave days that it shares already: what a move gains and costs is said with it.

    after: null where it was moved or stopped while the gap was looked at.
    """
    if after is None:
        return ""
    if after > now:
        return speaker.count("gap.after.more", after, now=speaker.number(now))
    return speaker(
        "gap.after.fewer" if after < now else "gap.after.same", n=speaker.number(after), now=speaker.number(now)
    )


def _moved(row: Row, names: Names, address: Address) -> str | None:
    moving = moved_by(row["kind"], row)
    if moving is None:
        return None
    name = what_if.reference({**moving, "sector_code": names.sector(moving["sector"]).reference})
    days = [day and day.toordinal() + row["move"] for day in (moving["start"], moving["end"])]
    if not all(FIRST_DAY.toordinal() <= day <= LAST_DAY.toordinal() for day in days if day):
        return None  # no scenario can ask for it
    others = [text for text in address.scenario.get("move", ()) if not text.startswith(f"{name}:")]
    return address.to("what_if", move=[*others, what_if.move(name, *(day and date.fromordinal(day) for day in days))])
