"""Whole lists in a browser: out and in again, real ones, very long ones. Last of all, as they fill the services."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.forms import send
from tests.journeys.datasets import Dataset, datasets

LONG = 90_000
"""Milliseconds, for a list that takes some time on a busy machine."""


def test_what_is_exported_and_sent_again_changes_nothing(page: Page) -> None:
    for where in ("/goals/goals", "/central/initiatives", "/central/plans", "/local/initiatives", "/local/sectors"):
        page.goto(where)
        with page.expect_download() as download:
            page.get_by_role("link", name="Last ned som XLSX").click()
        content = Path(download.value.path()).read_bytes()
        send(page, f"{where}/import", "eksport.xlsx", content)
        expect(page.get_by_role("status"), where).to_contain_text("Alt i filen er her allerede.")


@pytest.mark.parametrize("dataset", [pytest.param(each, id=each.name) for each in datasets()])
def test_whole_lists_come_in_through_the_import_page(page: Page, dataset: Dataset) -> None:
    for file, where in (
        ("goals", "/goals/goals"),
        ("sectors", "/local/sectors"),
        ("central_initiatives", "/central/initiatives"),
        ("local_initiatives", "/local/initiatives"),
    ):
        send(page, f"{where}/import", f"{file}.csv", dataset.files[file])
        button = page.get_by_role("button", name=re.compile("^Importer"))
        if button.count():  # another test may have imported them
            expect(button).to_have_text(f"Importer {len(dataset.rows(file))}")
            button.click()
            expect(page.get_by_role("status")).to_contain_text("Alt er lagret.")
        send(page, f"{where}/import", f"{file}.csv", dataset.files[file])
        expect(page.get_by_role("status"), file).to_contain_text("Alt i filen er her allerede.")


def test_ten_thousand_rows_tell_how_far_they_are(page: Page) -> None:
    page.goto("/local/sectors/new")
    page.get_by_label("Kode").fill("STOR")
    page.get_by_label("Navn").fill("En sektor med lang liste")
    page.get_by_role("button", name="Registrere en sektor").click()
    rows = "".join(f"T{number:05};STOR;Tiltak nummer {number};2033-01-01;2033-12-31\n" for number in range(10_000))
    page.set_default_timeout(LONG)
    send(page, "/local/initiatives/import", "stor.csv", f"Nr;Sektor;Tittel;Fra;Til\n{rows}")
    button = page.get_by_role("button", name="Importer 10000")
    button.wait_for()
    started = time.monotonic()
    button.click(no_wait_after=True)
    expect(page.get_by_role("log")).to_contain_text("av 10", timeout=LONG)
    page.get_by_role("link", name="Ferdig").click()
    expect(page.get_by_role("status")).to_contain_text("Alt er lagret.")
    print(f"10,000 rows imported after {time.monotonic() - started:.1f} s")
