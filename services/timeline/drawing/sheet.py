"""A picture to take away is a sheet: what it shows in words, the drawing, its legend, from where it is, made when.

Plain data in units of the chart, from the top down. Every text has a room of its own, and is clipped at it: whichever
font it is drawn with, no text touches another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.timeline.pages import letters
from services.timeline.pages.speaker import Speaker

MARGIN = 24.0
"""Around everything."""
SHAPE = 34.0
"""Width of a shape in the legend (shapes.html)."""
KEY_HEIGHT = 20.0
BESIDE, APART = 7.0, 20.0
"""Between a shape and its text; between a text and the next shape."""
SEPARATOR = "  ·  "


@dataclass(frozen=True, slots=True)
class Style:
    """`size` of the letters, `height` of a line; letters of the heavier ones are wider."""

    size: float
    height: float
    weight: int = 400
    is_quiet: bool = False

    @property
    def measured(self) -> float:
        """The size that a text of it is measured by."""
        return self.size * (1.08 if self.weight > 400 else 1)  # noqa: PLR2004 - the usual weight


TITLE = Style(22, 30, 700)
FACT = Style(12, 17)
NAME = Style(12, 15.5, 600)
NOTE = Style(11, 14, is_quiet=True)


@dataclass(frozen=True, slots=True)
class Text:
    """A line with its top at `y`. `whole`: all of what it was cut from, else empty."""

    text: str
    x: float
    y: float
    width: float
    style: Style
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A shape of the legend, and beside it what it means."""

    shape: str
    x: float
    y: float
    text: Text


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the drawing; `bottom`: where that may begin."""

    texts: Sequence[Text]
    keys: Sequence[Key]
    bottom: float


def written(text: str, x: float, y: float, width: float, style: Style, *, most: int) -> list[Text]:
    """A text on at most so many lines, one under the other."""
    found = letters.lines(text, width, most, style.measured)
    is_cut = "".join(found).replace(" ", "") != "".join(text.split())
    return [
        Text(line, x, y + number * style.height, width, style, text if is_cut and number == len(found) - 1 else "")
        for number, line in enumerate(found)
    ]


def below(texts: Sequence[Text], otherwise: float) -> float:
    """Where the last of these lines ends."""
    return texts[-1].y + texts[-1].style.height if texts else otherwise


def head(
    title: str,
    facts: Iterable[tuple[str, str]],
    notices: Iterable[str],
    shapes: Iterable[str],
    *,
    width: float,
    speaker: Speaker,
) -> Head:
    """`facts`: names and values of what is shown; `notices`: sentences; `shapes`: of the legend; `width`: of all."""
    room = width - 2 * MARGIN
    texts = written(title, MARGIN, MARGIN, room, TITLE, most=2)
    told = SEPARATOR.join(f"{name}: {value}" for name, value in facts)
    for text in (told, *notices):
        texts += written(text, MARGIN, below(texts, MARGIN) + 2, room, FACT, most=4)
    keys = legend(shapes, MARGIN, below(texts, MARGIN) + 12, room, speaker)
    return Head(texts, keys, keys[-1].y + KEY_HEIGHT + 6 if keys else below(texts, MARGIN) + 12)


def legend(shapes: Iterable[str], x: float, y: float, width: float, speaker: Speaker) -> list[Key]:
    """One beside the other, as many in a line as there is room for."""
    keys: list[Key] = []
    start, end = x, x + width
    for shape in shapes:
        text = speaker(f"legend.{shape}")
        wide = letters.measure(text, FACT.measured)
        if x > start and x + SHAPE + BESIDE + wide > end:
            x, y = start, y + KEY_HEIGHT
        keys.append(Key(shape, x, y, Text(text, x + SHAPE + BESIDE, y - 1.5, wide, FACT)))
        x = round(x + SHAPE + BESIDE + wide + APART, 1)
    return keys


def foot(source: Iterable[tuple[str, str]], y: float, width: float) -> list[Text]:
    """From where the picture is, and when it was made."""
    told = SEPARATOR.join(f"{name}: {value}" for name, value in source)
    return written(told, MARGIN, y, width - 2 * MARGIN, NOTE, most=2)
