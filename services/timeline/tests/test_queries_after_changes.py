"""What a process remembers of one state of the read model makes no answer about a later one wrong.

Random worlds are told in batches, each in a transaction of its own, as a consumer writes them; after each one, whoever
remembers says the same as whoever asks everything anew.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from services.timeline import gaps, lanes, matrix, names
from services.timeline.initiative import initiative
from services.timeline.initiatives import INITIATIVES
from services.timeline.queries import Queries, QueriesOfRequest
from services.timeline.related import explained, related_to
from services.timeline.remembered import Remembered
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import central, key, local, name_of, stream_of
from services.timeline.tests.test_queries_against_counting import (
    KNOWN_DAYS,
    TELLINGS,
    TICK,
    OneConnection,
    Telling,
    everything,
    made_from_now,
    midnight,
)
from services.timeline.tests.worlds import Choice
from services.timeline.view import View, over
from services.timeline.work import MEMBERS_OF_ALL, MEMBERS_OF_SOME, reach_of
from shared.database import Connection
from shared.envelope import Envelope
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


def asked(known_on: date | None, choice: Choice | None, cut: int) -> Callable[[Telling], View]:
    """`cut`: how many days earlier than the world's window it ends."""

    def view_of(told_world: Telling) -> View:
        view = told_world.view(choice)
        return replace(view, known_on=known_on, last=max(view.first, view.last - timedelta(days=cut)))

    return view_of


VIEWS = st.builds(
    asked, st.none() | st.sampled_from(KNOWN_DAYS), st.none() | worlds.CHOICES, st.sampled_from([0, 0, 1, 9, 200])
)


@settings(max_examples=20, deadline=None)
@given(TELLINGS, st.randoms(use_true_random=False), st.integers(2, 9), st.lists(VIEWS, min_size=1, max_size=3))
def test_whoever_remembers_says_the_same_as_whoever_asks_anew(connection, told_world, random, batch, views):
    """Of one view or another, after each batch; events are recorded before and after the days of the views.

    What was known is made from what is known now for the one, where little is otherwise, and read for the other.
    """
    emptied(connection)
    anew, requests = Queries(OneConnection(connection)), Requests(connection)
    views = [view_of(told_world) for view_of in views]
    events = [structs.replace(event, time=random.choice(MOMENTS)) for event in merged(told_world.events(), random)]
    for n in range(0, len(events), batch):
        tell(connection, events[n : n + batch])
        view = random.choice(views)
        with made_from_now(random.choice([1, 500])):
            remembered = everything(requests.next(), view, told_world.world)
        with made_from_now(-1):
            assert remembered == everything(anew, view, told_world.world)


MOMENTS = [midnight(day) + later for day in KNOWN_DAYS for later in (-TICK, timedelta(0), timedelta(hours=5))]


def merged(events: list[Envelope], random: Random) -> list[Envelope]:
    """Each stream in its own order, and none before another: as partitions are read."""
    streams: dict[str, deque[Envelope]] = {}
    for event in events:
        streams.setdefault(event.subject, deque()).append(event)
    found = []
    while streams:
        stream = random.choice([*streams])
        found.append(streams[stream].popleft())
        if not streams[stream]:
            del streams[stream]
    return found


class Requests:
    """One after another, of a process that remembers."""

    def __init__(self, connection: Connection) -> None:
        self._database, self._remembered = OneConnection(connection), Remembered()
        self.asked: list[set[str | None] | None] = []
        """Of which initiatives they asked when they run; None: of all."""
        self.described: list[set[str | None]] = []
        """Of which initiatives they asked what they are."""

    def next(self) -> Queries:
        return Listening(self._database, self._remembered, self)


class Listening(QueriesOfRequest):
    def __init__(self, database: OneConnection, remembered: Remembered, requests: Requests) -> None:
        super().__init__(database, remembered)
        self._requests = requests

    def anew(self, query, parameters):
        if query == over(reach_of(YEAR), MEMBERS_OF_ALL):
            self._requests.asked.append(None)
        elif query == over(reach_of(YEAR), MEMBERS_OF_SOME):
            self._requests.asked.append(named_in(parameters))
        elif query == INITIATIVES:
            self._requests.described.append(named_in(parameters))
        return super().anew(query, parameters)


def named_in(parameters) -> set[str | None]:
    return {name_of(UUID(id_)) for id_ in parameters["ids"].strip("{}").split(",")}


def test_in_one_request_the_state_is_asked_once_and_in_the_next_anew(empty):
    tell(empty, TOLD)
    requests, goals = Requests(empty), []
    first = requests.next()
    for request in (first, first, requests.next()):
        goals.append(len(names.goals(request, YEAR)))
        tell(empty, stream_of(f"g{len(goals)}-later", telling.goal(f"g{len(goals)}-later")))
    assert goals == [3, 3, 5]


YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
DATES = {"start": date(2018, 3, 1), "end": date(2018, 3, 31)}
TOLD = [
    *(one for goal in ("g1", "g2", "g3") for one in stream_of(goal, telling.goal(goal))),
    *stream_of("c1", central("c1", goals=["g1", "g2"], **DATES)),
]


def test_after_a_change_only_those_that_it_is_about_are_asked_again(empty):
    tell(empty, TOLD)
    requests = Requests(empty)
    added = [*stream_of("l1", local("l1", "A", goals=["g2"]), ("local-initiative.scheduled", DATES))]
    put_off = moved("c1", 2, {"start": date(2018, 5, 1), "end": None})
    fields = {"agency": None, "title": "l1", "description": None, "responsible": None}
    linked = telling.event(key("l1"), 3, "local-initiative.revised", {"goals": telling.keys(["g3"]), **fields})
    said = []
    for events in ([], added, [put_off], [linked], stream_of("A", telling.sector("A"))):
        tell(empty, events)
        cells = {(name_of(cell["goal"]), name_of(cell["sector"])): cell for cell in matrix.cells(requests.next(), YEAR)}
        said.append([cells.get((goal, "A"), {}).get("state") for goal in ("g1", "g2", "g3")])
    assert requests.asked == [None, {"l1"}, {"c1"}, {"l1"}]
    assert said == [
        [None, None, None],
        ["central_only", "together", "none"],
        ["central_only", "apart", "none"],
        ["central_only", "central_only", "local_only"],
        ["central_only", "central_only", "local_only"],
    ]


def test_what_an_initiative_is_is_asked_once_whatever_the_days_and_who_looks_at_it(empty):
    """What was written of it is asked again, and what others are called is said as it is now."""
    unit = "agency.registered", {"code": "E", "name": "Etaten", "sector": str(key("A"))}
    tell(empty, [*TOLD, *stream_of("A", telling.sector("A")), *stream_of("E", unit)])
    local_one = local("l1", "A", goals=["g1"], agency=str(key("E")))
    tell(
        empty,
        stream_of(
            "l1",
            local_one,
            ("local-initiative.scheduled", DATES),
            ("local-initiative.started", {"on": date(2018, 3, 5)}),
        ),
    )
    requests = Requests(empty)

    def seen(view: View) -> list[tuple[Any, ...]]:
        """Of the local one, in its bar, and on the central one's page."""
        queries = requests.next()
        bars = [bar for bar in lanes.bars(queries, view, limit=9).rows if bar["sector"]]
        row = initiative(queries, view, key("c1"))
        related = explained(queries, view, row, related_to(queries, view, row).others)
        shown = [(one["sector_code"], one["shown_from"], one["shown_to"]) for one in related]
        assert [(bar["sector_code"], bar["shown_from"], bar["shown_to"]) for bar in bars] == shown
        return [(bar["agency"], bar["shown_from"].day, bar["shown_to"].day) for bar in bars]

    assert seen(YEAR) == [("Etaten", 5, 31)]
    assert seen(replace(YEAR, last=date(2018, 3, 9))) == [("Etaten", 5, 9)]
    assert seen(View(date(2019, 1, 1), date(2019, 12, 31))) == []
    assert requests.described == [{"c1", "l1"}]
    assert seen(replace(YEAR, basis="planned")) == [("Etaten", 1, 31)]
    assert requests.described == [{"c1", "l1"}] * 2, "on another basis they are others"
    tell(empty, [moved("c1", 2, {"start": date(2018, 3, 1), "end": None})])
    tell(empty, [telling.event(key("E"), 2, "agency.renamed", {"name": "Ny etat"})])
    assert seen(YEAR) == [("Ny etat", 5, 31)]
    assert requests.described == [{"c1", "l1"}, {"c1", "l1"}, {"c1"}]


def test_who_supports_is_known_of_a_central_one_that_comes_later_and_is_not_forgotten_of_another(empty):
    """Of `c1` and `c2` something is written; `l1` supports both and `c3`, which is still met by `l2` only."""
    later = {"start": date(2019, 2, 1), "end": date(2019, 2, 28)}
    at_all = {"start": date(2018, 6, 1), "end": date(2018, 6, 30)}
    tell(empty, stream_of("c1", central("c1", **DATES)))
    tell(empty, stream_of("c2", central("c2", **later)))
    tell(empty, stream_of("c3", central("c3", **at_all)))
    for name, supports, days in (("l1", ["c1", "c2", "c3"], DATES), ("l2", ["c3"], at_all)):
        told = local(name, "A", supports=supports), ("local-initiative.scheduled", days)
        tell(empty, stream_of(name, *told))
    requests, said = Requests(empty), []
    for events in (
        [],
        [moved("c2", 2, DATES)],
        [moved("c1", 2, at_all)],
        [moved("c1", 3, later)],
        [telling.event(key("l2"), 3, "local-initiative.discontinued", {})],
    ):
        tell(empty, events)
        totals = matrix.totals(requests.next(), YEAR)
        said.append((totals["central"], totals["central_together"], totals["central_concurrent"]))
    assert said == [(2, 2, 2), (3, 3, 3), (3, 3, 2), (2, 2, 2), (2, 2, 1)]


def moved(name: str, version: int, days: Mapping[str, date]) -> Envelope:
    return telling.event(key(name), version, "central-initiative.rescheduled", days)


def test_the_nearest_one_is_forgotten_when_nobody_of_its_sector_works_any_more(empty):
    tell(empty, stream_of("c1", central("c1", goals=["g1"], **DATES)))
    later = {"start": date(2018, 5, 1), "end": date(2018, 5, 31)}
    tell(empty, stream_of("l1", local("l1", "A", goals=["g1"]), ("local-initiative.scheduled", later)))
    requests, said = Requests(empty), []
    away = {"start": date(2019, 5, 1), "end": date(2019, 5, 31)}
    for events in ([], [telling.event(key("l1"), 3, "local-initiative.rescheduled", away)]):
        tell(empty, events)
        gap = gaps.page(requests.next(), YEAR, limit=1, all_sectors=True, kind="central_only").rows[0]
        said.append((gap["nearest"] and name_of(gap["nearest"]["id"]), gap["move"]))
    assert said == [("l1", -31), (None, None)]


def test_after_much_was_written_everything_is_asked_anew(empty, monkeypatch):
    monkeypatch.setattr("services.timeline.work.COUNTED", 1)
    tell(empty, TOLD)
    requests = Requests(empty)
    for new in ([], ["l1"], ["l2", "l3"]):
        tell(empty, [one for name in new for one in stream_of(name, local(name, "A", goals=["g2"]))])
        matrix.cells(requests.next(), YEAR)
    assert requests.asked == [None, {"l1"}, None]


def test_a_long_download_and_those_who_see_the_next_state_do_not_ask_for_all_work_again(empty):
    tell(empty, TOLD)
    requests = Requests(empty)
    download = requests.next()
    matrix.cells(download, YEAR)
    tell(empty, stream_of("l1", local("l1", "A", goals=["g2"]), ("local-initiative.scheduled", DATES)))
    for _ in range(3):
        matrix.cells(requests.next(), YEAR)
        matrix.cells(download, YEAR)
    assert requests.asked == [None, {"l1"}]


def test_what_was_written_before_and_committed_later_is_seen(postgres):
    """Two consumers write at once: the one that began first ends last."""
    url = postgres.database()
    with telling.read_model(url) as first, telling.connected(url) as second, telling.connected(url) as reading:
        first.execute("insert into checkpoint (topic, partition) values ('first', 0), ('second', 0)")
        tell(first, TOLD)
        requests = Requests(reading)
        matrix.cells(requests.next(), YEAR)
        with first.transaction():
            telling.apply(first, stream_of("c2", central("c2", goals=["g3"], **DATES)))
            with second.transaction():
                telling.apply(second, stream_of("c3", central("c3", goals=["g1"], **DATES)))
                second.execute("update checkpoint set revision = revision + 1 where topic = 'second'")
            assert [cell["central"] for cell in matrix.cells(requests.next(), YEAR)] == [2, 1, 0]
            first.execute("update checkpoint set revision = revision + 1 where topic = 'first'")
        assert [cell["central"] for cell in matrix.cells(requests.next(), YEAR)] == [2, 1, 1]
