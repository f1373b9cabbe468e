"""What is done with a message, by the version of its event in its stream: no database, no Kafka."""

from shared.inbox.inbox import read_message
from shared.inbox.sorting import Head, sort_out
from shared.inbox.tests.ledger import PARTITION, TOPIC, message, messages, stream, value, word

A, B = str(stream("a")), str(stream("b"))


def sorted_out(told, *, applied="", waits=None):
    """(applied, set aside and why, mended), where `applied` had its effect before and stream a waits with `waits`."""
    before = messages(applied)
    ids = {(m.event.subject, m.event.sequence): m.event.id for m in before}
    heads = {s: Head(max((version for of, version in ids if of == s), default=0)) for s in (A, B)}
    heads[A] = Head(heads[A].version, waits)
    found = sort_out(messages(told), heads, ids)
    return (
        " ".join(word(m) for m in found.apply),
        {word(parked.message): parked.why for parked in found.park},
        {name for name in "ab" if str(stream(name)) in found.mended},
    )


def test_the_next_version_is_applied():
    assert sorted_out("a1 a2 b1 a3") == ("a1 a2 b1 a3", {}, set())
    assert sorted_out("a3 b1", applied="a1 a2") == ("a3 b1", {}, set())


def test_what_had_its_effect_is_skipped():
    """I2."""
    assert sorted_out("a1 a2 a3", applied="a1 a2") == ("a3", {}, set())
    assert sorted_out("a1 a1 a2 a1 a2") == ("a1 a2", {}, set())


def test_a_version_that_comes_too_early_waits_and_so_does_what_follows():
    """I3."""
    assert sorted_out("a3 a4 b1", applied="a1") == ("b1", {"a3": "gap", "a4": "behind"}, set())


def test_the_missing_version_mends_the_gap():
    assert sorted_out("a2", applied="a1", waits="gap") == ("a2", {}, {"a"})
    assert sorted_out("a3 a2", applied="a1") == ("a2", {"a3": "gap"}, {"a"})


def test_a_gap_can_open_again_behind_the_one_that_was_mended():
    assert sorted_out("a3 a2 a5", applied="a1") == ("a2", {"a3": "gap", "a5": "gap"}, {"a"})


def test_the_same_version_with_another_id_is_a_fork_and_halts_its_stream_only():
    """I11: nothing is overwritten, and the alarm says which event stood there."""
    assert sorted_out("a2x a3 b1", applied="a1 a2") == ("b1", {"a2": "fork", "a3": "behind"}, set())
    assert sorted_out("a1 a2 a2x a3") == ("a1 a2", {"a2": "fork", "a3": "behind"}, set())
    found = sort_out([message("a", 1, history="x")], {A: Head(1)}, {(A, 1): message("a", 1).event.id})
    assert str(message("a", 1).event.id) in found.park[0].detail
    assert str(message("a", 1, history="x").event.id) in found.park[0].detail


def test_a_stream_that_waits_behind_a_fork_or_a_failure_is_not_mended_by_the_next_version():
    for why in ("fork", "failed"):
        assert sorted_out("a2 b1", applied="a1", waits=why) == ("b1", {"a2": "behind"}, set())


def test_what_is_delivered_again_while_its_stream_waits_is_skipped_still():
    assert sorted_out("a1", applied="a1", waits="failed") == ("", {}, set())


def test_what_cannot_be_read_is_set_aside_and_stops_nothing():
    """I9."""
    found = sort_out([read_message(TOPIC, PARTITION, 0, b"{"), *messages("a1")], {A: Head()}, {})
    assert [parked.why for parked in found.park] == ["unreadable"]
    assert [word(m) for m in found.apply] == ["a1"]


def test_an_event_of_a_later_program_is_read_as_far_as_it_is_known():
    later = value("a", 1, type="samtidig.test.invented.v7", colour="blue")
    assert read_message(TOPIC, PARTITION, 0, later).event.subject == A
