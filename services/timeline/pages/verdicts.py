"""Why the verdict on two initiatives is what it is: which periods count, from which events, and the arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.timeline import evidence
from services.timeline.evidence import RESTS_ON, Sources
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.source import event_address, event_name
from services.timeline.pages.speaker import Speaker
from services.timeline.view import View

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cited:
    """An event that something rests on: what it is called, when it was recorded, and where it stands in a history."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the explanation: `name`, what is said of it, and the events that it rests on."""

    name: str
    text: str
    events: Sequence[Cited]


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


@dataclass(frozen=True, slots=True)
class Explaining:
    """What the verdicts on one initiative and those related to it are explained with."""

    row: Row
    view: View
    sources: Sources
    names: Names
    speaker: Speaker
    address: Address

    def why(self, other: Row) -> list[Reason]:
        """Step by step: why the two belong together, which days of each count, and what follows from them."""
        say = self.speaker
        steps = [
            Reason(say("why.related"), because(other, self.names, say), self._of_relation(other)),
            Reason(say("why.this"), self.period(self.row), self.rests_on(self.row)),
            Reason(say("why.other"), self.period(other), self.rests_on(other)),
        ]
        if sum_ := self._sum(other):
            steps.append(Reason(say("why.sum"), sum_, []))
        return steps

    def period(self, row: Row) -> str:
        """Which days of an initiative count, by which rule, and which of them are in the window."""
        return f"{counts(row, self.view, self.speaker)} {self.in_window(row)}".strip()

    def in_window(self, row: Row) -> str:
        """Empty for an initiative that has no days anywhere."""
        if row["shown_from"] is None and row["start"] is None and row["end"] is None:
            return ""
        window = self.speaker.window(self.view.first, self.view.last)
        return self.speaker("why.within", window=window, period=days_shown(row, self.speaker))

    def rests_on(self, row: Row) -> list[Cited]:
        """The events that gave an initiative its period."""
        says = RESTS_ON[evidence.rule(row, self.view.basis)]
        found = [source for name in says for source in self._sources(row) if source["says"] == name]
        return [Cited(self._event(source), self._address(row, source)) for source in found]

    def _of_relation(self, other: Row) -> list[Cited]:
        """For each shared goal the events by which both came to have it; and the one that declared the support."""
        shared = {str(id_) for id_ in other["shared_goals"]}
        central, local = (self.row, other) if self.row["sector"] is None else (other, self.row)
        of_goals = [
            cited
            for row in (central, local)
            for cited in self._named(row, [source for source in self._sources(row) if source["about"] in shared])
        ]
        support = [source for source in self._sources(local) if source["about"] == str(central["id"])]
        return [*of_goals, *self._named(local, support)]

    def _sources(self, row: Row) -> Sequence[Row]:
        return self.sources.get(row["id"], [])

    def _named(self, row: Row, sources: Iterable[Row]) -> list[Cited]:
        """Each event once, though it said several things, with the title of its initiative."""
        events = {source["version"]: source for source in sources}
        return [
            Cited(f"{self.speaker.quoted(row['title'])}: {self._event(source)}", self._address(row, source))
            for source in events.values()
        ]

    def _event(self, source: Row) -> str:
        when = self.speaker.moment(datetime.fromisoformat(source["recorded_at"]))
        return self.speaker("why.event", event=event_name(source["type"], self.speaker), when=when)

    def _address(self, row: Row, source: Row) -> str:
        return event_address(row["id"], source["version"], self.address)

    def _sum(self, other: Row) -> str:
        """The arithmetic of `concurrency.pair`, with the days put in; empty where there are none to compare."""
        say, one, two = self.speaker, self.row, other
        match other["verdict"]:
            case "concurrent":
                return say(
                    "sum.concurrent",
                    first=say.day(other["common_from"]),
                    last=say.day(other["common_to"]),
                    common=say.count("days", other["days"]),
                    shorter=say.count("days", min(_days(one), _days(two))),
                    share=say.percent(other["share"]),
                )
            case "adjacent" | "sequential":
                earlier, later = sorted((one, two), key=lambda row: row["shown_from"])
                return say(
                    f"sum.{other['verdict']}",
                    end=say.day(earlier["shown_to"]),
                    start=say.day(later["shown_from"]),
                    days=say.count("days", other["days_between"]),
                    move=say.count("days", abs(other["smallest_move"])),
                )
            case _:
                return ""


def counts(row: Row, view: View, speaker: Speaker) -> str:
    """Which of an initiative's days count on the view's basis, and why: the rule with its dates put in."""

    def day(found: date | None) -> str:
        return speaker.day(found) if found else ""

    return speaker(
        f"counts.{evidence.rule(row, view.basis)}",
        planned=speaker.period(row["planned_start"], row["planned_end"]),
        start=day(row["actual_start"]),
        planned_end=day(row["planned_end"]),
        actual=speaker.period(row["start"], row["end"]),
    )


def when(row: Row, speaker: Speaker) -> str:
    """When an initiative runs; of one that was stopped before it started, when it was to run."""
    if row["withdrawn"] and (row["planned_start"] or row["planned_end"]):
        return speaker("changes.was", period=speaker.period(row["planned_start"], row["planned_end"]))
    return speaker.period(row["start"], row["end"])


def days_shown(row: Row, speaker: Speaker) -> str:
    """What of an initiative's days is in the window, and how many they are."""
    if row["shown_from"] is None:
        return speaker("why.no_days")
    return f"{speaker.period(row['shown_from'], row['shown_to'])}, {speaker.count('days', _days(row))}"


def because(row: Row, names: Names, speaker: Speaker) -> str:
    """Why a pair belongs together."""
    shared: Sequence[UUID] = row["shared_goals"]
    return speaker(f"because.{row['basis']}", goals=", ".join([names.goal(id_).long for id_ in shared]))


def _days(row: Row) -> int:
    """In the window."""
    days: int = (row["shown_to"] - row["shown_from"]).days + 1
    return days
