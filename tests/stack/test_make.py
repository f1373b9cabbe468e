"""`make` in the folder of one service: it needs nothing but a clone, and goes nowhere near the other services."""

import subprocess
from pathlib import Path

import pytest

from infra.local.processes import OWNING_SERVICES

ROOT = Path(__file__).parents[2]


def planned(service: str, target: str) -> list[str]:
    """The commands that make would run, those of the makes that it calls included."""
    command = ["make", "--dry-run", "--no-print-directory", "-C", f"services/{service}", target, "DATABASE_URL=x"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("target", ["test", "contracts", "run"])
@pytest.mark.parametrize("service", OWNING_SERVICES)
def test_a_service_is_tested_and_run_alone_in_an_environment_that_make_sees_to(service: str, target: str):
    commands = planned(service, target)
    others = [other for other in OWNING_SERVICES if other != service]
    assert any("infra/local/bootstrap.py test" in command for command in commands)
    assert any(f"services/{service}" in command or f"services.{service}" in command for command in commands[1:])
    assert not any(f"services{mark}{other}" in line for line in commands for mark in "./" for other in others)


def test_make_alone_lists_what_there_is():
    done = subprocess.run(
        ["make", "-C", "services/goals"], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True
    )
    assert [word for word in ("make test", "make contracts", "make run") if word not in done.stdout] == []


def test_a_server_without_a_database_is_refused_in_a_sentence():
    done = subprocess.run(
        ["make", "-C", "services/goals", "run", "DATABASE_URL="],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode != 0
    assert "DATABASE_URL says which database" in done.stderr
