"""A batch into a read model, on a real PostgreSQL: each event has its effect once, in order, whatever comes how."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.database import OPTIONS, Connection
from shared.inbox import TABLES
from shared.inbox.inbox import Inbox, PositionLost, read_message
from shared.inbox.tests import ledger
from shared.inbox.tests.ledger import (
    ME,
    PARTITION,
    TOPIC,
    Ledger,
    lines,
    messages,
    parked,
    place,
    progress,
    stream,
    value,
)
from shared.lease import Holder
from shared.testing.plugin import Postgres

CALM = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> str:
    url = postgres.database()
    with psycopg.connect(url) as connection:
        connection.execute(TABLES.encode())
        connection.execute(ledger.TABLE)
    return url


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with psycopg.connect(database, autocommit=True, options=OPTIONS) as connection:
        connection.execute("truncate checkpoint, applied, parked, lease, ledger")
        yield connection


@pytest.fixture
def other(database: str) -> Iterator[Connection]:
    """Another process, which does not wait long for locks."""
    with psycopg.connect(database, autocommit=True, options=f"{OPTIONS} -c lock_timeout=100ms") as connection:
        yield connection


class Reader:
    """A process that holds the partition, and takes from it what it is told."""

    def __init__(self, connection: Connection, projection: Ledger | None = None) -> None:
        self.connection = connection
        self.projection = projection or Ledger()
        self.inbox = Inbox(self.projection, ME)
        self.epoch = ledger.begin(connection)

    def take(self, told: str) -> None:
        self.take_all(messages(told, first=place(self.connection)))

    def take_all(self, batch) -> None:
        at = place(self.connection)
        self.inbox.take(self.connection, batch, progress(at, len(batch), self.epoch))


@pytest.fixture
def reader(connection: Connection) -> Reader:
    return Reader(connection)


# Once, and in order


def test_what_is_delivered_twice_has_one_effect(connection, reader):
    """I2."""
    reader.take("a1 a2 a1")
    reader.take("a1 a2 a3")
    assert lines(connection) == ["a1", "a2", "a3"]
    assert place(connection) == 6
    assert parked(connection) == {}


def test_what_comes_too_early_waits_and_is_mended_in_order(connection, reader):
    """I3."""
    reader.take("a1 a3 b1")
    assert lines(connection) == ["a1", "b1"]
    assert parked(connection) == {"a3": "gap"}
    reader.take("a4")
    assert parked(connection) == {"a3": "gap", "a4": "behind"}
    reader.take("a2 a5")
    assert [line for line in lines(connection) if line[0] == "a"] == ["a1", "a2", "a3", "a4", "a5"]
    assert parked(connection) == {}


def test_a_gap_that_is_closed_within_the_batch_leaves_nothing_behind(connection, reader):
    reader.take("a3 a2 a1")
    assert lines(connection) == ["a1", "a2", "a3"]
    assert parked(connection) == {}


def test_a_gap_behind_a_gap_is_mended_too(connection, reader):
    reader.take("a5 a3 a1")
    reader.take("a2")
    assert lines(connection) == ["a1", "a2", "a3"]
    assert parked(connection) == {"a5": "gap"}
    reader.take("a4")
    assert lines(connection) == ["a1", "a2", "a3", "a4", "a5"]


DELIVERIES = st.lists(st.integers(1, 5), min_size=3, max_size=3).flatmap(
    lambda lengths: st.tuples(
        st.permutations(
            every := [f"{name}{v}" for name, n in zip("abc", lengths, strict=True) for v in range(1, n + 1)]
        ),
        st.lists(st.sampled_from(every), max_size=6),
        st.randoms(use_true_random=False),
    )
)
BATCHES = st.integers(1, 7)


@CALM
@given(DELIVERIES, BATCHES, st.sets(st.integers(0, 9)))
def test_any_order_and_any_repetition_end_in_the_straight_order(database, delivery, size, crashes):
    """I2, I3: each event arrives at least once, in batches of any size, some of which die before they commit."""
    words, again, chance = delivery
    words = [*words]
    for repeated in again:
        words.insert(chance.randint(0, len(words)), repeated)
    with psycopg.connect(database) as connection, connection.transaction(force_rollback=True):
        connection.execute("truncate checkpoint, applied, parked, lease, ledger")
        reader = Reader(connection)
        for n in range(0, len(words), size):
            batch = " ".join(words[n : n + size])
            if n // size in crashes:
                die_before_commit(reader, batch)
            reader.take(batch)
        straight = sorted(set(words))
        assert sorted(lines(connection)) == straight, "once"
        for name in "abc":
            assert [line for line in lines(connection) if line[0] == name] == [w for w in straight if w[0] == name]
        assert sorted(ledger.applied(connection)) == straight
        assert parked(connection) == {}
        assert place(connection) == len(words)


def die_before_commit(reader: Reader, batch: str) -> None:
    with reader.connection.transaction(force_rollback=True):
        reader.take(batch)


# Forks


def test_a_fork_halts_its_stream_and_no_other(connection, reader):
    """I11: nothing is overwritten, and it stays halted."""
    reader.take("a1 a2 a3 b1")
    reader.take("a2x a3x b2 a4x")
    assert lines(connection) == ["a1", "a2", "a3", "b1", "b2"]
    assert parked(connection) == {"a2": "fork", "a3": "fork", "a4": "behind"}
    reader.take("a4x b3")
    assert lines(connection)[-1] == "b3"
    detail = connection.execute("select detail from parked where why = 'fork' order by version").fetchone()[0]
    assert "rewound" in detail
    assert reader.inbox.replay(connection) == (0, 4), "a second look doesn't undo a fork"
    assert "a4" not in lines(connection)


# What cannot be read


@pytest.mark.parametrize(
    "unreadable",
    [
        None,
        b"",
        b"\xff\xfe\x00",
        b"Hei",
        b"[]",
        b"{}",
        value("a", 1, sequence="1"),
        value("a", 0),
        value("a", -1),
        value("a", 2**31),
        value("a", 1, subject="sentralt tiltak"),
        value("a", 1, subject=f"urn:uuid:{stream('a')}"),
        value("a", 1, time="2018-01-01T00:00:00"),
        value("a", 1, time="0001-01-01T00:00:00+01:00"),
        value("a", 1, time="9999-12-31T23:59:59-01:00"),
        value("a", 1, type="samtidig.\x00.v1"),
        value("a", 1, type="samtidig.\t.v1"),
        value("a", 1).replace(b'"data":{}', b'"data":' + b"[" * 100_000 + b"]" * 100_000),
        value("a", 1).replace(b'"data":{}', b'"data":{"title":"\\ud800"}'),
    ],
    ids=lambda given: repr(given)[:90] if given is None or len(given) < 9 else repr(given[-90:])[:40],
)
def test_what_cannot_be_read_is_set_aside_and_stops_nothing(connection, reader, unreadable):
    """I9: not the stream that it may have meant either, which simply waits for its version."""
    at = place(connection)
    batch = [read_message(TOPIC, PARTITION, at, unreadable), *messages("a1 b1", first=at + 1)]
    reader.take_all(batch)
    assert lines(connection) == ["a1", "b1"]
    assert parked(connection) == {"?": "unreadable"}
    assert place(connection) == 3


# Handlers that fail


@pytest.mark.parametrize("how", ["fails", "refused"])
def test_an_event_that_fails_holds_up_its_stream_from_there_on_and_no_other(connection, how):
    """I9, whether the projection doesn't understand it or the database doesn't take it."""
    reader = Reader(connection, Ledger(**{how: {(stream("a"), 3)}}))
    reader.take("a1 a2 b1 a3 a4 b2")
    assert sorted(lines(connection)) == ["a1", "a2", "b1", "b2"]
    assert parked(connection) == {"a3": "failed", "a4": "behind"}
    reader.take("a5 b3")
    assert parked(connection) == {"a3": "failed", "a4": "behind", "a5": "behind"}
    assert "b3" in lines(connection)


@pytest.mark.parametrize("how", ["fails", "refused"])
def test_when_the_fault_is_mended_a_replay_goes_on_in_order(connection, how):
    """I9."""
    reader = Reader(connection, Ledger(**{how: {(stream("a"), 2)}}))
    reader.take("a1 a2 a3 b1 a4 a3")
    assert reader.inbox.replay(connection) == (0, 3), "not mended yet"
    assert parked(connection) == {"a2": "failed", "a3": "behind", "a4": "behind"}
    getattr(reader.projection, how).clear()
    assert reader.inbox.replay(connection) == (3, 0)
    assert [line for line in lines(connection) if line[0] == "a"] == ["a1", "a2", "a3", "a4"]
    assert parked(connection) == {}
    reader.take("a5")
    assert lines(connection)[-1] == "a5"


def test_the_revision_grows_with_every_batch_and_replay(connection):
    """So that whoever keeps answers knows when they are old."""

    def revision() -> int:
        return connection.execute("select sum(revision) from checkpoint").fetchone()[0]

    reader = Reader(connection, Ledger(fails={(stream("a"), 1)}))
    seen = [revision()]
    for step in (lambda: reader.take("a1"), lambda: reader.take("b1"), reader.projection.fails.clear):
        step()
        seen.append(revision())
    reader.inbox.replay(connection)
    seen.append(revision())
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2, seen[0] + 2, seen[0] + 3]


def test_a_replay_that_comes_to_the_next_fault_waits_there(connection):
    reader = Reader(connection, Ledger(fails={(stream("a"), 2), (stream("a"), 4)}))
    reader.take("a1 a2 a3 a4 a5")
    reader.projection.fails.discard((stream("a"), 2))
    assert reader.inbox.replay(connection) == (2, 2)
    assert lines(connection) == ["a1", "a2", "a3"]
    assert parked(connection) == {"a4": "failed", "a5": "behind"}


def test_a_gap_that_is_mended_by_an_event_that_fails_goes_on_waiting(connection):
    reader = Reader(connection, Ledger(fails={(stream("a"), 2)}))
    reader.take("a1 a3")
    reader.take("a2")
    assert parked(connection) == {"a2": "failed", "a3": "gap"}
    reader.projection.fails.clear()
    assert reader.inbox.replay(connection) == (2, 0)
    assert lines(connection) == ["a1", "a2", "a3"]


FAULTS = st.sets(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), max_size=4)


@CALM
@given(DELIVERIES, BATCHES, FAULTS, st.sampled_from(["fails", "refused"]))
def test_with_any_faults_the_effects_end_before_the_first_of_each_stream_and_a_replay_completes_them(
    database, delivery, size, faults, how
):
    """I3, I8, I9: what has its effect depends on no order and no batches; once the faults are mended, nothing lacks."""
    words, again, chance = delivery
    words = [*words]
    for repeated in again:
        words.insert(chance.randint(0, len(words)), repeated)
    with psycopg.connect(database) as connection, connection.transaction(force_rollback=True):
        connection.execute("truncate checkpoint, applied, parked, lease, ledger")
        reader = Reader(connection, Ledger(**{how: {(stream(name), version) for name, version in faults}}))
        for n in range(0, len(words), size):
            reader.take(" ".join(words[n : n + size]))
        straight = sorted(set(words))
        first = {name: min((v for of, v in faults if of == name), default=99) for name in "abc"}
        assert sorted(lines(connection)) == [w for w in straight if int(w[1]) < first[w[0]]]
        getattr(reader.projection, how).clear()
        reader.inbox.replay(connection)
        assert sorted(lines(connection)) == straight
        for name in "abc":
            assert [line for line in lines(connection) if line[0] == name] == [w for w in straight if w[0] == name]
        assert parked(connection) == {}


# The place in the topic


def test_effects_and_place_are_written_together_or_not_at_all(connection, reader):
    """I2: killed between the effects and the commit, nothing was written, and the batch is read again."""
    reader.take("a1")
    die_before_commit(reader, "a2 b2")
    assert lines(connection) == ["a1"]
    assert parked(connection) == {}
    assert place(connection) == 1


def test_one_who_lost_the_lease_changes_nothing(connection, reader, other):
    """I2: as a process that was paused and wakes up."""
    connection.execute("update lease set expires_at = '-infinity'")
    ledger.begin(other, "another process")
    with pytest.raises(PositionLost):
        reader.take("a1 a3")
    assert lines(connection) == []
    assert parked(connection) == {}
    assert place(connection) == 0
    assert reader.projection.calls == 0, "it did not even begin"


def test_one_who_lost_the_lease_and_got_it_back_has_another_epoch(connection, reader, other):
    connection.execute("update lease set expires_at = '-infinity'")
    ledger.begin(other, "another process")
    connection.execute("update lease set expires_at = '-infinity'")
    epoch = ledger.begin(connection)
    with pytest.raises(PositionLost):
        reader.take("a1")
    reader.epoch = epoch
    reader.take("a1")
    assert lines(connection) == ["a1"]


def test_one_whose_place_was_moved_changes_nothing(connection, reader):
    """The read model was switched for one that has read less, or more."""
    connection.execute("update checkpoint set next_offset = 7")
    with pytest.raises(PositionLost):
        reader.inbox.take(connection, messages("a1"), progress(0, 1, reader.epoch))
    assert lines(connection) == []
    assert place(connection) == 7


def test_a_batch_that_outlasts_the_lease_is_finished_before_another_process_takes_over(connection, other):
    """Else two processes with slow batches would take the partition from one another for ever."""

    class Slow(Ledger):
        def apply(self, connection, events):
            other.execute("update lease set expires_at = '-infinity' where name <> %s", [ledger.LEASE])
            assert Holder("another process").hold(other, [ledger.LEASE], 60) == {}
            return super().apply(connection, events)

    reader = Reader(connection, Slow())
    connection.execute("update lease set expires_at = '-infinity'")
    reader.take("a1")
    assert lines(connection) == ["a1"]
    assert Holder("another process").hold(other, [ledger.LEASE], 60) == {ledger.LEASE: reader.epoch + 1}


def test_a_replay_and_a_batch_do_not_meet(connection, reader, other):
    """Else the batch would park an event behind one that the replay has just let through, and nothing would move it."""
    reader.projection.fails.add((stream("a"), 1))
    reader.take("a1")
    reader.projection.fails.clear()
    another = Inbox(Ledger(), ME)
    with connection.transaction():
        reader.inbox.replay(connection)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            another.take(other, messages("a2", first=1), progress(1, 1, reader.epoch))
    another.take(other, messages("a2", first=1), progress(1, 1, reader.epoch))
    assert lines(connection) == ["a1", "a2"]
    assert parked(connection) == {}
