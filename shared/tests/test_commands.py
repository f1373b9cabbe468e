"""One command, carried out once: the same on both stores."""

from dataclasses import dataclass, field

import pytest

from shared import commands, identity
from shared.commands import KeyReused, NotFound, Request, VersionMismatch
from shared.decider import Rejected
from shared.envelope import Trace
from shared.tests.notes.domain import LONGEST, Write
from shared.tests.notes.service import NOTE

TRACE = Trace("correlation", "causation")


def write(store, stream, *lines, creates=False, **request):
    return commands.handle(store, NOTE, stream, Write(lines), Request(TRACE, **request), creates=creates)


@pytest.fixture
def note(store):
    """A note with one line."""
    stream = identity.new()
    write(store, stream, "one", creates=True)
    return stream


def test_a_command_answers_what_came_of_it(store, note):
    outcome = write(store, note, "two", "three")
    assert outcome.answer.status == 200
    assert outcome.answer.body == {"id": str(note), "version": 3, "events": ["samtidig.note.written.v1"] * 2}
    assert outcome.answer.headers == {"ETag": '"3"', "Consistency-Token": f"{note}:3"}
    assert not outcome.replayed


def test_only_the_first_command_finds_an_empty_stream(store):
    with pytest.raises(NotFound):
        write(store, identity.new(), "line")


@pytest.mark.parametrize("version", [0, 2])
def test_a_version_that_is_not_the_present_one_is_refused(store, note, version):
    with pytest.raises(VersionMismatch):
        write(store, note, "two", expected_version=version)
    assert len(store.read(note)) == 1
    assert write(store, note, "two", expected_version=1).answer.body["version"] == 2


def test_a_rule_that_says_no_leaves_nothing_behind(store, note):
    key = str(note)
    with pytest.raises(Rejected, match="note-full"):
        write(store, note, *["line"] * LONGEST, key=key)
    assert len(store.read(note)) == 1
    assert not write(store, note, "two", key=key).replayed


def test_a_repeated_command_gives_the_same_answer_once(store, note):
    first = write(store, note, "two", key=str(note), fingerprint="f")
    write(store, note, "three")
    again = write(store, note, "two", key=str(note), fingerprint="f", expected_version=1)
    assert again.answer == first.answer
    assert again.replayed
    assert len(store.read(note)) == 3


def test_a_key_with_another_request_is_refused(store, note):
    write(store, note, "two", key=str(note), fingerprint="f")
    with pytest.raises(KeyReused):
        write(store, note, "two", key=str(note), fingerprint="g")
    assert len(store.read(note)) == 2


def test_a_command_that_changes_nothing_is_remembered_too(store, note):
    first = write(store, note, key=str(note), fingerprint="f")
    assert first.answer.body == {"id": str(note), "version": 1, "events": []}
    write(store, note, "two")
    assert write(store, note, key=str(note), fingerprint="f").answer == first.answer


@dataclass(frozen=True)
class State:
    status: str
    was_open: bool = field(default=False, repr=False)


def test_what_only_the_rules_ask_is_no_change_to_tell():
    assert commands.changes(State("open"), State("closed", was_open=True)) == [
        {"field": "status", "before": "open", "after": "closed"}
    ]
