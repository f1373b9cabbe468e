"""All that was recorded of an initiative, and the marks of who took part, as they were known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from services.timeline import participation
from services.timeline.history import history
from services.timeline.queries import Queries
from services.timeline.tests import telling
from services.timeline.tests.telling import Told, central, key, local, sector, stream_of
from services.timeline.tests.test_queries_against_counting import told
from services.timeline.view import View
from shared.testing.plugin import Postgres

YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
JANUARY, MAY = datetime(2018, 1, 15, 9, tzinfo=UTC), datetime(2018, 5, 2, 9, tzinfo=UTC)
WINTER, SPRING = date(2018, 1, 11), date(2018, 4, 30)


@pytest.fixture(scope="module")
def queries(postgres: Postgres) -> Iterator[Queries]:
    with telling.read_model(postgres.database()) as connection, told(connection, events()) as asked:
        yield asked


def events() -> list:
    return [
        *stream_of("A", sector("A")),
        *stream_of(
            "l1",
            local("l1", "A", goals=["g1"]),
            telling.participation("idea", "residents", on=WINTER, sentence="Tre folkemøter"),
            telling.learning("Møt folk der de er", "innbyggere"),
            ("local-initiative.scheduled", {"start": date(2018, 3, 1), "end": None, "reason": "Klart"}),
            telling.participation("plan", "employees", "organisations", on=SPRING),
            ("local-initiative.status-reported", {"status": "on_track", "sentence": None}),
            when=[JANUARY, JANUARY, JANUARY, JANUARY, MAY, MAY],
        ),
        *stream_of("l2", local("l2", "B"), telling.participation("plan", "residents", on=date(2017, 12, 31))),
        *stream_of(
            "l3",
            local("l3", "B"),
            ("local-initiative.discontinued", {"on": WINTER}),
            telling.participation("plan", "residents", on=WINTER),
        ),
        *stream_of(
            "l4",
            local("l4", "B"),
            ("local-initiative.scheduled", {"start": WINTER, "end": None, "reason": None}),
            ("local-initiative.rescheduled", {"start": WINTER, "end": SPRING, "reason": "Sykdom"}),
            ("local-initiative.rescheduled", {"start": None, "end": SPRING, "reason": "Usikkert"}),
            ("local-initiative.discontinued", {"on": WINTER}),
        ),
        *stream_of("c", central("c"), ("central-initiative.status-reported", {"status": "at_risk", "sentence": "Nei"})),
        *stream_of("c2", central("c2", budget=100), *[budget(amount) for amount in (0, None, 0)]),
    ]


def budget(amount: int | None) -> Told:
    return "central-initiative.budget-changed", {"budget": amount}


def at(moment: datetime) -> View:
    return View(YEAR.first, YEAR.last, known_on=moment.date())


def test_every_event_of_the_stream_stands_in_the_history_with_what_it_tells(queries: Queries) -> None:
    found = history(queries, YEAR, key("l1"))
    assert [row["version"] for row in found] == [1, 2, 3, 4, 5, 6]
    assert [row["event"] for row in found] == [event.id for event in events()[1:7]]
    assert [row["told"] for row in found] == [
        None,
        {"phase": "idea", "who": ["residents"], "on": "2018-01-11", "sentence": "Tre folkemøter"},
        {"text": "Møt folk der de er", "tags": ["innbyggere"]},
        None,
        {"phase": "plan", "who": ["employees", "organisations"], "on": "2018-04-30", "sentence": None},
        {"status": "on_track", "sentence": None},
    ]
    assert [row["kind"] for row in found] == [
        *("change", "participation", "learning", "change"),
        *("participation", "report"),
    ]
    assert [row["planned_start"] for row in found] == [None, None, None, date(2018, 3, 1), None, None]
    assert found[3]["reason"] == "Klart"
    assert [row["told"] for row in history(queries, YEAR, key("c"))] == [None, {"status": "at_risk", "sentence": "Nei"}]


def test_nothing_set_aside_and_zero_are_not_the_same(queries: Queries) -> None:
    changed = [found for row in history(queries, YEAR, key("c2"))[1:] for found in row["fields"]]
    assert [(found["field"], found["before"], found["after"]) for found in changed] == [
        ("budget", 100, 0),
        ("budget", 0, None),
        ("budget", None, 0),
    ]


def test_a_period_that_is_given_for_the_first_time_is_no_move(queries: Queries) -> None:
    assert [row["moved"] for row in history(queries, YEAR, key("l1"))] == [False] * 6
    assert [row["moved"] for row in history(queries, YEAR, key("l4"))] == [False, False, True, True, False]


def test_what_was_told_later_was_not_known_then(queries: Queries) -> None:
    assert [row["version"] for row in history(queries, at(JANUARY), key("l1"))] == [1, 2, 3, 4]


def test_marks_of_participation_stand_on_the_days_of_the_window_and_say_who(queries: Queries) -> None:
    marks, total = participation.marks(queries, YEAR, limit=10)
    assert total == 3
    assert participation.marks(queries, YEAR, limit=2) == (marks[:2], 3), "the others are counted"
    assert [(row["id"], row["on"], row["phase"], row["who"]) for row in marks] == [
        (key("l1"), WINTER, "idea", ["residents"]),
        (key("l3"), WINTER, "plan", ["residents"]),
        (key("l1"), SPRING, "plan", ["employees", "organisations"]),
    ]
    assert [(row["sector_code"], row["withdrawn"], row["title"]) for row in marks[:2]] == [
        ("A", False, "Tiltak l1"),
        (None, True, "Tiltak l3"),
    ]


def test_marks_are_known_from_when_they_were_recorded_and_follow_the_selection(queries: Queries) -> None:
    def ids(view: View, **chosen: object) -> list[object]:
        return [telling.name_of(row["id"]) for row in participation.marks(queries, view, limit=10, **chosen).rows]

    assert ids(at(JANUARY)) == ["l1", "l3"]
    assert ids(YEAR, goal=key("g1")) == ["l1", "l1"]
    assert ids(YEAR, sector=key("B")) == ["l3"]
    assert ids(View(WINTER, WINTER, basis="planned")) == ["l1", "l3"]
    assert ids(View(date(2017, 1, 1), date(2017, 12, 31))) == ["l2"]
