"""Bad input: a problem document that names all faults at once, and nothing written."""

import io
import json

import pytest

from shared import identity
from shared.testing.service import faults

GOAL = {"title": "Redusert detaljstyring", "kind": "characteristic"}
LONG = "æ" * 601


@pytest.fixture
def unchanged(goals):
    """Whatever the test sends, nothing may be half-written."""
    goals.post("/goals", {**GOAL, "external_id": "there"}, {"Idempotency-Key": "used"})
    before = goals.rows()
    yield goals
    assert goals.rows() == before


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("/title", "required"), ("/kind", "required")}),
        ({**GOAL, "colour": "red", "size": 3}, {("/colour", "unknown-field"), ("/size", "unknown-field")}),
        (
            {"title": 7, "kind": 3, "code": [], "description": {}, "parent": 4, "expected_effect": True},
            {
                ("/title", "wrong-type"),
                ("/kind", "wrong-type"),
                ("/code", "wrong-type"),
                ("/description", "wrong-type"),
                ("/parent", "wrong-type"),
                ("/expected_effect", "wrong-type"),
            },
        ),
        ({"title": None, "kind": None}, {("/title", "required"), ("/kind", "required")}),
        ({"title": " \t", "kind": "objectiv"}, {("/title", "empty"), ("/kind", "not-a-choice")}),
        ({"title": LONG, "kind": "objective", "code": "x" * 301}, {("/title", "too-long"), ("/code", "too-long")}),
        ({**GOAL, "description": "a\x00b"}, {("/description", "control-character")}),
        ({**GOAL, "description": "a\ufffeb"}, {("/description", "control-character")}),
        ({**GOAL, "title": "\u200b\ufeff"}, {("/title", "empty")}),
        ({**GOAL, "parent": ""}, {("/parent", "wrong-type")}),
        ([], {("", "wrong-type")}),
        ("text", {("", "wrong-type")}),
        (b"null", {("", "wrong-type")}),
        (12, {("", "wrong-type")}),
    ],
)
def test_every_fault_of_a_proposal_is_named(unchanged, body, expected):
    data = body if isinstance(body, bytes) else json.dumps(body)
    response = unchanged.client.post("/goals", data=data, content_type="application/json")
    assert response.status_code == 422
    assert faults(response) == expected


@pytest.mark.parametrize(
    ("command", "body", "expected"),
    [
        ("revise", {"title": "", "external_id": "new"}, {("/title", "empty"), ("/external_id", "unknown-field")}),
        ("revise", {"title": None, "kind": "mål"}, {("/title", "required"), ("/kind", "not-a-choice")}),
        ("adopt", {"reason": 3, "when": "now"}, {("/reason", "wrong-type"), ("/when", "unknown-field")}),
        ("retire", {"reason": "x" * 8001}, {("/reason", "too-long")}),
        ("observe-effect", {}, {("/effect", "required")}),
        ("observe-effect", {"effect": " ", "on": "30.11.2018"}, {("/effect", "empty"), ("/on", "not-a-date")}),
        (
            "observe-effect",
            {"effect": "x" * 8001, "on": None, "indicator": 4},
            {("/effect", "too-long"), ("/on", "required"), ("/indicator", "unknown-field")},
        ),
    ],
)
def test_every_fault_of_a_command_is_named(unchanged, command, body, expected):
    response = unchanged.post(f"/goals/there/{command}", body)
    assert response.status_code == 422
    assert faults(response) == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Can't be empty."),
        ("nb", "Kan ikke være tom."),
        ("nn", "Kan ikke være tom."),
        ("de", "Kan ikke være tom."),
    ],
)
def test_faults_are_told_in_the_language_asked_for(unchanged, language, sentence):
    response = unchanged.post("/goals", {**GOAL, "title": ""}, {"Accept-Language": language})
    assert [fault["message"] for fault in response.json["errors"]] == [sentence]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "A goal is adopted only when its expected effect is described."),
        ("nb-NO", "Et mål vedtas først når den forventede effekten er beskrevet."),
    ],
)
def test_a_broken_rule_is_told_with_its_code_in_the_language_asked_for(unchanged, language, sentence):
    response = unchanged.post("/goals/there/adopt", headers={"Accept-Language": language})
    assert response.status_code == 409
    assert faults(response) == {("/expected_effect", "expected-effect-missing")}
    assert response.json["errors"][0]["message"] == sentence
    assert response.headers["Content-Language"] == language[:2]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The goal was never adopted: there is no effect of it to observe yet."),
        ("nb", "Målet er aldri vedtatt, og har derfor ingen effekt å se etter ennå."),
    ],
)
def test_of_a_proposal_no_effect_is_observed(unchanged, language, sentence):
    response = unchanged.post("/goals/there/observe-effect", {"effect": "Bedre"}, {"Accept-Language": language})
    assert (response.status_code, faults(response)) == (409, {("", "goal-not-adopted")})
    assert response.json["errors"][0]["message"] == sentence


@pytest.mark.parametrize(("path", "body"), [("/goals", {**GOAL, "external_id": "own"}), ("/goals/there/revise", {})])
def test_a_goal_that_names_itself_as_its_parent_by_name_or_id_is_refused(unchanged, path, body):
    name = body.get("external_id", "there")
    for parent in (name, f" {name} ", str(identity.named("goal", name))):
        response = unchanged.post(path, {**body, "parent": parent})
        assert (response.status_code, faults(response)) == (409, {("/parent", "parent-is-itself")})


def test_a_second_goal_with_the_same_name_is_refused(unchanged):
    response = unchanged.post("/goals", {**GOAL, "external_id": "there"})
    assert (response.status_code, faults(response)) == (409, {("/external_id", "goal-exists")})


def test_a_used_key_with_another_body_is_refused(unchanged):
    response = unchanged.post("/goals", {**GOAL, "external_id": "elsewhere"}, {"Idempotency-Key": "used"})
    assert (response.status_code, response.json["code"]) == (422, "key-reused")


def test_a_key_that_is_too_long_is_refused(unchanged):
    response = unchanged.post("/goals", GOAL, {"Idempotency-Key": "k" * 201})
    assert (response.status_code, response.json["code"]) == (400, "key-too-long")


@pytest.mark.parametrize("header", ["1", '"one"', '"1", "2"', '""', '"-1"', '"99999999999"'])
def test_a_malformed_if_match_is_refused(unchanged, header):
    response = unchanged.post("/goals/there/adopt", headers={"If-Match": header})
    assert (response.status_code, response.json["code"]) == (400, "if-match-malformed")


@pytest.mark.parametrize("header", ['"0"', '"2"', 'W/"9"'])
def test_another_version_than_the_present_one_is_refused(unchanged, header):
    response = unchanged.post("/goals/there/retire", headers={"If-Match": header})
    assert (response.status_code, response.json["code"]) == (412, "version-mismatch")


def test_a_body_over_the_limit_is_refused(unchanged):
    response = unchanged.post("/goals", {**GOAL, "description": "x" * 20_001}, {"Accept-Language": "en"})
    assert (response.status_code, response.json["code"]) == (413, "too-large")
    assert "20000" in response.json["title"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", ""])
def test_what_is_not_json_is_refused(unchanged, content_type):
    body = b'{"title": "T", "kind": "objective"}'
    response = unchanged.client.post("/goals", data=body, headers={"Content-Type": content_type})
    assert (response.status_code, response.json["code"]) == (415, "not-json")


def test_json_that_says_it_is_a_form_is_a_form_with_nothing_filled_in(unchanged):
    body = b'{"title": "T", "kind": "objective"}'
    response = unchanged.client.post("/goals", data=body, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, response.mimetype) == (422, "text/html")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'title': 1}",
        b"\xff",
        b"nul",
        b'{"title": "half a pair: \\ud800", "kind": "objective"}',
        b'{"title": NaN}',
        b'{"title": ' + b"1" * 5000 + b"}",
        b"[" * 10_000,
    ],
)
def test_malformed_json_is_refused(unchanged, body):
    response = unchanged.client.post("/goals", data=body, headers={"Content-Type": "application/json"})
    assert response.mimetype == "application/problem+json"
    assert (response.status_code, response.json["code"]) == (400, "malformed-json")


@pytest.mark.parametrize("command", ["revise", "adopt", "retire", "observe-effect"])
@pytest.mark.parametrize("goal", ["nowhere", "018f6d5e-8f0e-7f67-9d2e-0f3a5c7b9d11"])
def test_a_command_to_an_unknown_goal_is_not_found(unchanged, goal, command):
    response = unchanged.post(f"/goals/{goal}/{command}", {"effect": "Bedre"} if command == "observe-effect" else {})
    assert (response.status_code, response.json["code"]) == (404, "not-found")


def test_a_method_that_an_address_does_not_take_is_refused(unchanged):
    response = unchanged.client.delete("/goals/there")
    assert (response.status_code, response.json["code"]) == (405, "method-not-allowed")
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 30, "1.5"])
def test_a_cursor_that_was_never_given_out_is_refused(unchanged, cursor):
    response = unchanged.client.get(f"/goals?cursor={cursor}")
    assert response.status_code == 422
    assert faults(response) == {("/cursor", "cursor-malformed")}


def test_text_in_pieces_is_not_json_either(unchanged):
    """A body without a stated length, as `Transfer-Encoding: chunked` brings it."""
    response = unchanged.client.post(
        "/goals/there/retire",
        input_stream=io.BytesIO(b"now"),
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_TYPE": "text/plain"},
    )
    assert (response.status_code, response.json["code"]) == (415, "not-json")


@pytest.mark.parametrize("query", ["status=%00", "kind=nothing", "status=adoptd"])
def test_a_filter_that_can_find_nothing_is_refused(unchanged, query):
    response = unchanged.client.get(f"/goals?{query}")
    assert (response.status_code, faults(response)) == (422, {(f"/{query.partition('=')[0]}", "not-a-choice")})


@pytest.mark.parametrize(
    ("query", "code"), [("parent=", "wrong-type"), (f"parent={'x' * 301}", "too-long"), ("parent=%20", "wrong-type")]
)
def test_a_parent_that_is_no_name_finds_nothing_and_says_so(unchanged, query, code):
    response = unchanged.client.get(f"/goals?{query}")
    assert (response.status_code, faults(response)) == (422, {("/parent", code)})
