"""What every service's OpenAPI description says of all operations alike; the services' own tests validate theirs."""

import marshmallow
import pytest
from flask import Flask
from openapi_spec_validator import validate

from shared import http
from shared.fields import Choice, Reference, Text
from shared.http import DoneSchema
from shared.importing.execute import DESCRIPTION
from shared.reading import ListSchema, listed
from shared.schemas import CommandSchema


class WriteSchema(CommandSchema):
    makes = dict

    text = Text(required=True)


class NoteSchema(marshmallow.Schema):
    text = Text()
    version = marshmallow.fields.Integer()


class FilterSchema(ListSchema):
    kind = Choice(("long", "short"), load_default=None)
    goal = Reference("goal", load_default=None)


blueprint = http.Blueprint("notes", __name__, description="Notes", addressed_by={"note": "id of a note"})


@blueprint.post("/notes")
@blueprint.arguments(WriteSchema)
@blueprint.response(201, DoneSchema)
def write(command):
    """Begins a note."""


@blueprint.post("/notes/<note>/add_line")
@blueprint.arguments(WriteSchema)
@blueprint.response(200, DoneSchema)
def add_line(command, note):
    pass


@blueprint.post("/notes/import")
@blueprint.doc(**DESCRIPTION)
def import_notes():
    pass


@blueprint.get("/notes")
@blueprint.arguments(FilterSchema, location="query")
@blueprint.response(200, listed(NoteSchema))
def notes(filters):
    pass


@blueprint.get("/notes/<note>")
@blueprint.response(200, NoteSchema)
def note(note):
    pass


@pytest.fixture(scope="module")
def app() -> Flask:
    made = http.application("notes", "notes", sentences={}, body_limit=1000, ready=lambda: True, gauges=list)
    return http.publish(made, blueprint)


@pytest.fixture(scope="module")
def described(app):
    return app.test_client().get("/openapi.json").json


def referred(parts):
    return {part["$ref"].rsplit("/", 1)[-1] for part in parts if "$ref" in part}


def test_it_is_valid_openapi(described):
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert described["info"]["description"]
    assert described["servers"]


def test_each_operation_has_the_name_of_its_function_and_says_what_it_does(described):
    operations = {
        of["operationId"]: of
        for item in described["paths"].values()
        for word, of in item.items()
        if word != "parameters"
    }
    assert operations.keys() == {"write", "add_line", "import_notes", "notes", "note"}
    assert operations["write"]["summary"] == "Begins a note."
    assert operations["add_line"]["summary"] == "Add line."
    assert all(of["tags"] == ["notes"] for of in operations.values())


@pytest.mark.parametrize(
    ("path", "method", "problems"),
    [
        ("/notes", "post", {"400", "409", "412", "413", "415", "422", "503"}),
        ("/notes/{note}/add_line", "post", {"400", "404", "409", "412", "413", "415", "422", "503"}),
        ("/notes/import", "post", {"400", "409", "412", "413", "415", "422", "503"}),
        ("/notes", "get", {"422", "503"}),
        ("/notes/{note}", "get", {"404", "503"}),
    ],
)
def test_each_operation_names_the_problems_that_it_can_answer_with(described, path, method, problems):
    answers = described["paths"][path][method]["responses"]
    assert {status for status in answers if not status.startswith("2")} == problems
    for status in problems:
        answer = described["components"]["responses"][answers[status]["$ref"].rsplit("/", 1)[-1]]
        assert answer["content"].keys() == {"application/problem+json"}


def test_headers_are_described_once_and_referred_to(described):
    command = described["paths"]["/notes/{note}/add_line"]["post"]
    assert referred(command["parameters"]) == {"If-Match", "Idempotency-Key", "Accept-Language"}
    assert command["responses"]["200"]["headers"].keys() == {"ETag", "Consistency-Token", "Idempotency-Replayed"}
    creating = described["paths"]["/notes"]["post"]
    assert "If-Match" not in referred(creating["parameters"])
    assert "Location" in creating["responses"]["201"]["headers"]
    assert described["paths"]["/notes/{note}"]["get"]["responses"]["200"]["headers"].keys() == {"ETag"}
    assert "headers" not in described["paths"]["/notes"]["get"]["responses"]["200"]


def test_a_part_of_an_address_says_what_it_is(described):
    [parameter] = described["paths"]["/notes/{note}"]["parameters"]
    assert parameter["description"] == "id of a note"
    assert parameter["required"]


def test_an_address_can_not_say_null(described):
    asked = {one["name"]: one["schema"] for one in described["paths"]["/notes"]["get"]["parameters"] if "name" in one}
    assert asked["kind"] == {"type": "string", "enum": ["long", "short"]}
    assert asked["goal"] == {"type": "string", "minLength": 1, "maxLength": 300}


def test_an_answer_has_all_of_its_fields_and_a_command_those_that_it_needs(described):
    schemas = described["components"]["schemas"]
    assert schemas["Note"]["required"] == ["text", "version"]
    assert schemas["Write"]["required"] == ["text"]


def test_there_is_nothing_that_no_operation_refers_to(described):
    assert "Error" not in described["components"]["schemas"]
    assert "Consistency-Token" not in described["components"]["parameters"]


def test_the_page_for_people_has_every_operation(app):
    page = app.test_client().get("/docs").text
    for path in ("POST /notes/{note}/add_line", "GET /notes"):
        assert path in page
