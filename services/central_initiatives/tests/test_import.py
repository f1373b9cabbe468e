import csv
from pathlib import Path

import pytest

from services.central_initiatives.app import SERVICE
from shared import identity
from shared.testing.service import row_faults

REAL = SERVICE.folder.parents[2] / "shared" / "data" / "piano_triennale_2020_2022" / "central_initiatives.csv"
DEMO = SERVICE.folder.parents[1] / "infra" / "demo" / "central_initiatives.csv"
FILES = [path for path in (DEMO, REAL) if path.exists()]
"""Those that are here: the real plan lies beside the repository, not in it."""

HEADER = "external_id,plan_year,area,title,description,goals,audiences,start,end,responsible"
TWO = f"""{HEADER}
S1,2018,Ledelse,Lederhåndbok,,K1;K2,ledere;employees,2018-03-01,31.05.2018,Programkontoret
S2,2018,Læring,Erfaringsdag,,K1,,,,
"""


def send(client, text, **query):
    body = text if isinstance(text, bytes) else text.encode()
    return client.post("/initiatives/import", data=body, content_type="text/csv", query_string=query)


def counts(answer):
    assert answer.status_code == 200, answer.json
    return tuple(answer.json[outcome] for outcome in ("created", "updated", "unchanged"))


def events(answer):
    return {
        change["external_id"]: [name.split(".")[2] for name in change["events"]] for change in answer.json["changes"]
    }


def test_a_file_drafts_its_plan_adds_its_areas_and_says_so(client):
    answer = send(client, TWO)
    assert counts(answer) == (2, 0, 0)
    assert events(answer) == {"2018": ["drafted", "area-added", "area-added"], "S1": ["planned"], "S2": ["planned"]}
    assert [(change["row"], change["kind"], change["change"]) for change in answer.json["changes"]] == [
        (2, "action-plan", "created"),
        (2, "central-initiative", "created"),
        (3, "central-initiative", "created"),
    ]
    assert client.get("/plans/2018").json["areas"] == ["Ledelse", "Læring"]
    found = client.get("/initiatives/S1").json
    assert found["goals"] == [str(identity.named("goal", "K1")), str(identity.named("goal", "K2"))]
    assert (found["audiences"], found["start"], found["end"]) == (["leaders", "employees"], "2018-03-01", "2018-05-31")


def test_the_same_file_again_changes_nothing(client, central):
    send(client, TWO)
    before = central.rows()
    assert counts(send(client, TWO)) == (0, 0, 2)
    assert central.rows() == before


def test_a_changed_row_is_revised_and_rescheduled(client):
    send(client, TWO)
    changed = TWO.replace("Lederhåndbok", "Lederhåndboka").replace("31.05.2018", "2018-06-30")
    answer = send(client, changed)
    assert counts(answer) == (0, 1, 1)
    assert events(answer) == {"S1": ["revised", "rescheduled"]}


def test_an_initiative_without_a_name_of_its_own_is_known_by_its_id(client):
    send(client, TWO)
    body = {"plan_year": 2018, "area": "Ledelse", "title": "Uten navn"}
    made = client.post("/initiatives", json=body).json["id"]
    row = "external_id,plan_year,area,title\n{},2018,Ledelse,{}\n"
    assert counts(send(client, row.format(made, "Uten navn"))) == (0, 0, 1)
    assert counts(send(client, row.format(made, "Med navn"))) == (0, 1, 0)
    unknown = row.format(identity.new(), "Finnes ikke")
    assert row_faults(send(client, unknown)) == [(2, "external_id", "unknown-id")]


def test_a_column_that_the_file_lacks_leaves_what_it_would_hold_alone(client):
    send(client, TWO)
    answer = send(client, "external_id,plan_year,area,title\nS1,2018,Ledelse,Lederhåndboka\n")
    assert events(answer) == {"S1": ["revised"]}
    found = client.get("/initiatives/S1").json
    assert (found["start"], found["end"], found["responsible"]) == ("2018-03-01", "2018-05-31", "Programkontoret")


def test_an_empty_cell_empties_what_it_holds(client):
    send(client, TWO)
    answer = send(client, "external_id,plan_year,area,title,goals,end\nS1,2018,Ledelse,Lederhåndbok,,\n")
    assert events(answer) == {"S1": ["rescheduled", "goals-linked"]}
    found = client.get("/initiatives/S1").json
    assert (found["start"], found["end"], found["goals"]) == ("2018-03-01", None, [])


def test_an_area_is_known_again_however_it_is_spelled(client):
    send(client, TWO)
    answer = send(client, TWO.replace("Læring", "  LÆRING ").replace("Ledelse", "ledelse"))
    assert counts(answer) == (0, 0, 2)


def test_a_row_that_moves_to_a_new_area_adds_it_first(client):
    send(client, TWO)
    answer = send(client, "external_id,plan_year,area,title\nS1,2019,Arbeidsdeling,Lederhåndbok\n")
    assert counts(answer) == (0, 1, 0)
    assert events(answer) == {"2019": ["drafted", "area-added"], "S1": ["revised"]}


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(client, central):
    answer = send(client, TWO, dry_run="true")
    assert counts(answer) == (2, 0, 0)
    assert answer.json["dry_run"] is True
    assert central.rows()["event"] == []


def test_one_fault_refuses_the_whole_file_and_all_faults_are_named(client, central):
    answer = send(
        client,
        f"{HEADER}\n"
        "S1,2018,Ledelse,Lederhåndbok,,,,2018-03-01,,\n"
        ",2018,Ledelse,Uten navn,,,,,,\n"
        "S3,18,Ledelse,Uten år,,,,31.02.2018,,\n"
        "S1,2018,,Igjen,,,alle,,,\n",
    )
    assert row_faults(answer) == [
        (3, "external_id", "required"),
        (4, "plan_year", "not-a-year"),
        (4, "start", "no-such-date"),
        (5, "area", "required"),
        (5, "audiences", "not-a-choice"),
        (5, "external_id", "duplicate-row"),
    ]
    assert central.rows()["event"] == []


def test_a_rule_that_says_no_names_row_and_column(client, central):
    answer = send(client, TWO.replace("31.05.2018", "2018-02-28"))
    assert row_faults(answer) == [(2, "end", "end-before-start")]
    assert central.rows()["event"] == []


def test_an_initiative_that_has_ended_takes_the_same_row_but_no_new_period(client):
    send(client, TWO)
    client.post("/initiatives/S1/cancel", json={"on": "2018-02-01"})
    assert counts(send(client, TWO)) == (0, 0, 2)
    assert row_faults(send(client, TWO.replace("31.05.2018", "2018-06-30"))) == [(2, None, "initiative-ended")]


# Money


def budgets(*amounts):
    """A file of initiatives S1, S2, … with these budgets."""
    rows = [f"S{number},2018,Ledelse,Tiltak,{amount}" for number, amount in enumerate(amounts, 1)]
    return "\n".join(["external_id,plan_year,area,title,budsjett", *rows])


def framed(client, amount):
    client.post("/plans", json={"year": 2018})
    client.post("/plans/2018/frame", json={"amount": amount})


def test_budgets_come_with_the_rows_and_change_with_them(client):
    assert counts(send(client, budgets("250 000", "100000"))) == (2, 0, 0)
    answer = send(client, budgets("250000", ""))
    assert events(answer) == {"S2": ["budget-changed"]}
    assert [client.get(f"/initiatives/{name}").json["budget"] for name in ("S1", "S2")] == [250_000, None]
    assert counts(send(client, "external_id,plan_year,area,title\nS1,2018,Ledelse,Tiltak\n")) == (0, 0, 1)


@pytest.mark.parametrize("written", ["-1", "1,50", "1.000", "kr 5", "25 00", "1" * 5000, "2018-03-01"])
def test_what_is_no_amount_in_whole_kroner_is_a_fault(client, written):
    assert row_faults(send(client, budgets(f'"{written}"'))) == [(2, "budsjett", "not-an-amount")]


def test_an_amount_beyond_reason_is_a_fault(client):
    assert row_faults(send(client, budgets("100000000001"))) == [(2, "budsjett", "out-of-range")]


def test_the_rows_of_a_file_together_stay_within_the_frame(client, central):
    framed(client, 500_000)
    before = central.rows()
    assert row_faults(send(client, budgets("200000", "200000", "100001"))) == [(4, "budsjett", "frame-exceeded")]
    assert central.rows() == before
    assert counts(send(client, budgets("200000", "200000", "100000"))) == (3, 0, 0)


def test_rows_that_the_frame_has_no_room_for_may_be_left_out(client):
    framed(client, 500_000)
    dear = budgets("300000", "0", "200000", "100000", "", "50000")
    assert row_faults(send(client, dear)) == [(5, "budsjett", "frame-exceeded"), (7, "budsjett", "frame-exceeded")]
    answer = send(client, dear, faulty="skip")
    assert counts(answer) == (4, 0, 0)
    assert client.get("/plans/2018").json["allocated"] == 500_000


def test_what_initiatives_outside_the_file_take_counts(client):
    framed(client, 500_000)
    send(client, budgets("200000", "200000"))
    more = "external_id,plan_year,area,title,budget\nS9,2018,Ledelse,Tiltak,{}\n"
    assert row_faults(send(client, more.format("100001"))) == [(2, "budget", "frame-exceeded")]
    client.post("/initiatives/S1/cancel")
    assert counts(send(client, more.format("300000"))) == (1, 0, 0)


def test_rows_may_share_a_spent_frame_anew_in_any_order(client):
    framed(client, 500_000)
    send(client, budgets("400000", "100000"))
    assert counts(send(client, budgets("100000", "400000"))) == (0, 2, 0)
    assert counts(send(client, budgets("450000", "50000"))) == (0, 2, 0)


def test_a_row_that_moves_to_another_year_takes_its_money_along(client):
    send(client, budgets("400000"))
    client.post("/plans", json={"year": 2019})
    client.post("/plans/2019/frame", json={"amount": 300_000})
    move = "external_id,plan_year,area,title\nS1,2019,Ledelse,Tiltak\n"
    assert row_faults(send(client, move)) == [(2, "budget", "frame-exceeded")]
    with_less = "external_id,plan_year,area,title,budget\nS1,2019,Ledelse,Tiltak,300000\n"
    assert events(send(client, with_less)) == {"2019": ["area-added"], "S1": ["revised", "budget-changed"]}


def test_a_closed_plan_takes_no_new_rows_and_leaves_the_old_ones_alone(client):
    send(client, TWO)
    client.post("/plans/2018/discussions", json={"organisations": ["Kontaktutvalget"], "on": "2018-01-10"})
    client.post("/plans/2018/adopt", json={"on": "2018-01-20"})
    client.post("/plans/2018/close", json={"on": "2019-01-20"})
    assert counts(send(client, TWO)) == (0, 0, 2)
    new = "external_id,plan_year,area,title\nS3,2018,Ledelse,For sent\nS4,2018,Nytt område,For sent\n"
    assert row_faults(send(client, new)) == [
        (2, "plan_year", "plan-closed"),
        (3, None, "plan-closed"),
        (3, "plan_year", "plan-closed"),
    ]


# Plans

PLANS = """plan_year,title,area,frame
2018,Handlingsplan 2018,Ledelse,500 000
2018,,Læring,
2019,,Ledelse,
"""


def send_plans(client, text):
    return client.post("/plans/import", data=text.encode(), content_type="text/csv")


def test_plans_are_drafted_from_a_file_with_their_areas_and_frames(client, central):
    answer = send_plans(client, PLANS)
    assert counts(answer) == (3, 0, 0)
    assert events(answer) == {
        "2018": ["drafted", "area-added", "budget-framed", "area-added"],
        "2019": ["drafted", "area-added"],
    }
    found = client.get("/plans/2018").json
    assert (found["title"], found["areas"], found["frame"]) == ("Handlingsplan 2018", ["Ledelse", "Læring"], 500_000)
    before = central.rows()
    assert counts(send_plans(client, PLANS)) == (0, 0, 3)
    assert central.rows() == before


def test_a_file_of_plans_gives_the_plan_that_a_file_of_initiatives_drafted_its_title_and_frame(client):
    send(client, TWO)
    answer = send_plans(client, PLANS)
    assert events(answer) == {"2018": ["renamed", "budget-framed"], "2019": ["drafted", "area-added"]}


def test_a_file_of_plans_sets_no_frame_below_what_is_allocated(client):
    send(client, budgets("500001"))
    assert row_faults(send_plans(client, PLANS)) == [(2, "frame", "frame-below-allocated")]


def test_rows_of_one_plan_that_say_different_things_are_a_fault(client):
    different = PLANS.replace("2018,,Læring,", "2018,Plan for tillit,Læring,600000")
    assert row_faults(send_plans(client, different)) == [
        (3, "title", "rows-differ"),
        (3, "frame", "rows-differ"),
    ]
    assert row_faults(send_plans(client, PLANS.replace("Læring", "Ledelse"))) == [(3, "area", "duplicate-row")]


# Whole files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_real_plan_goes_in_whole_and_a_second_time_changes_nothing(client, path: Path):
    rows = len(_external_ids(path))
    assert counts(send(client, path.read_bytes())) == (rows, 0, 0)
    assert counts(send(client, path.read_bytes())) == (0, 0, rows)
    listed = client.get("/initiatives?limit=1000").json["items"]
    assert {item["external_id"] for item in listed} == _external_ids(path)


def _external_ids(path):
    with path.open(newline="", encoding="utf-8") as file:
        return {row["external_id"] for row in csv.DictReader(file)}
