"""Bad input: a problem document that names all faults at once, and nothing written."""

import pytest

from shared.testing.service import faults

SECTOR = {"code": "NOE", "name": "Næring og eierskap"}
AGENCY = {"code": "NAE", "name": "Næringsetaten", "sector": "EHA"}
INITIATIVE = {"sector": "EHA", "title": "Faste team"}


@pytest.fixture
def unchanged(local):
    """Whatever the test sends, nothing may be half-written."""
    local.post("/initiatives", {**INITIATIVE, "external_id": "there"}, {"Idempotency-Key": "there"})
    before = local.rows()
    yield local
    assert local.rows() == before


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/sectors", {}, {("/code", "required"), ("/name", "required")}),
        ("/sectors", {"code": "A:B", "name": 3}, {("/code", "code-malformed"), ("/name", "wrong-type")}),
        ("/sectors", {**SECTOR, "code": " "}, {("/code", "empty")}),
        ("/sectors", {**SECTOR, "code": "x" * 301, "colour": 1}, {("/code", "too-long"), ("/colour", "unknown-field")}),
        ("/agencies", {}, {("/code", "required"), ("/name", "required"), ("/sector", "required")}),
        ("/agencies", {**AGENCY, "sector": 4, "code": "a/b"}, {("/sector", "wrong-type"), ("/code", "code-malformed")}),
        ("/initiatives", {}, {("/sector", "required"), ("/title", "required")}),
        (
            "/initiatives",
            {"sector": "", "title": None, "agency": [], "goals": "K1", "supports": [7], "description": {}, "start": 1},
            {
                ("/sector", "wrong-type"),
                ("/title", "required"),
                ("/agency", "wrong-type"),
                ("/goals", "wrong-type"),
                ("/supports/0", "wrong-type"),
                ("/description", "wrong-type"),
                ("/start", "unknown-field"),
            },
        ),
        ("/initiatives", [], {("", "wrong-type")}),
        (
            "/initiatives/EHA:there/revise",
            {"title": "", "sector": "FIN"},
            {("/title", "empty"), ("/sector", "unknown-field")},
        ),
        ("/initiatives/EHA:there/anchor", {}, {("/where", "required")}),
        (
            "/initiatives/EHA:there/anchor",
            {"where": "kantina", "on": "2018-02-30"},
            {("/where/0", "not-a-choice"), ("/on", "not-a-date")},
        ),
        ("/initiatives/EHA:there/anchor", {"where": {"fagdialog": True}}, {("/where", "wrong-type")}),
        ("/initiatives/EHA:there/anchor", {"where": None}, {("/where", "required")}),
        (
            "/initiatives/EHA:there/anchor",
            {"where": ["fagdialog", "kantina", 3]},
            {("/where/1", "not-a-choice"), ("/where/2", "wrong-type")},
        ),
        (
            "/initiatives/EHA:there/schedule",
            {"start": "2018-06-29", "end": "2018-02-12", "reason": 3},
            {("/end", "end-before-start"), ("/reason", "wrong-type")},
        ),
        (
            "/initiatives/EHA:there/schedule",
            {"start": "29.06.2018", "end": "1818-02-12"},
            {("/start", "not-a-date"), ("/end", "out-of-range")},
        ),
        (
            "/initiatives/EHA:there/reschedule",
            {"start": "2018-06-29", "end": "2018-06-28"},
            {("/end", "end-before-start")},
        ),
        ("/initiatives/EHA:there/start", {"on": 20180212}, {("/on", "not-a-date")}),
        (
            "/initiatives/EHA:there/complete",
            {"on": None, "effect": 1},
            {("/on", "required"), ("/effect", "wrong-type")},
        ),
        ("/initiatives/EHA:there/discontinue", {"when": "now"}, {("/when", "unknown-field")}),
        ("/initiatives/EHA:there/support", {}, {("/central", "required")}),
        ("/initiatives/EHA:there/withdraw-support", {"central": 4}, {("/central", "wrong-type")}),
        (
            "/initiatives/EHA:there/record-participation",
            {"who": ["employees", "leaders"], "on": "i går", "sentence": ""},
            {("/phase", "required"), ("/who/1", "not-a-choice"), ("/on", "not-a-date"), ("/sentence", "empty")},
        ),
        (
            "/initiatives/EHA:there/record-participation",
            {"phase": "slutt", "who": "employees"},
            {("/phase", "not-a-choice"), ("/who", "wrong-type")},
        ),
        (
            "/initiatives/EHA:there/share-learning",
            {"text": " ", "tags": ["team", "x" * 61, ""]},
            {("/text", "empty"), ("/tags/1", "too-long"), ("/tags/2", "empty")},
        ),
        ("/initiatives/EHA:there/share-learning", {"tags": "team"}, {("/text", "required"), ("/tags", "wrong-type")}),
        (
            "/initiatives/EHA:there/report-status",
            {"status": "green", "sentence": 5},
            {("/status", "not-a-choice"), ("/sentence", "wrong-type")},
        ),
        ("/initiatives/EHA:there/report-status", {}, {("/status", "required")}),
    ],
)
def test_every_fault_of_a_command_is_named(unchanged, path, body, expected):
    response = unchanged.client.post(path, json=body)
    assert response.status_code == 422, response.text
    assert faults(response) == expected


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/sectors", {**SECTOR, "code": "EHA"}, ("/code", "sector-exists")),
        ("/agencies", {**AGENCY, "code": "BSA"}, ("/code", "agency-exists")),
        ("/agencies", {**AGENCY, "sector": "XYZ"}, ("/sector", "sector-unknown")),
        ("/initiatives", {**INITIATIVE, "external_id": "there"}, ("/external_id", "initiative-exists")),
        ("/initiatives", {**INITIATIVE, "sector": "XYZ"}, ("/sector", "sector-unknown")),
        ("/initiatives", {**INITIATIVE, "sector": "XYZ", "external_id": "N1"}, ("/sector", "sector-unknown")),
        ("/initiatives", {**INITIATIVE, "agency": "XYZ"}, ("/agency", "agency-unknown")),
        ("/initiatives", {**INITIATIVE, "agency": "KEM"}, ("/agency", "agency-of-other-sector")),
        ("/initiatives/EHA:there/revise", {"agency": "KEM"}, ("/agency", "agency-of-other-sector")),
        ("/initiatives/EHA:there/schedule", {}, ("/start", "period-missing")),
        ("/initiatives/EHA:there/reschedule", {"end": "2018-06-29"}, ("", "not-scheduled")),
        ("/initiatives/EHA:there/anchor", {"where": []}, ("/where", "dialogue-missing")),
        (
            "/initiatives/EHA:there/record-participation",
            {"phase": "idea", "who": []},
            ("/who", "participants-missing"),
        ),
        ("/initiatives/EHA:there/start", {}, ("", "not-anchored")),
        ("/initiatives/EHA:there/complete", {}, ("", "not-started")),
    ],
)
def test_a_broken_rule_is_told_with_its_code(unchanged, path, body, expected):
    response = unchanged.post(path, body)
    assert response.status_code == 409, response.text
    assert faults(response) == {expected}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "An initiative is anchored in the governance and professional dialogue before it starts."),
        ("nb", "Et tiltak forankres i styrings- og fagdialogen før det starter."),
    ],
)
def test_a_broken_rule_is_told_in_the_language_asked_for(unchanged, language, sentence):
    response = unchanged.post("/initiatives/EHA:there/start", headers={"Accept-Language": language})
    assert [fault["message"] for fault in response.json["errors"]] == [sentence]


@pytest.mark.parametrize(
    "path",
    [
        "/sectors/nowhere/rename",
        "/agencies/nowhere/rename",
        "/initiatives/nowhere/revise",
        "/initiatives/EHA:nowhere/start",
        "/initiatives/018f6d5e-8f0e-7f67-9d2e-0f3a5c7b9d11/start",
    ],
)
def test_a_command_to_an_unknown_item_is_not_found(unchanged, path):
    assert unchanged.post(path, {"name": "Ny"} if "rename" in path else {}).status_code == 404


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("/initiatives?status=paused", ("/status", "not-a-choice")),
        ("/initiatives?year=i+fjor", ("/year", "not-a-year")),
        ("/initiatives?year=18", ("/year", "out-of-range")),
        ("/initiatives?supports=", ("/supports", "wrong-type")),
        (f"/learning?tag={'x' * 61}", ("/tag", "too-long")),
        ("/learning?cursor=x", ("/cursor", "cursor-malformed")),
    ],
)
def test_a_filter_that_can_find_nothing_is_refused(unchanged, query, fault):
    response = unchanged.client.get(query)
    assert (response.status_code, faults(response)) == (422, {fault})


def test_words_with_nothing_that_postgresql_keeps_find_nothing(unchanged):
    for query in ("/initiatives?goal=%00", "/learning?tag=%00", "/learning?text=%00"):
        response = unchanged.client.get(query)
        assert response.status_code in (200, 422), query
        assert response.status_code == 422 or response.json["items"] == []


def test_a_body_over_the_limit_is_refused(unchanged):
    response = unchanged.post("/initiatives", {**INITIATIVE, "description": "x" * 200_001})
    assert (response.status_code, response.json["code"]) == (413, "too-large")


@pytest.mark.parametrize("path", ["/sectors", "/agencies", "/initiatives", "/initiatives/EHA:there/start"])
def test_what_is_not_json_is_refused(unchanged, path):
    response = unchanged.client.post(path, data=b"code=A", headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.json["code"]) == (415, "not-json")
