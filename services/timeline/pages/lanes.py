"""A lane of the timeline: bars in rows, so that no bar and no label touches another.

A label stands inside its bar if it fits there on an even ground, else beside it, else inside on hatched ground, else it
is cut; the whole text is in the bar's title and in the table. Widths of texts are estimates on the safe side, and the
page clips a label at the width it was given, so that labels don't collide in any font.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from services.timeline.pages.scale import Part, Scale

Kind = Literal["central", "local", "activity"]

ROW = 21
BAR = 16
"""Heights, in units of the chart: a row, and the bar in it."""
PADDING = 7
"""Above the first row and below the last."""
IDLE = 7
"""The height of the mark for days with nothing going on."""

FONT = 11.5
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


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes a bar. `title`: the whole text; `told`: what the bar's title says besides."""

    kind: Kind
    where: Part
    title: str
    told: str
    href: str | None = None
    common: Sequence[Part] = ()
    open_start: bool = False
    open_end: bool = False


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
    def outline(self) -> str:
        """The bar as an SVG path: a rectangle, with a point on an open side."""
        x1, y1 = self.item.where.x, self.y
        x2, y2 = round(x1 + self.item.where.width, 1), y1 + BAR
        point = min(ARROW, self.item.where.width / 2)
        left = f"L{x1 + point} {y2}L{x1} {y1 + BAR / 2}L{x1 + point} {y1}" if self.item.open_start else f"H{x1}V{y1}"
        right = f"H{x2 - point}L{x2} {y1 + BAR / 2}L{x2 - point} {y2}" if self.item.open_end else f"H{x2}V{y2}"
        start = x1 + point if self.item.open_start else x1
        return f"M{start} {y1}{right}{left}Z"


@dataclass(frozen=True, slots=True)
class Lane:
    """`idle`: stretches with nothing going on; `idle_told`: what each of them says."""

    height: float
    bars: Sequence[Bar]
    idle: Sequence[tuple[Part, str]] = ()
    idle_y: float = 0


def lane(items: Iterable[Item], scale: Scale, *, today: float | None, idle: Sequence[tuple[Part, str]] = ()) -> Lane:
    """The items in as few rows as a first fit gives. `today` is where its line stands; labels avoid it if they can."""
    labelled = [(item, place(item, scale.width, today)) for item in items]
    extents = [(min(item.where.x, label.x), index) for index, (item, label) in enumerate(labelled)]
    rows: list[float] = []
    row_of: dict[int, int] = {}
    for left, index in sorted(extents):
        item, label = labelled[index]
        right = max(item.where.x + item.where.width, label.x + label.width)
        number = next((n for n, end in enumerate(rows) if end + APART <= left), len(rows))
        if number == len(rows):
            rows.append(right)
        rows[number] = right
        row_of[index] = number
    bars = [Bar(item, label, PADDING + row_of[index] * ROW) for index, (item, label) in enumerate(labelled)]
    below = PADDING + len(rows) * ROW
    height = below + (IDLE + PADDING if idle else 0) + (0 if rows or idle else ROW)
    return Lane(height, bars, idle, below)


def place(item: Item, width: float, today: float | None) -> Label:
    """Where the label of an item goes on a chart of this width."""
    start, end = item.where.x, item.where.x + item.where.width
    inside = item.where.width - 2 * INSIDE - ARROW * (item.open_start + item.open_end)
    inside_x = start + INSIDE + ARROW * item.open_start
    whole = measure(item.title)
    fits = whole <= inside
    if fits and not any(part.x < inside_x + whole and inside_x < part.x + part.width for part in item.common):
        return Label(item.title, inside_x, inside, "inside")
    text = cut(item.title, LONGEST)
    needed = measure(text)
    right, left = width - end - BESIDE, start - BESIDE
    beside = [Label(text, round(end + BESIDE, 1), needed, "right")] if needed <= right else []
    beside += [Label(text, round(start - BESIDE - needed, 1), needed, "left")] if needed <= left else []
    clear = [label for label in beside if today is None or not label.x <= today <= label.x + label.width]
    if clear or (beside and not fits):
        return (clear or beside)[0]
    if fits or inside >= max(right, left):
        return Label(cut(item.title, inside), inside_x, inside, "inside")
    text = cut(item.title, max(right, left))
    needed = measure(text)
    if right >= left:
        return Label(text, round(end + BESIDE, 1), needed, "right")
    return Label(text, round(start - BESIDE - needed, 1), needed, "left")


# Widths in parts of the font size, at or above those of Inter, Arial and Helvetica.
_NARROW, _SLIM, _WIDE, _WIDEST = 0.3, 0.42, 0.74, 0.95
_WIDTHS = (
    dict.fromkeys("ijlI.,:;'|!‘’·", _NARROW)
    | dict.fromkeys('frtJ()[]{}/\\-–"“”«» *', _SLIM)
    | dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZÆØÅÄÖwæ&", _WIDE)
    | dict.fromkeys("mMW@%—…", _WIDEST)
)
_OTHER = 0.6


@lru_cache(maxsize=20_000)
def measure(text: str) -> float:
    """The width of a text in units of the chart, rather too much than too little."""
    return round(sum(_WIDTHS.get(character, _OTHER) for character in text) * FONT, 1)


@lru_cache(maxsize=20_000)
def cut(text: str, room: float) -> str:
    """As much of the text as there is room for, with an ellipsis where it was cut; empty where not even that fits."""
    if measure(text) <= room:
        return text
    left = room - measure("…")
    kept = 0
    for character in text:
        left -= _WIDTHS.get(character, _OTHER) * FONT
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…" if kept else ""
