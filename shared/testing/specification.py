"""Rules as sentences: given what happened, when a command comes, then these events, or that rejection."""

from collections.abc import Sequence
from typing import Any

from shared.commands import Domain
from shared.decider import Rejected


class Specification:
    """`Specification(domain, facts).given(event, …).when(command).then(event, …)`, or `.rejected(code)`."""

    def __init__(self, domain: Domain, *facts: Any) -> None:
        self._domain = domain
        self._facts = facts
        self._state: Any = domain.initial()
        self._events: Sequence[Any] = ()
        self._rejected: Rejected | None = None

    def given(self, *events: Any) -> "Specification":
        for event in events:
            self._state = self._domain.evolve(self._state, event)
        return self

    def when(self, command: Any) -> "Specification":
        try:
            self._events = self._domain.decide(command, self._state, *self._facts)
        except Rejected as rejected:
            self._rejected = rejected
        return self

    def then(self, *events: Any) -> None:
        assert self._rejected is None, f"rejected: {self._rejected}"
        assert list(self._events) == list(events)

    def then_nothing(self) -> None:
        self.then()

    def rejected(self, code: str, field: str | None = None) -> None:
        assert self._rejected is not None, f"not rejected; gave {self._events}"
        assert self._rejected.code == code
        if field is not None:
            assert self._rejected.field == field
