"""Which index answers what: the planner's choice where there are enough rows for it to matter, with the statistics that
a rebuild leaves. What it costs is measured in `tests/benchmarks`.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.timeline import changes, model
from services.timeline.changes import Comparison
from services.timeline.tests import telling
from services.timeline.tests.telling import central, local, stream_of
from services.timeline.view import KNOWN, LINKED, NO_LONGER, NOT_YET, View, over
from shared.database import Connection
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

YEARS = range(2015, 2025)
YEAR = View(date(2019, 1, 1), date(2019, 12, 31))
ALL_KNOWN, ALL_LINKED = f"with {KNOWN} select * from known", f"with {LINKED} select * from linked"
ALL_NO_LONGER, ALL_NOT_YET = f"with {NO_LONGER} select * from known", f"with {NOT_YET} select * from not_yet"
NOW = {"initiative_now", "initiative_now_linked", "initiative_apart"}
THEN = {"initiative_then", "initiative_apart"}


def initiatives(year: int) -> Iterator[Envelope]:
    """400, a tenth of them central; half of the local ones are put off, some support a central one."""
    told = datetime(year - 1, 10, 1, tzinfo=UTC)
    for n in range(400):
        name, goals, start = f"{year}-{n}", [f"g{n % 7}"], date(year, 1, 1) + timedelta(days=n * 37 % 300)
        days = {"start": start, "end": start + timedelta(days=40)}
        later = {day: at + timedelta(days=20) for day, at in days.items()}
        when = [told + timedelta(hours=n + 500 * version) for version in range(3)]
        if n % 10 == 0:
            story = [central(name, goals=goals, **days)]
        else:
            supports = [f"{year}-{n // 10 * 10}"] if n % 5 == 1 else []
            story = [
                local(name, "A", goals=goals, supports=supports),
                ("local-initiative.scheduled", days),
                ("local-initiative.rescheduled", later),
            ][: 2 + n % 2]
        yield from stream_of(name, *story, when=when[: len(story)])


@pytest.fixture(scope="module")
def city(postgres: Postgres) -> Iterator[Connection]:
    with telling.read_model(postgres.database()) as connection:
        telling.apply(connection, [event for year in YEARS for event in initiatives(year)])
        connection.execute(model.VACUUM)
        connection.execute(model.ANALYZE)
        yield connection


def used(connection: Connection, query: str, asked: Mapping[str, Any]) -> dict[str, str]:
    """Index → how it is read; a table that is read without one stands under its own name."""
    ((plan,),) = connection.execute(f"explain (format json) {query}".encode(), asked).fetchall()
    return dict(_scans(plan[0]["Plan"]))


def _scans(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "Index Name" in node:
        yield node["Index Name"], node["Node Type"]
    elif node["Node Type"] == "Seq Scan":
        yield node["Relation Name"], node["Node Type"]
    for inner in node.get("Plans", []):
        yield from _scans(inner)


@pytest.mark.parametrize("basis", ["planned", "actual"])
@pytest.mark.parametrize(
    ("known_on", "query", "expected"),
    [
        pytest.param(None, ALL_KNOWN, NOW, id="now"),
        pytest.param(None, ALL_LINKED, NOW - {"initiative_now"}, id="now, linked"),
        pytest.param(date(2018, 12, 1), ALL_KNOWN, NOW | THEN, id="then"),
        pytest.param(date(2018, 12, 1), ALL_LINKED, (NOW | THEN) - {"initiative_now"}, id="then, linked"),
        pytest.param(date(2018, 12, 1), ALL_NO_LONGER, THEN, id="then, and no longer"),
        pytest.param(date(2018, 12, 1), ALL_NOT_YET, NOW, id="not yet then"),
    ],
)
def test_what_is_known_is_read_from_indexes_alone(city, basis, known_on, query, expected):
    view = View(YEAR.first, YEAR.last, basis, known_on)
    scans = used(city, over(view, query), view.parameters())
    assert scans.keys() == expected
    alone = {"initiative_now", "initiative_now_linked", "initiative_then"} & expected
    assert {scans[index] for index in alone} == {"Index Only Scan"}


def test_what_became_known_lately_is_found_without_looking_through_what_was_ever_known(city):
    comparison = Comparison(YEAR, date(2023, 12, 1))
    asked = {**comparison.parameters(), "goal": None, "sector": None}
    scans = used(city, changes.COUNTS, asked)
    assert scans.keys() == {"initiative_recorded", "initiative_version_pkey"}
