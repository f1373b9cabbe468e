"""A service's OpenAPI description as a page for people: `/docs`, made from the same schemas that validate."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, url_for
from jinja2 import Environment, FileSystemLoader, select_autoescape

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=select_autoescape(), trim_blocks=True
)

blueprint = Blueprint("description", __name__)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address, with what may be said to it."""

    method: str
    path: str
    about: str
    fields: list[Field]

    @property
    def anchor(self) -> str:
        return "-".join([self.method.lower(), *filter(None, self.path.strip("/").replace("{", "").split("/"))]).replace(
            "}", ""
        )


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return Response(msgspec.json.encode(current_app.extensions["openapi"]), mimetype="application/json")


@blueprint.get("/docs")
def docs() -> Response:
    spec = current_app.extensions["openapi"]
    return reference(
        "api.html",
        title=spec["info"]["title"],
        what="API",
        spec=spec,
        operations=list(operations(spec)),
        has_contracts="contracts" in current_app.blueprints,
    )


def reference(template: str, **content: Any) -> Response:
    """A page for those who program against the service; nothing in it is run or fetched from elsewhere."""
    nonce = secrets.token_urlsafe(16)
    page = TEMPLATES.get_template(template).render(nonce=nonce, url_for=url_for, **content)
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def operations(spec: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of the description, in the order of its addresses."""
    for path, item in spec["paths"].items():
        for method in ("get", "post"):
            if found := item.get(method):
                about = " ".join(filter(None, [found.get("summary"), found.get("description")]))
                yield Operation(method.upper(), path, about, list(_fields(spec, found)))


def _fields(spec: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[Field]:
    for parameter in operation.get("parameters", []):
        if parameter.get("in") == "query":
            about = parameter.get("description", "")
            yield Field(parameter["name"], type_in_words(parameter["schema"]), parameter.get("required", False), about)
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(spec, content["schema"])
        for name, of in schema.get("properties", {}).items():
            yield Field(name, type_in_words(of), name in schema.get("required", []), of.get("description", ""))


def _resolved(spec: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return found


def type_in_words(schema: Mapping[str, Any]) -> str:
    """The type in words: «list of text, null»."""
    if "enum" in schema:
        return " | ".join(str(choice) for choice in schema["enum"] if choice is not None)
    if "anyOf" in schema:
        return ", ".join(type_in_words(either) for either in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    kinds = schema.get("type", "text")
    words = ", ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in schema:
        return f"{words} of {type_in_words(schema['items'])}"
    return f"{words} ({schema['format']})" if "format" in schema else words
