"""What holds for the contracts and the sentences of every owning service. Each check raises AssertionError."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from jsonschema import Draft202012Validator

from shared import contracts, problems
from shared.contracts.meaning import Meanings
from shared.envelope import Catalogue
from shared.fields import Schema
from shared.service import Service


def assert_committed(service: Service) -> None:
    """The committed contracts are those of the event classes; none is missing, none is left over, none broken."""
    folder = service.folder / "contracts"
    contracts.refuse_breaking(contracts.held(folder), contracts.published(service.catalogue))
    generated = dict(contracts.files(service.catalogue, service.examples, service.meanings))
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert committed == generated, f"run `python -m services.{service.name} contracts` and look at what changed"


def assert_examples_hold(service: Service) -> None:
    """Each example follows its JSON Schema and reads back as the event that it was made from, in its newest version."""
    by_name = {service.catalogue.name(event): event for event in service.examples}
    missing = service.catalogue.types.keys() - by_name.keys()
    assert not missing, f"without an example in contracts/examples.py: {sorted(missing)}"
    for name, event in by_name.items():
        document = contracts.example(service.catalogue, event)
        schema = contracts.schema(service.catalogue, name, service.meanings)
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document["data"])
        assert service.catalogue.decode(name, json.dumps(document["data"]).encode()) == service.catalogue.newest(event)


def assert_described(service: Service) -> None:
    """Every event and every field says what it means and since when, and nothing is described that is not there."""
    assert undescribed(service.catalogue, service.meanings) == []
    assert left_over(service.catalogue, service.meanings) == []


def undescribed(catalogue: Catalogue, meanings: Meanings) -> list[str]:
    """The events, and `event.field`s, that have no words in the contract that is generated."""
    missing = []
    for name in catalogue.types:
        schema = contracts.schema(catalogue, name, meanings)
        parts = {"": schema}
        for inner in (schema, *schema.get("$defs", {}).values()):
            parts |= {f".{field}": of for field, of in inner.get("properties", {}).items()}
        missing += [
            f"{name}{part}" for part, of in parts.items() if not (of.get("description", "").strip() and "x-since" in of)
        ]
    return missing


def left_over(catalogue: Catalogue, meanings: Meanings) -> list[str]:
    """Words about an event or a field that is not there, and those about a field that say what holds everywhere."""
    found = [name for name in meanings.events if name not in catalogue.types]
    named = {name: set(field_names(contracts.schema(catalogue, name, meanings))) for name in catalogue.types}
    used = set[str]()
    for name, happening in meanings.events.items():
        own = named.get(name, set())
        found += [f"{name}.{field}" for field in happening.fields if field not in own]
        found += [f"{name}.{field}" for field, of in happening.fields.items() if meanings.fields.get(field) == of]
        used |= own - happening.fields.keys()
    return found + [field for field in meanings.fields if field not in used]


def field_names(schema: Mapping[str, Any]) -> Iterator[str]:
    """The names of an event's fields, and of those inside them."""
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})


def assert_cloudevent(text: str | bytes) -> CloudEvent:
    """What the CloudEvents SDK says is valid, with what Samtidig promises besides."""
    event = JSONFormat().read(CloudEvent, text)  # raises for an attribute that breaks the specification
    assert isinstance(event, CloudEvent)
    assert event.get_specversion() == "1.0"
    assert event.get_source().startswith("samtidig/")
    assert event.get_datacontenttype() == "application/json"
    assert event.get_dataschema() == f"urn:samtidig:{event.get_source().partition('/')[2]}:{event.get_type()}"
    time = event.get_time()
    assert time is not None
    assert time.utcoffset() is not None
    assert event.get_subject()
    assert event.get_extension("sequence") >= 1
    assert event.get_extension("correlationid")
    assert event.get_extension("causationid")
    return event


def assert_sentences(service: Service) -> None:
    """Every rule of the domain has its sentence in bokmål and English, and every sentence its rule."""
    domain = [*service.folder.glob("domain.py"), *service.folder.glob("domain/*.py")]
    codes = {code for module in domain for code in rule_codes(module)}
    assert codes, "no rules found"
    known = {**problems.SENTENCES, **service.sentences}
    assert codes <= known.keys(), f"without a sentence: {sorted(codes - known.keys())}"
    assert service.sentences.keys() <= codes, f"without a rule: {sorted(service.sentences.keys() - codes)}"
    for code in codes:
        bokmal, english = known[code]
        assert bokmal.strip(), code
        assert english.strip(), code
        assert bokmal != english, code


def assert_documented(service: Service) -> None:
    """The service's README names every event and every rule."""
    readme = (service.folder / "README.md").read_text(encoding="utf-8")
    names = [*service.catalogue.types, *service.sentences]
    short = {name: name.removeprefix("samtidig.").removesuffix(".v1") for name in names}
    missing = [name for name in names if f"`{name}`" not in readme and f"`{short[name]}`" not in readme]
    assert not missing, f"not in services/{service.name}/README.md: {missing}"


def assert_shown(event: type, schema: type[Schema], shown: Mapping[str, Any]) -> None:
    """An item's answer has what the event that made it says, and the API's description has what the answer has."""
    said = {field.name for field in fields(event)} - {"reason"}
    assert said <= shown.keys(), f"in the event, not in the read table: {sorted(said - shown.keys())}"
    assert shown.keys() == schema().fields.keys(), "the read table and its schema differ"


def rule_codes(module: Path) -> Iterator[str]:
    """The codes of `require(…, code)` and `Rejected(code)` in a module, read from its text."""
    places = {"require": 1, "Rejected": 0}
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            code = node.args[places[node.func.id]]
            assert isinstance(code, ast.Constant), f"{module.name}:{code.lineno}: a code is written out"
            yield str(code.value)
