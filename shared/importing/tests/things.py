"""A service with an import: things, each in a box that is made with its first thing. Small enough to see through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

from shared import identity
from shared.commands import Aggregate
from shared.decider import require
from shared.envelope import Catalogue
from shared.eventstore import Answer, Facts
from shared.http import Blueprint
from shared.importing import Column, Fault, Row, choice, code, day, text, uploads
from shared.importing.execute import (
    DESCRIPTION,
    Importer,
    Target,
    import_file,
    import_upload,
    own,
    preview,
    read_upload,
)
from shared.service import current
from shared.tests.notes.service import SERVICE as NOTES

HEAVIEST = 100
"""Kilograms in one box."""
MOST = 1_000
"""Kilograms in all boxes together."""


@dataclass(frozen=True)
class Added:
    external_id: str
    name: str
    weight: int | None
    colours: tuple[str, ...]
    since: date | None


@dataclass(frozen=True)
class Changed:
    name: str
    weight: int | None
    colours: tuple[str, ...]
    since: date | None


@dataclass(frozen=True)
class Look:
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thing:
    name: str | None = None
    weight: int | None = None
    look: Look = field(default_factory=Look)
    since: date | None = None


def decide_thing(command: dict[str, Any], thing: Thing, total: int) -> list[Added | Changed]:
    known = {"name": thing.name, "weight": thing.weight, "colours": thing.look.colours, "since": thing.since}
    wanted = {**known, **{name: value for name, value in command.items() if name != "external_id"}}
    if wanted == known:
        return []
    require((wanted["weight"] or 0) <= HEAVIEST, "too-heavy", "kilograms")
    require(total + (wanted["weight"] or 0) - (thing.weight or 0) <= MOST, "too-much")
    return [Changed(**wanted)] if thing.name else [Added(external_id=command["external_id"], **wanted)]


def evolve_thing(thing: Thing, event: Added | Changed) -> Thing:
    return replace(thing, name=event.name, weight=event.weight, look=Look(event.colours), since=event.since)


@dataclass(frozen=True)
class Made:
    name: str


@dataclass(frozen=True)
class Box:
    made: bool = False


CATALOGUE = Catalogue(
    "things",
    {
        "samtidig.thing.added.v1": Added,
        "samtidig.thing.changed.v1": Changed,
        "samtidig.box.made.v1": Made,
    },
)
THING = Aggregate(
    "thing",
    SimpleNamespace(initial=Thing, decide=decide_thing, evolve=evolve_thing),
    CATALOGUE,
    lambda _event, _row: [],
)
BOX = Aggregate(
    "box",
    SimpleNamespace(
        initial=Box,
        decide=lambda name, box, _total: [] if box.made else [Made(name)],
        evolve=lambda box, _: replace(box, made=True),
    ),
    CATALOGUE,
    lambda _event, _row: [],
)
COLUMNS = (
    Column("external_id", code, required=True),
    Column("name", text, required=True, maximum=600),
    Column("box", code, aliases=("eske",)),
    Column("weight", lambda cell: int(code(cell)), aliases=("vekt",)),
    Column("colours", choice({"red": ("rød",), "blue": ("blå",)}), many=True, aliases=("farger",)),
    Column("since", day, aliases=("siden",)),
)


def targets(row: Row) -> Iterator[Target]:
    values = dict(row.values)
    item = own("thing", str(values.pop("external_id")))
    box = values.pop("box", None)
    if box:
        name = str(box)
        yield Target(row, BOX, identity.named("box", name), lambda _: [name], name)
    command = {"external_id": item.external_id, **values}
    yield Target(row, THING, item.stream, lambda _: [command], item.external_id, by_id=item.by_id)


def no_two_alike(rows: Sequence[Row], _total: Any) -> Iterator[Fault]:
    """The last of those that have the same name has to go."""
    names: dict[object, list[Row]] = {}
    for row in rows:
        names.setdefault(row.values["name"], []).append(row)
    for alike in names.values():
        if len(alike) > 1:
            yield alike[-1].fault("name", "alike")


WEIGHT = "select 0 as total"


def _after(total: int, before: Any, after: Any) -> int:
    return total + (after.weight or 0) - (before.weight or 0) if isinstance(after, Thing) else total


def total() -> Facts:
    return Facts(WEIGHT, lambda row: int(row["total"]), lock="weight", after=_after)


IMPORTER = Importer(
    COLUMNS, ["external_id"], targets, fields={"kilograms": "weight"}, facts=total, together=no_two_alike
)

blueprint = Blueprint("things", __name__)
TOLD: list[tuple[str, int, int]] = []
"""The progress of the last import of an upload."""


@blueprint.post("/things/import")
@blueprint.doc(**DESCRIPTION)
def import_things() -> Response:
    return import_file(IMPORTER)


@blueprint.post("/uploads/<uuid:upload>/import")
def import_things_of(upload: UUID) -> Response:
    with current().database.connection() as connection:
        found = uploads.find(connection, "thing", upload)
    assert found is not None
    skip = "skip" in request.args
    if "preview" in request.args:
        plan = preview(IMPORTER, read_upload(found, IMPORTER), skip=skip)
    else:
        TOLD.clear()
        done = import_upload(found, IMPORTER, skip=skip, progress=lambda *told: TOLD.append(told))
        if isinstance(done, Answer):
            return jsonify(done.body)
        plan = done
    return jsonify(
        {
            "results": {str(row): result for row, result in plan.results.items()},
            "changes": [{"id": str(change.id), "fields": change.fields()} for change in plan.changes],
            "faults": [fault.as_json("en", current().sentences) for fault in plan.faults],
        }
    )


SERVICE = replace(
    NOTES,
    catalogue=CATALOGUE,
    examples=[],
    sentences={
        "too-heavy": ("For tung.", "Too heavy."),
        "too-much": ("For mye til sammen.", "Too much altogether."),
        "alike": ("Noe annet heter det samme.", "Something else has the same name."),
    },
    blueprints=[blueprint],
)
