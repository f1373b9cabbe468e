"""A service's OpenAPI 3.1 description, whole: what flask-smorest writes of its schemas, and what all operations share.

Problem documents, headers and references are the same everywhere (`shared.http`, `shared.problems`), so they are
written here once, as components, and given to each operation that can say them: an operation's address and its method
tell which.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared import problems

METHODS = ("get", "post")

DESCRIPTION = """\
Commands are POSTed as JSON and answered with the item, its version and the events that they gave. What is not as it
should be is answered with a problem document (RFC 9457) that names every fault at once, in bokmål or English.

* `If-Match` makes a command conditional: it is refused (412) where the item has changed since it was fetched.
* `Idempotency-Key` makes it safe to send a command again: the first answer is repeated, and nothing happens twice.
* `Consistency-Token` of an answer, sent to the timeline, makes it wait until it includes the command.

Days are inclusive calendar days, Europe/Oslo. The events that the commands give are described at `/contracts`.
"""

SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "What is wrong, all of it at once (RFC 9457).",
        "properties": {
            "type": {"type": "string", "description": "urn:samtidig:problem:<code>"},
            "title": {"type": "string", "description": "the problem in a sentence, bokmål or English"},
            "status": {"type": "integer", "description": "the status of the answer"},
            "code": {"type": "string", "description": "names the kind of problem; stable"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
            "total": {"type": "integer", "description": "how many faults there are, where not all are named"},
        },
        "required": ["type", "title", "status", "code", "errors"],
    },
    "Fault": {
        "type": "object",
        "description": "One thing that is wrong, and where: a pointer into the body, or a row and column of a file.",
        "properties": {
            "code": {"type": "string", "description": "names the fault; stable"},
            "message": {"type": "string", "description": "the fault in a sentence, bokmål or English"},
            "pointer": {"type": "string", "description": "JSON pointer (RFC 6901); empty: the whole of it"},
            "row": {"type": ["integer", "null"], "description": "row of the file, as a spreadsheet counts them"},
            "column": {"type": ["string", "null"], "description": "name of the column"},
        },
        "required": ["code", "message"],
    },
    "Imported": {
        "type": "object",
        "description": "What an import did, or with `dry_run` would do; counted in rows.",
        "properties": {
            "dry_run": {"type": "boolean"},
            "created": {"type": "integer", "minimum": 0, "description": "rows that made an item"},
            "updated": {"type": "integer", "minimum": 0, "description": "rows that changed an item"},
            "unchanged": {"type": "integer", "minimum": 0, "description": "rows that say what is there already"},
            "changes": {
                "type": "array",
                "description": "every item that the file makes or changes",
                "items": {"$ref": "#/components/schemas/ImportedItem"},
            },
            "skipped": {
                "type": "array",
                "description": "with `faulty=skip`: rows that were left out, and why",
                "items": {
                    "type": "object",
                    "properties": {
                        "row": {"type": "integer"},
                        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
                    },
                    "required": ["row", "errors"],
                },
            },
            "skipped_rows": {"type": "integer", "minimum": 0, "description": "how many were left out"},
        },
        "required": ["dry_run", "created", "updated", "unchanged", "changes"],
    },
    "ImportedItem": {
        "type": "object",
        "properties": {
            "row": {"type": "integer", "description": "row of the file, as a spreadsheet counts them"},
            "kind": {"type": "string"},
            "id": {"type": "string", "format": "uuid"},
            "external_id": {"type": ["string", "null"]},
            "change": {"enum": ["created", "updated"]},
            "events": {"type": "array", "items": {"type": "string"}, "description": "wire types, in order"},
            "fields": {
                "type": ["array", "null"],
                "description": "what becomes another; null where there are too many items to tell of each",
                "items": {
                    "type": "object",
                    "properties": {"field": {"type": "string"}, "before": {}, "after": {}},
                    "required": ["field", "before", "after"],
                },
            },
        },
        "required": ["row", "kind", "id", "external_id", "change", "events"],
    },
}

PARAMETERS: dict[str, Any] = {
    "If-Match": {
        "in": "header",
        "name": "If-Match",
        "description": 'the version that the client has seen, from an `ETag`: `"3"`. Without it, or with `*`: any',
        "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[0-9]{1,9}")$'},
    },
    "Idempotency-Key": {
        "in": "header",
        "name": "Idempotency-Key",
        "description": "chosen by the client, new for each command; one sent again with its key is answered as before",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "Accept-Language": {
        "in": "header",
        "name": "Accept-Language",
        "description": "of the sentences in problem documents: `nb` or `en`",
        "schema": {"type": "string", "default": "nb"},
    },
    "Consistency-Token": {
        "in": "header",
        "name": "Consistency-Token",
        "description": "from the answer to a command: the timeline waits, for a moment, until it includes that command",
        "schema": {"type": "string", "pattern": "^[0-9a-f-]{36}:[0-9]{1,9}$"},
    },
}

HEADERS: dict[str, Any] = {
    "ETag": {
        "description": "the item's version, for `If-Match`",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    },
    "Location": {
        "description": "the address of the new item",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Consistency-Token": {
        "description": "sent to the timeline, makes it wait until it includes this; absent where nothing changed",
        "schema": {"type": "string", "pattern": "^[0-9a-f-]{36}:[0-9]+$"},
    },
    "Idempotency-Replayed": {
        "description": "`true` where the answer is an earlier one, to the same Idempotency-Key",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Content-Language": {"description": "of the sentences", "required": True, "schema": {"enum": ["nb", "en"]}},
    "Retry-After": {"description": "after how many seconds to try again", "schema": {"type": "string"}},
}

PROBLEMS: dict[str, tuple[str, str]] = {
    "400": (
        "BadRequest",
        "The request can't be read: malformed JSON, `If-Match` or `Consistency-Token`, too long a key.",
    ),
    "404": ("NotFound", "There is nothing with this id."),
    "409": ("Conflict", "A rule was broken, or somebody else changed the item at the same time. Nothing was stored."),
    "412": ("PreconditionFailed", "The item is not at the version of `If-Match` any more. Nothing was stored."),
    "413": ("ContentTooLarge", "The body is larger than the service takes."),
    "415": ("UnsupportedMediaType", "The body is not JSON."),
    "422": (
        "UnprocessableContent",
        "The content has faults, all named; or an `Idempotency-Key` that was used for another.",
    ),
    "503": ("Unavailable", "The database, or what is waited for, is out of reach for now. Nothing was stored."),
}
"""Status → name and meaning of the problem document."""


def complete(generated: Mapping[str, Any]) -> dict[str, Any]:
    """The description with everything that all operations share. `generated` is left as it is."""
    schemas = generated.get("components", {}).get("schemas", {})
    paths = {path: _path(path, item, {**schemas, **SCHEMAS}) for path, item in generated["paths"].items()}
    described = {
        **generated,
        "info": {**generated["info"], "description": DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": {**_said(schemas, paths), **SCHEMAS},
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "responses": {name: _problem(status, about) for status, (name, about) in PROBLEMS.items()},
        },
    }
    return _without_leftovers(described)


# One address


def _path(path: str, item: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {word: _operation(path, word, value, schemas) if word in METHODS else value for word, value in item.items()}


def _operation(path: str, method: str, found: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [_said_in_address(parameter) for parameter in found.get("parameters", [])]
    answers = {
        status: _answer(answer, status, path, method, schemas)
        for status, answer in found["responses"].items()
        if status.startswith("2")
    }
    return {
        **found,
        "summary": found.get("summary") or _sentence(found["operationId"]),
        "parameters": [*parameters, *(_reference("parameters", name) for name in _headers_of(path, method))],
        "responses": {
            **answers,
            **{
                status: _reference("responses", name)
                for status, (name, _) in PROBLEMS.items()
                if status in _statuses(path, method, found)
            },
        },
    }


def _headers_of(path: str, method: str) -> Iterator[str]:
    """What a request may say in its headers. Without an item at the address there is no version of one."""
    if method == "post":
        yield "Idempotency-Key"
        if "{" in path:
            yield "If-Match"
    elif path.startswith("/api/"):
        yield "Consistency-Token"
    yield "Accept-Language"


def _statuses(path: str, method: str, operation: Mapping[str, Any]) -> set[str]:
    """The problems that an operation can answer with."""
    found = {"503"}
    if "{" in path:
        found.add("404")
    if method == "post":
        found |= {"400", "409", "412", "413", "415", "422"}
    elif path.startswith("/api/"):
        found |= {"400", "422"}
    elif any(parameter.get("in") == "query" for parameter in operation.get("parameters", [])):
        found.add("422")
    return found


def _answer(
    answer: Mapping[str, Any], status: str, path: str, method: str, schemas: Mapping[str, Any]
) -> dict[str, Any]:
    """An answer with its headers. What a command made, and an item at its own address, have their version as ETag."""
    bodies = [_resolved(content["schema"], schemas) for content in answer.get("content", {}).values()]
    versioned = any("version" in body.get("properties", {}) for body in bodies)
    names = ["ETag"] if versioned and (method == "post" or path.endswith("}")) else []
    if method == "post":
        names += ["Consistency-Token", "Idempotency-Replayed"]
    if status == "201":
        names.append("Location")
    headers = {**answer.get("headers", {}), **{name: _reference("headers", name) for name in names}}
    return {**answer, **({"headers": headers} if headers else {})}


def _said_in_address(parameter: Mapping[str, Any]) -> dict[str, Any]:
    """An address can't say null: what it leaves out is not asked for."""
    schema = dict(parameter.get("schema", {}))
    if schema.get("default", ...) is None:
        del schema["default"]
    if isinstance(schema.get("type"), list):
        kinds = [kind for kind in schema["type"] if kind != "null"]
        schema["type"] = kinds[0] if len(kinds) == 1 else kinds
    if "enum" in schema:
        schema["enum"] = [choice for choice in schema["enum"] if choice is not None]
    return {**parameter, "schema": schema}


# What is said and answered


def _said(schemas: Mapping[str, Any], paths: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas; an answer has every one of its fields, which marshmallow does not say of what it only writes."""
    asked = {name for item in paths.values() for body in _bodies(item) for name in _reached(body, schemas)}
    answered = {name for item in paths.values() for body in _answers(item) for name in _reached(body, schemas)}
    return {
        name: {**of, "required": list(of["properties"])} if name in answered - asked and "properties" in of else of
        for name, of in schemas.items()
        if name in asked | answered
    }


def _bodies(item: Mapping[str, Any]) -> Iterator[Any]:
    for method in METHODS:
        yield item.get(method, {}).get("requestBody", {})


def _answers(item: Mapping[str, Any]) -> Iterator[Any]:
    for method in METHODS:
        yield item.get(method, {}).get("responses", {})


def _reached(part: Any, schemas: Mapping[str, Any]) -> set[str]:
    """The names of the schemas that a part of the description refers to, and those that they refer to."""
    found: set[str] = set()
    waiting = list(_references(part))
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in found:
            found.add(name)
            waiting += _references(schemas[name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if "$ref" in part:
            yield part["$ref"].rsplit("/", 1)[-1]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schemas[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema
    return found


def _problem(status: str, about: str) -> dict[str, Any]:
    names = ["Content-Language", *(["Retry-After"] if status == "503" else [])]
    return {
        "description": about,
        "headers": {name: _reference("headers", name) for name in names},
        "content": {problems.CONTENT_TYPE: {"schema": _reference("schemas", "Problem")}},
    }


def _without_leftovers(described: dict[str, Any]) -> dict[str, Any]:
    """Without the components that no operation refers to: each service has those that it says."""
    components: dict[str, dict[str, Any]] = described["components"]
    used: set[tuple[str, str]] = set()
    waiting = list(_pointers(described["paths"]))
    while waiting:
        kind, name = waiting.pop()
        if (kind, name) not in used:
            used.add((kind, name))
            waiting += _pointers(components[kind][name])
    kept = {
        kind: {name: of for name, of in of_kind.items() if (kind, name) in used} for kind, of_kind in components.items()
    }
    return {**described, "components": {kind: of for kind, of in kept.items() if of}}


def _pointers(part: Any) -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            _, kind, name = part["$ref"].rsplit("/", 2)
            yield kind, name
        for value in part.values():
            yield from _pointers(value)
    elif isinstance(part, list):
        for value in part:
            yield from _pointers(value)


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _sentence(operation: str) -> str:
    """`observe_effect` → “Observe effect.”"""
    return re.sub("_", " ", operation).capitalize() + "."
