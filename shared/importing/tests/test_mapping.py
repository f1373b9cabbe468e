"""Which column is which: proposed, corrected, obeyed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from shared.importing import load, propose, read
from shared.importing.mapping import chosen
from shared.importing.tests.tables import CENTRAL, GOALS, SECTORS

BODY = (
    "Tiltak 2018\n"
    "Løpenr;Titel;Planår;Hvilket område det er i;Fra;Fra;Budsjett;;Feil\n"
    "S1;Nettverk;2018;Ledelse;2018-01-01;x;100;løst;Må fylles ut\n"
    "S2;Kurs;2018;Ledelse;2018-02-01;y;200;;\n"
    "S3;Samling;2018;Læring;2018-03-01;;100;;\n"
).encode()


def proposed(body, columns, remembered=None):
    return {each.header: (each.column, each.why) for each in propose(read(body), columns, remembered)}


def found(faults):
    return [(fault.row, fault.column, fault.code) for fault in faults]


def test_a_proposal_for_each_column_with_its_reason():
    assert proposed(BODY, CENTRAL) == {
        "Løpenr": ("external_id", "close-spelling"),
        "Titel": ("title", "close-spelling"),
        "Planår": ("plan_year", "same-name"),
        "Hvilket område det er i": ("area", "part-of-name"),
        "Fra": ("start", "same-name"),
        "Fra (F)": (None, "unknown"),
        "Budsjett": (None, "unknown"),
        "(H)": (None, "unknown"),
    }


def test_a_proposal_shows_where_the_column_is_and_what_is_in_it():
    area = propose(read(BODY), CENTRAL)[3]
    assert (area.letter, area.samples, area.sure) == ("D", ("Ledelse", "Læring"), False)
    assert propose(read(BODY), CENTRAL)[0].samples == ("S1", "S2", "S3")


def test_what_was_chosen_before_comes_first_also_leaving_a_column_out():
    remembered = {"budsjett": "description", "PLANÅR": None, "Fra (F)": "end", "gone": "title", "titel": "no_such"}
    again = proposed(BODY, CENTRAL, remembered)
    assert again["Budsjett"] == ("description", "remembered")
    assert again["Planår"] == (None, "remembered")
    assert again["Fra (F)"] == ("end", "remembered")
    assert again["Titel"] == ("title", "close-spelling")


def test_what_was_chosen_before_against_a_column_s_name_is_to_be_looked_at_again():
    sure = {each.header: each.sure for each in propose(read(BODY), CENTRAL, {"planår": None, "budsjett": None})}
    assert (sure["Planår"], sure["Budsjett"]) == (False, True)


def test_no_column_is_proposed_twice():
    assert proposed(b"Navn;Name;Namn;Kode\n;;;\n", SECTORS) == {
        "Navn": ("name", "same-name"),
        "Name": (None, "unknown"),
        "Namn": (None, "unknown"),
        "Kode": ("code", "same-name"),
    }


def test_the_proposal_is_plain_data_that_the_file_is_read_by():
    mapping = json.loads(json.dumps(chosen(propose(read(BODY), CENTRAL))))
    rows, faults = load(BODY, CENTRAL, mapping=mapping)
    assert faults == []
    assert [row.number for row in rows] == [3, 4, 5]
    assert rows[0].values.keys() == {"external_id", "title", "plan_year", "area", "start"}
    assert rows[0].headers["area"] == "Hvilket område det er i"


def test_without_a_mapping_what_is_unknown_is_a_fault():
    assert found(load(BODY, CENTRAL).faults)[:4] == [
        (2, "Løpenr", "unknown-column"),
        (2, "Titel", "unknown-column"),
        (2, "Hvilket område det er i", "unknown-column"),
        (2, "Fra", "duplicate-column"),
    ]


def test_a_mapping_is_known_in_any_spelling_and_need_not_name_every_column():
    rows, faults = load(b"Hva;Kode\nHelse;EHA\n", SECTORS, mapping={" HVA ": "name"})
    assert (faults, rows[0].values) == ([], {"name": "Helse", "code": "EHA"})


def test_two_columns_of_the_file_can_not_be_the_same():
    faults = load(b"Hva;Kode;Navn\nHelse;EHA;Eldre\n", SECTORS, mapping={"Hva": "name"}).faults
    assert found(faults) == [(1, "Navn", "duplicate-column")]


def test_a_mapping_that_fits_neither_the_file_nor_the_import_is_told():
    faults = load(b"Hva;Kode\nHelse;EHA\n", SECTORS, mapping={"Hva": "tittel", "Hvem": "name"}).faults
    assert found(faults) == [
        (1, "Hva", "mapped-to-unknown"),
        (1, "Hvem", "mapped-column-missing"),
        (1, "name", "missing-column"),
    ]
    assert faults[0].as_json("nb")["message"].startswith("Kolonnen kan ikke leses som «tittel»")


def test_a_needed_column_that_is_left_out_is_missing():
    assert found(load(b"code,name\nA,Alna\n", SECTORS, mapping={"name": None}).faults) == [
        (1, "name", "missing-column")
    ]


def test_the_column_of_faults_that_we_add_ourselves_is_no_column():
    rows, faults = load("code,name,Feil\nA,Alna,Må fylles ut.\n".encode(), SECTORS)
    assert (faults, rows[0].values) == ([], {"code": "A", "name": "Alna"})
    assert "Faults" not in proposed(b"code,name,Faults\n", SECTORS)


@given(st.lists(st.text(st.characters(exclude_characters='"'), max_size=12), min_size=1, max_size=8))
def test_any_header_gets_proposals_that_can_be_read_by(names):
    body = ("\t".join(" ".join(name.split()).replace("\x00", "") or "x" for name in names) + "\tcode\nA\n").encode(
        "utf-8", "replace"
    )
    proposals = propose(read(body), GOALS)
    assert len({each.header for each in proposals}) == len(proposals)
    targets = [each.column for each in proposals if each.column]
    assert len(set(targets)) == len(targets)
    codes = {fault.code for fault in load(body, GOALS, mapping=chosen(proposals)).faults if fault.whole}
    assert codes <= {"missing-column"}
