"""A lane of the timeline: bars in rows, so that no bar and no label touches another; marks below them.

A label stands inside its bar if it fits there on an even ground, else beside it, else inside on hatched ground, else it
is cut; where one of these places is clear of the line for today, it is taken. The whole text is in the bar's title and
in the table. Widths of texts are estimates on the safe side, and the page clips a label at the width it was given.

A closed lane shows how many of its bars run in each part of the axis, instead of the bars.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate
from typing import Literal

from services.timeline.pages.letters import cut, measure
from services.timeline.pages.scale import Part, Scale
from services.timeline.runs import Run

Kind = Literal["central", "local", "activity", "participation"]
Emphasis = Literal["plain", "focus", "dim"]
MarkKind = Literal["idle", "gap"]

ROW = 21
BAR = 16
"""Heights, in units of the chart: a row, and the bar in it."""
PADDING = 7
"""Above the first row and below the last."""
MARK_ROW = 17
MARK = 8
"""Heights of a row of marks, and of the mark in it."""
STRIP = 5
"""Height of the strip for the days of central work that a lane is held against."""
CELL = 18
"""Height of a closed lane's cells."""
LEVELS = 4
"""How many shades the cells have."""

INSIDE = 5
"""Between a bar's edge and the label in it."""
BESIDE = 4
"""Between a bar's edge and the label beside it."""
APART = 10
"""Between two neighbours in a row, labels counted."""
LONGEST = 340
"""The widest label beside a bar."""
ARROW = 6
"""The point of a bar with an open side."""
DIAMOND = 12.0
"""Width of the mark for what happened on one day."""


@dataclass(frozen=True, slots=True)
class Heights:
    """Those of them that the template draws with."""

    bar: int = BAR
    mark: int = MARK
    strip: int = STRIP
    cell: int = CELL


HEIGHTS = Heights()


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes a bar. `title`: the whole text; `told`: what its name says besides; `anchor`: to link to."""

    kind: Kind
    where: Part
    title: str
    told: str
    href: str | None = None
    common: Sequence[Part] = ()
    open_start: bool = False
    open_end: bool = False
    emphasis: Emphasis = "plain"
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    width: float
    side: Literal["inside", "right", "left"]


@dataclass(frozen=True, slots=True)
class Bar:
    item: Item
    label: Label
    y: float

    @property
    def common(self) -> Sequence[Part]:
        """The days in common, but for the point of an open side."""
        where, point = self.item.where, self._point
        first = where.x + point * self.item.open_start
        last = where.x + where.width - point * self.item.open_end
        ends = [(max(part.x, first), min(part.x + part.width, last)) for part in self.item.common]
        return [Part(round(start, 1), round(end - start, 1)) for start, end in ends if start < end]

    @property
    def common_height(self) -> int:
        """At the foot of a central one, whose colour is seen above and has its label; all of a local one."""
        return STRIP if self.item.kind == "central" else BAR

    @property
    def _point(self) -> float:
        return min(ARROW, self.item.where.width / 2)

    @property
    def outline(self) -> str:
        """The bar as an SVG path: a rectangle, with a point on an open side; a diamond for what took one day."""
        x1, y1 = self.item.where.x, self.y
        x2, y2 = round(x1 + self.item.where.width, 1), y1 + BAR
        if self.item.kind == "participation":
            middle = round((x1 + x2) / 2, 1)
            return f"M{x1} {y1 + BAR / 2}L{middle} {y1 + 1}L{x2} {y1 + BAR / 2}L{middle} {y2 - 1}Z"
        point = self._point
        left = f"L{x1 + point} {y2}L{x1} {y1 + BAR / 2}L{x1 + point} {y1}" if self.item.open_start else f"H{x1}V{y1}"
        right = f"H{x2 - point}L{x2} {y1 + BAR / 2}L{x2 - point} {y2}" if self.item.open_end else f"H{x2}V{y2}"
        start = x1 + point if self.item.open_start else x1
        return f"M{start} {y1}{right}{left}Z"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What becomes a mark: days on which something is missing, said in a sentence. `text`: its label, or empty.

    way_out: what could be done about it, and what would come of it; `href`: to see that.
    """

    kind: MarkKind
    where: Part
    sentence: str
    text: str = ""
    href: str | None = None
    way_out: str = ""

    @property
    def told(self) -> str:
        return f"{self.sentence} {self.way_out}".rstrip()


@dataclass(frozen=True, slots=True)
class Mark:
    stretch: Stretch
    label: Label
    y: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a closed lane: how many of its bars run there, and the shade for it, from 0 (none) to `LEVELS`."""

    where: Part
    n: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """All that is drawn, from the top: `strip`, then `bars`, or `cells` with the `common` days below, then `marks`."""

    height: float
    bars: Sequence[Bar]
    marks: Sequence[Mark]
    strip: Sequence[Part]
    strip_y: float
    cells: Sequence[Cell] = ()
    cells_y: float = 0
    common: Sequence[Part] = ()
    common_y: float = 0


def lane(
    items: Sequence[Item],
    scale: Scale,
    *,
    today: float | None,
    stretches: Sequence[Stretch] = (),
    strip: Sequence[Part] = (),
) -> Lane:
    """The items in as few rows as a first fit gives. `today` is where its line stands; labels avoid it if they can."""
    top = PADDING + (STRIP + 3 if strip else 0)
    labels = [place(item, scale.width, today) for item in items]
    rows, count = _rows((item.where, label) for item, label in zip(items, labels, strict=True))
    bars = [Bar(item, label, top + row * ROW) for item, label, row in zip(items, labels, rows, strict=True)]
    below = top + (count or (not stretches)) * ROW
    marks, height = _marks(stretches, scale, below)
    return Lane(height, bars, marks, strip, PADDING - 2)


def closed(
    items: Sequence[Run],
    cells: Sequence[Run],
    scale: Scale,
    *,
    common: Sequence[Part] = (),
    stretches: Sequence[Stretch] = (),
    strip: Sequence[Part] = (),
) -> Lane:
    """The days of the items, inside the window, counted in each of the `cells`, which follow one another."""
    top = PADDING + (STRIP + 3 if strip else 0)
    counts = running(items, cells)
    most = max(counts, default=0)
    shown = []
    for cell, n in zip(cells, counts, strict=True):
        where, text = scale.part(cell), str(n) if n else ""
        fits = measure(text) <= where.width - 2
        shown.append(Cell(where, n, -(-LEVELS * n // most) if most else 0, text if fits else ""))
    below = top + CELL + (STRIP + 4 if common else 4)
    marks, height = _marks(stretches, scale, below)
    return Lane(height, [], marks, strip, PADDING - 2, shown, top, common, top + CELL + 2)


def running(items: Iterable[Run], cells: Sequence[Run]) -> list[int]:
    """How many of the runs have a day in each of the cells."""
    starts, ends = [start for start, _ in cells], [end for _, end in cells]
    steps = [0] * (len(cells) + 1)
    for start, end in items:
        steps[bisect_right(ends, start)] += 1
        steps[bisect_left(starts, end)] -= 1
    return list(accumulate(steps[:-1]))


def place(item: Item, width: float, today: float | None) -> Label:
    """Where the label of an item goes on a chart of this width."""
    if found := _first(_whole(item, width, today), today):
        return found
    return _first(_beside(item, width, cut(item.title, LONGEST)), today) or _cut(item, width)


def _first(labels: Iterable[Label], today: float | None) -> Label | None:
    """The first that is clear of today, else the first."""
    found = list(labels)
    clear = (label for label in found if today is None or not label.x <= today <= label.x + label.width)
    return next(clear, found[0] if found else None)


def _whole(item: Item, width: float, today: float | None) -> Iterator[Label]:
    """The places that have room for the whole title, the best first."""
    needed = measure(item.title)
    inside = list(_inside(item, needed, today))
    even = [label for label in inside if not _is_hatched(item, label.x, needed)]
    yield from even
    if needed <= LONGEST:
        yield from _beside(item, width, item.title)
    yield from (label for label in inside if label not in even)


def _inside(item: Item, needed: float, today: float | None) -> Iterator[Label]:
    """From the bar's start, and from today on, where that is in the bar."""
    start, room = _room(item)
    if item.kind != "participation" and needed <= room:
        yield Label(item.title, start, room, "inside")
        if today is not None and start < today and needed <= (later := round(start + room - today - INSIDE, 1)):
            yield Label(item.title, round(today + INSIDE, 1), later, "inside")


def _beside(item: Item, width: float, text: str) -> Iterator[Label]:
    start, end, needed = item.where.x, item.where.x + item.where.width, measure(text)
    if needed <= width - end - BESIDE:
        yield Label(text, round(end + BESIDE, 1), needed, "right")
    if needed <= start - BESIDE:
        yield Label(text, round(start - BESIDE - needed, 1), needed, "left")


def _cut(item: Item, width: float) -> Label:
    """As much of the title as there is room for where there is the most."""
    start, room = _room(item)
    left, right = item.where.x - BESIDE, width - item.where.x - item.where.width - BESIDE
    if item.kind != "participation" and room >= max(right, left):
        return Label(cut(item.title, room), start, room, "inside")
    text = cut(item.title, max(right, left))
    return next(_beside(item, width, text), Label("", start, 0, "inside"))


def _room(item: Item) -> tuple[float, float]:
    """Where a label inside begins, and how wide it may be."""
    start = item.where.x + INSIDE + ARROW * item.open_start
    return start, max(item.where.width - 2 * INSIDE - ARROW * (item.open_start + item.open_end), 0)


def _is_hatched(item: Item, x: float, width: float) -> bool:
    """Whether there are days in common behind a label; those of a central one are below it."""
    return item.kind != "central" and any(part.x < x + width and x < part.x + part.width for part in item.common)


def _rows(extents: Iterable[tuple[Part, Label]]) -> tuple[list[int], int]:
    """The row of each bar with its label, the first one that is free where it begins; and how many rows there are."""
    boxes = [
        (min(where.x, label.x), max(where.x + where.width, label.x + label.width)) if label.text
        else (where.x, where.x + where.width)
        for where, label in extents
    ]  # fmt: skip
    busy: list[tuple[float, int]] = []
    free: list[int] = []
    found = [0] * len(boxes)
    count = 0
    for (left, right), index in sorted((box, index) for index, box in enumerate(boxes)):
        while busy and busy[0][0] + APART <= left:
            heappush(free, heappop(busy)[1])
        if free:
            number = heappop(free)
        else:
            number, count = count, count + 1
        heappush(busy, (right, number))
        found[index] = number
    return found, count


def _marks(stretches: Sequence[Stretch], scale: Scale, y: float) -> tuple[list[Mark], float]:
    """The marks from `y` on, and the height of the lane with them."""
    labels = [_mark_label(stretch, scale.width) for stretch in stretches]
    rows, count = _rows((stretch.where, label) for stretch, label in zip(stretches, labels, strict=True))
    marks = [
        Mark(stretch, label, y + row * MARK_ROW) for stretch, label, row in zip(stretches, labels, rows, strict=True)
    ]
    return marks, y + count * MARK_ROW + (0 if count else PADDING - 2)


def _mark_label(stretch: Stretch, width: float) -> Label:
    """Beside the mark, as a mark is lower than a text; cut to where there is more room."""
    item = Item("participation", stretch.where, stretch.text, "")
    if not stretch.text:
        return Label("", stretch.where.x, 0, "inside")
    return next(_beside(item, width, stretch.text), None) or _cut(item, width)
