"""Answers that are kept for as long as they are right.

The read model says which state it is in (`State`): the number grows with every batch that is written, so that an answer
of one state is right for as long as the state is. A page asks the same questions as the one before it; most pages are
looked at more often than something happens.

Some answers last longer than their state: those that are made of parts, of which what was written since touches a few
(`in_parts`), and those to questions that say all that decides them (`lasting`).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

Row = dict[str, Any]
Rows = list[Row]
Part = TypeVar("Part")
Place = TypeVar("Place", bound=Hashable)
Answer = TypeVar("Answer")


class Before(NamedTuple):
    """What was known of an answer in parts."""

    parts: Mapping[Any, Any]
    since: str
    """The first transaction of which something may not be in them."""


class State(NamedTuple):
    """Of the read model. Two are the same when `model`, `life` and `revision` are."""

    model: int
    """Which schema it is."""
    life: int
    """Of the server, as far as this process noticed: one that crashed, was put back or gave way to another may have
    forgotten transactions, and gives their numbers again.
    """
    revision: int
    """How often it was written to."""
    unseen: str
    """The first transaction of which something may not have been visible."""
    read_at: float
    """When this process read it, by a clock that only runs forward."""

    @property
    def history(self) -> tuple[int, int]:
        """In which revisions and transactions have an order."""
        return self.model, self.life

    @property
    def key(self) -> tuple[int, int, int]:
        return self.model, self.life, self.revision


LARGEST = 20_000
"""Rows that a process remembers of each kind, and of each state: some tens of megabytes. The answers that were not
asked for the longest go first.
"""
MOST_STATES = 2
"""The newest, and one before it, of which somebody may still make a long download."""
PATIENCE = 5.0
"""Seconds for which others wait for the thread that asks first; several times as long as it takes."""
MOST_PARTS = 20_000
"""Of all answers in parts together, as what initiatives are and which events said so: as much again. Each answer counts
as a part more, as it may have none.
"""
MOST_WANTED = MOST_PARTS // 2
"""Of an answer of which only some parts are wanted: of more, only those of now are kept."""


class Kept:
    """Answers by question, up to so many rows. Not locked."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._answers: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._rows = 0

    def get(self, question: Hashable) -> Any:
        """None where it is not known."""
        if (known := self._answers.get(question)) is None:
            return None
        self._answers.move_to_end(question)
        return known[0]

    def put(self, question: Hashable, answer: Any, rows: int) -> None:
        """`rows`: how many it is as large as."""
        if question in self._answers or rows >= self._largest:  # it would leave no room for any other
            return
        self._answers[question] = answer, rows
        self._rows += rows + 1
        while self._rows > self._largest:
            _, (_, oldest) = self._answers.popitem(last=False)
            self._rows -= oldest + 1


class Remembered:
    """Whoever gets an answer must leave it as it is."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._lock = threading.Lock()
        self._largest = largest
        self._of_states: OrderedDict[tuple[int, int, int], Kept] = OrderedDict()
        self._lasting = Kept(largest)
        self._in_parts: dict[Hashable, tuple[State, Mapping[Any, Any], int]] = {}
        """Each with its size; those that were not asked for the longest come first."""
        self._parts = 0
        self._asking: dict[Hashable, threading.Lock] = {}

    def get(
        self, state: State, question: Hashable, ask: Callable[[], Answer], size: Callable[[Any], int] = len
    ) -> Answer:
        """The answer in this state, never None; asked for where it is not known yet. `size`: in rows.

        The state must have been read before: then an answer may be newer than its state, and never older.
        """
        with self._lock:
            kept = self._of_states.setdefault(state.key, Kept(self._largest))
            self._of_states.move_to_end(state.key)
            if len(self._of_states) > MOST_STATES:
                self._of_states.popitem(last=False)
            known: Answer | None = kept.get(question)
        if known is None:
            known = ask()
            with self._lock:
                kept.put(question, known, size(known))
        return known

    def in_parts(
        self,
        state: State,
        question: Hashable,
        touched: Callable[[Before], Collection[Place] | None],
        some: Callable[[Collection[Place], Before], Mapping[Place, Part]],
        *,
        wanted: Collection[Place] | None = None,
        everything: Callable[[], Mapping[Place, Part]] = dict,
        size: Callable[[Mapping[Place, Part]], int | None] = len,
    ) -> Mapping[Place, Part]:
        """The answer in this state or a newer one, part by part; only what was `touched` since is asked anew.

        touched: the parts of which something was written since (null: so much that nothing known is of use); some: asks
        for these parts.
        wanted: these parts at least; without, all that there are, which `everything` asks for, one thread at a time.
        size: in parts of the usual size; null: it takes no room, and goes for nobody else.
        """
        before = self._usable(state, question, touched)
        if before is None and wanted is None:
            with self._one_at_a_time(question):
                before = self._usable(state, question, touched)  # somebody may have asked meanwhile
                if before is None:
                    return self._keep(question, state, everything(), size)
        of, known, gone = before or (state, {}, ())
        missing = gone if wanted is None else [place for place in wanted if place in gone or place not in known]
        parts = known
        if gone or missing:
            parts = {**known}
            for place in gone:
                parts.pop(place, None)
            parts |= some(missing, Before(known, of.unseen)) if missing else {}
        if wanted is not None and len(parts) > MOST_WANTED:
            parts = {place: parts[place] for place in wanted if place in parts}
        # What was asked for may have been made of what this state knows; the others are right in the newer one.
        return self._keep(question, state if missing else max(of, state, key=lambda one: one.revision), parts, size)

    def _usable(
        self, state: State, question: Hashable, touched: Callable[[Before], Collection[Place] | None]
    ) -> tuple[State, Mapping[Any, Any], Collection[Place]] | None:
        """What is known of it, of which state, and which parts are to be asked again; null where nothing is of use.

        What another thread asked for in a newer state is newer, which is right; but a read model that has been written
        to less than it was before was put back.
        """
        with self._lock:
            of, known, _ = self._in_parts.get(question, (None, {}, 0))
        if of is None or of.history != state.history:
            return None
        if of.revision > state.revision and of.read_at < state.read_at:
            return None
        gone = touched(Before(known, of.unseen)) if of.revision < state.revision else ()
        return None if gone is None else (of, known, gone)

    def _keep(
        self,
        question: Hashable,
        state: State,
        parts: Mapping[Place, Part],
        size: Callable[[Mapping[Place, Part]], int | None],
    ) -> Mapping[Place, Part]:
        weight = size(parts)
        parts_in_it = 0 if weight is None else weight + 1
        with self._lock:
            self._forget(question)
            if parts_in_it < MOST_PARTS:  # else it would leave no room for any other
                self._in_parts[question] = (state, parts, parts_in_it)
                self._parts += parts_in_it
            while self._parts > MOST_PARTS:
                self._forget(next(known for known, (_, _, room) in self._in_parts.items() if room))
        return parts

    def _forget(self, question: Hashable) -> None:
        if known := self._in_parts.pop(question, None):
            self._parts -= known[2]

    @contextmanager
    def _one_at_a_time(self, question: Hashable) -> Iterator[None]:
        """Threads that ask the same wait for the first of them, but not for ever: it may wait for a server that is not
        there any more.
        """
        with self._lock:
            asking = self._asking.setdefault(question, threading.Lock())
        is_first = asking.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if is_first:
                asking.release()
            with self._lock:
                if self._asking.get(question) is asking:
                    del self._asking[question]

    def lasting(
        self,
        questions: Mapping[Place, Hashable],
        ask: Callable[[Sequence[Place]], Mapping[Place, list[Part]]],
        size: Callable[[list[Part]], int] = len,
    ) -> list[list[Part]]:
        """The answers to questions that nothing else decides, which are right for ever; those that are not known are
        asked for together. `size`: in rows.
        """
        with self._lock:
            known: dict[Place, list[Part] | None] = {
                place: self._lasting.get(question) for place, question in questions.items()
            }
        unknown = [place for place, rows in known.items() if rows is None]
        if unknown:
            asked = ask(unknown)
            known |= asked
            with self._lock:
                for place, rows in asked.items():
                    self._lasting.put(questions[place], rows, size(rows))
        return [rows for rows in known.values() if rows is not None]


def question(query: str, parameters: Mapping[str, Any]) -> Hashable:
    """What makes two questions the same."""
    return query, tuple(tuple(value) if isinstance(value, list) else value for value in parameters.values())
