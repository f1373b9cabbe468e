"""What a page on paper is made of: blocks (headings, paragraphs, lists, tables, pictures) of runs of text.

As JSON, each names its kind in `type`; `page.typ` sets what it is given. Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from shared.problems import Language


class Span(msgspec.Struct, tag="span", frozen=True):
    """Text that is set as its `style` says: `strong`, `emph`, `small`, `code`, `struck`, or plain."""

    body: Sequence["Inline"]
    style: str = ""
    href: str | None = None


class Break(msgspec.Struct, tag="break", frozen=True):
    """A new line in a paragraph."""


class Picture(msgspec.Struct, tag="picture", frozen=True):
    """A standalone SVG. Without `alt` it says nothing that the text beside it doesn't.

    `width`: at most; without it, all that there is. With `height` it is stretched to it.
    """

    svg: str
    alt: str | None = None
    width: float | None = None
    height: float | None = None


Inline = str | Span | Break | Picture


class Heading(msgspec.Struct, tag="heading", frozen=True):
    level: int
    body: Sequence[Inline]


class Paragraph(msgspec.Struct, tag="paragraph", frozen=True):
    """`style`: `lead`, `note`, `caption`, or plain."""

    body: Sequence[Inline]
    style: str = ""


class Listing(msgspec.Struct, tag="list", frozen=True):
    """`long`: the numbers, from 0, of items that may be cut by the end of a page."""

    items: Sequence[Sequence["Block"]]
    ordered: bool = False
    long: Sequence[int] = ()


class Terms(msgspec.Struct, tag="terms", frozen=True):
    """Names and what belongs to them."""

    pairs: Sequence[tuple[Sequence[Inline], Sequence["Block"]]]


class Cell(msgspec.Struct, frozen=True):
    """`is_long`: may be cut by the end of a page."""

    body: Sequence["Block"]
    colspan: int = 1
    is_header: bool = False
    is_long: bool = False


class Table(msgspec.Struct, tag="table", frozen=True):
    """`columns`: how wide each is beside the others; `header`: rows that stand again on each page.

    `size`: of its letters.
    """

    columns: Sequence[float]
    header: Sequence[Sequence[Cell]]
    rows: Sequence[Sequence[Cell]]
    size: float


class Lane(msgspec.Struct, frozen=True):
    """Of a chart: what stands beside a drawing, and the drawing: several, where it is higher than a page."""

    name: Sequence["Block"]
    drawings: Sequence[Picture]


class Chart(msgspec.Struct, tag="chart", frozen=True):
    """Drawings to one scale, one below the other. `axis` stands again on each page; a lane stays on one."""

    axis: Picture | None
    lanes: Sequence[Lane]


Block = Heading | Paragraph | Listing | Terms | Table | Chart | Picture


class Labels(msgspec.Struct, frozen=True):
    """What each sheet says at its edges. `page` has {n} and {of} in it; `source`: from where, and made when."""

    product: str
    page: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """`facts`: name and value of what the page shows (window, basis, day, selection); they stand below the title."""

    title: str
    language: Language
    made: datetime
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    labels: Labels
    is_landscape: bool = False
