"""Kafka → batches: partitions shared among processes by lease, places kept in the read model's own database.

The rules it keeps, and why: infra/decisions/0003-relay-and-consumer.md.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from shared import kafka, telemetry
from shared.database import Connection
from shared.inbox.inbox import Inbox, Place, PositionLost, Progress, Projection, read_message
from shared.inbox.records import read_plainly
from shared.inbox.sorting import Message
from shared.lease import Holder

STUCK = 60
"""Seconds in which the end of a partition moves and our place does not, after which the process begins anew."""

CAUGHT_UP_EVERY = 1.0
"""Seconds between two notes that nothing more is to be had: how fresh the read model can say that it is."""

PLACES = """
insert into checkpoint (topic, partition) select %(topic)s, unnest(%(partitions)s::int[]) on conflict do nothing
"""
OFFSETS = "select topic, partition, next_offset from checkpoint where topic || '/' || partition = any(%(names)s)"
MEMBERS = "select count(*) from lease where name like 'member/%%' and expires_at > clock_timestamp()"
CAUGHT_UP = """
update checkpoint set caught_up = clock_timestamp()
from unnest(%(topics)s::text[], %(partitions)s::int[], %(offsets)s::bigint[]) read(topic, partition, next_offset)
where checkpoint.topic = read.topic and checkpoint.partition = read.partition
  and checkpoint.next_offset = read.next_offset
"""


class Stuck(Exception):  # noqa: N818
    """No progress, or Kafka has lost what was read already. The process ends, and says why."""


@dataclass
class Held:
    """A partition that this process reads: under which epoch, and from where on."""

    epoch: int
    offset: int
    moved: float


class Consumer:
    def __init__(
        self,
        connection: Connection,
        source: kafka.KafkaConsumer,
        projection: Projection,
        topics: Sequence[str],
        *,
        holder: Holder,
        lease_seconds: float,
        batch: int,
        pause: float = 0.0,
        only: Place | None = None,
        check: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        """`batch`: messages in one transaction; `pause`: seconds that may pass before the next of them.

        `only`: the one partition that it reads; without, its share of all.

        `check`: raises Stuck where this program must not write to the read model that is there now.
        """
        read_plainly(source)
        self._connection = connection
        self._source = source
        self._inbox = Inbox(projection, holder.name)
        self._topics = topics
        self._holder = holder
        self._seconds = lease_seconds
        self._batch = batch
        self._pause = pause
        self._only = only
        self._check = check
        self._held: dict[Place, Held] = {}
        self._known: list[Place] = []
        self._renewed = 0.0
        self._told = 0.0

    def step(self, wait_seconds: float = 0.1, ends: Mapping[Place, int] | None = None) -> int:
        """Leases, one poll, one batch; how many messages it held. Raises Stuck.

        `ends`: where it need not wait for more.
        """
        self._renew()
        if not self._held:
            time.sleep(min(wait_seconds, self._seconds / 5))
            return 0
        batches = self._gather(wait_seconds, ends or {})
        if batches:
            self._take(batches)
        else:
            self._watch()
        return sum(len(records) for records in batches.values())

    def _gather(self, wait_seconds: float, ends: Mapping[Place, int]) -> dict[Place, list[kafka.Record]]:
        """What has come within that time, and what follows without a pause, up to a batch.

        And no longer than until the leases are to be renewed: there may never be a pause.
        """
        found: dict[Place, list[kafka.Record]] = {}
        left = self._batch
        until = time.monotonic() + wait_seconds + self._seconds / 3
        while left > 0 and time.monotonic() < until:
            try:
                polled = self._source.poll(timeout_ms=int(wait_seconds * 1000), max_records=left)
            except kafka.KafkaError as error:  # above all: it has not got our place any more
                raise Stuck(f"Kafka can't be read on: {error}") from error
            if not polled:
                break
            for partition, records in polled.items():
                place = (partition.topic, partition.partition)
                if place in self._held:
                    found.setdefault(place, []).extend(records)
                left -= len(records)
            if ends and all(self._fetched(place, found) >= end for place, end in ends.items()):
                break
            wait_seconds = self._pause
        return found

    def _fetched(self, place: Place, found: Mapping[Place, Sequence[kafka.Record]]) -> int:
        """The offset that comes next, with what was found."""
        if place in found:
            return found[place][-1].offset + 1
        return self._held[place].offset if place in self._held else 0

    def at_end(self) -> bool:
        """Whether everything that is in the topics now has been read."""
        return self.reached(self.ends())

    def ends(self) -> dict[Place, int]:
        """Where the topics end now; nothing while that is not known of all of them, or not all are held."""
        self._renew()
        if not self._held or len(self._held) < len(self._known):
            return {}
        ends = self._ends()
        places = {place: ends.get(kafka.TopicPartition(*place)) for place in self._known}
        return {} if None in places.values() else {place: end for place, end in places.items() if end is not None}

    def reached(self, ends: Mapping[Place, int]) -> bool:
        """Whether everything up to these ends has been read; False where they are not known."""
        return bool(ends) and all(
            place in self._held and self._held[place].offset >= end for place, end in ends.items()
        )

    def let_go(self) -> None:
        """Gives the leases back, so that another process can go on at once."""
        self._holder.let_go(self._connection, [*map(_name, self._held), f"member/{self._holder.name}"])

    def _take(self, batches: Mapping[Place, Sequence[kafka.Record]]) -> None:
        messages: list[Message] = []
        progress: dict[Place, Progress] = {}
        for place, records in batches.items():
            held = self._held[place]
            messages += [read_message(*place, record.offset, record.value) for record in records]
            following = records[-1].offset + 1
            end = self._source.highwater(kafka.TopicPartition(*place)) or following
            progress[place] = Progress(held.offset, following, held.epoch, end)
        try:
            self._inbox.take(self._connection, messages, progress)
        except PositionLost as lost:
            telemetry.log.warning("another process reads on", where=str(lost))
            self._assign({})
            return
        for place, reached in progress.items():
            self._held[place].offset = reached.following
            self._held[place].moved = time.monotonic()

    # Leases

    def _renew(self) -> None:
        """A fair share of the partitions: renews what is held, takes what is free, lets go of what is too much."""
        if time.monotonic() - self._renewed < self._seconds / 3:
            return
        if not self._known:
            self._known = self._partitions()
        self._holder.hold(self._connection, [f"member/{self._holder.name}"], self._seconds)
        row = self._connection.execute(MEMBERS).fetchone()
        share = ceil(len(self._known) / max(1, row[0] if row else 1))
        surplus = list(self._held)[share:]
        if surplus:
            self._holder.let_go(self._connection, [_name(place) for place in surplus])
        mine = [place for place in self._held if place not in surplus]
        kept = self._holder.hold(self._connection, [_name(place) for place in mine], self._seconds)
        others = [_name(place) for place in self._known if place not in self._held]
        while others and (wanted := share - len(kept)) > 0:
            kept |= self._holder.hold(self._connection, others[:wanted], self._seconds)
            others = others[wanted:]
        if {place: held.epoch for place, held in self._held.items()} != self._epochs(kept):
            self._assign(kept)
        self._renewed = time.monotonic()

    def _epochs(self, kept: Mapping[str, int]) -> dict[Place, int]:
        return {place: kept[_name(place)] for place in self._known if _name(place) in kept}

    def _assign(self, kept: Mapping[str, int]) -> None:
        """Reads from the places that the database gives; what was fetched for other partitions is forgotten.

        A switch of the read model always leads here, as no lease there has an epoch that was held before.
        """
        self._check(self._connection)
        epochs = self._epochs(kept)
        offsets = {
            (topic, partition): offset
            for topic, partition, offset in self._connection.execute(OFFSETS, {"names": list(kept)}).fetchall()
        }
        now = time.monotonic()
        self._held = {place: Held(epoch, offsets[place], now) for place, epoch in epochs.items()}
        self._source.assign([kafka.TopicPartition(*place) for place in self._held])
        for place, held in self._held.items():
            self._source.seek(kafka.TopicPartition(*place), held.offset)
        self._renewed = 0.0 if not kept else self._renewed
        telemetry.log.info("partitions", held=sorted(map(_name, self._held)))

    def _partitions(self) -> list[Place]:
        found: list[Place] = []
        for topic in self._topics:
            try:
                partitions = self._source.partitions_for_topic(topic) or ()
            except kafka.KafkaError:
                return []  # no broker answers; ask again
            mine = [number for number in sorted(partitions) if self._only in (None, (topic, number))]
            self._connection.execute(PLACES, {"topic": topic, "partitions": mine})
            found += [(topic, number) for number in mine]
        if len({topic for topic, _ in found}) < len(self._topics):
            return []  # a topic is not there yet; ask again
        return found

    # Watching

    def _ends(self) -> dict[kafka.TopicPartition, int]:
        """Where the partitions end; nothing while no broker answers. One that has just come back does not know them all
        yet, and kafka-python raises KeyError for those.
        """
        try:
            ends: dict[kafka.TopicPartition, int] = self._source.end_offsets(
                [kafka.TopicPartition(*place) for place in self._held], timeout_ms=1000
            )
        except (kafka.KafkaError, KeyError):
            return {}
        return ends

    def _watch(self) -> None:
        """Nothing came: is there nothing, or are we stuck?"""
        if time.monotonic() - self._told < CAUGHT_UP_EVERY:
            return
        self._told = time.monotonic()
        ends = self._ends()
        at_end: list[tuple[str, int, int]] = []
        for place, held in self._held.items():
            end = ends.get(kafka.TopicPartition(*place))
            if end is None:
                held.moved = self._told  # an outage of Kafka is not our standing still
                continue
            if end < held.offset:
                raise Stuck(f"{_name(place)} ends at {end}, but {held.offset} was read: Kafka has lost events")
            if end == held.offset:
                held.moved = self._told
                at_end.append((*place, held.offset))
            elif self._told - held.moved > STUCK:
                raise Stuck(f"{_name(place)} stands at {held.offset} of {end} for {STUCK} s")
        if at_end:
            topics, partitions, offsets = (list(column) for column in zip(*at_end, strict=True))
            places = {"topics": topics, "partitions": partitions, "offsets": offsets}
            if self._connection.execute(CAUGHT_UP, places).rowcount < len(at_end):
                telemetry.log.warning("our place was moved: the read model was switched")
                self._assign({})


def _name(place: Place) -> str:
    return f"{place[0]}/{place[1]}"
