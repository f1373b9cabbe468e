"""HTML as a tree. A drawing (SVG) stays the text that it is: its names have capitals, which a reader of HTML loses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(slots=True)
class Element:
    """`children`: elements and texts in their order.

    Of a drawing, `source` is all of it, and `around` the classes of what it stands in.
    """

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)
    source: str = ""
    around: frozenset[str] = frozenset()

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def elements(self, *tags: str) -> Iterator["Element"]:
        """All of these tags inside it, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.elements(*tags)

    def elements_of(self, *tags: str) -> list["Element"]:
        """Those of these tags that stand directly in it."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html", {})
        self._open = [self.root]
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):  # as `getpos` counts; `splitlines` knows other ends, which a title may have
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._drawings = 0
        self._drawn_from = 0
        self.feed(html)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._drawings += 1
            if self._drawings > 1:
                return
            self._drawn_from = self._here()
        elif self._drawings:
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        if tag == "svg":
            element.around = frozenset().union(*(outer.classes for outer in self._open))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawings -= 1
            if self._drawings:
                return
            self._open[-1].source = self._html[self._drawn_from : self._here()] + "</svg>"
        elif self._drawings:
            return
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._drawings:
            self._open[-1].children.append(data)


def tree(html: str) -> Element:
    return _Builder(html).root
