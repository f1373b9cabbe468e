"""Communication activities from a spreadsheet, as people have them."""

import io

from openpyxl import Workbook

from services.communication.app import SERVICE
from shared import identity
from shared.testing.service import row_faults, running

HEADER = "external_id,title,audiences,channel,start,end,goals,central_initiatives,local_initiatives"
CSV = f"""{HEADER}
1,Samling for toppledere,top_leaders;leaders,Møte,2018-03-01,2018-03-02,K1;K6,S-1,
2,Film om tillit,residents,,2018-05-15,,K5,,EHA:7|OVK:3
3,Plakat,,,,,,,
"""


def named(prefix):
    """The file with names of its own, so that tests don't meet."""
    return "\n".join(f"{prefix}{line}" if number else line for number, line in enumerate(CSV.splitlines()))


def test_a_file_makes_activities(communication):
    response = communication.send("/activities/import", CSV)
    assert response.status_code == 200, response.text
    assert response.json.items() >= {"created": 3, "updated": 0, "unchanged": 0}.items()
    shown = communication.get("/activities/2")
    assert shown["audiences"] == ["residents"]
    assert (shown["start"], shown["end"], shown["channel"]) == ("2018-05-15", None, None)
    assert shown["goals"] == [str(identity.named("goal", "K5"))]
    assert shown["local_initiatives"] == [
        str(identity.named("local-initiative", "EHA:7")),
        str(identity.named("local-initiative", "OVK:3")),
    ]


def test_an_unchanged_file_makes_no_event_also_when_some_of_it_is_published(communication):
    communication.send("/activities/import", named("U"))
    communication.post("/activities/U1/publish")
    before = communication.rows()
    response = communication.send("/activities/import", named("U"))
    assert response.json.items() >= {"created": 0, "updated": 0, "unchanged": 3, "changes": []}.items()
    assert communication.rows() == before


def test_a_changed_row_is_revised_or_moved_as_its_cells_say(communication):
    communication.send("/activities/import", named("C"))
    changed = named("C").replace("Film om tillit", "Film").replace("2018-03-02", "2018-03-05").replace(",K5,", ",K6,")
    response = communication.send("/activities/import", changed)
    assert response.json.items() >= {"created": 0, "updated": 2, "unchanged": 1}.items()
    assert {change["external_id"]: change["events"] for change in response.json["changes"]} == {
        "C1": ["samtidig.communication-activity.rescheduled.v1"],
        "C2": ["samtidig.communication-activity.revised.v1"],
    }
    assert communication.get("/activities/C1")["end"] == "2018-03-05"


def test_a_column_that_the_file_lacks_is_left_alone_and_an_empty_cell_empties(communication):
    communication.send("/activities/import", named("L"))
    communication.send("/activities/import", "external_id,title,goals,end\nL1,Samling for toppledere,,\n")
    shown = communication.get("/activities/L1")
    assert (shown["goals"], shown["end"]) == ([], None)
    assert (shown["channel"], shown["start"]) == ("Møte", "2018-03-01")


def test_a_workbook_with_norwegian_headings_is_the_same_file(communication):
    communication.send("/activities/import", named("X"))
    book = Workbook()
    for row in (
        ["Nr", "Tittel", "Målgrupper", "Kanal", "Fra", "Til", "Mål", "Sentrale tiltak", "Lokale tiltak"],
        ["X1", "Samling for toppledere", "Toppledere; ledere", "Møte", "01.03.2018", 43161, "K1;K6", "S-1", None],
        ["X2", "Film om tillit", "innbyggere", None, "15.05.2018", None, "K5", None, "EHA:7;OVK:3"],
        ["X3", "Plakat"],
    ):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    response = communication.send("/activities/import", file.getvalue())
    assert response.json["unchanged"] == 3, response.text


def test_a_dry_run_tells_what_would_happen_and_does_nothing(communication):
    before = communication.rows()
    response = communication.send("/activities/import?dry_run=true", named("D"))
    assert response.json.items() >= {"created": 3, "dry_run": True}.items()
    assert communication.rows() == before


def test_all_faults_are_named_at_once_and_no_row_is_stored(communication):
    before = communication.rows()
    file = f"{HEADER}\nS1,Riktig,,,,,,,\nS2,,nobody,,31.02.2018,soon,,,\n,Uten navn,,,,,,,\nS1,Igjen,,,,,,,\n"
    assert row_faults(communication.send("/activities/import", file)) == [
        (3, "title", "required"),
        (3, "audiences", "not-a-choice"),
        (3, "start", "no-such-date"),
        (3, "end", "not-a-date"),
        (4, "external_id", "required"),
        (5, "external_id", "duplicate-row"),
    ]
    assert communication.rows() == before


def test_rules_that_rows_break_are_faults_in_their_cells_and_no_row_is_stored(communication):
    communication.send("/activities/import", named("R"))
    communication.post("/activities/R1/publish")
    before = communication.rows()
    file = named("R").replace("2018-03-02", "2018-03-09") + "\nR4,Baklengs,,,2018-03-09,2018-03-01,,,\n"
    response = communication.send("/activities/import", file, {"Accept-Language": "en"})
    assert row_faults(response) == [(2, None, "activity-published"), (5, "end", "end-before-start")]
    assert response.json["errors"][1]["message"] == "The end is before the start."
    assert communication.rows() == before


def test_the_demo_file_goes_in_as_it_is(postgres):
    with running(SERVICE, postgres.database()) as communication:
        file = (SERVICE.folder.parents[1] / "infra" / "demo" / "communication_activities.csv").read_bytes()
        rows = len(file.decode().splitlines()) - 1
        assert communication.send("/activities/import", file).json["created"] == rows
        assert communication.send("/activities/import", file).json["unchanged"] == rows
