"""Requests that schemathesis makes of a service's own OpenAPI description, and what every answer must be.

An operation at the address of an item would almost always be asked about items that are not there, and a command that
leans on others would almost always be refused. So a `World` remembers the items that commands made, and knows a few
words (codes, years, areas) that are said in place of what was made up, two times out of three.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

Operation = APIOperation[Any, Any, Any, Any]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""No 5xx; each answer has a status, a content type, headers and a body that the description names."""

TOKEN = re.compile("[0-9a-f-]{36}:[0-9]{1,9}")

USUAL_SEED = 1055
"""`make test` makes the same requests each time."""


@dataclass
class World:
    """words: name of a field or parameter → what is said there; files: address of an import → what is sent there.

    items: address of a collection → names of the items in it; grows with each item that is made.
    """

    words: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    answered: dict[str, dict[int, int]] = field(default_factory=dict)
    """Operation → status → how often: what the requests reached."""

    def made(self, collection: str, location: str) -> None:
        """An item was made, and has this address."""
        self.items.setdefault(collection, []).append(location.rsplit("/", 1)[-1])


def operations(app: Flask) -> list[Operation]:
    """Those that make items first, so that the others have items to be about."""
    description = schemathesis.openapi.from_wsgi("/openapi.json", app)
    found = [result.ok() for result in description.get_all_operations() if isinstance(result, Ok)]
    return sorted(found, key=lambda operation: ("{" in operation.path, operation.method.upper() != "POST"))


def fuzz(operation: Operation, world: World, *, examples: int, start: int = USUAL_SEED) -> None:
    """Sends as many requests as the description allows, and a third as many that it forbids.

    Raises what schemathesis found, with the request that shows it, as soon as one answer is not as described. That
    request is not made smaller: the service has changed by the time it would be sent again.
    """
    _send(operation, GenerationMode.POSITIVE, world, examples, start)
    if list(operation.body) or list(operation.query):  # at the address of an item, every text is allowed
        _send(operation, GenerationMode.NEGATIVE, world, examples // 3, start)


def _send(operation: Operation, mode: GenerationMode, world: World, number: int, start: int) -> None:
    @seed(start)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        _place(case, world, data)
        response = case.call()
        case.validate_response(response, checks=CHECKS)
        answered = world.answered.setdefault(operation.label, {})
        answered[response.status_code] = answered.get(response.status_code, 0) + 1
        if location := response.headers.get("location"):
            world.made(operation.path, location[0])

    run()


def _place(case: Case[Any], world: World, data: st.DataObject) -> None:
    """Says words of the world in some of the places of the request."""

    def said(name: str, choices: Sequence[Any]) -> bool:
        return bool(choices) and data.draw(st.sampled_from((True, True, False)), label=f"{name} is known")

    items = world.items.get(case.operation.path.partition("/{")[0], [])
    for name in case.path_parameters or {}:
        if said(name, items):
            case.path_parameters[name] = data.draw(st.sampled_from(items))
    for part in (case.query, case.body):
        if isinstance(part, dict):
            for name in part:
                if said(name, world.words.get(name, ())):
                    part[name] = data.draw(st.sampled_from(world.words[name]))
    headers: MutableMapping[str, Any] = case.headers or {}
    if TOKEN.fullmatch(str(headers.get("Consistency-Token"))):
        del headers["Consistency-Token"]  # nobody made such a command: the right answer is 503
    if "If-Match" in headers and said("If-Match", ["*"]):
        del headers["If-Match"]
    files = world.files.get(case.operation.path, ())
    if said("file", files):
        case.body, case.media_type = data.draw(st.sampled_from(files)), "text/csv"
