"""The timeline as a picture: the page's chart on a sheet, the lanes' names and notes beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.timeline.drawing import sheet
from services.timeline.drawing.sheet import MARGIN, NAME, NOTE, Head, Text
from services.timeline.pages.lanes import Lane
from services.timeline.pages.speaker import Speaker
from services.timeline.pages.timeline import Chart, Section

NAMES = 196.0
"""Width of the lanes' names."""
GAP = 14.0
"""Between the names and the chart."""
ABOVE = 7.0
"""Between the top of a lane and its name, and below its notes."""
NAME_LINES, NOTE_LINES = 3, 5


@dataclass(frozen=True, slots=True)
class Row:
    """A lane with its name; `lane` is at least as high as that."""

    y: float
    lane: Lane
    texts: Sequence[Text]
    spoken: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`told`: all that its texts say, and what is on it; `x`: where the chart begins."""

    title: str
    told: str
    width: float
    height: float
    head: Head
    chart: Chart
    x: float
    axis_y: float
    rows: Sequence[Row]
    foot: Sequence[Text]


def picture(
    chart: Chart,
    title: str,
    *,
    facts: Sequence[tuple[str, str]],
    source: Sequence[tuple[str, str]],
    notices: Sequence[str],
    told: str,
    speaker: Speaker,
) -> Picture:
    """`facts`: what of the timeline is shown; `source`: from where, made when; `told`: what is on the chart, in words.

    `notices`: what has to be known to read it, in sentences.
    """
    x = MARGIN + NAMES + GAP
    width = x + chart.width + MARGIN
    head = sheet.head(title, facts, notices, chart.legend, width=width, speaker=speaker)
    y = head.bottom + chart.axis.height
    rows = []
    for section in chart.sections:
        rows.append(_row(section, y))
        y += rows[-1].lane.height
    foot = sheet.foot(source, y + 12, width)
    words = " ".join([*(f"{name}: {value}." for name, value in facts), *notices, told])
    height = sheet.below(foot, y) + MARGIN
    return Picture(title, words, width, height, head, chart, x, head.bottom, rows, foot)


def _row(section: Section, y: float) -> Row:
    texts = sheet.written(section.title, MARGIN, y + ABOVE, NAMES, NAME, most=NAME_LINES)
    notes = ", ".join(section.notes)
    texts += sheet.written(notes, MARGIN, sheet.below(texts, y + ABOVE), NAMES, NOTE, most=NOTE_LINES)
    high = sheet.below(texts, y) + ABOVE - y
    lane = replace(section.lane, height=max(section.lane.height, high))
    return Row(y, lane, texts, section.spoken)
