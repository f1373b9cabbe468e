"""Every fault in a request at once, each with its pointer; nothing is stored."""

import pytest

from shared.testing.service import faults

PLAN = ("/initiatives", {"plan_year": 2018, "area": "Ledelse", "title": "Lederhåndbok"})


def change(**fields):
    return PLAN[0], {**PLAN[1], **fields}


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/plans", {}, {("/year", "required")}),
        ("/plans", {"year": "2018"}, {("/year", "not-a-year")}),
        ("/plans", {"year": 2018.5}, {("/year", "not-a-year")}),
        ("/plans", {"year": 20180}, {("/year", "out-of-range")}),
        ("/plans", {"year": 2018, "title": ""}, {("/title", "empty")}),
        ("/plans", {"year": 2018, "titel": "x"}, {("/titel", "unknown-field")}),
        ("/plans", [], {("", "wrong-type")}),
        ("/plans/2018/areas", {}, {("/name", "required")}),
        ("/plans/2018/areas", {"name": "  "}, {("/name", "empty")}),
        ("/plans/2018/areas", {"name": "x" * 301}, {("/name", "too-long")}),
        ("/plans/2018/rename", {"title": None}, {("/title", "required")}),
        ("/plans/2018/frame", {}, {("/amount", "required")}),
        ("/plans/2018/frame", {"amount": -1}, {("/amount", "out-of-range")}),
        ("/plans/2018/frame", {"amount": 100_000_000_001}, {("/amount", "out-of-range")}),
        ("/plans/2018/frame", {"amount": 10.5}, {("/amount", "not-an-amount")}),
        ("/plans/2018/frame", {"amount": "500000"}, {("/amount", "not-an-amount")}),
        ("/plans/2018/frame", {"amount": True}, {("/amount", "not-an-amount")}),
        ("/plans/2018/discussions", {"on": "2018-01-32"}, {("/organisations", "required"), ("/on", "not-a-date")}),
        (
            "/plans/2018/discussions",
            {"organisations": ["", 5]},
            {("/organisations/0", "empty"), ("/organisations/1", "wrong-type")},
        ),
        ("/plans/2018/adopt", {"on": None}, {("/on", "required")}),
        ("/plans/2018/close", {"by": 5}, {("/by", "wrong-type")}),
        ("/initiatives", {}, {("/plan_year", "required"), ("/area", "required"), ("/title", "required")}),
        (*change(title=None), {("/title", "required")}),
        (*change(title="x" * 601), {("/title", "too-long")}),
        (*change(title="a\x00b"), {("/title", "control-character")}),
        (*change(goals="K1"), {("/goals", "wrong-type")}),
        (*change(goals=["K1", ""]), {("/goals/1", "wrong-type")}),
        (*change(audiences=["leaders", "ledere"]), {("/audiences/1", "not-a-choice")}),
        (*change(start="1. mars 2018"), {("/start", "not-a-date")}),
        (*change(end="2018-02-30"), {("/end", "not-a-date")}),
        (*change(end="0018-03-01"), {("/end", "out-of-range")}),
        (*change(start="2018-03-02", end="2018-03-01"), {("/end", "end-before-start")}),
        (
            *change(title="", start="2018-03-02", end="2018-03-01"),
            {("/title", "empty"), ("/end", "end-before-start")},
        ),
        (
            "/initiatives/S1/revise",
            {"title": None, "start": "2018-03-01", "goals": ["K1"], "budget": 1},
            {
                ("/title", "required"),
                *((f"/{field}", "unknown-field") for field in ("start", "goals", "budget")),
            },
        ),
        (*change(budget=1.5), {("/budget", "not-an-amount")}),
        (*change(budget=-1), {("/budget", "out-of-range")}),
        ("/initiatives/S1/link-goals", {}, {("/goals", "required")}),
        ("/initiatives/S1/link-goals", {"goals": None}, {("/goals", "required")}),
        ("/initiatives/S1/change-budget", {}, {("/budget", "required")}),
        ("/initiatives/S1/report-status", {}, {("/status", "required")}),
        (
            "/initiatives/S1/report-status",
            {"status": "green", "sentence": "x" * 8001},
            {("/status", "not-a-choice"), ("/sentence", "too-long")},
        ),
        ("/initiatives/S1/reschedule", {"start": "2018-03-02", "end": "2018-03-01"}, {("/end", "end-before-start")}),
        ("/initiatives/S1/start", {"on": None}, {("/on", "required")}),
        ("/initiatives/S1/complete", {"on": "i går", "effect": 1}, {("/on", "not-a-date"), ("/effect", "wrong-type")}),
        ("/initiatives/S1/cancel", {"reason": "x" * 8001}, {("/reason", "too-long")}),
    ],
)
@pytest.mark.usefixtures("plan")
def test_each_fault_is_named(client, path, body, expected):
    answer = client.post(path, json=body)
    assert answer.status_code == 422, answer.json
    assert faults(answer) == expected
    assert client.get("/plans/2018").headers["ETag"] == '"2"'
    assert client.get("/initiatives").json["items"] == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/initiatives?status=borte", ("/status", "not-a-choice")),
        ("/initiatives?plan_year=i+fjor", ("/plan_year", "not-a-year")),
        ("/initiatives?plan_year=99999999999999", ("/plan_year", "out-of-range")),
        ("/initiatives?goal=", ("/goal", "wrong-type")),
        ("/initiatives?audience=alle", ("/audience", "not-a-choice")),
        ("/initiatives?reported_status=green", ("/reported_status", "not-a-choice")),
        ("/plans?status=borte", ("/status", "not-a-choice")),
        ("/plans/2018/report?now=kanskje", ("/now", "wrong-type")),
    ],
)
def test_a_filter_that_means_nothing_is_a_fault(client, address, fault):
    answer = client.get(address)
    assert (answer.status_code, faults(answer)) == (422, {fault})


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Det finnes allerede en handlingsplan for dette året."),
        ("en", "There is an action plan for this year already."),
    ],
)
@pytest.mark.usefixtures("plan")
def test_a_rule_answers_in_the_language_asked_for(client, language, sentence):
    answer = client.post("/plans", json={"year": 2018}, headers={"Accept-Language": language})
    assert answer.status_code == 409
    assert answer.headers["Content-Language"] == language
    assert [fault["message"] for fault in answer.json["errors"]] == [sentence]


@pytest.mark.parametrize("year", ["1899", "2201", "100000000000", "9" * 40])
def test_a_year_that_no_plan_can_have_is_not_found(client, year):
    assert client.get(f"/plans/{year}").status_code == 404
    assert client.post(f"/plans/{year}/frame", json={"amount": 1}).status_code == 404
