import pytest
from openapi_spec_validator import validate

from services.central_initiatives.domain.initiative import Planned
from services.central_initiatives.domain.plan import Drafted
from services.central_initiatives.schemas import InitiativeSchema, PlanSchema
from shared import identity
from shared.testing.contracts import assert_cloudevent, assert_shown
from shared.testing.days import unbroken_day
from shared.testing.service import faults

K1 = str(identity.named("goal", "K1"))
S1 = str(identity.named("central-initiative", "S1"))


def initiative(**fields):
    return {"external_id": "S1", "plan_year": 2018, "area": "Ledelse", "title": "Lederhåndbok", **fields}


# Action plans


def test_a_plan_is_found_by_its_year(client):
    answer = client.post("/plans", json={"year": 2018, "title": "Handlingsplan 2018"})
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/plans/2018"
    assert answer.headers["ETag"] == '"1"'
    assert answer.json == {
        "id": str(identity.named("action-plan", "2018")),
        "version": 1,
        "events": ["samtidig.action-plan.drafted.v1"],
    }
    found = client.get(answer.headers["Location"])
    assert found.status_code == 200
    assert_shown(Drafted, PlanSchema, found.json)
    assert (found.json["year"], found.json["title"], found.json["areas"]) == (2018, "Handlingsplan 2018", [])


@pytest.mark.usefixtures("plan")
def test_areas_stand_in_the_order_in_which_they_were_added(client):
    added = client.post("/plans/2018/areas", json={"name": "Arbeidsdeling"}, headers={"If-Match": '"2"'})
    assert (added.status_code, added.headers["ETag"]) == (200, '"3"')
    found = client.get("/plans/2018")
    assert (found.json["areas"], found.headers["ETag"]) == (["Ledelse", "Arbeidsdeling"], '"3"')


@pytest.mark.usefixtures("plan")
def test_an_area_is_added_once(client):
    again = client.post("/plans/2018/areas", json={"name": " ledelse"})
    assert (again.status_code, faults(again)) == (409, {("/name", "area-exists")})


def test_a_year_without_a_plan_is_not_found(client):
    for answer in (
        client.get("/plans/2018"),
        client.get("/plans/2018/history"),
        client.post("/plans/2018/areas", json={"name": "Ledelse"}),
    ):
        assert answer.status_code == 404


@pytest.mark.usefixtures("plan")
def test_the_history_of_a_plan_is_not_that_of_an_initiative(client):
    plan = client.get("/plans/2018").json["id"]
    assert client.get(f"/initiatives/{plan}/history").status_code == 404


@pytest.mark.usefixtures("plan")
def test_the_history_of_a_plan_tells_why(client):
    client.post("/plans/2018/areas", json={"name": "Læring", "reason": "Sektorene ba om det"})
    told = [(item["version"], item["type"], item["reason"]) for item in client.get("/plans/2018/history").json["items"]]
    assert told == [
        (1, "samtidig.action-plan.drafted.v1", None),
        (2, "samtidig.action-plan.area-added.v1", None),
        (3, "samtidig.action-plan.area-added.v1", "Sektorene ba om det"),
    ]


def test_plans_come_page_by_page(client):
    for year in (2018, 2019, 2020):
        client.post("/plans", json={"year": year})
    first = client.get("/plans?limit=2").json
    second = client.get(f"/plans?limit=2&cursor={first['next']}").json
    assert [plan["year"] for plan in first["items"] + second["items"]] == [2018, 2019, 2020]
    assert second["next"] is None


# Central initiatives


@pytest.mark.usefixtures("plan")
def test_an_initiative_is_planned_and_found_by_its_external_id(client):
    body = initiative(
        area="LEDELSE",
        goals=["K1", K1],
        audiences=["leaders", "employees"],
        responsible="Programkontoret",
        start="2018-03-01",
        budget=250_000,
    )
    answer = client.post("/initiatives", json=body)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/initiatives/{S1}"
    found = client.get("/initiatives/S1")
    assert_shown(Planned, InitiativeSchema, found.json)
    assert found.headers["ETag"] == '"1"'
    assert found.json | {"changed_at": ""} == {
        "id": S1,
        "external_id": "S1",
        "plan_year": 2018,
        "area": "Ledelse",
        "title": "Lederhåndbok",
        "description": None,
        "goals": [K1],
        "audiences": ["leaders", "employees"],
        "responsible": "Programkontoret",
        "start": "2018-03-01",
        "end": None,
        "budget": 250_000,
        "status": "planned",
        "reported_status": None,
        "reported_sentence": None,
        "reported_at": None,
        "started_on": None,
        "completed_on": None,
        "cancelled_on": None,
        "effect": None,
        "version": 1,
        "changed_at": "",
    }


@pytest.mark.usefixtures("plan")
def test_an_initiative_without_a_name_of_its_own_gets_a_new_id_each_time(client):
    body = initiative(external_id=None)
    first, second = (client.post("/initiatives", json=body).json["id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"plan_year": 2017}, ("/plan_year", "plan-year-unknown")),
        ({"area": "Læring"}, ("/area", "area-unknown")),
    ],
)
@pytest.mark.usefixtures("plan")
def test_an_initiative_needs_a_plan_and_an_area_of_it(client, fields, fault):
    answer = client.post("/initiatives", json=initiative(**fields))
    assert (answer.status_code, faults(answer)) == (409, {fault})
    assert client.get("/initiatives").json["items"] == []


@pytest.mark.usefixtures("plan")
def test_the_life_of_an_initiative(client):
    client.post("/initiatives", json=initiative(start="2018-03-01", end="2018-05-31"))
    for command, body in (
        ("revise", {"title": "Lederhåndboka"}),
        ("link-goals", {"goals": ["K1"]}),
        ("change-budget", {"budget": 300_000}),
        ("reschedule", {"start": "2018-04-01", "end": "2018-06-30", "reason": "Valg"}),
        ("start", {"on": "2018-04-03"}),
        ("report-status", {"status": "at_risk", "sentence": "Venter på lokaler"}),
        ("complete", {"on": "2018-06-15", "effect": "Ledere bruker den"}),
    ):
        answer = client.post(f"/initiatives/S1/{command}", json=body)
        assert answer.status_code == 200, answer.json
        assert len(answer.json["events"]) == 1
    found = client.get(f"/initiatives/{S1}").json
    expected = {
        "title": "Lederhåndboka",
        "goals": [K1],
        "start": "2018-04-01",
        "end": "2018-06-30",
        "status": "completed",
        "started_on": "2018-04-03",
        "completed_on": "2018-06-15",
        "effect": "Ledere bruker den",
        "budget": 300_000,
        "reported_status": "at_risk",
        "reported_sentence": "Venter på lokaler",
        "version": 8,
    }
    assert found | expected == found
    history = client.get("/initiatives/S1/history").json["items"]
    assert [item["type"].split(".")[2] for item in history] == [
        "planned",
        "revised",
        "goals-linked",
        "budget-changed",
        "rescheduled",
        "started",
        "status-reported",
        "completed",
    ]
    assert history[2]["changes"] == [{"field": "goals", "before": [], "after": [K1]}]
    assert history[3]["changes"] == [{"field": "budget", "before": None, "after": 300_000}]
    assert history[4]["data"] == {
        "start": "2018-04-01",
        "end": "2018-06-30",
        "previous_start": "2018-03-01",
        "previous_end": "2018-05-31",
        "reason": "Valg",
    }


@pytest.mark.usefixtures("plan")
def test_a_day_that_is_not_given_is_today_in_oslo(client):
    client.post("/initiatives", json=initiative())
    day = unbroken_day().isoformat()
    client.post("/initiatives/S1/start")
    client.post("/initiatives/S1/cancel", json={"reason": "Slått sammen"})
    found = client.get("/initiatives/S1").json
    assert found["status"] == "cancelled"
    assert (found["started_on"], found["cancelled_on"]) == (day, day)


@pytest.mark.usefixtures("plan")
def test_a_revision_within_the_year_is_held_against_the_years_own_plan(client):
    client.post("/plans", json={"year": 2019})
    client.post("/plans/2019/areas", json={"name": "Læring"})
    client.post("/initiatives", json=initiative())
    other_years = client.post("/initiatives/S1/revise", json={"area": "Læring"})
    assert faults(other_years) == {("/area", "area-unknown")}
    not_there = client.post("/initiatives/S1/revise", json={"plan_year": 2019})
    assert faults(not_there) == {("/area", "area-unknown")}
    both = client.post("/initiatives/S1/revise", json={"plan_year": 2019, "area": "Læring"})
    assert both.status_code == 200


@pytest.mark.usefixtures("plan")
def test_what_changes_nothing_is_no_event(client):
    client.post("/initiatives", json=initiative(start="2018-03-01"))
    for command, body in (
        ("revise", {"title": "Lederhåndbok"}),
        ("reschedule", {"start": "2018-03-01"}),
        ("link-goals", {"goals": []}),
        ("change-budget", {"budget": None}),
    ):
        answer = client.post(f"/initiatives/S1/{command}", json=body)
        assert (answer.status_code, answer.json["version"], answer.json["events"]) == (200, 1, [])


@pytest.mark.usefixtures("plan")
def test_the_same_idempotency_key_gives_the_same_answer_and_one_effect(client):
    """I6."""
    first, again = (
        client.post("/initiatives", json=initiative(), headers={"Idempotency-Key": "plan-s1"}) for _ in range(2)
    )
    assert (again.status_code, again.json, again.headers["Location"]) == (201, first.json, first.headers["Location"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(client.get("/initiatives/S1/history").json["items"]) == 1


@pytest.mark.usefixtures("plan")
def test_a_command_on_an_older_version_is_refused(client):
    """I5."""
    client.post("/initiatives", json=initiative())
    client.post("/initiatives/S1/start", headers={"If-Match": '"1"'})
    late = client.post("/initiatives/S1/cancel", headers={"If-Match": '"1"'})
    assert late.status_code == 412
    assert client.get("/initiatives/S1").json["status"] == "started"


@pytest.mark.usefixtures("plan")
def test_what_is_stored_is_a_cloudevent(client, central):
    client.post("/initiatives", json=initiative(start="2018-03-01"), headers={"X-Correlation-Id": "sak-1055"})
    (stored,) = central.service.store.read(identity.named("central-initiative", "S1"))
    event = assert_cloudevent(stored.envelope)
    assert (event.get_source(), event.get_subject()) == ("samtidig/central-initiatives", S1)
    assert (event.get_type(), event.get_extension("correlationid")) == (
        "samtidig.central-initiative.planned.v1",
        "sak-1055",
    )


@pytest.mark.parametrize(
    ("command", "body"),
    [
        *((command, {}) for command in ("revise", "reschedule", "start", "complete", "cancel")),
        ("link-goals", {"goals": []}),
        ("change-budget", {"budget": 1}),
        ("report-status", {"status": "on_track"}),
    ],
)
def test_an_initiative_that_is_not_there_is_not_found(client, command, body):
    assert client.post(f"/initiatives/S1/{command}", json=body).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["S1", "S2", "S3"]),
        ("status=started", ["S2"]),
        ("area=ledelse", ["S1", "S2"]),
        ("plan_year=2019", ["S3"]),
        ("goal=K1", ["S1", "S3"]),
        (f"goal={K1}&plan_year=2018", ["S1"]),
        ("goal=K9", []),
        ("audience=leaders", ["S2"]),
        ("reported_status=at_risk", ["S2"]),
        ("text=håndbok", ["S1", "S2", "S3"]),
    ],
)
@pytest.mark.usefixtures("plan")
def test_the_list_is_narrowed(client, query, found):
    client.post("/plans", json={"year": 2019})
    client.post("/plans/2019/areas", json={"name": "Læring"})
    client.post("/initiatives", json=initiative(goals=["K1"]))
    client.post("/initiatives", json=initiative(external_id="S2", audiences=["employees", "leaders"]))
    client.post("/initiatives/S2/report-status", json={"status": "at_risk"})
    client.post("/initiatives", json=initiative(external_id="S3", plan_year=2019, area="Læring", goals=["K2", "K1"]))
    client.post("/initiatives/S2/start", json={"on": "2018-01-01"})
    assert [item["external_id"] for item in client.get(f"/initiatives?{query}").json["items"]] == found


@pytest.mark.usefixtures("plan")
def test_the_narrowed_list_comes_page_by_page(client):
    for number in range(5):
        client.post("/initiatives", json=initiative(external_id=f"S{number}"))
    first = client.get("/initiatives?plan_year=2018&limit=3").json
    second = client.get(f"/initiatives?plan_year=2018&limit=3&cursor={first['next']}").json
    named = [item["external_id"] for item in first["items"] + second["items"]]
    assert named == ["S0", "S1", "S2", "S3", "S4"]
    assert second["next"] is None


def test_the_api_describes_itself(client):
    described = client.get("/openapi.json").json
    validate(described)
    commands = {
        "/plans": {"areas", "adopt", "close", "discussions", "frame", "rename"},
        "/initiatives": {
            *("revise", "reschedule", "link-goals", "change-budget"),
            *("start", "complete", "cancel", "report-status"),
        },
    }
    for collection, item in (("/plans", "/plans/{year}"), ("/initiatives", "/initiatives/{initiative}")):
        addresses = {f"{item}/{command}" for command in commands[collection]}
        assert {collection, f"{collection}/import", *addresses} == {
            path for path, methods in described["paths"].items() if path.startswith(collection) and "post" in methods
        }
    narrowed = {parameter.get("name") for parameter in described["paths"]["/initiatives"]["get"]["parameters"]}
    assert {"status", "area", "plan_year", "goal", "audience", "reported_status", "text"} <= narrowed
