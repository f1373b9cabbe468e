"""The plan that the timeline shows as adopted is the report that its owner froze, though neither asks the other."""

from datetime import date
from typing import Any

from services.central_initiatives.app import SERVICE
from services.timeline import plan
from services.timeline.tests import telling
from services.timeline.tests.test_queries_against_counting import told
from services.timeline.view import View
from shared import envelope
from shared.testing.plugin import Postgres
from shared.testing.service import Running, running

YEAR = View(date(2018, 1, 1), date(2018, 12, 31))
SAME = ("id", "external_id", "area", "title", "start", "end", "goals", "budget", "responsible", "status", "version")
"""What both say of an initiative."""


def test_the_timeline_shows_as_adopted_what_the_owner_froze(postgres: Postgres):
    with running(SERVICE, postgres.database()) as central:
        adopted_and_changed(central)
        report = central.get("/plans/2018/report")
        header = central.client.get("/plans/2018/report").headers["Adoption"]
        events = [envelope.read(stored.envelope) for _, stored in central.service.store.read_all()]
    with telling.read_model(postgres.database()) as connection, told(connection, events) as queries:
        asked = plan.edition(queries, YEAR, as_adopted=True)
        shown = plan.initiatives(queries, asked, report["areas"])
        of_plan = plan.plan(queries, asked)
    assert {row["id"]: row for row in map(plainly, report["initiatives"])} == {
        row["id"]: row for row in map(plainly, map(as_planned, shown))
    }
    assert of_plan
    assert of_plan["adopted_on"].isoformat() == report["adopted_on"]
    assert [of_plan[name] for name in ("title", "areas", "frame", "allocated", "discussions", "version")] == [
        report[name] for name in ("title", "areas", "frame", "allocated", "discussions", "version")
    ]
    assert asked.adoption
    assert f'stream="{asked.adoption["stream"]}", version={asked.adoption["version"]}' in header
    assert f'event="{asked.adoption["event"]}"' in header


def as_planned(row: dict[str, Any]) -> dict[str, Any]:
    """The owner's days are the planned ones, also of what is cancelled."""
    return {**row, "start": row["planned_start"], "end": row["planned_end"]}


def plainly(row: Any) -> dict[str, Any]:
    """As JSON has it."""
    return {name: [*map(str, row[name])] if name == "goals" else row[name] and str(row[name]) for name in SAME}


def adopted_and_changed(central: Running) -> None:
    """A plan with three initiatives, one of them cancelled, that is adopted; and much that comes after."""
    ways: list[tuple[str, dict[str, Any]]] = [
        ("/plans", {"year": 2018, "title": "Handlingsplan 2018"}),
        ("/plans/2018/areas", {"name": "Ledelse"}),
        ("/plans/2018/areas", {"name": "Læring"}),
        ("/plans/2018/frame", {"amount": 900_000}),
        ("/initiatives", planned("S1", goals=["K1", "K2"], start="2018-02-01", end="2018-06-30", budget=200_000)),
        ("/initiatives", planned("S2", area="Læring", responsible="Programkontoret")),
        ("/initiatives", planned("S3", budget=100_000, start="2018-09-01")),
        ("/initiatives/S1/reschedule", {"end": "2018-05-31"}),
        ("/initiatives/S3/cancel", {}),
        ("/plans/2018/discussions", {"organisations": ["Kontaktutvalget"], "on": "2018-01-16"}),
        ("/plans/2018/adopt", {"on": "2018-01-25"}),
        ("/initiatives/S1/reschedule", {"end": "2018-12-31"}),
        ("/initiatives/S2/revise", {"title": "Et annet navn"}),
        ("/initiatives/S2/start", {}),
        ("/initiatives", planned("S4")),
        ("/plans/2018/frame", {"amount": 800_000}),
        ("/plans/2018/close", {"on": "2019-01-31"}),
    ]
    for path, body in ways:
        answer = central.post(path, body)
        assert answer.status_code in (200, 201), answer.text


def planned(name: str, **fields: Any) -> dict[str, Any]:
    return {"external_id": name, "plan_year": 2018, "area": "Ledelse", "title": f"Tiltak {name}", **fields}
