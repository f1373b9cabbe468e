"""What an import would do, row by row and field by field, before anything is written.

Each row is put through the same rules as a command over HTTP, in the file's order, on streams as the earlier rows leave
them. What a row says already gives no event. A row that a rule refuses leaves no trace on any stream, so that the plan
is also what happens when the faulty rows are left out.
"""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from shared import commands, identity
from shared.commands import Aggregate, NotFound
from shared.decider import Rejected
from shared.envelope import Trace
from shared.eventstore import Append, Facts
from shared.eventstore.postgres import PostgresSession
from shared.importing.columns import Column
from shared.importing.rows import Fault, Parsed, Row

States = Mapping[UUID, Any]
"""The streams of this import as they stand, with what the earlier rows made of them."""

Result = Literal["created", "updated", "unchanged"]

Progress = Callable[[str, int, int], object]
"""phase (`read`, `decide` or `store`), how many rows are done, of how many."""

EVERY = 0.25
"""Seconds between two calls of a `Progress`."""
FIELDS = 40
"""Fields that are told of one item."""
VALUE = 300
"""Characters that are told of a text."""
ITEMS = 50
"""Values that are told of a list."""
ROUNDS = 20
"""How often the rows are decided anew without those that could not stand beside the others."""


# What a service says of its import


@dataclass(frozen=True)
class Target:
    """What one row wants of one stream. The last target of a row is the row's own item.

    commands: state → the commands that bring the stream to what the row says.
    facts: what the domain's `decide` takes as its third argument, from the streams in `needs` as they stand by then.
    by_id: the row names its item by an id, so that it must be there already.
    """

    row: Row
    aggregate: Aggregate
    stream: UUID
    commands: Callable[[Any], Sequence[Any]]
    external_id: str | None = None
    facts: Callable[[States], Any] | None = None
    needs: Sequence[tuple[Aggregate, UUID]] = ()
    by_id: bool = False


@dataclass(frozen=True)
class Importer:
    """The import of one kind of item: its columns, what identifies a row, and what each row wants.

    fields: a field that a rule points at → the column that holds it, where the two differ in name.
    facts: what the domain's `decide` takes as its third argument for every row, read under its lock.
    together: what must hold for the rows together: the rows, the facts after the last of them → a fault for each row
    that can't stand beside the others.
    one_row: an item has one row, and a second one is a fault; else it may have several, as a plan has areas.
    """

    columns: Sequence[Column]
    key: Sequence[str]
    targets: Callable[[Row], Iterable[Target]]
    fields: Mapping[str, str] = field(default_factory=dict)
    facts: Callable[[], Facts | None] = lambda: None
    together: Callable[[Sequence[Row], Any], Iterable[Fault]] = lambda _rows, _known: ()
    one_row: bool = True


class Own(NamedTuple):
    """The item that a row is about: its stream, and its external id, or that it was named by its id."""

    stream: UUID
    external_id: str | None
    by_id: bool


def own(kind: str, written: str) -> Own:
    """The item that a row's `external_id` names; an export writes the id there of an item that has no other name."""
    try:
        return Own(UUID(written), None, by_id=True)
    except ValueError:
        return Own(identity.named(kind, written), written, by_id=False)


# The plan


@dataclass(frozen=True)
class Change:
    """What becomes of one item. `row`: the first that wants something of it; `events`: wire types, in order."""

    row: int
    kind: str
    id: UUID
    external_id: str | None
    change: Literal["created", "updated"]
    events: tuple[str, ...]
    before: Any
    after: Any

    def fields(self) -> list[dict[str, Any]]:
        """`{field, before, after}` of each that becomes another, as JSON has them; long texts and lists are cut."""
        found = commands.changes(self.before, self.after)[:FIELDS]
        return [{name: _shown(value) for name, value in change.items()} for change in found]


@dataclass(frozen=True)
class Plan:
    """results: row → what becomes of its own item, of each row without a fault.

    faults: all there are, top to bottom. version: of each stream in `changes`, afterwards.
    """

    results: Mapping[int, Result]
    changes: Sequence[Change]
    faults: Sequence[Fault]
    versions: Mapping[UUID, int]
    appends: Callable[[Trace], list[Append]]
    """What to append, in the session that the plan was made in."""

    @property
    def whole(self) -> bool:
        """Whether there is a fault that can't be left out with its row: of the file, or of its header."""
        return any(fault.whole for fault in self.faults)

    @property
    def faulty(self) -> dict[int, list[Fault]]:
        """Row → its faults, of the rows that would be left out."""
        found: dict[int, list[Fault]] = {}
        for fault in self.faults:
            if fault.row is not None and not fault.whole:
                found.setdefault(fault.row, []).append(fault)
        return found

    @property
    def mark(self) -> str:
        """Of what it would do: another one where rows are left out, or items changed, otherwise than here.

        Ids are no part of it: an item without a name gets a new one each time.
        """
        changed = [(each.row, each.change, self.versions[each.id], each.after) for each in self.changes]
        wrong = [(fault.row, fault.column, fault.code) for fault in self.faults]
        told = msgspec.json.encode([sorted(self.results.items()), changed, wrong], enc_hook=str, order="deterministic")
        return hashlib.sha256(told).hexdigest()

    def count(self, result: Result) -> int:
        """How many rows have this result."""
        return sum(each == result for each in self.results.values())


def _shown(value: Any) -> Any:
    plain = msgspec.to_builtins(value, str_keys=True, enc_hook=str)
    if isinstance(plain, str) and len(plain) > VALUE:
        return plain[: VALUE - 1] + "…"
    return list(plain[:ITEMS]) if isinstance(plain, list | tuple) else plain


def ticker(progress: Progress | None, phase: str, total: int) -> Callable[[int], None]:
    """Tells the progress of one phase, at its beginning and then a few times a second."""
    due = 0.0

    def tick(done: int) -> None:
        nonlocal due
        if progress is not None and (done == total or time.monotonic() >= due):
            due = time.monotonic() + EVERY
            progress(phase, done, total)

    return tick


# Making it


@dataclass
class _Stream:
    """One stream while the import decides. `loaded` is None where it turned out to be one of another kind."""

    aggregate: Aggregate
    version: int
    loaded: Any
    state: Any = None
    decided: list[Any] = field(default_factory=list)
    first: Target | None = None

    def begin(self) -> None:
        self.state, self.decided, self.first = self.loaded, [], None


class _States(Mapping[UUID, Any]):
    """The states of the streams, without a copy of them all for each row."""

    def __init__(self, streams: Mapping[UUID, _Stream]) -> None:
        self._streams = streams

    def __getitem__(self, name: UUID) -> Any:
        return self._streams[name].state

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._streams)

    def __len__(self) -> int:
        return len(self._streams)


def make(
    session: PostgresSession,
    importer: Importer,
    parsed: Parsed,
    *,
    skip: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """The plan for these rows. The streams stay locked until the session ends or its append is committed.

    skip: faulty rows will be left out, so that what the others do together is looked at without them.
    """
    work = _Work(session, importer, parsed.rows)
    told = ticker(progress, "decide", len(parsed.rows))
    faults = [*parsed.faults, *work.decide_all(told), *work.unfit(only_good=skip)]
    if skip:
        faults = [*parsed.faults, *_without_unfit(work, told)]
    changes = {name: _change(name, stream, stream.first) for name, stream in work.streams.items() if stream.first}
    events = {name: change for name, change in changes.items() if change.events}
    return Plan(
        results={number: events[name].change if name in events else "unchanged" for number, name in work.own.items()},
        changes=list(events.values()),
        faults=sorted(faults, key=lambda fault: fault.row or 0),
        versions={name: stream.version + len(stream.decided) for name, stream in work.streams.items()},
        appends=lambda trace: _appends(work.now, work.streams, trace),
    )


def _without_unfit(work: "_Work", told: Callable[[int], None]) -> list[Fault]:
    """Leaves out what can't stand beside the other rows, and decides those anew, until all that is left can."""
    left_out: list[Fault] = []
    for _ in range(ROUNDS):
        unfit = work.unfit(only_good=True)
        if not unfit:
            return [*left_out, *work.faults]
        left_out += unfit
        work.begin(without={fault.row for fault in left_out})
        work.decide_all(told)
    return [*left_out, *work.faults, *(replace(fault, whole=True) for fault in work.unfit(only_good=True))]


class _Work:
    """The rows of one import on the streams that they want something of."""

    def __init__(self, session: PostgresSession, importer: Importer, rows: Sequence[Row]) -> None:
        self.importer = importer
        self._wrong: list[Fault] = []
        self._targets = {row.number: self._wanted(row) for row in rows}
        aggregates = _aggregates([target for targets in self._targets.values() for target in targets])
        facts = importer.facts()
        found = session.load_many(list(aggregates), facts=facts)
        self.now = found.now
        self.streams = {
            name: _stream(aggregate, found.histories.get(name, [])) for name, aggregate in aggregates.items()
        }
        self._all_rows = rows
        self._facts = facts
        self._facts_before = facts.read(found.facts) if facts else None
        self.begin(without=())

    def begin(self, *, without: Collection[int | None]) -> None:
        """As it was before the first row; `without` these."""
        self.rows = [row for row in self._all_rows if row.number not in without]
        self.faults = list(self._wrong)
        self.own: dict[int, UUID] = {}
        """Row → its own item, of the rows that were carried out."""
        self._taken: dict[UUID, int] = {}
        """Item → the first row that is about it."""
        self._known = self._facts_before
        for stream in self.streams.values():
            stream.begin()

    def decide_all(self, told: Callable[[int], None]) -> list[Fault]:
        for done, row in enumerate(self.rows):
            told(done)
            self._carry_out(row)
        told(len(self._all_rows))
        return self.faults

    def unfit(self, *, only_good: bool) -> list[Fault]:
        """What is wrong with the rows taken together: with all of them, or those that nothing else is wrong with."""
        rows = [row for row in self.rows if row.number in self.own] if only_good else self.rows
        return list(self.importer.together(rows, self._known))

    def _carry_out(self, row: Row) -> None:
        """Decides all that the row wants; none of it where one of its targets is refused."""
        targets = self._targets[row.number]
        if not targets:
            return
        touched = {target.stream: self.streams[target.stream] for target in targets}
        before = [(stream, stream.state, len(stream.decided), stream.first) for stream in touched.values()]
        known = self._known
        broken = [fault for target in targets if (fault := self._decide(target))]
        first = self._taken.setdefault(targets[-1].stream, row.number)
        if not broken and first != row.number and self.importer.one_row:
            broken.append(row.fault(self.importer.key[-1], "duplicate-row", first=first))
        if not broken:
            self.own[row.number] = targets[-1].stream
            return
        self.faults += broken
        for stream, state, decided, first_target in before:
            stream.state, stream.first = state, first_target
            del stream.decided[decided:]
        self._known = known

    def _wanted(self, row: Row) -> list[Target]:
        try:
            return list(self.importer.targets(row))
        except Rejected as rejected:
            self._wrong.append(self._fault(row, rejected))
            return []

    def _decide(self, target: Target) -> Fault | None:
        """Carries out what one row wants of one stream; the fault where a rule says no."""
        stream = self.streams[target.stream]
        if target.by_id and not (stream.version and stream.aggregate is target.aggregate and stream.state is not None):
            return target.row.fault(self.importer.key[-1], "unknown-id")
        before = stream.state
        facts = [target.facts(_States(self.streams))] if target.facts else [self._known] if self._facts else []
        domain = target.aggregate.domain
        stream.first = stream.first or target
        try:
            for command in target.commands(stream.state):
                for event in domain.decide(command, stream.state, *facts):
                    stream.state = domain.evolve(stream.state, event)
                    stream.decided.append(event)
        except Rejected as rejected:
            return self._fault(target.row, rejected)
        if self._facts and stream.state is not before:
            self._known = self._facts.after(self._known, before, stream.state)
        return None

    def _fault(self, row: Row, rejected: Rejected) -> Fault:
        column = self.importer.fields.get(rejected.field, rejected.field) if rejected.field else None
        return row.fault(column, rejected.code)


def _aggregates(targets: Sequence[Target]) -> dict[UUID, Aggregate]:
    """Every stream that a row changes or leans on, and its kind: an id that somebody wrote does not say of what."""
    found: dict[UUID, Aggregate] = {}
    for target in targets:
        found.update({stream: aggregate for aggregate, stream in target.needs})
        if not target.by_id:
            found[target.stream] = target.aggregate
    for target in targets:
        found.setdefault(target.stream, target.aggregate)
    return found


def _stream(aggregate: Aggregate, history: Sequence[str]) -> _Stream:
    try:
        state = aggregate.fold(history)
    except NotFound:
        state = None
    return _Stream(aggregate, len(history), state)


def _change(name: UUID, stream: _Stream, target: Target) -> Change:
    return Change(
        row=target.row.number,
        kind=stream.aggregate.kind,
        id=name,
        external_id=target.external_id,
        change="updated" if stream.version else "created",
        events=tuple(stream.aggregate.catalogue.name(event) for event in stream.decided),
        before=stream.loaded if stream.version else None,
        after=stream.state,
    )


def _appends(now: datetime, streams: Mapping[UUID, _Stream], trace: Trace) -> list[Append]:
    appends: list[Append] = []
    for name, stream in streams.items():
        if stream.decided:
            recorded, statements = stream.aggregate.record(name, stream.version, stream.decided, time=now, trace=trace)
            appends.append(Append(name, stream.version, recorded, statements))
    return appends
