"""The history of an initiative, event by event: when, what it changed or told, why, who, and its source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.timeline.history import PLANNED
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.source import Source, anchor, event_name, source
from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is empty where nothing was there, or nothing was known of it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the history. `says`: what an event tells that changes nothing."""

    what: str
    differences: Sequence[Difference]
    says: str
    reason: str
    anchor: str
    source: Source


@dataclass(frozen=True, slots=True)
class Telling:
    """What a history is told with. `named`: agencies and initiatives that came or went, by id."""

    id_: UUID
    named: Mapping[UUID, str]
    names: Names
    speaker: Speaker
    address: Address


def recorded(history: Sequence[Row], tell: Telling) -> list[Told]:
    """The newest event first."""
    return [_told(event, tell) for event in reversed(history)]


def _told(event: Row, tell: Telling) -> Told:
    return Told(
        event_name(event["type"], tell.speaker),
        list(_differences(event, tell)),
        said(event["told"], tell.speaker) if event["told"] else "",
        event["reason"] or "",
        anchor(event["version"]),
        source(event, tell.id_, tell.speaker, tell.address),
    )


def said(told: Row, speaker: Speaker) -> str:
    """What was told: who took part, what was learnt, or how it is going."""
    match told:
        case {"phase": phase, "who": who, "on": on, "sentence": sentence}:
            took_part = speaker.list([speaker(f"who.{name}") for name in who])
            text = speaker(
                "told.participation", phase=speaker(f"phase.{phase}"), day=speaker.iso_day(on), who=took_part
            )
        case {"status": status, "sentence": sentence}:
            text = speaker(f"report.{status}")
        case _:
            text, sentence = speaker.quoted(told["text"]), None
            if told["tags"]:
                text = speaker("told.tags", text=text, tags=", ".join(told["tags"]))
    return f"{text} {speaker.quoted(sentence)}" if sentence else text


def _differences(event: Row, tell: Telling) -> Iterable[Difference]:
    """What the event's own name says already, the status, is not said again."""
    say = tell.speaker
    changed = {found["field"]: found for found in event["fields"]}
    if not changed.keys().isdisjoint(PLANNED):
        before = [changed[name]["before"] if name in changed else event[name] for name in PLANNED]
        after = [event[name] for name in PLANNED]
        yield Difference(say("fact.planned"), say.period(*before) if any(before) else "", say.period(*after))
    for name, found in changed.items():
        if name not in (*PLANNED, "status"):
            before_, after_ = (value(name, found[side], tell.names, tell.named, say) for side in ("before", "after"))
            yield Difference(say(f"fact.{name}"), before_, after_ or "–")


def value(name: str, found: Any, names: Names, named: Mapping[UUID, str], say: Speaker) -> str:
    """A value of a field in words; empty where there is none. `named`: agencies and initiatives, by id."""
    if name == "budget" and found is not None:
        return say.kroner(found)
    if not found:
        return ""
    match name:
        case "goals":
            return ", ".join([names.goal(id_).long for id_ in found])
        case "supports":
            return ", ".join([named.get(id_) or say.unresolved("initiative", id_) for id_ in found])
        case "agency":
            return named.get(found) or say.unresolved("agency", found)
        case "status":
            return say(f"status.{found}")
        case "audiences":
            return ", ".join([say(f"audience.{one}") for one in found])
        case "anchored":
            return anchored(found, say)
        case "actual_start" | "actual_end":
            return say.day(found)
        case _:
            return str(found)


def anchored(text: str, speaker: Speaker) -> str:
    """`<where> … <day>`, as the projection keeps it."""
    *dialogues, day = text.split()
    return f"{', '.join([speaker(f'where.{where}') for where in dialogues])} {speaker.iso_day(day)}"
