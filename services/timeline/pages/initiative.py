"""One initiative: what it is, whom it works together with and whether at the same time, why, and its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.queries import View

Row = Mapping[str, Any]

GROUPS = {
    "concurrent": "concurrent",
    "adjacent": "not_concurrent",
    "sequential": "not_concurrent",
    "undated": "other",
    "outside": "other",
}
"""Verdict → the heading that it stands under."""


@dataclass(frozen=True, slots=True)
class Related:
    title: str
    href: str
    where: str
    period: str
    verdict: str
    because: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the history."""

    when: str
    what: str
    period: str
    reason: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Initiative:
    title: str
    what: str
    period: str
    notes: Sequence[str]
    description: str | None
    facts: Sequence[tuple[str, str | Markup]]
    groups: Mapping[str, Sequence[Related]]
    history: Sequence[Told]


def initiative(
    row: Row,
    related: Sequence[Row],
    history: Sequence[Row],
    *,
    view: View,
    names: Names,
    speaker: Speaker,
    address: Address,
) -> Initiative:
    central = row["sector"] is None
    kind = speaker("initiative.central" if central else "initiative.local")
    place = row["area"] if central else names.sector(row["sector"]).name
    groups: dict[str, list[Related]] = {"concurrent": [], "not_concurrent": [], "other": []}
    for other in related:
        groups[GROUPS[other["verdict"]]].append(_related(other, names, speaker, address))
    return Initiative(
        row["title"],
        " · ".join(filter(None, [kind, place, row["agency"]])),
        speaker.period(row["start"], row["end"]),
        list(_notes(row, history, view, speaker)),
        row["description"],
        _facts(row, related, names, speaker, address),
        groups,
        [_told(event, speaker) for event in reversed(history)],
    )


def year(row: Row) -> int | None:
    """The year to look at an initiative in where nobody asks for one: its plan year, or the one that it starts in."""
    first = row["start"] or row["end"] or row["planned_start"] or row["planned_end"]
    return row["plan_year"] or (first.year if first else None)


def _notes(row: Row, history: Sequence[Row], view: View, speaker: Speaker) -> Iterable[str]:
    if moved := sum(event["type"].endswith(".rescheduled.v1") for event in history):
        yield speaker.count("initiative.moved", moved)
    window = speaker.window(view.first, view.last)
    if row["withdrawn"]:
        yield speaker("initiative.withdrawn")
    elif row["open_start"] or row["open_end"]:
        yield speaker("initiative.open", period=window)
    elif not row["undated"] and (row["end"] < view.first or row["start"] > view.last):
        yield speaker("initiative.outside", period=window)


def _facts(
    row: Row, related: Sequence[Row], names: Names, speaker: Speaker, address: Address
) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup | None]] = [
        ("planned", speaker.period(row["planned_start"], row["planned_end"])),
        ("started", speaker.day(row["actual_start"]) if row["actual_start"] else None),
        ("ended", speaker.day(row["actual_end"]) if row["actual_end"] else None),
        ("status", speaker(f"status.{row['status']}")),
        ("plan_year", str(row["plan_year"]) if row["plan_year"] else None),
        ("area", row["area"]),
        ("sector", names.sector(row["sector"]).name if row["sector"] else None),
        ("agency", row["agency"]),
        ("responsible", row["responsible"]),
        ("goals", _goals(row, names, address)),
        ("audiences", ", ".join([speaker(f"audience.{name}") for name in row["audiences"]])),
        ("supports", _supports(row, related, speaker, address)),
        ("anchored", _anchored(row["anchored"], speaker)),
        ("external_id", row["external_id"]),
    ]
    return [(speaker(f"fact.{name}"), value) for name, value in facts if value]


def _goals(row: Row, names: Names, address: Address) -> Markup:
    goals = [names.goal(id_) for id_ in row["goals"]]
    links = [(address.to("timeline", goal=goal.reference, sector=None), goal.long) for goal in goals]
    return Markup("<br>").join([Markup('<a href="{}">{}</a>').format(*link) for link in links])


def _supports(row: Row, related: Sequence[Row], speaker: Speaker, address: Address) -> Markup:
    """The central ones that it supports; those that nobody has told of, or that are stopped, by their ids."""
    known = {other["id"]: other["title"] for other in related}
    return Markup("<br>").join(
        [
            Markup('<a href="{}">{}</a>').format(address.to("initiative", reference=str(id_)), known[id_])
            if id_ in known
            else speaker.unresolved("initiative", id_)
            for id_ in row["supports"]
        ]
    )


def _anchored(text: str | None, speaker: Speaker) -> str | None:
    """`<where> … <day>`, as the projection keeps it."""
    if text is None:
        return None
    *dialogues, day = text.split()
    return f"{', '.join([speaker(f'where.{where}') for where in dialogues])} {speaker.iso_day(day)}"


def _related(row: Row, names: Names, speaker: Speaker, address: Address) -> Related:
    shared = ", ".join([names.goal(id_).long for id_ in row["shared_goals"]])
    return Related(
        row["title"],
        address.to("initiative", reference=str(row["id"])),
        names.sector(row["sector"]).name if row["sector"] else speaker("initiative.central"),
        speaker.period(row["start"], row["end"]),
        verdict(row, speaker),
        speaker(f"because.{row['basis']}", goals=shared),
    )


def verdict(row: Row, speaker: Speaker) -> str:
    """The verdict on a pair in a sentence, with the smallest move that would give one common day."""
    match row["verdict"]:
        case "concurrent":
            return speaker(
                "verdict.concurrent",
                common=speaker.count("common", row["days"]),
                period=speaker.period(row["common_from"], row["common_to"]),
                share=speaker.percent(row["share"]),
            )
        case "adjacent" | "sequential":
            return speaker(
                f"verdict.{row['verdict']}",
                days=speaker.count("days", row["days_between"]),
                move=speaker.move(row["smallest_move"]),
            )
        case other:
            return speaker(f"verdict.{other}")


def _told(event: Row, speaker: Speaker) -> Told:
    name = event["type"].removeprefix("samtidig.").rpartition(".")[0]
    return Told(
        speaker.moment(event["recorded_at"]),
        speaker(f"event.{name}"),
        speaker.period(event["planned_start"], event["planned_end"]) if event["told"] is None else "",
        event["reason"] or "",
        f"event-{event['version']}",
    )
