"""Goals over HTTP, down to the rows of a real PostgreSQL."""

from uuid import UUID

import pytest
from openapi_spec_validator import validate

from services.goals.app import SERVICE
from services.goals.domain import Proposed
from services.goals.schemas import GoalSchema
from shared import identity
from shared.testing.contracts import assert_cloudevent, assert_shown
from shared.testing.days import unbroken_day
from shared.testing.service import at_the_same_time, faults, running

GOAL = {"title": "Åpenhet og god kommunikasjon", "kind": "characteristic", "expected_effect": "Tillit"}


def proposed(goals, name, **more):
    response = goals.post("/goals", {"external_id": name, **GOAL, **more})
    assert response.status_code == 201, response.text
    return response


def test_a_proposal_is_answered_with_its_place(goals):
    response = proposed(goals, "A1")
    goal = str(identity.named("goal", "A1"))
    assert response.json == {"id": goal, "version": 1, "events": ["samtidig.goal.proposed.v1"]}
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == f"/goals/{goal}"
    assert response.headers["Consistency-Token"] == f"{goal}:1"
    shown = goals.get(response.headers["Location"])
    assert_shown(Proposed, GoalSchema, shown)
    assert shown.items() >= {**GOAL, "id": goal, "external_id": "A1", "status": "proposed", "version": 1}.items()
    assert goals.get("/goals/A1") == shown


def test_behind_the_gateway_the_location_carries_its_prefix(goals):
    response = goals.post("/goals", {**GOAL, "external_id": "A2"}, {"X-Forwarded-Prefix": "/goals"})
    assert response.headers["Location"] == f"/goals/goals/{response.json['id']}"


def test_a_goal_without_a_name_of_its_owner_gets_a_new_id(goals):
    first, second = goals.post("/goals", GOAL), goals.post("/goals", GOAL)
    assert first.json["id"] != second.json["id"]
    assert UUID(first.json["id"]).version == 7


def test_a_goal_goes_its_way(goals):
    proposed(goals, "W1")
    assert goals.post("/goals/W1/revise", {"title": "Åpenhet", "reason": "Kortere"}).json["version"] == 2
    assert goals.post("/goals/W1/adopt", {"reason": "Byrådssak"}).json["events"] == ["samtidig.goal.adopted.v1"]
    assert goals.post("/goals/W1/retire").json["version"] == 4
    assert goals.get("/goals/W1").items() >= {"title": "Åpenhet", "status": "retired", "version": 4}.items()
    history = goals.get("/goals/W1/history")["items"]
    assert [(item["version"], item["type"], item["reason"]) for item in history] == [
        (1, "samtidig.goal.proposed.v1", None),
        (2, "samtidig.goal.revised.v1", "Kortere"),
        (3, "samtidig.goal.adopted.v1", "Byrådssak"),
        (4, "samtidig.goal.retired.v1", None),
    ]


def test_effects_stand_with_their_goal_the_latest_first(goals):
    proposed(goals, "E1")
    assert goals.get("/goals/E1")["effects"] == []
    goals.post("/goals/E1/adopt")
    said = [("2018-06-15", "Færre rapporter"), ("2018-11-30", "Mer tid til brukerne"), ("2018-06-15", "Flere forslag")]
    for day, effect in said:
        response = goals.post("/goals/E1/observe-effect", {"on": day, "effect": effect})
        assert (response.status_code, response.json["events"]) == (200, ["samtidig.goal.effect-observed.v1"])
    shown = goals.get("/goals/E1")
    assert [(effect["on"], effect["effect"]) for effect in shown["effects"]] == [said[1], said[0], said[2]]
    assert (shown["status"], shown["version"]) == ("adopted", 5)
    assert shown in goals.get("/goals?text=E1")["items"]
    assert goals.get("/goals/E1/history")["items"][2]["changes"] == [
        {"field": "effects", "before": [], "after": [{"on": "2018-06-15", "effect": "Færre rapporter"}]}
    ]


def test_an_effect_is_observed_today_unless_another_day_is_said(goals):
    proposed(goals, "E2")
    goals.post("/goals/E2/adopt")
    goals.post("/goals/E2/retire")
    day = unbroken_day()
    goals.post("/goals/E2/observe-effect", {"effect": "Færre rapporter"})
    assert goals.get("/goals/E2")["effects"] == [{"on": day.isoformat(), "effect": "Færre rapporter"}]


def test_an_adoption_tells_of_its_status_and_of_nothing_that_follows_from_it(goals):
    proposed(goals, "E3", kind="objective")
    goals.post("/goals/E3/adopt")
    assert goals.get("/goals/E3/history")["items"][1]["changes"] == [
        {"field": "status", "before": "proposed", "after": "adopted"}
    ]


def test_a_revision_that_changes_nothing_gives_no_event(goals):
    proposed(goals, "W2")
    response = goals.post("/goals/W2/revise", {"title": GOAL["title"]})
    assert (response.status_code, response.json["version"], response.json["events"]) == (200, 1, [])


def test_stored_events_are_cloudevents_and_carry_the_trace_of_their_command(goals):
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    body = {**GOAL, "external_id": "C1"}
    goals.post("/goals", body, {"X-Correlation-Id": "c-1", "Idempotency-Key": "k-C1", "traceparent": trace})
    [stored] = goals.service.store.read(identity.named("goal", "C1"))
    event = assert_cloudevent(stored.envelope)
    assert event.get_type() == "samtidig.goal.proposed.v1"
    assert event.get_subject() == str(stored.stream)
    assert event.get_extension("sequence") == 1
    assert event.get_extension("correlationid") == "c-1"
    assert event.get_extension("causationid") == "k-C1"
    assert event.get_extension("traceparent") == trace
    assert event.get_data()["expected_effect"] == "Tillit"


def test_every_event_waits_in_the_outbox_until_it_is_published(goals):
    proposed(goals, "O1")
    rows = goals.rows()
    assert {position for (position,) in rows["outbox"]} == {row[0] for row in rows["event"]}


def test_the_list_is_filtered_and_comes_page_by_page(postgres):
    with running(SERVICE, postgres.database()) as goals:
        for number in range(5):
            proposed(goals, f"L{number}", kind="objective" if number % 2 else "purpose")
        goals.post("/goals/L1/adopt")
        first = goals.get("/goals?limit=2")
        second = goals.get(f"/goals?limit=2&cursor={first['next']}")
        third = goals.get(f"/goals?limit=2&cursor={second['next']}")
        pages = [[item["external_id"] for item in page["items"]] for page in (first, second, third)]
        assert pages == [["L0", "L1"], ["L2", "L3"], ["L4"]]
        assert third["next"] is None
        goals.post("/goals/L3/revise", {"parent": "L0"})
        goals.post("/goals/L4/revise", {"parent": "L0"})

        def listed(query):
            return [item["external_id"] for item in goals.get(f"/goals?{query}")["items"]]

        assert listed("kind=objective") == ["L1", "L3"]
        assert listed("status=adopted") == ["L1"]
        assert listed("parent=L0") == listed(f"parent={identity.named('goal', 'L0')}") == ["L3", "L4"]
        assert listed("parent=L0&kind=purpose&status=proposed&text=L4") == ["L4"]
        assert listed("parent=L1") == []


def test_a_misspelt_filter_is_a_fault_and_not_everything(goals):
    answer = goals.client.get("/goals?staus=adopted")
    assert answer.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [("/staus", "unknown-field")]


# Conditional requests and idempotency


def test_the_version_that_the_client_has_seen_must_be_the_present_one(goals):
    proposed(goals, "V1")
    before = goals.rows()
    wrong = goals.post("/goals/V1/adopt", headers={"If-Match": '"7"', "Accept-Language": "en"})
    assert wrong.status_code == 412
    assert wrong.json["code"] == "version-mismatch"
    assert "version 1" in wrong.json["title"]
    assert goals.rows() == before
    assert goals.post("/goals/V1/revise", {"title": "Ny"}, {"If-Match": '"1"'}).status_code == 200
    assert goals.post("/goals/V1/revise", {"title": "Nyere"}, {"If-Match": "*"}).json["version"] == 3


def test_a_repeated_key_gives_the_same_answer_and_one_effect(goals):
    headers = {"Idempotency-Key": "once-I1"}
    first = goals.post("/goals", {**GOAL, "external_id": "I1"}, headers)
    goals.post("/goals/I1/revise", {"title": "Endret siden"})
    before = goals.rows()
    again = goals.post("/goals", {**GOAL, "external_id": "I1"}, headers)
    assert (again.status_code, again.json) == (201, first.json)
    assert [again.headers[name] for name in ("ETag", "Location", "Consistency-Token")] == [
        first.headers[name] for name in ("ETag", "Location", "Consistency-Token")
    ]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert goals.rows() == before


def test_a_repeated_key_gives_the_same_answer_also_where_the_first_changed_nothing(goals):
    proposed(goals, "I2")
    headers = {"Idempotency-Key": "once-I2"}
    body = {"title": GOAL["title"]}
    first = goals.post("/goals/I2/revise", body, headers)
    assert first.json["events"] == []
    goals.post("/goals/I2/revise", {"title": "Endret siden"})
    assert goals.post("/goals/I2/revise", body, headers).json == first.json
    assert goals.get("/goals/I2")["title"] == "Endret siden"


def test_a_key_repeated_with_another_body_is_refused(goals):
    headers = {"Idempotency-Key": "once-I3"}
    goals.post("/goals", {**GOAL, "external_id": "I3"}, headers)
    before = goals.rows()
    response = goals.post("/goals", {**GOAL, "external_id": "I3", "title": "Annet"}, headers)
    assert (response.status_code, response.json["code"]) == (422, "key-reused")
    assert goals.rows() == before


def test_a_command_that_was_refused_may_be_mended_and_sent_with_the_same_key(goals):
    proposed(goals, "I4", expected_effect=None)
    headers = {"Idempotency-Key": "once-I4"}
    assert goals.post("/goals/I4/adopt", headers=headers).status_code == 409
    goals.post("/goals/I4/revise", {"expected_effect": "Tillit"})
    assert goals.post("/goals/I4/adopt", headers=headers).status_code == 200


# Two at the same time


def test_of_two_that_adopt_into_the_last_free_place_one_wins(postgres):
    with running(SERVICE, postgres.database(), ADOPTED_GOALS_LIMIT="1") as goals:
        for attempt in range(5):
            names = [f"P{attempt}a", f"P{attempt}b"]
            for name in names:
                proposed(goals, name)
            answers = at_the_same_time(*[lambda name=name: goals.post(f"/goals/{name}/adopt") for name in names])
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            [loser] = [answer for answer in answers if answer.status_code == 409]
            assert faults(loser) == {("", "too-many-adopted-goals")}
            [winner] = goals.get("/goals?status=adopted")["items"]
            assert goals.post(f"/goals/{winner['id']}/retire").status_code == 200


def adopted(goals, name, **more):
    proposed(goals, name, **more)
    assert goals.post(f"/goals/{name}/adopt").status_code == 200


def told(goals, name):
    """The goal's events, each a row of the store, and as many in the outbox."""
    return [item["type"].split(".")[2] for item in goals.get(f"/goals/{name}/history")["items"]]


def test_of_eight_that_adopt_into_three_free_places_three_win(postgres):
    with running(SERVICE, postgres.database(), ADOPTED_GOALS_LIMIT="3") as goals:
        names = [f"P{number}" for number in range(8)]
        for name in names:
            proposed(goals, name)
        answers = at_the_same_time(*[lambda name=name: goals.post(f"/goals/{name}/adopt") for name in names])
        assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 5
        refused = [answer for answer in answers if answer.status_code == 409]
        assert {fault for answer in refused for fault in faults(answer)} == {("", "too-many-adopted-goals")}
        assert len(goals.get("/goals?status=adopted")["items"]) == 3
        assert len(goals.rows()["event"]) == len(goals.rows()["outbox"]) == 8 + 3


def test_of_two_adopted_goals_that_change_into_a_kind_with_one_free_place_one_does(postgres):
    with running(SERVICE, postgres.database(), ADOPTED_GOALS_LIMIT="1") as goals:
        for attempt in range(5):
            names = [f"R{attempt}a", f"R{attempt}b"]
            for name in names:
                adopted(goals, name, kind="objective")
            answers = at_the_same_time(
                *[lambda name=name: goals.post(f"/goals/{name}/revise", {"kind": "purpose"}) for name in names]
            )
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            [loser] = [answer for answer in answers if answer.status_code == 409]
            assert faults(loser) == {("/kind", "too-many-adopted-goals")}
            [winner] = goals.get("/goals?status=adopted&kind=purpose")["items"]
            assert sorted(len(told(goals, name)) for name in names) == [2, 3]
            goals.post(f"/goals/{winner['id']}/retire")


def test_of_an_adoption_a_revision_and_a_file_that_want_the_last_place_one_gets_it(postgres):
    with running(SERVICE, postgres.database(), ADOPTED_GOALS_LIMIT="1") as goals:
        for attempt in range(5):
            adoption, revision, row = (f"X{attempt}{letter}" for letter in "abc")
            proposed(goals, adoption, kind="purpose")
            adopted(goals, revision, kind="objective")
            adopted(goals, row, kind="objective")
            file = f"external_id,title,kind\n{row},Mål,purpose\n"
            answers = at_the_same_time(
                lambda name=adoption: goals.post(f"/goals/{name}/adopt"),
                lambda name=revision: goals.post(f"/goals/{name}/revise", {"kind": "purpose"}),
                lambda file=file: goals.send("/goals/import", file),
            )
            assert sorted(answer.status_code == 200 for answer in answers) == [False, False, True]
            assert {code for answer in answers if answer.status_code != 200 for code in codes(answer)} == {
                "too-many-adopted-goals"
            }
            [winner] = goals.get("/goals?status=adopted&kind=purpose")["items"]
            goals.post(f"/goals/{winner['id']}/retire")


def codes(answer):
    return {fault["code"] for fault in answer.json["errors"]}


def test_of_eight_that_change_the_same_version_one_wins(goals):
    proposed(goals, "T1")
    calls = [
        lambda number=number: goals.post("/goals/T1/revise", {"title": f"Nr. {number}"}, {"If-Match": '"1"'})
        for number in range(8)
    ]
    answers = at_the_same_time(*calls)
    assert {answer.status_code for answer in answers if answer.status_code != 200} <= {409, 412}
    assert sum(answer.status_code == 200 for answer in answers) == 1
    assert goals.get("/goals/T1")["version"] == 2


def test_of_eight_that_propose_the_same_goal_one_wins(goals):
    calls = [lambda: goals.post("/goals", {**GOAL, "external_id": "T2"})] * 8
    answers = at_the_same_time(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    # A loser saw the winner's goal, or began before it was there.
    assert {answer.json["code"] for answer in answers if answer.status_code == 409} <= {"rule", "stream-changed"}
    assert told(goals, "T2") == ["proposed"]
    assert [item["version"] for item in goals.get("/goals?text=T2")["items"]] == [1]


def test_one_command_sent_eight_times_at_once_has_one_effect_and_one_answer(goals):
    calls = [lambda: goals.post("/goals", GOAL, {"Idempotency-Key": "once-T3"})] * 8
    answers = at_the_same_time(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1


def test_a_command_on_a_goal_sent_eight_times_at_once_has_one_effect_and_one_answer(goals):
    proposed(goals, "T4")
    calls = [lambda: goals.post("/goals/T4/adopt", {}, {"Idempotency-Key": "once-T4"})] * 8
    answers = at_the_same_time(*calls)
    assert {(answer.status_code, answer.json["version"]) for answer in answers} == {(200, 2)}
    assert len(goals.get("/goals/T4/history")["items"]) == 2


# What every service answers


def test_the_api_is_described(goals):
    document = goals.get("/openapi.json")
    validate(document)
    paths = document["paths"]
    assert {path: set(paths[path]) & {"get", "post"} for path in paths} == {
        "/goals": {"get", "post"},
        "/goals/{goal}": {"get"},
        "/goals/{goal}/adopt": {"post"},
        "/goals/{goal}/history": {"get"},
        "/goals/{goal}/observe-effect": {"post"},
        "/goals/{goal}/retire": {"post"},
        "/goals/{goal}/revise": {"post"},
        "/goals/import": {"post"},
    }


def test_the_service_is_alive_ready_and_measured(goals):
    assert goals.get("/healthz") == {"status": "alive"}
    assert goals.get("/readyz") == {"status": "ready"}
    measured = goals.client.get("/metrics").text
    waiting = len(goals.rows()["outbox"])
    assert f'samtidig_outbox_events{{service="goals"}} {float(waiting)}' in measured
    assert "samtidig_http_requests_total" in measured


def test_the_history_says_who_changed_what_from_what_to_what_and_why(goals):
    goals.post("/goals", {"external_id": "H1", "title": "Mål", "kind": "objective", "by": "Byrådslederens kontor"})
    goals.post("/goals/H1/revise", {"title": "Klare mål", "by": " Bydel Alna ", "reason": "Tydeligere"})
    goals.post("/goals/H1/retire", {})
    proposed, revised, retired = goals.get("/goals/H1/history")["items"]
    assert proposed["by"] == "Byrådslederens kontor"
    assert {"field": "title", "before": None, "after": "Mål"} in proposed["changes"]
    assert (revised["by"], revised["reason"]) == ("Bydel Alna", "Tydeligere")
    assert revised["changes"] == [{"field": "title", "before": "Mål", "after": "Klare mål"}]
    assert retired["by"] is None
    assert retired["changes"] == [{"field": "status", "before": "proposed", "after": "retired"}]


def test_who_acts_stands_in_the_envelope_and_not_in_the_contract(goals):
    goals.post("/goals", {"external_id": "H2", "title": "Mål", "kind": "objective", "by": "Bydel Alna"})
    [item] = goals.get("/goals/H2/history")["items"]
    assert "by" not in item["data"]
    response = goals.post("/goals/H2/retire", {"by": "x" * 301, "reason": 5})
    assert {fault["pointer"] for fault in response.json["errors"]} == {"/by", "/reason"}


def test_a_list_is_searched_for_words_in_order_and_not_for_patterns(goals):
    for name, title in (("FINN1", "Gløgg og 100 % trivsel"), ("FINN2", "Trivsel_til gløgg"), ("FINN3", "Gløggfest")):
        goals.post("/goals", {"external_id": name, "title": title, "kind": "objective"})

    def found(text):
        return [item["external_id"] for item in goals.get(f"/goals?text={text}")["items"]]

    assert found("gløgg trivsel") == ["FINN1"]
    assert found("trivsel gløgg") == ["FINN2"]
    assert found("l_til") == ["FINN2"]
    assert found("100 %25") == ["FINN1"]
    assert found("finn3") == ["FINN3"]


@pytest.mark.parametrize("path", ["/goals/nowhere", "/goals/nowhere/history", "/nowhere"])
def test_what_is_not_there_is_not_found(goals, path):
    response = goals.client.get(path)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
