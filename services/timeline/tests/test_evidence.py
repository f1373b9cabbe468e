"""What verdicts rest on: the rule that gives a period, and the newest event that said each thing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from services.timeline import evidence
from services.timeline.concurrency import effective_period
from services.timeline.initiative import initiative
from services.timeline.queries import Queries
from services.timeline.related import explained, related_to
from services.timeline.tests import telling
from services.timeline.tests.telling import central, key, local, sector, stream_of
from services.timeline.tests.test_queries_against_counting import told
from services.timeline.view import View
from shared.testing.plugin import Postgres

YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
BEGAN = datetime(2018, 1, 10, 9, tzinfo=UTC)
DAYS = [BEGAN + timedelta(days) for days in range(10)]
MARCH, MAY, JULY = date(2018, 3, 1), date(2018, 5, 31), date(2018, 7, 1)

EVENTS = [
    *stream_of("A", sector("A")),
    *stream_of(
        "c",
        central("c", goals=["g1"], start=MARCH, end=MAY),  # 1
        ("central-initiative.goals-linked", {"goals": telling.keys(["g1", "g2"])}),  # 2
        ("central-initiative.rescheduled", {"start": MARCH, "end": JULY, "reason": "Sykdom"}),  # 3
        ("central-initiative.budget-changed", {"budget": 5}),  # 4
        ("central-initiative.started", {"on": MARCH}),  # 5
        when=DAYS[:5],
    ),
    *stream_of(
        "l",
        local("l", "A", goals=["g1", "g2", "g3"]),  # 1
        ("local-initiative.support-declared", {"central": str(key("c"))}),  # 2
        ("local-initiative.support-withdrawn", {"central": str(key("c"))}),  # 3
        ("local-initiative.scheduled", {"start": MARCH, "end": MAY, "reason": None}),  # 4
        ("local-initiative.support-declared", {"central": str(key("c"))}),  # 5
        (
            "local-initiative.revised",
            {
                "title": "Nytt navn",
                "goals": telling.keys(["g1"]),
                "agency": None,
                "description": None,
                "responsible": None,
            },
        ),  # 6
        when=DAYS[:6],
    ),
]


@pytest.fixture(scope="module")
def queries(postgres: Postgres) -> Iterator[Queries]:
    with telling.read_model(postgres.database()) as connection, told(connection, EVENTS) as asked:
        yield asked


def said(queries: Queries, view: View, of: str, seen_from: str) -> set[tuple[str, str | None, int]]:
    """What was said of an initiative, of which goal or initiative, and by which version."""
    row = initiative(queries, view, key(seen_from))
    assert row
    related = related_to(queries, view, row)
    found = evidence.sources(queries, view, row, explained(queries, view, row, related.others))
    return {
        (source["says"], telling.name_of(source["about"]) if source["about"] else None, source["version"])
        for source in found.get(key(of), [])
    }


@pytest.mark.parametrize("seen_from", ["c", "l"])
def test_the_newest_event_that_made_it_so_is_the_source_and_only_while_it_holds(
    queries: Queries, seen_from: str
) -> None:
    of_central = {("planned", None, 3), ("started", None, 5), ("goal", "g1", 1)}
    of_local = {("planned", None, 4), ("goal", "g1", 1), ("support", "c", 5)}
    own = {("goal", "g2", 2)} if seen_from == "c" else set()
    assert said(queries, YEAR, "c", seen_from) == of_central | own
    assert said(queries, YEAR, "l", seen_from) == of_local


def test_a_source_that_came_later_was_none_then(queries: Queries) -> None:
    then = View(YEAR.first, YEAR.last, known_on=DAYS[1].date())
    assert said(queries, then, "l", "c") == {("goal", "g1", 1), ("goal", "g2", 1), ("support", "c", 2)}
    assert said(queries, then, "c", "c") == {("planned", None, 1), ("goal", "g1", 1), ("goal", "g2", 2)}


def test_a_source_is_an_event_with_all_that_the_history_says_of_it(queries: Queries) -> None:
    row = initiative(queries, YEAR, key("c"))
    assert row
    (planned,) = [one for one in evidence.sources(queries, YEAR, row, [])[key("c")] if one["says"] == "planned"]
    moved = next(event for event in EVENTS if event.subject == str(key("c")) and event.sequence == 3)
    assert planned == {
        "says": "planned",
        "about": None,
        "version": 3,
        "event": str(moved.id),
        "type": "samtidig.central-initiative.rescheduled.v1",
        "recorded_at": "2018-01-12T09:00:00.000000Z",
        "actor": None,
        "reason": "Sykdom",
    }
    assert UUID(planned["event"]) == moved.id


STATUSES = {
    **dict.fromkeys(("planned", "proposed", "anchored"), "not_started"),
    **{status: status for status in ("started", "completed", "cancelled", "discontinued")},
}


def possible() -> Iterator[dict[str, Any]]:
    """Every status with every choice of days that an owning service lets through."""
    for status, (start, end), actual_start, actual_end in product(
        STATUSES, product([None, MARCH], [None, MAY]), [None, MARCH, JULY], [None, date(2018, 8, 1)]
    ):
        has_started = status in ("started", "completed") or (status == "discontinued" and actual_start)
        has_ended = status in ("completed", "discontinued") and has_started
        if bool(actual_start) == bool(has_started) and bool(actual_end) == bool(has_ended):
            yield {
                "status": status,
                "planned_start": start,
                "planned_end": end,
                "actual_start": actual_start,
                "actual_end": actual_end,
            }


@pytest.mark.parametrize("basis", ["planned", "actual"])
def test_the_rule_that_is_told_gives_the_period_that_counts(basis: Any) -> None:
    rules = set()
    for row in possible():
        days = {name: day for name, day in row.items() if name != "status"}
        effective = effective_period(status=STATUSES[row["status"]], **days, basis=basis)  # type: ignore[arg-type]
        period = effective.period
        start = period.start if period else None
        end = period.end - timedelta(1) if period and period.end else None
        rule = evidence.rule({**row, "start": start, "end": end}, basis)
        rules.add(rule)
        planned = (row["planned_start"], row["planned_end"])
        assert (start, end) == {
            "stopped": (None, None),
            "undated": (None, None),
            "planned": planned,
            "not_started": planned,
            "started": (row["actual_start"], row["planned_end"]),
            "open": (row["actual_start"], None),
            "overtaken": (row["actual_start"], None),
            "ended": (row["actual_start"], row["actual_end"]),
        }[rule], row
        assert effective.cancelled == (rule == "stopped")
        assert effective.undated == (rule == "undated")
    of_actual = {"not_started", "started", "open", "overtaken", "ended"}
    assert rules == {"stopped", "undated", *(of_actual if basis == "actual" else {"planned"})}
