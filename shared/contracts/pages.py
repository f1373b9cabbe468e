"""`/contracts`: a service's events, from its contracts, for people and for programs; and the contracts themselves."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, send_from_directory, url_for

from shared import contracts
from shared.description import reference, type_in_words
from shared.pages.browser import wants_html

blueprint = Blueprint("contracts", __name__)


@dataclass(frozen=True, slots=True)
class Field:
    """name: its path where it is inside of another, `lines[].text`."""

    name: str
    type: str
    required: bool
    since: str
    about: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """written: False of a version that is kept and read, and written no more. text: an example, as it is published."""

    name: str
    version: int
    since: str
    about: str
    written: bool
    topic: str
    schema: str
    example: str
    fields: list[Field]
    text: str


@blueprint.get("/contracts")
def overview() -> Response:
    """Every event with what it means: a page for a browser, JSON for everybody else."""
    service = current_app.extensions["service"]
    found = list(events(service))
    if wants_html():
        title = f"Samtidig: {service.title}"
        response = reference("contracts.html", title=title, what="events", events=found, topic=service.topic)
    else:
        items = [{name: of for name, of in asdict(event).items() if name != "text"} for event in found]
        response = Response(msgspec.json.encode({"items": items}), mimetype="application/json")
    response.vary.add("Accept")
    return response


@blueprint.get("/contracts/<name>.json")
def file(name: str) -> Response:
    """A contract as it is committed: a JSON Schema, an example, or `published.json`."""
    return send_from_directory(current_app.extensions["service"].folder / "contracts", f"{name}.json")


def events(service: Any) -> Iterator[Event]:
    """The service's events, in the order of its catalogue."""
    examples = {service.catalogue.name(event): event for event in service.examples}
    for name in service.catalogue.types:
        schema = contracts.schema(service.catalogue, name, service.meanings)
        yield Event(
            name=name,
            version=int(name.rpartition(".v")[2]),
            since=schema.get("x-since", ""),
            about=schema.get("description", ""),
            written=name not in service.catalogue.upcasters,
            topic=service.topic,
            schema=url_for("contracts.file", name=f"{name}.schema"),
            example=url_for("contracts.file", name=f"{name}.example"),
            fields=list(_fields(schema, schema)),
            text=json.dumps(contracts.example(service.catalogue, examples[name]), ensure_ascii=False, indent=2),
        )


def _fields(part: Mapping[str, Any], schema: Mapping[str, Any], path: str = "") -> Iterator[Field]:
    for name, of in part.get("properties", {}).items():
        yield Field(
            name=f"{path}{name}",
            type=type_in_words(of),
            required=name in part.get("required", ()),
            since=of.get("x-since", ""),
            about=of.get("description", ""),
            unit=of.get("x-unit"),
        )
        inner, place = (of["items"], "[].") if "items" in of else (of, ".")
        if "$ref" in inner:
            definition = schema["$defs"][inner["$ref"].rsplit("/", 1)[-1]]
            yield from _fields(definition, schema, f"{path}{name}{place}")
