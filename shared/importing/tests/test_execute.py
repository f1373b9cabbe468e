"""An import as its owner meets it: planned, refused or done, with or without the faulty rows; over HTTP."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from shared import identity
from shared.importing import uploads
from shared.importing.memory import recall, remember
from shared.importing.tests.tables import xlsx
from shared.importing.tests.things import MOST, SERVICE, TOLD
from shared.testing.service import row_faults, running

THREE = "external_id,name,box,weight,colours,since\nT1,Lamp,B1,5,red;blå,2018-05-31\nT2,Chair,B2,,,\nT3,Desk,B1,7,,\n"


@pytest.fixture
def things(postgres):
    with running(SERVICE, postgres.database()) as service:
        yield service


@pytest.fixture
def connection(things):
    with things.service.database.connection() as found:
        yield found


def send(things, body, **query):
    return things.client.post("/things/import", data=body, query_string=query)


def counts(answer):
    assert answer.status_code == 200, answer.text
    return tuple(answer.json[result] for result in ("created", "updated", "unchanged"))


def fields(answer):
    return {
        change["external_id"]: {each["field"]: (each["before"], each["after"]) for each in change["fields"]}
        for change in answer.json["changes"]
    }


def thing(name):
    return str(identity.named("thing", name))


# The plan, field by field


def test_a_new_item_is_told_field_by_field(things):
    answer = send(things, THREE, dry_run="true")
    assert counts(answer) == (3, 0, 0)
    assert fields(answer)["T1"] == {
        "name": (None, "Lamp"),
        "weight": (None, 5),
        "colours": (None, ["red", "blue"]),
        "since": (None, "2018-05-31"),
    }
    assert fields(answer)["T2"] == {"name": (None, "Chair")}
    assert things.rows()["event"] == []


def test_a_changed_item_is_told_by_what_changed_and_nothing_else(things):
    send(things, THREE)
    answer = send(things, THREE.replace("Lamp,B1,5,red;blå", "Lamp,B1,6,blå"))
    assert counts(answer) == (0, 1, 2)
    assert fields(answer) == {"T1": {"weight": (5, 6), "colours": (["red", "blue"], ["blue"])}}


def test_a_long_text_is_told_by_its_beginning(things):
    [change] = send(things, "external_id,name\nT1," + "x" * 300 + "\n").json["changes"]
    assert change["fields"][0]["after"] == "x" * 300
    [change] = send(things, "external_id,name\nT1," + "y" * 301 + "\n").json["changes"]
    assert change["fields"][0]["after"] == "y" * 299 + "…"


def test_who_imported_stands_in_the_events(things):
    send(things, THREE, by="Programkontoret")
    assert {json.loads(event[-1])["actor"] for event in things.rows()["event"]} == {"Programkontoret"}


# All rows, none, or all but the faulty

FAULTY = (
    "external_id,name,box,weight,since\n"
    "T1,Lamp,B1,5,\n"
    "T2,,B2,5,\n"
    "T3,Anvil,B3,500,\n"
    "T4,Desk,B1,7,2018-02-30\n"
    "T5,Shelf,B1,7,\n"
)


def test_one_faulty_row_refuses_the_file(things):
    answer = send(things, FAULTY)
    assert row_faults(answer) == [
        (3, "name", "required"),
        (4, "weight", "too-heavy"),
        (5, "since", "no-such-date"),
    ]
    assert answer.json["total"] == 3
    assert things.rows()["event"] == []


def test_the_others_are_imported_when_that_is_asked_for_and_the_answer_names_those_left_out(things):
    answer = send(things, FAULTY, faulty="skip")
    assert counts(answer) == (2, 0, 0)
    assert answer.json["skipped_rows"] == 3
    assert [(each["row"], each["errors"][0]["code"]) for each in answer.json["skipped"]] == [
        (3, "required"),
        (4, "too-heavy"),
        (5, "no-such-date"),
    ]
    assert answer.json["skipped"][1]["errors"][0]["message"] == "For tung."
    assert {change["external_id"] for change in answer.json["changes"]} == {"B1", "T1", "T5"}


def test_a_refused_row_leaves_nothing_behind_on_other_streams(things):
    send(things, FAULTY, faulty="skip")
    boxes = {event[1] for event in things.rows()["event"] if event[4] == "samtidig.box.made.v1"}
    assert boxes == {identity.named("box", "B1")}


def test_what_a_refused_row_would_have_taken_is_free_for_those_after_it(things):
    rows = [f"T{number},Thing {number},100,\n" for number in range(10)]
    head = "external_id,name,weight,since\n"
    full = send(things, head + "".join(rows) + "TX,One more,1,\n")
    assert row_faults(full) == [(12, None, "too-much")]
    rows[4] = "T4,Too heavy,101,\n"
    answer = send(things, head + "".join(rows) + f"TX,One more,{MOST - 900},\n", faulty="skip")
    assert counts(answer) == (10, 0, 0)


def test_rows_that_can_not_stand_together_are_left_out_until_the_others_can(things):
    body = "external_id,name,box\nT1,Lamp,B1\nT2,Lamp,B2\nT3,Lamp,B3\nT4,Desk,B4\n"
    assert row_faults(send(things, body)) == [(4, "name", "alike")]
    answer = send(things, body, faulty="skip")
    assert counts(answer) == (2, 0, 0)
    assert [each["row"] for each in answer.json["skipped"]] == [3, 4]
    assert {change["external_id"] for change in answer.json["changes"]} == {"B1", "T1", "B4", "T4"}


def test_what_can_not_be_mended_by_leaving_out_rows_refuses_the_file_all_the_same(things):
    for body in (
        "external_id,nmae\nT1,Lamp\n",
        "%PDF-1.7",
        "external_id,name\n" + "".join(f"T{number},Lamp\n" for number in range(40)),
    ):
        before = things.rows()
        assert send(things, body, faulty="skip").status_code == 422
        assert things.rows() == before


def test_a_thousand_faults_are_listed_and_all_are_counted(things):
    answer = send(things, "external_id,name\n" + "".join(f"T{number},\n" for number in range(1_500)))
    assert answer.status_code == 422
    assert (len(answer.json["errors"]), answer.json["total"]) == (1_000, 1_500)
    skipped = send(things, "external_id,name\nA,Lamp\n" + ",x\n" * 1_500, faulty="skip")
    assert (len(skipped.json["skipped"]), skipped.json["skipped_rows"]) == (1_000, 1_500)


# Which column is which


def test_columns_may_be_named_in_the_query(things):
    body = "Lagernr;Hva: navn;Merknad\nT1;Lamp;!\n"
    query = {"column": ["Lagernr:external_id", "Hva: navn:name", "Merknad:"]}
    assert counts(send(things, body, **query)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("query", "code"),
    [({"column": "Hva"}, "column-malformed"), ({"faulty": "maybe"}, "faulty-malformed"), ({"dry_run": "1"}, "dry-run")],
)
def test_a_query_that_makes_no_sense_is_refused(things, query, code):
    answer = send(things, THREE, **query)
    assert answer.status_code == 422
    assert answer.json["code"].startswith(code)
    assert answer.json["title"] != answer.json["code"]


# Items by their id


def test_an_item_may_be_named_by_its_id(things):
    send(things, THREE)
    assert counts(send(things, THREE.replace("T1,", f"{thing('T1')},"))) == (0, 0, 3)
    answer = send(things, f"external_id,name\n{thing('T1')},Lantern\n")
    assert counts(answer) == (0, 1, 0)
    assert answer.json["changes"][0]["id"] == thing("T1")


@pytest.mark.parametrize("item", [uuid4(), identity.named("box", "B1"), identity.named("thing", "new")])
def test_an_id_that_is_none_of_ours_makes_no_item(things, item):
    send(things, THREE)
    before = things.rows()
    body = f"external_id,name,box\nnew,New,B1\n{item},Lantern,B1\n"
    assert row_faults(send(things, body)) == [(3, "external_id", "unknown-id")]
    assert things.rows() == before


def test_an_item_that_is_named_twice_in_different_ways_is_a_fault(things):
    send(things, THREE)
    body = f"external_id,name\nT1,Lamp\n{thing('T1')},Lantern\n"
    answer = send(things, body)
    assert row_faults(answer) == [(3, "external_id", "duplicate-row")]
    assert answer.json["errors"][0]["value"] == thing("T1")


# Between the steps of a page


def upload(connection, body, kind="thing"):
    return uploads.store(connection, kind, "things.csv", body.encode())


def carry_out(things, name, query=""):
    answer = things.client.post(f"/uploads/{name}/import{query}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_an_upload_is_found_with_its_mapping_until_it_is_imported(things, connection):
    name = upload(connection, "Hva,external_id\nLamp,T1\n")
    uploads.set_mapping(connection, name, {"Hva": "name"})
    found = uploads.find(connection, "thing", name)
    assert (found.filename, found.content, found.mapping) == (
        "things.csv",
        b"Hva,external_id\nLamp,T1\n",
        {"Hva": "name"},
    )
    assert (found.imported_at, found.answer) == (None, None)
    assert uploads.find(connection, "goal", name) is None
    assert uploads.find(connection, "thing", uuid4()) is None
    answer = carry_out(things, name)
    assert answer["created"] == 1
    found = uploads.find(connection, "thing", name)
    assert found.answer == answer
    assert found.imported_at is not None


def test_a_preview_says_all_and_writes_nothing(things, connection):
    name = upload(connection, FAULTY)
    before = things.rows()
    plan = carry_out(things, name, "?preview=yes")
    assert plan["results"] == {"2": "created", "6": "created"}
    assert [(fault["row"], fault["message"]) for fault in plan["faults"]][1] == (4, "Too heavy.")
    assert plan["changes"][1]["fields"][0] == {"field": "name", "before": None, "after": "Lamp"}
    assert things.rows() == before


def test_an_upload_with_faults_stays_until_it_is_imported_without_them(things, connection):
    name = upload(connection, FAULTY)
    assert len(carry_out(things, name)["faults"]) == 3
    assert uploads.find(connection, "thing", name).imported_at is None
    assert carry_out(things, name, "?skip=yes")["skipped_rows"] == 3
    assert uploads.find(connection, "thing", name).answer["created"] == 2


def test_an_upload_is_imported_once_however_often_it_is_asked_for(things, connection):
    name = upload(connection, THREE)
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: carry_out(things, name), range(3)))
    assert answers == [answers[0]] * 3
    assert len(things.rows()["event"]) == 5


def test_an_import_that_is_not_stored_is_not_marked_either(things, connection):
    name = upload(connection, THREE)
    connection.execute("alter table outbox add constraint never check (false)")
    assert things.client.post(f"/uploads/{name}/import").status_code >= 500
    assert uploads.find(connection, "thing", name).imported_at is None
    assert things.rows()["event"] == []


def test_an_import_that_changes_nothing_is_done_all_the_same(things, connection):
    send(things, THREE)
    name = upload(connection, THREE)
    assert carry_out(things, name)["unchanged"] == 3
    assert uploads.find(connection, "thing", name).imported_at is not None


def test_progress_is_told_from_phase_to_phase(things, connection):
    carry_out(things, upload(connection, THREE))
    assert TOLD[-1] == ("store", 3, 3)
    assert ("read", 3, 3) in TOLD
    assert ("decide", 3, 3) in TOLD
    assert [phase for phase, _, _ in TOLD] == sorted(
        (phase for phase, _, _ in TOLD), key=["read", "decide", "store"].index
    )
    assert len(TOLD) <= 9


def test_uploads_are_thrown_away_after_a_day_and_when_they_are_too_many(connection):
    old, *new = (upload(connection, "x" * 100) for _ in range(4))
    connection.execute("update upload set created_at = created_at - interval '25 hours' where id = %s", [old])
    assert uploads.find(connection, "thing", old) is None
    assert uploads.purge(connection) == 1
    assert uploads.purge(connection) == 0
    assert uploads.purge(connection, most=2) == 1
    assert uploads.purge(connection, largest=150) == 1
    assert uploads.purge(connection, largest=1) == 0
    assert uploads.find(connection, "thing", new[-1]) is not None


def test_what_was_chosen_is_remembered_for_files_of_the_same_kind(connection):
    remember(connection, "thing", {"Hva": "name", "Merknad": None, "(C)": "box"})
    remember(connection, "thing", {"HVA ": "external_id"})
    assert recall(connection, "thing") == {"hva": "external_id", "merknad": None}
    assert recall(connection, "goal") == {}


# What is no spreadsheet: a clear sentence, and nothing stored

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 90_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(bomb, "unpacks-too-large", id="zip bomb"),
        pytest.param(OLE, "legacy-workbook", id="xls"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected", id="password"),
        pytest.param(b"<!DOCTYPE html><table><tr><td>code", "not-a-spreadsheet", id="html"),
        pytest.param(b"", "empty-file", id="empty"),
        pytest.param(b" \r\n\r\n", "empty-file", id="blank"),
        pytest.param(b"external_id,name\nT1,La\x00mp\n", "nul-character", id="nul"),
        pytest.param(b'external_id,name\nT1,"Lamp\n', "broken-quotes", id="quotes"),
        pytest.param(lambda: xlsx(["external_id", "name"], ["T1", "=1+1"]), "formula-without-result", id="formula"),
    ],
)
def test_what_can_not_be_read_is_one_fault_and_nothing_is_stored(things, body, code):
    answer = send(things, body() if callable(body) else body)
    assert [fault for _, _, fault in row_faults(answer)] == [code]
    assert send(things, "external_id,name\n").json["created"] == 0
    assert things.rows()["event"] == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(postgres):
    with running(SERVICE, postgres.database(), BODY_LIMIT_BYTES="1000") as small:
        answer = send(small, b"x" * 2_000)
        assert (answer.status_code, answer.json["code"]) == (413, "too-large")
        assert small.rows()["event"] == []


def test_the_rest_of_what_is_too_large_is_read_away(postgres):
    """Or its sender would still be sending when the connection ends, and never see the answer."""
    with running(SERVICE, postgres.database(), BODY_LIMIT_BYTES="1000") as small:
        body = io.BytesIO(b"x" * 2_000_000)
        sent = {"input_stream": body, "content_length": 2_000_000}
        assert small.client.post("/things/import", **sent).status_code == 413
        assert body.tell() == 2_000_000


def test_what_looks_like_a_formula_is_text_that_says_the_same(things):
    send(things, "external_id,name\nT1,=cmd|' /C calc'!A0\n")
    assert counts(send(things, "external_id,name\nT1,'=cmd|' /C calc'!A0\n")) == (0, 0, 1)
    assert json.loads(things.rows()["event"][0][-1])["data"]["name"] == "=cmd|' /C calc'!A0"
