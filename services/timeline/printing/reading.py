"""A page's HTML → what stands on paper: its main content without what only a screen has use for."""

import dataclasses
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from services.timeline.pages import letters
from services.timeline.printing.content import (
    Block,
    Break,
    Cell,
    Chart,
    Heading,
    Inline,
    Lane,
    Listing,
    Paragraph,
    Picture,
    Span,
    Table,
    Terms,
)
from services.timeline.printing.markup import Element, tree

ON_PAPER = "on-paper"
"""Class of what a browser prints too, and shows nowhere else; a list (`dl`) of this class has what the page shows."""
NOT_PRINTED = frozenset(
    {
        "on-screen",
        "skip",
        "tools",
        "pager",
        "ways",
        "take-away",
        "unseen",
        "patterns",
        "filters",
        "actions",
        "go",
    }
)
"""Classes that a browser leaves out when it prints (samtidig.css, timeline.css)."""
CONTROLS = frozenset(
    {"nav", "form", "input", "select", "button", "textarea", "datalist", "script", "style", "template"}
)
STYLES = {
    "strong": "strong",
    "b": "strong",
    "summary": "strong",
    "em": "emph",
    "i": "emph",
    "small": "small",
    "code": "code",
    "del": "struck",
}
INLINE = frozenset({*STYLES, "a", "span", "ins", "abbr", "time", "q", "mark", "br", "sub", "sup", "dfn", "kbd"}) - {
    "summary"
}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PARAGRAPHS = ("lead", "note", "said", "kind-of")
"""Classes of paragraphs that look different from the others."""

LONG = 600
"""Characters of a cell that may go on on the next page."""
MOST_LINES, LINE = 20, 80
"""Lines of an entry that stays on one page, about half of it; characters of a line."""
BACKDROP = 6.0
"""Points: the height of a drawing that the page stretches behind a line of text."""
POINTS = 0.75
"""In a pixel of the page."""
WIDEST_WEIGHT, LEAST_WEIGHT = 60.0, 5.0
"""Of a column, in characters."""
HIGHEST = 2 / 3
"""Of a drawing, in parts of its width, that a page has room for beside the names of lanes."""
ROW = re.compile(r'<svg x="[^"]*" y="([\d.]+)"')
"""In a drawing: where a text has its top."""
ABOVE = 2.5
"""Of the chart's units: half of what is between two rows."""
GROUP = re.compile(r"(?<=\n)<(a|g)\b.*?</\1>", re.DOTALL)
"""In a drawing: a bar or a mark with its texts (lanes.html)."""
PLACE = re.compile(r'<(?:rect|svg)\b[^>]* y="([\d.]+)"|<path\b[^>]* d="M[\d.]+ ([\d.]+)')
"""In a group: where something begins."""
BELOW = 18.5
"""The chart's units from there to where the group ends: a bar with the frame of the focus."""
VIEW_BOX = re.compile(r'viewBox="[^"]*"')
UPRIGHT, LYING = 516.0, 762.0
"""Points beside each other on A4, within its margins (page.typ)."""
LETTERS, SMALL_LETTERS = 8.5, 7.5
"""Points: the letters of a table; of one with more than so many columns, the small ones."""
MANY_COLUMNS = 7
BESIDE = 6.0
"""Points between the texts of two columns."""
BOLD = 1.08
"""How much wider the letters of a header are."""
WORD = re.compile(r"[^ \n\u200b]+")
"""What stands on one line: a blank that doesn't break is in it."""
HYPHENATED = 16
"""Characters of a word that may have to stand on one line."""
LONG_WORD = re.compile(r"\S{24}(?=\S{12})")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]


@dataclass(slots=True)
class _Reader:
    """`heading`: the level of the last one, as none may be left out on the way down (PDF/UA)."""

    base: str
    drawn: Callable[[str, frozenset[str]], str]
    instead: Mapping[str, Sequence[Block]]
    most_columns: int
    room: float
    part: Callable[[str, int, int], str]
    heading: int = 0

    def blocks(self, element: Element, *, style: str = "") -> list[Block]:
        """What stands in an element, in its order; text beside blocks is a paragraph of its own."""
        found: list[Block] = []
        run: list[Inline] = []

        def flush() -> None:
            if body := _trimmed(run):
                found.append(Paragraph(body, style))
            run.clear()

        for child in element.children:
            if isinstance(child, str):
                run.append(_collapsed(child))
            elif _is_left_out(child):
                continue
            elif child.tag == "svg" and _width(child) is None:
                flush()
                found.append(self.picture(child))
            elif child.tag == "svg" or (child.tag in INLINE and not _holds_blocks(child)):
                run.extend(self.inlines(child))
            else:
                flush()
                found.extend(self.block(child))
        flush()
        return found

    def block(self, element: Element) -> list[Block]:
        for name in element.classes & self.instead.keys():
            return list(self.instead[name])
        if element.tag in HEADINGS:
            self.heading = min(HEADINGS.index(element.tag) + 1, self.heading + 1)
            return [Heading(self.heading, _trimmed(self.run(element)))]
        match element.tag:
            case "ul" | "ol" if "legend" in element.classes:
                return [Paragraph(_trimmed(list(self.in_one_line(element))), "note")]
            case "ul" | "ol":
                items = [self.blocks(item) for item in element.elements_of("li") if not _is_left_out(item)]
                long = tuple(n for n, item in enumerate(items) if _lines(item) > MOST_LINES)
                return [Listing(items, element.tag == "ol", long)] if items else []
            case "dl":
                return [Terms(list(self.pairs(element)))]
            case "table":
                return self.table(element)
            case _ if "chart" in element.classes:
                return [self.chart(element)]
            case "hr" | "img":
                return []
            case _:
                style = next((name for name in PARAGRAPHS if name in element.classes), "")
                return self.blocks(element, style="strong" if element.tag == "summary" else style)

    def in_one_line(self, listing: Element) -> Iterator[Inline]:
        for n, item in enumerate(listing.elements_of("li")):
            yield from ["\u2003"] if n else []
            yield from _trimmed(self.run(item))

    def pairs(self, listing: Element) -> Iterator[tuple[Sequence[Inline], Sequence[Block]]]:
        names: list[Inline] = []
        for part in listing.elements("dt", "dd"):
            if part.tag == "dt":
                names = _trimmed(self.run(part))
            else:
                yield names, self.blocks(part)
                names = []

    # Charts

    def chart(self, element: Element) -> Chart:
        """The lane without a name is the axis."""
        axis: Picture | None = None
        lanes: list[Lane] = []
        for lane in element.elements("div", "section"):
            if "lane" not in lane.classes:
                continue
            name, drawing = lane.elements_of("div", "svg")
            if "axis" in lane.classes:
                axis = self.picture(drawing)
            else:
                first, *others = [self.picture(part) for part in _cut(drawing)]
                lanes.append(Lane(self.blocks(name), [first, *(replace(other, alt=None) for other in others)]))
        return Chart(axis, lanes)

    # Tables

    def table(self, element: Element) -> list[Block]:
        """The caption and the table; a table with more columns than can be read is several, each with the first."""
        header = [self.row(row) for part in element.elements_of("thead") for row in part.elements_of("tr")]
        rows = [self.row(row) for part in (element, *element.elements_of("tbody")) for row in part.elements_of("tr")]
        caption = " ".join(_plain(part) for part in element.elements_of("caption"))
        found: list[Block] = []
        count = max((sum(cell.colspan for cell in row) for row in (*header, *rows)), default=0)
        if count == 0:
            return found
        parts = _parts(count, self.most_columns)
        for number, (first, last) in enumerate(parts, 1):
            if caption:
                told = self.part(caption, number, len(parts)) if len(parts) > 1 else caption
                found.append(Paragraph([told], "caption"))
            part_of_header = [_columns(row, first, last) for row in header]
            part_of_rows = [_columns(row, first, last) for row in rows]
            size = SMALL_LETTERS if last - first + 1 > MANY_COLUMNS else LETTERS
            columns = _widths(part_of_header, part_of_rows, self.room, size)
            found.append(Table(columns, part_of_header, part_of_rows, size))
        return found

    def row(self, element: Element) -> list[Cell]:
        return [self.cell(cell) for cell in element.elements_of("th", "td")]

    def cell(self, element: Element) -> Cell:
        colspan = element.attributes.get("colspan", "")
        body = self.blocks(element)
        is_long = sum(map(len, _texts(body))) > LONG
        return Cell(body, int(colspan) if colspan.isdecimal() else 1, element.tag == "th", is_long)

    # Text

    def run(self, element: Element) -> list[Inline]:
        return [part for child in element.children for part in self.inlines(child)]

    def inlines(self, node: Element | str) -> Iterator[Inline]:
        if isinstance(node, str):
            yield _collapsed(node)
        elif _is_left_out(node):
            return
        elif node.tag == "svg":
            yield self.picture(node)
        elif node.tag == "br":
            yield Break()
        else:
            style, href = STYLES.get(node.tag, ""), node.attributes.get("href")
            body = self.run(node)
            if style or href:
                if _said(body):
                    yield Span(body, style, urljoin(self.base, href) if href else None)
                else:
                    yield from body
            else:
                yield from body

    def picture(self, element: Element) -> Picture:
        is_silent = element.attributes.get("aria-hidden") == "true"
        is_backdrop = element.attributes.get("preserveaspectratio") == "none"
        return Picture(
            self.drawn(element.source, element.around),
            None if is_silent else element.attributes.get("aria-label") or None,
            None if is_backdrop else _width(element) or _own_width(element),
            BACKDROP if is_backdrop else None,
        )


def read(
    html: str,
    *,
    base: str,
    drawn: Callable[[str, frozenset[str]], str],
    instead: Mapping[str, Sequence[Block]] | None = None,
    most_columns: int,
    room: float = UPRIGHT,
    part: Callable[[str, int, int], str],
) -> Sheet:
    """`base`: the page's own address, for its links. `drawn`: makes a drawing of the page stand for itself; it is told
    the classes of what the drawing stands in.

    instead: what stands on paper in place of the elements of a class. room: points beside each other. part: the
    caption of a table that had to be cut into several, and which of them it is.
    """
    page = tree(html)
    reader = _Reader(base, drawn, instead or {}, most_columns, room, part)
    main = next(page.elements("main"), page)
    facts = [
        (_plain(name), _plain(value))
        for listing in page.elements("dl")
        if _has_facts(listing)
        for name, value in zip(listing.elements("dt"), listing.elements("dd"), strict=True)
    ]
    title = next((_plain(found) for found in page.elements("title")), "").rpartition(" – ")[0]
    return Sheet(title, facts, reader.blocks(main))


def _is_left_out(element: Element) -> bool:
    if element.tag in CONTROLS or "hidden" in element.attributes or _has_facts(element):
        return True
    return not NOT_PRINTED.isdisjoint(element.classes)


def _has_facts(element: Element) -> bool:
    return element.tag == "dl" and ON_PAPER in element.classes


def _holds_blocks(element: Element) -> bool:
    """A link around more than text, as around the drawing in a cell."""
    return any(_width(drawing) is None for drawing in element.elements("svg"))


def _width(drawing: Element) -> float | None:
    """In points, where the page gives it one."""
    if drawing.tag != "svg" or not (width := drawing.attributes.get("width", "")).isdecimal():
        return None
    return int(width) * POINTS


def _own_width(drawing: Element) -> float | None:
    """In points, by its own units: it is not enlarged."""
    box = drawing.attributes.get("viewbox", "").split()
    return float(box[2]) * POINTS if len(box) == len(("x", "y", "width", "height")) else None


def _cut(drawing: Element) -> Iterator[Element]:
    """A drawing that is higher than a page in parts from the top down, none of which ends within a text.

    A part has only the groups that are seen in it: else each page of a tall lane would hold all of its bars.
    """
    _, _, width, height = map(float, drawing.attributes["viewbox"].split())
    most = width * HIGHEST
    if height <= most:
        yield drawing
        return
    ends = [float(y) - ABOVE for y in ROW.findall(drawing.source)]
    pieces = list(_pieces(drawing.source))
    top = 0.0
    while top < height:
        end = height
        if height - top > most:
            end = max((end for end in ends if top < end <= top + most), default=top + most)
        box = f'viewBox="0 {top:g} {width:g} {end - top:g}"'
        seen = "".join(piece.text for piece in pieces if piece.first < end and piece.last > top)
        yield dataclasses.replace(drawing, source=VIEW_BOX.sub(box, seen, count=1))
        top = end


class _Piece(NamedTuple):
    """Of a drawing's source, and between which heights it is seen."""

    text: str
    first: float = -math.inf
    last: float = math.inf


def _pieces(source: str) -> Iterator[_Piece]:
    """The groups, and what stands between them, which is seen everywhere."""
    at = 0
    for group in GROUP.finditer(source):
        yield _Piece(source[at : group.start()])
        places = [float(one or other) for one, other in PLACE.findall(group[0])]
        yield _Piece(group[0], min(places), max(places) + BELOW) if places else _Piece(group[0])
        at = group.end()
    yield _Piece(source[at:])


def printable(text: str) -> str:
    """Without control characters and halves of characters, which no font has; each is seen as not readable."""
    return UNPRINTABLE.sub("\ufffd", text)


def _collapsed(text: str) -> str:
    """On one line, as HTML reads it; a word that fits in no column may be broken anywhere."""
    return LONG_WORD.sub("\\g<0>\u200b", re.sub(r"[ \t\n\r]+", " ", printable(text)))


def _plain(element: Element) -> str:
    return _collapsed(element.text()).strip()


def _said(body: Iterable[Inline]) -> str:
    """What a run says as text."""
    return "".join(
        part
        if isinstance(part, str)
        else _said(part.body)
        if isinstance(part, Span)
        else "\n" * isinstance(part, Break)
        for part in body
    )


def _trimmed(run: Sequence[Inline]) -> list[Inline]:
    """Without blanks at its ends and beside new lines; empty where nothing is said or drawn."""
    body: list[Inline] = []
    for part in run:
        if part == "" or (part == " " and (not body or isinstance(body[-1], Break))):
            continue
        before = body[-1] if body else " "
        if isinstance(part, str) and isinstance(before, str):
            text = part.lstrip(" ") if before.endswith(" ") else part
            if body:
                body[-1] = before + text
            else:
                body.append(text)
        else:
            body.append(part)
    while body and (body[-1] == " " or isinstance(body[-1], Break)):
        body.pop()
    if body and isinstance(body[-1], str):
        body[-1] = body[-1].rstrip(" ")
    if not _said(body).strip() and not any(isinstance(part, Picture) for part in body):
        return []
    return body


# Columns


def _parts(count: int, most: int) -> list[tuple[int, int]]:
    """Ranges of columns besides the first, as even as can be, so that each table has at most so many in all."""
    others = count - 1
    number = max(1, -(-others // (most - 1)))
    edges = [1 + others * n // number for n in range(number + 1)]
    return list(pairwise(edges))


def _columns(row: Sequence[Cell], first: int, last: int) -> list[Cell]:
    """The first cell of a row, and those in the columns from `first` up to `last`; a wide cell is cut at their ends."""
    found: list[Cell] = []
    column = 0
    for cell in row:
        start, end = max(column, first), min(column + cell.colspan, last)
        width = max(0, end - start) + (column == 0)
        if width:
            found.append(replace(cell, colspan=width))
        column += cell.colspan
    return found


def _is_drawn(cell: Cell) -> bool:
    """Drawings to one scale are as wide as each other."""
    return any(isinstance(block, Picture) for block in cell.body)


def _widths(header: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], room: float, size: float) -> list[float]:
    """In points: by how much a column has to say on the whole, but none narrower than its longest word.

    `size`: of the letters.
    """
    count = max((sum(cell.colspan for cell in row) for row in (*header, *rows)), default=1)
    least, words, longest, total = [0.0] * count, [0.0] * count, [0.0] * count, [0.0] * count
    for row in (*header, *rows):
        if len(row) != count:
            continue
        for column, cell in enumerate(row):
            text = " ".join(_texts(cell.body))
            found = {_on_one_line(word) for word in WORD.findall(text)}
            words[column] = max(words[column], *map(len, found), 0)
            wide = max((letters.measure(word, size) for word in found), default=0) * (BOLD if cell.is_header else 1)
            least[column] = max(least[column], wide + BESIDE)
            longest[column] = max(longest[column], len(text))
            total[column] += len(text)
    drawn = {n for row in rows if len(row) == count for n, cell in enumerate(row) if _is_drawn(cell)}
    for of_each in (least, words, longest, total):
        most_of_drawn = max((of_each[column] for column in drawn), default=0)
        of_each[:] = [most_of_drawn if n in drawn else value for n, value in enumerate(of_each)]
    lines = max(1, len(header) + len(rows))
    wished = (
        max(word, min(most, 1.6 * whole / lines + 4)) for word, most, whole in zip(words, longest, total, strict=True)
    )
    return _shared([min(max(weight, LEAST_WEIGHT), WIDEST_WEIGHT) for weight in wished], least, room)


def _on_one_line(word: str) -> str:
    """What of a word may have to stand on one line; an amount with blanks that don't break is not hyphenated."""
    return word if re.search(r"\s", word) else word[:HYPHENATED]


def _shared(weights: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """The room by weights; who would have less than the least gets that, and the others share what is left."""
    widths = [*least]
    open_ = set(range(len(weights)))
    while open_:
        rest = room - sum(width for n, width in enumerate(least) if n not in open_)
        of_one = rest / sum(weights[n] for n in open_)
        short = {n for n in open_ if weights[n] * of_one < least[n]}
        if not short:
            for n in open_:
                widths[n] = weights[n] * of_one
            break
        open_ -= short
    return [round(max(width, 1.0), 1) for width in widths]


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield _said(block.body)
            case Listing():
                for item in block.items:
                    yield from _texts(item)
            case Terms():
                for name, value in block.pairs:
                    yield _said(name)
                    yield from _texts(value)
            case _:
                continue


def _lines(blocks: Iterable[Block]) -> int:
    """How many lines it takes, about."""
    return sum(1 + len(text) // LINE for text in _texts(blocks))
