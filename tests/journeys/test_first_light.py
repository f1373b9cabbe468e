"""First light: plans from files become a matrix, and a command at one service stands on the timeline."""

from datetime import timedelta
from typing import Any

import pytest

from infra.demo.client import behind
from infra.local.stack import Stack
from shared import identity
from shared.http import today
from tests.journeys.city import City, stored_events
from tests.journeys.datasets import Dataset, datasets

IMPORTS = (
    ("goals", "goals", "/goals/import"),
    ("sectors", "local_initiatives", "/sectors/import"),
    ("central_initiatives", "central_initiatives", "/initiatives/import"),
    ("local_initiatives", "local_initiatives", "/initiatives/import"),
)
"""File, service and address, in the order in which people have them."""

COUNTS = ("central", "local", "central_days", "local_days", "both_days")
SHARES = ("degree", "coverage")


@pytest.fixture(params=["own ports", "gateway"])
def city(request: pytest.FixtureRequest, stack: Stack) -> City:
    """The services at their own ports, and behind the gateway."""
    return City(behind(stack.url("gateway")) if request.param == "gateway" else stack.urls())


@pytest.mark.parametrize("dataset", datasets(), ids=lambda dataset: dataset.name)
def test_plans_imported_from_files_give_every_cell_of_the_matrix(stack: Stack, dataset: Dataset):
    city = City(stack.urls())
    answers = [city.send_file(service, path, dataset.files[file]) for file, service, path in IMPORTS]
    for (file, _, _), answer in zip(IMPORTS, answers, strict=True):
        done = answer.json()
        assert (done["created"] + done["unchanged"], done["updated"]) == (len(dataset.rows(file)), 0), file
    for answer in answers:
        city.see("/api/status", after=answer)
    matrix = city.see("/api/matrix", **{"from": dataset.first, "to": dataset.last})
    assert _cells(matrix, dataset) == _expected(dataset)


@pytest.mark.parametrize("dataset", datasets(), ids=lambda dataset: dataset.name)
def test_the_same_files_again_change_nothing(stack: Stack, dataset: Dataset):
    city = City(behind(stack.url("gateway")))
    for file, service, path in IMPORTS:
        city.send_file(service, path, dataset.files[file])
    before = stored_events(stack)
    for file, service, path in IMPORTS:
        answer = city.send_file(service, path, dataset.files[file]).json()
        assert (answer["created"], answer["updated"], answer["changes"]) == (0, 0, []), file
        assert answer["unchanged"] == len(dataset.rows(file)) > 0, file
    assert stored_events(stack) == before


def test_a_goal_meets_its_initiatives_of_all_services_on_the_timeline(city: City):
    year, name = _unused_year(city), f"reise-{identity.new().hex[-12:]}"
    city.command("goals", "/goals", _goal(name))
    city.command("goals", f"/goals/{name}/adopt", {"reason": "vedtatt i byrådet"})
    city.command("central_initiatives", "/plans", {"year": year})
    city.command("central_initiatives", f"/plans/{year}/areas", {"name": "Ledelse"})
    central = _plan_central(city, name, year)
    city.command("central_initiatives", f"/initiatives/{central}/start", {"on": f"{year}-03-01"})
    city.command("local_initiatives", "/sectors", {"code": name, "name": "Eldre og helse"})
    local = _propose_local(city, name, supports=[central])
    city.command("local_initiatives", f"/initiatives/{local}/anchor", {"where": "styringsdialog"})
    city.command(
        "local_initiatives", f"/initiatives/{local}/schedule", {"start": f"{year}-05-01", "end": f"{year}-08-31"}
    )
    started = city.command("local_initiatives", f"/initiatives/{local}/start", {"on": f"{year}-05-11"})
    published = _publish_activity(city, name, central, local, year)

    window = {"from": f"{year}-01-01", "to": f"{year}-12-31"}
    city.see("/api/status", after=started)
    timeline = city.see("/api/timeline", after=published, **window)
    bars = {bar["id"]: bar for bar in timeline["items"]}
    assert (bars[central]["lane"], bars[central]["status"]) == ("central", "started")
    assert (bars[local]["lane"], bars[local]["sector_code"]) == ("local", name)
    assert bars[local]["common"] == [[f"{year}-05-11", f"{year}-06-30"]]
    activities = {activity["external_id"]: activity for activity in timeline["activities"]}
    assert activities[name]["status"] == "published"

    seen = city.see(f"/api/initiatives/{local}", **window)
    (related,) = seen["related"]
    assert (related["id"], related["basis"], related["verdict"]) == (central, "both", "concurrent")
    assert (related["common_from"], related["common_to"], related["days"]) == (f"{year}-05-11", f"{year}-06-30", 51)
    assert [event["type"].split(".")[2] for event in seen["history"]] == [
        "proposed",
        "anchored",
        "scheduled",
        "started",
    ]

    cells = city.see("/api/matrix", **window, goal=name)["cells"]
    (together,) = [cell for cell in cells if cell["sector"] == str(identity.named("sector", name))]
    assert (together["state"], together["central_days"], together["both_days"]) == ("together", 122, 51)


def test_a_rescheduled_initiative_keeps_both_periods_and_the_reason(city: City):
    year, name = _unused_year(city), f"flytting-{identity.new().hex[-12:]}"
    city.command("central_initiatives", "/plans", {"year": year})
    city.command("central_initiatives", f"/plans/{year}/areas", {"name": "Ledelse"})
    central = _plan_central(city, name, year)
    moved = city.command(
        "central_initiatives",
        f"/initiatives/{central}/reschedule",
        {"start": f"{year}-09-01", "end": f"{year}-11-30", "reason": "lokalene var ikke ferdige"},
    )
    planned, rescheduled = city.see(f"/api/initiatives/{central}", after=moved)["history"]
    assert (planned["planned_start"], planned["planned_end"]) == (f"{year}-03-01", f"{year}-06-30")
    assert (rescheduled["planned_start"], rescheduled["planned_end"]) == (f"{year}-09-01", f"{year}-11-30")
    assert rescheduled["reason"] == "lokalene var ikke ferdige"


def test_what_was_recorded_today_was_not_known_yesterday(city: City):
    year, name = _unused_year(city), f"ukjent-{identity.new().hex[-12:]}"
    yesterday = {"known_on": (today() - timedelta(days=1)).isoformat()}
    city.command("goals", "/goals", _goal(name))
    city.command("central_initiatives", "/plans", {"year": year})
    city.command("central_initiatives", f"/plans/{year}/areas", {"name": "Ledelse"})
    planned = city.command("central_initiatives", "/initiatives", _central(name, year))
    window = {"from": f"{year}-01-01", "to": f"{year}-12-31"}
    path = f"/api/initiatives/{planned.json()['id']}"
    assert city.see("/api/timeline", after=planned, **window, goal=name)["items"]
    assert city.see("/api/timeline", **window, **yesterday, goal=name)["items"] == []
    assert city.see("/api/matrix", **window, **yesterday, goal=name)["cells"] == []
    assert city.ask(path, **window, **yesterday).status_code == 404
    assert city.ask(path, **window, known_on=today().isoformat()).status_code == 200


def test_commands_succeed_while_kafka_is_down_and_are_shown_when_it_is_back(stack: Stack):
    """I7."""
    city, name = City(behind(stack.url("gateway"))), f"uten-kafka-{identity.new().hex[-12:]}"
    year = _unused_year(city)
    stack.stop("kafka")
    try:
        answers = [
            city.command("goals", "/goals", _goal(name)),
            city.command("central_initiatives", "/plans", {"year": year}),
            city.command("central_initiatives", f"/plans/{year}/areas", {"name": "Ledelse"}),
            city.command("central_initiatives", "/initiatives", _central(name, year)),
            city.command("local_initiatives", "/sectors", {"code": name, "name": "Sektor"}),
            city.command("local_initiatives", "/initiatives", _local(name, [])),
            city.command("communication", "/activities", {"external_id": name, "title": "Nyhetsbrev"}),
        ]
        assert city.ask(f"/api/initiatives/{answers[3].json()['id']}").status_code == 404
    finally:
        stack.start("kafka")
        stack.wait_ready(["kafka"])
    for answer in answers:
        city.see("/api/status", after=answer)
    bars = city.see("/api/timeline", **{"from": f"{year}-01-01", "to": f"{year}-12-31"}, goal=name)["items"]
    assert {bar["lane"] for bar in bars} == {"central", "local"}


# What is sent


def _goal(name: str) -> dict[str, Any]:
    return {"external_id": name, "title": "Tid til brukerne", "kind": "objective", "expected_effect": "Roligere dager"}


def _central(name: str, year: int) -> dict[str, Any]:
    return {
        "external_id": name,
        "plan_year": year,
        "area": "Ledelse",
        "title": "Lederprogram",
        "goals": [name],
        "audiences": ["leaders", "top_leaders"],
        "start": f"{year}-03-01",
        "end": f"{year}-06-30",
    }


def _local(name: str, supports: list[str]) -> dict[str, Any]:
    return {
        "external_id": name,
        "sector": name,
        "title": "Tillitsmodell i hjemmetjenesten",
        "goals": [name],
        "supports": supports,
    }


def _plan_central(city: City, name: str, year: int) -> str:
    return str(city.command("central_initiatives", "/initiatives", _central(name, year)).json()["id"])


def _propose_local(city: City, name: str, supports: list[str]) -> str:
    return str(city.command("local_initiatives", "/initiatives", _local(name, supports)).json()["id"])


def _publish_activity(city: City, name: str, central: str, local: str, year: int) -> Any:
    body = {
        "external_id": name,
        "title": "Dette gjør vi sammen",
        "audiences": ["residents", "employees"],
        "start": f"{year}-05-01",
        "goals": [name],
        "central_initiatives": [central],
        "local_initiatives": [local],
    }
    city.command("communication", "/activities", body)
    return city.command("communication", f"/activities/{name}/publish", {"on": f"{year}-05-02"})


def _unused_year(city: City) -> int:
    """A plan year that nobody has drafted: the stack is shared with other tests."""
    taken = {plan["year"] for plan in city.plans()}
    return next(year for year in range(2060, 2100) if year not in taken)


# What is compared


def _expected(dataset: Dataset) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (cell["goal"], cell["sector"]): {
            "state": cell["state"],
            **{name: int(cell[name]) for name in COUNTS},
            **{name: cell[name] or None for name in SHARES},
        }
        for cell in dataset.rows("expected_cells")
    }


def _cells(matrix: dict[str, Any], dataset: Dataset) -> dict[tuple[str, str], dict[str, Any]]:
    """The cells of the data set's goals and sectors; other tests have theirs in the same matrix."""
    goals = {goal["id"]: goal["external_id"] for goal in matrix["goals"]}
    sectors = {sector["id"]: sector["code"] for sector in matrix["sectors"]} | {None: "*"}
    named = {(goals[cell["goal"]], sectors[cell["sector"]]): cell for cell in matrix["cells"]}
    return {
        name: {
            "state": cell["state"],
            **{count: cell[count] for count in COUNTS},
            **{share: None if cell[share] is None else f"{cell[share]:.6f}" for share in SHARES},
        }
        for name, cell in named.items()
        if name in _expected(dataset)
    }
