"""A drawing that stands for itself: the look that the page's style sheets give it is in it, and so are its patterns."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHEETS = (
    files("shared.pages") / "static" / "samtidig.css",
    files("services.timeline") / "static" / "timeline.css",
)
HATCH = (files("services.timeline") / "templates" / "pages" / "hatch.html").read_text(encoding="utf-8").rstrip()
"""The pattern that a page has once, for all its drawings (shapes.html)."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FOR_SOME = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""A rule for some screens only, or for print."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_DRAWN = re.compile(r"fill|stroke|font|paint-order|opacity")
_CLASS = re.compile(r"\.([\w-]+)")
_TEXT = re.compile(r"(<text\b[^>]*)(>[^<]*</text>)")
_CLASSES = re.compile(r'\sclass="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Rule:
    selector: str
    declarations: str
    classes: frozenset[str]


@cache
def rules() -> tuple[Rule, ...]:
    """What the style sheets say of drawings: fills, strokes and fonts, with the colours instead of their names."""
    text = "".join(_FOR_SOME.sub("", _COMMENT.sub("", sheet.read_text(encoding="utf-8"))) for sheet in SHEETS)
    values = dict(_VARIABLE.findall(text))
    return tuple(_rules(text, values))


def _rules(text: str, values: dict[str, str]) -> Iterator[Rule]:
    for selectors, body in _RULE.findall(text):
        said = [part.strip() for part in body.split(";")]
        drawn = "; ".join(_resolved(part, values) for part in said if _DRAWN.match(part))
        for selector in filter(None, map(str.strip, selectors.split(","))):
            classes = frozenset(_CLASS.findall(selector))
            if drawn and classes and ":" not in selector:
                yield Rule(selector, drawn, classes)


def _resolved(value: str, values: dict[str, str]) -> str:
    while found := _USED.search(value):
        name, otherwise = found.groups()
        value = value[: found.start()] + values.get(name, otherwise or "inherit") + value[found.end() :]
    return value


def style(classes: Collection[str]) -> str:
    """The rules for a drawing with these classes in it, as a style sheet of its own."""
    chosen = (f"{rule.selector} {{ {rule.declarations} }}" for rule in rules() if rule.classes.issubset(classes))
    return "\n".join(chosen)


def standalone(drawing: str, around: Collection[str] = ()) -> str:
    """A drawing of a page (an `svg` element) as a document that needs no page.

    `around`: the classes of what it stands in. It gets them itself, so that rules for what is in those hold for it.
    """
    opening, rest = drawing.split(">", 1)
    classes = {*around, *_named(drawing)}
    if around:
        opening = f'{_CLASSES.sub("", opening)} class="{" ".join(sorted({*around, *_named(opening)}))}"'
    xmlns = "" if "xmlns=" in opening else ' xmlns="http://www.w3.org/2000/svg"'
    defs = f"<defs>{HATCH}</defs>" if "url(#hatch)" in rest else ""
    return f"{opening}{xmlns}><style>{style(classes)}</style>{defs}{rest}"


def for_paper(drawing: str, around: Collection[str]) -> str:
    """The same for a PDF, where each letter has its halo above the letter before it: halos are drawn below, alone."""

    def apart(found: re.Match[str]) -> str:
        opening, rest = found.groups()
        if not any(of_rule <= _named(opening) for of_rule in _with_halo()):
            return found.group()
        return f'{opening} style="fill: none"{rest}{opening} style="stroke: none"{rest}'

    return standalone(_TEXT.sub(apart, drawing), around)


def _named(drawing: str) -> frozenset[str]:
    return frozenset(name for names in _CLASSES.findall(drawing) for name in names.split())


@cache
def _with_halo() -> tuple[frozenset[str], ...]:
    """The classes of texts with one, rule by rule."""
    chosen = (rule.selector.split()[-1] for rule in rules() if "paint-order" in rule.declarations)
    return tuple(frozenset(_CLASS.findall(text)) for text in chosen)
