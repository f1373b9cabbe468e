"""The read model as a whole, with a real Kafka: made, rebuilt beside the live one, and the same row for row (I8)."""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from time import monotonic, sleep

import psutil
import psycopg
import pytest

from services.timeline import lanes, matrix, model, status
from services.timeline.queries import Queries
from services.timeline.tests import telling
from services.timeline.tests.telling import central, event, goal, key, local, sector, stream_of
from services.timeline.view import View
from shared import config, identity
from shared import kafka as ours
from shared.config import Settings
from shared.database import Connection, Database
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

PATIENCE = 30
PARKED = 'select topic, partition, "offset", stream, version, event, why, message from parked order by 1, 2, 3'
YEAR = View(date(2018, 1, 1), date(2018, 12, 31))


def story(n: int) -> list[list[Envelope]]:
    """The n-th goal, sector and plan, and ten initiatives with five or six events each."""
    name, code = f"g{n}", f"S{n}"
    month = n % 9 + 1
    return [
        stream_of(
            name,
            goal(name),
            ("goal.adopted", {}),
            ("goal.effect-observed", {"effect": "Bedre", "on": date(2018, 5, 1)}),
        ),
        stream_of(
            f"p{n}",
            *telling.plan(2018 + n, "Ledelse"),
            ("action-plan.discussed", {"year": 2018 + n, "organisations": ['«A» \\ "B"'], "on": date(2018, 1, 1)}),
            ("action-plan.adopted", {"year": 2018 + n, "on": date(2018, 1, 2)}),
        ),
        stream_of(code, sector(code)),
        *[
            stream_of(
                f"c{n}.{m}",
                central(f"c{n}.{m}", goals=[name], start=date(2018, month, m), end=date(2018, month + 1, m)),
                ("central-initiative.started", {"on": date(2018, month, m + 1)}),
                ("central-initiative.rescheduled", {"start": None, "end": date(2018, month + 2, m)}),
                ("central-initiative.status-reported", {"status": "at_risk", "sentence": "Venter på lokale"}),
                ("central-initiative.completed", {"on": date(2018, month + 1, m + 2), "effect": None}),
            )
            for m in range(1, 6)
        ],
        *[
            stream_of(
                f"l{n}.{m}",
                local(f"l{n}.{m}", code, goals=[name], supports=[f"c{n}.{m}"]),
                ("local-initiative.anchored", {"where": "fagdialog", "on": date(2018, 1, 1)}),
                telling.participation("plan", "residents", "employees", on=date(2018, month, m)),
                ("local-initiative.scheduled", {"start": date(2018, month, m), "end": None}),
                telling.learning("Faste team trenger en fast dag", "team"),
                ("local-initiative.support-declared", {"central": str(key("c0.1"))}),
            )
            for m in range(1, 6)
        ],
    ]


@dataclass
class City:
    """A timeline of its own: a database, topics that no other test knows, and who publishes to them."""

    settings: Settings
    publisher: ours.KafkaProducer
    told: list[Envelope] = field(default_factory=list)

    def publish(self, events: list[Envelope]) -> None:
        sent = [self.publisher.send(model.TOPICS[0], telling.text(one), key=one.subject.encode()) for one in events]
        for one in sent:
            one.get(timeout=PATIENCE)
        self.told += events

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        with model.connect(self.settings) as connection:
            yield connection

    def rows(self) -> dict[str, list]:
        """Every view, what has had its effect, and what is set aside."""
        with self.connection() as connection:
            applied = connection.execute("select * from applied order by stream").fetchall()
            parked = connection.execute(PARKED).fetchall()
            return telling.dump(connection) | {"applied": applied, "parked": parked}

    def applied(self) -> int:
        with self.connection() as connection:
            return connection.execute("select coalesce(sum(cardinality(events)), 0) from applied").fetchone()[0]

    @contextlib.contextmanager
    def consuming(self) -> Iterator[None]:
        """The live consumer, in a thread."""
        with background(self._consume):
            yield

    def _consume(self, stopping: threading.Event) -> None:
        with self.connection() as connection:
            source = ours.consumer(self.settings.kafka_bootstrap)
            try:
                consumer = model.consumer_of(connection, source, self.settings)
                while not stopping.is_set():
                    consumer.step(0.05)
            finally:
                source.close()


@contextlib.contextmanager
def background(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """The work in a thread, until told to stop; raises what it raised."""
    stopping, raised = threading.Event(), []

    def run() -> None:
        try:
            work(stopping)
        except Exception as error:  # noqa: BLE001 - raised below, in the test's own thread
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(PATIENCE)
    if raised:
        raise raised[0]


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not reached():
        assert monotonic() < deadline, "never reached"
        sleep(0.05)


@pytest.fixture
def city(postgres: Postgres, kafka: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    topics = (f"timeline-{identity.new()}", f"timeline-{identity.new()}")
    monkeypatch.setattr(model, "TOPICS", topics)
    for topic in topics:
        ours.create_topic(kafka, topic, partitions=3, replication=1)
    monkeypatch.setenv("DATABASE_URL", postgres.database())
    monkeypatch.setenv("KAFKA_BOOTSTRAP", kafka)
    monkeypatch.setenv("LEASE_SECONDS", "0.6")
    publisher = ours.producer(kafka)
    yield City(config.settings.__wrapped__(), publisher)
    publisher.close()


def test_the_model_is_made_once(city):
    assert model.migrate(city.settings) == "created"
    assert model.migrate(city.settings) == "unchanged"


def test_a_rebuild_gives_the_same_rows_while_everybody_goes_on(city):
    """I8: with the live consumer at work, events coming in and people reading. I2: nothing counts twice."""
    streams = [stream for n in range(8) for stream in story(n)]
    events = telling.interleaved(streams)
    model.migrate(city.settings)
    city.publish([*events[:20], *events])  # a relay that was killed sends again
    city.publish(broken := awkward())
    with city.consuming():
        wait_until(lambda: city.applied() == len(events) + len(broken.applied))
        before = city.rows()
        assert {(row[6], row[4]) for row in before["parked"]} == broken.parked

        later = telling.interleaved(stream for n in range(8, 12) for stream in story(n))

        def go_on(stopping: threading.Event) -> None:
            for one in later:
                if stopping.is_set():
                    return
                city.publish([one])

        with background(read_on(city)), background(go_on):
            assert model.rebuild(city.settings) >= 20 + len(events)
        city.publish(later)
        wait_until(lambda: city.applied() == len(events) + len(broken.applied) + len(later))
        live = city.rows()
    assert {table: live[table] for table in telling.TABLES} == straight(city, [*events, *broken.applied, *later])
    assert {(row[6], row[4]) for row in live["parked"]} == broken.parked
    model.rebuild(city.settings)
    assert city.rows() == live


def test_only_what_comes_after_a_switch_is_newer_than_what_readers_saw(city):
    """`written` is what they ask by, and nobody saw anything of a read model before it was switched to."""
    model.migrate(city.settings)
    first, second = stream_of("c1", central("c1"), ("central-initiative.started", {"on": date(2018, 1, 1)}))
    city.publish([first])
    with city.consuming():
        wait_until(lambda: city.applied() == 1)
    written = "select version, written is not null from live.initiative_version order by version"
    with model.connect(city.settings) as connection:
        assert connection.execute(written).fetchall() == [(1, True)]
        model.rebuild(city.settings)
        assert connection.execute(written).fetchall() == [(1, False)]
        city.publish([second])
        with city.consuming():
            wait_until(lambda: city.applied() == 2)
        assert connection.execute(written).fetchall() == [(1, False), (2, True)]


class Awkward(list):
    """Events of which some are set aside: `applied` are those that are not."""

    def __init__(self, applied: list[Envelope], others: list[Envelope], parked: set[tuple[str, int]]) -> None:
        super().__init__([*applied, *others])
        self.applied, self.parked = applied, parked


def awkward() -> Awkward:
    fine = stream_of("x1", central("x1"), ("central-initiative.started", {"on": "2018-01-01"}))
    return Awkward(
        fine,
        [
            event(key("x1"), 2, "central-initiative.started", {"on": "2018-09-09"}),
            event(key("x1"), 3, "central-initiative.completed", {"on": "2018-09-09"}),
            event(key("x2"), 2, "central-initiative.started", {"on": "2018-01-01"}),
            event(key("x3"), 1, "central-initiative.planned", {"title": "\x00"}),
        ],
        {("fork", 2), ("behind", 3), ("gap", 2), ("failed", 1)},
    )


def read_on(city: City) -> Callable[[threading.Event], None]:
    """What the pages do all the time; none of it may fail because a read model is switched."""

    def read(stopping: threading.Event) -> None:
        database = Database(city.settings.database_url, search_path="live,public")
        queries = Queries(database)
        try:
            while not stopping.is_set():
                assert len(lanes.bars(queries, YEAR, limit=1000).rows) >= 80
                assert matrix.totals(queries, YEAR)["central"] >= 40
                assert matrix.cells(queries, YEAR)
                assert status.freshness(queries)
        finally:
            database.close()

    return read


def straight(city: City, events: list[Envelope]) -> dict[str, list]:
    """The rows when the events are applied one stream after another, without Kafka."""
    with model.connect(city.settings, "straight") as connection:
        model.create(connection, "straight")
        telling.apply(connection, sorted(events, key=lambda one: (one.subject, one.sequence)))
        return telling.dump(connection)


@pytest.mark.parametrize("number", range(len(model.DECIDING)))
def test_each_file_that_decides_what_it_holds_makes_another_definition(number, monkeypatch, tmp_path):
    before, file = model.fingerprint(), model.DECIDING[number]
    changed = tmp_path / file.name
    changed.write_text(file.read_text() + "\n")
    monkeypatch.setattr(model, "DECIDING", [*model.DECIDING[:number], changed, *model.DECIDING[number + 1 :]])
    assert model.fingerprint() != before


def test_another_definition_is_another_model(city, monkeypatch):
    """I8: `migrate` rebuilds when the tables or the projection have changed, and only then."""
    model.migrate(city.settings)
    events = telling.interleaved(story(1))
    city.publish(events)
    with city.consuming():
        wait_until(lambda: city.applied() == len(events))
    before = city.rows()
    monkeypatch.setattr(model, "fingerprint", lambda: "another definition")
    assert model.migrate(city.settings) == "rebuilt"
    assert city.rows() == before
    assert model.migrate(city.settings) == "unchanged"


def test_a_rebuild_that_fails_leaves_the_live_model_and_can_be_repeated(city, monkeypatch):
    model.migrate(city.settings)
    events = telling.interleaved(story(1))
    city.publish(events)
    with city.consuming():
        wait_until(lambda: city.applied() == len(events))
    before = city.rows()

    def die(_connection: Connection) -> None:
        raise psycopg.OperationalError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(model, "switch", die)
        with pytest.raises(psycopg.OperationalError, match="killed"):
            model.rebuild(city.settings)
    assert city.rows() == before
    assert model.rebuild(city.settings) == len(events)
    assert city.rows() == before


def test_several_processes_build_the_same_rows(city, monkeypatch):
    """I8. I9: what is set aside is the same too. A builder that is killed ends the rebuild, and nothing else."""
    model.migrate(city.settings)
    events = telling.interleaved(stream for n in range(3) for stream in story(n))
    city.publish([*events[:20], *events])
    city.publish(broken := awkward())
    with city.consuming():
        wait_until(lambda: city.applied() == len(events) + len(broken.applied))
    before = city.rows()
    monkeypatch.setattr(model, "LARGE_BATCH", 1)  # it is not worth while for so few; those who build have their own
    monkeypatch.setattr(model, "FEW", 10)
    monkeypatch.setattr(model, "PROCESSES", 2)
    claimed = model._claimed
    monkeypatch.setattr(model, "_claimed", lambda *asked: islice(claimed(*asked), 1))  # the rest is for the other one
    with background(kill_a_builder), pytest.raises(BrokenProcessPool):
        model.rebuild(city.settings)
    assert city.rows() == before
    published = 20 + len(events) + len(broken)
    assert model.rebuild(city.settings) == published
    assert city.rows() == before
    forking = subprocess.run(
        [sys.executable, "-c", FORKING, *model.TOPICS], stdout=subprocess.PIPE, text=True, check=True
    )
    assert int(forking.stdout.splitlines()[-1]) == published
    assert city.rows() == before


FORKING = """
import sys
from services.timeline import model
from shared.config import settings
model.TOPICS, model.LARGE_BATCH, model.FEW, model.PROCESSES = tuple(sys.argv[1:]), 1, 10, 2
print(model.rebuild(settings()))
"""
"""A rebuild where there are no threads: those of a test start its builders, and don't fork them."""


def kill_a_builder(stopping: threading.Event) -> None:
    while not stopping.is_set():
        for child in psutil.Process().children():
            if any("spawn_main" in word for word in child.cmdline()):
                child.kill()
                return
        sleep(0.01)


def test_a_partition_is_read_by_the_process_that_claims_it_first(city):
    with model.connect(city.settings, model.REBUILD) as one, model.connect(city.settings, model.REBUILD) as other:
        model.create(one, model.REBUILD)
        places = [(("a", 0), 90), (("b", 0), 60), (("b", 1), 50)]
        first, second = model._claimed(one, places), model._claimed(other, places)
        assert [next(first), next(second), next(first), *first, *second] == places


def test_a_switch_does_not_wait_for_readers(city):
    """Someone with a long question, or a backup, must not stop a rebuild at its end."""
    model.migrate(city.settings)
    with city.connection() as reader, reader.transaction():
        reader.execute("select count(*) from initiative_version")
        switch_to_new(city, "200ms")
        assert reader.execute("select count(*) from checkpoint").fetchone() == (0,), "and goes on, in the new one"
    switch_to_new(city, "5s")
    assert schemas_of(city) == {"live"}


def test_the_next_start_removes_what_a_rebuild_left_behind(city):
    """One that was killed after its switch."""
    model.migrate(city.settings)
    model.build(city.settings)
    assert schemas_of(city) == {"live", "retired"}
    assert model.migrate(city.settings) == "unchanged"
    assert schemas_of(city) == {"live"}


def schemas_of(city: City) -> set[str]:
    with city.connection() as connection:
        found = connection.execute("select nspname from pg_namespace where nspname in ('live', 'rebuild', 'retired')")
        return {name for (name,) in found.fetchall()}


def test_a_switch_waits_for_the_batch_that_is_being_written(city):
    """A batch must not end in another schema than it began in."""
    model.migrate(city.settings)
    switched = threading.Event()

    def switch(_stopping: threading.Event) -> None:
        switch_to_new(city, "5s")
        switched.set()

    with city.connection() as consumer:
        with contextlib.ExitStack() as after:
            with consumer.transaction():
                consumer.execute("update checkpoint set next_offset = next_offset")
                after.enter_context(background(switch))
                assert not switched.wait(0.5)
                consumer.execute("insert into lease values ('begun', 'here', 1, now())")
            assert switched.wait(PATIENCE)
        assert consumer.execute("select count(*) from lease").fetchone() == (0,)


def switch_to_new(city: City, lock_timeout: str) -> None:
    """A new, empty read model takes the live one's place."""
    with city.connection() as builder:
        builder.execute(model.DROP_RETIRED)
        model.create(builder, model.REBUILD)
        builder.execute(f"set lock_timeout = '{lock_timeout}'")
        model.switch(builder)
        model.tidy(builder)
