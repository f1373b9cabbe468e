"""What stands in the README of the service is there: each module, each reason to set an event aside."""

import re
from pathlib import Path

from services.timeline.pages.status import REASONS

SERVICE = Path(__file__).parents[1]
README = (SERVICE / "README.md").read_text(encoding="utf-8")


def test_each_module_is_named_and_no_other() -> None:
    modules = {path.name for path in SERVICE.glob("*.py")} - {"__init__.py"}
    in_table = set(re.findall(r"`(\w+\.py)`", README.partition("## Asking")[0]))
    assert in_table == modules


def test_each_reason_to_set_an_event_aside_is_in_the_runbook() -> None:
    named = re.findall(r'why="(\w+)"', README.partition("## Runbook")[2])
    assert sorted(named) == sorted(REASONS)
