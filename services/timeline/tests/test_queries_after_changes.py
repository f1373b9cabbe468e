"""What a process remembers of one state of the read model makes no answer about a later one wrong.

Random worlds are told in batches, each in a transaction of its own, as a consumer writes them; after each one, whoever
remembers says the same as whoever asks everything anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline import matrix
from services.timeline.queries import Queries
from services.timeline.remembered import Remembered
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import key, name_of, stream_of
from services.timeline.tests.test_queries_against_counting import KNOWN_DAYS, TELLINGS, OneConnection, everything
from services.timeline.view import View, over
from services.timeline.work import WORK_BY_GOAL
from shared.database import Connection
from shared.testing.plugin import Postgres


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        connection.execute("insert into checkpoint (topic, partition) values ('test', 0)")
        yield connection


@pytest.fixture
def empty(connection: Connection) -> Connection:
    return emptied(connection)


def emptied(connection: Connection) -> Connection:
    connection.execute(f"truncate {', '.join(telling.TABLES)}")
    return connection


def tell(connection: Connection, events) -> None:
    """As a consumer does it: the rows and a new state, in one transaction."""
    with connection.transaction():
        telling.apply(connection, events)
        connection.execute("update checkpoint set revision = revision + 1")


@settings(max_examples=20, deadline=None)
@given(TELLINGS, st.integers(2, 9), st.sampled_from([None, *KNOWN_DAYS[:2]]), st.none() | worlds.CHOICES)
def test_whoever_remembers_says_the_same_as_whoever_asks_anew(connection, told_world, batch, known_on, choice):
    emptied(connection)
    anew, remembering = Queries(OneConnection(connection)), Queries(OneConnection(connection), Remembered())
    view = replace(told_world.view(choice), known_on=known_on)
    events = told_world.events()
    for n in range(0, len(events), batch):
        tell(connection, events[n : n + batch])
        assert everything(remembering, view, told_world.world) == everything(anew, view, told_world.world)


class Listening(Queries):
    """Notes of which goals it asks who works for them; None: of all."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(OneConnection(connection), Remembered())
        self.asked: list[set[str] | None] = []

    def anew(self, query, parameters):
        if query == over(YEAR, WORK_BY_GOAL):
            of = parameters["of"]
            self.asked.append(None if of is None else {name_of(goal) for goal in of})
        return super().anew(query, parameters)


YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
DATES = {"start": date(2018, 3, 1), "end": date(2018, 3, 31)}
TOLD = [
    *(one for goal in ("g1", "g2", "g3") for one in stream_of(goal, telling.goal(goal))),
    *stream_of("c1", telling.central("c1", goals=["g1", "g2"], **DATES)),
]


def test_after_a_change_only_the_goals_that_it_is_about_are_asked_again(empty):
    tell(empty, TOLD)
    queries = Listening(empty)
    local = [*stream_of("l1", telling.local("l1", "A", goals=["g2"]), ("local-initiative.scheduled", DATES))]
    moved = telling.event(key("c1"), 2, "central-initiative.rescheduled", {"start": date(2018, 5, 1), "end": None})
    fields = {"agency": None, "title": "l1", "description": None, "responsible": None}
    linked = telling.event(key("l1"), 3, "local-initiative.revised", {"goals": telling.keys(["g3"]), **fields})
    said = []
    for events in ([], local, [moved], [linked], stream_of("A", telling.sector("A"))):
        tell(empty, events)
        cells = {(name_of(cell["goal"]), name_of(cell["sector"])): cell for cell in matrix.cells(queries, YEAR)}
        said.append([cells.get((goal, "A"), {}).get("state") for goal in ("g1", "g2", "g3")])
    assert queries.asked == [None, {"g2"}, {"g1", "g2"}, {"g2", "g3"}]
    assert said == [
        [None, None, None],
        ["central_only", "together", "none"],
        ["central_only", "apart", "none"],
        ["central_only", "central_only", "local_only"],
        ["central_only", "central_only", "local_only"],
    ]


def test_what_was_written_before_and_committed_later_is_seen(postgres):
    """Two consumers write at once: the one that began first ends last."""
    url = postgres.database()
    with telling.read_model(url) as first, telling.connected(url) as second, telling.connected(url) as reading:
        first.execute("insert into checkpoint (topic, partition) values ('first', 0), ('second', 0)")
        tell(first, TOLD)
        queries = Listening(reading)
        matrix.cells(queries, YEAR)
        with first.transaction():
            telling.apply(first, stream_of("c2", telling.central("c2", goals=["g3"], **DATES)))
            with second.transaction():
                telling.apply(second, stream_of("c3", telling.central("c3", goals=["g1"], **DATES)))
                second.execute("update checkpoint set revision = revision + 1 where topic = 'second'")
            assert [cell["central"] for cell in matrix.cells(queries, YEAR)] == [2, 1, 0]
            first.execute("update checkpoint set revision = revision + 1 where topic = 'first'")
        assert [cell["central"] for cell in matrix.cells(queries, YEAR)] == [2, 1, 1]
