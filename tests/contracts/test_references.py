"""The names that services keep of others' items: read from what the owners really publish, and of their own tables."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from infra.local.processes import OWNING_SERVICES
from shared import identity
from shared.references import CENTRAL_INITIATIVES, GOALS, LOCAL_INITIATIVES
from shared.references.sources import Wire
from shared.service import Service
from shared.testing.plugin import Postgres
from shared.testing.service import running

ROOT = Path(__file__).parents[2]
SOURCES = (GOALS, CENTRAL_INITIATIVES, LOCAL_INITIATIVES)
WIRES = [(source.topic, kind, wire) for source in SOURCES for kind, wire in source.kinds.items()]
SERVICES: dict[str, Service] = {name: import_module(f"services.{name}.app").SERVICE for name in OWNING_SERVICES}
OWN = [(name, kind) for name, service in SERVICES.items() for kind in service.own_names]


@pytest.mark.parametrize(("topic", "kind", "wire"), WIRES, ids=[kind for _, kind, _ in WIRES])
def test_what_a_name_is_read_from_is_what_its_owner_publishes(topic: str, kind: str, wire: Wire):
    owner = next(service for service in SERVICES.values() if service.topic == topic)
    examples = owner.folder / "contracts"
    for happened in (*wire.names, *wire.ends):
        assert f"samtidig.{kind}.{happened}.v1" in owner.catalogue.types
    begins, changes = (
        json.loads((examples / f"samtidig.{kind}.{happened}.v1.example.json").read_text(encoding="utf-8"))["data"]
        for happened in wire.names
    )
    assert {wire.external_id, wire.title} <= set(begins)
    assert {wire.part_of, wire.note} - {None} <= set(begins)
    assert wire.title in changes


@pytest.mark.parametrize(("name", "kind"), OWN)
def test_a_service_names_its_own_items_from_its_own_table(name: str, kind: str, postgres: Postgres):
    with running(SERVICES[name], postgres.database()) as service:
        assert service.service.lists.all_of(kind) == service.service.lists.search(kind, "K1") == []
        assert service.service.lists.names(kind, [identity.named(kind, "K1")]) == {}


def test_a_goal_is_found_by_its_name_at_once_in_its_own_service(postgres: Postgres):
    with running(SERVICES["goals"], postgres.database()) as goals:
        for key, title in (("K10", "Mer tillit"), ("K2", "Færre krav")):
            assert (
                goals.post("/goals", {"external_id": key, "title": title, "kind": "characteristic"}).status_code == 201
            )
        assert [found.label for found in goals.service.lists.all_of("goal")] == ["K2 Færre krav", "K10 Mer tillit"]
        assert [found.external_id for found in goals.service.lists.search("goal", "tillit")] == ["K10"]


def test_a_local_initiative_is_named_with_its_sector_as_others_refer_to_it(postgres: Postgres):
    with running(SERVICES["local_initiatives"], postgres.database()) as local:
        assert local.post("/sectors", {"code": "EHA", "name": "Eldre, helse og arbeid"}).status_code == 201
        proposed = {"external_id": "T01", "title": "Samling", "sector": "EHA"}
        assert local.post("/initiatives", proposed).status_code == 201
        [found] = local.service.lists.search("local-initiative", "t01")
        assert (found.label, found.id) == ("EHA:T01 Samling", identity.resolve("local-initiative", "EHA:T01"))
        assert local.service.lists.names("sector", [found.part_of])[found.part_of].title == "Eldre, helse og arbeid"
