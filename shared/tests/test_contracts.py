"""Contracts that were published hold: for readers with the old one, and for the stored events that lack what is new."""

from dataclasses import dataclass

import msgspec
import pytest

from shared import contracts
from shared.contracts import BreakingChangeError
from shared.envelope import Catalogue

NAME = "samtidig.note.written.v1"


@dataclass(frozen=True)
class Written:
    text: str
    reason: str | None


@dataclass(frozen=True)
class WithOwner:
    text: str
    reason: str | None
    owner: str | None = None


@dataclass(frozen=True)
class WithOwnerRequired:
    text: str
    reason: str | None
    owner: str | None


@dataclass(frozen=True)
class WithoutReason:
    text: str


@dataclass(frozen=True)
class WithReasonRequired:
    text: str
    reason: str


@dataclass(frozen=True)
class WithReasonLeftOut:
    text: str
    reason: str | None = None


def published(folder, example):
    return list(contracts.write(Catalogue("notes", {NAME: type(example)}), [example], folder))


def test_a_field_that_may_be_absent_keeps_the_version(tmp_path):
    published(tmp_path, Written("Hei", None))
    published(tmp_path, WithOwner("Hei", None))
    assert '"owner"' in (tmp_path / f"{NAME}.schema.json").read_text()
    old = msgspec.json.encode(Written("Hei", None))
    assert Catalogue("notes", {NAME: WithOwner}).decode(NAME, old) == WithOwner("Hei", None, None)


@pytest.mark.parametrize(
    "after",
    [
        WithOwnerRequired("Hei", None, None),
        WithoutReason("Hei"),
        WithReasonRequired("Hei", "Derfor"),
        WithReasonLeftOut("Hei", None),
    ],
    ids=lambda event: type(event).__name__,
)
def test_any_other_change_of_a_published_version_is_refused_and_nothing_is_written(tmp_path, after):
    before = {path: path.read_text() for path in published(tmp_path, Written("Hei", None))}
    with pytest.raises(BreakingChangeError, match=NAME):
        published(tmp_path, after)
    assert {path: path.read_text() for path in tmp_path.iterdir()} == before


def test_an_event_without_an_example_is_named(tmp_path):
    with pytest.raises(ValueError, match=NAME):
        list(contracts.write(Catalogue("notes", {NAME: Written}), [], tmp_path))
