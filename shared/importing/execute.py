"""Rows of a file → commands → events, all or none, in one transaction (DESIGN section 7, Import).

Each row is put through the same rules as a command over HTTP. What a row says already gives no event, so that an
unchanged file changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from flask import Response, current_app, request

from shared import commands, http, identity, problems
from shared.commands import Aggregate, Outcome, answered_before
from shared.commands import Request as CommandRequest
from shared.decider import Rejected
from shared.eventstore import Answer, Append, Facts
from shared.eventstore.postgres import Many, PostgresEventStore, PostgresSession
from shared.importing import Column, Fault, Limits, Parsed, Row, load, message
from shared.problems import Language

DESCRIPTION: dict[str, Any] = {
    "summary": "Import a spreadsheet: all rows or none.",
    "parameters": [
        {
            "in": "query",
            "name": "dry_run",
            "schema": {"type": "boolean", "default": False},
            "description": "say what would change, and change nothing",
        }
    ],
    "requestBody": {
        "description": "CSV or XLSX, one row per item, columns by header name in bokmål or English",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    },
    "responses": {
        200: {
            "description": "what the file changed",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Imported"}}},
        }
    },
}
"""Of an import, for OpenAPI: `@blueprint.doc(**DESCRIPTION)`."""

States = Mapping[UUID, Any]
"""The streams of this import as they stand, with what the earlier rows made of them."""


@dataclass(frozen=True)
class Target:
    """What one row wants of one stream.

    commands: state → the commands that bring the stream to what the row says.
    facts: what the domain's `decide` takes as its third argument, from the streams in `needs` as they stand by then.
    """

    row: Row
    aggregate: Aggregate
    stream: UUID
    commands: Callable[[Any], Sequence[Any]]
    external_id: str | None = None
    facts: Callable[[States], Any] | None = None
    needs: Sequence[tuple[Aggregate, UUID]] = ()


@dataclass(frozen=True)
class Importer:
    """The import of one kind of item: its columns, what identifies a row, and what each row wants.

    fields: a field that a rule points at → the column that holds it, where the two differ in name.
    whole: what must hold for the file and not for each row: the rows, the facts after the last of them → faults.
    """

    columns: Sequence[Column]
    key: Sequence[str]
    targets: Callable[[Row], Iterable[Target]]
    fields: Mapping[str, str] = field(default_factory=dict)
    whole: Callable[[Sequence[Row], Any], Iterable[Fault]] = lambda _rows, _known: ()


@dataclass
class _Stream:
    """One stream while the import decides."""

    aggregate: Aggregate
    version: int
    state: Any
    decided: list[Any] = field(default_factory=list)
    first: Target | None = None


@dataclass
class _Known:
    """The facts that hold for every row, with what the earlier rows made of them."""

    facts: Facts
    now: Any


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


def import_file(importer: Importer, *, facts: Facts | None = None) -> Response:
    """Answers the request that carries the file. `facts` holds for every row, read under its lock."""
    body, content_type, filename = _file()
    dry_run = _dry_run()
    limits = Limits(body=current_app.config["MAX_CONTENT_LENGTH"])
    parsed = load(body, importer.columns, key=importer.key, content_type=content_type, filename=filename, limits=limits)
    if not parsed.rows and parsed.faults:
        return _refused(parsed.faults)
    store: PostgresEventStore = current_app.extensions["service"].store
    asked = http.command_request(fingerprint_of=body)
    outcome = commands.in_session(
        store.session, lambda session: _carry_out(session, importer, parsed, asked, facts, dry_run=dry_run)
    )
    return http.command_response(outcome) if isinstance(outcome, Outcome) else _refused(outcome)


def _carry_out(
    session: PostgresSession,
    importer: Importer,
    parsed: Parsed,
    asked: CommandRequest,
    facts: Facts | None,
    *,
    dry_run: bool,
) -> Outcome | list[Fault]:
    """What came of the rows, or every fault: cells that can't be read, and rules that the other rows break."""
    if asked.key:
        loaded = session.load(identity.named("import", asked.key), key=asked.key)
        if repeated := answered_before(loaded, asked):
            return repeated
    targets = list(chain.from_iterable(importer.targets(row) for row in parsed.rows))
    found, streams = _load(session, targets, facts)
    known = _Known(facts, facts.read(found.facts)) if facts else None
    broken = [fault for target in targets if (fault := _decide(importer, target, streams, known))]
    broken += importer.whole(parsed.rows, known.now if known else None)
    if parsed.faults or broken:
        return sorted([*parsed.faults, *broken], key=lambda fault: fault.row or 0)
    answer = _answer(streams, parsed.rows, targets, dry_run=dry_run)
    appends = _appends(found.now, streams, asked)
    if (appends or asked.key) and not dry_run:
        session.append_all(appends, key=asked.key, fingerprint=asked.fingerprint, answer=answer)
    return Outcome(answer)


def _file() -> tuple[bytes, str | None, str | None]:
    """The file: the body itself, or the part `file` of a form."""
    if request.mimetype == "multipart/form-data":
        part = request.files.get("file")
        if part is None:
            raise http.Problem(422, "file-missing")
        return part.read(), part.mimetype, part.filename
    return request.get_data(cache=True), request.mimetype or None, None


def _dry_run() -> bool:
    given = request.args.get("dry_run", "false").lower()
    if given not in ("true", "false"):
        raise http.Problem(422, "dry-run-malformed")
    return given == "true"


def _load(session: PostgresSession, targets: Sequence[Target], facts: Facts | None) -> tuple[Many, dict[UUID, _Stream]]:
    """Every stream that a row changes or leans on, and the facts, under their locks."""
    wanted: dict[UUID, Aggregate] = {}
    for target in targets:
        wanted.update({stream: aggregate for aggregate, stream in target.needs})
        wanted[target.stream] = target.aggregate
    found = session.load_many(list(wanted), facts=facts)
    histories = ((stream, aggregate, found.histories.get(stream, [])) for stream, aggregate in wanted.items())
    return found, {
        stream: _Stream(aggregate, len(history), aggregate.fold(history)) for stream, aggregate, history in histories
    }


def _decide(importer: Importer, target: Target, streams: dict[UUID, _Stream], known: _Known | None) -> Fault | None:
    """Carries out what one row wants of one stream; the fault where a rule says no."""
    stream = streams[target.stream]
    before = stream.state
    facts = [target.facts(_States(streams))] if target.facts else [known.now] if known else []
    domain = target.aggregate.domain
    stream.first = stream.first or target
    try:
        for command in target.commands(stream.state):
            for event in domain.decide(command, stream.state, *facts):
                stream.state = domain.evolve(stream.state, event)
                stream.decided.append(event)
    except Rejected as rejected:
        column = importer.fields.get(rejected.field, rejected.field) if rejected.field else None
        return target.row.fault(column, rejected.code)
    if known and stream.state is not before:
        known.now = known.facts.after(known.now, before, stream.state)
    return None


def _appends(now: datetime, streams: Mapping[UUID, _Stream], asked: CommandRequest) -> list[Append]:
    appends: list[Append] = []
    for name, stream in streams.items():
        if stream.decided:
            recorded, statements = stream.aggregate.record(
                name, stream.version, stream.decided, time=now, trace=asked.trace
            )
            appends.append(Append(name, stream.version, recorded, statements))
    return appends


def _answer(
    streams: Mapping[UUID, _Stream], rows: Sequence[Row], targets: Sequence[Target], *, dry_run: bool
) -> Answer:
    """`created`, `updated` and `unchanged` count rows; `changes` names every item that the file creates or changes."""
    own = {target.row.number: target.stream for target in targets}  # the last target of a row is the row's own item
    changes = [
        _change(name, stream, stream.first) for name, stream in streams.items() if stream.decided and stream.first
    ]
    by_stream = {change["id"]: change["change"] for change in changes}
    outcomes = [by_stream.get(str(own[row.number]), "unchanged") for row in rows]
    versions = {str(name): stream.version + len(stream.decided) for name, stream in streams.items()}
    last = changes[-1]["id"] if changes else None
    return Answer(
        status=200,
        body={
            "dry_run": dry_run,
            "created": outcomes.count("created"),
            "updated": outcomes.count("updated"),
            "unchanged": outcomes.count("unchanged"),
            "changes": changes,
        },
        headers={"Consistency-Token": f"{last}:{versions[last]}"} if last and not dry_run else {},
    )


def _change(name: UUID, stream: _Stream, target: Target) -> dict[str, Any]:
    return {
        "row": target.row.number,
        "kind": stream.aggregate.kind,
        "id": str(name),
        "external_id": target.external_id,
        "change": "updated" if stream.version else "created",
        "events": [stream.aggregate.catalogue.name(event) for event in stream.decided],
    }


def _refused(faults: Sequence[Fault]) -> Response:
    language = http.language()
    return http.problem_response(
        422,
        "import-refused",
        errors=[{**fault.as_json(language), "message": _sentence(fault, language)} for fault in faults],
    )


def _sentence(fault: Fault, language: Language) -> str:
    rules: problems.Sentences = current_app.extensions["service"].sentences
    if fault.code in rules:
        return problems.sentence(fault.code, language, rules)
    return message(fault.code, language, **fault.params)
