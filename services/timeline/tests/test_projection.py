"""Events → versioned rows. What each row must say for every kind of dates is in `test_queries_against_counting`."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline.meanings import MEANINGS, TABLES, Versions, anchored_in_several
from services.timeline.projection import TimelineProjection
from services.timeline.tests import telling, worlds
from services.timeline.tests.telling import central, event, goal, key, local, sector, stream_of
from shared.database import Connection
from shared.testing.plugin import Postgres

MONDAY = datetime(2018, 1, 15, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
LEADERS = {"audience": "leaders"}


@pytest.fixture(scope="module")
def model(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        yield connection


@pytest.fixture
def connection(model: Connection) -> Iterator[Connection]:
    """An empty read model for each test."""
    with model.transaction(force_rollback=True):
        yield model


def rows(connection: Connection, name: str, *columns: str, table: str = "initiative_version") -> list[tuple[Any, ...]]:
    found = connection.execute(f"select {', '.join(columns)} from {table} where id = %s order by version", [key(name)])
    return found.fetchall()


# Versions


def test_each_event_leaves_what_was_known_until_the_next_one(connection):
    telling.apply(
        connection,
        stream_of(
            "c",
            central("c", start=date(2018, 1, 1)),
            ("central-initiative.rescheduled", {"start": date(2018, 2, 1), "end": None}),
            ("central-initiative.started", {"on": date(2018, 2, 5)}),
            when=[MONDAY, TUESDAY, WEDNESDAY],
        ),
    )
    known = rows(connection, "c", "version", "recorded_from", "recorded_to::text", "planned_start", "status")
    assert [(row[0], row[1], row[3], row[4]) for row in known] == [
        (1, MONDAY, date(2018, 1, 1), "planned"),
        (2, TUESDAY, date(2018, 2, 1), "planned"),
        (3, WEDNESDAY, date(2018, 2, 1), "started"),
    ]
    ends = rows(connection, "c", "recorded_to = 'infinity'", "case when recorded_to < 'infinity' then recorded_to end")
    assert ends == [(False, TUESDAY), (False, WEDNESDAY), (True, None)]


def test_a_clock_that_ran_backwards_does_not_make_an_event_known_before_the_one_it_follows(connection):
    telling.apply(
        connection,
        stream_of("g", goal("g"), ("goal.adopted", {}), ("goal.retired", {}), when=[TUESDAY, MONDAY, WEDNESDAY]),
        batch=1,
    )
    assert rows(connection, "g", "recorded_from", "status", table="goal_version") == [
        (TUESDAY, "proposed"),
        (TUESDAY, "adopted"),
        (WEDNESDAY, "retired"),
    ]


@settings(max_examples=25, deadline=None)
@given(worlds.WORLDS, st.integers(1, 6))
def test_the_rows_do_not_depend_on_how_events_come_in_batches(model, world, batch):
    """I8: neither on the sizes of batches nor on how streams are mixed, so a rebuild gives the same rows."""
    streams = [stream_of(facts.id, *telling.with_facts(facts)) for facts in world.initiatives]
    with model.transaction(force_rollback=True):
        telling.apply(model, [event for stream in streams for event in stream])
        at_once = telling.dump(model)
    with model.transaction(force_rollback=True):
        telling.apply(model, telling.interleaved(reversed(streams)), batch)
        assert telling.dump(model) == at_once


# Meaning


def test_a_revision_replaces_the_description_and_leaves_dates_and_status(connection):
    described = {
        "agency": None,
        "title": "Nytt navn",
        "description": "Mer",
        "goals": [str(key("g2"))],
        "responsible": "Etat",
    }
    telling.apply(
        connection,
        stream_of(
            "l",
            local("l", "A", goals=["g1"], supports=["c"]),
            ("local-initiative.scheduled", {"start": date(2018, 3, 1), "end": date(2018, 3, 31)}),
            ("local-initiative.anchored", {"where": "fagdialog", "on": date(2018, 2, 1)}),
            ("local-initiative.revised", {**described, "reason": "Bedre slik"}),
        ),
    )
    row = telling.last_row(connection, key("l"))
    assert (row["title"], row["goals"], row["supports"], row["reason"]) == (
        "Nytt navn",
        [str(key("g2"))],
        [str(key("c"))],
        "Bedre slik",
    )
    assert (row["status"], row["anchored"]) == ("anchored", "fagdialog 2018-02-01")
    assert (row["planned_start"], row["planned_end"]) == ("2018-03-01", "2018-03-31")


def test_a_support_that_was_withdrawn_is_no_longer_there_and_was_known_until_then(connection):
    telling.apply(
        connection,
        stream_of(
            "l",
            local("l", "A", supports=["c1", "c2"]),
            ("local-initiative.support-withdrawn", {"central": str(key("c1"))}),
            ("local-initiative.support-withdrawn", {"central": str(key("c3"))}),
            ("local-initiative.support-declared", {"central": str(key("c1"))}),
            when=[MONDAY, TUESDAY, WEDNESDAY],
        ),
    )
    known = rows(connection, "l", "supports::text[]", "withdrawn")
    assert known == [
        ([str(key("c1")), str(key("c2"))], False),
        ([str(key("c2"))], False),
        ([str(key("c2"))], False),
        ([str(key("c2")), str(key("c1"))], False),
    ]


def test_an_anchoring_of_either_version_says_in_which_dialogues_and_when(connection):
    day = date(2018, 2, 1)
    for name, version, where, expected in (
        ("l1", "v1", "fagdialog", "fagdialog 2018-02-01"),
        ("l2", "v2", ["fagdialog"], "fagdialog 2018-02-01"),
        ("l3", "v2", ["styringsdialog", "fagdialog"], "styringsdialog fagdialog 2018-02-01"),
    ):
        told = (f"local-initiative.anchored.{version}", {"where": where, "on": day})
        telling.apply(connection, stream_of(name, local(name, "A"), told))
        assert rows(connection, name, "status", "anchored")[1] == ("anchored", expected)


def test_the_upcaster_makes_a_list_of_the_one_dialogue_and_leaves_the_rest():
    before = {"where": "fagdialog", "on": "2018-02-01", "reason": None, "colour": "blue"}
    assert anchored_in_several(before) == {**before, "where": ["fagdialog"]}
    assert before["where"] == "fagdialog"


def test_both_bases_stand_in_the_row(connection):
    telling.apply(
        connection,
        stream_of(
            "c",
            central("c", start=date(2018, 1, 1), end=date(2018, 1, 31)),
            ("central-initiative.started", {"on": date(2018, 1, 10)}),
            ("central-initiative.completed", {"on": date(2018, 3, 1), "effect": None}),
        ),
    )
    periods = rows(connection, "c", "planned::text", "actual::text", "withdrawn")
    assert periods == [
        ("[2018-01-01,2018-02-01)", "[2018-01-01,2018-02-01)", False),
        ("[2018-01-01,2018-02-01)", "[2018-01-10,2018-02-01)", False),
        ("[2018-01-01,2018-02-01)", "[2018-01-10,2018-03-02)", False),
    ]


def test_what_was_stopped_before_it_started_is_withdrawn_on_both_bases_and_has_no_actual_end(connection):
    telling.apply(
        connection,
        stream_of(
            "c", central("c", start=date(2018, 1, 1)), ("central-initiative.cancelled", {"on": date(2018, 5, 1)})
        ),
    )
    row = telling.last_row(connection, key("c"))
    assert (row["withdrawn"], row["planned"], row["actual"], row["actual_end"]) == (True, None, None, None)
    assert row["planned_start"] == "2018-01-01", "still seen in the history"


def test_the_last_day_of_all_means_no_end(connection):
    telling.apply(connection, stream_of("c", central("c", start=date(2018, 1, 1), end=date(9999, 12, 31))))
    assert rows(connection, "c", "planned::text") == [("[2018-01-01,)",)]


@pytest.mark.parametrize(
    "text",
    [
        "tab\tnewline\nreturn\r",
        "back\\slash \\N \\. end",
        'quote " and {braces}, comma',
        "NULL",
        "",
        "æøå 😀   ",
        "'); --",
    ],
)
def test_text_is_kept_as_it_was_told(connection, text):
    told = central("c", description=text, audiences=[text, "NULL", "{}"], area=text)
    telling.apply(connection, stream_of("c", told))
    row = telling.last_row(connection, key("c"))
    assert (row["description"], row["area"], row["audiences"]) == (text, text, [text, "NULL", "{}"])


def test_fields_that_nobody_knows_and_events_that_nobody_knows_mean_nothing(connection):
    type_, data = goal("g")
    events = [
        event(key("g"), 1, type_, {**data, "colour": "blue"}),
        event(key("g"), 2, "goal.painted", {"colour": "green"}),
        event(key("p"), 1, "goal-tree.planted", {"year": 2018}),
        event(key("g"), 3, "goal.adopted"),
    ]
    telling.apply(connection, events)
    assert rows(connection, "g", "version", "status", table="goal_version") == [(1, "proposed"), (3, "adopted")]


# Facts, and what is told of plans


def test_what_moves_no_period_is_a_row_of_its_own_and_leaves_the_versions_as_they_are(connection):
    told = stream_of(
        "l",
        local("l", "A"),
        telling.participation(
            "plan", "employees", "safety_representatives", on=date(2018, 1, 11), sentence="De la opp"
        ),
        telling.learning("Faste team\ttrenger {en} «fast» dag \\N", "team", 'to "ord"'),
        ("local-initiative.status-reported", {"status": "at_risk", "sentence": "To mangler leder", "reason": "Spurt"}),
        ("local-initiative.scheduled", {"start": date(2018, 3, 1), "end": None}),
        when=[MONDAY, MONDAY, TUESDAY, TUESDAY, WEDNESDAY],
    )
    telling.apply(connection, told)
    assert rows(connection, "l", "version", "recorded_from") == [(1, MONDAY), (5, WEDNESDAY)]
    columns = ("version", "recorded_from", "event", "type", "reason")
    assert rows(connection, "l", *columns, "phase", "who", "happened_on", "sentence", table="participation") == [
        (2, MONDAY, told[1].id, told[1].type, None)  # noqa: RUF005 - the source, and what it tells
        + ("plan", ["employees", "safety_representatives"], date(2018, 1, 11), "De la opp")
    ]
    assert rows(connection, "l", *columns, "text", "tags", "title", table="learning") == [
        (3, TUESDAY, told[2].id, told[2].type, None)  # noqa: RUF005
        + ("Faste team\ttrenger {en} «fast» dag \\N", ["team", 'to "ord"'], "Tiltak l")
    ]
    assert rows(connection, "l", *columns, "status", "sentence", table="status_report") == [
        (4, TUESDAY, told[3].id, told[3].type, "Spurt", "at_risk", "To mangler leder")
    ]


def test_what_came_of_a_goal_and_what_an_activity_was_answered_are_told(connection):
    telling.apply(
        connection,
        [
            *stream_of("g", goal("g"), ("goal.effect-observed", {"effect": "Kortere brev", "on": date(2018, 5, 1)})),
            event(
                key("a"), 2, "communication-activity.feedback-received", {"text": "Mer!", "on": "2018-04-20"} | LEADERS
            ),
        ],
    )
    assert rows(connection, "g", "version", "effect", "observed_on", table="observed_effect") == [
        (2, "Kortere brev", date(2018, 5, 1))
    ]
    assert rows(connection, "a", "version", "text", "received_on", "audience", table="feedback") == [
        (2, "Mer!", date(2018, 4, 20), "leaders")
    ]


def test_a_fact_is_not_known_before_what_it_is_told_of(connection):
    late = stream_of("l", local("l", "A"), telling.learning("Lært"), when=[TUESDAY, MONDAY])
    telling.apply(connection, late, batch=1)
    assert rows(connection, "l", "recorded_from", table="learning") == [(TUESDAY,)]


def test_each_event_of_a_plan_leaves_what_was_known_until_the_next_one(connection):
    year = {"year": 2018}
    discussion = {"organisations": ["Kontaktutvalget", 'Et "utvalg"'], "on": date(2018, 1, 16)}
    telling.apply(
        connection,
        stream_of(
            "p",
            *telling.plan(2018, "Ledelse", "Læring på tvers", title="Handlingsplan 2018"),
            ("action-plan.budget-framed", {**year, "amount": 6_000_000_000, "previous_amount": None}),
            ("action-plan.discussed", {**year, **discussion}),
            ("action-plan.adopted", {**year, "on": date(2018, 1, 25), "reason": "Vedtatt"}),
            ("action-plan.renamed", {**year, "title": "Tillit i praksis"}),
            ("action-plan.closed", {**year, "on": date(2019, 2, 1)}),
        ),
        batch=2,
    )
    row = telling.last_row(connection, key("p"), "plan_version")
    assert (row["year"], row["title"], row["frame"]) == (2018, "Tillit i praksis", 6_000_000_000)
    assert row["areas"] == ["Ledelse", "Læring på tvers"]
    assert [msgspec.json.decode(told) for told in row["discussions"]] == [
        {"on": "2018-01-16", "organisations": ["Kontaktutvalget", 'Et "utvalg"']}
    ]
    assert (row["status"], row["adopted_on"], row["closed_on"]) == ("closed", "2018-01-25", "2019-02-01")
    known = rows(connection, "p", "version", "status", "title", "reason", table="plan_version")
    assert known[5:7] == [
        (6, "adopted", "Handlingsplan 2018", "Vedtatt"),
        (7, "adopted", "Tillit i praksis", None),
    ]


def test_money_and_what_came_of_it_stand_in_the_versions(connection):
    telling.apply(
        connection,
        stream_of(
            "c",
            central("c", budget=450_000),
            ("central-initiative.budget-changed", {"budget": 520_000, "previous_budget": 450_000}),
            ("central-initiative.started", {"on": date(2018, 1, 10)}),
            ("central-initiative.completed", {"on": date(2018, 3, 1), "effect": "Hver tok med et eksempel"}),
        ),
    )
    assert rows(connection, "c", "budget", "effect") == [
        (450_000, None),
        (520_000, None),
        (520_000, None),
        (520_000, "Hver tok med et eksempel"),
    ]


def test_who_acted_stands_by_what_they_did(connection):
    by = [msgspec.structs.replace(one, actor="Bydel Sagene") for one in stream_of("l", local("l", "A"))]
    telling.apply(connection, [*by, *stream_of("l", local("l", "A"), telling.learning("Lært"))[1:]])
    assert rows(connection, "l", "actor") == [("Bydel Sagene",)]
    assert rows(connection, "l", "actor", table="learning") == [(None,)], "nobody said who shared it"


# Failures


@pytest.mark.parametrize(
    ("broken", "after"),
    [
        (("local-initiative.learning-shared", {"tags": []}), ("local-initiative.started", {"on": "2018-01-01"})),
        (("local-initiative.started", {"on": "soon"}), telling.learning("Lært")),
    ],
)
def test_a_stream_stops_as_one_whatever_its_events_are(connection, broken, after):
    """I9: nothing of it is written from the event that failed on, neither versions nor facts."""
    failures = TimelineProjection().apply(connection, stream_of("l", local("l", "A"), broken, after))
    assert [version for version, _ in failures.values()] == [2]
    assert rows(connection, "l", "version") == [(1,)]
    assert rows(connection, "l", "version", table="learning") == []


def test_an_event_that_cannot_be_understood_stops_its_stream_there_and_no_other(connection):
    """I9."""
    lacking = msgspec.Raw(b'{"end": null}')
    events = [
        *stream_of("A", sector("A")),
        *stream_of("c1", central("c1")),
        event(key("c1"), 2, "central-initiative.started", {"on": "2018-01-01"}),
        event(key("c1"), 3, "central-initiative.rescheduled", lacking),
        event(key("c1"), 4, "central-initiative.completed", {"on": "2018-02-01"}),
        *stream_of("c2", central("c2"), ("central-initiative.started", {"on": "2018-01-01"})),
    ]
    failures = TimelineProjection().apply(connection, events)
    assert failures == {str(key("c1")): (3, "KeyError: 'start'")}
    assert rows(connection, "c1", "version", "status") == [(1, "planned"), (2, "started")]
    assert rows(connection, "c1", "recorded_to = 'infinity'") == [(False,), (True,)]
    assert rows(connection, "c2", "version") == [(1,), (2,)]


@pytest.mark.parametrize(
    "data",
    [
        {"start": "1 May", "end": None},
        {"start": 5, "end": None},
        {"start": "2018-05-01"},
        ["2018-05-01", None],
        "2018-05-01",
        None,
    ],
)
def test_dates_that_are_none_are_a_failure_of_their_event(connection, data):
    raw = msgspec.Raw(msgspec.json.encode(data))
    events = [*stream_of("c", central("c")), event(key("c"), 2, "central-initiative.rescheduled", raw)]
    failures = TimelineProjection().apply(connection, events)
    assert [version for version, _ in failures.values()] == [2]
    assert rows(connection, "c", "version") == [(1,)]


def test_the_database_has_the_last_word(connection):
    """What a fold lets pass and a column does not, is PostgreSQL's to refuse: `Inbox` then tries event by event."""
    reversed_dates = central("c", start=date(2018, 5, 1), end=date(2018, 4, 1))
    with pytest.raises(psycopg.errors.DataException), connection.transaction():
        telling.apply(connection, stream_of("c", reversed_dates))
    with pytest.raises(psycopg.errors.NotNullViolation), connection.transaction():
        TimelineProjection().apply(connection, [event(key("c"), 2, "central-initiative.started", {"on": "2018-01-01"})])


# Columns


def test_what_folds_ask_for_is_never_what_a_type_sets():
    """`Meaning.keeps` is of what is taken."""
    for type_, meaning in MEANINGS.items():
        if isinstance(meaning.table, Versions):
            kept = {meaning.table.fields[column][0] for column in meaning.table.kept}
            assert not kept & {place for place, _ in meaning.constant}, type_


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.table)
def test_columns_are_of_the_types_that_the_table_has(connection, table):
    """COPY's binary format is only right for them."""
    found = connection.execute(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and attgenerated = '' and not atthasdef",
        [table.table],
    ).fetchall()
    assert dict(found) == {column: kind.name for column, kind in table.columns.items()}
