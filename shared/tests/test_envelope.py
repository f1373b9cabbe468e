"""An event on the wire: what is written is read again, and poison does not get in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import envelope, identity
from shared.envelope import MAXIMUM_BYTES, Catalogue, OutdatedError, TooLargeError, Trace, UnknownTypeError
from shared.testing.contracts import assert_cloudevent
from shared.tests.notes.domain import Written
from shared.tests.notes.service import CATALOGUE

STREAM, ID = UUID(int=1), UUID(int=2)
NOON = datetime(2018, 2, 12, 11, 0, 0, 123456, tzinfo=UTC)


def encoded(event, catalogue=CATALOGUE, trace=None):
    return catalogue.encode(event, id=ID, stream=STREAM, version=3, time=NOON, trace=trace or Trace("c", "k"))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=50), st.none() | st.uuids())
def test_every_event_is_a_cloudevent_and_reads_back_as_itself(line, about):
    text = encoded(Written(line, about))
    event = assert_cloudevent(text)
    assert (event.get_id(), event.get_subject(), event.get_time()) == (str(ID), str(STREAM), NOON)
    read = envelope.read(text)
    assert read.sequence == 3
    assert CATALOGUE.decode(read.type, read.data) == Written(line, about)


def test_a_trace_is_carried_where_there_is_one():
    assert "traceparent" not in encoded(Written("line"))
    trace = Trace("c", "k", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    assert envelope.read(encoded(Written("line"), trace=trace)).traceparent == trace.traceparent


def test_an_event_that_the_broker_would_not_take_is_refused_before_it_is_stored():
    with pytest.raises(TooLargeError, match=str(MAXIMUM_BYTES)):
        encoded(Written("æ" * (MAXIMUM_BYTES // 2)))


def test_an_event_that_breaks_its_own_contract_is_refused_before_it_is_stored():
    with pytest.raises(msgspec.ValidationError):
        encoded(Written(line=7))


def test_fields_that_a_reader_does_not_know_are_ignored():
    assert CATALOGUE.decode("samtidig.note.written.v1", b'{"line": "a", "colour": "red"}') == Written("a")


def test_an_unknown_type_is_said_to_be_one():
    with pytest.raises(UnknownTypeError, match=r"samtidig\.note\.burnt\.v1"):
        CATALOGUE.decode("samtidig.note.burnt.v1", b"{}")


@dataclass(frozen=True)
class Signed:
    """What `written.v1` became: the line, and who wrote it."""

    line: str
    by: str = field(default="unknown")


@dataclass(frozen=True)
class Witnessed:
    """What that became in turn."""

    line: str
    by: tuple[str, ...]


SUCCESSIVE = Catalogue(
    "notes",
    {
        "samtidig.note.written.v1": Written,
        "samtidig.note.written.v2": Signed,
        "samtidig.note.written.v3": Witnessed,
    },
    upcasters={
        "samtidig.note.written.v1": lambda event: Signed(event.line),
        "samtidig.note.written.v2": lambda event: Witnessed(event.line, (event.by,)),
    },
)


@pytest.mark.parametrize(
    ("version", "data", "expected"),
    [
        ("v1", b'{"line": "a", "about": null}', Witnessed("a", ("unknown",))),
        ("v2", b'{"line": "a", "by": "b"}', Witnessed("a", ("b",))),
        ("v3", b'{"line": "a", "by": ["b", "c"]}', Witnessed("a", ("b", "c"))),
    ],
)
def test_an_event_that_is_no_longer_written_is_read_as_what_it_became(version, data, expected):
    assert SUCCESSIVE.decode(f"samtidig.note.written.{version}", data) == expected


def test_an_old_version_is_held_to_its_own_contract():
    with pytest.raises(msgspec.ValidationError):
        SUCCESSIVE.decode("samtidig.note.written.v2", b'{"line": "a", "by": ["b"]}')


def test_only_the_newest_version_is_written_and_the_others_keep_their_examples():
    for outdated in (Written("a"), Signed("a")):
        with pytest.raises(OutdatedError, match=r"samtidig\.note\.written\.v[12]"):
            encoded(outdated, SUCCESSIVE)
        assert_cloudevent(SUCCESSIVE.text(outdated, id=ID, stream=STREAM, version=1, time=NOON, trace=Trace("c", "k")))
    assert envelope.read(encoded(Witnessed("a", ()), SUCCESSIVE)).type == "samtidig.note.written.v3"


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff", b'{"specversion":"1.0"}'])
def test_what_is_not_an_event_is_not_read_as_one(text):
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        envelope.read(text)


def test_a_name_gives_the_same_id_for_ever_and_no_name_a_new_one():
    assert identity.of("goal", "K1") == identity.resolve("goal", "K1") == UUID("49928ed2-d472-50e7-9c8d-0eada9898898")
    assert identity.resolve("goal", str(ID)) == ID
    assert identity.of("goal", "K1") != identity.of("central-initiative", "K1")
    first, second = identity.of("goal", None), identity.of("goal", None)
    assert first != second
    assert first < second
