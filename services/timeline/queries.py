"""Asks the read model, and remembers what it answered.

What is asked, and what the answers mean, stands in the modules that use this one: the SQL beside the function.
"""

import time
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, LiteralString, TypeVar

import msgspec
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads

from services.timeline.remembered import Before, Remembered, Rows, State, question
from services.timeline.view import View, over
from shared.database import Database

Part = TypeVar("Part")
Place = TypeVar("Place", bound=Hashable)
Answer = TypeVar("Answer")

set_json_loads(msgspec.json.decode)
"""A matrix has thousands of short lists, which the standard library takes much longer to read."""

# Grows with every batch and replay; another schema is another read model. `unseen`: the first transaction whose rows
# may not be visible yet.
STATE: LiteralString = """
select 'checkpoint'::regclass::oid::bigint as model, coalesce(sum(revision), 0)::bigint as revision,
       pg_snapshot_xmin(pg_current_snapshot())::text as unseen
from checkpoint
"""

NOTHING = Before({}, "0")
"""Was known."""

# How many versions were written since, up to a limit; in the order of their index, so that no others are looked at.
HOW_MANY: LiteralString = """
select count(*)::int as versions
from (select from initiative_version where written >= %(since)s::xid8 order by written limit %(limit)s) counted
"""
MANY = 500
"""Versions: where more than so many were written since, asking for everything takes less than asking for parts."""
COUNTED = 5_000
"""Versions: further nobody counts how many were written since, however many would be few."""


class Queries:
    """Rows come as mappings, ready for JSON and for the pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> Rows:
        """The answer to a question that the events alone decide."""
        return self.anew(query, parameters)

    def about(self, view: View, query: LiteralString, **asked: Any) -> Rows:
        """What is asked of a view, over what its selection leaves. Where the window decides nothing, as of names, the
        answer is the same for all windows.
        """
        query = over(view, query)
        parameters = {**view.parameters(), **asked}
        return self.rows(query, {name: value for name, value in parameters.items() if f"%({name})s" in query})

    def in_parts(
        self,
        _query: LiteralString,
        _parameters: Mapping[str, Any],
        _touched: Callable[[Before], Collection[Place]],
        some: Callable[[Collection[Place], Before], Mapping[Place, Part]],
        *,
        wanted: Collection[Place] | None = None,
        everything: Callable[[], Mapping[Place, Part]] = dict,
        many: int = MANY,  # noqa: ARG002 - who remembers nothing has nothing to compare
        size: Callable[[Mapping[Place, Part]], int | None] = len,  # noqa: ARG002
    ) -> Mapping[Place, Part]:
        """An answer in parts; those that something was written about are asked again (`Remembered.in_parts`), or all
        where more than `many` versions were, at most `COUNTED`.

        Nothing but versions of initiatives and these parameters may decide a part: of what else changes, as a sector's
        name, nobody would notice.
        """
        return everything() if wanted is None else some(wanted, NOTHING)

    def follows(
        self, _what: str, _view: View, make: Callable[[], Answer], _size: Callable[[Answer], int] = lambda _: 1
    ) -> Answer:
        """What follows from other answers about a view, and would take long to work out again. `size`: in rows."""
        return make()

    def lasting(
        self,
        questions: Mapping[Place, Hashable],
        ask: Callable[[Sequence[Place]], Mapping[Place, list[Part]]],
        size: Callable[[list[Part]], int] = len,  # noqa: ARG002 - nothing is remembered here
    ) -> list[list[Part]]:
        """The answers to questions that nothing else decides (`Remembered.lasting`)."""
        return [*ask([*questions]).values()]

    def once(self, query: LiteralString, parameters: Mapping[str, Any]) -> Rows:
        """As `anew`, and the same in all of a request: what was written later is for the next."""
        return self.anew(query, parameters)

    def anew(self, query: LiteralString, parameters: Mapping[str, Any]) -> Rows:
        """The answer of now, whatever is remembered."""
        with self._database.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, parameters).fetchall()


class QueriesOfRequest(Queries):
    """The questions of one request, answered from what is remembered: rows are shared, leave them as they are.

    In which state the read model is, is asked with the first of them only: so an answer and what it was made from are
    of the same. They may know of what was written later; the next request finds that among what is new since.
    """

    def __init__(self, database: Database, remembered: Remembered) -> None:
        super().__init__(database)
        self._remembered = remembered
        self._asked_once: dict[Hashable, Rows] = {}
        self._state_of_request: State | None = None
        self._whole: dict[Hashable, Mapping[Any, Any]] = {}
        """Answers in parts that this request has: a long one does not ask for them again whenever others go on."""

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> Rows:
        state = self._state()
        return list(self._remembered.get(state, question(query, parameters), lambda: self.anew(query, parameters)))

    def follows(
        self, what: str, view: View, make: Callable[[], Answer], size: Callable[[Answer], int] = lambda _: 1
    ) -> Answer:
        return self._remembered.get(self._state(), (what, view), make, size)

    def in_parts(
        self,
        query: LiteralString,
        parameters: Mapping[str, Any],
        touched: Callable[[Before], Collection[Place]],
        some: Callable[[Collection[Place], Before], Mapping[Place, Part]],
        *,
        wanted: Collection[Place] | None = None,
        everything: Callable[[], Mapping[Place, Part]] = dict,
        many: int = MANY,
        size: Callable[[Mapping[Place, Part]], int | None] = len,
    ) -> Mapping[Place, Part]:
        def touched_if_few(before: Before) -> Collection[Place] | None:
            counted = self.once(HOW_MANY, {"since": before.since, "limit": COUNTED + 1})[0]
            return touched(before) if counted["versions"] <= many else None

        asked = question(query, parameters)
        if wanted is None and asked in self._whole:
            return self._whole[asked]
        of = self._state(), asked
        found = self._remembered.in_parts(*of, touched_if_few, some, wanted=wanted, everything=everything, size=size)
        if wanted is None:
            self._whole[asked] = found
        return found

    def lasting(
        self,
        questions: Mapping[Place, Hashable],
        ask: Callable[[Sequence[Place]], Mapping[Place, list[Part]]],
        size: Callable[[list[Part]], int] = len,
    ) -> list[list[Part]]:
        return self._remembered.lasting(questions, ask, size)

    def once(self, query: LiteralString, parameters: Mapping[str, Any]) -> Rows:
        key = question(query, parameters)
        if key not in self._asked_once:
            self._asked_once[key] = self.anew(query, parameters)
        return self._asked_once[key]

    def _state(self) -> State:
        if self._state_of_request is None:
            began = time.monotonic()
            found = self.anew(STATE, {})[0]
            self._state_of_request = State(**found, life=self._database.lost, read_at=began)
        return self._state_of_request
