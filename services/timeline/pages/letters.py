"""How wide a text is on a chart: estimates on the safe side, so that labels don't collide in any font."""

from functools import lru_cache
from unicodedata import east_asian_width

FONT = 11.5
"""Height of the chart's letters, in units of the chart."""

# Widths in parts of the font size, at or above those of Inter, Arial and Helvetica.
_NARROW, _SLIM, _WIDE, _WIDEST = 0.3, 0.42, 0.74, 0.95
_WIDTHS = (
    dict.fromkeys("ijlI.,:;'|!‘’·", _NARROW)
    | dict.fromkeys('frtJ()[]{}/\\-–"“”«» *', _SLIM)
    | dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZÆØÅÄÖwæ&", _WIDE)
    | dict.fromkeys("mMW@%—…", _WIDEST)
)
_OTHER = 0.6
_FULL = 1.1
"""Of a character of East Asia, and of most small pictures: they are as wide as they are high."""


@lru_cache(maxsize=20_000)
def measure(text: str, size: float = FONT) -> float:
    """The width of a text in units of the chart, rather too much than too little. `size`: of the letters."""
    return round(sum(map(_width, text)) * size, 1)


@lru_cache(maxsize=20_000)
def cut(text: str, room: float, size: float = FONT) -> str:
    """As much of the text as there is room for, with an ellipsis where it was cut; empty where not even that fits."""
    if measure(text, size) <= room:
        return text
    kept = _fitting(text, room - measure("…", size), size)
    return text[:kept].rstrip() + "…" if kept else ""


def lines(text: str, room: float, most: int, size: float = FONT) -> list[str]:
    """The text on as many lines as it needs, at most so many; the last is cut where it is not all there.

    A line ends between two words; a word that is longer than a line, anywhere.
    """
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < most - 1 and measure(rest, size) > room:
        kept = max(_fitting(rest, room, size), 1)
        blank = rest.rfind(" ", 1, kept + 1)
        end = blank if blank > 0 else kept
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, cut(rest, room, size)] if rest else found


def _fitting(text: str, room: float, size: float) -> int:
    """How many of the first characters there is room for."""
    kept = 0
    for character in text:
        room -= _width(character) * size
        if room < 0:
            break
        kept += 1
    return kept


def _width(character: str) -> float:
    found = _WIDTHS.get(character)
    if found is None:
        return _FULL if east_asian_width(character) in "WF" else _OTHER
    return found
