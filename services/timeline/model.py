"""The read model as a whole: a schema in the timeline's database that is built anew when its definition changes.

The live one is the schema `live`. A rebuild fills `rebuild` beside it, from the first event on, and then takes its
place in one transaction: readers and consumers go on without noticing, as offsets and leases live in the schema too.
"""

import gc
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

import psycopg

from services.timeline import meanings, projection
from services.timeline.builders import builders
from services.timeline.projection import TimelineProjection
from shared import copying, kafka, telemetry
from shared.config import Settings
from shared.database import KEPT_ALIVE, OPTIONS, Connection
from shared.inbox import schema as schemas
from shared.inbox.consumer import Consumer
from shared.inbox.inbox import Place
from shared.lease import Holder

LIVE, REBUILD, RETIRED = "live", "rebuild", "retired"
LATER_EPOCHS = """
update rebuild.lease new set epoch = new.epoch + old.epoch from live.lease old where old.name = new.name
"""
"""Epochs go on growing over a switch, so that every holder notices it."""

CLAIM = """
insert into checkpoint (topic, partition) select topic, partition from (values (%s, %s::int)) place(topic, partition)
where not exists (select from checkpoint c where c.topic = place.topic and c.partition = place.partition)
on conflict do nothing
"""
"""A partition that is to be read, in a read model that is being built: one process's insert counts. Those that are
there are left out at first, as a conflict with one that is being written to would wait for it.
"""
DROP_RETIRED = "drop schema if exists retired cascade"
TOPICS = ("goals.events", "central-initiatives.events", "local-initiatives.events", "communication.events")
VACUUM = "vacuum (index_cleanup off, buffer_usage_limit 0) initiative_version"
"""For answers from indexes alone. Nobody waits for it: until then answers are the same, and a little slower."""
AT_FULL_SPEED = "set max_parallel_maintenance_workers = 0; set maintenance_work_mem = '256MB'"
"""Where several indexes are made at a time: no helpers, as all cores are busy, and nothing is sorted on disk."""
ANALYZE = """
set default_statistics_target = 20;
analyze initiative_version;
reset default_statistics_target
"""
"""When they are there, as some are of expressions. A sample of 6,000 rows, not 30,000: what the planner chooses between
differs more, and nothing else can be done meanwhile.
"""
UNSEEN = """
alter table initiative_version set (autovacuum_enabled = off), alter written drop default;
alter table applied set (autovacuum_enabled = off)
"""
"""While rows are being written autovacuum would look through them again and again. And nobody asks which of them are
newer than what he saw: readers begin anew with each read model.
"""
SEEN = """
alter table initiative_version reset (autovacuum_enabled), alter written set default pg_current_xact_id();
alter table applied reset (autovacuum_enabled)
"""
DEFINITION = Path(__file__).with_name("projection.sql")
INDEXES = Path(__file__).with_name("indexes.sql")
DECIDING = (DEFINITION, INDEXES, *map(Path, (meanings.__file__, projection.__file__, copying.__file__)))
SHORT = 2.0
"""Seconds that a rebuild's last round may take: so much, and what a switch takes, the timeline steps back at most."""

LARGE_BATCH, PAUSE, ALONE = 50_000, 0.1, 3.0
"""Of a rebuild, in messages and seconds: the more of a stream comes together, the fewer rows are closed again.

A batch is gathered for a third of a lease: nobody waits for those of a schema that is being built, but where events
never pause a round takes that long, and one must be `SHORT`.
"""
FEW = 500
"""Events of a partition that are not worth a turn of its own in a rebuild."""
PROCESSES = min(4, os.cpu_count() or 1)
"""That read at the same time for a rebuild; PostgreSQL works as much as they do. Each needs 250 MB at most."""
BUILDERS = 1055017
"""The advisory lock of whoever creates, rebuilds or switches; any number would do."""


def connect(settings: Settings, schema: str = LIVE) -> Connection:
    options = f"{OPTIONS} -c search_path={schema},public"
    return psycopg.connect(settings.database_url, autocommit=True, options=options, **KEPT_ALIVE)


def fingerprint() -> str:
    """Of everything that decides what the read model holds: the tables with the periods that they compute, the indexes,
    what events mean, the projection, and how it writes values.
    """
    return schemas.fingerprint(*(file.read_text() for file in DECIDING))


def migrate(settings: Settings) -> str:
    """Creates the read model where there is none, and rebuilds one that was made by another definition."""
    with connect(settings) as connection:
        schemas.alone(connection, BUILDERS)
        found = schemas.mark_of(connection, LIVE)
        if found is None:
            create(connection, LIVE)
            index(connection)
            return "created"
        if found == fingerprint():
            if schemas.mark_of(connection, RETIRED) is not None:  # whoever switched has not come to it
                tidy(connection)
            return "unchanged"
    rebuild(settings)
    return "rebuilt"


def create(connection: Connection, schema: str) -> None:
    schemas.create(connection, schema, DEFINITION.read_text(), fingerprint())


def index(connection: Connection, where: Settings | None = None) -> None:
    """What queries read, and what their planner knows; for many rows it is faster to do it when they are there.

    where: to make several at the same time.
    """
    waiting = iter([statement.encode() for statement in INDEXES.read_text().split(";\n") if statement.strip()])

    def make(own: Connection) -> None:
        for statement in waiting:  # each goes to whoever asks first
            own.execute(statement)

    if where is None:
        make(connection)
    else:
        with ExitStack() as connections, ThreadPoolExecutor(PROCESSES) as pool:
            several = [connections.enter_context(_builder(where)) for _ in range(PROCESSES)]
            for _ in pool.map(make, several):
                pass
    connection.execute(ANALYZE)


def rebuild(settings: Settings) -> int:
    """As `build`; then what can wait until the new read model is in use."""
    count = build(settings)
    with connect(settings) as connection:
        tidy(connection)
    return count


def build(settings: Settings) -> int:
    """Builds the read model from the first event on, beside the live one, and switches when it has caught up.

    Returns how many messages were read. The live one stays in use until the switch.
    """
    with (
        builders(PROCESSES - 1, partial(_open, settings.kafka_bootstrap)) as others,
        closing(kafka.consumer(settings.kafka_bootstrap)) as source,  # it finds the brokers while tables are made
        connect(settings, REBUILD) as connection,
        _no_collector(),
    ):
        schemas.alone(connection, BUILDERS)
        connection.execute("set synchronous_commit = off")  # the switch alone waits for the disk
        connection.execute(DROP_RETIRED)
        create(connection, REBUILD)
        connection.execute(UNSEEN)
        consumer = consumer_of(connection, source, settings, batch=LARGE_BATCH, pause=PAUSE, lease_seconds=ALONE)
        count = _read_together(settings, others, source) or _read_to_the_end(consumer)
        index(connection, settings)
        connection.execute(SEEN)
        count += _read_to_the_end(consumer)
        consumer.let_go()
        switch(connection)
    telemetry.log.info("read model rebuilt", messages=count)
    return count


def tidy(connection: Connection) -> None:
    """What can wait until a rebuilt read model is in use: the tables of the old one go when nobody reads them."""
    connection.execute("set statement_timeout = 0")
    try:
        connection.execute(DROP_RETIRED)
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        telemetry.log.info("the old read model is still being read; the next rebuild removes it")
    with suppress(psycopg.errors.LockNotAvailable):  # autovacuum is at it
        connection.execute(VACUUM)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without Python's cyclic collector: a large batch is a million objects and no cycles, and it looked at them all
    again and again, for a quarter of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _builder(settings: Settings) -> Iterator[Connection]:
    """One of several who build at the same time: what takes long keeps nobody waiting but autovacuum.

    Nobody waits for the disk either: what was built without a switch is built anew.
    """
    with connect(settings, REBUILD) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0")
        connection.execute("set lock_timeout = '1min'")
        connection.execute(AT_FULL_SPEED)
        yield connection


def _ends(source: kafka.KafkaConsumer) -> dict[Place, int]:
    """Where the partitions end that hold anything; nothing while a broker that has just come doesn't know."""
    try:
        partitions = [
            kafka.TopicPartition(topic, number)
            for topic in TOPICS
            for number in source.partitions_for_topic(topic) or ()
        ]
        return {(at.topic, at.partition): end for at, end in source.end_offsets(partitions).items() if end}
    except (kafka.KafkaError, KeyError):
        return {}


def _read_together(settings: Settings, others: ProcessPoolExecutor, source: kafka.KafkaConsumer) -> int:
    """Reads up to where the topics end, in several processes; nothing where that is not worth it.

    A stream is in one partition, and a partition is read by one process: none waits for another. Those with few events
    are not worth a turn: they are read with what comes meanwhile.
    """
    ends = _ends(source)
    if sum(ends.values()) < LARGE_BATCH:
        return 0
    worth = ((place, end) for place, end in ends.items() if end >= FEW)
    places = sorted(worth, key=lambda place: place[1], reverse=True)
    shares = [others.submit(_read_beside, settings, places) for _ in places[1:PROCESSES]]
    return _read_share(settings, places, source) + sum(share.result() for share in shares)


@cache
def _open(bootstrap: str) -> kafka.KafkaConsumer:
    """A builder's own, from its start on: a consumer takes a quarter of a second to come to its first message."""
    return kafka.consumer(bootstrap)


def _read_beside(settings: Settings, places: Sequence[tuple[Place, int]]) -> int:
    return _read_share(settings, places, _open(settings.kafka_bootstrap))


def _read_share(settings: Settings, places: Sequence[tuple[Place, int]], source: kafka.KafkaConsumer) -> int:
    """One partition after another: what is told of an item comes together, and hardly a row is closed again."""
    count = 0
    with _builder(settings) as connection, _no_collector():
        for place, end in _claimed(connection, places):
            consumer = consumer_of(
                connection, source, settings, batch=LARGE_BATCH, pause=10 * PAUSE, lease_seconds=10 * ALONE, only=place
            )
            count += _read_to_the_end(consumer, {place: end})
            consumer.let_go()
    return count


def _claimed(connection: Connection, places: Sequence[tuple[Place, int]]) -> Iterator[tuple[Place, int]]:
    """What nobody else has begun to read, each when it is this process's turn.

    The largest ones come first: then all processes are done at about the same time, whenever each of them began.
    """
    for place, end in places:
        if connection.execute(CLAIM, place).rowcount:
            yield place, end


def _read_to_the_end(consumer: Consumer, until: Mapping[Place, int] | None = None) -> int:
    """Up to these ends. Without them in rounds, each up to where the topics ended when it began, until one was short.

    Where events never pause there is no moment at which all are read: the last ones are read after the switch.
    """
    count = 0
    quiet_since = began = time.monotonic()
    ends: Mapping[Place, int] = until or {}
    while not (consumer.reached(ends) and (until or time.monotonic() - began < SHORT)):
        if not ends or consumer.reached(ends):
            began, ends = time.monotonic(), consumer.ends()
            if consumer.reached(ends):
                continue
        read = consumer.step(0.2 if ends else 0.0, ends)
        count += read
        if read:
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > 60:  # noqa: PLR2004
            raise TimeoutError("Kafka gave nothing for 60 s; the live read model stays as it is")
    return count


def switch(connection: Connection) -> None:
    """`rebuild` becomes `live`, at once for everybody; a consumer finds its place moved and reads on here.

    It waits for the batch that is being written, as every batch begins with its place in `checkpoint`: none may end in
    another schema than it began in. It doesn't wait for readers, and none wait for it: the old tables stay for them.
    """
    with connection.transaction():
        connection.execute("set local synchronous_commit = on")
        if schemas.mark_of(connection, LIVE) is not None:
            connection.execute("set local lock_timeout = '15s'")  # a connection is idle in a transaction no longer
            connection.execute("lock table live.checkpoint")
            connection.execute(LATER_EPOCHS)
            connection.execute("alter schema live rename to retired")
        connection.execute("alter schema rebuild rename to live")


def consumer_of(
    connection: Connection,
    source: kafka.KafkaConsumer,
    settings: Settings,
    *,
    batch: int | None = None,
    pause: float = 0.0,
    lease_seconds: float | None = None,
    only: Place | None = None,
) -> Consumer:
    return Consumer(
        connection,
        source,
        TimelineProjection(),
        (only[0],) if only else TOPICS,
        holder=Holder.new(),
        lease_seconds=lease_seconds or settings.lease_seconds,
        batch=batch or settings.consumer_batch,
        pause=pause,
        only=only,
        check=schemas.check(fingerprint()),
    )
