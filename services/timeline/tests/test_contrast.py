"""What has a meaning in a chart stands out by 3:1 in brightness alone (WCAG 1.4.11): also printed without colour."""

import re

import pytest

from services.timeline.drawing import look
from services.timeline.pages import letters

WHITE = "#ffffff"
LEAST = 3.0


def colours() -> dict[tuple[str, str], str]:
    """(Selector, property) → colour, as the page's own style sheets say it; a later rule wins."""
    found = {}
    for rule in look.rules():
        for name, colour in re.findall(r"(fill|stroke): *(#[0-9a-f]{3,6})\b", rule.declarations):
            found[rule.selector, name] = colour if len(colour) > 4 else "#" + "".join(2 * digit for digit in colour[1:])
    return found


def luminance(colour: str) -> float:
    """Of `#rrggbb`, from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_that_of_the_definition():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("mark", "on"),
    [
        ((".central", "fill"), WHITE),
        ((".local", "stroke"), WHITE),
        ((".local", "stroke"), (".local", "fill")),
        ((".both", "stroke"), WHITE),
        ((".gap", "stroke"), (".gap", "fill")),
        ((".idle", "stroke"), WHITE),
        ((".activity", "stroke"), WHITE),
        ((".activity", "stroke"), (".activity", "fill")),
        ((".participation", "stroke"), (".participation", "fill")),
        (("path.today", "stroke"), WHITE),
        (("path.today", "stroke"), (".local", "fill")),
        (("path.today.over-central", "stroke"), (".central", "fill")),
        ((".grid.year", "stroke"), WHITE),
        ((".frame", "stroke"), WHITE),
        ((".dim .bar", "stroke"), (".dim .bar", "fill")),
    ],
    ids=str,
)
def test_a_mark_stands_out_from_what_it_is_drawn_on(mark: tuple[str, str], on: tuple[str, str] | str):
    known = colours()
    ground = on if isinstance(on, str) else known[on]
    assert contrast(known[mark], ground) >= LEAST


def test_common_days_are_told_from_others_by_their_hatch_alone():
    """Dark lines on light ones: the light ones stand out from a central bar, the dark ones from a local one."""
    light, dark = re.findall(r'fill="(#[0-9a-f]{6})"', look.HATCH)
    known = colours()
    assert contrast(dark, light) >= LEAST
    assert contrast(light, known[".central", "fill"]) >= LEAST
    assert contrast(dark, known[".local", "fill"]) >= LEAST


@pytest.mark.parametrize("side", ["left", "right"])
def test_no_line_of_the_axis_is_seen_between_the_words_of_a_title(side: str):
    """A title beside its bar is on the ground that the lines cross; its halo fills the blanks from both sides."""
    [beside] = [rule for rule in look.rules() if rule.selector == f".lane text.{side}"]
    width = re.search(r"stroke: #fff; stroke-width: (\d+)px", beside.declarations)
    assert width
    assert int(width[1]) >= letters.measure(" ")
