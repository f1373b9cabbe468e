"""Which column of a file is which: a proposal, with its reason, for a person to confirm or correct."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shared.importing.columns import Column, as_text, folded
from shared.importing.header import CLOSE, OURS, Chosen, Head, key, known_names, locate
from shared.importing.model import Line, Sheet, column_letter, is_blank

Why = Literal["remembered", "same-name", "close-spelling", "part-of-name", "unknown"]
"""From the surest on. The last: nothing is proposed, the column is left out unless somebody says otherwise."""

SAMPLES = 3
SHOWN = 80
"""Characters of a sample."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column of the file: what a mapping calls it, where it stands, what is in it, and which of ours it may be.

    column: the name of ours, or None to leave it out. samples: its first values, each once. against_name: it was chosen
    before to be something else than it is called.
    """

    header: str
    letter: str
    samples: tuple[str, ...]
    column: str | None
    why: Why
    against_name: bool = False

    @property
    def sure(self) -> bool:
        """Whether nobody need look twice."""
        return self.why in ("remembered", "same-name") and not self.against_name


def propose(sheet: Sheet, columns: Sequence[Column], remembered: Chosen | None = None) -> list[Proposal]:
    """Each column of the file that has a name or content, in the file's order. No two are proposed to be the same.

    remembered: what people chose before, by header (`memory.recall`). `chosen` makes a mapping of the answer.
    """
    head = locate(sheet, columns, remembered or {})
    meant = _meant(head, columns, {key(name): target for name, target in (remembered or {}).items()})
    known = known_names(columns)
    found: list[Proposal] = []
    for position, (own, name) in enumerate(zip(head.keys, head.names, strict=True)):
        samples = _samples(head.lines, position)
        if folded(head.lower[position]) not in OURS and (name or samples):
            target, why = meant.get(position, (None, "unknown"))
            called = known.get(folded(name)) or known.get(folded(head.lower[position]))
            against = why == "remembered" and called is not None and called.name != target
            found.append(Proposal(own, column_letter(position), samples, target, why, against))
    return found


def chosen(proposals: Sequence[Proposal]) -> dict[str, str | None]:
    """The proposals as a mapping: plain data, for `parse`, for JSON and for a form to correct."""
    return {proposal.header: proposal.column for proposal in proposals}


def _meant(head: Head, columns: Sequence[Column], remembered: Chosen) -> Mapping[int, tuple[str | None, Why]]:
    """Position → the column it is and why: the surest first, so that a mere likeness never takes a column from it."""
    known = known_names(columns)
    names = {column.name for column in columns}
    meant: dict[int, tuple[str | None, Why]] = {}
    taken: set[str] = set()

    def take(why: Why, guesses: Callable[[int], Iterator[tuple[float, str | None]]]) -> None:
        """Give each column of ours to the likeliest one of the file."""
        free = [position for position in range(len(head.names)) if position not in meant]
        ranked = ((-likeness, place, target) for place in free for likeness, target in guesses(place))
        for _, place, target in sorted(ranked, key=lambda guess: guess[:2]):
            if place not in meant and target not in taken:
                meant[place] = (target, why)
                taken.update([target] if target else [])

    def from_memory(place: int) -> Iterator[tuple[float, str | None]]:
        own = key(head.keys[place])
        if own in remembered and (remembered[own] is None or remembered[own] in names):
            yield 1, remembered[own]

    def by_name(place: int) -> Iterator[tuple[float, str | None]]:
        for name in (head.names[place], head.lower[place]):
            if column := known.get(folded(name)):
                yield 1, column.name

    def by_spelling(place: int) -> Iterator[tuple[float, str | None]]:
        for name in {folded(head.names[place]), folded(head.lower[place])}:
            for word, column in known.items():
                likeness = difflib.SequenceMatcher(None, word, name).ratio()
                if likeness >= CLOSE:
                    yield likeness, column.name

    def by_part(place: int) -> Iterator[tuple[float, str | None]]:
        """A known name among the words: "Tittel på tiltaket". The longest says most."""
        words = [folded(word) for word in re.split(r"\W+", head.names[place]) if word]
        runs = {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
        for run in runs & known.keys():
            yield len(run), known[run].name

    take("remembered", from_memory)
    take("same-name", by_name)
    take("close-spelling", by_spelling)
    take("part-of-name", by_part)
    return meant


def _samples(lines: Sequence[Line], position: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in lines:
        if position < len(line.cells) and not is_blank(line.cells[position]):
            found[as_text(line.cells[position])[:SHOWN]] = None
            if len(found) == SAMPLES:
                break
    return tuple(found)
