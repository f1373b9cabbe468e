"""Every setting stands in the README, with its default, and nothing else does."""

import ast
import re
from pathlib import Path

import pytest
from environs import EnvError

from shared import config

SHARED = Path(__file__).parents[1]
NONE = "–"


def documented():
    text = (SHARED / "README.md").read_text(encoding="utf-8")
    table = text.split("## Settings")[1].split("## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`|(–)) \| (.+) \|$", table, re.MULTILINE)
    assert all(about.strip() for *_, about in rows)
    return {name: default or none for name, default, none, _ in rows}


def read_by_the_code():
    """Name → default, wherever a module asks environs or os.environ."""
    found = {}
    for module in sorted(SHARED.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=asked), args=[ast.Constant(value=str(name)), *default]) if (
                    ast.unparse(asked) in ("env", "Env()", "os.environ")
                ):
                    found[name] = written(default[0]) if default else NONE
                case ast.Subscript(value=asked, slice=ast.Constant(value=str(name))) if (
                    ast.unparse(asked) == "os.environ"
                ):
                    found.setdefault(name, NONE)
    return found


def written(default):
    """A default as a person writes it: 10 * 1024 * 1024 is 10485760, logging.INFO is INFO."""
    text = ast.unparse(default)
    if text.startswith("logging."):
        return text.removeprefix("logging.")
    return str(eval(text, {"__builtins__": {}}))  # noqa: S307 - a constant of our own source


def test_the_table_of_settings_is_the_one_that_the_code_reads():
    assert documented() == read_by_the_code()


def test_a_missing_or_wrong_setting_is_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(EnvError, match="DATABASE_URL"):
        config.settings.__wrapped__()
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/goals")
    monkeypatch.setenv("POOL_SIZE", "many")
    with pytest.raises(EnvError, match="POOL_SIZE"):
        config.settings.__wrapped__()


def test_the_log_level_is_a_word(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "warning")
    assert config.log_level() == 30
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(EnvError, match="LOG_LEVEL"):
        config.log_level()


def test_every_module_stands_in_the_readme():
    table = (SHARED / "README.md").read_text(encoding="utf-8").split("## Modules")[1].split("## ")[0]
    first_cells = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    named = set(re.findall(r"`([a-z]+)/?`", first_cells))
    modules = {path.stem for path in SHARED.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert named == modules - {"__init__", "tests"}
