"""Every word of the pages, in bokmål and English: one module for each page, one for what several have.

A test fails where a text is missing, unused, or takes other parameters in one of the languages. Keys with a number
come as `.one` and `.other`; keys that end in a word of the model (a state, a status) have one entry for each.
"""

from collections.abc import Mapping

from services.timeline.pages.texts import (
    changes,
    errors,
    frame,
    gaps,
    initiative,
    learning,
    live,
    overview,
    paper,
    pictures,
    plan,
    status,
    take_away,
    timeline,
    what_if,
    words,
)

PARTS: tuple[Mapping[str, tuple[str, str]], ...] = (
    frame.TEXTS,
    words.TEXTS,
    overview.TEXTS,
    gaps.TEXTS,
    timeline.TEXTS,
    changes.TEXTS,
    what_if.TEXTS,
    initiative.TEXTS,
    learning.TEXTS,
    plan.TEXTS,
    live.TEXTS,
    status.TEXTS,
    take_away.TEXTS,
    paper.TEXTS,
    pictures.TEXTS,
    errors.TEXTS,
)
TEXTS: Mapping[str, tuple[str, str]] = {key: both for part in PARTS for key, both in part.items()}
