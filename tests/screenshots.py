"""Pictures of the pages of the running demo: `make screenshots`.

The timeline page of the demo year goes into the README (infra/docs/timeline.png); the rest, on request, to a folder of
one's choice, to be looked at: `python -m tests.screenshots --all FOLDER`.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from infra.demo.load import YEAR
from infra.local import browser as browsers
from infra.local.stack import demo

README_PICTURE = Path(__file__).parents[1] / "infra" / "docs" / "timeline.png"
WIDE, PHONE = (1440, 1180), (360, 800)
PAGES = {
    "overview": f"/?year={YEAR}",
    "timeline": f"/timeline?year={YEAR}",
    "initiative": "/initiatives/S18-02",
    "planned": f"/timeline?year={YEAR}&basis=planned",
    "cell": f"/timeline?year={YEAR}&goal=K3&sector=BLK",
    "error": "/timeline?from=2018-02-30&to=2018-03-01",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default=demo().url("gateway"), help="where the demo is (default: %(default)s)")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page, wide and narrow, in both languages")
    asked = parser.parse_args()
    try:
        with sync_playwright() as playwright:
            # Without a browser of the machine's: playwright's own, where it is installed. No sandbox, as in containers.
            browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
            take(browser, asked.address + PAGES["timeline"], README_PICTURE, WIDE)
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


def take(browser: Browser, address: str, picture: Path, size: tuple[int, int], *, whole: bool = False) -> None:
    """A picture of what is seen first, or of the whole page. Raises playwright's Error where there is no page."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nb-NO")
    page = context.new_page()
    page.goto(address)
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=whole)
    context.close()
    print(picture)


if __name__ == "__main__":
    sys.exit(main())
