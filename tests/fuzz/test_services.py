"""Each service answers whatever it is asked as its own description says: no 5xx, and nothing undescribed.

In process, on a real PostgreSQL. `make test` asks the same few hundred questions each time; `make fuzz` asks many more,
others each time, and says by which number they can be asked again.
"""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask

from services.timeline import app as timeline
from services.timeline.meanings import MEANINGS
from services.timeline.projection import TimelineProjection
from services.timeline.tests import telling
from shared import config, envelope
from shared.testing.fuzzing import USUAL_SEED, World, fuzz, operations
from shared.testing.plugin import Postgres
from shared.testing.service import running

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
"""Requests of each operation that its description allows; a third as many that it forbids come on top."""
SEED = int(os.environ.get("FUZZ_SEED") or (random.randrange(2**32) if "FUZZ_EXAMPLES" in os.environ else USUAL_SEED))
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Start:
    """What is said to a service before it is asked anything, and what its questions may be about.

    words: field or parameter → what may be said there; files: address of an import → a file of the demo.
    """

    commands: Sequence[tuple[str, dict[str, Any]]]
    words: dict[str, list[Any]]
    files: dict[str, str]

    def world(self) -> World:
        return World(self.words, {path: list(versions(name)) for path, name in self.files.items()})


DAYS = {"on": ["2018-02-12"], "start": ["2018-02-12", None], "end": ["2018-06-29", None], "text": ["tillit"]}

STARTS = {
    "goals": Start(
        commands=[
            ("/goals", {"external_id": "K1", "title": "Tillit", "kind": "purpose", "expected_effect": "Mer tid"})
        ],
        words={**DAYS, "external_id": ["K1", "K2", "K3"], "parent": ["K1"]},
        files={"/goals/import": "goals.csv"},
    ),
    "central_initiatives": Start(
        commands=[
            ("/plans", {"year": 2018}),
            ("/plans/2018/areas", {"name": "Ledelse"}),
            ("/initiatives", {"external_id": "S1", "plan_year": 2018, "area": "Ledelse", "title": "Samling"}),
        ],
        words={
            **DAYS,
            "external_id": ["S1", "S2"],
            "year": [2018, 2019],
            "plan_year": [2018],
            "area": ["Ledelse"],
            "budget": [1000, None],
        },
        files={"/initiatives/import": "central_initiatives.csv", "/plans/import": "central_initiatives.csv"},
    ),
    "local_initiatives": Start(
        commands=[
            ("/sectors", {"code": "EHA", "name": "Eldre, helse og arbeid"}),
            ("/agencies", {"code": "BSA", "name": "Bydel Sagene", "sector": "EHA"}),
            ("/initiatives", {"external_id": "T1", "sector": "EHA", "title": "Faste team"}),
            ("/initiatives/EHA:T1/anchor", {"where": ["fagdialog"]}),
        ],
        words={
            **DAYS,
            "code": ["EHA", "BSA"],
            "sector": ["EHA"],
            "agency": ["BSA"],
            "external_id": ["T1", "T2"],
            "central": ["S1"],
        },
        files={
            "/sectors/import": "sectors.csv",
            "/agencies/import": "agencies.csv",
            "/initiatives/import": "local_initiatives.csv",
        },
    ),
    "communication": Start(
        commands=[("/activities", {"external_id": "A1", "title": "Nyhetsbrev"})],
        words={**DAYS, "external_id": ["A1", "A2"]},
        files={"/activities/import": "communication_activities.csv"},
    ),
}


def versions(name: str) -> Iterator[str]:
    """A few rows of a file of the demo; the same without what its last column needs; and a header alone."""
    lines = (ROOT / "infra" / "demo" / name).read_text(encoding="utf-8").splitlines()
    yield "\n".join(lines[:4])
    yield "\n".join([lines[0], *(line.replace(",", ";;") for line in lines[1:3])])
    yield lines[0]


@pytest.mark.parametrize("name", STARTS)
def test_an_owning_service_answers_as_it_is_described(name: str, postgres: Postgres):
    start, world = STARTS[name], STARTS[name].world()
    service = import_module(f"services.{name}.app").SERVICE
    with running(service, postgres.database(), BODY_LIMIT_BYTES="100000") as at_work:
        for path, body in start.commands:
            response = at_work.post(path, body)
            assert response.status_code in (200, 201), response.text
            if "Location" in response.headers:
                world.made(path, response.headers["Location"])
        ask(at_work.app, world)


def test_the_timeline_answers_as_it_is_described(projected: Flask):
    known = {
        "/api/initiatives": [str(event.id) for event in examples() if "initiative" in event.type],
        "/api/plans": [str(msgspec.json.decode(event.data)["year"]) for event in examples() if "drafted" in event.type],
    }
    words = {"goal": ["K2"], "sector": ["EHA"], "year": [2018], "from": ["2018-01-01"], "to": ["2018-12-31"]}
    ask(projected, World({**words, "known_on": ["2018-12-31"]}, items=known))


@pytest.fixture
def projected(postgres: Postgres) -> Iterator[Flask]:
    """The timeline of an item of each kind, as the contracts' examples tell it."""
    url = postgres.database()
    with telling.read_model(url) as connection, pytest.MonkeyPatch.context() as patch:
        assert TimelineProjection().apply(connection, list(examples())) == {}
        patch.setenv("DATABASE_URL", url)
        patch.setenv("WAIT_SECONDS", "0")
        config.settings.cache_clear()
        app = timeline.create()
        config.settings.cache_clear()
        yield app
        app.extensions["database"].close()


def examples() -> Iterator[envelope.Envelope]:
    """One item of each kind, made by the example of its first event."""
    for path in ROOT.glob("services/*/contracts/*.example.json"):
        event = envelope.read(path.read_bytes())
        if event.type in MEANINGS and event.type.split(".")[2] in ("proposed", "planned", "registered", "drafted"):
            yield msgspec.structs.replace(event, subject=str(event.id))


def ask(app: Flask, world: World) -> None:
    """Says which questions they were, and how each operation answered; pytest shows it where one fails.

    Whatever can be read was read: else its description would have been held to nothing.
    """
    print(f"FUZZ_SEED={SEED} FUZZ_EXAMPLES={EXAMPLES}")
    for operation in operations(app):
        fuzz(operation, world, examples=EXAMPLES, start=SEED)
    for name, answered in world.answered.items():
        print(name, dict(sorted(answered.items())))
    unread = [name for name, answered in world.answered.items() if name.startswith("GET") and 200 not in answered]
    assert unread == []
