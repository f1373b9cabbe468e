"""How wide a text is on a chart: estimates on the safe side, so that labels don't collide in any font."""

from functools import lru_cache

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
