"""Answers that are kept for as long as nothing new is known.

The read model says which state it is in (`State`): the number grows with every batch that is written, so that an answer
of one state is right for as long as the state is. A page asks the same questions as the one before it; most pages are
looked at more often than something happens.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any

Rows = list[dict[str, Any]]
State = tuple[Any, ...]
"""Of the read model: which schema it is, and how often it was written to."""

LARGEST = 20_000
"""Rows that a process remembers, some tens of megabytes; the answers that were not asked for the longest go first."""


class Remembered:
    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._lock = threading.Lock()
        self._forget(())

    def get(self, state: State, question: Hashable, ask: Callable[[], Rows]) -> Rows:
        """The answer in this state; asked for where it is not known yet. Whoever gets it must leave it as it is.

        The state must have been read before: then an answer may be newer than its state, and never older.
        """
        with self._lock:
            if state != self._state:
                self._forget(state)
            if (known := self._answers.get(question)) is not None:
                self._answers.move_to_end(question)
                return known
        rows = ask()
        with self._lock:
            if state == self._state and question not in self._answers:
                self._answers[question] = rows
                self._rows += len(rows) + 1
                while self._rows > self._largest:
                    _, oldest = self._answers.popitem(last=False)
                    self._rows -= len(oldest) + 1
        return rows

    def _forget(self, state: State) -> None:
        self._state = state
        self._answers: OrderedDict[Hashable, Rows] = OrderedDict()
        self._rows = 0


def question(query: str, parameters: Mapping[str, Any]) -> Hashable:
    """What makes two questions the same."""
    return query, tuple(tuple(value) if isinstance(value, list) else value for value in parameters.values())
