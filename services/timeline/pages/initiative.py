"""One initiative: what it is, whom it works together with and whether at the same time, why, and its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from services.timeline.evidence import Sources
from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.recorded import Telling, Told, anchored, recorded, said
from services.timeline.pages.source import event_address
from services.timeline.pages.speaker import Speaker
from services.timeline.pages.verdicts import Explaining, Reason, because, counts, days_shown, verdict, when
from services.timeline.related import Heading, Other, Related
from services.timeline.view import View
from shared.limits import YEARS

Row = Mapping[str, Any]

FEW = 12
"""Related initiatives under each heading, where all headings are shown."""
MANY = 100
"""On a page of one heading alone."""
TOLD = {"participation": "participation", "learning": "learning", "report": "reports"}
"""The kind of an event → the heading under which it is told."""


@dataclass(frozen=True, slots=True)
class RelatedOne:
    title: str
    href: str
    where: str
    period: str
    verdict: str
    because: str
    why: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Shown:
    """The related ones of one heading that are shown, of the `total`; the addresses lead to others, or are empty.

    `place`: which of them these are, in words, where not all are shown.
    """

    key: str
    total: int
    others: Sequence[Other]
    place: str = ""
    all: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with those that are shown of it, explained."""

    shown: Shown
    related: Sequence[RelatedOne]


@dataclass(frozen=True, slots=True)
class Line:
    """Something told of an initiative, and where it is told: an event of the history, or another page."""

    text: str
    more: str
    href: str


@dataclass(frozen=True, slots=True)
class Initiative:
    """`is_withdrawn`: stopped before it started, so that it counts nowhere, and nothing is compared with it."""

    title: str
    what: str
    period: str
    is_withdrawn: bool
    notes: Sequence[str]
    description: str | None
    counting: Reason
    periods: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str | Markup]]
    groups: Sequence[Group]
    told: Mapping[str, Sequence[Line]]
    history: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the initiative, as `initiative`, `history`, `evidence` and `beside` answer it.

    `related`: those that are shown, by id; `sources`: theirs. `named`: agencies and initiatives of the history, by id.
    `supported`: the titles of those that it supports, of which anybody has told, by id.
    """

    row: Row
    related: Mapping[bytes, Row]
    supported: Mapping[UUID, str]
    sources: Sources
    history: Sequence[Row]
    named: Mapping[UUID, str]
    communication: Sequence[Row]
    effects: Sequence[Row]


def initiative(
    asked: Asked, shown: Sequence[Shown], *, view: View, names: Names, speaker: Speaker, address: Address
) -> Initiative:
    row, history = asked.row, asked.history
    central = row["sector"] is None
    kind = speaker("initiative.central" if central else "initiative.local")
    place = row["area"] if central else names.sector(row["sector"]).name
    explaining = Explaining(row, view, asked.sources, names, speaker, address)
    return Initiative(
        row["title"],
        " · ".join(filter(None, [kind, place, row["agency"]])),
        when(row, speaker),
        row["withdrawn"],
        list(_notes(row, history, view, speaker)),
        row["description"],
        Reason(speaker("initiative.counts"), counts(row, view, speaker), explaining.rests_on(row)),
        list(_periods(explaining)),
        _facts(row, asked.supported, names, speaker, address),
        [Group(one, list(_related(one.others, asked.related, explaining))) for one in shown],
        _told(asked, names, speaker, address),
        recorded(history, Telling(row["id"], asked.named, names, speaker, address)),
    )


def year(row: Row) -> int | None:
    """The year to look at an initiative in where nobody asks for one: its plan year, or the one that it starts in; none
    that can't be asked for.
    """
    first = row["start"] or row["end"] or row["planned_start"] or row["planned_end"]
    found = row["plan_year"] or (first.year if first else None)
    return found if found in YEARS else None


def shown(
    related: Related,
    group: Heading | None,
    part: int,
    *,
    few: int = FEW,
    of: UUID,
    speaker: Speaker,
    address: Address,
) -> list[Shown]:
    """Of all related ones, those that are shown: the first `few` of each heading, or a part of one `group`."""

    def of_group(key: str, n: int = 1) -> str:
        return address.to("initiative", reference=str(of), group=key, part=str(n) if n > 1 else None)

    if group is None:
        return [
            Shown(
                heading,
                total,
                related.under(heading)[:few],
                _place(0, few, total, speaker),
                of_group(heading) if total > few else "",
            )
            for heading, total in related.counts.items()
            if total or heading == "concurrent"
        ]
    total, first = related.counts[group], (part - 1) * MANY
    return [
        Shown(
            group,
            total,
            related.under(group)[first : first + MANY],
            _place(first, MANY, total, speaker),
            before=of_group(group, part - 1) if part > 1 else "",
            after=of_group(group, part + 1) if first + MANY < total else "",
        )
    ]


def _place(first: int, many: int, total: int, speaker: Speaker) -> str:
    if (total <= many and not first) or first >= total:
        return ""
    last = min(first + many, total)
    return speaker(
        "initiative.place", first=speaker.number(first + 1), last=speaker.number(last), total=speaker.number(total)
    )


def _notes(row: Row, history: Sequence[Row], view: View, speaker: Speaker) -> Iterable[str]:
    if moved := sum(event["moved"] for event in history):
        yield speaker.count("initiative.moved", moved)
    window = speaker.window(view.first, view.last)
    if row["withdrawn"]:
        yield speaker("initiative.withdrawn")
    elif row["open_start"] or row["open_end"]:
        yield speaker("initiative.open", period=window)
    elif not row["undated"] and not row["shown_from"]:
        yield speaker("initiative.outside", period=window)


def _periods(explaining: Explaining) -> Iterable[tuple[str, str]]:
    """Both periods and what of the one that counts is in the window."""
    row, say = explaining.row, explaining.speaker
    yield say("fact.planned"), say.period(row["planned_start"], row["planned_end"])
    yield say("fact.actual"), _actual(row, say)
    if row["start"] or row["end"]:
        yield say("fact.within", window=say.window(explaining.view.first, explaining.view.last)), days_shown(row, say)


def _actual(row: Row, say: Speaker) -> str:
    start, end = row["actual_start"], row["actual_end"]
    if start is None:
        return say("actual.none")
    return say.period(start, end) if end else say("actual.going_on", day=say.day(start))


def _facts(
    row: Row, supported: Mapping[UUID, str], names: Names, speaker: Speaker, address: Address
) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup | None]] = [
        ("status", speaker(f"status.{row['status']}")),
        ("plan_year", str(row["plan_year"]) if row["plan_year"] else None),
        ("area", row["area"]),
        ("sector", names.sector(row["sector"]).name if row["sector"] else None),
        ("agency", row["agency"]),
        ("responsible", row["responsible"]),
        ("goals", _goals(row, names, address)),
        ("audiences", ", ".join([speaker(f"audience.{name}") for name in row["audiences"]])),
        ("supports", _supports(row, supported, speaker, address)),
        ("anchored", anchored(row["anchored"], speaker) if row["anchored"] else None),
        ("external_id", row["external_id"]),
    ]
    return [(speaker(f"fact.{name}"), value) for name, value in facts if value]


def _goals(row: Row, names: Names, address: Address) -> Markup:
    goals = [names.goal(id_) for id_ in row["goals"]]
    links = [(address.to("timeline", goal=goal.reference, sector=None), goal.long) for goal in goals]
    return Markup("<br>").join([Markup('<a href="{}">{}</a>').format(*link) for link in links])


def _supports(row: Row, supported: Mapping[UUID, str], speaker: Speaker, address: Address) -> Markup:
    """The central ones that it supports, whatever is selected; by their ids those that nobody has told of, and those
    that were stopped before they started.
    """
    return Markup("<br>").join(
        [
            Markup('<a href="{}">{}</a>').format(address.to("initiative", reference=str(id_)), supported[id_])
            if id_ in supported
            else speaker.unresolved("initiative", id_)
            for id_ in row["supports"]
        ]
    )


def _related(others: Iterable[Other], rows: Mapping[bytes, Row], explaining: Explaining) -> Iterable[RelatedOne]:
    for other in others:
        if row := rows.get(other.id):  # else it is gone since
            yield _related_one(row, explaining)


def _related_one(row: Row, explaining: Explaining) -> RelatedOne:
    names, say = explaining.names, explaining.speaker
    return RelatedOne(
        row["title"],
        explaining.address.to("initiative", reference=str(row["id"])),
        names.sector(row["sector"]).name if row["sector"] else say("initiative.central"),
        say.period(row["start"], row["end"]),
        verdict(row, say),
        because(row, names, say),
        explaining.why(row),
    )


def _told(asked: Asked, names: Names, speaker: Speaker, address: Address) -> dict[str, list[Line]]:
    """What is told of the initiative and its goals besides its periods: heading → lines; only headings with any."""
    told: dict[str, list[Line]] = {heading: [] for heading in (*TOLD.values(), "communication", "effects")}
    for event in reversed(asked.history):
        if heading := TOLD.get(event["kind"]):
            href = event_address(asked.row["id"], event["version"], address)
            told[heading].append(Line(said(event["told"], speaker), _recorded(event, speaker), href))
    told["communication"] = [_activity(row, speaker, address) for row in asked.communication]
    told["effects"] = [_effect(row, names, speaker, address) for row in asked.effects]
    return {heading: lines for heading, lines in told.items() if lines}


def _recorded(row: Row, speaker: Speaker) -> str:
    return speaker("told.recorded", when=speaker.moment(row["recorded_at"]))


def _activity(row: Row, speaker: Speaker, address: Address) -> Line:
    period = speaker.period(row["start"], row["end"])
    published = speaker("told.published", day=speaker.day(row["published_on"])) if row["published_on"] else ""
    audiences = ", ".join([speaker(f"audience.{name}") for name in row["audiences"]])
    feedback = [
        speaker("told.feedback", day=speaker.iso_day(said_["on"]), text=speaker.quoted(said_["text"]))
        for said_ in row["feedback"]
    ]
    about = " · ".join(filter(None, [period, published, row["channel"], audiences]))
    year = {"year": str(row["start"].year)} if row["start"] else {}
    href = address.owned("communication-activity", row["id"]) or address.to("timeline", **year)
    return Line(row["title"], " ".join([about, *feedback]), href)


def _effect(row: Row, names: Names, speaker: Speaker, address: Address) -> Line:
    goal = names.goal(row["goal"])
    more = speaker("told.effect", goal=goal.long, day=speaker.day(row["observed_on"]))
    return Line(speaker.quoted(row["effect"]), more, address.to("timeline", goal=goal.reference, sector=None))
