"""Every order in which things can go wrong, in a model: hypothesis chooses the steps, the checker judges what is left.

The model has the store's locks, an outbox, two relays of which one may be paused with messages on their way, a topic
and a reader that decides with the real `sort_out`. Left out are time and bytes: the running stack has those.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from shared.envelope import Envelope
from shared.inbox.sorting import Head, Message, sort_out
from tests.faults.checker import Observation, Published, Stored, check
from tests.faults.history import Sent, Told

STREAMS = [UUID(int=number) for number in range(1, 4)]
STREAM = st.sampled_from(STREAMS)
RELAY = st.sampled_from([0, 1])
TYPE = "samtidig.goal.revised.v1"


@dataclass
class Relay:
    """One process: `sent` is on its way to Kafka, in order per stream; `acknowledged` has arrived."""

    epoch: int = 0
    sent: list[Stored] = field(default_factory=list)
    acknowledged: list[Stored] = field(default_factory=list)


class Spine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.history: dict[str, Sent] = {}
        self.committed: list[Stored] = []
        self.open: dict[UUID, Stored] = {}
        self.outbox: dict[int, Stored] = {}
        self.epoch = 0
        self.relays = [Relay(), Relay()]
        self.topic: list[Published] = []
        self.offset = 0
        self.applied: dict[tuple[UUID, int], UUID] = {}
        self.positions = 0

    # Clients and store

    @rule(stream=STREAM, outcome=st.sampled_from(["ok", "answer lost", "request lost", "refused"]))
    def send(self, stream: UUID, outcome: str) -> None:
        key = f"run-{len(self.history)}"
        if stream in self.open or outcome in ("request lost", "refused"):
            self._tell(key, "refused" if outcome == "refused" else "unknown")
            return
        event = self._event(stream, key)
        self._commit(event)
        self._tell(key, "unknown" if outcome == "answer lost" else "ok", event)

    @rule(number=st.integers(0, 50))
    def send_again(self, number: int) -> None:
        """With the same key: answered from memory where it took place, else carried out."""
        key = f"run-{number}"
        if key not in self.history or self.history[key].outcome != "unknown":
            return
        event = next((event for event in self.committed if event.cause == key), None)
        if event is None:
            if self.open:
                return  # its transaction may be the one that is open: the key is taken, the answer waits
            event = self._event(STREAMS[0], key)
            self._commit(event)
        self._tell(key, "ok", event)

    @rule(stream=STREAM)
    def hold_open(self, stream: UUID) -> None:
        """A transaction has its position, and the stream's lock, and commits later."""
        if stream not in self.open:
            key = f"run-{len(self.history)}"
            self.open[stream] = self._event(stream, key)
            self._tell(key, "unknown")

    @rule(stream=STREAM, commits=st.booleans())
    def end_open(self, stream: UUID, commits: bool) -> None:
        event = self.open.pop(stream, None)
        if event and commits:
            self._commit(event)

    # Relays

    @rule(relay=RELAY)
    def lead(self, relay: int) -> None:
        """The lease of the other has run out, or it died, or it is paused and knows nothing of it."""
        self.epoch += 1
        self.relays[relay] = Relay(self.epoch)

    @rule(relay=RELAY)
    def publish(self, relay: int) -> None:
        """A relay that was paused does so too, until it asks for its lease again."""
        one = self.relays[relay]
        if one.epoch:
            known = {event.position for event in (*one.sent, *one.acknowledged)}
            one.sent += [self.outbox[position] for position in sorted(self.outbox) if position not in known]

    @rule(relay=RELAY, stream=STREAM)
    def arrive(self, relay: int, stream: UUID) -> None:
        one = self.relays[relay]
        event = next((event for event in one.sent if event.stream == stream), None)
        if event:
            one.sent.remove(event)
            one.acknowledged.append(event)
            self.topic.append(Published(0, len(self.topic), event.stream, event.version, event.id, event.text))

    @rule(relay=RELAY)
    def clear(self, relay: int) -> None:
        """Only the present leader clears the outbox; another finds that it is none, and ends."""
        one = self.relays[relay]
        if one.epoch != self.epoch:
            self.relays[relay] = Relay()
            return
        for event in one.acknowledged:
            del self.outbox[event.position]
        one.acknowledged.clear()

    @rule(relay=RELAY)
    def die(self, relay: int) -> None:
        self.relays[relay] = Relay()

    # Reader

    @rule(count=st.integers(1, 5), crashes=st.booleans())
    def read(self, count: int, crashes: bool) -> None:
        batch = self.topic[self.offset : self.offset + count]
        applied = self._applied_after(batch, self.applied)
        if not crashes:
            self.applied = applied
            self.offset += len(batch)

    @rule()
    def rebuild(self) -> None:
        """I8: from the first message on, to the same place."""
        assert self._applied_after(self.topic[: self.offset], {}) == self.applied

    def teardown(self) -> None:
        """All is well again, and nothing is missing."""
        for stream in STREAMS:
            self.end_open(stream, commits=True)
        self.lead(0)
        self.publish(0)
        for _ in range(len(self.outbox)):
            for stream in STREAMS:
                self.arrive(0, stream)
        self.clear(0)
        self.read(len(self.topic), crashes=False)
        assert check(self._observation()) == []

    # What the rules are made of

    def _event(self, stream: UUID, cause: str) -> Stored:
        self.positions += 1
        version = 1 + sum(event.stream == stream for event in self.committed)
        return Stored(
            self.positions, stream, version, UUID(int=1000 + self.positions), TYPE, cause, f"{self.positions}"
        )

    def _commit(self, event: Stored) -> None:
        self.committed.append(event)
        self.outbox[event.position] = event

    def _tell(self, key: str, outcome: str, event: Stored | None = None) -> None:
        told = (Told(event.stream, (event.type,), event.version),) if event and outcome == "ok" else ()
        self.history[key] = Sent(key, "goals", 1, outcome, 0.0, 0.0, told=told)

    def _applied_after(
        self, batch: list[Published], before: dict[tuple[UUID, int], UUID]
    ) -> dict[tuple[UUID, int], UUID]:
        heads = {str(stream): Head(sum(of == stream for of, _ in before)) for stream in STREAMS}
        known = {(str(stream), version): id_ for (stream, version), id_ in before.items()}
        found = sort_out([_message(published) for published in batch], heads, known)
        assert found.park == []
        return before | {(UUID(m.event.subject), m.event.sequence): m.event.id for m in found.apply if m.event}

    def _observation(self) -> Observation:
        return Observation(
            prefix="run-",
            history=list(self.history.values()),
            stored={"goals": self.committed},
            published={"goals": self.topic},
            applied=[(stream, version, id_) for (stream, version), id_ in self.applied.items()],
            shown=list(self.applied),
            outbox={"goals": len(self.outbox)},
        )


def _message(published: Published) -> Message:
    event = Envelope(
        specversion="1.0",
        id=published.id,
        source="samtidig/goals",
        type=TYPE,
        subject=str(published.stream),
        time=datetime.now(UTC),
        datacontenttype="application/json",
        dataschema="",
        sequence=published.version,
        correlationid="",
        causationid="",
        data=msgspec.Raw(b"{}"),
    )
    return Message("goals.events", published.partition, published.offset, published.text.encode(), event)


TestSpine = Spine.TestCase
TestSpine.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
