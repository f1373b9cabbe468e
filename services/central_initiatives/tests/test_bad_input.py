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
        ("/plans", {"year": "2018"}, {("/year", "wrong-type")}),
        ("/plans", {"year": 2018.5}, {("/year", "wrong-type")}),
        ("/plans", {"year": 20180}, {("/year", "out-of-range")}),
        ("/plans", {"year": 2018, "title": ""}, {("/title", "empty")}),
        ("/plans", {"year": 2018, "titel": "x"}, {("/titel", "unknown-field")}),
        ("/plans", [], {("", "wrong-type")}),
        ("/plans/2018/areas", {}, {("/name", "required")}),
        ("/plans/2018/areas", {"name": "  "}, {("/name", "empty")}),
        ("/plans/2018/areas", {"name": "x" * 301}, {("/name", "too-long")}),
        ("/initiatives", {}, {("/plan_year", "required"), ("/area", "required"), ("/title", "required")}),
        (*change(title=None), {("/title", "required")}),
        (*change(title="x" * 601), {("/title", "too-long")}),
        (*change(title="a\x00b"), {("/title", "wrong-type")}),
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
            {"title": None, "start": "2018-03-01"},
            {("/title", "required"), ("/start", "unknown-field")},
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
    ("query", "fault"),
    [
        ("status=borte", ("/status", "not-a-choice")),
        ("plan_year=i+fjor", ("/plan_year", "wrong-type")),
        ("plan_year=99999999999999", ("/plan_year", "out-of-range")),
        ("goal=", ("/goal", "wrong-type")),
    ],
)
def test_a_filter_that_means_nothing_is_a_fault(client, query, fault):
    answer = client.get(f"/initiatives?{query}")
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
