"""The contracts of a service's events: a JSON Schema and an example for each version, generated and committed.

`python -m services.goals contracts` writes them from the event classes and from what `contracts/described.py` says; a
test fails where a committed contract is another. A contract that others read by now is not broken: `write` refuses, and
the answer is a new version beside the old.

What was published stands in `published.json`, apart from the contracts: who changes an event class and its contract
together has not changed that file, and who takes an event away has not taken it from there. A version that nobody has
read yet may be changed: remove its line there first, which a reviewer sees.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from shared import identity
from shared.contracts.compatibility import BreakingChangeError, refuse_breaking, without_words
from shared.contracts.meaning import Meanings, describe
from shared.envelope import Catalogue, Trace

__all__ = ["BreakingChangeError", "example", "files", "held", "published", "refuse_breaking", "schema", "write"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FIRST = ("$schema", "$id", "title", "description", "x-since")
"""The keywords that a contract begins with: what people look for."""

PUBLISHED = "published.json"


def schema(catalogue: Catalogue, name: str, meanings: Meanings) -> dict[str, Any]:
    """The JSON Schema of the event's `data`. Other fields may be added later: ignore what you don't know."""
    found: dict[str, Any] = msgspec.json.schema(catalogue.types[name])
    definitions = found.pop("$defs", {})
    top = definitions.pop(found["$ref"].rsplit("/", 1)[-1]) if "$ref" in found else found
    whole = {
        "$schema": DIALECT,
        "$id": f"urn:samtidig:{catalogue.source}:{name}",
        **top,
        "title": name,
        "additionalProperties": True,
        **({"$defs": definitions} if definitions else {}),
    }
    described = describe(whole, name, meanings)
    return {**{keyword: described[keyword] for keyword in FIRST if keyword in described}, **described}


def example(catalogue: Catalogue, event: Any) -> dict[str, Any]:
    """A whole CloudEvent, the same at each generation."""
    name = catalogue.name(event)
    text = catalogue.text(
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


def files(catalogue: Catalogue, examples: Sequence[Any], meanings: Meanings) -> Iterator[tuple[str, str]]:
    """File name and text of each contract, and of the list of all. Every event type must have an example."""
    by_name = {catalogue.name(event): event for event in examples}
    if missing := catalogue.types.keys() - by_name.keys():
        raise ValueError(f"without an example in contracts/examples.py: {', '.join(sorted(missing))}")
    for name in catalogue.types:
        yield f"{name}.schema.json", _text(schema(catalogue, name, meanings))
        yield f"{name}.example.json", _text(example(catalogue, by_name[name]))
    yield PUBLISHED, _lines(published(catalogue))


def published(catalogue: Catalogue) -> dict[str, Any]:
    """Wire type → its schema without words: what readers hold on to."""
    return {name: without_words(schema(catalogue, name, Meanings())) for name in catalogue.types}


def write(catalogue: Catalogue, examples: Sequence[Any], meanings: Meanings, folder: Path) -> Iterator[Path]:
    """Writes every contract, or none. Raises BreakingChangeError."""
    folder.mkdir(exist_ok=True)
    written = {folder / name: text for name, text in files(catalogue, examples, meanings)}
    refuse_breaking(held(folder), published(catalogue))
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
        yield path


def held(folder: Path) -> dict[str, Any]:
    """What was published until now, from the file that says so."""
    path = folder / PUBLISHED
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _lines(document: dict[str, Any]) -> str:
    """One line for each event: a line that is gone or changed is seen at once in a difference."""
    lines = [f"{json.dumps(name)}: {json.dumps(of, ensure_ascii=False)}" for name, of in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
