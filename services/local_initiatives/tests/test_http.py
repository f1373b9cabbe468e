"""Sectors, agencies and local initiatives over HTTP, down to the rows of a real PostgreSQL."""

import shutil
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from openapi_spec_validator import validate

from services.local_initiatives.app import SERVICE
from services.local_initiatives.domain import agency as agency_events
from services.local_initiatives.domain import sector as sector_events
from services.local_initiatives.domain.initiative import Proposed
from services.local_initiatives.domain.upcasters import AnchoredV1
from services.local_initiatives.schemas import AgencySchema, InitiativeSchema, LearningSchema, SectorSchema
from services.local_initiatives.tables import CATALOGUE
from shared import identity, migrations
from shared.envelope import Trace
from shared.eventstore import Append, Recorded
from shared.testing.contracts import assert_cloudevent, assert_shown
from shared.testing.days import unbroken_day
from shared.testing.service import at_the_same_time, faults, running

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
        ("anchor", {"where": ["styringsdialog", "fagdialog"], "on": "2018-01-18"}, "anchored.v2"),
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
            "anchored_where": ["styringsdialog", "fagdialog"],
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
    day = unbroken_day()
    local.post("/initiatives/EHA:W2/anchor", {"where": "styringsdialog"})
    local.post("/initiatives/EHA:W2/start")
    local.post("/initiatives/EHA:W2/discontinue", {"reason": "Gikk opp i noe større"})
    shown = local.get("/initiatives/EHA:W2")
    assert [shown[name] for name in ("anchored_on", "started_on", "finished_on")] == [day.isoformat()] * 3
    assert shown["status"] == "discontinued"


def test_who_anchors_in_one_dialogue_may_say_so_in_a_text_as_before(local):
    for number, where in enumerate(("medbestemmelse", ["medbestemmelse"], ["medbestemmelse"] * 2)):
        proposed(local, f"A{number}")
        assert events(local.post(f"/initiatives/EHA:A{number}/anchor", {"where": where})) == [
            "local-initiative.anchored.v2"
        ]
        assert local.get(f"/initiatives/EHA:A{number}")["anchored_where"] == ["medbestemmelse"]


def test_a_support_is_declared_and_withdrawn(local):
    proposed(local, "S1", supports=["S1", "S2"])
    for command, left in (("withdraw-support", ["S2"]), ("support", ["S2", "S1"])):
        local.post(f"/initiatives/EHA:S1/{command}", {"central": "S1", "reason": "Etter samtale"})
        assert local.get("/initiatives/EHA:S1")["supports"] == [
            str(identity.named("central-initiative", name)) for name in left
        ]
    told = local.get("/initiatives/EHA:S1/history")["items"]
    assert [(item["type"], item["reason"]) for item in told[1:]] == [
        ("samtidig.local-initiative.support-withdrawn.v1", "Etter samtale"),
        ("samtidig.local-initiative.support-declared.v1", "Etter samtale"),
    ]


def test_who_took_part_is_shown_in_the_order_in_which_it_was_told(local):
    proposed(local, "P1")
    plan = {"phase": "plan", "who": ["employees", "safety_representatives"], "on": "2018-01-11"}
    idea = {"phase": "idea", "who": ["residents"], "on": "2017-11-02", "sentence": "Folkemøte på Sagene."}
    for body in (plan, idea):
        response = local.post("/initiatives/EHA:P1/record-participation", body)
        assert events(response) == ["local-initiative.participation-recorded"]
    shown = local.get("/initiatives/EHA:P1")
    assert shown["participations"] == [{**plan, "sentence": None}, idea]
    assert shown["version"] == 3
    told = local.get("/initiatives/EHA:P1/history")["items"][2]["changes"]
    assert [change["field"] for change in told] == ["participations"]


def test_the_latest_status_is_shown_with_its_sentence(local):
    proposed(local, "R1")
    assert local.get("/initiatives/EHA:R1")["reported_status"] is None
    local.post("/initiatives/EHA:R1/report-status", {"status": "off_track", "sentence": "Mangler leder"})
    for body in ({"status": "at_risk", "sentence": "Ny leder i mai"}, {"status": "on_track"}):
        assert events(local.post("/initiatives/EHA:R1/report-status", body)) == ["local-initiative.status-reported"]
        shown = local.get("/initiatives/EHA:R1")
        assert (shown["reported_status"], shown["reported_sentence"]) == (body["status"], body.get("sentence"))
        assert shown["reported_at"] == shown["changed_at"]
        assert shown in local.get(f"/initiatives?reported_status={body['status']}")["items"]
    assert "R1" not in {item["external_id"] for item in local.get("/initiatives?reported_status=off_track")["items"]}
    last = local.get("/initiatives/EHA:R1/history")["items"][-1]["changes"]
    assert {"field": "reported_status", "before": "at_risk", "after": "on_track"} in last


def test_what_was_stored_in_the_first_version_is_read_as_the_second(local):
    """I8: the initiative goes on from there, and its history tells what was stored, in its own words."""
    proposed(local, "U1")
    stream = identity.named("local-initiative:EHA", "U1")
    place = {"id": identity.new(), "stream": stream, "version": 2, "time": datetime(2018, 1, 18, tzinfo=UTC)}
    before = AnchoredV1("fagdialog", date(2018, 1, 18), None)
    text = CATALOGUE.text(before, **place, trace=Trace("c", "k"))
    stored = Recorded(stream, 2, place["id"], CATALOGUE.name(before), place["time"], text)
    with local.service.store.session() as session:
        session.append(Append(stream, 1, [stored]))
    assert events(local.post("/initiatives/EHA:U1/start", {"on": "2018-02-12"})) == ["local-initiative.started"]
    told = local.get("/initiatives/EHA:U1/history")["items"][1]
    assert (told["type"], told["data"]["where"]) == ("samtidig.local-initiative.anchored.v1", "fagdialog")
    assert {"field": "anchored_where", "before": [], "after": ["fagdialog"]} in told["changes"]


def test_the_read_table_from_before_is_migrated_and_keeps_where_each_was_anchored(postgres, tmp_path):
    url = postgres.database()
    shutil.copy(SERVICE.folder / "migrations" / "0001.local-initiatives.sql", tmp_path)
    migrations.migrate(url, tmp_path)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into sector values (default, %s, 'EHA', 'Eldre, helse og arbeid', 1, now())", [HEALTH]
        )
        for name, where in (("M1", "fagdialog"), ("M2", None)):
            connection.execute(
                "insert into initiative (id, external_id, sector, title, goals, supports, status, anchored_where,"
                " version, changed_at) values (%s, %s, %s, 'Faste team', '{}', '{}', 'proposed', %s, 1, now())",
                [identity.named("local-initiative:EHA", name), name, HEALTH, where],
            )
    with running(SERVICE, url) as local:
        shown = [local.get(f"/initiatives/EHA:{name}") for name in ("M1", "M2")]
    assert [item["anchored_where"] for item in shown] == [["fagdialog"], None]
    assert [item["participations"] for item in shown] == [[], []]


def test_what_changes_nothing_gives_no_event(local):
    proposed(local, "W3", supports=["S1"])
    local.post("/initiatives/EHA:W3/schedule", {"start": "2018-02-12"})
    before = local.rows()
    for command, body in (
        ("revise", {"title": "Faste team"}),
        ("reschedule", {"start": "2018-02-12", "end": None}),
        ("support", {"central": S1}),
        ("withdraw-support", {"central": "S9"}),
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
        proposed(local, "L0", goals=["K1"], supports=["S2", "S1"])
        proposed(local, "L1", goals=["K2", "K1"], agency="BSA")
        proposed(local, "L2", sector="FIN", goals=["K2"])
        local.post("/initiatives/FIN:L2/anchor", {"where": "medbestemmelse"})

        def names(query):
            return [item["external_id"] for item in local.get(f"/initiatives?{query}")["items"]]

        assert names("goal=K1") == ["L0", "L1"]
        assert names(f"goal={K2}&sector=EHA") == ["L1"]
        assert names("sector=FIN") == names("status=anchored") == ["L2"]
        assert names("agency=BSA") == ["L1"]
        assert names("goal=K9") == names("sector=XYZ") == names("supports=S3") == []
        assert names("supports=S1") == names(f"supports={S1}&text=faste+team") == ["L0"]
        first = local.get("/initiatives?limit=2")
        assert [item["external_id"] for item in first["items"]] == ["L0", "L1"]
        assert names(f"limit=2&cursor={first['next']}") == ["L2"]
        page = local.get("/sectors?limit=1")
        assert [item["code"] for item in page["items"]] == ["EHA"]
        assert [item["code"] for item in local.get(f"/sectors?cursor={page['next']}")["items"]] == ["FIN"]


@pytest.mark.parametrize(
    ("planned", "started", "finished", "years"),
    [
        ((None, None), None, None, []),
        (("2018-12-31", "2019-01-01"), None, None, [2018, 2019]),
        (("2018-02-12", None), None, None, [2018, 2019, 2020]),
        ((None, "2018-06-29"), None, None, [2017, 2018]),
        (("2018-02-12", "2018-06-29"), "2019-03-05", "2019-03-05", [2018, 2019]),
        (("2018-02-12", "2018-06-29"), "2017-11-01", None, [2017, 2018]),
        (("2018-02-12", "2018-06-29"), "2018-08-01", None, [2018, 2019, 2020]),
        ((None, None), "2018-03-05", "2019-06-29", [2018, 2019]),
        ((None, None), "2019-03-05", None, [2019, 2020]),
        (("2018-02-12", "2018-06-29"), None, "2019-01-01", [2018]),
    ],
)
def test_an_initiative_is_of_the_years_that_it_is_planned_in_or_took_place_in(local, planned, started, finished, years):
    name = str(identity.new())
    proposed(local, name, goals=[name])
    local.post(f"/initiatives/EHA:{name}/schedule", {"start": planned[0], "end": planned[1]})
    local.post(f"/initiatives/EHA:{name}/anchor", {"where": ["fagdialog"], "on": "2017-01-18"})
    if started:
        assert local.post(f"/initiatives/EHA:{name}/start", {"on": started}).status_code == 200
    if finished:
        assert local.post(f"/initiatives/EHA:{name}/discontinue", {"on": finished}).status_code == 200
    found = [year for year in range(2017, 2021) if local.get(f"/initiatives?year={year}&goal={name}")["items"]]
    assert found == years


def test_agencies_are_found_by_their_sector_and_by_words(local):
    for code, name, sector in (("BAL", "Bydel Alna", "EHA"), ("BBJ", "Bydel Bjerke", "FIN")):
        local.post("/agencies", {"code": code, "name": name, "sector": sector})

    def codes(query):
        return [item["code"] for item in local.get(f"/agencies?{query}")["items"]]

    assert codes("text=bydel+alna") == codes("text=BAL") == ["BAL"]
    assert codes("sector=FIN&text=bydel") == ["BBJ"]


# Learning, across sectors


def test_learning_is_found_across_sectors(postgres):
    with running(SERVICE, postgres.database()) as local:
        for code in ("EHA", "FIN"):
            local.post("/sectors", {"code": code, "name": code})
        proposed(local, "T1", goals=["K1"], title="Faste team")
        proposed(local, "T1", sector="FIN", goals=["K1", "K2"], title="Enklere skjema")
        shared = [
            ("EHA:T1", "Team trenger en fast dag.", ["Team"]),
            ("FIN:T1", "Spør dem som fyller ut.", ["Innbyggere", "skjema"]),
            ("FIN:T1", "Team på tvers finner feilen.", ["team"]),
        ]
        for initiative, text, tags in shared:
            response = local.post(f"/initiatives/{initiative}/share-learning", {"text": text, "tags": tags})
            assert events(response) == ["local-initiative.learning-shared"]

        def found(query):
            return [item["text"] for item in local.get(f"/learning?{query}")["items"]]

        first, second, third = [text for _, text, _ in shared]
        assert found("") == [first, second, third]
        assert found("tag=TEAM") == found("text=team") == [first, third]
        assert found("sector=FIN") == found("initiative=FIN:T1") == found("goal=K2") == [second, third]
        assert found("goal=K1&tag=team&sector=EHA") == found("text=team+dag") == [first]
        assert found("text=enklere") == [second, third]
        assert found("tag=te") == found("goal=K9") == found("initiative=EHA:T2") == []
        page = local.get("/learning?limit=2")
        assert found(f"limit=2&cursor={page['next']}") == [third]
        [item] = local.get("/learning?tag=skjema")["items"]
        assert item.keys() == LearningSchema().fields.keys()
        assert item.items() >= {"title": "Enklere skjema", "tags": ["innbyggere", "skjema"], "agency": None}.items()
        assert local.get(f"/initiatives/{item['initiative']}").items() >= {"external_id": "T1", "version": 3}.items()


def test_what_was_learnt_is_shared_after_the_end_and_found_under_the_goals_of_now(local):
    proposed(local, "E1", goals=["K1"])
    local.post("/initiatives/EHA:E1/discontinue")
    local.post("/initiatives/EHA:E1/share-learning", {"text": "Begynn i det små.", "tags": ["E1"]})
    local.post("/initiatives/EHA:E1/revise", {"goals": ["K3"]})
    [item] = local.get("/learning?tag=e1&goal=K3")["items"]
    assert item["goals"] == [str(identity.named("goal", "K3"))]
    assert local.get("/learning?tag=e1&goal=K1")["items"] == []


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


@pytest.mark.parametrize(("path", "body"), [("/sectors", {}), ("/agencies", {"sector": "EHA"})])
def test_of_those_that_register_the_same_code_one_wins(local, path, body):
    calls = [
        lambda number=number: local.post(path, {"code": "OVK", "name": f"Nr. {number}", **body}) for number in range(8)
    ]
    answers = at_the_same_time(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 201]
    assert local.get(f"{path}/OVK").items() >= {"name": f"Nr. {winner}", "version": 1}.items()
    assert len(local.get(f"{path}/OVK/history")["items"]) == 1
    assert [item["name"] for item in local.get(f"{path}?text=OVK")["items"]] == [f"Nr. {winner}"]


def test_of_two_imports_and_a_command_that_register_the_same_code_each_comes_out_whole(local):
    """What loses against a stream that changed meanwhile may be sent again; nothing is half-registered."""
    for attempt in range(3):
        code = f"IMP{attempt}"
        file = f"code,name\n{code},Sektor\n{code}x,Ved siden av\n"
        answers = at_the_same_time(
            lambda file=file: local.send("/sectors/import", file),
            lambda file=file: local.send("/sectors/import", file),
            lambda code=code: local.post("/sectors", {"code": code, "name": "Sektor"}),
        )
        assert {answer.status_code for answer in answers} <= {200, 201, 409}
        assert any(answer.status_code < 300 for answer in answers)
        told = [item["type"] for item in local.get(f"/sectors/{code}/history")["items"]]
        assert told == ["samtidig.sector.registered.v1"]
        files = [answer for answer in answers[:2] if answer.status_code == 200]
        assert (local.client.get(f"/sectors/{code}x").status_code == 200) is bool(files)


def test_an_initiative_of_a_sector_that_is_registered_at_the_same_moment_is_whole_or_not_there(local):
    for attempt in range(10):
        code = f"NOW{attempt}"
        registering, proposing = at_the_same_time(
            lambda code=code: local.post("/sectors", {"code": code, "name": code}),
            lambda code=code: local.post("/initiatives", {"external_id": "T1", "sector": code, "title": "Straks"}),
        )
        assert registering.status_code == 201
        assert local.get(f"/sectors/{code}")["version"] == 1
        there = local.client.get(f"/initiatives/{code}:T1")
        if proposing.status_code == 201:
            assert there.json["sector"] == registering.json["id"]
        else:
            assert faults(proposing) == {("/sector", "sector-unknown")}
            assert there.status_code == 404
            again = local.post("/initiatives", {"external_id": "T1", "sector": code, "title": "Straks"})
            assert again.status_code == 201


def test_an_agency_of_a_sector_that_is_registered_at_the_same_moment_is_whole_or_not_there(local):
    for attempt in range(10):
        code = f"AGE{attempt}"
        _, registering = at_the_same_time(
            lambda code=code: local.post("/sectors", {"code": code, "name": code}),
            lambda code=code: local.post("/agencies", {"code": code, "name": code, "sector": code}),
        )
        there = local.client.get(f"/agencies/{code}")
        if registering.status_code == 201:
            assert there.json["sector"] == local.get(f"/sectors/{code}")["id"]
        else:
            assert faults(registering) == {("/sector", "sector-unknown")}
            assert there.status_code == 404


def test_of_those_that_anchor_at_the_same_time_one_wins(local):
    proposed(local, "T8")
    calls = [
        lambda where=where: local.post("/initiatives/EHA:T8/anchor", {"where": where})
        for where in ("fagdialog", "styringsdialog") * 4
    ]
    answers = at_the_same_time(*calls)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    [stored] = local.get("/initiatives/EHA:T8/history")["items"][1:]
    assert local.get("/initiatives/EHA:T8")["anchored_where"] == stored["data"]["where"]


def test_nothing_is_lost_of_what_is_told_at_the_same_time(local):
    """Whoever is told that the initiative changed meanwhile, and no other, has to send again."""
    proposed(local, "T7")
    calls = [
        lambda day=day: local.post(
            "/initiatives/EHA:T7/record-participation",
            {"phase": "plan", "who": ["employees"], "on": f"2018-01-0{day}"},
        )
        for day in range(1, 9)
    ]
    answers = at_the_same_time(*calls)
    assert {answer.status_code for answer in answers} <= {200, 409}
    kept = {f"2018-01-0{day}" for day, answer in enumerate(answers, 1) if answer.status_code == 200}
    assert {item["on"] for item in local.get("/initiatives/EHA:T7")["participations"]} == kept


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
    commands = (
        *("revise", "anchor", "schedule", "reschedule", "start", "complete", "discontinue"),
        *("support", "withdraw-support", "record-participation", "share-learning", "report-status"),
    )
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
        "/learning": query,
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
