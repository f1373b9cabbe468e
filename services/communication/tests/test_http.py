"""Communication activities over HTTP, down to the rows of a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from openapi_spec_validator import validate

from services.communication.app import SERVICE
from services.communication.domain import Planned
from services.communication.schemas import ActivitySchema
from shared import identity
from shared.testing.contracts import assert_cloudevent, assert_shown
from shared.testing.days import unbroken_day
from shared.testing.service import faults, running

ACTIVITY = {
    "title": "Samling for toppledere",
    "audiences": ["top_leaders", "leaders"],
    "channel": "Møte",
    "start": "2018-03-01",
    "end": "2018-03-02",
}


def planned(communication, name, **more):
    response = communication.post("/activities", {"external_id": name, **ACTIVITY, **more})
    assert response.status_code == 201, response.text
    return response


def test_a_plan_is_answered_with_its_place(communication):
    response = planned(communication, "A1")
    activity = str(identity.named("communication-activity", "A1"))
    assert response.json == {
        "id": activity,
        "version": 1,
        "events": ["samtidig.communication-activity.planned.v1"],
    }
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == f"/activities/{activity}"
    assert response.headers["Consistency-Token"] == f"{activity}:1"
    shown = communication.get("/activities/A1")
    assert_shown(Planned, ActivitySchema, shown)
    assert shown == communication.get(response.headers["Location"])
    assert shown.items() >= {**ACTIVITY, "status": "planned", "published_on": None, "goals": []}.items()


def test_a_title_is_enough(communication):
    response = communication.post("/activities", {"title": "Plakat"})
    shown = communication.get(response.headers["Location"])
    assert shown.items() >= {"title": "Plakat", "audiences": [], "start": None, "end": None}.items()


def test_what_it_is_about_is_named_as_people_name_it_or_by_id(communication):
    goal = str(identity.named("goal", "K1"))
    planned(
        communication,
        "R1",
        goals=["K1", goal, "K2"],
        central_initiatives=["S-1"],
        local_initiatives=["EHA:7"],
    )
    shown = communication.get("/activities/R1")
    assert shown["goals"] == [goal, str(identity.named("goal", "K2"))]
    assert shown["central_initiatives"] == [str(identity.named("central-initiative", "S-1"))]
    assert shown["local_initiatives"] == [str(identity.named("local-initiative", "EHA:7"))]


def test_an_activity_goes_its_way(communication):
    planned(communication, "W1")
    assert communication.post("/activities/W1/revise", {"channel": "Film"}).json["version"] == 2
    moved = communication.post("/activities/W1/reschedule", {"start": "2018-04-12", "end": None, "reason": "Kræsj"})
    assert moved.json["events"] == ["samtidig.communication-activity.rescheduled.v1"]
    assert communication.post("/activities/W1/publish", {"on": "2018-04-13"}).json["version"] == 4
    shown = communication.get("/activities/W1")
    assert (
        shown.items()
        >= {
            "channel": "Film",
            "start": "2018-04-12",
            "end": None,
            "status": "published",
            "published_on": "2018-04-13",
            "version": 4,
        }.items()
    )
    history = communication.get("/activities/W1/history")["items"]
    assert [item["type"].split(".")[2] for item in history] == ["planned", "revised", "rescheduled", "published"]
    assert history[2]["reason"] == "Kræsj"
    assert history[2]["data"].items() >= {"previous_start": "2018-03-01", "previous_end": "2018-03-02"}.items()


def test_an_activity_is_published_today_unless_another_day_is_said(communication):
    planned(communication, "W2")
    day = unbroken_day()
    communication.post("/activities/W2/publish")
    assert communication.get("/activities/W2")["published_on"] == day.isoformat()


def test_a_withdrawn_activity_says_when_and_why(communication):
    planned(communication, "W3")
    communication.post("/activities/W3/publish", {"on": "2018-03-01"})
    response = communication.post("/activities/W3/withdraw", {"on": "2018-09-03", "reason": "Gjelder ikke lenger"})
    assert (response.status_code, response.json["version"]) == (200, 3)
    assert response.json["events"] == ["samtidig.communication-activity.withdrawn.v1"]
    shown = communication.get("/activities/W3")
    assert (shown["status"], shown["published_on"], shown["withdrawn_on"]) == ("withdrawn", "2018-03-01", "2018-09-03")
    withdrawn = communication.get("/activities/W3/history")["items"][2]
    assert withdrawn["reason"] == "Gjelder ikke lenger"
    assert withdrawn["changes"] == [
        {"field": "status", "before": "published", "after": "withdrawn"},
        {"field": "withdrawn_on", "before": None, "after": "2018-09-03"},
    ]


def test_an_activity_is_withdrawn_today_unless_another_day_is_said(communication):
    planned(communication, "W4")
    day = unbroken_day()
    communication.post("/activities/W4/withdraw")
    shown = communication.get("/activities/W4")
    assert (shown["withdrawn_on"], shown["published_on"]) == (day.isoformat(), None)


def test_feedback_stands_with_its_activity_the_latest_first(communication):
    planned(communication, "F1")
    communication.post("/activities/F1/publish", {"on": "2018-03-01"})
    said = [
        {"on": "2018-03-02", "text": "Det hjalp", "audience": "leaders"},
        {"on": "2018-03-20", "text": "Vi vil ha flere eksempler", "audience": None},
        {"on": "2018-03-02", "text": "Uklart hvem som svarer", "audience": "residents"},
    ]
    for feedback in said:
        response = communication.post("/activities/F1/receive-feedback", feedback)
        assert response.json["events"] == ["samtidig.communication-activity.feedback-received.v1"]
    shown = communication.get("/activities/F1")
    assert shown["feedback"] == [said[1], said[0], said[2]]
    assert (shown["status"], shown["version"]) == ("published", 5)
    assert shown in communication.get("/activities?text=F1")["items"]
    assert communication.get("/activities/F1/history")["items"][2]["changes"] == [
        {"field": "feedback", "before": [], "after": [said[0]]}
    ]


def test_feedback_comes_today_unless_another_day_is_said(communication):
    planned(communication, "F2")
    communication.post("/activities/F2/publish")
    day = unbroken_day()
    communication.post("/activities/F2/receive-feedback", {"text": "Det hjalp"})
    [feedback] = communication.get("/activities/F2")["feedback"]
    assert feedback == {"on": day.isoformat(), "audience": None, "text": "Det hjalp"}


def test_the_stored_event_is_a_cloudevent_with_the_ids_of_what_it_is_about(communication):
    planned(communication, "C1", goals=["K1"])
    [stored] = communication.service.store.read(identity.named("communication-activity", "C1"))
    event = assert_cloudevent(stored.envelope)
    assert event.get_source() == "samtidig/communication"
    assert (
        event.get_data().items()
        >= {
            "start": "2018-03-01",
            "audiences": ["top_leaders", "leaders"],
            "goals": [str(identity.named("goal", "K1"))],
        }.items()
    )


def test_the_list_is_filtered_and_comes_page_by_page(postgres):
    with running(SERVICE, postgres.database()) as communication:
        for number in range(5):
            planned(communication, f"L{number}", audiences=["residents"] if number % 2 else ["employees", "leaders"])
        communication.post("/activities/L1/publish")
        first = communication.get("/activities?limit=3")
        second = communication.get(f"/activities?limit=3&cursor={first['next']}")
        assert [item["external_id"] for item in first["items"] + second["items"]] == ["L0", "L1", "L2", "L3", "L4"]
        assert second["next"] is None

        def listed(query):
            return [item["external_id"] for item in communication.get(f"/activities?{query}")["items"]]

        assert listed("audience=leaders") == ["L0", "L2", "L4"]
        assert listed("audience=residents&status=planned") == ["L3"]
        assert listed("status=published") == ["L1"]
        communication.post("/activities/L2/withdraw")
        assert listed("status=withdrawn") == ["L2"]


def test_the_list_is_narrowed_to_what_the_activities_are_about_and_how_they_are_told(postgres):
    with running(SERVICE, postgres.database()) as communication:
        planned(communication, "A", goals=["K1", "K2"], central_initiatives=["S-1"], channel="Film")
        planned(communication, "B", goals=["K2"], local_initiatives=["EHA:7"], channel="film og møte")
        planned(communication, "C", central_initiatives=["S-2"], local_initiatives=["EHA:8"], title="Film om film")

        def listed(query):
            return [item["external_id"] for item in communication.get(f"/activities?{query}")["items"]]

        assert listed("goal=K2") == listed(f"goal={identity.named('goal', 'K2')}") == ["A", "B"]
        assert listed("initiative=S-1") == ["A"]
        assert listed("initiative=EHA:7") == ["B"]
        assert listed(f"initiative={identity.named('local-initiative', 'EHA:8')}") == ["C"]
        assert listed(f"initiative={identity.named('central-initiative', 'S-2')}") == ["C"]
        assert listed("initiative=7") == []
        assert listed("channel=FILM") == ["A"]
        assert listed("text=film") == ["A", "B", "C"]
        assert listed("text=film&channel=Møte&initiative=EHA:8") == ["C"]


def test_a_period_finds_what_has_a_day_in_it_or_was_published_in_it(postgres):
    with running(SERVICE, postgres.database()) as communication:
        days = {
            "spring": ("2018-03-01", "2018-03-31"),
            "day": ("2018-04-01", "2018-04-01"),
            "from": ("2018-04-02", None),
            "until": (None, "2018-02-28"),
            "undated": (None, None),
            "published": (None, None),
        }
        for name, (start, end) in days.items():
            planned(communication, name, start=start, end=end)
        communication.post("/activities/published/publish", {"on": "2018-05-10"})

        def listed(query):
            return [item["external_id"] for item in communication.get(f"/activities?{query}")["items"]]

        assert listed("from=2018-03-31&to=2018-04-01") == ["spring", "day"]
        assert listed("from=2018-04-01") == ["day", "from", "published"]
        assert listed("to=2018-02-28") == ["until"]
        assert listed("from=2018-02-28&to=2018-03-01") == ["spring", "until"]
        assert listed("from=2018-05-10&to=2018-05-10") == ["from", "published"]
        assert listed("from=2018-05-11&to=2018-05-31") == ["from"]
        assert listed("") == list(days)


def test_a_repeated_key_gives_the_same_answer_and_one_effect(communication):
    planned(communication, "I1")
    headers = {"Idempotency-Key": "once-I1"}
    first = communication.post("/activities/I1/publish", headers=headers)
    again = communication.post("/activities/I1/publish", headers=headers)
    assert (again.status_code, again.json) == (200, first.json)
    assert len(communication.get("/activities/I1/history")["items"]) == 2


def test_of_eight_that_publish_at_once_one_wins(communication):
    planned(communication, "T1")
    ready = Barrier(8)

    def publish(_):
        ready.wait()
        return communication.post("/activities/T1/publish", {"on": "2018-04-13"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(publish, range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert communication.get("/activities/T1")["version"] == 2


def test_of_eight_that_plan_the_same_activity_at_once_one_wins_and_nothing_is_half_written(communication):
    ready = Barrier(8)

    def plan(number):
        ready.wait()
        return communication.post("/activities", {**ACTIVITY, "external_id": "T2", "title": f"Nr. {number}"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(plan, range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    # A loser saw the winner's activity, or began before it was there.
    assert {answer.json["code"] for answer in answers if answer.status_code == 409} <= {"rule", "stream-changed"}
    won = f"Nr. {[answer.status_code for answer in answers].index(201)}"
    [item] = communication.get("/activities/T2/history")["items"]
    assert (item["version"], item["data"]["title"]) == (1, won)
    assert [item["title"] for item in communication.get("/activities?text=T2")["items"]] == [won]
    assert len(communication.rows()["event"]) == len(communication.rows()["outbox"])


def test_of_a_publishing_and_a_withdrawal_at_once_the_second_is_told_what_the_first_did(communication):
    for attempt in range(5):
        name = f"T3{attempt}"
        planned(communication, name)
        ready = Barrier(2)

        def send(command, name=name, ready=ready):
            ready.wait()
            return communication.post(f"/activities/{name}/{command}", {}, {"If-Match": '"1"'})

        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(send, ["publish", "withdraw"]))
        codes = sorted(answer.status_code for answer in answers)
        assert codes in ([200, 409], [200, 412])
        shown = communication.get(f"/activities/{name}")
        assert shown["version"] == 2
        assert shown["status"] == ("published" if answers[0].status_code == 200 else "withdrawn")


def test_the_api_is_described(communication):
    document = communication.get("/openapi.json")
    validate(document)
    assert set(document["paths"]) == {
        "/activities",
        "/activities/{activity}",
        "/activities/{activity}/history",
        "/activities/{activity}/publish",
        "/activities/{activity}/receive-feedback",
        "/activities/{activity}/reschedule",
        "/activities/{activity}/revise",
        "/activities/{activity}/withdraw",
        "/activities/import",
    }


# Bad input


@pytest.fixture
def unchanged(communication):
    """Whatever the test sends, nothing may be half-written."""
    communication.post("/activities", {**ACTIVITY, "external_id": "there"}, {"Idempotency-Key": "used"})
    before = communication.rows()
    yield communication
    assert communication.rows() == before


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("/title", "required")}),
        (
            {"start": "2018-02-30", "end": "30.04.2018", "colour": "red"},
            {("/title", "required"), ("/start", "not-a-date"), ("/end", "not-a-date"), ("/colour", "unknown-field")},
        ),
        ({**ACTIVITY, "start": 20180301, "end": "0001-01-01"}, {("/start", "not-a-date"), ("/end", "out-of-range")}),
        ({**ACTIVITY, "start": "2018-03-03"}, {("/end", "end-before-start")}),
        (
            {"start": "2018-03-03", "end": "2018-03-02", "audiences": ["nobody"]},
            {("/end", "end-before-start"), ("/title", "required"), ("/audiences/0", "not-a-choice")},
        ),
        (
            {**ACTIVITY, "audiences": "leaders", "goals": ["K1", 2, ""], "local_initiatives": [None]},
            {
                ("/audiences", "wrong-type"),
                ("/goals/1", "wrong-type"),
                ("/goals/2", "wrong-type"),
                ("/local_initiatives/0", "required"),
            },
        ),
        ({**ACTIVITY, "goals": [f"K{number}" for number in range(501)]}, {("/goals", "out-of-range")}),
        ([ACTIVITY], {("", "wrong-type")}),
    ],
)
def test_every_fault_of_a_plan_is_named(unchanged, body, expected):
    response = unchanged.post("/activities", body)
    assert (response.status_code, faults(response)) == (422, expected)


@pytest.mark.parametrize(
    ("command", "body", "expected"),
    [
        ("revise", {"start": "2018-03-01", "title": None}, {("/start", "unknown-field"), ("/title", "required")}),
        ("reschedule", {"start": "2018-03-03", "end": "2018-03-02"}, {("/end", "end-before-start")}),
        ("reschedule", {"start": "soon", "on": "2018-03-02"}, {("/start", "not-a-date"), ("/on", "unknown-field")}),
        ("publish", {"on": None, "reason": []}, {("/on", "required"), ("/reason", "wrong-type")}),
        ("withdraw", {"on": "2018-09-31", "by": 5}, {("/on", "not-a-date"), ("/by", "wrong-type")}),
        ("receive-feedback", {}, {("/text", "required")}),
        (
            "receive-feedback",
            {"text": "", "audience": "nobody", "on": "i går", "answers": 12},
            {
                ("/text", "empty"),
                ("/audience", "not-a-choice"),
                ("/on", "not-a-date"),
                ("/answers", "unknown-field"),
            },
        ),
        (
            "receive-feedback",
            {"text": "x" * 8001, "audience": ["leaders"]},
            {("/text", "too-long"), ("/audience", "wrong-type")},
        ),
    ],
)
def test_every_fault_of_a_command_is_named(unchanged, command, body, expected):
    response = unchanged.post(f"/activities/there/{command}", body)
    assert (response.status_code, faults(response)) == (422, expected)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "The end is before the start."), ("nb", "Slutten er før starten.")]
)
def test_a_start_moved_behind_the_planned_end_breaks_a_rule(unchanged, language, sentence):
    response = unchanged.post("/activities/there/reschedule", {"start": "2018-05-01"}, {"Accept-Language": language})
    assert (response.status_code, faults(response)) == (409, {("/end", "end-before-start")})
    assert response.json["errors"][0]["message"] == sentence


def test_a_second_activity_with_the_same_name_is_refused(unchanged):
    response = unchanged.post("/activities", {**ACTIVITY, "external_id": "there"})
    assert (response.status_code, faults(response)) == (409, {("/external_id", "activity-exists")})


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The communication activity is published: it can't be published again or rescheduled."),
        ("no", "Kommunikasjonstiltaket er publisert: det kan ikke publiseres på nytt eller flyttes."),
    ],
)
@pytest.mark.parametrize(("command", "body"), [("publish", {}), ("reschedule", {"end": "2018-12-31"})])
def test_a_published_activity_is_not_published_again_nor_moved(communication, command, body, language, sentence):
    communication.post("/activities", {**ACTIVITY, "external_id": "out"})
    communication.post("/activities/out/publish")
    before = communication.rows()
    response = communication.post(f"/activities/out/{command}", body, {"Accept-Language": language})
    assert (response.status_code, faults(response)) == (409, {("", "activity-published")})
    assert response.json["errors"][0]["message"] == sentence
    assert communication.rows() == before


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The communication activity is withdrawn: it can't be published, rescheduled or withdrawn again."),
        ("nb", "Kommunikasjonstiltaket er trukket tilbake: det kan ikke publiseres, flyttes eller trekkes på nytt."),
    ],
)
@pytest.mark.parametrize(
    ("command", "body"), [("publish", {}), ("reschedule", {"end": "2018-12-31"}), ("withdraw", {})]
)
def test_a_withdrawn_activity_stays_withdrawn(communication, command, body, language, sentence):
    communication.post("/activities", {**ACTIVITY, "external_id": "gone"})
    communication.post("/activities/gone/withdraw")
    before = communication.rows()
    response = communication.post(f"/activities/gone/{command}", body, {"Accept-Language": language})
    assert (response.status_code, faults(response)) == (409, {("", "activity-withdrawn")})
    assert response.json["errors"][0]["message"] == sentence
    assert communication.rows() == before


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Feedback comes only after the communication activity was published."),
        ("nb", "Tilbakemeldinger kommer først når kommunikasjonstiltaket er publisert."),
    ],
)
def test_to_what_is_only_planned_there_is_no_feedback(unchanged, language, sentence):
    path, headers = "/activities/there/receive-feedback", {"Accept-Language": language}
    response = unchanged.post(path, {"text": "Det hjalp"}, headers)
    assert (response.status_code, faults(response)) == (409, {("", "activity-not-published")})
    assert response.json["errors"][0]["message"] == sentence


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2018-05-02&to=2018-05-01", {("/to", "end-before-start")}),
        ("from=may&to=2018-02-30", {("/from", "not-a-date"), ("/to", "not-a-date")}),
        ("from=0001-01-01", {("/from", "out-of-range")}),
        ("goal=&initiative=", {("/goal", "wrong-type"), ("/initiative", "empty")}),
        (f"initiative={'x' * 301}&channel=%00", {("/initiative", "too-long"), ("/channel", "control-character")}),
    ],
)
def test_a_list_is_not_narrowed_by_what_has_no_meaning(unchanged, query, expected):
    response = unchanged.client.get(f"/activities?{query}")
    assert (response.status_code, faults(response)) == (422, expected)


def test_a_list_is_not_narrowed_to_what_there_cannot_be(unchanged):
    response = unchanged.client.get("/activities?audience=nobody&status=told")
    assert (response.status_code, faults(response)) == (
        422,
        {("/audience", "not-a-choice"), ("/status", "not-a-choice")},
    )


def test_what_does_not_fit_the_request_is_refused(unchanged):
    def answer(path, **request):
        response = unchanged.client.post(path, **request)
        return response.status_code, response.json["code"]

    used = {"Idempotency-Key": "used"}
    assert answer("/activities", json={**ACTIVITY, "external_id": "x"}, headers=used) == (422, "key-reused")
    assert answer("/activities/there/publish", json={}, headers={"If-Match": '"7"'}) == (412, "version-mismatch")
    assert answer("/activities/there/publish", json={}, headers={"If-Match": "7"}) == (400, "if-match-malformed")
    assert answer("/activities", json={**ACTIVITY, "reason": "x" * 20_001}) == (413, "too-large")
    assert answer("/activities", data="title=x", content_type="text/plain") == (415, "not-json")
    assert answer("/activities", data="{", content_type="application/json") == (400, "malformed-json")
    for command in ("publish", "withdraw", "reschedule", "revise"):
        assert answer(f"/activities/nowhere/{command}", json={}) == (404, "not-found")
    assert answer("/activities/nowhere/receive-feedback", json={"text": "Det hjalp"}) == (404, "not-found")
