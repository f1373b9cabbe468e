"""Frame, discussion, adoption, closing and the frozen report over HTTP, down to the rows of a real PostgreSQL."""

import base64
import hashlib

import msgspec
import pytest

from services.central_initiatives.app import SERVICE
from services.central_initiatives.schemas import ReportedInitiativeSchema, ReportSchema
from services.central_initiatives.tables import INITIATIVE, PLAN
from shared import envelope, identity
from shared.commands import Row
from shared.testing.service import faults, running

UNIONS = ["Kontaktutvalget", "Hovedverneombudet"]
pytestmark = pytest.mark.usefixtures("plan")


def command(client, name, body=None, expected=200):
    answer = client.post(f"/plans/2018/{name}", json=body or {})
    assert answer.status_code == expected, answer.json
    return answer


def planned(client, name, **fields):
    body = {"external_id": name, "plan_year": 2018, "area": "Ledelse", "title": f"Tiltak {name}", **fields}
    answer = client.post("/initiatives", json=body)
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def adopted(client):
    command(client, "discussions", {"organisations": UNIONS, "on": "2018-01-16"})
    return command(client, "adopt", {"on": "2018-01-25", "reason": "Vedtatt i byrådet"})


def test_a_plan_goes_its_way(client):
    planned(client, "S1", budget=200_000)
    command(client, "rename", {"title": "Handlingsplan 2018"})
    command(client, "frame", {"amount": 500_000})
    answer = adopted(client)
    assert answer.json["events"] == ["samtidig.action-plan.adopted.v1"]
    command(client, "close", {"on": "2019-01-31"})
    found = client.get("/plans/2018").json
    expected = {
        "title": "Handlingsplan 2018",
        "status": "closed",
        "frame": 500_000,
        "allocated": 200_000,
        "discussions": [{"organisations": UNIONS, "on": "2018-01-16"}],
        "adopted_on": "2018-01-25",
        "closed_on": "2019-01-31",
        "version": 7,
    }
    assert found | expected == found
    history = client.get("/plans/2018/history").json["items"]
    assert history[3]["changes"] == [{"field": "frame", "before": None, "after": 500_000}]
    assert history[5]["changes"] == [
        {"field": "status", "before": "drafted", "after": "adopted"},
        {"field": "adopted_on", "before": None, "after": "2018-01-25"},
    ]


@pytest.mark.parametrize(
    ("name", "body", "fault"),
    [
        ("frame", {"amount": 199_999}, ("/amount", "frame-below-allocated")),
        ("discussions", {"organisations": []}, ("/organisations", "organisations-missing")),
        ("adopt", {}, ("", "plan-not-discussed")),
        ("close", {}, ("", "plan-not-adopted")),
    ],
)
def test_a_rule_that_says_no_points_at_what_it_is_about(client, name, body, fault):
    planned(client, "S1", budget=200_000)
    assert faults(command(client, name, body, expected=409)) == {fault}


def test_budgets_stay_within_the_frame(client):
    command(client, "frame", {"amount": 500_000})
    planned(client, "S1", budget=300_000)
    body = {"plan_year": 2018, "area": "Ledelse", "title": "For dyrt", "budget": 200_001}
    assert faults(client.post("/initiatives", json=body)) == {("/budget", "frame-exceeded")}
    planned(client, "S2", budget=200_000)
    raised = client.post("/initiatives/S1/change-budget", json={"budget": 300_001})
    assert faults(raised) == {("/budget", "frame-exceeded")}
    client.post("/initiatives/S2/cancel")
    assert client.post("/initiatives/S1/change-budget", json={"budget": 500_000}).status_code == 200
    assert client.get("/plans/2018").json["allocated"] == 500_000


def test_an_initiative_takes_its_money_along_to_another_year(client):
    client.post("/plans", json={"year": 2019})
    client.post("/plans/2019/areas", json={"name": "Ledelse"})
    client.post("/plans/2019/frame", json={"amount": 250_000})
    planned(client, "S1", budget=200_000)
    planned(client, "S2", budget=100_000)
    assert client.post("/initiatives/S1/revise", json={"plan_year": 2019}).status_code == 200
    assert faults(client.post("/initiatives/S2/revise", json={"plan_year": 2019})) == {("/plan_year", "frame-exceeded")}
    assert [plan["allocated"] for plan in client.get("/plans").json["items"]] == [100_000, 200_000]


def test_a_closed_plan_takes_no_initiatives(client):
    adopted(client)
    command(client, "close")
    body = {"plan_year": 2018, "area": "Ledelse", "title": "For sent"}
    assert faults(client.post("/initiatives", json=body)) == {("/plan_year", "plan-closed")}
    assert faults(command(client, "areas", {"name": "Nytt"}, expected=409)) == {("", "plan-closed")}


def test_plans_are_narrowed_by_status_and_words(client):
    client.post("/plans", json={"year": 2019, "title": "Plan for læring"})
    adopted(client)

    def years(query):
        return [plan["year"] for plan in client.get(f"/plans?{query}").json["items"]]

    assert years("status=adopted") == [2018]
    assert years("status=drafted") == [2019]
    assert years("text=ledelse") == [2018]
    assert years("text=læring") == [2019]


# The report


def test_the_report_of_a_draft_shows_the_plan_as_it_stands(client):
    command(client, "areas", {"name": "Arbeidsdeling"})
    second = planned(client, "S1", area="Arbeidsdeling")
    later = planned(client, "S2", start="2018-05-01", goals=["K1"], budget=200_000, responsible="Programkontoret")
    first = planned(client, "S3", start="2018-02-01", end="2018-03-01")
    told = client.get("/plans/2018/report").json
    assert told.keys() == ReportSchema().fields.keys()
    assert (told["frozen"], told["adopted_at"], told["status"]) == (False, None, "drafted")
    assert (told["frame"], told["allocated"], told["areas"]) == (None, 200_000, ["Ledelse", "Arbeidsdeling"])
    assert [item["id"] for item in told["initiatives"]] == [first, later, second]
    assert told["initiatives"][1].keys() == ReportedInitiativeSchema().fields.keys()
    assert told["initiatives"][1] == {
        "id": later,
        "external_id": "S2",
        "area": "Ledelse",
        "title": "Tiltak S2",
        "start": "2018-05-01",
        "end": None,
        "goals": [str(identity.named("goal", "K1"))],
        "budget": 200_000,
        "responsible": "Programkontoret",
        "status": "planned",
        "version": 1,
    }


def test_adoption_freezes_the_report_byte_for_byte(client):
    planned(client, "S1", budget=200_000)
    planned(client, "S2")
    client.post("/initiatives/S2/cancel")
    version = adopted(client).json["version"]
    frozen = client.get("/plans/2018/report")
    told = frozen.json
    assert (told["frozen"], told["status"], told["version"]) == (True, "adopted", version)
    assert told["adopted_at"] == client.get("/plans/2018/history").json["items"][-1]["time"]
    assert told["discussions"] == [{"organisations": UNIONS, "on": "2018-01-16"}]
    assert [item["status"] for item in told["initiatives"]] == ["planned", "cancelled"]

    client.post("/initiatives/S1/revise", json={"title": "Et annet navn"})
    planned(client, "S3")
    command(client, "frame", {"amount": 900_000})
    command(client, "close")
    again = client.get("/plans/2018/report")
    assert again.data == frozen.data
    now = client.get("/plans/2018/report?now=true").json
    assert (now["frozen"], now["status"], now["frame"]) == (False, "closed", 900_000)
    assert [item["title"] for item in now["initiatives"]] == ["Et annet navn", "Tiltak S2", "Tiltak S3"]


def test_the_frozen_report_says_its_digest_and_the_position_of_the_adoption(client):
    planned(client, "S1", budget=200_000)
    version = adopted(client).json["version"]
    event = client.get("/plans/2018/history").json["items"][-1]
    frozen = client.get("/plans/2018/report")
    digest = hashlib.sha256(frozen.data)
    assert frozen.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert frozen.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert frozen.headers["Adoption"] == (
        f'on="2018-01-25", recorded="{event["time"]}", stream="{identity.named("action-plan", "2018")}", '
        f'version={version}, event="{event["id"]}"'
    )
    known = client.get("/plans/2018/report", headers={"If-None-Match": frozen.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


def test_a_browser_too_gets_the_frozen_report_as_a_file(client):
    planned(client, "S1")
    draft = client.get("/plans/2018/report.json", headers={"Accept": "text/html"})
    assert (draft.json["frozen"], draft.headers.get("Adoption")) == (False, None)
    adopted(client)
    file = client.get("/plans/2018/report.json", headers={"Accept": "text/html"})
    assert file.headers["Content-Disposition"] == "attachment; filename=report-2018.json"
    assert file.data == client.get("/plans/2018/report").data
    assert client.get("/plans/2018/report.json?now=true").headers["ETag"] != file.headers["ETag"]


def test_a_service_that_is_started_again_answers_the_same_bytes_with_the_same_headers(client, central):
    planned(client, "S1", budget=200_000)
    adopted(client)
    before = client.get("/plans/2018/report")
    client.post("/initiatives/S1/revise", json={"title": "Et annet navn"})
    command(client, "close")
    with running(SERVICE, central.service.settings.database_url) as anew:
        after = anew.client.get("/plans/2018/report")
    assert after.data == before.data
    for name in ("ETag", "Repr-Digest", "Adoption"):
        assert after.headers[name] == before.headers[name]


def test_a_year_without_a_plan_has_no_report(client):
    for name in ("report", "report.json"):
        for query in ("", "?now=true"):
            assert client.get(f"/plans/2017/{name}{query}").status_code == 404


def test_a_plan_of_a_thousand_initiatives_with_long_titles_is_adopted(client):
    rows = [f"S{number},2018,Ledelse,{'Lang tittel ' * 49},200000" for number in range(1000)]
    file = "\n".join(["external_id,plan_year,area,title,budget", *rows])
    assert client.post("/initiatives/import", data=file.encode(), content_type="text/csv").status_code == 200
    adopted(client)
    assert len(client.get("/plans/2018/report").json["initiatives"]) == 1000


def test_read_tables_that_are_made_anew_are_the_same_and_leave_the_frozen_report_alone(client, central):
    planned(client, "S1", budget=200_000, goals=["K1"])
    adopted(client)
    client.post("/initiatives/S1/report-status", json={"status": "off_track", "sentence": "Ingen har tid"})
    client.post("/initiatives/S1/change-budget", json={"budget": 100_000})
    command(client, "close")
    before, frozen = central.rows(), client.get("/plans/2018/report")
    with central.service.database.connection() as connection:
        connection.execute("delete from action_plan")
        connection.execute("delete from initiative")
        for _, stored in central.service.store.read_all():
            read = envelope.read(stored.envelope)
            aggregate = PLAN if PLAN.holds(read.type) else INITIATIVE
            event = aggregate.catalogue.decode(read.type, msgspec.Raw(read.data))
            for statement in aggregate.tables(event, Row(stored.stream, stored.version, stored.time)):
                connection.execute(statement.sql, statement.parameters)
    assert numberless(central.rows()) == numberless(before)
    assert client.get("/plans/2018/report").data == frozen.data


def numberless(rows):
    """The order of creation is given anew."""
    return {
        name: [row[1:] for row in found] if name in ("action_plan", "initiative") else found
        for name, found in rows.items()
    }
