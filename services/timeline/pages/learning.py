"""What was learnt, as it is read: the words that were looked for are marked, and each lesson says where it is from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from services.timeline.learning import END, HIT, Search
from services.timeline.pages.address import Address
from services.timeline.pages.names import Named, Names
from services.timeline.pages.source import Source, source
from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tag:
    text: Markup
    href: str
    count: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """`href`: the initiative that it was learnt in; `goals`: name and address of each that the initiative serves."""

    text: Markup
    tags: Sequence[Tag]
    title: Markup
    href: str
    where: str
    goals: Sequence[tuple[str, str]]
    source: Source


def lessons(rows: Iterable[Row], speaker: Speaker, address: Address) -> list[Lesson]:
    return [_lesson(row, speaker, address) for row in rows]


def _lesson(row: Row, speaker: Speaker, address: Address) -> Lesson:
    return Lesson(
        marked(row["_marked_text"]),
        [
            Tag(marked(text), address.to("learning", **{**address.own, "tag": tag}))
            for tag, text in zip(row["tags"], row["_marked_tags"], strict=True)
        ],
        marked(row["_marked_title"]),
        address.to("initiative", reference=str(row["initiative"])),
        ", ".join(filter(None, [sector_of(row, speaker), row["agency"]])),
        [
            (goal.long, address.to("learning", **{**address.own, "goal": goal.reference}))
            for goal in goals_of(row, speaker)
        ],
        source(row, row["initiative"], speaker, address),
    )


def sector_of(row: Row, speaker: Speaker) -> str:
    name: str | None = row["sector_name"]
    return name or speaker.unresolved("sector", row["sector"])


def goals_of(row: Row, speaker: Speaker) -> list[Named]:
    """The goals of the initiative that it was learnt in."""
    names = Names([{**goal, "id": UUID(goal["id"])} for goal in row["_known_goals"]], [], speaker)
    return [names.goal(id_) for id_ in row["goals"]]


def tags(rows: Iterable[Row], search: Search, speaker: Speaker, address: Address) -> list[Tag]:
    """The commonest tags of what is found, each with its number; the chosen one leads back to all."""
    return [
        Tag(
            escape(row["tag"]),
            address.to("learning", **{**address.own, "tag": None if row["tag"] == search.tag else row["tag"]}),
            speaker.number(row["learnings"]),
            row["tag"] == search.tag,
        )
        for row in rows
    ]


def marked(text: str) -> Markup:
    """Text with the words that were looked for in `mark`; everything else in it is text."""
    parts = re.split(f"{HIT}(.*?){END}", text, flags=re.DOTALL)
    whole = [Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts)]
    return Markup("").join(whole)
