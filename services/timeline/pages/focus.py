"""The explanation beside the chart: one initiative, whom it works together with, and the smallest missing move."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.timeline import runs, what_if
from services.timeline.pages.address import STATE, Address
from services.timeline.pages.names import Names
from services.timeline.pages.spans import fitting, href
from services.timeline.pages.speaker import Speaker
from services.timeline.pages.timeline import Focus
from services.timeline.pages.verdicts import verdict, when
from services.timeline.related import Other, Related
from services.timeline.view import View

Row = Mapping[str, Any]

KEPT = {"year", "from", "to", "basis", "known_on", "lang"}
"""Of an address, without its filters."""
FEW = 6
"""Related initiatives under each heading; the initiative's own page has them all."""


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class RelatedOne:
    title: str
    href: str
    where: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Group:
    """`more`: how many there are besides, in words; empty where all are here."""

    key: str
    related: Sequence[RelatedOne]
    more: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`away`: why it has no bar on the chart, empty where it has one; `back`: where it has one, or null."""

    title: str
    what: str
    period: str
    moved: str
    why_moved: str
    goals: Sequence[Link]
    groups: Sequence[Group]
    away: str
    back: Link | None
    page: str
    leave: str


class Explaining:
    """What an explanation is made with. `to`: this page's own address, with other parameters."""

    def __init__(self, view: View, names: Names, speaker: Speaker, address: Address, to: Callable[..., str]) -> None:
        self.view, self.names, self.say, self.address, self.to = view, names, speaker, address, to

    def explanation(
        self,
        related: Related,
        rows: Mapping[bytes, Row],
        history: Sequence[Row],
        *,
        is_shown: bool,
        is_whole: bool,
    ) -> Explanation:
        """`rows`: the `shown` ones. `is_shown`: it has a bar on the chart; `is_whole`: so has all that is selected."""
        row = related.row
        central = row["sector"] is None
        kind = self.say("initiative.central" if central else "initiative.local")
        place = row["area"] if central else self.names.sector(row["sector"]).name
        goals = [self.names.goal(id_) for id_ in row["goals"]]
        moved, why = self._moved(history)
        away, back = ("", None) if is_shown else self._away(row, is_whole=is_whole)
        return Explanation(
            row["title"],
            " · ".join(filter(None, [kind, place, row["agency"]])),
            when(row, self.say),
            moved,
            why,
            [Link(goal.long, self.to(goal=goal.reference)) for goal in goals],
            list(self._groups(related, rows)),
            away,
            back,
            self.address.to("initiative", reference=what_if.reference(row)),
            self.to(focus=None),
        )

    def _groups(self, related: Related, rows: Mapping[bytes, Row]) -> Iterable[Group]:
        for heading, total in related.counts.items():
            if total:
                more = self.say.count("focus.more", total - FEW) if total > FEW else ""
                ids = [other.id for other in related.under(heading)[:FEW]]
                yield Group(heading, [self._related(rows[id_]) for id_ in ids if id_ in rows], more)

    def _related(self, row: Row) -> RelatedOne:
        where = self.names.sector(row["sector"]).name if row["sector"] else self.say("initiative.central")
        address = self.to(focus=what_if.reference(row)) + "#focus"
        return RelatedOne(row["title"], address, where, verdict(row, self.say))

    def _moved(self, history: Sequence[Row]) -> tuple[str, str]:
        """How often it was moved, and the last time in a sentence: from which period, when, and why."""
        moves = [n for n, event in enumerate(history) if event["moved"]]
        if not moves:
            return "", ""
        last, before = history[moves[-1]], [event for event in history[: moves[-1]] if event["title"] is not None]
        say = self.say
        period = say.period(before[-1]["planned_start"], before[-1]["planned_end"]) if before else say("period.undated")
        why = say("focus.moved", period=period, moment=say.moment(last["recorded_at"]))
        return say.count("initiative.moved", len(moves)), " ".join(filter(None, [why, last["reason"]]))

    def _away(self, row: Row, *, is_whole: bool) -> tuple[str, Link | None]:
        say, view = self.say, self.view
        if row["withdrawn"]:
            return say("initiative.withdrawn"), None
        if row["undated"]:
            return say("focus.undated"), None
        is_outside = (row["end"] or date.max) < view.first or (row["start"] or date.min) > view.last
        if is_outside and (window := fitting([(row["start"], row["end"])], *_known(row))):
            text = say("focus.show", period=say.period(*window))
            return say("initiative.outside", period=say.window(view.first, view.last)), Link(
                text, href(window, self.to)
            )
        if is_whole:
            everything = self.to(**dict.fromkeys(set(STATE) - KEPT))
            return say("focus.filtered"), Link(say("timeline.everything"), everything)
        return say("focus.elsewhere"), None


def _known(row: Row) -> tuple[date, date]:
    """The days that stand for an open side."""
    known = row["start"] or row["end"]
    return row["start"] or known, row["end"] or known


def shown(related: Related) -> list[Other]:
    """Those that the explanation tells of."""
    return [other for heading in related.counts for other in related.under(heading)[:FEW]]


def focus(related: Related) -> Focus:
    """The days that each related initiative shares with this one, and those that it shares with any."""
    common = {UUID(bytes=one.id): (one.common,) if one.common else () for one in related.others}
    own: UUID = related.row["id"]
    return Focus(own, {**common, own: runs.union(run for days in common.values() for run in days)})
