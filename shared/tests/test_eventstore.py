"""What an event store promises: the same for the one in memory and the one in PostgreSQL."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import identity
from shared.eventstore import Answer, Conflict, Facts, KeyTaken, OutcomeUnknown
from shared.eventstore.memory import InMemoryEventStore
from shared.tests.notes.service import NOTE, written

ANSWER = Answer(201, {"id": "1", "version": 1, "events": ["samtidig.note.written.v1"]}, {"ETag": '"1"'})


def append(store, *appends, **key):
    with store.session() as session:
        session.append_all(appends, **key)


def load(store, stream, **more):
    with store.session() as session:
        return session.load(stream, **more)


@pytest.fixture
def stream():
    return identity.new()


def test_a_stream_that_nobody_wrote_is_empty(store, stream):
    loaded = load(store, stream)
    assert (loaded.version, loaded.history, loaded.answered, loaded.facts) == (0, [], None, {})
    assert store.read(stream) == []


def test_what_was_appended_is_read_byte_for_byte_and_in_order(store, stream):
    first, second = written(stream, 0, "å", "\u2028 \\u0000 'quoted'; %s %(x)s"), written(stream, 2, "three")
    append(store, first)
    append(store, second)
    events = [*first.events, *second.events]
    loaded = load(store, stream)
    assert loaded.version == 3
    assert loaded.history == [event.envelope for event in events]
    assert [(event.version, event.id, event.type, event.envelope) for event in store.read(stream)] == [
        (event.version, event.id, event.type, event.envelope) for event in events
    ]
    assert [event.version for event in store.read(stream, after=2)] == [3]


def test_streams_do_not_mix(store, stream):
    other = identity.new()
    append(store, written(stream, 0, "mine"))
    append(store, written(other, 0, "theirs"))
    assert load(store, stream).version == load(store, other).version == 1


def test_an_append_behind_a_version_that_has_passed_is_a_conflict_and_writes_nothing(store, stream):
    append(store, written(stream, 0, "first"))
    with pytest.raises(Conflict):
        append(store, written(stream, 0, "late", "later"))
    assert [event.version for event in store.read(stream)] == [1]
    append(store, written(stream, 1, "second"))
    assert load(store, stream).version == 2


def test_several_streams_are_appended_to_together_or_not_at_all(store, stream):
    other, third = identity.new(), identity.new()
    append(store, written(other, 0, "was here"))
    with pytest.raises(Conflict):
        append(
            store,
            written(stream, 0, "a"),
            written(other, 0, "b"),
            written(third, 0, "c"),
            key=str(stream),
            answer=ANSWER,
        )
    assert [load(store, name).version for name in (stream, other, third)] == [0, 1, 0]
    assert load(store, stream, key=str(stream)).answered is None
    append(store, written(stream, 0, "a"), written(other, 1, "b"), written(third, 0, "c"))
    assert [load(store, name).version for name in (stream, other, third)] == [1, 2, 1]


def test_an_answer_is_kept_with_its_key_and_fingerprint(store, stream):
    key = str(identity.new())
    append(store, written(stream, 0, "line"), key=key, fingerprint="f", answer=ANSWER)
    assert load(store, stream, key=key).answered == ("f", ANSWER)
    assert load(store, identity.new(), key=key).answered == ("f", ANSWER)
    assert load(store, stream).answered is None
    assert load(store, stream, key="another").answered is None


def test_a_key_is_used_once_also_on_another_stream(store, stream):
    key = str(identity.new())
    append(store, written(stream, 0, "line"), key=key, fingerprint="f", answer=ANSWER)
    other = identity.new()
    with pytest.raises(KeyTaken):
        append(store, written(other, 0, "line"), key=key, fingerprint="g", answer=ANSWER)
    assert load(store, other).version == 0
    assert load(store, other, key=key).answered == ("f", ANSWER)


def test_an_answer_is_kept_also_where_nothing_happened(store, stream):
    key = str(identity.new())
    append(store, written(stream, 0), key=key, fingerprint="f", answer=ANSWER)
    assert load(store, stream, key=key).answered == ("f", ANSWER)
    assert load(store, stream).version == 0


def test_the_clock_of_a_stream_never_goes_back(store, stream):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    append(store, written(stream, 0, "from a clock that was wrong", time=tomorrow))
    assert load(store, stream).now >= tomorrow
    assert load(store, identity.new()).now < tomorrow
    assert load(store, stream).now.utcoffset() == timedelta()


def test_the_whole_store_is_read_in_pages_in_order(store):
    streams = [identity.new() for _ in range(3)]
    start = max((position for position, _ in store.read_all(limit=1_000_000)), default=0)
    for version in range(4):
        for stream in streams:
            append(store, written(stream, version, "line"))
    found, after = [], start
    while page := list(store.read_all(after=after, limit=5)):
        assert len(page) <= 5
        found += page
        after = page[-1][0]
    assert [position for position, _ in found] == sorted({position for position, _ in found})
    assert [(event.stream, event.version) for _, event in found] == [
        (stream, version) for version in range(1, 5) for stream in streams
    ]


def test_eight_writers_leave_no_gap_and_positions_in_the_order_of_versions(store):
    """Each of eight threads appends to a stream of its own and to two that all share, and tries again when it loses."""
    shared_streams = [identity.new(), identity.new()]
    own = [identity.new() for _ in range(8)]
    begin = threading.Barrier(8)
    each = 12

    def write(mine):
        begin.wait()
        lost = 0
        for turn in range(each):
            for target in (mine, shared_streams[turn % 2]):
                while True:
                    try:
                        with store.session() as session:
                            session.append(written(target, session.load(target).version, f"{mine} {turn}"))
                        break
                    except Conflict:
                        lost += 1
        return lost

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, own))
    positions = {event.id: position for position, event in store.read_all(limit=1_000_000)}
    for target, expected in [*((name, each) for name in own), *((name, 4 * each) for name in shared_streams)]:
        events = store.read(target)
        assert [event.version for event in events] == list(range(1, expected + 1))
        order = [positions[event.id] for event in events]
        assert order == sorted(order)
        assert len({event.envelope for event in events}) == expected


# Whatever is done to both, both are the same

OPERATIONS = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
            min_size=1,
            max_size=3,
            unique_by=lambda one: one[0],
        ),
        st.sampled_from([None, None, "a", "b"]),
    ),
    max_size=10,
)
"""Several appends (stream, versions behind the present one, events), with an idempotency key or without."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OPERATIONS)
def test_both_stores_answer_every_history_alike(postgres_store, operations):
    memory = InMemoryEventStore()
    streams = [identity.new() for _ in range(3)]
    run = str(identity.new())
    numbers = itertools.count()
    for wanted, key in operations:
        appends = [
            written(
                streams[number],
                max(0, load(memory, streams[number]).version - behind),
                *[f"line {next(numbers)}" for _ in range(count)],
            )
            for number, behind, count in wanted
            if count
        ]
        keyed = {"key": f"{run} {key}", "fingerprint": str(next(numbers)), "answer": ANSWER} if key else {}
        outcomes = []
        for store in (memory, postgres_store):
            try:
                append(store, *appends, **keyed)
                outcomes.append("done")
            except (Conflict, KeyTaken) as refused:
                outcomes.append(type(refused).__name__)
        assert outcomes[0] == outcomes[1]
        for stream in streams:
            assert load(memory, stream).history == load(postgres_store, stream).history
        for name in ("a", "b"):
            found = [load(store, streams[0], key=f"{run} {name}").answered for store in (memory, postgres_store)]
            assert found[0] == found[1]


# PostgreSQL only: tables, locks, lost connections


def count(database, query, **parameters):
    with database.connection() as connection:
        return connection.execute(query, parameters).fetchone()[0]


def test_events_outbox_and_read_table_are_written_together(database, postgres_store, stream):
    append(postgres_store, written(stream, 0, "one", "two"))
    places = "select array_agg(position order by position) from event where stream = %(stream)s"
    positions = count(database, places, stream=stream)
    assert len(positions) == 2
    assert count(database, "select count(*) from outbox where position = any(%(at)s)", at=positions) == 2
    assert count(database, "select lines from note where id = %(id)s", id=stream) == 2


def test_a_read_table_that_refuses_leaves_nothing_behind(database, postgres_store, stream):
    other = identity.new()
    with pytest.raises(Exception, match="note_last_check"):
        append(
            postgres_store,
            written(other, 0, "good"),
            written(stream, 0, "one", "poison"),
            key=str(stream),
            answer=ANSWER,
        )
    assert postgres_store.read(stream) == postgres_store.read(other) == []
    assert load(postgres_store, stream, key=str(stream)).answered is None
    assert count(database, "select count(*) from note where id = any(%(ids)s)", ids=[stream, other]) == 0
    append(postgres_store, written(stream, 0, "one"))


LINES = Facts(
    "select coalesce(sum(lines), 0) as lines from note where id = any(%(ids)s)",
    lambda row: row["lines"],
    lock="lines of two notes",
)


def test_facts_stay_true_until_the_append_is_committed(postgres_store):
    """Eight writers on eight streams may together write three lines: none reads the facts while another decides."""
    streams = [identity.new() for _ in range(8)]
    facts = Facts(LINES.query, LINES.read, {"ids": streams}, LINES.lock)
    begin = threading.Barrier(8)

    def write(stream):
        begin.wait()
        with postgres_store.session() as session:
            loaded = session.load(stream, facts=facts)
            if facts.read(loaded.facts) >= 3:
                return False
            session.append(written(stream, loaded.version, "line"))
            return True

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(write, streams)) == [False] * 5 + [True] * 3
    assert sum(load(postgres_store, stream).version for stream in streams) == 3


def test_a_decision_that_was_given_up_lets_go_of_the_lock(database, postgres_store, stream):
    facts = Facts(LINES.query, LINES.read, {"ids": [stream]}, LINES.lock)
    with postgres_store.session() as session:
        session.load(stream, facts=facts)
    free = "select pg_try_advisory_lock(2, hashtext(%(lock)s)) and pg_advisory_unlock(2, hashtext(%(lock)s))"
    assert count(database, free, lock=LINES.lock)


def test_facts_without_a_lock_are_read_with_the_stream(postgres_store, stream):
    append(postgres_store, written(stream, 0, "one", "two"))
    facts = Facts(LINES.query, LINES.read, {"ids": [stream]})
    assert facts.read(load(postgres_store, stream, facts=facts).facts) == 2


def test_many_streams_are_loaded_with_clock_and_facts(postgres_store, stream):
    append(postgres_store, written(stream, 0, "one", "two"))
    new = identity.new()
    facts = Facts(LINES.query, LINES.read, {"ids": [stream]}, LINES.lock)
    with postgres_store.session() as session:
        many = session.load_many([stream, new], facts=facts)
        assert {name: len(history) for name, history in many.histories.items()} == {stream: 2}
        assert many.facts == {"lines": 2}
        assert abs(many.now - datetime.now(UTC)) < timedelta(minutes=1)
        session.append_all([written(new, 0, "first"), written(stream, 2, "third")])
    assert [load(postgres_store, name).version for name in (new, stream)] == [1, 3]


class Broken:
    """A connection that is lost at its next statement: before the server has it, or after it was carried out."""

    def __init__(self, connection, *, after):
        self._connection, self._after = connection, after

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, *statement, **options):
        if self._after:
            self._connection.execute(*statement, **options)
        self._connection.close()
        return self._connection.execute("select 1")


@pytest.mark.parametrize("lines", [["line"], []])
def test_an_append_whose_answer_was_lost_is_found(postgres_store, stream, lines):
    with postgres_store.session() as session:
        session._connection = Broken(session._connection, after=True)
        session.append(written(stream, 0, *lines), key=str(stream), fingerprint="f", answer=ANSWER)
    assert load(postgres_store, stream, key=str(stream)).version == len(lines)
    assert load(postgres_store, stream, key=str(stream)).answered == ("f", ANSWER)


@pytest.mark.parametrize("lines", [["line"], []])
def test_an_append_that_never_arrived_is_not_repeated_blindly(postgres_store, stream, lines):
    with postgres_store.session() as session:
        session._connection = Broken(session._connection, after=False)
        with pytest.raises(OutcomeUnknown):
            session.append(written(stream, 0, *lines), key=str(stream), fingerprint="f", answer=ANSWER)
    assert load(postgres_store, stream, key=str(stream)).version == 0
    assert load(postgres_store, stream, key=str(stream)).answered is None


def test_positions_follow_versions_where_a_read_table_is_slow(database, postgres_store, stream):
    """The stream's lock comes first: who waits for it has no position yet."""
    rounds = 10

    def write(_):
        for _turn in range(rounds):
            while True:
                try:
                    with postgres_store.session() as session:
                        session.append(written(stream, session.load(stream).version, "line", "line"))
                    break
                except Conflict:
                    continue

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    ordered = "select array_agg(version order by position) from event where stream = %(stream)s"
    assert count(database, ordered, stream=stream) == list(range(1, 4 * rounds * 2 + 1))


def test_the_aggregate_folds_what_was_stored(postgres_store, stream):
    append(postgres_store, written(stream, 0, "one", "two", "three"))
    assert NOTE.fold(load(postgres_store, stream).history) == 3
