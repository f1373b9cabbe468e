"""What the parts of Samtidig promise one another, read from files and modules: no server needed."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from infra.local.processes import OWNING_SERVICES
from services.timeline.model import TOPICS
from shared.service import Service
from shared.testing.contracts import assert_cloudevent

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(ROOT.glob("services/*/contracts/*.example.json"))
SERVICES: list[Service] = [import_module(f"services.{name}.app").SERVICE for name in OWNING_SERVICES]


def test_nobody_imports_whom_they_must_not():
    """The rules stand in pyproject.toml."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.removesuffix(".example.json"))
def test_a_committed_example_is_a_cloudevent_and_follows_the_committed_schema(path: Path):
    event = assert_cloudevent(path.read_bytes())
    schema = json.loads(path.with_name(path.name.replace(".example.", ".schema.")).read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(event.get_data())
    assert path.name == f"{event.get_type()}.example.json"
    assert event.get_source() == f"samtidig/{path.parents[1].name.replace('_', '-')}"


def test_every_event_type_has_one_owner_and_an_example():
    owned = [name for service in SERVICES for name in service.catalogue.types]
    assert len(owned) == len(set(owned))
    assert set(owned) == {path.name.removesuffix(".example.json") for path in EXAMPLES}


def test_the_timeline_reads_the_topic_of_every_service():
    assert set(TOPICS) == {service.topic for service in SERVICES}
