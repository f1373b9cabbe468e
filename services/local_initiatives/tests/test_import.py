"""Sectors, agencies and local initiatives from spreadsheets, as people have them."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from services.local_initiatives.app import SERVICE
from shared import identity
from shared.testing.service import row_faults, running

HEALTH = str(identity.named("sector", "EHA"))
HEADER = "external_id,sector,agency,title,description,goals,supports,start,end,responsible"
CSV = f"""{HEADER}
T01,EHA,BSA,Faste team,"Avtaler dagen, sammen",K2;K7,S1|S2,2018-02-12,2018-06-29,Hjemmetjenesten
T02,EHA,,Åpen postkasse,,K2,,,2018-06-29,
T01,FIN,KEM,Færre felter i skjemaet,,,,,,
"""
REAL = Path(__file__).parents[4] / "shared" / "data" / "piano_triennale_2020_2022"
"""Italy's three-year plan (CC0), where it stands beside the repository."""


@pytest.fixture
def fresh(postgres):
    """With two sectors and their agencies, all of them from files."""
    with running(SERVICE, postgres.database()) as service:
        assert service.send("/sectors/import", "code,name\nEHA,Helse\nFIN,Finans\n").json["created"] == 2
        agencies = f"code;name;sector\nBSA;Bydel Sagene;EHA\nKEM;Kemneren;FIN\nBFR;Bydel Frogner;{HEALTH}\n"
        assert service.send("/agencies/import", agencies).json["created"] == 3
        yield service


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(response):
    assert response.status_code == 200, response.text
    return tuple(response.json[name] for name in ("created", "updated", "unchanged"))


def happened(response):
    return {change["row"]: [name.split(".")[2] for name in change["events"]] for change in response.json["changes"]}


# Sectors and agencies


def test_a_row_renames_what_is_there_and_registers_what_is_not(fresh):
    response = fresh.send("/sectors/import", "code,name\nEHA,Eldre og helse\nFIN,Finans\nBYU,Byutvikling\n")
    assert counts(response) == (1, 1, 1)
    assert happened(response) == {2: ["renamed"], 4: ["registered"]}
    assert fresh.get("/sectors/EHA")["name"] == "Eldre og helse"


def test_an_agency_of_an_unknown_sector_or_moved_to_another_is_a_fault_at_that_column(fresh):
    before = fresh.rows()
    file = "kode,navn,sektor\nBAL,Bydel Alna,XYZ\nBSA,Bydel Sagene,FIN\nBBJ,Bydel Bjerke,EHA\nA:B,Feil,EHA\n"
    assert row_faults(fresh.send("/agencies/import", file)) == [
        (2, "sektor", "sector-unknown"),
        (3, "sektor", "agency-does-not-move"),
        (5, "kode", "code-malformed"),
    ]
    assert fresh.rows() == before


# Initiatives


def test_a_file_makes_initiatives(fresh):
    response = fresh.send("/initiatives/import", CSV)
    assert counts(response) == (3, 0, 0)
    assert happened(response) == {2: ["proposed", "scheduled"], 3: ["proposed", "scheduled"], 4: ["proposed"]}
    shown = fresh.get("/initiatives/EHA:T01")
    assert (
        shown.items()
        >= {
            "sector": HEALTH,
            "agency": str(identity.named("agency", "BSA")),
            "title": "Faste team",
            "description": "Avtaler dagen, sammen",
            "goals": [str(identity.named("goal", "K2")), str(identity.named("goal", "K7"))],
            "supports": [str(identity.named("central-initiative", name)) for name in ("S1", "S2")],
            "start": "2018-02-12",
            "end": "2018-06-29",
            "responsible": "Hjemmetjenesten",
            "status": "proposed",
        }.items()
    )
    assert fresh.get("/initiatives/EHA:T02").items() >= {"start": None, "end": "2018-06-29"}.items()
    assert fresh.get("/initiatives/FIN:T01")["title"] == "Færre felter i skjemaet"


def test_an_unchanged_file_makes_no_event(fresh):
    fresh.send("/initiatives/import", CSV)
    before = fresh.rows()
    assert counts(fresh.send("/initiatives/import", CSV)) == (0, 0, 3)
    assert counts(fresh.send("/initiatives/import", CSV.replace(",EHA,", f",{HEALTH},"))) == (0, 0, 3)
    assert fresh.rows() == before


def test_what_has_changed_in_a_row_and_nothing_else_becomes_events(fresh):
    fresh.send("/initiatives/import", CSV)
    response = fresh.send(
        "/initiatives/import",
        f"{HEADER}\n"
        "T01,EHA,BFR,Faste team,,K2,S2;S3,2018-03-05,2018-06-29,Hjemmetjenesten\n"
        "T02,EHA,,Åpen postkasse,,K2,,2018-02-01,2018-06-29,\n"
        "T01,FIN,KEM,Færre felter i skjemaet,,,,2018-01-02,,\n",
    )
    assert counts(response) == (0, 3, 0)
    assert happened(response) == {
        2: ["revised", "support-declared", "support-withdrawn", "rescheduled"],
        3: ["rescheduled"],
        4: ["scheduled"],
    }
    shown = fresh.get("/initiatives/EHA:T01")
    supports = [str(identity.named("central-initiative", name)) for name in ("S2", "S3")]
    assert shown.items() >= {"description": None, "start": "2018-03-05", "supports": supports}.items()


def test_a_column_that_the_file_lacks_is_left_alone(fresh):
    fresh.send("/initiatives/import", CSV)
    response = fresh.send("/initiatives/import", "external_id,sector,title,end\nT01,EHA,Faste team,2018-07-31\n")
    assert happened(response) == {2: ["rescheduled"]}
    shown = fresh.get("/initiatives/EHA:T01")
    assert shown.items() >= {"start": "2018-02-12", "end": "2018-07-31", "responsible": "Hjemmetjenesten"}.items()
    assert len(shown["goals"]) == 2
    response = fresh.send("/initiatives/import", "external_id,sector,title\nT02,EHA,Åpen postkasse på biblioteket\n")
    assert happened(response) == {2: ["revised"]}
    assert fresh.get("/initiatives/EHA:T02")["end"] == "2018-06-29"


def test_empty_cells_take_the_period_away(fresh):
    fresh.send("/initiatives/import", CSV)
    response = fresh.send("/initiatives/import", "external_id,sector,title,start,end\nT01,EHA,Faste team,,\n")
    assert happened(response) == {2: ["rescheduled"]}
    assert fresh.get("/initiatives/EHA:T01").items() >= {"start": None, "end": None}.items()


def test_a_finished_initiative_in_an_unchanged_file_is_no_fault(fresh):
    fresh.send("/initiatives/import", CSV)
    fresh.post("/initiatives/EHA:T01/discontinue", {"on": "2018-05-04"})
    assert counts(fresh.send("/initiatives/import", CSV)) == (0, 0, 3)
    moved = CSV.replace("2018-02-12", "2018-02-13")
    assert row_faults(fresh.send("/initiatives/import", moved)) == [(2, None, "initiative-ended")]


def test_broken_rules_are_named_at_their_columns_and_no_row_is_stored(fresh):
    before = fresh.rows()
    file = (
        f"{HEADER}\n"
        "T01,EHA,BSA,Riktig,,,,2018-02-12,2018-06-29,\n"
        "T02,XYZ,,Ukjent sektor,,,,,,\n"
        "T03,018f6d5e-8f0e-7f67-9d2e-0f3a5c7b9d11,,Ukjent id,,,,,,\n"
        "T04,EHA,XYZ,Ukjent virksomhet,,,,,,\n"
        "T05,EHA,KEM,Annen sektors virksomhet,,,,,,\n"
        "T06,EHA,,Baklengs,,,,2018-06-29,2018-02-12,\n"
        "T07,EHA,,Umulig dag,,,,2018-02-30,,\n"
    )
    response = fresh.send("/initiatives/import", file, {"Accept-Language": "en"})
    assert row_faults(response) == [
        (3, "sector", "sector-unknown"),
        (4, "sector", "sector-unknown"),
        (5, "agency", "agency-unknown"),
        (6, "agency", "agency-of-other-sector"),
        (7, "end", "end-before-start"),
        (8, "start", "no-such-date"),
    ]
    assert (
        response.json["errors"][0].items()
        >= {
            "value": "XYZ",
            "message": "The sector is not registered. Register it first.",
        }.items()
    )
    assert fresh.rows() == before


def test_faults_of_cells_are_named_all_at_once(fresh):
    before = fresh.rows()
    file = (
        f"{HEADER},farge\nT01,EHA,,,,,,2018-02-30,vår,\nT02,,,Uten sektor,,,,,,\nT03,EHA,,A,,,,,,\nT03,EHA,,B,,,,,,\n"
    )
    assert row_faults(fresh.send("/initiatives/import", file)) == [
        (1, "farge", "unknown-column"),
        (2, "title", "required"),
        (2, "start", "no-such-date"),
        (2, "end", "not-a-date"),
        (3, "sector", "required"),
        (5, "external_id", "duplicate-row"),
    ]
    assert fresh.rows() == before


def test_a_dry_run_tells_what_would_happen_and_does_nothing(fresh):
    before = fresh.rows()
    response = fresh.send("/initiatives/import?dry_run=true", CSV)
    assert counts(response) == (3, 0, 0)
    assert fresh.rows() == before


def test_a_workbook_with_norwegian_headings_is_the_same_file(fresh):
    fresh.send("/initiatives/import", CSV)
    book = xlsx(
        ["Nr", "Sektor", "Bydel", "Tittel", "Mål", "Støtter", "Fra", "Til", "Ansvarlig"],
        ["T01", "EHA", "BSA", "Faste team", "K2; K7", "S1\nS2", "12.02.2018", "29.06.2018", "Hjemmetjenesten"],
    )
    assert counts(fresh.send("/initiatives/import", book)) == (0, 0, 1)
    sectors = xlsx(["Kode", "Navn"], ["BYU", "Byutvikling"])
    assert counts(fresh.send("/sectors/import", sectors)) == (1, 0, 0)
    agencies = xlsx(["Kode", "Navn", "Sektor"], ["PBE", "Plan- og bygningsetaten", "BYU"])
    assert counts(fresh.send("/agencies/import", agencies)) == (1, 0, 0)


if REAL.is_dir():

    def test_a_real_national_plan_goes_in_as_it_is(postgres):
        with running(SERVICE, postgres.database()) as local:
            for name, address, rows in (
                ("sectors", "/sectors/import", 5),
                ("local_initiatives", "/initiatives/import", 109),
            ):
                file = (REAL / f"{name}.csv").read_bytes()
                assert counts(local.send(address, file)) == (rows, 0, 0)
                assert counts(local.send(address, file)) == (0, 0, rows)
            shown = local.get("/initiatives/PA:CAP1.PA.LA01")
            assert shown.items() >= {"start": "2020-09-01", "end": None, "responsible": "PA"}.items()
            assert len(local.get("/initiatives?limit=1000")["items"]) == 109
