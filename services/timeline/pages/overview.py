"""The overview: the year in a sentence, the matrix of years in miniature, what is not counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from markupsafe import Markup

from services.timeline.matrix import Meeting
from services.timeline.pages.address import Address
from services.timeline.pages.axis import ticks
from services.timeline.pages.names import Named, Names
from services.timeline.pages.scale import Part, Scale
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import read
from services.timeline.view import View

Row = Mapping[str, Any]

WIDTH = 104
"""Of a year in miniature."""
MOST_GRID = 4

STATES = ("together", "apart", "central_only", "local_only", "none")
NOT_COUNTED = ("undated_central", "undated_local", "open", "without_goal")
UNRESOLVED = ("goals", "sectors", "supported")


@dataclass(frozen=True, slots=True)
class Share:
    """One half of the plan's sentence: of the central initiatives, how many."""

    text: Markup
    percent: float


@dataclass(frozen=True, slots=True)
class Headline:
    sentence: Markup
    details: Markup
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Cell:
    href: str
    state: str
    words: str
    spoken: str
    undated: str
    central: Sequence[Part]
    local: Sequence[Part]
    both: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Line:
    goal: Named
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The goals of one kind."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Matrix:
    sectors: Sequence[Named]
    groups: Sequence[Group]
    grid: Sequence[float]


@dataclass(frozen=True, slots=True)
class SectorLine:
    """`figures`: how many work together, how many at the same time, how many days; `percents`: of the first two."""

    sector: Named
    href: str
    figures: Sequence[str | Markup]
    percents: Sequence[float]
    local: str
    undated: str


To = Callable[..., str]
"""The address of a timeline, with other parameters."""


def headline(totals: Row, view: View, speaker: Speaker, to: To | None) -> Headline:
    """The plan's sentence with exact figures, and each of its two halves by itself.

    to: of the timeline where each figure can be looked at; null where there is none.
    """
    window = speaker.in_window(view.first, view.last)
    central, together, concurrent = (totals[name] for name in ("central", "central_together", "central_concurrent"))
    if not central:
        local = speaker("overview.no_central.local", what=speaker.count("local", totals["local"]))
        sentences = [local] if totals["local"] else []
        nothing = Markup("{}").format(speaker("overview.no_central", window=window))
        return Headline(nothing, Markup(" ").join([*sentences, *_undated(totals, speaker)]), [])

    def counted(meeting: Meeting, n: int, text: str | Markup) -> Markup:
        return _linked(text, to(meeting=meeting) if to and n else None)

    figure = Markup('<span class="figure">{}</span>').format(_of(concurrent, central, speaker))
    figure = counted("concurrent", concurrent, figure)
    sentence = Markup("{}").format(speaker.count("overview.headline", concurrent, window=window, figure=figure))
    apart, alone = together - concurrent, central - together
    details = [counted("apart", apart, speaker.count("overview.apart", apart))] if apart else []
    details += [counted("alone", alone, speaker.count("overview.alone", alone))] if alone else []
    details += [Markup("{}").format(speaker("overview.all"))] if concurrent == central else []
    halves: tuple[tuple[Meeting, int], ...] = (("together", together), ("concurrent", concurrent))
    shares = [_share(name, n, central, counted(name, n, _of(n, central, speaker)), speaker) for name, n in halves]
    return Headline(sentence, Markup(" ").join([*details, *_undated(totals, speaker)]), shares)


def other_plans(by_year: Mapping[int, int], central: int, speaker: Speaker, address: Address) -> list[Markup]:
    """How many of the central ones are of the plan of another year: this year's plan does not count them."""
    of = speaker.number(central)
    return [
        _linked(speaker.count("overview.other_plan", n, of=of, year=year), address.to("plan", year=str(year)))
        for year, n in by_year.items()
    ]


def _linked(text: str | Markup, href: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text) if href else Markup("{}").format(text)


def _undated(totals: Row, speaker: Speaker) -> Iterator[str]:
    sides = [(side, totals[f"undated_{side}"]) for side in ("central", "local")]
    if what := speaker.list([speaker.count(side, n) for side, n in sides if n]):
        yield speaker("overview.undated", what=what)


def _share(name: Meeting, n: int, of: int, figure: Markup, speaker: Speaker) -> Share:
    strong = Markup("<strong>{}</strong>").format(speaker(f"overview.{name}.strong"))
    text = speaker.count(f"overview.{name}", n, figure=figure, strong=strong)
    return Share(Markup("{}").format(text), round(100 * n / of, 1))


def _of(n: int, of: int, speaker: Speaker) -> str:
    return speaker("overview.figure", n=speaker.number(n), of=speaker.number(of))


def matrix(names: Names, cells: Iterable[Row], view: View, speaker: Speaker, address: Address) -> Matrix:
    """Every goal × sector and, last, every goal × all sectors."""
    scale = Scale(view.first, view.last, WIDTH)
    found = {(cell["goal"], cell["sector"]): cell for cell in cells}
    columns: list[UUID | None] = [*names.sectors, None]

    def line(goal: Named) -> Line:
        links = [address.to("timeline", goal=goal.reference, sector=_reference(names, sector)) for sector in columns]
        return Line(
            goal,
            [cell(found[goal.id, sector], scale, speaker, href) for sector, href in zip(columns, links, strict=True)],
        )

    by_kind = groupby(names.goals.values(), key=lambda goal: goal.kind or "unresolved")
    groups = [Group(speaker(f"kind.{kind}"), [line(goal) for goal in goals]) for kind, goals in by_kind]
    marks = [tick.x for tick in ticks(scale, speaker) if tick.x > 0]
    return Matrix(list(names.sectors.values()), groups, marks[2::3] if len(marks) > MOST_GRID else marks)


def _reference(names: Names, sector: UUID | None) -> str | None:
    return None if sector is None else names.sector(sector).reference


def cell(row: Row, scale: Scale, speaker: Speaker, href: str) -> Cell:
    words = speaker(f"state.{row['state']}")
    shown = speaker.percent(row["degree"]) if row["state"] == "together" else words
    spoken = speaker(
        "cell.spoken",
        words=shown,
        common=speaker.count("common", row["both_days"]),
        central=speaker.count("central", row["central"]),
        local=speaker.count("local", row["local"]),
    )
    undated = speaker("matrix.undated", n=speaker.number(row["undated"])) if row["undated"] else ""
    return Cell(
        href,
        row["state"],
        shown,
        spoken,
        undated,
        scale.parts(read(row["central_periods"])),
        scale.parts(read(row["local_periods"])),
        scale.parts(read(row["both_periods"])),
    )


def sectors(headlines: Iterable[Row], names: Names, speaker: Speaker, address: Address) -> list[SectorLine]:
    """The two halves of the plan's sentence for each sector."""
    return [_sector(row, names.sector(row["sector"]), speaker, address) for row in headlines if row["sector"]]


def _sector(row: Row, sector: Named, speaker: Speaker, address: Address) -> SectorLine:
    of_central = [(row[name], row["central"]) for name in ("central_together", "central_concurrent")]

    def figure(n: int, of: int, meeting: Meeting | None = None) -> Markup:
        href = address.to("timeline", sector=sector.reference, goal=None, meeting=meeting) if meeting and n else None
        number = _linked(_of(n, of, speaker), href)
        return Markup("{}").format(speaker("by_sector.figure", figure=number, share=speaker.percent(n / of)))

    return SectorLine(
        sector,
        address.to("timeline", sector=sector.reference),
        [
            figure(*of_central[0], "together"),
            figure(*of_central[1], "concurrent"),
            figure(row["both_days"], row["central_days"]),
        ],
        [round(100 * n / of, 1) for n, of in of_central],
        speaker.number(row["local"]),
        speaker("matrix.undated", n=speaker.number(row["undated_local"])) if row["undated_local"] else "",
    )


def not_counted(totals: Row, unresolved: Row, speaker: Speaker) -> list[str]:
    """What the figures don't show, each in a sentence; nothing is dropped silently (DESIGN, invariant I10)."""
    counts = [(name, totals[name]) for name in NOT_COUNTED] + [(name, unresolved[name]) for name in UNRESOLVED]
    return [speaker.count(f"known.{name}", n) for name, n in counts if n]
