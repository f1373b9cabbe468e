"""A browser for the tests is found, installed where that is allowed, or asked for in a sentence."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.local import browser
from infra.local.browser import FailedError

ROOT = Path(__file__).parents[2]


class Apt:
    """Stands for apt-get: notes what it is told to do, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.told: list[str] = []

    def __call__(self, command: Sequence[str], _: float) -> None:
        self.told.append(" ".join(word for word in command if word in ("update", "install", "chromium")))
        if self.failures:
            self.failures -= 1
            raise FailedError("E: Failed to fetch")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a browser, where we are root and have apt-get."""
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "may_install", lambda: True)


def test_a_browser_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(browser, "find", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(browser, "run", lambda *_: pytest.fail("apt-get was run"))
    assert browser.main() == 0
    assert browser.require() == "/usr/bin/chromium"


def test_a_browser_on_the_path_comes_before_one_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    elsewhere = tmp_path / "chrome"
    elsewhere.touch(mode=0o755)
    monkeypatch.setattr(browser, "PLACES", ("/nowhere/chromium", str(elsewhere)))
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/google-chrome" if name == "google-chrome" else None)
    assert browser.find() == "/opt/google-chrome"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert browser.find() == str(elsewhere)
    monkeypatch.setattr(browser, "PLACES", ("/nowhere/chromium",))
    assert browser.find() is None


@pytest.mark.parametrize(("user", "apt", "may"), [(0, "/usr/bin/apt-get", True), (1000, "/x", False), (0, None, False)])
def test_only_root_with_apt_get_installs(user: int, apt: str | None, may: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: apt)
    assert browser.may_install() is may


def test_where_it_may_not_be_installed_it_is_said_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "may_install", lambda: False)
    monkeypatch.setattr(browser, "run", lambda *_: pytest.fail("apt-get was run"))
    assert browser.main() == 0
    assert "sudo apt-get install chromium" in capsys.readouterr().err
    with pytest.raises(FailedError, match="the browser tests need one"):
        browser.require()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("failures", [0, 1])
def test_it_is_installed_at_the_first_try_or_at_the_second(failures: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(browser, "run", apt := Apt(failures))
    assert browser.main() == 0
    assert apt.told[-2:] == ["update", "install chromium"]
    assert len(apt.told) == 2 + failures


@pytest.mark.usefixtures("bare")
def test_what_apt_get_said_is_said_after_the_second_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(browser, "run", apt := Apt(9))
    assert browser.main() == 0
    assert apt.told == ["update", "update"]
    said = capsys.readouterr().err
    assert "E: Failed to fetch" in said
    assert "the browser tests need one" in said


def test_a_command_asks_nothing_and_finds_the_system_s_programs():
    code = "import os, sys; print(os.environ['DEBIAN_FRONTEND'], os.environ['PATH'], repr(sys.stdin.read())); exit(3)"
    with pytest.raises(FailedError, match=r"^noninteractive .*/usr/sbin.* ''$"):
        browser.run([sys.executable, "-c", code], 30)


def test_a_command_that_hangs_is_ended():
    with pytest.raises(FailedError, match="took longer than 0 s"):
        browser.run(["sleep", "60"], 0.1)


@pytest.mark.parametrize(("target", "installs"), [("test", True), ("demo", False), ("test-quick", False)])
def test_only_the_whole_suite_sets_a_browser_up(target: str, installs: bool):
    recipe = (ROOT / "Makefile").read_text().partition(f"\n{target}:")[2].partition("\n\n")[0]
    assert ("infra.local.browser" in recipe) is installs
