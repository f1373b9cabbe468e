"""Spreadsheets in a browser: a list is sent, corrected, imported; what is no list, and what is far too large."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_holds
from tests.browser.conftest import NewPage
from tests.browser.forms import send
from tests.journeys.city import City

SECTOR = "BYU"

WITH_FAULTS = f"""Tiltak i sektoren vår;;;;;;
Løpenr;Sektor;Tiltakets navn;Støtter sentralt tiltak;Fra;Til;Ansvarlig enhet
B-1;{SECTOR};Felles byggesaksmøte;S18-02;01.03.2018;30.06.2018;Plan- og bygningsetaten
B-2;{SECTOR};;;05.03.2018;30.06.2018;
B-3;{SECTOR};Åpen tegnebordskveld;;31.02.2018;30.06.2018;
B-4;XYZ;Enklere brev;;01.09.2018;31.10.2018;
"""
CORRECTED = (
    WITH_FAULTS.replace("B-2;BYU;;", "B-2;BYU;Færre vedlegg;")
    .replace("31.02.2018", "28.02.2018")
    .replace("B-4;XYZ", f"B-4;{SECTOR}")
)


def test_a_sector_imports_its_spreadsheet_corrects_three_faults_and_sees_it(page: Page, city: City) -> None:
    page.goto("/local/initiatives")
    page.get_by_role("link", name="Importer fra regneark").click()
    assert_holds(page)
    send(page, "/local/initiatives/import", "tiltak.csv", WITH_FAULTS)
    faults = page.get_by_role("region", name="Dette må rettes").locator("tbody tr")
    expect(faults).to_have_count(3)
    expect(faults.nth(0)).to_contain_text("4")
    expect(faults.nth(1)).to_contain_text("31.02.2018")
    expect(faults.nth(2)).to_contain_text("XYZ")
    assert_holds(page)
    with page.expect_download() as marked:
        page.get_by_role("link", name="Last ned filen med feilene merket").click()
    assert marked.value.suggested_filename == "tiltak med merknader.xlsx"
    assert city.asks("local_initiatives", "/initiatives?text=byggesaksmøte") == []

    send(page, "/local/initiatives/import", "tiltak.csv", CORRECTED)
    expect(page.get_by_role("region", name="Dette må rettes")).to_have_count(0)
    page.get_by_label("På vegne av").fill("Avdeling for byutvikling")
    page.get_by_role("button", name="Importer 4").click()
    expect(page.get_by_role("status")).to_contain_text("Alt er lagret.")
    assert_accessible(page)
    page.goto(f"/local/initiatives/{SECTOR}:B-1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Felles byggesaksmøte")
    expect(page.locator("main")).to_contain_text("Avdeling for byutvikling")
    expect(page.locator("main")).to_contain_text("S18-02")

    send(page, "/local/initiatives/import", "tiltak.csv", CORRECTED)
    expect(page.get_by_role("status")).to_contain_text("Alt i filen er her allerede.")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("liste.csv", b"<!doctype html><table><tr><td>Tittel</td></tr></table>", "HTML"),
        ("liste.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gamle format"),
        ("tom.csv", b"", "tom"),
        ("liste.pdf", b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(page: Page, name: str, content: bytes, sentence: str) -> None:
    send(page, "/goals/goals/import", name, content)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    assert_accessible(page)


def test_a_zip_bomb_is_weighed_and_not_unpacked(page: Page) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c></c>" * 30_000_000)
    send(page, "/goals/goals/import", "bombe.xlsx", bomb.getvalue())
    expect(page.get_by_role("alert")).to_contain_text("pakkes ut")


def test_a_file_of_two_hundred_megabytes_is_refused_with_a_page_and_the_service_goes_on(
    page: Page, tmp_path: Path, new_page: NewPage
) -> None:
    large = tmp_path / "stor.csv"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    page.goto("/goals/goals/import")
    page.get_by_label("Regneark").set_input_files(large)
    page.get_by_role("button", name="Les filen").click()
    expect(page.locator("main")).to_contain_text("for stort til å bli tatt imot")
    new_page().goto("/goals/goals")
