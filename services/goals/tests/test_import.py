"""Goals from a spreadsheet, as people have them."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from openpyxl import Workbook

from services.goals.app import SERVICE
from shared.testing.service import row_faults, running

HEADER = "external_id,title,kind,code,description,expected_effect,parent"
CSV = f"""{HEADER}
F1,Bedre tjenester,purpose,F,,Innbyggere merker det,
K1,Få og tydelige mål,characteristic,,"Færre, klarere",Ledere vet hva som teller,F1
D1,Delmål,objective,,,,K1
"""


@pytest.fixture(scope="module")
def goals(postgres):
    """Without a limit in the way."""
    with running(SERVICE, postgres.database()) as service:
        yield service


def named(prefix):
    """The file with names of its own, so that tests don't meet."""
    return "\n".join(f"{prefix}{line}" if number else line for number, line in enumerate(CSV.splitlines()))


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_makes_goals(goals):
    response = goals.send("/goals/import", CSV)
    assert response.status_code == 200
    assert response.json.items() >= {"created": 3, "updated": 0, "unchanged": 0, "dry_run": False}.items()
    assert [(change["row"], change["external_id"], change["change"]) for change in response.json["changes"]] == [
        (2, "F1", "created"),
        (3, "K1", "created"),
        (4, "D1", "created"),
    ]
    parent = goals.get("/goals/F1")["id"]
    shown = goals.get("/goals/K1")
    assert shown["parent"] == parent
    assert shown["description"] == "Færre, klarere"
    assert response.headers["Consistency-Token"] == f"{goals.get('/goals/D1')['id']}:1"


def test_an_unchanged_file_makes_no_event(goals):
    goals.send("/goals/import", named("U"))
    before = goals.rows()
    response = goals.send("/goals/import", named("U"))
    assert response.json.items() >= {"created": 0, "updated": 0, "unchanged": 3, "changes": []}.items()
    assert goals.rows() == before


def test_a_changed_row_updates_its_goal_and_no_other(goals):
    goals.send("/goals/import", named("C"))
    response = goals.send("/goals/import", named("C").replace("Bedre tjenester", "Enda bedre tjenester"))
    assert response.json.items() >= {"created": 0, "updated": 1, "unchanged": 2}.items()
    assert [(change["external_id"], change["events"]) for change in response.json["changes"]] == [
        ("CF1", ["samtidig.goal.revised.v1"])
    ]
    assert goals.get("/goals/CF1")["title"] == "Enda bedre tjenester"
    assert goals.get("/goals/CK1")["version"] == 1


def test_a_column_that_the_file_lacks_is_left_alone_and_an_empty_cell_empties(goals):
    goals.send("/goals/import", named("L"))
    goals.send("/goals/import", "external_id,title,kind,description\nLK1,Få og tydelige mål,characteristic,\n")
    shown = goals.get("/goals/LK1")
    assert shown["description"] is None
    assert shown["expected_effect"] == "Ledere vet hva som teller"


def test_a_workbook_with_norwegian_headings_is_the_same_file(goals):
    goals.send("/goals/import", named("X"))
    book = xlsx(
        ["Ekstern ID", "Tittel", "Type", "Kode", "Beskrivelse", "Forventet effekt", "Overordnet mål"],
        ["XF1", "Bedre tjenester", "formål", "F", None, "Innbyggere merker det", None],
        ["XK1", "Få og tydelige mål", "Kjennetegn", None, "Færre, klarere", "Ledere vet hva som teller", "F1"],
        ["XD1", "Delmål", "DELMÅL", None, None, None, "K1"],
    )
    assert goals.send("/goals/import", book).json["unchanged"] == 3


def test_a_form_may_carry_the_file(goals):
    form = {"file": (io.BytesIO(named("M").encode("cp1252")), "mål.csv")}
    response = goals.client.post("/goals/import", data=form)
    assert response.json["created"] == 3
    assert goals.get("/goals/MK1")["title"] == "Få og tydelige mål"


def test_a_dry_run_tells_what_would_happen_and_does_nothing(goals):
    before = goals.rows()
    response = goals.send("/goals/import?dry_run=true", named("D"))
    assert response.json.items() >= {"created": 3, "dry_run": True}.items()
    assert "Consistency-Token" not in response.headers
    assert goals.rows() == before


def test_a_dry_run_names_the_same_faults(goals):
    file = f"{HEADER}\nK9,,objectiv,,,,\n"
    assert row_faults(goals.send("/goals/import?dry_run=true", file)) == row_faults(goals.send("/goals/import", file))


def test_all_faults_are_named_at_once_and_no_row_is_stored(goals):
    before = goals.rows()
    rows = ["S1,Riktig,objective,,,,,", "S2,,objectiv,,,,,", f",{'x' * 601},purpose,,,,,", "S1,Igjen,objective,,,,,"]
    file = "\n".join([f"{HEADER},colour", *rows])
    assert row_faults(goals.send("/goals/import", file, {"Accept-Language": "en"})) == [
        (1, "colour", "unknown-column"),
        (3, "title", "required"),
        (3, "kind", "not-a-choice"),
        (4, "external_id", "required"),
        (4, "title", "too-long"),
        (5, "external_id", "duplicate-row"),
    ]
    assert goals.rows() == before


def test_a_rule_that_a_row_breaks_is_a_fault_in_its_cell_and_no_row_is_stored(goals):
    goals.send("/goals/import", named("R"))
    goals.post("/goals/RK1/adopt")
    before = goals.rows()
    file = named("R").replace("Bedre tjenester", "Endret").replace("Ledere vet hva som teller", "")
    response = goals.send("/goals/import", file, {"Accept-Language": "en"})
    assert row_faults(response) == [(3, "expected_effect", "expected-effect-missing")]
    assert response.json["errors"][0]["message"] == "A goal is adopted only when its expected effect is described."
    assert goals.rows() == before


def test_a_file_cannot_take_the_last_place_twice(postgres):
    with running(SERVICE, postgres.database(), ADOPTED_GOALS_LIMIT="2") as goals:
        for name, kind in (("N1", "objective"), ("N2", "objective"), ("N3", "purpose")):
            goals.post("/goals", {"external_id": name, "title": "Mål", "kind": kind, "expected_effect": "Bedre"})
            goals.post(f"/goals/{name}/adopt")
        before = goals.rows()
        both = "external_id,title,kind\nN1,Mål,purpose\nN2,Mål,purpose\n"
        assert row_faults(goals.send("/goals/import", both)) == [(3, "kind", "too-many-adopted-goals")]
        assert goals.rows() == before
        exchange = f"external_id,title,kind\nN3,Mål,objective\n{both.partition(chr(10))[2]}"
        assert goals.send("/goals/import", exchange).json["updated"] == 3


def test_a_row_that_names_itself_as_its_parent_is_a_fault_in_its_cell(goals):
    before = goals.rows()
    response = goals.send("/goals/import", "external_id,title,kind,parent\nPP,Mål,purpose,PP\n")
    assert row_faults(response) == [(2, "parent", "parent-is-itself")]
    assert goals.rows() == before


def test_the_same_key_gives_the_same_answer_and_another_file_is_refused(goals):
    headers = {"Idempotency-Key": "import-1"}
    first = goals.send("/goals/import", named("I"), headers)
    before = goals.rows()
    again = goals.send("/goals/import", named("I"), headers)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert goals.send("/goals/import", named("J"), headers).status_code == 422
    assert goals.rows() == before


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("", (None, None, "empty-file")),
        ("%PDF-1.7", (None, None, "not-a-spreadsheet")),
        ("colour\nred\n", (1, None, "header-missing")),
        ("title\nUten navn\n", (1, "external_id", "missing-column")),
        (f"{HEADER}\n", None),
    ],
)
def test_a_file_that_holds_no_goals(goals, file, fault):
    before = goals.rows()
    response = goals.send("/goals/import", file)
    if fault is None:
        assert response.json["changes"] == []
    else:
        assert fault in row_faults(response)
    assert goals.rows() == before


def test_a_form_without_a_file_is_refused(goals):
    response = goals.client.post("/goals/import", data={"other": "x"}, content_type="multipart/form-data")
    assert (response.status_code, response.json["code"]) == (422, "file-missing")


def test_dry_run_is_true_or_false(goals):
    response = goals.send("/goals/import?dry_run=maybe", CSV)
    assert (response.status_code, response.json["code"]) == (422, "dry-run-malformed")


def test_an_import_and_commands_that_ask_for_the_same_facts_do_not_wait_for_each_other(goals):
    goals.send("/goals/import", named("W"))
    begin = Barrier(2)

    def change():
        begin.wait()
        answers = []
        for attempt in range(10):
            answers.append(goals.post("/goals/WK1/adopt").status_code)
            answers.append(goals.post("/goals/WK1/revise", {"title": f"Nr. {attempt}"}).status_code)
        return answers

    def send():
        begin.wait()
        return [goals.send("/goals/import", named("W")).status_code for _ in range(10)]

    with ThreadPoolExecutor(2) as threads:
        changed, sent = threads.submit(change), threads.submit(send)
        assert set(sent.result()) == {200}
        assert set(changed.result()) <= {200, 409}
