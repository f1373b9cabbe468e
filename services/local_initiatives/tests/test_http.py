"""Sectors, agencies and local initiatives over HTTP, down to the rows of a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from openapi_spec_validator import validate

from services.local_initiatives.app import SERVICE
from services.local_initiatives.domain import agency as agency_events
from services.local_initiatives.domain import sector as sector_events
from services.local_initiatives.domain.initiative import Proposed
from services.local_initiatives.schemas import AgencySchema, InitiativeSchema, SectorSchema
from shared import identity
from shared.http import today
from shared.testing.contracts import assert_cloudevent, assert_shown
from shared.testing.service import faults, running

HEALTH = str(identity.named("sector", "EHA"))
SAGENE = str(identity.named("agency", "BSA"))
K2 = str(identity.named("goal", "K2"))
S1 = str(identity.named("central-initiative", "S1"))


def proposed(local, name, **more):
    response = local.post("/initiatives", {"external_id": name, "sector": "EHA", "title": "Faste team", **more})
    assert response.status_code == 201, response.text
    return response


def events(response):
    assert response.status_code in (200, 201), response.text
    return [name.removeprefix("samtidig.").removesuffix(".v1") for name in response.json["events"]]


# Sectors and agencies


def test_a_sector_is_found_by_its_code_and_by_its_id(local):
    response = local.post("/sectors", {"code": "BYU", "name": "Byutvikling", "reason": "Ny avdeling"})
    sector = str(identity.named("sector", "BYU"))
    assert response.status_code == 201
    assert response.json == {"id": sector, "version": 1, "events": ["samtidig.sector.registered.v1"]}
    assert response.headers["Location"] == f"/sectors/{sector}"
    shown = local.get("/sectors/BYU")
    assert_shown(sector_events.Registered, SectorSchema, shown)
    assert shown.items() >= {"id": sector, "code": "BYU", "name": "Byutvikling", "version": 1}.items()
    assert local.get(response.headers["Location"]) == shown
    assert shown in local.get("/sectors")["items"]


def test_an_agency_is_registered_in_a_sector_by_code_or_id(local):
    for code, sector in (("BFR", "EHA"), ("BGA", HEALTH)):
        response = local.post("/agencies", {"code": code, "name": "Bydel", "sector": sector})
        assert events(response) == ["agency.registered"]
        shown = local.get(f"/agencies/{code}")
        assert_shown(agency_events.Registered, AgencySchema, shown)
        assert shown["sector"] == HEALTH
        assert local.get(response.headers["Location"])["code"] == code
    assert {item["code"] for item in local.get("/agencies?sector=EHA")["items"]} >= {"BSA", "BFR", "BGA"}
    assert "BSA" not in {item["code"] for item in local.get("/agencies?sector=FIN")["items"]}


def test_sectors_and_agencies_are_renamed_and_tell_their_history(local):
    local.post("/sectors", {"code": "KIF", "name": "Kultur"})
    local.post("/agencies", {"code": "DEI", "name": "Deichman", "sector": "KIF"})
    for kind, address in (("sector", "/sectors/KIF"), ("agency", "/agencies/DEI")):
        assert events(local.post(f"{address}/rename", {"name": "Nytt", "reason": "Bedre"})) == [f"{kind}.renamed"]
        assert events(local.post(f"{address}/rename", {"name": "Nytt"})) == []
        assert local.get(address).items() >= {"name": "Nytt", "version": 2}.items()
        told = local.get(f"{address}/history")["items"]
        assert [(item["version"], item["reason"]) for item in told] == [(1, None), (2, "Bedre")]


# Initiatives


def test_an_initiative_is_found_by_its_sector_and_its_name_there(local):
    initiative = str(identity.named("local-initiative:EHA", "T01"))
    body = {"agency": "BSA", "goals": ["K2", K2], "supports": ["S1"], "responsible": "Hjemmetjenesten"}
    response = proposed(local, "T01", **body)
    assert response.json == {
        "id": initiative,
        "version": 1,
        "events": ["samtidig.local-initiative.proposed.v1"],
    }
    assert response.headers["Location"] == f"/initiatives/{initiative}"
    shown = local.get("/initiatives/EHA:T01")
    assert_shown(Proposed, InitiativeSchema, shown)
    assert shown == local.get(response.headers["Location"])
    assert (
        shown.items()
        >= {
            "id": initiative,
            "external_id": "T01",
            "sector": HEALTH,
            "agency": SAGENE,
            "goals": [K2],
            "supports": [S1],
            "start": None,
            "status": "proposed",
        }.items()
    )


def test_the_sector_may_be_named_by_its_id_and_the_initiative_is_the_same(local):
    response = proposed(local, "T02", sector=HEALTH)
    assert response.json["id"] == str(identity.named("local-initiative:EHA", "T02"))
    assert faults(local.post("/initiatives", {"external_id": "T02", "sector": "EHA", "title": "Igjen"})) == {
        ("/external_id", "initiative-exists")
    }


def test_sectors_number_their_own(local):
    proposed(local, "T03")
    assert proposed(local, "T03", sector="FIN").json["id"] != local.get("/initiatives/EHA:T03")["id"]


def test_an_initiative_without_a_name_of_its_sector_gets_a_new_id(local):
    first, second = (local.post("/initiatives", {"sector": "EHA", "title": "Uten nummer"}) for _ in range(2))
    assert first.json["id"] != second.json["id"]
    assert UUID(first.json["id"]).version == 7


def test_an_initiative_goes_its_way(local):
    proposed(local, "W1")
    way = [
        ("anchor", {"where": "fagdialog", "on": "2018-01-18"}, "anchored"),
        ("schedule", {"start": "2018-02-12", "end": "2018-06-29"}, "scheduled"),
        ("reschedule", {"start": "2018-03-05", "reason": "Venter på leder"}, "rescheduled"),
        ("support", {"central": "S1"}, "support-declared"),
        ("revise", {"title": "Faste team om kvelden", "goals": ["K2"], "agency": "BSA"}, "revised"),
        ("start", {"on": "2018-03-06"}, "started"),
        ("complete", {"on": "2018-06-22", "effect": "Færre vakter"}, "completed"),
    ]
    for command, body, happened in way:
        assert events(local.post(f"/initiatives/EHA:W1/{command}", body)) == [f"local-initiative.{happened}"]
    assert (
        local.get("/initiatives/EHA:W1").items()
        >= {
            "title": "Faste team om kvelden",
            "agency": SAGENE,
            "goals": [K2],
            "supports": [S1],
            "start": "2018-03-05",
            "end": "2018-06-29",
            "status": "completed",
            "anchored_where": "fagdialog",
            "anchored_on": "2018-01-18",
            "started_on": "2018-03-06",
            "finished_on": "2018-06-22",
            "effect": "Færre vakter",
            "version": 8,
        }.items()
    )
    told = local.get("/initiatives/EHA:W1/history")["items"]
    assert [item["version"] for item in told] == list(range(1, 9))
    assert told[3]["reason"] == "Venter på leder"
    assert (
        told[3]["data"].items()
        >= {
            "start": "2018-03-05",
            "end": "2018-06-29",
            "previous_start": "2018-02-12",
            "previous_end": "2018-06-29",
        }.items()
    )


def test_the_day_is_today_where_it_is_not_said(local):
    proposed(local, "W2")
    local.post("/initiatives/EHA:W2/anchor", {"where": "styringsdialog"})
    local.post("/initiatives/EHA:W2/start")
    local.post("/initiatives/EHA:W2/discontinue", {"reason": "Gikk opp i noe større"})
    shown = local.get("/initiatives/EHA:W2")
    assert [shown[name] for name in ("anchored_on", "started_on", "finished_on")] == [today().isoformat()] * 3
    assert shown["status"] == "discontinued"


def test_what_changes_nothing_gives_no_event(local):
    proposed(local, "W3", supports=["S1"])
    local.post("/initiatives/EHA:W3/schedule", {"start": "2018-02-12"})
    before = local.rows()
    for command, body in (
        ("revise", {"title": "Faste team"}),
        ("reschedule", {"start": "2018-02-12", "end": None}),
        ("support", {"central": S1}),
    ):
        assert events(local.post(f"/initiatives/EHA:W3/{command}", body)) == []
    assert local.rows() == before


def test_stored_events_are_cloudevents(local):
    proposed(local, "C1")
    local.post("/initiatives/EHA:C1/schedule", {"end": "2018-06-29"})
    _, stored = local.service.store.read(identity.named("local-initiative:EHA", "C1"))
    event = assert_cloudevent(stored.envelope)
    assert event.get_source() == "samtidig/local-initiatives"
    assert event.get_type() == "samtidig.local-initiative.scheduled.v1"
    assert event.get_data() == {"start": None, "end": "2018-06-29", "reason": None}


def test_lists_are_filtered_and_come_page_by_page(postgres):
    with running(SERVICE, postgres.database()) as local:
        for code in ("EHA", "FIN"):
            local.post("/sectors", {"code": code, "name": code})
        local.post("/agencies", {"code": "BSA", "name": "Bydel Sagene", "sector": "EHA"})
        proposed(local, "L0", goals=["K1"])
        proposed(local, "L1", goals=["K2", "K1"], agency="BSA")
        proposed(local, "L2", sector="FIN", goals=["K2"])
        local.post("/initiatives/FIN:L2/anchor", {"where": "medbestemmelse"})

        def names(query):
            return [item["external_id"] for item in local.get(f"/initiatives?{query}")["items"]]

        assert names("goal=K1") == ["L0", "L1"]
        assert names(f"goal={K2}&sector=EHA") == ["L1"]
        assert names("sector=FIN") == names("status=anchored") == ["L2"]
        assert names("agency=BSA") == ["L1"]
        assert names("goal=K9") == names("sector=XYZ") == []
        first = local.get("/initiatives?limit=2")
        assert [item["external_id"] for item in first["items"]] == ["L0", "L1"]
        assert names(f"limit=2&cursor={first['next']}") == ["L2"]
        page = local.get("/sectors?limit=1")
        assert [item["code"] for item in page["items"]] == ["EHA"]
        assert [item["code"] for item in local.get(f"/sectors?cursor={page['next']}")["items"]] == ["FIN"]


# Conditional requests and idempotency


def test_a_repeated_key_gives_the_same_answer_and_one_effect(local):
    headers = {"Idempotency-Key": "once-I1"}
    body = {"external_id": "I1", "sector": HEALTH, "title": "En gang"}
    first = local.post("/initiatives", body, headers)
    before = local.rows()
    again = local.post("/initiatives", body, headers)
    assert (again.status_code, again.json, again.headers["ETag"]) == (201, first.json, '"1"')
    assert local.rows() == before


def test_the_version_that_the_client_has_seen_must_be_the_present_one(local):
    proposed(local, "V1")
    body = {"where": "fagdialog"}
    assert local.post("/initiatives/EHA:V1/anchor", body, {"If-Match": '"7"'}).status_code == 412
    assert local.post("/initiatives/EHA:V1/anchor", body, {"If-Match": '"1"'}).headers["ETag"] == '"2"'


# Two at the same time


def at_the_same_time(*calls):
    """Each call in a thread of its own, let go together; the answers in the same order."""
    ready = Barrier(len(calls))

    def one(call):
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(one, call) for call in calls]]


def test_of_those_that_register_the_same_code_one_wins(local):
    calls = [
        lambda number=number: local.post("/sectors", {"code": "OVK", "name": f"Nr. {number}"}) for number in range(8)
    ]
    answers = at_the_same_time(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 201]
    assert local.get("/sectors/OVK").items() >= {"name": f"Nr. {winner}", "version": 1}.items()
    assert len(local.get("/sectors/OVK/history")["items"]) == 1


def test_of_those_that_propose_under_the_same_name_one_wins(local):
    calls = [
        lambda sector=sector: local.post("/initiatives", {"external_id": "T9", "sector": sector, "title": "T"})
        for sector in ("EHA", HEALTH) * 4
    ]
    assert sorted(answer.status_code for answer in at_the_same_time(*calls)) == [201] + [409] * 7
    assert len(local.get("/initiatives/EHA:T9/history")["items"]) == 1


# What every service answers


def test_the_api_is_described(local):
    document = local.get("/openapi.json")
    validate(document)
    paths = document["paths"]
    both, query, command = {"get", "post"}, {"get"}, {"post"}
    one = "/initiatives/{initiative}"
    commands = ("revise", "anchor", "schedule", "reschedule", "start", "complete", "discontinue", "support")
    assert {path: set(paths[path]) & both for path in paths} == {
        "/sectors": both,
        "/sectors/import": command,
        "/sectors/{sector}": query,
        "/sectors/{sector}/rename": command,
        "/sectors/{sector}/history": query,
        "/agencies": both,
        "/agencies/import": command,
        "/agencies/{agency}": query,
        "/agencies/{agency}/rename": command,
        "/agencies/{agency}/history": query,
        "/initiatives": both,
        "/initiatives/import": command,
        one: query,
        f"{one}/history": query,
        **{f"{one}/{name}": command for name in commands},
    }


@pytest.mark.parametrize(
    "path",
    [
        f"/{collection}/{name}{rest}"
        for collection in ("sectors", "agencies", "initiatives")
        for name in ("nowhere", "EHA:nowhere", identity.named("goal", "K2"))
        for rest in ("", "/history")
    ],
)
def test_what_is_not_there_is_not_found(local, path):
    assert local.client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/sectors/{SAGENE}", {"name": "Ny"}),
        (f"/agencies/{HEALTH}", {"name": "Ny"}),
        (f"/initiatives/{HEALTH}", {"title": "Ny"}),
    ],
)
def test_an_id_of_another_kind_is_not_found(local, path, body):
    before = local.rows()
    command = "revise" if "title" in body else "rename"
    assert local.post(f"{path}/{command}", body).status_code == 404
    assert local.client.get(path).status_code == 404
    assert local.client.get(f"{path}/history").status_code == 404
    assert local.rows() == before


@pytest.mark.parametrize("path", ["/sectors", "/initiatives/EHA:T01"])
def test_while_the_database_is_away_a_query_is_told_to_come_again(postgres, monkeypatch, path):
    monkeypatch.setattr("shared.database.CONNECT_SECONDS", 0.2)
    with running(SERVICE, postgres.database()) as local:
        local.service.database.url = "postgresql://127.0.0.1:1/nowhere"
        response = local.client.get(path)
    assert (response.status_code, response.json["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"] == "1"
