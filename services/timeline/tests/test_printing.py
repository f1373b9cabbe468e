"""HTML on paper: what is read of a page, and that every text of it is set as it is."""

import re
from datetime import UTC, datetime

import pytest

from services.timeline import printing
from services.timeline.pages import letters
from services.timeline.printing import typesetter
from services.timeline.printing.content import Break, Chart, Document, Heading, Labels, Listing, Paragraph, Span, Table
from services.timeline.printing.reading import UPRIGHT, Sheet, printable
from services.timeline.tests import pdfs

SVG = '<svg viewBox="0 0 10 10" aria-label="En rute"><rect width="10" height="10"/></svg>'
HOSTILE = [
    "#set page(fill: black)",
    "$ x^2 $ *fet* _skrå_ `kode` @ref <merke> // kommentar /* og */",
    "<script>alert('x')</script>",
    "= Overskrift",
    '\\u{41} \\" " #sys.inputs',
    "[ ( { ] ) }",
    "«æøå» – “…” → 5 % & co",
]


def read(body: str, most_columns: int = 7) -> Sheet:
    html = f"<!doctype html><title>Siden – Samtidig</title><main>{body}</main>"
    return printing.read(
        html,
        base="http://samtidig.test/gaps.pdf?year=2018",
        drawn=lambda svg, _: svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1),
        most_columns=most_columns,
        part=lambda caption, n, of: f"{caption} {n}/{of}",
    )


def set_in_type(sheet: Sheet, title: str = "Siden") -> bytes:
    labels = Labels("Samtidig", "Side {n} av {of}", "Laget i dag")
    made = datetime(2018, 6, 1, 8, tzinfo=UTC)
    return printing.pdf(Document(title, "nb", made, sheet.facts, sheet.blocks, labels))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_drawing_is_taken_whole_whatever_ends_lines_before_it(end: str):
    sheet = read(f"<h1>x</h1><p>Det ene{end}og det andre</p>\n<div>{SVG}</div>")
    assert SVG.removeprefix("<svg ") in str(sheet)
    assert pdfs.is_tagged(set_in_type(sheet))


def test_headings_paragraphs_lists_and_emphasis_are_read_as_what_they_are():
    sheet = read(
        "<h1>En <em>tittel</em></h1><section><p class='lead'>To\n linjer<br>og en</p>løs tekst"
        "<ol><li>én</li><li><p>to</p></li></ol></section>"
    )
    assert sheet.title == "Siden"
    assert list(sheet.blocks) == [
        Heading(1, ["En ", Span(["tittel"], "emph")]),
        Paragraph(["To linjer", Break(), "og en"], "lead"),
        Paragraph(["løs tekst"]),
        Listing([[Paragraph(["én"])], [Paragraph(["to"])]], ordered=True),
    ]


def test_what_only_a_screen_has_use_for_is_left_out():
    sheet = read(
        "<p>ja</p><form><p>nei</p></form><nav>nei</nav><p class='pager'>nei</p>"
        "<p>ja <a class='on-screen' href='#'>nei</a><span class='unseen'>nei</span></p>"
        "<details><summary>ja</summary>ja</details><p hidden>nei</p>"
    )
    assert "nei" not in repr(sheet.blocks)
    assert repr(sheet.blocks).count("ja") == 4


def test_a_link_leads_to_the_site_and_not_into_the_file():
    ((span,),) = [block.body for block in read("<p><a href='/timeline?goal=K3'>K3</a></p>").blocks]
    assert span == Span(["K3"], "", "http://samtidig.test/timeline?goal=K3")


def test_no_level_of_headings_is_left_out():
    assert [block.level for block in read("<h2>a</h2><h4>b</h4><h3>c</h3><h2>d</h2>").blocks] == [1, 2, 3, 2]


def test_a_wide_table_is_several_each_with_the_first_column_and_none_of_the_others_twice():
    head = "".join(f"<th>S{n}</th>" for n in range(25))
    cells = "".join(f"<td>{n}</td>" for n in range(25))
    table = (
        f"<table><caption>Alt</caption><thead><tr><th>Mål</th>{head}</tr></thead>"
        f"<tbody><tr><th>Formål</th><td colspan='25'></td></tr><tr><th>K1</th>{cells}</tr></tbody></table>"
    )
    blocks = read(table, most_columns=10).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    captions = [block.body[0] for block in blocks if isinstance(block, Paragraph)]
    assert captions == ["Alt 1/3", "Alt 2/3", "Alt 3/3"]
    found = [cell.body[0].body[0] for part in tables for cell in part.rows[1][1:]]
    assert found == [str(n) for n in range(25)]
    for part in tables:
        assert len(part.columns) == len(part.header[0]) == len(part.rows[1]) <= 10
        assert part.rows[1][0].body == [Paragraph(["K1"])]
        assert sum(cell.colspan for cell in part.rows[0]) == len(part.columns)


def test_an_amount_stands_on_one_line_and_no_column_is_narrower_than_its_longest_word():
    names = ("Tiltak", "Ansvarlig", "Goals", "For", "Budsjett", "Status", "Lokale tiltak")
    cells = (
        "Program for ledere " * 5,
        "Programkontoret " * 5,
        "K6",
        "alle",
        "750\u00a0000\u00a0kr",
        "fullført",
        "ord " * 40,
    )
    head, row = ("".join(f"<{tag}>{text}</{tag}>" for text in texts) for tag, texts in (("th", names), ("td", cells)))
    sheet = read(f"<h1>x</h1><table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>")
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    assert sum(table.columns) == pytest.approx(UPRIGHT, abs=1)
    for width, word in zip(table.columns[2:6], ("Goals", "alle", cells[4], "fullført"), strict=True):
        assert width > letters.measure(word, table.size)
    said = "".join(pdfs.pages(set_in_type(sheet)))
    assert "750 000 kr" in said.replace("\u00a0", " ")
    assert all(word in said for word in ("Goals", "Budsjett", "Status", "fullført"))


def test_every_text_is_data_and_never_markup():
    rows = "".join(f"<tr><th>{escaped(text)}</th><td>{escaped(text)}</td></tr>" for text in HOSTILE)
    items = "".join(f"<li>{escaped(text)}</li>" for text in HOSTILE)
    content = set_in_type(read(f"<h1>{escaped(HOSTILE[0])}</h1><ul>{items}</ul><table>{rows}</table>"), HOSTILE[2])
    assert pdfs.is_tagged(content)
    said = "".join(pdfs.pages(content))
    for text in HOSTILE:
        assert text in said.replace("\r\n", " "), text
    assert pdfs.darkness(content) < 0.2


def test_what_no_font_has_is_marked_and_the_page_goes_on():
    content = set_in_type(read("<h1>Før 你好 etter</h1><p>😀</p>"))
    assert "etter" in pdfs.pages(content)[0]
    assert not pdfs.is_tagged(content)


def test_arabic_and_hebrew_are_set_without_a_font_of_the_system():
    content = set_in_type(read("<h1>Brosjyre: مرحبا بالعالم שלום</h1>"))
    assert pdfs.is_tagged(content)
    assert "مرحبا" in pdfs.pages(content)[0]


def test_control_characters_are_seen_as_not_readable():
    assert printable("a\x00b\x1bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert pdfs.is_tagged(set_in_type(read("<h1>a\x00b\x07</h1>")))


def test_a_word_that_fits_in_no_column_is_broken():
    cells = "".join(f"<td>{letter * 460}</td>" for letter in "AB")
    content = set_in_type(read(f"<h1>x</h1><table><tr><th>{'L' * 460}</th>{cells}</tr></table>"))
    assert all(letter * 460 in pdfs.words(content) for letter in "LAB")


def test_a_picture_has_its_words_and_a_silent_one_none():
    sheet = read(SVG + SVG.replace('aria-label="En rute"', 'aria-hidden="true"'))
    assert [picture.alt for picture in sheet.blocks] == ["En rute", None]
    assert pdfs.is_tagged(set_in_type(read(f"<h1>x</h1>{SVG}")))


def chart(*rows: int) -> str:
    """A chart as the page has it: its axis, and a lane with so many titles for each number."""
    lanes = "".join(
        f"<section class='lane'><div class='name'><h2>Sektor {n}</h2><p>{count} tiltak</p></div>"
        f'<svg viewBox="0 0 900 {7 + 21 * count}" aria-label="{count} tiltak">'
        + "".join(
            f'\n<a href="#"><path class="bar local" d="M9 {7 + 21 * row}H90v16"/>'
            f'<svg x="9" y="{7 + 21 * row}" height="16"><text y="12">T{n}.{row}</text></svg></a>'
            for row in range(count)
        )
        + "</svg></section>"
        for n, count in enumerate(rows, 1)
    )
    axis = '<svg viewBox="0 0 900 40"><text y="12">mars</text></svg>'
    return f"<div class='chart'><div class='lane axis' aria-hidden='true'><div></div>{axis}</div>{lanes}</div>"


def test_a_lane_stays_on_one_page_beside_its_name_and_the_axis_stands_on_each():
    found = [pdfs.letters(page) for page in pdfs.pages(set_in_type(read(f"<h1>x</h1>{chart(20, 20, 20, 20)}")))]
    assert len(found) > 1
    assert all("mars" in page for page in found)
    for n in range(1, 5):
        (page,) = [page for page in found if f"Sektor{n}" in page]
        assert all(f"T{n}{row}" in page for row in range(20))


def test_a_lane_higher_than_a_page_is_cut_between_two_titles_and_named_on_each_page():
    sheet = read(f"<h1>x</h1>{chart(100)}")
    assert isinstance(sheet.blocks[1], Chart)
    (lane,) = sheet.blocks[1].lanes
    boxes = [list(map(float, part.svg.split('viewBox="')[1].split('"')[0].split())) for part in lane.drawings]
    assert [part.alt for part in lane.drawings] == ["100 tiltak"] + [None] * (len(boxes) - 1)
    assert len(boxes) == 4
    assert sum(height for *_, height in boxes) == 7 + 21 * 100
    for _, top, _, height in boxes[:-1]:
        assert (top + height + 2.5 - 7) % 21 == 0
    titles = [title for part in lane.drawings for title in re.findall(r"T1\.\d+", part.svg)]
    assert titles == [f"T1.{row}" for row in range(100)], "no part has the bars of another"
    content = set_in_type(sheet)
    assert pdfs.is_tagged(content)
    assert sum("Sektor 1" in page for page in pdfs.pages(content)) == len(pdfs.pages(content)) > 1


def test_an_entry_stays_on_one_page_with_its_drawing_unless_it_is_too_long_for_that():
    events = "".join(f"<li>hendelse {n}</li>" for n in range(4))
    entries = "".join(f"<li><p>Først {n}</p><ul>{events}</ul>{SVG}<p>Sist {n}</p></li>" for n in range(30))
    found = [pdfs.letters(page) for page in pdfs.pages(set_in_type(read(f"<h1>x</h1><ul>{entries}</ul>")))]
    assert len(found) > 2
    for n in range(30):
        assert [f"Først{n}" in page for page in found] == [f"Sist{n}" in page for page in found]
    long = "".join(f"<p>linje {n} slutt</p>" for n in range(200))
    sheet = read(f"<h1>x</h1><ul><li>{long}</li><li><p>a</p><p>b</p></li></ul>")
    assert sheet.blocks[1].long == (0,)
    assert all(f"linje{n}slutt" in pdfs.words(set_in_type(sheet)) for n in (0, 199))


def test_a_heading_and_what_is_said_below_it_stay_with_their_table():
    table = "<table><thead><tr><th>Navn</th></tr></thead><tr><th>Rad</th></tr></table>"
    parts = "".join(
        f"<h2>Område {n}</h2><p class='note'>om {n}</p>{table.replace('Rad', f'Rad {n}')}" for n in range(30)
    )
    found = [pdfs.letters(page) for page in pdfs.pages(set_in_type(read(f"<h1>x</h1>{parts}")))]
    assert len(found) > 2
    for n in range(30):
        assert [f"Område{n}" in page for page in found] == [f"Rad{n}" in page for page in found]


def test_the_header_of_a_long_table_stands_on_each_page():
    rows = "".join(f"<tr><th>Rad {n}</th><td>{n}</td></tr>" for n in range(200))
    found = pdfs.pages(
        set_in_type(read(f"<h1>x</h1><table><thead><tr><th>Navn</th><th>Tall</th></tr></thead>{rows}</table>"))
    )
    assert len(found) > 3
    assert all("Navn" in page and f"Side {n} av {len(found)}" in page for n, page in enumerate(found, 1))


def test_who_comes_when_another_is_being_set_waits_and_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(typesetter, "PATIENCE", 0.01)
    with typesetter._turn, pytest.raises(typesetter.BusyError):
        set_in_type(read("<p>x</p>"))
    assert set_in_type(read("<h1>x</h1>"))


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(typesetter, "SECONDS", 0.01)
    with pytest.raises(typesetter.TooLargeError):
        set_in_type(read("<p>x</p>"))
