"""The chart as a picture: strict XML whatever a title holds, no text on another, sharp, and never too much to make."""

import re
import struct
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
import typst
from defusedxml import ElementTree
from flask.testing import FlaskClient

from services.timeline.drawing import sheet
from services.timeline.drawing.look import standalone
from services.timeline.pages import letters
from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import Teller, pages_on
from services.timeline.tests.test_web import page, words
from services.timeline.web import pictures
from shared import identity
from shared.problems import Language
from shared.testing.plugin import Postgres

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STRANGE = [
    "<script>alert('x')</script>",
    ']]> <![CDATA[ & &amp; "><svg onload=1>',
    "klokke\x07 og \x1b[31m, \ufffe og \uffff",
    "Fest 🎉👩‍👩‍👧 for 你好世界",
    "مرحبا بالعالم שלום",
    "W" * 460,
    'url(#hatch) class="bar" style="fill:red"',
]
VIEWS = {
    "a year": "year=2018",
    "in focus": "year=2018&lanes=goal&focus=S18-01",
    "a week in English": "from=2018-03-05&to=2018-03-11&lang=en",
    "several years folded": "from=2017-01-01&to=2019-12-31&lanes=area&closed=*",
    "a goal as it was known": "year=2018&goal=K3&known_on=2018-05-31&basis=planned",
}


@pytest.fixture(scope="module")
def strange(postgres: Postgres) -> Iterator[FlaskClient]:
    """Titles, names of goals, sectors and areas that hold what no picture expects."""
    tell, k1 = Teller(), identity.named("goal", "K1")
    events = [tell.goal("K1", STRANGE[2])]
    for n, title in enumerate(STRANGE):
        dates = {"start": f"2018-0{n + 1}-01", "end": f"2018-0{n + 1}-20"}
        events += [
            tell.sector(f"S{n}", title),
            tell.central(f"C{n}", title=title, area=title, goals=[k1], **dates),
            *tell.local("1", f"S{n}", dates["start"], dates["end"], title=title, goals=[k1]),
        ]
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


@pytest.fixture(scope="module")
def crowded(postgres: Postgres) -> Iterator[FlaskClient]:
    """2,000 initiatives, and one more than a chart shows."""
    tell, k1 = Teller(), identity.named("goal", "K1")
    events = [tell.goal("K1", "Mål")]
    for n in range(2001):
        month = 1 + n % 9
        days = f"2018-{month:02}-{1 + n % 28:02}", f"2018-{month + 2:02}-20"
        events += tell.local(str(n), f"S{n % 25}", *days, title=f"Lokalt tiltak nummer {n} med en tittel", goals=[k1])
    url = postgres.database()
    demo_world.create(url, events)
    with pages_on(url) as client:
        yield client


def drawn(client: FlaskClient, asked: str) -> Element:
    """The picture as a strict reader of XML has it."""
    response = client.get(f"/timeline.svg?{asked}")
    assert response.status_code == 200, response.text[-500:]
    assert response.content_type == "image/svg+xml"
    root: Element = ElementTree.fromstring(response.data)
    assert root.tag == f"{SVG}svg"
    return root


def png(client: FlaskClient, asked: str) -> bytes:
    response = client.get(f"/timeline.png?{asked}")
    assert response.status_code == 200, response.text[-500:]
    assert response.content_type == "image/png"
    return response.data


def size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", content[16:24])
    return wide, high


def shares(content: bytes, folder: Path, *colours: tuple[int, int, int]) -> list[float]:
    """How much of a PNG is in each of these colours: decoded by Typst, shown by PDFium."""
    (folder / "picture.png").write_bytes(content)
    (folder / "picture.typ").write_text(
        '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.png", width: 1158pt)', encoding="utf-8"
    )
    document = pypdfium2.PdfDocument(typst.compile(folder / "picture.typ"))
    dots = bytes(document[0].render(scale=1, rev_byteorder=True).buffer)
    document.close()
    found = [dots[at : at + 3] for at in range(0, len(dots), 3)]
    return [sum(dot == bytes(colour) for dot in found) / len(found) for colour in colours]


def text_of(element: Element) -> str:
    """What is seen: without titles, which are for who points at something."""
    seen = [element.text or ""] if element.tag == f"{SVG}text" else []
    for child in element:
        if child.tag not in (f"{SVG}title", f"{SVG}style"):
            seen.append(text_of(child))
        seen.append(child.tail or "" if element.tag == f"{SVG}text" else "")
    return " ".join(filter(None, seen))


def boxes(element: Element, x: float = 0, y: float = 0) -> Iterator[tuple[float, float, float, float]]:
    """The rooms of the texts: each in an `svg` of its own, which clips it; those of the axis have none."""
    for child in element:
        if child.tag == f"{SVG}svg":
            left, top = x + float(child.get("x", 0)), y + float(child.get("y", 0))
            if [part.tag for part in child] == [f"{SVG}text"] and "axis" not in child.get("class", ""):
                yield left, top, left + float(child.get("width", 0)), top + float(child.get("height", 0))
            yield from boxes(child, left, top)
        else:
            yield from boxes(child, x, y)


@pytest.mark.parametrize("asked", VIEWS.values(), ids=VIEWS)
def test_a_picture_shows_the_bars_of_the_page_with_links_that_lead_there_from_anywhere(
    demo: FlaskClient, asked: str
) -> None:
    html, root = page(demo, f"/timeline?{asked}"), drawn(demo, asked)
    paths = [path.get("class", "") for path in root.iter(f"{SVG}path")]
    for kind in ("central", "local", "activity", "participation"):
        assert paths.count(f"bar {kind}") == html.count(f'<path class="bar {kind}"')
    hrefs = [link.get("href", "") for link in root.iter(f"{SVG}a")]
    assert all(href.startswith("http://localhost/") for href in hrefs)
    on_page = re.findall(r'<a class="(?:plain|focus|dim|mark)" href="(/[^"]+)"', html)
    assert [href.removeprefix("http://localhost") for href in hrefs] == [h.replace("&amp;", "&") for h in on_page]


@pytest.mark.parametrize(("language", "said"), [("nb", "Sentrale tiltak"), ("en", "Central initiatives")])
def test_it_says_what_it_shows_from_where_and_when_to_eye_and_ear(
    demo: FlaskClient, language: Language, said: str
) -> None:
    asked = f"year=2018&basis=planned&known_on=2018-05-31&goal=K3&sector=BLK&lanes=goal&lang={language}"
    root = drawn(demo, asked)
    seen = text_of(root)
    facts = {
        "nb": ["Tidslinje 2018", "Perioder: Planlagte", "Slik det var kjent: 31. mai 2018", "Grupper etter: mål"],
        "en": ["Timeline 2018", "Periods: Planned", "As it was known on: 31 May 2018", "Group by: goal"],
    }[language]
    for fact in (*facts, "K3 Gode beslutningsgrunnlag", "Byrådsleders kontor", said, "http://localhost/timeline?year"):
        assert fact in seen
    assert re.search(r"(Laget|Made): \d", seen)
    assert "form=" not in seen
    assert root.get(XML_LANG) == language
    names = {name: root.find(f"{SVG}{name}") for name in ("title", "desc")}
    assert all(found is not None and found.text for found in names.values())
    assert root.get("aria-labelledby") == " ".join(found.get("id", "") for found in names.values() if found is not None)
    assert "K3 Gode beslutningsgrunnlag" in (names["desc"].text or "")  # type: ignore[union-attr]


def test_what_is_in_focus_is_said_and_framed(demo: FlaskClient) -> None:
    root = drawn(demo, VIEWS["in focus"])
    assert "I fokus: Maler for tildelingsbrev med færre og tydeligere mål" in text_of(root)
    assert sum(rect.get("class") == "frame" for rect in root.iter(f"{SVG}rect")) == 1


@pytest.mark.parametrize("asked", ["year=2018&lang=nb", "year=2018&lanes=area", "year=2018&lanes=goal&closed=*"])
def test_whatever_a_title_holds_the_picture_is_strict_xml_and_no_text_touches_another(
    strange: FlaskClient, asked: str, tmp_path: Path
) -> None:
    root = drawn(strange, asked)
    assert not list(root.iter(f"{SVG}script"))
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or name == "style"]
    wide, high = float(root.get("width", 0)), float(root.get("height", 0))
    found = list(boxes(root))
    assert len(found) > 15
    assert all(0 <= left < right <= wide and 0 <= top < bottom <= high for left, top, right, bottom in found)
    for (l1, t1, r1, b1), (l2, t2, r2, b2) in combinations(found, 2):
        assert r1 <= l2 + 0.2 or r2 <= l1 + 0.2 or b1 <= t2 + 0.2 or b2 <= t1 + 0.2, (l1, t1, l2, t2)
    (white,) = shares(png(strange, asked), tmp_path, (255, 255, 255))
    assert 0.5 < white < 0.995


def test_a_title_that_was_cut_is_whole_for_who_points_at_it(strange: FlaskClient) -> None:
    root = drawn(strange, "year=2018")
    titles = [found.text or "" for found in root.iter(f"{SVG}title")]
    assert any(found.startswith("W" * 460) for found in titles)
    assert STRANGE[5] in titles  # of the lane: its name alone
    assert "W" * 100 not in text_of(root)
    assert any("klokke\ufffd og \ufffd[31m, \ufffd og \ufffd" in found for found in titles)


def test_the_look_of_the_page_is_in_the_picture(demo: FlaskClient) -> None:
    response = demo.get("/timeline.svg?year=2018")
    style = response.text.partition("<style>")[2].partition("</style>")[0]
    assert "var(" not in style
    assert ".local { fill: #a4dbc8; stroke: #034b45; stroke-width: 1 }" in style
    assert re.search(r"\.written \{ font-family: Inter, [^;]+sans-serif; fill: #2a2859 }", style)
    assert " ~ " not in style  # no drawing program and no typesetter knows siblings
    assert response.text.count('<pattern id="hatch"') == 1
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_a_drawing_alone_looks_as_it_does_in_what_it_stands_in_on_the_page() -> None:
    title = '<svg class="a" viewBox="0 0 9 9"><text class="inside on-central hatched">Tittel</text></svg>'
    assert ".lane text" not in standalone(title)
    alone = standalone(title, {"lane", "own"})
    assert alone.startswith('<svg viewBox="0 0 9 9" class="a lane own" xmlns=')
    assert ".lane text.inside.on-central { fill: #fff }" in alone
    assert re.search(r"\.lane text\.inside\.hatched \{ paint-order: stroke; stroke: #dcfdf1; ", alone)


@pytest.mark.parametrize("asked", VIEWS.values(), ids=VIEWS)
def test_a_png_has_two_dots_for_a_unit_and_the_colours_of_the_chart(
    demo: FlaskClient, asked: str, tmp_path: Path
) -> None:
    root, content = drawn(demo, asked), png(demo, asked)
    wide, high = size(content)
    assert wide == 2 * float(root.get("width", 0)) == 2316
    assert abs(high - 2 * float(root.get("height", 0))) <= 2
    white, ink = shares(content, tmp_path, (255, 255, 255), (42, 40, 89))
    assert 0.4 < white < 0.99
    assert ink > 0.0001


def test_files_are_called_after_page_window_and_selection(demo: FlaskClient) -> None:
    for form in ("svg", "png"):
        response = demo.get(f"/timeline.{form}?from=2018-03-01&to=2018-03-31&goal=K3&sector=BLK")
        assert (
            response.headers["Content-Disposition"]
            == f"attachment; filename=samtidig-timeline-2018-03-01-2018-03-31-K3-BLK.{form}"
        )


def test_the_page_offers_its_pictures_as_they_are_seen(demo: FlaskClient) -> None:
    html = page(demo, "/timeline?year=2018&lanes=goal&closed=K1&closed=K2&focus=S18-01")
    for form in ("svg", "png"):
        asked = "year=2018&amp;lanes=goal&amp;focus=S18-01&amp;closed=K1&amp;closed=K2"
        assert f'href="/timeline.{form}?{asked}"' in html


def test_too_many_bars_for_a_png_are_said_in_a_sentence_with_ways_to_pictures_that_can_be_made(
    crowded: FlaskClient,
) -> None:
    html = page(crowded, "/timeline.png?year=2018&open=*", 422)
    assert re.search(r"Bildet ville bli \d\d \d{3} punkter høyt, og kan være høyst 16 000\.", words(html))
    folded, vector = re.findall(r'<a href="(/timeline\.(?:png|svg)[^"]+)"', html)
    wide, high = size(png(crowded, folded.replace("&amp;", "&").partition("?")[2]))
    assert wide == 2316
    assert high <= pictures.HIGHEST
    root = drawn(crowded, vector.replace("&amp;", "&").partition("?")[2])
    assert sum(path.get("class") == "bar local" for path in root.iter(f"{SVG}path")) == 2000
    assert "Her vises 2 000 tiltak om gangen" in text_of(root).replace("\xa0", " ")


def test_a_picture_of_nothing_says_so(empty: FlaskClient, demo: FlaskClient, tmp_path: Path) -> None:
    assert "Ingen tiltak har dager" in text_of(drawn(empty, ""))
    assert "Ingen tiltak har dager" in text_of(drawn(demo, "year=1950"))
    (white,) = shares(png(empty, ""), tmp_path, (255, 255, 255))
    assert 0.5 < white < 0.999


@pytest.mark.parametrize("asked", ["from=2018-02-30&to=2018-03-01", "lanes=farge", "cursor=abc"])
def test_what_can_not_be_asked_for_is_said_on_a_page(demo: FlaskClient, asked: str) -> None:
    for form in ("svg", "png"):
        response = demo.get(f"/timeline.{form}?{asked}")
        assert response.status_code in (400, 422)
        assert "Adressen spør om noe som ikke går an" in response.text


def test_lines_end_between_words_hold_everything_and_fit() -> None:
    text = "Samarbeid på tvers av sektorer " + "å" * 60 + " og slutt"
    found = letters.lines(text, 120, 9)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(letters.measure(line) <= 120 for line in found)
    assert found[0] == "Samarbeid på tvers"
    (_, last) = letters.lines(text, 120, 2)
    assert last.endswith("…")
    assert letters.lines("", 120, 2) == []
    assert letters.measure("你好") > letters.measure("ab")
    texts = sheet.written(text, 0, 10, 120, sheet.NAME, most=2)
    assert [line.whole for line in texts] == ["", text]
    assert texts[1].y == 10 + sheet.NAME.height
