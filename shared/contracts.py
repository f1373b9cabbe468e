"""The contracts of a service's events: a JSON Schema and an example for each version, generated and committed.

`python -m services.goals contracts` writes them; a test fails where a committed contract differs from the event class.
A contract that others read by now is not broken: `write` refuses, and the answer is a new version beside the old.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from shared import identity
from shared.envelope import Catalogue, Trace

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class BreakingChangeError(Exception):
    """A version that was published would mean something else."""


def schema(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The JSON Schema of the event's `data`. Other fields may be added later: ignore what you don't know."""
    found: dict[str, Any] = msgspec.json.schema(catalogue.types[name])
    definitions = found.pop("$defs", {})
    top = definitions.pop(found["$ref"].rsplit("/", 1)[-1]) if "$ref" in found else found
    return {
        "$schema": DIALECT,
        "$id": f"urn:samtidig:{catalogue.source}:{name}",
        **top,
        "title": name,
        "additionalProperties": True,
        **({"$defs": definitions} if definitions else {}),
    }


def example(catalogue: Catalogue, event: Any) -> dict[str, Any]:
    """A whole CloudEvent, the same at each generation."""
    name = catalogue.name(event)
    text = catalogue.encode(
        event,
        id=identity.named("example", name),
        stream=identity.named("example-stream", catalogue.source),
        version=1,
        time=datetime(2018, 2, 12, 9, 30, tzinfo=UTC),
        trace=Trace(
            correlation="4f1c6d5e-8f0e-4f67-9d2e-0f3a5c7b9d11", causation="4f1c6d5e-8f0e-4f67-9d2e-0f3a5c7b9d11"
        ),
    )
    found: dict[str, Any] = msgspec.json.decode(text)
    return found


def files(catalogue: Catalogue, examples: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """File name and text of each contract. Every event type must have an example."""
    by_name = {catalogue.name(event): event for event in examples}
    if missing := catalogue.types.keys() - by_name.keys():
        raise ValueError(f"without an example in contracts/examples.py: {', '.join(sorted(missing))}")
    for name in catalogue.types:
        yield f"{name}.schema.json", _text(schema(catalogue, name))
        yield f"{name}.example.json", _text(example(catalogue, by_name[name]))


def write(catalogue: Catalogue, examples: Sequence[Any], folder: Path) -> Iterator[Path]:
    """Writes every contract, or none. Raises BreakingChangeError.

    A version that nobody has read yet may be changed: remove its file first.
    """
    folder.mkdir(exist_ok=True)
    written = {folder / name: text for name, text in files(catalogue, examples)}
    for path, text in written.items():
        if path.name.endswith(".schema.json") and path.exists():
            refuse_breaking(json.loads(path.read_text(encoding="utf-8")), json.loads(text))
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
        yield path


def refuse_breaking(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raises BreakingChangeError unless all that is new is fields that may be absent.

    Stored events are read with the newest class and lack what came after them; readers hold on to the oldest contract.
    """
    optional = after["properties"].keys() - before["properties"].keys() - set(after.get("required", ()))
    kept = {name: field for name, field in after["properties"].items() if name not in optional}
    if {**after, "properties": kept} != before:
        raise BreakingChangeError(
            f"{after['title']}: a version may only gain fields that have a default (`owner: str | None = None`,"
            " after the others). Anything else is a new version, published beside this one."
        )


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
