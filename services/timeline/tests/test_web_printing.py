"""Each page on paper: the facts of the page, in its language, by the rules for accessible PDFs."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from services.timeline.printing import TooLargeError, reading, typesetter
from services.timeline.printing.content import Chart
from services.timeline.printing.markup import Element, tree
from services.timeline.printing.reading import CONTROLS, NOT_PRINTED, ON_PAPER
from services.timeline.tests import pdfs
from services.timeline.tests.test_web import page, words
from services.timeline.web import printing
from shared.problems import Language

ADDRESSES = {
    "/": "/overview.pdf?year=2018",
    "/timeline": "/timeline.pdf?year=2018",
    "/gaps": "/gaps.pdf?year=2018&kind=central_only&min_days=60",
    "/changes": "/changes.pdf?year=2018&from_known=2018-01-31&to_known=2018-02-28",
    "/what-if": "/what-if.pdf?year=2018&move=S18-01:2018-03-01..2018-05-31",
    "/plan": "/plan.pdf?year=2018",
    "/initiatives/S18-01": "/initiatives/S18-01.pdf?year=2018",
    "/learning": "/learning.pdf?year=2018&q=leder",
}
"""Page → its address on paper."""


SAID = frozenset({"h1", "h2", "h3", "p", "caption", "td", "th", "li", "dt", "dd", "a", "strong", "em", "small"})
"""Elements whose text is printed, where it is theirs alone."""


def test_a_part_of_a_tall_lane_has_the_bars_and_marks_that_are_seen_in_it(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = page(demo, "/timeline?year=2018&goal=K3&lang=nb")
    monkeypatch.setattr(reading, "HIGHEST", 0.1)
    sheet = reading.read(
        html, base="http://localhost/", drawn=lambda source, _: source, most_columns=9, part=lambda caption, *_: caption
    )
    (chart,) = [block for block in sheet.blocks if isinstance(block, Chart)]
    parts = [part.svg for lane in chart.lanes for part in lane.drawings]
    assert len(parts) > len(chart.lanes)
    for part in parts:
        _, top, _, height = map(float, re.findall(r'viewBox="([^"]*)"', part)[0].split())
        places = [float(y) for y in re.findall(r'<path class="bar \w+" d="M[\d.]+ ([\d.]+)', part)]
        places += [float(y) for y in re.findall(r'<rect class="gap" [^>]* y="([\d.]+)"', part)]
        assert all(top - 21 < y < top + height for y in places)
    on_page = re.findall(r"<title>(.*?)</title>", html.partition('class="chart')[2].partition('id="table"')[0])
    assert set(re.findall(r"<title>(.*?)</title>", "".join(parts))) == set(on_page)


def on_screen(address: str) -> str:
    path, _, asked = address.partition("?")
    return f"{path.removesuffix('.pdf').replace('/overview', '/')}?{asked}"


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_page_on_paper_says_what_the_page_says(demo: FlaskClient, address: str, language: Language) -> None:
    content = pdfs.taken(demo, f"{address}&lang={language}")
    assert pdfs.is_tagged(content)
    assert f"<dc:language><rdf:Bag><rdf:li>{language}" in re.sub(r"\s+", "", content.decode("latin-1"))
    main = next(tree(page(demo, f"{on_screen(address)}&lang={language}")).elements("main"))
    expected = list(printed(main))
    said = pdfs.words(content)
    assert len(expected) > 5
    assert [text for text in expected if pdfs.letters(text) not in said] == []


def printed(element: Element) -> Iterator[str]:
    """The texts of a page's headings, cells and captions, as far as they are for a screen and for paper."""
    for child in element.children:
        if not isinstance(child, Element) or child.classes & {*NOT_PRINTED, ON_PAPER} or child.tag in CONTROLS:
            continue
        if child.tag in SAID and not any(isinstance(part, Element) for part in child.children):
            yield child.text()
        yield from printed(child)


def test_it_says_which_window_basis_day_and_selection_it_shows_from_where_and_when(demo: FlaskClient) -> None:
    asked = "from=2018-02-01&to=2018-03-31&basis=planned&known_on=2018-05-31&goal=K3&sector=BLK&lang=nb"
    found = pdfs.pages(pdfs.taken(demo, f"/timeline.pdf?{asked}"))
    first, last = found[0], found[-1]
    for fact in (
        "Tidsrom: 1. feb.–31. mars 2018",
        "Perioder: Planlagte",
        "Slik det var kjent: 31. mai 2018",
        "Mål: K3 Gode beslutningsgrunnlag",
        "Sektor: Byrådsleders kontor",
        "Laget: ",
    ):
        assert fact in first
    assert pdfs.letters(f"Adresse: http://localhost/timeline?{asked}") in pdfs.letters(first)
    assert "Tidslinje 1. feb.–31. mars 2018" in last
    assert re.search(r"Side (\d+) av \1", last)
    assert (
        "Bare én side: bare sentralt"
        in pdfs.pages(pdfs.taken(demo, "/gaps.pdf?year=2018&kind=central_only&lang=nb"))[0]
    )


def test_the_chart_has_its_axis_on_each_page_and_no_controls(demo: FlaskClient) -> None:
    found = pdfs.pages(pdfs.taken(demo, "/timeline.pdf?year=2018&lang=nb"))
    charts = [text for text in found if "1. tertial 2018" in text]
    assert charts == [text for text in found if "jan feb mar apr mai jun" in text]
    assert len(charts) > 3
    assert charts[0] == found[0]
    assert not any("Fold sammen" in text for text in found)


def test_all_gaps_are_in_the_document_also_where_the_page_has_several_parts(demo: FlaskClient) -> None:
    total = demo.get("/api/gaps?year=2018&limit=2000").json["gaps"]
    said = "".join(pdfs.pages(pdfs.taken(demo, "/gaps.pdf?year=2018&lang=en")))
    assert len(total) > 100
    assert re.findall(r"(?m)^(\d{1,3})\. ", said) == [str(n) for n in range(1, len(total) + 1)]


@pytest.mark.parametrize(
    ("page", "asked", "of"),
    [("gaps", "year=2018", r"\d{3}"), ("changes", "year=2018&from_known=2018-01-31", r"\d+"), ("learning", "", "12")],
)
def test_what_a_document_has_no_room_for_is_said_with_where_it_is(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch, page: str, asked: str, of: str
) -> None:
    whole = pdfs.words(pdfs.taken(demo, f"/{page}.pdf?{asked}"))
    monkeypatch.setattr(f"services.timeline.web.{page}.LARGEST_PAGE", 7)
    some = pdfs.words(pdfs.taken(demo, f"/{page}.pdf?{asked}"))
    said = pdfs.letters("Resten finner du på")
    assert said not in whole
    assert re.search(rf"{pdfs.letters('Her er de første 7 av ')}{of}{said}httplocalhost{page}", some)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_each_page_offers_its_document_and_its_own_address(demo: FlaskClient, address: str) -> None:
    html = page(demo, on_screen(address) + "&lang=en")
    (offered,) = re.findall(r'<a href="([^"]+)">PDF, the page as it prints</a>', html)
    assert unescape(offered).partition("?")[0] == address.partition("?")[0]
    asked, expected = (dict(parse_qsl(urlsplit(unescape(one)).query)) for one in (offered, address))
    assert asked.items() >= expected.items()
    (exactly,) = re.findall(r'readonly value="([^"]+)"', html)
    there = page(demo, unescape(exactly).removeprefix("http://localhost") + "&lang=en")
    assert there.partition("<main")[2] == html.partition("<main")[2]


def test_a_document_is_called_after_its_page_its_window_and_its_selection(demo: FlaskClient) -> None:
    answers = [
        demo.get(address).headers["Content-Disposition"]
        for address in ("/gaps.pdf?year=2018&goal=K3&sector=BLK", "/initiatives/S18-01.pdf?year=2018")
    ]
    assert answers == [
        "inline; filename=samtidig-gaps-2018-K3-BLK.pdf",
        "inline; filename=samtidig-initiative-S18-01-2018.pdf",
    ]


def test_titles_that_are_code_and_long_ones_are_texts(odd: FlaskClient) -> None:
    content = pdfs.taken(odd, "/timeline.pdf?year=2018")
    said = pdfs.words(content)
    assert pdfs.is_tagged(content)
    assert "<script>alert('c')</script>" in "".join(pdfs.pages(content))
    assert pdfs.letters("L" * 460) in said
    assert pdfs.letters('"><img src=x>') in said


def test_where_there_is_nothing_the_paper_says_so(empty: FlaskClient) -> None:
    for address in ("/overview.pdf", "/timeline.pdf", "/gaps.pdf", "/changes.pdf"):
        content = pdfs.taken(empty, address)
        (text,) = pdfs.pages(content)
        assert re.search("ingen|ingenting", text.lower())
        assert 0.001 < pdfs.darkness(content) < 0.2


def test_only_the_font_that_is_installed_with_the_service_is_used(demo: FlaskClient) -> None:
    assert {re.split(r"[-\[]", font)[0] for font in pdfs.fonts(pdfs.taken(demo, "/overview.pdf?year=2018"))} == {
        "Inter"
    }


def test_what_can_not_be_asked_for_and_what_is_not_there_is_said_on_a_page(demo: FlaskClient) -> None:
    assert "Adressen spør om noe som ikke går an" in words(page(demo, "/gaps.pdf?kind=begge", 422))
    assert "K99" in words(page(demo, "/initiatives/K99.pdf", 404))


def test_too_much_for_one_document_is_said_with_a_way_on(demo: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> bytes:
        raise TooLargeError

    monkeypatch.setattr(printing.printing, "pdf", refuse)
    assert "Dette er for mye til ett dokument" in words(page(demo, "/gaps.pdf?year=2018", 422))
    monkeypatch.undo()
    monkeypatch.setattr(typesetter, "PATIENCE", 0.01)
    with typesetter._turn:
        response = demo.get("/gaps.pdf?year=2018")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_a_browser_prints_what_the_document_has(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018")
    assert f'<dl class="{ON_PAPER}">' in html
    sheets = [demo.get(found).text for found in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]
    rules = "".join(sheet.partition("@media print")[2] for sheet in sheets)
    hidden = set(re.findall(r"\.([\w-]+)(?=[\w ,.-]*\{ display: none)", rules))
    assert NOT_PRINTED - hidden == {"unseen", "patterns", "go"}
