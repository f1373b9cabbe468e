"""One batch of messages into a read model: applied, skipped or parked, with the offsets, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from uuid import UUID

import psycopg
from opentelemetry.trace import SpanKind

from shared import copying, envelope, telemetry
from shared.database import Connection
from shared.envelope import Envelope
from shared.inbox.sorting import Head, Message, Parked, Sorted, Why, sort_out
from shared.lease import HELD

Place = tuple[str, int]
"""Topic and partition."""


class Projection(Protocol):
    """A read model: what events mean in its tables."""

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        """Writes what the events mean, set-based. Types that it doesn't know mean nothing to it.

        Returns stream → (version, reason) where an event could not be applied; nothing of that stream from that version
        on was written.
        """
        ...


class PositionLost(Exception):  # noqa: N818
    """Lease or place in the topic are no longer ours: another process reads on, or the read model was switched."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a batch says of one partition."""

    expected: int
    following: int
    epoch: int
    end: int


HEADS = """
select stream::text, max(version), max(why)
from (
    select stream, cardinality(events) as version, null as why from applied
    where stream = any((select %(streams)s::uuid[])::uuid[])
    union all
    select * from (
        select distinct on (stream) stream, 0, why from parked
        where stream = any((select %(streams)s::uuid[])::uuid[]) and why <> 'behind' order by stream, version
    ) waiting
) known
group by stream
"""
"""By a subquery: of an array that it sees the planner looks at each element, which takes half as long as the answer."""

APPLIED = """
select stream::text, version, event
from applied, unnest(events) with ordinality told(event, version)
where stream = any(%(streams)s::uuid[])
"""

APPLIED_SINCE = """
update applied set events = applied.events || later.events
from (
    select stream, array_agg(event order by number) as events
    from unnest(%(streams)s::uuid[], %(events)s::uuid[]) with ordinality told(stream, event, number)
    group by stream
) later
where applied.stream = later.stream
"""

ADVANCE = f"""
update checkpoint set next_offset = %(following)s, revision = revision + 1,
    newest = greatest(newest, %(newest)s), end_offset = %(end)s,
    caught_up = case when %(following)s >= %(end)s then clock_timestamp() else caught_up end
where topic = %(topic)s and partition = %(partition)s and next_offset = %(expected)s and {HELD}
"""  # noqa: S608 - constants

HOLD_ALL_PLACES = "select from checkpoint order by topic, partition for update"
REVISED = "update checkpoint set revision = revision + 1"

PARK = """
insert into parked (topic, partition, "offset", stream, version, event, type, why, detail, message)
values (
    %(topic)s, %(partition)s, %(offset)s, %(stream)s, %(version)s, %(event)s, %(type)s, %(why)s, %(detail)s, %(message)s
)
on conflict (topic, partition, "offset") do update set why = excluded.why, detail = excluded.detail
"""

UNPARK = """
delete from parked where stream = any(%(streams)s) returning topic, partition, "offset", message, version
"""


LARGEST_VERSION = 2**31 - 1
"""PostgreSQL's integer."""

CANONICAL = b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
"""How a store writes the id of a stream: the one spelling of a UUID that we take, each digit an x."""
DIGITS = bytes(ord("x") if byte in b"0123456789abcdef" else byte if byte == ord("-") else 0 for byte in range(256))
"""Each byte as `CANONICAL` has it: a regular expression takes twice as long."""

FROM_UTC = timedelta(hours=16)
"""PostgreSQL takes no time zone that is so far from UTC."""

FIRST_YEAR, LAST_YEAR = date.min.year, date.max.year
"""In another time zone a moment in them may have no date."""


def read_message(topic: str, partition: int, offset: int, value: bytes | None) -> Message:
    """A message as far as it can be read; needs of it the envelope and a stream, and nothing else."""
    text = value or b""
    try:
        event: Envelope | None = envelope.read(text)
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors, but for endless nesting
        event = None
    return Message(topic, partition, offset, text, event if event and _ours(event) else None)


def _ours(event: Envelope) -> bool:
    """Whether a store of ours can have written it. What it can't have written, `tables.sql` may not take."""
    time = event.time
    return (
        event.subject.encode(errors="replace").translate(DIGITS) == CANONICAL
        and 1 <= event.sequence <= LARGEST_VERSION
        and _is_plain(event.type)
        and (time.tzinfo is UTC or _is_near_utc(time))
        and FIRST_YEAR < time.year < LAST_YEAR
    )


@lru_cache
def _is_plain(type_: str) -> bool:
    """No store of ours writes others, and PostgreSQL takes no NUL."""
    return type_.isprintable() and "\\" not in type_


def _is_near_utc(time: datetime) -> bool:
    return time.tzinfo is not None and abs(time.utcoffset() or timedelta()) < FROM_UTC


class Inbox:
    """`holder` is this process's name in the leases; "" when the read model is being built by one process alone."""

    def __init__(self, projection: Projection, holder: str) -> None:
        self._projection = projection
        self._holder = holder

    def take(self, connection: Connection, messages: Sequence[Message], progress: Mapping[Place, Progress]) -> None:
        """A batch with its offsets: all of it or nothing. Raises PositionLost where another process was first.

        The offsets come first: they hold lease and place until the commit. So a batch that outlasts its lease is not
        taken over and done in vain, and a replay waits for it.
        """
        causes = (message.event.traceparent for message in messages if message.event)
        with telemetry.span("project a batch", kind=SpanKind.CONSUMER, causes=causes), connection.transaction():
            newest = _newest(messages, len(progress))
            for place, reached in sorted(progress.items()):
                self._advance(connection, place, reached, newest.get(place))
            found = self._settle(connection, messages)
        for parked in found.park:
            telemetry.log.error(
                "event set aside",
                why=parked.why,
                detail=parked.detail,
                topic=parked.message.topic,
                partition=parked.message.partition,
                offset=parked.message.offset,
                stream=parked.message.event and parked.message.event.subject,
            )

    def replay(self, connection: Connection, streams: Sequence[UUID] | None = None) -> tuple[int, int]:
        """Tries again, in order, what was set aside: (how many went through, how many are set aside still)."""
        with connection.transaction():
            connection.execute(HOLD_ALL_PLACES)
            if streams is None:
                rows = connection.execute("select distinct stream from parked where stream is not null").fetchall()
                streams = [row[0] for row in rows]
            connection.execute(REVISED)
            return self._replay(connection, streams)

    def _settle(self, connection: Connection, messages: Sequence[Message]) -> Sorted:
        found = self._sort(connection, messages)
        failures = self._apply(connection, [m.event for m in found.apply if m.event])
        _set_aside(found, failures)
        _remember(connection, found.apply)
        _park(connection, found.park)
        if mended := [UUID(stream) for stream in found.mended - failures.keys()]:
            self._replay(connection, mended)
        return found

    def _replay(self, connection: Connection, streams: Sequence[UUID]) -> tuple[int, int]:
        rows = connection.execute(UNPARK, {"streams": list(streams)}).fetchall()
        rows.sort(key=lambda row: (row[4] or 0, row[2]))
        found = self._settle(
            connection,
            [read_message(topic, partition, offset, text.encode()) for topic, partition, offset, text, _ in rows],
        )
        return len(found.apply), len(found.park)

    def _sort(self, connection: Connection, messages: Sequence[Message]) -> Sorted:
        streams = "{" + ",".join({message.event.subject for message in messages if message.event}) + "}"
        heads = {
            stream: Head(version, why)
            for stream, version, why in connection.execute(HEADS, {"streams": streams}).fetchall()
        }
        again = heads and {
            event.subject
            for message in messages
            if (event := message.event) and (head := heads.get(event.subject)) and event.sequence <= head.version
        }
        applied: dict[tuple[str, int], UUID] = {}
        if again:
            rows = connection.execute(APPLIED, {"streams": [*again]}).fetchall()
            applied = {(stream, version): event for stream, version, event in rows}
        return sort_out(messages, heads, applied)

    def _apply(self, connection: Connection, events: Sequence[Envelope]) -> dict[str, tuple[int, str]]:
        """The whole batch at once; where it can't be applied, by halves, until what can't be stands alone.

        So it is always the same event that fails, whatever it came with, and those before it in its stream do not.
        Nothing that an event holds may end the reader: it would come back to the same event for ever.
        """
        if not events:
            return {}
        try:
            with connection.transaction():
                return dict(self._projection.apply(connection, events))
        except psycopg.OperationalError:
            raise
        except Exception as error:
            if connection.closed:
                raise
            if len(events) == 1:
                return {events[0].subject: (events[0].sequence, _reason(error))}
        middle = len(events) // 2
        failures = self._apply(connection, events[:middle])
        rest = [event for event in events[middle:] if event.subject not in failures]
        return failures | self._apply(connection, rest)

    def _advance(self, connection: Connection, place: Place, reached: Progress, newest: datetime | None) -> None:
        topic, partition = place
        parameters = {
            "topic": topic,
            "partition": partition,
            "expected": reached.expected,
            "following": reached.following,
            "end": reached.end,
            "newest": newest,
            "lease": f"{topic}/{partition}",
            "holder": self._holder,
            "epoch": reached.epoch,
        }
        if connection.execute(ADVANCE, parameters).rowcount != 1:
            raise PositionLost(f"{topic}/{partition} at {reached.expected}")


def _newest(messages: Sequence[Message], places: int) -> dict[Place, datetime]:
    """When the last event was recorded that came from each of so many places."""
    newest: dict[Place, datetime] = {}
    for message in reversed(messages):
        if message.event:
            newest.setdefault((message.topic, message.partition), message.event.time)
            if len(newest) == places:
                break
    return newest


def _set_aside(found: Sorted, failures: Mapping[str, tuple[int, str]]) -> None:
    """What could not be applied after all, and what of its stream comes behind it."""
    if not failures:
        return
    went_through: list[Message] = []
    for message in found.apply:
        assert message.event is not None  # noqa: S101 - only events are applied
        version, reason = failures.get(message.event.subject, (None, ""))
        if version is None or message.event.sequence < version:
            went_through.append(message)
        else:
            why: Why = "failed" if message.event.sequence == version else "behind"
            found.park.append(Parked(message, why, reason if why == "failed" else "waits behind a failed"))
    found.apply = went_through


def _reason(error: Exception) -> str:
    """What the database says speaks for itself; of anything else the name says more than the text."""
    text = str(error) if isinstance(error, psycopg.Error) else f"{type(error).__name__}: {error}"
    return text.replace("\x00", "�")


def _remember(connection: Connection, messages: Sequence[Message]) -> None:
    """In the order of the key, as bytes sort: an index takes it at half the cost."""
    begun: dict[str, list[UUID]] = {}
    later: list[tuple[str, UUID]] = []
    for message in messages:
        event = message.event
        assert event is not None  # noqa: S101 - only events are applied
        if event.sequence == 1:
            begun[event.subject] = [event.id]
        elif event.subject in begun:
            begun[event.subject].append(event.id)
        else:
            later.append((event.subject, event.id))
    rows = [copying.uuid(stream) + copying.whole_uuids(events) for stream, events in begun.items()]
    copying.write(connection, "applied", ("stream", "events"), sorted(rows))
    if later:
        streams, events = zip(*later, strict=True)
        connection.execute(APPLIED_SINCE, {"streams": [*streams], "events": [*events]})


def _park(connection: Connection, parked: Sequence[Parked]) -> None:
    connection.cursor().executemany(
        PARK,
        [
            {
                "topic": one.message.topic,
                "partition": one.message.partition,
                "offset": one.message.offset,
                "stream": one.message.event.subject if one.message.event else None,
                "version": one.message.event.sequence if one.message.event else None,
                "event": one.message.event.id if one.message.event else None,
                "type": one.message.event.type if one.message.event else None,
                "why": one.why,
                "detail": one.detail,
                "message": one.message.text,
            }
            for one in parked
        ],
    )
