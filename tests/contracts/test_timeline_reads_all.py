"""Every event type that an owning service promises is either shown on the timeline or left out for a reason.

The contracts are read as files: a consumer knows nothing else of the services.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from services.timeline.projection import ROUTES, TimelineProjection
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

NOT_SHOWN = {
    "samtidig.goal.effect-observed.v1": "what came of a goal is no period; it stands on the goal's own page",
    "samtidig.communication-activity.feedback-received.v1": "feedback stands on the activity's own page",
    "samtidig.action-plan.drafted.v1": "initiatives carry their plan's year; the plan has no page of its own yet",
    "samtidig.action-plan.renamed.v1": "as for drafted: the plan has no page of its own yet",
    "samtidig.action-plan.area-added.v1": "initiatives carry the name of their area",
    "samtidig.action-plan.budget-framed.v1": "the timeline is about days, not about money",
    "samtidig.action-plan.discussed.v1": "with whom a plan was discussed moves no period; its report tells it",
    "samtidig.action-plan.adopted.v1": "adoption moves no period; the plan's report, frozen by it, is its owner's",
    "samtidig.action-plan.closed.v1": "a closed plan's initiatives keep their periods",
    "samtidig.central-initiative.budget-changed.v1": "the timeline is about days, not about money",
    "samtidig.central-initiative.status-reported.v1": "a report in words moves no period; the owner's page tells it",
    "samtidig.local-initiative.participation-recorded.v1": "who took part moves no period; the owner's page tells it",
    "samtidig.local-initiative.learning-shared.v1": "the owner lists it across sectors; no page of its own here yet",
    "samtidig.local-initiative.status-reported.v1": "a report in words moves no period; the owner's page tells it",
}

CREATED_BY = {
    "goal": "proposed",
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
    assert EXAMPLES.keys() == ROUTES.keys() | NOT_SHOWN.keys()
    assert not ROUTES.keys() & NOT_SHOWN.keys()
    assert all(NOT_SHOWN.values())


@pytest.mark.parametrize("type_", sorted(ROUTES))
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


@pytest.mark.parametrize("type_", sorted(ROUTES))
def test_the_example_of_a_contract_is_applied(connection, type_):
    """And what it says stands in the row, field by field, as far as the view has a column of that name."""
    kind = type_.removeprefix("samtidig.").split(".")[0]
    stream = identity.new()
    events = [
        msgspec.structs.replace(envelope.read(EXAMPLES[name]), subject=str(stream), sequence=n)
        for n, name in enumerate(dict.fromkeys([f"samtidig.{kind}.{CREATED_BY[kind]}.v1", type_]), 1)
    ]
    assert TimelineProjection().apply(connection, events) == {}
    row = telling.last_row(connection, stream, ROUTES[type_][0].table)
    assert row["version"] == len(events)
    for name, value in json.loads(EXAMPLES[type_])["data"].items():
        if name in row:
            assert row[name] == value, name
