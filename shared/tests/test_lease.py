"""Leadership as a row with a growing epoch."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

from shared.lease import HELD, Holder

LONG, GONE = 60.0, -1.0
"""Seconds: a lease that lasts for the whole test, and one that has run out when it is taken."""


@pytest.fixture
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as found:
        found.execute("delete from lease")
        yield found


@pytest.fixture
def first():
    return Holder.new()


@pytest.fixture
def second():
    return Holder.new()


def test_a_free_lease_is_taken_and_a_held_one_is_not(connection, first, second):
    assert first.hold(connection, ["a"], LONG) == {"a": 1}
    assert second.hold(connection, ["a"], LONG) == {}


def test_renewing_keeps_the_epoch(connection, first):
    first.hold(connection, ["a"], LONG)
    assert first.hold(connection, ["a"], LONG) == {"a": 1}


def test_a_lease_that_has_run_out_changes_hands_with_a_higher_epoch(connection, first, second):
    first.hold(connection, ["a"], GONE)
    assert second.hold(connection, ["a"], GONE) == {"a": 2}
    assert first.hold(connection, ["a"], LONG) == {"a": 3}


def test_a_holder_that_is_late_but_was_not_followed_goes_on(connection, first):
    first.hold(connection, ["a"], GONE)
    assert first.hold(connection, ["a"], LONG) == {"a": 1}


def test_a_lease_that_was_let_go_is_free_at_once(connection, first, second):
    first.hold(connection, ["a", "b"], LONG)
    first.let_go(connection, ["a"])
    assert second.hold(connection, ["a", "b"], LONG) == {"a": 2}


def test_nobody_lets_go_of_what_another_holds(connection, first, second):
    first.hold(connection, ["a"], LONG)
    second.let_go(connection, ["a"])
    assert second.hold(connection, ["a"], LONG) == {}


def test_a_process_that_comes_back_is_another_holder(first, second):
    assert first.name != second.name


@pytest.mark.usefixtures("connection")
def test_of_eight_that_want_a_free_lease_one_gets_it(database_url):
    begin = Barrier(8)

    def take(_):
        with psycopg.connect(database_url, autocommit=True) as own:
            begin.wait()
            return Holder.new().hold(own, ["a", "b", "c"], LONG)

    with ThreadPoolExecutor(8) as threads:
        taken = [names for names in threads.map(take, range(8)) if names]
    assert sorted(name for names in taken for name in names) == ["a", "b", "c"]


def deleted(connection, holder, epoch, position):
    statement = f"delete from outbox where position = %(position)s and {HELD}"
    parameters = {"position": position, "lease": "a", "holder": holder.name, "epoch": epoch}
    return connection.execute(statement, parameters).rowcount


@pytest.fixture
def outbox(connection):
    """Two positions that no event has."""
    connection.execute("insert into outbox values (-1), (-2)")
    yield connection
    connection.execute("delete from outbox where position < 0")


def test_the_holder_may_delete(outbox, first):
    first.hold(outbox, ["a"], LONG)
    assert deleted(outbox, first, 1, -1) == 1


def test_a_holder_that_was_paused_and_followed_deletes_nothing(outbox, first, second):
    first.hold(outbox, ["a"], GONE)
    second.hold(outbox, ["a"], LONG)
    assert deleted(outbox, first, 1, -1) == 0
    assert deleted(outbox, second, 2, -1) == 1


def test_one_who_leads_again_does_not_act_under_its_old_epoch(outbox, first, second):
    first.hold(outbox, ["a"], GONE)
    second.hold(outbox, ["a"], GONE)
    first.hold(outbox, ["a"], LONG)
    assert deleted(outbox, first, 1, -1) == 0
    assert deleted(outbox, first, 3, -1) == 1


def test_a_delete_and_a_change_of_hands_do_not_pass_each_other(database_url, outbox, first, second):
    """The delete locks the lease's row: nobody is given the lease until the delete is committed."""
    first.hold(outbox, ["a"], GONE)
    with psycopg.connect(database_url) as deleting:
        assert deleted(deleting, first, 1, -1) == 1
        assert second.hold(outbox, ["a"], LONG) == {}
        deleting.commit()
    assert second.hold(outbox, ["a"], LONG) == {"a": 2}


def test_nobody_waits_for_a_lease_under_which_is_being_written(connection, database_url, first, second):
    """A paused reader in the middle of a batch ended all the others, every five seconds."""
    epoch = first.hold(connection, ["a"], GONE)["a"]
    with psycopg.connect(database_url, autocommit=True, options="-c lock_timeout=200ms") as other:
        with connection.transaction():
            connection.execute(f"select where {HELD}", {"lease": "a", "holder": first.name, "epoch": epoch})
            assert second.hold(other, ["a", "b"], LONG) == {"b": 1}
            assert first.hold(connection, ["a"], GONE) == {"a": 1}
        assert second.hold(other, ["a", "b"], LONG) == {"a": 2, "b": 1}
