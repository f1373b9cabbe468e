"""What every service says over HTTP in the same way: problem documents, conditional requests, health, metrics, OpenAPI.

An app is made with `application` and `publish`; a command is answered by `handle` (DESIGN section 7).
"""

import hashlib
import re
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

import flask_smorest
import marshmallow
import msgspec
import psycopg
import werkzeug.exceptions as http_errors
from flask import Flask, Request, Response, current_app, g, request
from flask.json.provider import JSONProvider
from marshmallow import ValidationError
from opentelemetry.trace import SpanKind
from webargs.flaskparser import FlaskParser
from werkzeug.middleware.proxy_fix import ProxyFix

from shared import assets, commands, description, fields, identity, metrics, openapi, problems, telemetry
from shared.commands import Aggregate, Outcome
from shared.decider import Rejected
from shared.envelope import TooLargeError, Trace
from shared.eventstore import Conflict, EventStore, Facts, OutcomeUnknown, Unavailable
from shared.problems import Language, Sentences

OSLO = ZoneInfo("Europe/Oslo")
KEY_LENGTH = 200
FORM = "application/x-www-form-urlencoded"


def language() -> Language:
    """The language of the answer: what a person chose on a page, else `Accept-Language`; bokmål unless English."""
    preferred = request.accept_languages.best_match(["nb", "no", "nn", "en"], default="nb")
    chosen = request.cookies.get("lang", preferred)
    return "en" if chosen == "en" else "nb"


def today() -> date:
    """The day on which the city acts."""
    return datetime.now(OSLO).date()


class Json(JSONProvider):
    """msgspec reads and writes JSON: dates, ids and dataclasses included."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return msgspec.json.decode(s)


def application(
    name: str,
    title: str,
    *,
    sentences: Sentences,
    body_limit: int,
    ready: Callable[[], bool],
    gauges: Callable[[], Iterable[metrics.Gauge]],
) -> Flask:
    """A Flask app with everything that all services share.

    ready: whether the database is reached; gauges: what `/metrics` reads from it at each scrape.
    """
    app = Flask(name, static_folder=None)
    app.json = Json(app)
    app.config.update(
        API_TITLE=f"Samtidig: {title}",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        MAX_CONTENT_LENGTH=body_limit,
        API_SPEC_OPTIONS={"servers": [{"url": "."}]},
    )
    app.wsgi_app = ProxyFix(_traced(app.wsgi_app), x_for=1, x_proto=1, x_host=1, x_prefix=1)  # type: ignore[method-assign] # Flask's own way
    app.extensions["sentences"] = {**problems.SENTENCES, **sentences}
    app.before_request(_begin)
    app.before_request(_read_json)
    app.after_request(_end)
    _answer_errors(app)
    _answer_probes(app, ready, gauges)
    return app


def publish(app: Flask, *blueprints: Any) -> Flask:
    api = flask_smorest.Api(app)
    api.register_field(fields.Reference, "string", None)
    api.handle_http_exception = _http_error
    app.register_error_handler(http_errors.HTTPException, _http_error)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    app.extensions["openapi"] = openapi.complete(api.spec.to_dict())
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(description.blueprint)
    return app


# One request


def _begin() -> None:
    g.started = time.perf_counter()
    g.correlation = request.headers.get("X-Correlation-Id", "")[:KEY_LENGTH] or str(identity.new())


def _end(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store" if request.method != "GET" else "no-cache")
    response.headers["X-Correlation-Id"] = g.get("correlation", "")
    response.headers["X-Content-Type-Options"] = "nosniff"
    metrics.observe_request(request, response.status_code, time.perf_counter() - g.get("started", time.perf_counter()))
    return response


def _read_json() -> None:
    """Commands are JSON, or have no body; files are sent to an import, which looks for itself.

    msgspec reads it: Python's own reader would let half surrogates and infinite numbers through.
    """
    g.body = marshmallow.missing
    if request.method != "POST" or request.path.endswith("/import"):
        return
    body = request.get_data()
    if not body:
        return
    if request.mimetype == FORM and request.endpoint in current_app.extensions.get("forms", ()):
        return  # shared.pages reads it
    if not request.is_json:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-json")
    try:
        g.body = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "malformed-json") from error


# Commands


class Parser(FlaskParser):
    """Gives the schemas the body that has been read already.

    An unknown word in an address is a fault, as in a body: a misspelt filter would else mean everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self.DEFAULT_UNKNOWN_BY_LOCATION = {
            **self.DEFAULT_UNKNOWN_BY_LOCATION,
            "query": None,
        }  # None: as the schema has it

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002 - webargs' signature
        return g.body


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """Makes each schema once, not with every request; describes each operation under the name of its function.

    addressed_by: part of an address → what it is, `{"goal": "id or external id of a goal"}`.
    """

    ARGUMENTS_PARSER = Parser()

    def __init__(self, *args: Any, addressed_by: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addressed_by = addressed_by or {}

    def route(self, rule: str, *, parameters: Sequence[Any] = (), **options: Any) -> Any:
        said = [
            {"in": "path", "name": name, "description": about}
            for name, about in self._addressed_by.items()
            if re.search(rf"[<:]{name}>", rule)
        ]
        decorate = super().route(rule, parameters=[*said, *parameters], **options)
        return lambda view: decorate(self.doc(operationId=view.__name__)(view))

    def arguments(self, schema: Any, **options: Any) -> Any:
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)


class DoneSchema(fields.Schema):
    """What a command answers: the item, its version now, and the events that the command gave."""

    id = marshmallow.fields.UUID()
    version = marshmallow.fields.Integer()
    events = marshmallow.fields.List(marshmallow.fields.String())


def handle(
    aggregate: Aggregate,
    stream: UUID,
    command: Any,
    *,
    creates: bool = False,
    facts: Facts | None = None,
    name: str | None = None,
) -> Response:
    """Carries out a command that its schema has read, and answers it.

    name: what the address of a new item ends in, where that is not its id.
    """
    store: EventStore = current_app.extensions["service"].store
    with telemetry.span(f"command {type(command).__name__}"):
        outcome = commands.handle(store, aggregate, stream, command, command_request(), creates=creates, facts=facts)
    return command_response(outcome, name)


def command_request(*, fingerprint_of: bytes | None = None) -> commands.Request:
    """What the headers say. `fingerprint_of`: what stands for the body, where the request's own bytes don't."""
    key = request.headers.get("Idempotency-Key") or None  # an empty one is none: all who send it would share it
    if key is not None and len(key) > KEY_LENGTH:
        raise Problem(HTTPStatus.BAD_REQUEST, "key-too-long")
    fingerprint = hashlib.sha256(
        b"\0".join(
            [
                request.method.encode(),
                request.full_path.encode(),
                request.get_data() if fingerprint_of is None else fingerprint_of,
            ]
        )
    )
    return commands.Request(
        trace=Trace(
            correlation=g.correlation,
            causation=key or g.correlation,
            traceparent=telemetry.traceparent() or request.headers.get("traceparent"),
            actor=_actor(),
        ),
        key=key,
        fingerprint=fingerprint.hexdigest(),
        expected_version=if_match(request),
    )


def _actor() -> str | None:
    """Who acts: `by` in the body of a command, whose schema has looked at it, or in the address of an import."""
    if isinstance(g.body, dict):
        said = g.body.get("by")
        return said.strip() if isinstance(said, str) else None
    if "by" not in request.args:
        return None
    try:
        found: str = fields.Text().deserialize(request.args["by"])
    except ValidationError as error:
        raise ValidationError({"by": error.messages}) from error
    return found


def if_match(from_request: Request) -> int | None:
    """The version that the client has seen, from `If-Match: "3"`. None where it didn't say, or said `*`."""
    header = from_request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    matched = re.fullmatch(r'(?:W/)?"(\d{1,9})"', header.strip())
    if matched is None:
        raise Problem(HTTPStatus.BAD_REQUEST, "if-match-malformed")
    return int(matched[1])


def command_response(outcome: Outcome, name: str | None = None) -> Response:
    answer = outcome.answer
    response = Response(msgspec.json.encode(answer.body), answer.status, mimetype="application/json")
    response.headers.extend(answer.headers)
    if answer.status == HTTPStatus.CREATED:
        ending = quote(name or answer.body["id"], safe="")
        response.headers["Location"] = f"{request.script_root}{request.path.rstrip('/')}/{ending}"
    if outcome.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


# Problems


class Problem(Exception):  # noqa: N818
    """An answer that is not what the client hoped for."""

    def __init__(
        self, status: int, code: str, *, headers: Mapping[str, str] | None = None, **parameters: object
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.headers, self.parameters = status, code, headers or {}, parameters


def problem_response(
    status: int,
    code: str,
    *,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    said: str | None = None,
    **parameters: object,
) -> Response:
    """A problem document; `errors` names each fault, by a pointer into the request or a row and column of the file."""
    document = problems.document(
        status, code, language(), errors=errors, sentences=_sentences(), said=said, **parameters
    )
    response = Response(msgspec.json.encode(document), status, mimetype=problems.CONTENT_TYPE)
    response.headers["Content-Language"] = language()
    response.headers.extend(headers or {})
    return response


def _sentences() -> Sentences:
    known: Sentences = current_app.extensions["sentences"]
    return known


def _answer_errors(app: Flask) -> None:
    again = {"Retry-After": "1"}
    register = app.register_error_handler
    register(
        Problem, lambda error: problem_response(error.status, error.code, headers=error.headers, **error.parameters)
    )
    register(ValidationError, _invalid)
    register(Rejected, _rejected)
    register(commands.NotFound, lambda _: problem_response(404, "not-found"))
    register(commands.KeyReused, lambda _: problem_response(422, "key-reused"))
    register(commands.VersionMismatch, lambda error: problem_response(412, "version-mismatch", version=error.args[0]))
    register(Conflict, lambda _: problem_response(409, "stream-changed"))
    register(TooLargeError, lambda _: problem_response(422, "event-too-large"))
    register(Unavailable, lambda _: problem_response(503, "unavailable", headers=again))
    register(psycopg.OperationalError, lambda _: problem_response(503, "unavailable", headers=again))  # in a query
    register(OutcomeUnknown, lambda _: problem_response(503, "outcome-unknown", headers=again))
    register(Exception, _unexpected)


def _invalid(error: ValidationError) -> Response:
    faults = list(fields.faults(error.messages, language(), _sentences()))
    said = "asked-wrongly" if request.method in ("GET", "HEAD") else None  # nothing was to be stored
    return problem_response(422, "invalid", errors=[asdict(fault) for fault in faults], said=said)


def _rejected(error: Rejected) -> Response:
    message = problems.sentence(error.code, language(), _sentences())
    pointer = f"/{error.field}" if error.field else ""
    return problem_response(409, "rule", errors=[{"pointer": pointer, "code": error.code, "message": message}])


def _http_error(error: http_errors.HTTPException) -> Response:
    match error.code:
        case 404:
            return problem_response(404, "not-found")
        case 405:
            return problem_response(405, "method-not-allowed", headers=_allow(error))
        case 413:
            _read_away()
            return problem_response(413, "too-large", limit=request.max_content_length)
        case 415:
            return problem_response(415, "not-json")
        case 422:
            data = getattr(error, "data", {})
            messages = data.get("messages", {})
            inner = {key: value for place in messages.values() for key, value in place.items()} if messages else {}
            return _invalid(ValidationError(inner))
        case code if code is not None and code < 500:  # noqa: PLR2004
            return problem_response(code, "malformed-json" if code == 400 else "invalid")  # noqa: PLR2004
        case _:
            return _unexpected(error)


READ_AWAY_BYTES, READ_AWAY_SECONDS = 512 * 1024 * 1024, 10.0


def _read_away() -> None:
    """Reads what is not wanted, up to so much: a server that answers and closes while the other side still sends ends
    the connection before the answer has been read, and a gateway then says that nobody answered.
    """
    body, left, until = request.environ["wsgi.input"], READ_AWAY_BYTES, time.monotonic() + READ_AWAY_SECONDS
    with suppress(OSError):  # whoever sent it has gone
        while left > 0 and time.monotonic() < until and (piece := body.read(min(left, 64 * 1024))):
            left -= len(piece)


def _allow(error: http_errors.HTTPException) -> dict[str, str]:
    methods = getattr(error, "valid_methods", None)
    return {"Allow": ", ".join(methods)} if methods else {}


def _unexpected(error: Exception) -> Response:
    telemetry.log.exception(
        "request failed", path=request.path, method=request.method, correlation=g.get("correlation")
    )
    del error
    return problem_response(500, "internal")


# Probes


class _Stopping:
    """True from SIGTERM on: `/readyz` says no, so that no new requests are sent here."""

    now = False


def stop_on_sigterm() -> None:
    before = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: Any) -> None:
        _Stopping.now = True
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)


def _answer_probes(app: Flask, ready: Callable[[], bool], gauges: Callable[[], Iterable[metrics.Gauge]]) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return Response('{"status":"alive"}', mimetype="application/json")

    @app.get("/readyz")
    def readyz() -> Response:
        yes = not _Stopping.now and ready()
        state: Literal["ready", "not ready"] = "ready" if yes else "not ready"
        return Response(f'{{"status":"{state}"}}', 200 if yes else 503, mimetype="application/json")

    @app.get("/metrics")
    def prometheus() -> Response:
        return Response(metrics.exposition(gauges), mimetype=metrics.CONTENT_TYPE)


def _traced(wsgi: Callable[..., Any]) -> Callable[..., Any]:
    """A span around each request, child of the `traceparent` that came with it."""

    def traced_request(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        carrier = {"traceparent": environ["HTTP_TRACEPARENT"]} if "HTTP_TRACEPARENT" in environ else None
        with telemetry.span(
            f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}", carrier=carrier, kind=SpanKind.SERVER
        ):
            return wsgi(environ, start_response)

    return traced_request
