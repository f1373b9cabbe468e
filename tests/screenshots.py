"""Pictures of the pages: `make screenshots`, while the demo runs.

Into infra/docs: the timeline of the demo year and the preview of an import (which is not carried out) for the README,
and into infra/docs/pages each page of the timeline as it looks with the demo year, in English, with nothing, with 2,000
initiatives, on a phone, in print and without colour; `pages.md` beside them shows them all.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, FilePayload, FloatRect, Page, sync_playwright

from infra.demo.load import YEAR
from infra.local import browser as browsers
from infra.local.stack import demo
from tests import crowd
from tests.benchmarks.serving import served

DOCS = Path(__file__).parents[1] / "infra" / "docs"
WIDE, PHONE, PAPER, SHEET = (1440, 1180), (360, 800), (1040, 1470), (1000, 1080)
HIGHEST = 1600
"""Pixels of a picture in `pages`: the beginning of a page is enough to see how it looks."""
SCALE, QUALITY = 0.55, 40
"""Of the pictures in `pages`, beside the page's own pixels, and of JPEG in per cent: some tens of kilobytes each."""

README_TIMELINE = f"/timeline?year={YEAR}"
PAGES = {
    "overview": f"/?year={YEAR}",
    "timeline": f"/timeline?year={YEAR}",
    "initiative": "/initiatives/{initiative}?year=" + str(YEAR),
    "gaps": f"/gaps?year={YEAR}",
    "changes": f"/changes?year={YEAR}&from_known={YEAR}-01-15",
    "plan": f"/plan?year={YEAR}",
    "what-if": f"/what-if?year={YEAR}&drop=" + "{initiative}",
    "learning": "/learning?q=team",
    "status": "/status",
    "embed": f"/embed?sector=BLK&year={YEAR}",
}
"""Name → address; `{initiative}` is one that there is."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at. `city`: whose pages, by its name in `Cities`."""

    told: str
    city: str = "demo"
    size: tuple[int, int] = WIDE
    media: str = "screen"
    is_grey: bool = False
    language: str = "nb"


LOOKS = {
    "demo": Look("the demo year"),
    "english": Look("in English", language="en"),
    "empty": Look("with nothing", city="empty"),
    "crowded": Look("2,000 initiatives", city="crowded"),
    "phone": Look("on a phone", size=PHONE),
    "print": Look("in print", size=PAPER, media="print"),
    "grey": Look("without colour", is_grey=True),
}
INITIATIVES = {"demo": "S18-02", "crowded": "C001"}
"""City → an initiative in it; a page of one is left out where there is none."""

IMPORT = "/local/initiatives/import"
SPREADSHEET = """Tiltak i sektoren vår, utkast;;;;;
Løpenr;Sektor;Tiltakets navn;Støtter sentralt tiltak;Fra;Til
B-1;BYU;Felles byggesaksmøte;S18-02;01.03.2018;30.06.2018
B-2;BYU;Åpen tegnebordskveld;;31.02.2018;30.06.2018
"""
"""A sheet as a sector has it: a title above the header, columns with names of its own, a day that there is not."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", choices=PAGES, action="append", help="only this page; may be said several times")
    parser.add_argument("--look", choices=LOOKS, action="append", help="only this look; may be said several times")
    parser.add_argument("--into", type=Path, default=DOCS, metavar="FOLDER", help="default: %(default)s")
    asked = parser.parse_args()
    try:
        with sync_playwright() as playwright, cities() as addresses:
            # Without a browser of the machine's: playwright's own, where it is installed. No sandbox, as in containers.
            browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
            if not (asked.page or asked.look):
                take(browser, addresses["demo"] + README_TIMELINE, asked.into / "timeline.png", Look("", size=WIDE))
                sheet = Look("", size=SHEET)
                take(browser, addresses["demo"] + IMPORT, asked.into / "import.png", sheet, before=send_spreadsheet)
            taken = list(take_all(browser, addresses, asked.into / "pages", asked.page or PAGES, asked.look or LOOKS))
            if not (asked.page or asked.look):
                (asked.into / "pages.md").write_text(index(taken), encoding="utf-8")
    except Error as error:
        first = error.message.strip().splitlines()[0]
        print(f"No pictures: {first}\nIs the demo running (`make demo`), and is Chromium installed?", file=sys.stderr)
        return 1
    return 0


@contextmanager
def cities() -> Iterator[dict[str, str]]:
    """The addresses of the demo, of a timeline that knows nothing, and of a crowded one, both served for the while."""
    stack, app = demo(), "services.timeline.app:create()"
    empty, crowded = crowd.read_model(stack, "pictures_empty"), crowd.read_model(stack, "pictures", crowd.year())
    with served(app, empty) as empty_port, served(app, crowded) as crowded_port:
        yield {
            "demo": stack.url("gateway"),
            "empty": f"http://127.0.0.1:{empty_port}",
            "crowded": f"http://127.0.0.1:{crowded_port}",
        }


Taken = tuple[str, str]
"""A page and a look that there is a picture of."""


def take_all(
    browser: Browser, addresses: dict[str, str], folder: Path, pages: Iterable[str], looks: Iterable[str]
) -> Iterator[Taken]:
    for name in pages:
        for look_name in looks:
            look = LOOKS[look_name]
            if "{initiative}" in PAGES[name] and look.city not in INITIATIVES:
                continue
            path = PAGES[name].format(initiative=INITIATIVES.get(look.city, ""))
            there = f"{addresses[look.city]}{path}{'&' if '?' in path else '?'}lang={look.language}"
            take(browser, there, folder / f"{name}-{look_name}.jpg", look)
            yield name, look_name


def index(taken: list[Taken]) -> str:
    lines = [
        "# How the pages look",
        "",
        "Made by `make screenshots`; of a long page the beginning.",
        "",
        "| | " + " | ".join(look.told for look in LOOKS.values()) + " |",
        "|---|" + "---|" * len(LOOKS),
    ]
    for page in PAGES:
        cells = [_shown(page, name) if (page, name) in taken else "" for name in LOOKS]
        lines.append(f"| **{page}** | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _shown(page: str, look: str) -> str:
    picture = f"pages/{page}-{look}.jpg"
    return f"[![{page}, {LOOKS[look].told}]({picture})]({picture})"


def send_spreadsheet(page: Page) -> None:
    """On the page of an import, as far as the preview of what the file would do."""
    sheet: FilePayload = {"name": "tiltak.csv", "mimeType": "text/csv", "buffer": SPREADSHEET.encode()}
    page.get_by_label("Regneark").set_input_files(sheet)
    page.get_by_role("button", name="Les filen").click()
    page.locator("main tbody").first.wait_for()


def take(
    browser: Browser, address: str, picture: Path, look: Look, *, before: Callable[[Page], None] | None = None
) -> None:
    """A PNG of what is seen first; a JPEG of the page down to `HIGHEST`. `before`: what is done there first.

    Raises playwright's Error where there is no such page, or it went wrong.
    """
    wide, high = look.size
    is_png = picture.suffix == ".png"
    context = browser.new_context(
        viewport={"width": wide, "height": high}, locale="nb-NO", device_scale_factor=1 if is_png else SCALE
    )
    page = context.new_page()
    page.emulate_media(media="print" if look.media == "print" else "screen")
    if look.is_grey:
        session = context.new_cdp_session(page)
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise Error(f"{address} answered {answer.status if answer else 'nothing'}")
    if before:
        before(page)
    picture.parent.mkdir(parents=True, exist_ok=True)
    if is_png:
        page.screenshot(path=picture)
    else:
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip: FloatRect = {"x": 0, "y": 0, "width": wide, "height": min(whole, HIGHEST)}
        page.screenshot(path=picture, type="jpeg", quality=QUALITY, full_page=True, clip=clip)
    context.close()
    print(picture)


if __name__ == "__main__":
    sys.exit(main())
