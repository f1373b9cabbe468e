"""Every event type that an owning service promises is either shown on the timeline or left out for a reason.

The contracts are read as files: a consumer knows nothing else of the services.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from services.timeline.meanings import MEANINGS, Facts
from services.timeline.projection import TimelineProjection
from services.timeline.tests import telling
from shared import envelope, identity
from shared.database import Connection
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

EXAMPLES = {
    path.name.removesuffix(".example.json"): path.read_bytes()
    for path in Path(__file__).parents[2].glob("services/*/contracts/*.example.json")
}

SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_bytes())
    for path in Path(__file__).parents[2].glob("services/*/contracts/*.schema.json")
}

NOT_SHOWN: dict[str, str] = {}
"""Type → why the timeline has no use for it."""

CREATED_BY = {
    "goal": "proposed",
    "action-plan": "drafted",
    "sector": "registered",
    "agency": "registered",
    "central-initiative": "planned",
    "local-initiative": "proposed",
    "communication-activity": "planned",
}


def old(type_: str) -> Envelope:
    """The example, with the fields that its contract requires and no others."""
    event = envelope.read(EXAMPLES[type_])
    data = msgspec.json.decode(event.data)
    required = {name: data[name] for name in SCHEMAS[type_]["required"]}
    return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(required)))


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


def test_each_promised_type_is_shown_or_left_out_for_a_reason():
    """I10: a new event type can't be overlooked."""
    assert EXAMPLES.keys() == MEANINGS.keys() | NOT_SHOWN.keys()
    assert not MEANINGS.keys() & NOT_SHOWN.keys()
    assert all(NOT_SHOWN.values())


@pytest.mark.parametrize("type_", sorted(MEANINGS))
def test_an_event_from_before_its_optional_fields_is_applied(connection, type_):
    """What a contract does not require, events that were stored earlier do not have."""
    stream = str(identity.new())
    kind = type_.removeprefix("samtidig.").split(".")[0]
    created = f"samtidig.{kind}.{CREATED_BY[kind]}.v1"
    events = [
        msgspec.structs.replace(old(name), subject=stream, sequence=n)
        for n, name in enumerate(dict.fromkeys([created, type_]), 1)
    ]
    assert TimelineProjection().apply(connection, events) == {}


@pytest.mark.parametrize("type_", sorted(MEANINGS))
def test_the_example_of_a_contract_is_applied(connection, type_):
    """And what it says stands in the row, field by field, as far as the table has a column of that name."""
    kind = type_.removeprefix("samtidig.").split(".")[0]
    stream = identity.new()
    events = [
        msgspec.structs.replace(envelope.read(EXAMPLES[name]), subject=str(stream), sequence=n)
        for n, name in enumerate(dict.fromkeys([f"samtidig.{kind}.{CREATED_BY[kind]}.v1", type_]), 1)
    ]
    assert TimelineProjection().apply(connection, events) == {}
    table = MEANINGS[type_].table
    one = telling.only_fact if isinstance(table, Facts) else telling.last_row
    row = one(connection, stream, table.table)
    assert row["version"] == len(events)
    for name, value in json.loads(EXAMPLES[type_])["data"].items():
        if name in row:
            assert row[name] == value, name
