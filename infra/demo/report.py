"""The concurrency report of a year, for terminals: in words first, then goal × sector, then the largest gaps.

The figures are the timeline's; nothing is computed here. What its answers look like is known to `Report.of` alone.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from infra.demo.client import Client

Language = Literal["nb", "en"]

WIDTH = 120
"""Characters of a line, at most."""
COLUMN = 10
GAPS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    state: str
    degree: float | None
    """Days with both sides, of the days with any: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Nearest:
    title: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    goal: str
    sector: str | None
    """None: all sectors together."""
    kind: str
    first: date
    last: date
    days: int
    nearest: Nearest | None
    move: int | None
    """How far the local side must move for one common day: days, + later, − earlier."""


@dataclass(frozen=True, slots=True)
class Report:
    first: date
    last: date
    central: int
    together: int
    concurrent: int
    undated_central: int
    undated_local: int
    goals: Mapping[str, str]
    """Id → name and title, in the order of the table."""
    sectors: Mapping[str, tuple[str, str]]
    """Id → code, name."""
    cells: Mapping[tuple[str, str | None], Cell]
    gaps: Sequence[Gap]

    @classmethod
    def of(cls, matrix: Mapping[str, Any], gaps: Mapping[str, Any]) -> "Report":
        """From the answers of `GET /api/matrix` and `GET /api/gaps`."""
        totals = matrix["totals"]
        return cls(
            first=date.fromisoformat(matrix["window"]["from"]),
            last=date.fromisoformat(matrix["window"]["to"]),
            central=totals["central"],
            together=totals["central_together"],
            concurrent=totals["central_concurrent"],
            undated_central=totals["undated_central"],
            undated_local=totals["undated_local"],
            goals={goal["id"]: f"{goal['external_id'] or ''} {goal['title']}".strip() for goal in matrix["goals"]},
            sectors={sector["id"]: (sector["code"], sector["name"]) for sector in matrix["sectors"]},
            cells={(cell["goal"], cell["sector"]): Cell(cell["state"], cell["degree"]) for cell in matrix["cells"]},
            gaps=[_gap(gap) for gap in gaps["gaps"]],
        )


def fetch(client: Client, first: date, last: date) -> Report:
    """The report on planned periods. Refused, Unreachable."""
    window = f"from={first}&to={last}&basis=planned"
    return Report.of(
        client.get("timeline", f"/api/matrix?{window}"), client.get("timeline", f"/api/gaps?{window}&limit={GAPS}")
    )


def _gap(gap: Mapping[str, Any]) -> Gap:
    nearest = gap["nearest"]
    return Gap(
        goal=gap["goal"],
        sector=gap["sector"],
        kind=gap["kind"],
        first=date.fromisoformat(gap["from"]),
        last=date.fromisoformat(gap["to"]),
        days=gap["days"],
        nearest=nearest and Nearest(nearest["title"], _day(nearest["start"]), _day(nearest["end"])),
        move=gap["move"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# On paper


def render(report: Report, address: str, language: Language = "nb") -> str:
    """The report as text; no line is longer than WIDTH, except one that holds an address. It ends with the address."""
    say = TEXTS[language]
    parts = [
        _fill(_headline(report, say)),
        _table(report, say),
        _legend(report, say),
        _largest_gaps(report, say),
        f"{say['see']} {address}",
    ]
    return "\n\n".join(parts) + "\n"


Texts = Mapping[str, str]


def _headline(report: Report, say: Texts) -> str:
    window = _window(report, say)
    undated = say["undated"].format(central=report.undated_central, local=report.undated_local)
    if not report.central:
        return f"{say['no central'].format(window=window)} {undated}"
    sentences = [say["headline"].format(window=window, concurrent=report.concurrent, central=report.central)]
    if apart := report.together - report.concurrent:
        sentences.append(say["no common day"].format(apart))
    if alone := report.central - report.together:
        sentences.append(say["alone"].format(alone))
    return " ".join([*sentences, undated])


def _table(report: Report, say: Texts) -> str:
    columns: list[tuple[str | None, str]] = [(id_, code) for id_, (code, _) in report.sectors.items()]
    columns.append((None, say["all"]))
    width = max(WIDTH - COLUMN * len(columns), COLUMN * 2)
    rule = "─" * (width + COLUMN * len(columns))
    lines = [" " * width + "".join(f"{code[: COLUMN - 2]:>{COLUMN}}" for _, code in columns), rule]
    for goal, title in report.goals.items():
        cells = [_words(report.cells[goal, sector], say) for sector, _ in columns]
        lines += _side_by_side(textwrap.wrap(title, width - 1, subsequent_indent="   "), width, cells)
        lines.append(rule)
    return "\n".join(line.rstrip() for line in lines)


def _side_by_side(label: Sequence[str], width: int, cells: Sequence[Sequence[str]]) -> list[str]:
    """One row of the table: the label and each cell may have several lines."""
    height = max(len(label), *(len(cell) for cell in cells))
    return [
        f"{_line(label, n):{width}}" + "".join(f"{_line(cell, n):>{COLUMN}}" for cell in cells) for n in range(height)
    ]


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _words(cell: Cell, say: Texts) -> list[str]:
    if cell.state == "together" and cell.degree is not None:
        return [_percent(cell.degree, say)]
    return textwrap.wrap(say[cell.state], COLUMN - 1)


def _percent(share: float, say: Texts) -> str:
    """Rounded, but never down to nothing or up to all."""
    if 0 < share < 0.01:  # noqa: PLR2004
        return "<" + say["percent"].format(1)
    if 0.99 < share < 1:  # noqa: PLR2004
        return say["percent"].format(99)
    return say["percent"].format(round(share * 100))


def _legend(report: Report, say: Texts) -> str:
    sectors = "; ".join(f"{code} {name}" for code, name in report.sectors.values())
    return _fill(say["degree"]) + "\n" + _fill(f"{say['sectors']} {sectors}.")


def _largest_gaps(report: Report, say: Texts) -> str:
    if not report.gaps:
        return say["no gaps"]
    lines = [say["gaps"]]
    for number, gap in enumerate(report.gaps, 1):
        goal = report.goals[gap.goal]
        sector = say["all sectors"] if gap.sector is None else report.sectors[gap.sector][0]
        period = _period(gap.first, gap.last, say)
        lines.append(
            _fill(f"{goal} · {sector}: {_days(gap.days, say)} {say['gap ' + gap.kind]}, {period}.", f"{number}. ")
        )
        lines.append(_fill(_way_out(gap, say), "   "))
    return "\n".join(lines)


def _way_out(gap: Gap, say: Texts) -> str:
    if gap.nearest is None:
        return say["nobody " + gap.kind]
    nearest = say["nearest"].format(title=gap.nearest.title, period=_period(gap.nearest.start, gap.nearest.end, say))
    if not gap.move:
        return nearest
    direction = say["later"] if gap.move > 0 else say["earlier"]
    return f"{nearest} " + say["move"].format(days=_days(abs(gap.move), say), direction=direction)


def _window(report: Report, say: Texts) -> str:
    year = report.first.year
    if (report.first, report.last) == (date(year, 1, 1), date(year, 12, 31)):
        return say["in year"].format(year=year)
    return say["in window"].format(period=_period(report.first, report.last, say))


def _period(first: date | None, last: date | None, say: Texts) -> str:
    if first is None and last is None:
        return say["no dates"]
    return f"{_date(first, say)}–{_date(last, say)}"


def _date(day: date | None, say: Texts) -> str:
    return "" if day is None else say["date"].format(day=day)


def _days(number: int, say: Texts) -> str:
    return f"{number} {say['day'] if number == 1 else say['days']}"


def _fill(text: str, lead: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


TEXTS: Mapping[Language, Texts] = {
    "nb": {
        "in year": "I {year}",
        "in window": "I tiden {period}",
        "headline": "{window} virker {concurrent} av {central} sentrale tiltak samtidig med lokale tiltak.",
        "no common day": "{} har lokale tiltak å virke sammen med, men ingen felles dag.",
        "alone": "{} har ingen å virke sammen med.",
        "no central": "{window} er ingen sentrale tiltak tidfestet.",
        "undated": "Ikke tidfestet, og ikke regnet med i dagene: {central} av de sentrale og {local} av de lokale.",
        "all": "alle",
        "all sectors": "alle sektorer",
        "together": "samtidig",
        "apart": "ulik tid",
        "central_only": "bare sentralt",
        "local_only": "bare lokalt",
        "none": "–",
        "percent": "{} %",
        "degree": "Prosenten er samtidigheten: dager med både sentralt og lokalt tiltak for målet, av alle dager med "
        "minst ett av dem. Planlagte perioder.",
        "sectors": "Sektorer:",
        "gaps": "De største hullene",
        "no gaps": "Ingen hull: sentrale og lokale tiltak følger hverandre dag for dag.",
        "gap central_only": "bare sentralt",
        "gap local_only": "bare lokalt",
        "nobody central_only": "Sektoren har ingen tidfestede lokale tiltak for målet.",
        "nobody local_only": "Ingen tidfestede sentrale tiltak har dette målet.",
        "nearest": "Nærmest: «{title}» ({period}).",
        "move": "Minste flytting av det lokale: {days} {direction}.",
        "later": "senere",
        "earlier": "tidligere",
        "day": "dag",
        "days": "dager",
        "date": "{day.day}.{day.month}.{day.year}",
        "no dates": "ikke tidfestet",
        "see": "Se hele året:",
    },
    "en": {
        "in year": "In {year}",
        "in window": "In the time {period}",
        "headline": "{window}, {concurrent} of {central} central initiatives work at the same time as local ones.",
        "no common day": "Related to local ones, but with no day in common: {}.",
        "alone": "Related to none: {}.",
        "no central": "{window}, no central initiative has dates.",
        "undated": "Undated, so in no count of days: {central} of the central and {local} of the local ones.",
        "all": "all",
        "all sectors": "all sectors",
        "together": "together",
        "apart": "apart",
        "central_only": "central only",
        "local_only": "local only",
        "none": "–",
        "percent": "{}%",
        "degree": "The percentage is the concurrency: days with both a central and a local initiative for the goal, of "
        "all days with at least one of them. Planned periods.",
        "sectors": "Sectors:",
        "gaps": "The largest gaps",
        "no gaps": "No gaps: central and local initiatives follow each other day by day.",
        "gap central_only": "central only",
        "gap local_only": "local only",
        "nobody central_only": "The sector has no dated local initiative for the goal.",
        "nobody local_only": "No dated central initiative has this goal.",
        "nearest": "Nearest: “{title}” ({period}).",
        "move": "Smallest move of the local one: {days} {direction}.",
        "later": "later",
        "earlier": "earlier",
        "day": "day",
        "days": "days",
        "date": "{day:%Y-%m-%d}",
        "no dates": "undated",
        "see": "See the whole year:",
    },
}
