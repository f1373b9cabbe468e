"""Pictures of the pages of the running demo: `make screenshots`.

The timeline page of the demo year and the preview of an import (which is not carried out) go into the README, from
infra/docs; the rest, on request, to a folder of one's choice, to be looked at:
`python -m tests.screenshots --all FOLDER`.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Error, FilePayload, Page, sync_playwright

from infra.demo.load import YEAR
from infra.local import browser as browsers
from infra.local.stack import demo

DOCS = Path(__file__).parents[1] / "infra" / "docs"
WIDE, PHONE, SHEET = (1440, 1180), (360, 800), (1000, 1080)
PAGES = {
    "overview": f"/?year={YEAR}",
    "timeline": f"/timeline?year={YEAR}",
    "initiative": "/initiatives/S18-02",
    "planned": f"/timeline?year={YEAR}&basis=planned",
    "cell": f"/timeline?year={YEAR}&goal=K3&sector=BLK",
    "error": "/timeline?from=2018-02-30&to=2018-03-01",
}

IMPORT = "/local/initiatives/import"
SPREADSHEET = """Tiltak i sektoren vår, utkast;;;;;
Løpenr;Sektor;Tiltakets navn;Støtter sentralt tiltak;Fra;Til
B-1;BYU;Felles byggesaksmøte;S18-02;01.03.2018;30.06.2018
B-2;BYU;Åpen tegnebordskveld;;31.02.2018;30.06.2018
"""
"""A sheet as a sector has it: a title above the header, columns with names of its own, a day that there is not."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default=demo().url("gateway"), help="where the demo is (default: %(default)s)")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page, wide and narrow, in both languages")
    asked = parser.parse_args()
    try:
        with sync_playwright() as playwright:
            # Without a browser of the machine's: playwright's own, where it is installed. No sandbox, as in containers.
            browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
            take(browser, asked.address + PAGES["timeline"], DOCS / "timeline.png", WIDE)
            take(browser, asked.address + IMPORT, DOCS / "import.png", SHEET, before=send_spreadsheet)
            if asked.all:
                take_all(browser, asked.address, asked.all)
    except Error as error:
        first = error.message.strip().splitlines()[0]
        print(f"No pictures: {first}\nIs the demo running (`make demo`), and is Chromium installed?", file=sys.stderr)
        return 1
    return 0


def take_all(browser: Browser, address: str, folder: Path) -> None:
    for name, path in PAGES.items():
        for language in ("nb", "en"):
            for size, suffix in ((WIDE, "wide"), (PHONE, "phone")):
                there = f"{address}{path}{'&' if '?' in path else '?'}lang={language}"
                take(browser, there, folder / f"{name}-{language}-{suffix}.png", size, whole=True)


def send_spreadsheet(page: Page) -> None:
    """On the page of an import, as far as the preview of what the file would do."""
    sheet: FilePayload = {"name": "tiltak.csv", "mimeType": "text/csv", "buffer": SPREADSHEET.encode()}
    page.get_by_label("Regneark").set_input_files(sheet)
    page.get_by_role("button", name="Les filen").click()
    page.locator("main tbody").first.wait_for()


def take(
    browser: Browser,
    address: str,
    picture: Path,
    size: tuple[int, int],
    *,
    whole: bool = False,
    before: Callable[[Page], None] | None = None,
) -> None:
    """A picture of what is seen first, or of the whole page. `before`: what is done there first.

    Raises playwright's Error where there is no such page.
    """
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nb-NO")
    page = context.new_page()
    page.goto(address)
    if before:
        before(page)
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=whole)
    context.close()
    print(picture)


if __name__ == "__main__":
    sys.exit(main())
