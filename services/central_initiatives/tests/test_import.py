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


def test_a_column_that_the_file_lacks_leaves_what_it_would_hold_alone(client):
    send(client, TWO)
    answer = send(client, "external_id,plan_year,area,title\nS1,2018,Ledelse,Lederhåndboka\n")
    assert events(answer) == {"S1": ["revised"]}
    found = client.get("/initiatives/S1").json
    assert (found["start"], found["end"], found["responsible"]) == ("2018-03-01", "2018-05-31", "Programkontoret")


def test_an_empty_cell_empties_what_it_holds(client):
    send(client, TWO)
    answer = send(client, "external_id,plan_year,area,title,goals,end\nS1,2018,Ledelse,Lederhåndbok,,\n")
    assert events(answer) == {"S1": ["revised", "rescheduled"]}
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
