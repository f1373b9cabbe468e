"""An event store without a database, for tests of what stands above it. It passes the tests of the PostgreSQL one."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.eventstore.model import Answer, Append, Conflict, Facts, KeyTaken, Loaded, Recorded


class InMemoryEventStore:
    """`facts` answers what the PostgreSQL store would ask its read tables; `clock` is the store's clock."""

    def __init__(
        self,
        *,
        facts: Callable[[Facts], Mapping[str, Any]] = lambda _: {},
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._facts = facts
        self._clock = clock
        self._log: list[Recorded] = []
        self._answers: dict[str, tuple[str, Answer]] = {}
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def session(self) -> Iterator["InMemoryEventStore"]:
        yield self

    def load(self, stream: UUID, *, key: str | None = None, facts: Facts | None = None) -> Loaded:
        history = self.read(stream)
        return Loaded(
            version=len(history),
            history=[event.envelope for event in history],
            now=max([self._clock(), *(event.time for event in history)]),
            answered=self._answers.get(key) if key else None,
            facts=dict(self._facts(facts)) if facts else {},
        )

    def append(
        self, append: Append, *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        self.append_all([append], key=key, fingerprint=fingerprint, answer=answer)

    def append_all(
        self, appends: Sequence[Append], *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        with self._one_at_a_time:
            if key in self._answers:
                raise KeyTaken(key)
            for append in appends:
                if len(self.read(append.stream)) != append.expected_version:
                    raise Conflict(append.stream)
            if key is not None and answer is not None:
                self._answers[key] = (fingerprint, answer)
            self._log += [event for append in appends for event in append.events]

    def read(self, stream: UUID, *, after: int = 0) -> list[Recorded]:
        return [event for event in self._log if event.stream == stream and event.version > after]

    def read_all(self, *, after: int = 0, limit: int = 1000) -> Iterator[tuple[int, Recorded]]:
        yield from list(enumerate(self._log, start=1))[after : after + limit]
