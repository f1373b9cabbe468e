"""An import over HTTP: rows of a file → commands → events, all or none, in one transaction (DESIGN section 7, Import).

The API answers at once; pages keep the file (`uploads`), show the plan (`preview`) and import it (`import_upload`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, current_app, request

from shared import commands, http, identity, problems
from shared.commands import Outcome, answered_before
from shared.commands import Request as CommandRequest
from shared.eventstore import Answer
from shared.eventstore.postgres import PostgresEventStore, PostgresSession
from shared.importing import load, parse, read, refusal, uploads
from shared.importing.header import Chosen
from shared.importing.model import Limits, Refused
from shared.importing.plan import Importer, Own, Plan, Progress, States, Target, make, own, ticker
from shared.importing.rows import Fault, Parsed
from shared.importing.uploads import Upload
from shared.problems import Language

__all__ = [
    "DESCRIPTION",
    "Importer",
    "Own",
    "States",
    "Target",
    "import_file",
    "import_upload",
    "own",
    "preview",
    "read_upload",
]

MOST_FAULTS = 1_000
"""That an answer lists; `total` counts them all."""
WITH_FIELDS = 1_000
"""Changed items of an answer that are told field by field."""

DESCRIPTION: dict[str, Any] = {
    "summary": "Import a spreadsheet: all rows or none.",
    "parameters": [
        {
            "in": "query",
            "name": "dry_run",
            "schema": {"type": "boolean", "default": False},
            "description": "say what would change, and change nothing",
        },
        {
            "in": "query",
            "name": "faulty",
            "schema": {"type": "string", "enum": ["refuse", "skip"], "default": "refuse"},
            "description": "`skip`: import the rows without faults, and name those that were left out in `skipped`",
        },
        {
            "in": "query",
            "name": "column",
            "schema": {"type": "array", "items": {"type": "string"}},
            "description": "`<header in the file>:<column>` for a column with a name of its own; "
            "`<header in the file>:` leaves it out",
        },
        {
            "in": "query",
            "name": "by",
            "schema": {"type": "string", "maxLength": 300},
            "description": "the role or unit that imports",
        },
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


# The API: a file in one request


def import_file(importer: Importer) -> Response:
    """Answers the request that carries the file."""
    body, content_type, filename = _file()
    dry_run, skip = _one_of("dry_run", "false", "true"), _one_of("faulty", "refuse", "skip")
    parsed = load(
        body,
        importer.columns,
        key=importer.key,
        content_type=content_type,
        filename=filename,
        limits=limits(),
        mapping=_mapping(),
    )
    if _hopeless(parsed):
        return _refused(parsed.faults)
    asked = http.command_request(fingerprint_of=body)
    outcome = commands.in_session(
        _store().session,
        lambda session: _carry_out(session, importer, parsed, asked, dry_run=dry_run, skip=skip),
    )
    return http.command_response(outcome) if isinstance(outcome, Outcome) else _refused(outcome.faults)


def limits() -> Limits:
    """What a file may be here: no larger than any other body."""
    return Limits(body=current_app.config["MAX_CONTENT_LENGTH"])


def _file() -> tuple[bytes, str | None, str | None]:
    """The file: the body itself, or the part `file` of a form."""
    if request.mimetype == "multipart/form-data":
        part = request.files.get("file")
        if part is None:
            raise http.Problem(422, "file-missing")
        return part.read(), part.mimetype, part.filename
    return request.get_data(cache=True), request.mimetype or None, None


def _one_of(name: str, usual: str, other: str) -> bool:
    """Whether the query says the other thing."""
    given = request.args.get(name, usual).lower()
    if given not in (usual, other):
        raise http.Problem(422, f"{name.replace('_', '-')}-malformed")
    return given == other


def _mapping() -> Chosen:
    """`column=<header>:<column>`; the column's own name has no colon in it."""
    said = (given.rpartition(":") for given in request.args.getlist("column"))
    mapping: dict[str, str | None] = {}
    for header, colon, column in said:
        if not colon:
            raise http.Problem(422, "column-malformed")
        mapping[header] = column.strip() or None
    return mapping


# Pages: a file that was uploaded before


def read_upload(upload: Upload, importer: Importer, *, progress: Progress | None = None) -> Parsed:
    """The rows of an uploaded file by its mapping. A file that is refused as a whole is one fault."""
    try:
        sheet = read(upload.content, filename=upload.filename, limits=limits())
    except Refused as refused:
        return Parsed([], [refusal(refused)])
    told = ticker(progress, "read", len(sheet.lines))
    parsed = parse(sheet, importer.columns, key=importer.key, limits=limits(), mapping=upload.mapping, told=told)
    told(len(sheet.lines))
    return parsed


def preview(
    importer: Importer,
    parsed: Parsed,
    *,
    skip: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """What an import of these rows would do. Nothing is written."""
    return commands.in_session(
        _store().session, lambda session: make(session, importer, parsed, skip=skip, progress=progress)
    )


def import_upload(
    upload: Upload,
    importer: Importer,
    *,
    skip: bool = False,
    seen: str | None = None,
    progress: Progress | None = None,
) -> Answer | Plan:
    """Imports an uploaded file, once: asked again, it gives the same answer. The plan where it has faults.

    skip: leave faulty rows out. seen: the mark of the plan that was agreed to; if the plan is another one by now, it is
    given instead. Raises what a command raises.
    """
    said = msgspec.json.encode([upload.mapping, skip], order="sorted")
    fingerprint = hashlib.sha256(upload.content + said).hexdigest()
    asked = replace(http.command_request(), key=f"upload {upload.id}", fingerprint=fingerprint, expected_version=None)
    parsed = read_upload(upload, importer, progress=progress)
    outcome = commands.in_session(
        _store().session,
        lambda session: _carry_out(
            session, importer, parsed, asked, skip=skip, upload=upload.id, seen=seen, progress=progress
        ),
    )
    return outcome.answer if isinstance(outcome, Outcome) else outcome


# What both do


def _store() -> PostgresEventStore:
    store: PostgresEventStore = current_app.extensions["service"].store
    return store


def _hopeless(parsed: Parsed) -> bool:
    """Nothing to decide: the store need not be asked."""
    return not parsed.rows and any(fault.whole for fault in parsed.faults)


def _carry_out(
    session: PostgresSession,
    importer: Importer,
    parsed: Parsed,
    asked: CommandRequest,
    *,
    dry_run: bool = False,
    skip: bool = False,
    upload: UUID | None = None,
    seen: str | None = None,
    progress: Progress | None = None,
) -> Outcome | Plan:
    """What came of the rows; the plan where faults stand in the way (unreadable cells, rules that are broken), or where
    it is not the one that was seen.
    """
    if asked.key:
        loaded = session.load(identity.named("import", asked.key), key=asked.key)
        if repeated := answered_before(loaded, asked):
            return repeated
    plan = make(session, importer, parsed, skip=skip, progress=progress)
    if plan.whole or (plan.faults and not skip) or seen not in (None, plan.mark):
        return plan
    answer = _answer(plan, dry_run=dry_run, skip=skip)
    if dry_run:
        return Outcome(answer)
    appends = plan.appends(asked.trace)
    if upload:
        appends.append(uploads.mark_imported(upload, answer))
    if appends or asked.key:
        told = ticker(progress, "store", len(plan.results))
        told(0)
        session.append_all(appends, key=asked.key, fingerprint=asked.fingerprint, answer=answer)
        told(len(plan.results))
    return Outcome(answer)


def _answer(plan: Plan, *, dry_run: bool, skip: bool) -> Answer:
    """`created`, `updated` and `unchanged` count rows; `changes` names every item that the file creates or changes."""
    body: dict[str, Any] = {
        "dry_run": dry_run,
        "created": plan.count("created"),
        "updated": plan.count("updated"),
        "unchanged": plan.count("unchanged"),
        "changes": [
            {
                "row": change.row,
                "kind": change.kind,
                "id": str(change.id),
                "external_id": change.external_id,
                "change": change.change,
                "events": change.events,
                "fields": change.fields() if place < WITH_FIELDS else None,
            }
            for place, change in enumerate(plan.changes)
        ],
    }
    if skip:
        body |= {"skipped": list(_skipped(plan)), "skipped_rows": len(plan.faulty)}
    if dry_run or not plan.changes:
        return Answer(200, body, {})
    last = plan.changes[-1].id
    return Answer(200, body, {"Consistency-Token": f"{last}:{plan.versions[last]}"})


def _skipped(plan: Plan) -> Iterator[dict[str, Any]]:
    """The rows that were left out, each with its faults."""
    for row, faults in islice(plan.faulty.items(), MOST_FAULTS):
        yield {"row": row, "errors": [_told(fault, http.language()) for fault in faults]}


def _refused(faults: Sequence[Fault]) -> Response:
    language = http.language()
    shown = [_told(fault, language) for fault in faults[:MOST_FAULTS]]
    response = http.problem_response(422, "import-refused", errors=shown)
    response.set_data(msgspec.json.encode({**msgspec.json.decode(response.get_data()), "total": len(faults)}))
    return response


def _told(fault: Fault, language: Language) -> dict[str, str | int | None]:
    rules: problems.Sentences = current_app.extensions["service"].sentences
    return fault.as_json(language, rules)
