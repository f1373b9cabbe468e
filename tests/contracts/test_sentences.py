"""Every code that a service can answer with has a sentence in bokmål and English, wherever in the code it is raised.

The rules of the domains are looked after by each service's own tests; here are those of the edge.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from infra.local.processes import SERVICES
from shared import problems

ROOT = Path(__file__).parents[2]
PLACES = {"Problem": 1, "problem_response": 1, "ValidationError": 0}
"""Call → which of its arguments is the code."""

MODULES = {
    name: [path for path in (ROOT / name.replace(".", "/")).rglob("*.py") if not {"tests", "testing"} & set(path.parts)]
    for name in ("shared", *(f"services.{service}" for service in SERVICES))
}


@pytest.mark.parametrize("name", MODULES)
def test_every_code_of_the_edge_has_its_sentence(name: str):
    sentences = {} if name == "shared" else import_module(f"{name}.sentences").SENTENCES
    known = {**problems.SENTENCES, **sentences}
    codes = {code: path.name for path in MODULES[name] for code in raised(path)}
    assert {code: where for code, where in codes.items() if code not in known} == {}


def test_codes_are_found_where_they_are_raised():
    assert {"not-json", "key-too-long", "not-found"} <= set(raised(ROOT / "shared" / "http.py"))
    assert "out-of-range" in set(raised(ROOT / "shared" / "fields.py"))


@pytest.mark.parametrize("name", ["shared.problems", *(f"services.{service}.sentences" for service in SERVICES)])
def test_every_sentence_is_said_in_both_languages(name: str):
    for code, (bokmal, english) in import_module(name).SENTENCES.items():
        assert bokmal.strip(), code
        assert english.strip(), code
        assert bokmal != english, code


def raised(module: Path) -> Iterator[str]:
    """The codes that are written out in a module's calls; what follows a `?` are their parameters."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (place := PLACES.get(_called(node))) is not None and len(node.args) > place:
            yield from _codes(node.args[place])


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _codes(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(code)):
            yield code.partition("?")[0]
        case ast.JoinedStr(values=[ast.Constant(value=str(code)), *_]):
            yield code.partition("?")[0]
        case ast.IfExp(body=body, orelse=orelse):
            yield from _codes(body)
            yield from _codes(orelse)
        case _:
            return  # a variable: the code is written out where it comes from
