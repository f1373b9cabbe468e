"""The timeline as JSON: what it answers, what it refuses, and that nothing is lost between pages."""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from services.timeline import app as timeline
from services.timeline.projection import TimelineProjection
from services.timeline.tests import telling
from services.timeline.tests.telling import central, event, goal, key, local, name_of, sector, stream_of
from shared import config
from shared.database import OPTIONS, Connection
from shared.inbox.consumer import PLACES
from shared.inbox.inbox import Inbox, Progress, read_message
from shared.lease import Holder
from shared.testing.days import unknown_day
from shared.testing.plugin import Postgres
from shared.testing.service import faults

SPRING = {"from": "2018-03-01", "to": "2018-05-31"}
TOPIC = "central-initiatives.events"
JANUARY, FEBRUARY = datetime(2018, 1, 10, 12, tzinfo=UTC), datetime(2018, 2, 10, 12, tzinfo=UTC)


def activity(name: str, **period: date | None) -> telling.Told:
    return "communication-activity.planned", {
        "external_id": name,
        "title": f"Kommunikasjonstiltak {name}",
        "audiences": ["employees"],
        "channel": None,
        "goals": telling.keys(["g1"]),
        "central_initiatives": [],
        "local_initiatives": [],
        **period,
    }


EVENTS = telling.interleaved(
    [
        stream_of("g1", goal("g1"), ("goal.adopted", {})),
        stream_of("g2", goal("g2", kind="purpose")),
        stream_of("S1", sector("S1")),
        stream_of("S2", sector("S2")),
        stream_of(
            "c1",
            central("c1", goals=["g1"], start=date(2018, 1, 1), end=date(2018, 1, 31)),
            (
                "central-initiative.rescheduled",
                {"start": date(2018, 3, 1), "end": date(2018, 3, 31), "reason": "Sykdom"},
            ),
            when=[JANUARY, FEBRUARY],
        ),
        stream_of("c2", central("c2", goals=["g1", "g2"], start=date(2018, 4, 1), end=None)),
        stream_of("c3", central("c3", goals=["gone"])),
        *[
            stream_of(
                f"l{n}",
                local(f"l{n}", "S1" if n % 2 else "S2", goals=["g1"], supports=["c1"] if n == 4 else []),
                *(
                    [("local-initiative.scheduled", {"start": date(2018, 3, n), "end": date(2018, 3, n + 9)})]
                    if n > 2
                    else []
                ),
            )
            for n in range(1, 8)
        ],
        stream_of("l8", local("l8", "unknown", goals=["g1"])),
        stream_of("a1", activity("a1", start=date(2018, 3, 5), end=date(2018, 3, 9))),
        stream_of(
            "a2",
            activity("a2", start=date(2018, 3, 6), end=None),
            ("communication-activity.published", {"on": date(2018, 1, 10)}),
            (
                "communication-activity.feedback-received",
                {"text": "Det hjalp", "on": date(2018, 1, 11), "audience": None},
            ),
            ("communication-activity.withdrawn", {"on": date(2018, 2, 10)}),
            when=[JANUARY, JANUARY, JANUARY, FEBRUARY],
        ),
    ]
)


@pytest.fixture(scope="module")
def url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture(scope="module")
def connection(url: str) -> Iterator[Connection]:
    with telling.read_model(url) as connection:
        yield connection


@pytest.fixture(scope="module")
def client(url: str, connection: Connection) -> Iterator[FlaskClient]:
    telling.apply(connection, EVENTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        patch.setenv("WAIT_SECONDS", "0.3")
        config.settings.cache_clear()
        app = timeline.create()
    config.settings.cache_clear()
    yield app.test_client()
    app.extensions["database"].close()


@pytest.fixture
def get(client: FlaskClient):
    def get(path: str, **query: Any) -> Any:
        response = client.get(f"/api/{path}", query_string=query)
        assert response.status_code == 200, response.text
        return response.json

    return get


# Refused, with a pointer to each fault


@pytest.mark.parametrize("path", ["matrix", "timeline", "gaps", "initiatives/c1"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"from": "2018-02-01", "to": "2018-01-31"}, {("/to", "end-before-start")}),
        ({"from": "1968-01-01", "to": "2018-01-01"}, {("/to", "window-too-long")}),
        ({"from": "1968-01-01", "to": "2018-12-31"}, {("/to", "window-too-long")}),
        ({"from": "2018-01-01"}, {("/to", "required")}),
        ({"to": "2018-01-01"}, {("/from", "required")}),
        ({"from": "2018-02-30", "to": "01.03.2018"}, {("/from", "not-a-date"), ("/to", "not-a-date")}),
        ({"from": "1066-10-14", "to": "2018-01-01"}, {("/from", "out-of-range")}),
        ({"year": "MMXVIII"}, {("/year", "not-a-year")}),
        ({"year": "1"}, {("/year", "out-of-range")}),
        ({"basis": "wishful"}, {("/basis", "not-a-choice")}),
        ({"known_on": "yesterday"}, {("/known_on", "not-a-date")}),
        ({"goal": ""}, {("/goal", "wrong-type")}),
        ({"sector": "x" * 400}, {("/sector", "too-long")}),
        ({"colour": "blue", "basis": "wishful"}, {("/colour", "unknown-field"), ("/basis", "not-a-choice")}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_all_its_faults(client, path, query, expected):
    response = client.get(f"/api/{path}", query_string=query)
    assert response.status_code == 422, response.text
    assert faults(response) == expected


def test_nobody_knows_yet_what_will_be_known(client):
    response = client.get("/api/matrix", query_string={"known_on": unknown_day().isoformat()})
    assert faults(response) == {("/known_on", "known-on-in-future")}


@pytest.mark.parametrize(("first", "last"), [("1969-01-01", "2018-12-31"), ("1968-02-29", "2018-02-28")])
def test_a_window_may_have_fifty_years(get, first, last):
    assert get("matrix", **{"from": first, "to": last})["window"] == {"from": first, "to": last}


def test_yes_and_no_are_true_and_false(client):
    response = client.get("/api/gaps", query_string={"all_sectors": "maybe"})
    assert faults(response) == {("/all_sectors", "wrong-type")}


@pytest.mark.parametrize("path", ["timeline", "gaps", "initiatives/c1"])
@pytest.mark.parametrize("limit", ["0", "-1", "2001", "many", "1.5"])
def test_a_page_has_a_size(client, path, limit):
    response = client.get(f"/api/{path}", query_string={"limit": limit})
    assert response.status_code == 422, response.text
    assert {pointer for pointer, _ in faults(response)} == {"/limit"}


def cursor(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "!",
        "bm9uc2Vuc2U",
        "æøå",
        cursor(),
        cursor(False, "S1", str(key("S1")), "2018-01-01"),
        cursor(False, "S1", str(key("S1")), "2018-13-01", str(key("l1"))),
        cursor(False, "S1", str(key("S1")), "2018-01-01", "l1"),
        cursor(False, 1, str(key("S1")), "2018-01-01", str(key("l1"))),
        cursor(False, "\x00", str(key("S1")), "2018-01-01", str(key("l1"))),
    ],
)
@pytest.mark.parametrize("path", ["timeline", "initiatives/c1"])
def test_a_cursor_that_we_did_not_give_out_is_refused(client, path, text):
    response = client.get(f"/api/{path}", query_string={"cursor": text})
    assert response.status_code == 400, response.text
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "cursor-malformed"


@pytest.mark.parametrize("reference", ["c99", "S1:99", str(key("nobody")), str(key("g1")), "%00", "x" * 3000])
def test_an_initiative_that_nobody_told_of_is_not_found(client, reference):
    response = client.get(f"/api/initiatives/{reference}")
    assert response.status_code == 404, response.text
    assert response.mimetype == "application/problem+json"


# Consistency tokens


@pytest.mark.parametrize("token", ["", ":", "1", str(key("c1")), f"{key('c1')}:x", "c1:1", f"{key('c1')}:", "æ:1"])
def test_a_token_that_we_did_not_give_out_is_refused(client, token):
    response = client.get("/api/matrix", headers={"Consistency-Token": token.encode().decode("latin-1")})
    assert response.status_code == 400, response.text


@pytest.mark.parametrize("version", ["1", str(2**31), "9" * 30])
def test_an_answer_that_cannot_include_the_command_yet_says_so_after_a_while(client, version):
    started = datetime.now(UTC)
    response = client.get("/api/matrix", headers={"Consistency-Token": f"{key('new')}:{version}"})
    assert response.status_code == 503, response.text
    assert response.headers["Retry-After"] == "1"
    assert timedelta(seconds=0.3) <= datetime.now(UTC) - started < timedelta(seconds=5)


def test_an_answer_waits_until_it_includes_the_command(client, connection):
    connection.execute(
        "insert into applied (stream, events) values (%s, array[%s, %s, %s]::uuid[])",
        [key("c1"), key("e1"), key("e2"), key("e3")],
    )
    for version in (1, 2, 3):
        response = client.get("/api/matrix", headers={"Consistency-Token": f"{key('c1')}:{version}"})
        assert response.status_code == 200, response.text


# Answers


def test_the_matrix_is_about_the_window_asked_for(get):
    found = get("matrix", **SPRING, basis="planned")
    assert found["window"] == SPRING
    assert (found["basis"], found["known_on"]) == ("planned", None)
    assert [g["external_id"] for g in found["goals"]] == ["G2", "G1", None], "purposes first, the unresolved one last"
    assert [s["code"] for s in found["sectors"]] == ["S1", "S2", None]
    assert len(found["cells"]) == 3 * (3 + 1)
    everywhere = next(c for c in found["cells"] if c["sector"] is None and name_of(c["goal"]) == "g1")
    assert (everywhere["central"], everywhere["local"], everywhere["undated"]) == (2, 5, 3)
    assert (everywhere["central_days"], everywhere["local_days"], everywhere["both_days"]) == (92, 14, 14)
    assert everywhere["both_periods"] == [["2018-03-03", "2018-03-16"]]
    assert everywhere["coverage"] == 14 / 92


def test_without_a_window_it_is_the_newest_plan_year_that_has_begun(get):
    assert get("matrix")["window"] == {"from": "2018-01-01", "to": "2018-12-31"}
    assert get("matrix", year=2017)["window"] == {"from": "2017-01-01", "to": "2017-12-31"}


def test_one_goal_or_one_sector_may_be_asked_for_by_its_id(get):
    found = get("matrix", **SPRING, goal=str(key("g1")), sector=str(key("S1")))
    assert {(name_of(c["goal"]), name_of(c["sector"])) for c in found["cells"]} == {("g1", "S1"), ("g1", None)}


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 200])
@pytest.mark.parametrize("window", [SPRING, {"from": "2018-01-01", "to": "2018-12-31"}])
def test_the_pages_of_the_timeline_hold_every_bar_exactly_once(get, limit, window):
    """I10: the undated and those of an unresolved sector too."""
    bars, after = [], {}
    while True:
        page = get("timeline", **window, limit=limit, **after)
        assert len(page["items"]) <= limit
        bars += page["items"]
        if page["next"] is None:
            break
        after = {"cursor": page["next"]}
    names = [name_of(bar["id"]) for bar in bars]
    assert names == ["c1", "c2", "c3", "l3", "l5", "l7", "l1", "l4", "l6", "l2", "l8"]
    assert {name_of(bar["id"]) for bar in bars if bar["undated"]} == {"c3", "l1", "l2", "l8"}
    assert not any(name.startswith("_") for bar in bars for name in bar)


def test_sectors_stand_in_the_same_order_everywhere_and_those_that_nobody_told_of_last(get):
    shown = ["S1", "S2", None]
    matrix = get("matrix", **SPRING)
    assert [sector["code"] for sector in matrix["sectors"]] == shown
    order = [sector["id"] for sector in matrix["sectors"]]
    goal = [cell["sector"] for cell in matrix["cells"] if name_of(cell["goal"]) == "g1"]
    assert goal == [*order, None]
    bars = [bar["sector_code"] for bar in get("timeline", **SPRING)["items"] if bar["lane"] == "local"]
    assert [code for code, _ in groupby(bars)] == shown
    gaps = [gap["sector"] for gap in get("gaps", **SPRING, sort="sector", limit=200)["gaps"]]
    assert [sector for sector, _ in groupby(gaps)] == order
    changed, after = [], {}
    while after is not None:
        page = get("changes", **SPRING, from_known="2017-01-01", limit=2, **after)
        changed += [(change["kind"], change["sector"], change["sector_code"]) for change in page["changes"]]
        after = page["next"] and {"cursor": page["next"]}
    added = [(bool(sector), code) for kind, sector, code in changed if kind == "added"]
    assert [one for one, _ in groupby(added)] == [(False, None), *((True, code) for code in shown)]


def test_an_initiative_tells_its_history_its_relations_and_the_rule(get):
    found = get(f"initiatives/{key('c1')}", **SPRING)
    assert found["initiative"]["title"] == "Tiltak c1"
    assert [(h["version"], h["reason"], h["planned_start"]) for h in found["history"]] == [
        (1, None, "2018-01-01"),
        (2, "Sykdom", "2018-03-01"),
    ]
    verdicts = {name_of(r["id"]): (r["basis"], r["verdict"], r["days"]) for r in found["related"]}
    assert verdicts["l4"] == ("both", "concurrent", 10)
    assert verdicts["l3"] == ("goal", "concurrent", 10)
    assert verdicts["l1"] == ("goal", "undated", None)
    assert found["rule"]


def test_the_pages_of_related_ones_hold_each_exactly_once_and_say_how_many_there_are(get):
    whole = get(f"initiatives/{key('c1')}", **SPRING)
    pages = [get(f"initiatives/{key('c1')}", **SPRING, limit=2)]
    while cursor_ := pages[-1]["next"]:
        pages.append(get(f"initiatives/{key('c1')}", **SPRING, limit=2, cursor=cursor_))
    assert [len(page["related"]) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert [other for page in pages for other in page["related"]] == whole["related"]
    assert whole["next"] is None
    under = {"adjacent": "not_concurrent", "sequential": "not_concurrent", "undated": "other", "outside": "other"}
    said = Counter(under.get(other["verdict"], other["verdict"]) for other in whole["related"])
    assert all(page["related_total"] == {"not_concurrent": 0, **said} for page in pages)


def test_the_gaps_come_with_the_move_that_closes_them(get):
    found = get("gaps", **SPRING, goal=str(key("g1")), all_sectors="true", limit=1)["gaps"]
    assert [(g["kind"], g["from"], g["to"], g["days"], name_of(g["nearest"]["id"]), g["move"]) for g in found] == [
        ("central_only", "2018-03-17", "2018-05-31", 76, "l7", 1)
    ]


@pytest.mark.parametrize("sort", ["largest", "goal", "sector", "date"])
def test_the_pages_of_the_gaps_hold_each_exactly_once(get, sort):
    whole = get("gaps", **SPRING, sort=sort, limit=2000)
    assert (whole["total"], whole["next"]) == (len(whole["gaps"]), None)
    found, after = [], {}
    while True:
        page = get("gaps", **SPRING, sort=sort, limit=3, **after)
        found += page["gaps"]
        if page["next"] is None:
            break
        after = {"cursor": page["next"]}
    assert found == whole["gaps"]
    assert len(found) > 6
    beyond = cursor(10**6, 0, "2018-01-01", str(key("g1")), str(key("S1")), "local_only")
    past = get("gaps", **SPRING, sort=sort, cursor=beyond)
    assert (past["gaps"], past["total"], past["next"]) == ([], whole["total"], None)
    if sort == "date":
        assert [gap["from"] for gap in found] == sorted(gap["from"] for gap in found)


def test_the_goal_that_stands_for_none_is_no_goal(get):
    asked = {**SPRING, "goal": "00000000-0000-0000-0000-000000000000"}
    assert get("timeline", **asked)["items"] == get("matrix", **asked)["cells"] == get("gaps", **asked)["gaps"] == []


def test_gaps_of_one_side_and_of_a_length(get):
    found = get("gaps", **SPRING, kind="central_only", min_days=30)["gaps"]
    assert found
    assert all(gap["kind"] == "central_only" and gap["days"] >= 30 and gap["edge"] is None for gap in found)
    assert get("gaps", **SPRING, min_days=20000) == {
        "window": SPRING,
        "basis": "actual",
        "known_on": None,
        "gaps": [],
        "total": 0,
        "next": None,
    }


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"kind": "both"}, "/kind"),
        ({"min_days": "0"}, "/min_days"),
        ({"min_days": "x"}, "/min_days"),
        ({"sort": "x"}, "/sort"),
    ],
)
def test_filters_of_gaps_are_checked(client, query, pointer):
    response = client.get("/api/gaps", query_string=query)
    assert response.status_code == 422, response.text
    assert {where for where, _ in faults(response)} == {pointer}


GAP_CURSOR = ("0", "-31", "2018-01-01", str(key("g1")), str(key("S1")), "local_only")


@pytest.mark.parametrize(
    "parts",
    [
        GAP_CURSOR[:5],
        ("x", *GAP_CURSOR[1:]),
        (str(2**31), *GAP_CURSOR[1:]),
        (*GAP_CURSOR[:2], "2018-02-30", *GAP_CURSOR[3:]),
        (*GAP_CURSOR[:3], "g1", *GAP_CURSOR[4:]),
        (*GAP_CURSOR[:5], "\x00"),
    ],
)
def test_a_cursor_of_gaps_that_we_did_not_give_out_is_refused(client, parts):
    assert client.get("/api/gaps", query_string={"cursor": cursor(*GAP_CURSOR)}).status_code == 200
    response = client.get("/api/gaps", query_string={"cursor": cursor(*parts)})
    assert response.status_code == 400, response.text


def test_known_on_shows_what_was_known_at_the_end_of_that_day(get):
    def bar(known_on: str) -> Any:
        items = get("timeline", year=2018, known_on=known_on)["items"]
        return {name_of(b["id"]): b["start"] for b in items}.get("c1")

    assert [bar(day) for day in ("2018-01-09", "2018-01-10", "2018-02-09", "2018-02-10")] == [
        None,
        "2018-01-01",
        "2018-01-01",
        "2018-03-01",
    ]
    assert get("matrix", known_on="2018-01-09")["known_on"] == "2018-01-09"
    assert len(get(f"initiatives/{key('c1')}", known_on="2018-02-09")["history"]) == 1


def test_a_withdrawn_activity_is_on_the_timeline_until_its_withdrawal_was_known(get):
    def shown(**known_on: str) -> dict[Any, str]:
        activities = get("timeline", year=2018, **known_on)["activities"]
        return {name_of(activity["id"]): activity["status"] for activity in activities}

    assert shown(known_on="2018-02-09") == {"a1": "planned", "a2": "published"}
    assert shown(known_on="2018-02-10") == {"a1": "planned"}
    assert shown() == {"a1": "planned"}


def test_what_was_not_known_on_that_day_is_not_found(client):
    assert client.get(f"/api/initiatives/{key('c1')}", query_string={"known_on": "2018-01-09"}).status_code == 404


def test_changes_between_two_days_with_reason_and_event(get):
    found = get("changes", **SPRING, from_known="2018-01-31", to_known="2018-02-28")
    assert (found["from_known"], found["to_known"], found["known_on"]) == ("2018-01-31", "2018-02-28", "2018-02-28")
    assert found["counts"] == {"added": 0, "moved": 1, "removed": 0, "changed": 0}
    (change,) = found["changes"]
    assert (name_of(change["id"]), change["kind"], change["fields"]) == ("c1", "moved", [])
    assert (change["old_start"], change["new_start"]) == ("2018-01-01", "2018-03-01")
    assert [(event["type"].split(".")[2], event["reason"]) for event in change["events"]] == [("rescheduled", "Sykdom")]
    assert (found["before"]["central"], found["after"]["central"]) == (1, 2)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"from_known": "2018-05-01", "to_known": "2018-04-30"}, {("/to_known", "end-before-start")}),
        (
            {"from_known": "2018-02-30", "to_known": "soon"},
            {("/from_known", "not-a-date"), ("/to_known", "not-a-date")},
        ),
        ({"from_known": "2200-01-01"}, {("/from_known", "known-on-in-future")}),
        ({"known_on": "2018-01-01"}, {("/known_on", "unknown-field")}),
        ({"from": "2018-02-01", "to": "2018-01-01"}, {("/to", "end-before-start")}),
    ],
)
def test_days_to_compare_are_checked(client, query, expected):
    response = client.get("/api/changes", query_string=query)
    assert response.status_code == 422, response.text
    assert faults(response) == expected


# What if


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("/changes", "required")}),
        ({"changes": [{"change": "move", "initiative": "c1"}]}, {("/changes/0/start", "required")}),
        ({"changes": [{"change": "drop"}]}, {("/changes/0/initiative", "required")}),
        ({"changes": [{"change": "add", "start": "2018-01-01"}]}, {("/changes/0/goal", "required")}),
        ({"changes": [{"change": "paint"}]}, {("/changes/0/change", "not-a-choice")}),
        (
            {"changes": [{"change": "move", "initiative": "c1", "start": "2018-02-01", "end": "2018-01-01"}]},
            {("/changes/0/end", "end-before-start")},
        ),
        (
            {"changes": [{"change": "drop", "initiative": str(key("c1"))}, {"change": "drop", "initiative": "no"}]},
            {("/changes/1/initiative", "initiative-unknown")},
        ),
        ({"changes": [{"change": "drop", "initiative": str(key("c1"))}] * 51}, {("/changes", "too-many-changes")}),
        (
            {"changes": [{"change": "drop", "initiative": str(key("c1"))}] * 2},
            {("/changes/1/initiative", "changed-twice")},
        ),
    ],
)
def test_a_scenario_that_can_not_be_is_refused(client, body, expected):
    response = client.post("/api/what-if", json=body)
    assert response.status_code == 422, response.text
    assert faults(response) == expected


def test_what_if_answers_both_states_and_what_was_changed(client):
    move = {"change": "move", "initiative": str(key("c1")), "start": "2018-05-30", "end": None}
    answer = client.post("/api/what-if", query_string=SPRING, json={"changes": [move]}).json
    assert answer["before"]["cells"] == client.get("/api/matrix", query_string=SPRING).json["cells"]
    assert answer["before"]["totals"] != answer["after"]["totals"]
    (change,) = answer["changes"]
    assert (change["old_start"], change["old_end"]) == ("2018-03-01", "2018-03-31")
    assert (change["start"], change["end"]) == ("2018-05-30", None)


# Status


@pytest.mark.usefixtures("connection")
def test_what_is_set_aside_is_seen_with_its_reason(get, url):
    """I9, I10, I11: a gap, a fork, a failure and what could not be read, and how much waits behind them."""
    assert get("status") == {"topics": [], "parked": []}
    with psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public") as own:
        own.execute(PLACES, {"topic": TOPIC, "partitions": [0]})
        holder = Holder("a test")
        epoch = holder.hold(own, [f"{TOPIC}/0"], 60)[f"{TOPIC}/0"]
        told = [
            *stream_of("p1", central("p1"), ("central-initiative.started", {"on": "2018-01-01"})),
            event(key("p1"), 2, "central-initiative.started", {"on": "2018-02-02"}),  # a fork
            event(key("p2"), 2, "central-initiative.started", {"on": "2018-01-01"}),  # a gap
            event(key("p3"), 1, "central-initiative.planned", {}),  # lacks everything
            event(key("p3"), 2, "central-initiative.started", {"on": "2018-01-01"}),
            event(key("p3"), 3, "central-initiative.completed", {"on": "2018-01-01"}),
        ]
        texts = [*map(telling.text, told), b"Hei"]
        messages = [read_message(TOPIC, 0, n, text) for n, text in enumerate(texts)]
        place = {(TOPIC, 0): Progress(0, len(messages), epoch, len(messages) + 5)}
        Inbox(TimelineProjection(), holder.name).take(own, messages, place)
    found = get("status")
    assert {(p["why"], p["events"], p["streams"]) for p in found["parked"]} == {
        ("fork", 1, 1),
        ("gap", 1, 1),
        ("failed", 1, 1),
        ("behind", 2, 1),
        ("unreadable", 1, 0),
    }
    assert [(t["topic"], t["waiting"], t["caught_up"]) for t in found["topics"]] == [(TOPIC, 5, None)]
    assert found["topics"][0]["newest"].startswith("2018-01-15")
