"""A PDF as another library reads it: its text, its fonts, how it looks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from flask.testing import FlaskClient

HYPHEN = re.compile(r"[-\u00ad\u2010\ufffe\x02]\s*\n?")


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def taken(client: FlaskClient, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.text[-1000:]
    assert response.content_type == "application/pdf"
    return response.data


def pages(content: bytes) -> list[str]:
    """The text of each page."""
    with opened(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def letters(text: str) -> str:
    """Text without what changes where a line ends: blanks and hyphens."""
    return re.sub(r"\W", "", HYPHEN.sub("", text))


def words(content: bytes) -> str:
    """All its text, as `letters`; what stands at the edge of every page is between, as it is where pages end."""
    return letters("".join(pages(content)))


def fonts(content: bytes) -> set[str]:
    with opened(content) as document:
        texts = (thing for page in document for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]))
        return {text.get_font().get_base_name().partition("+")[2] for text in texts}


def is_tagged(content: bytes) -> bool:
    """Says of itself that it is by the rules for accessible documents (PDF/UA-1)."""
    return b"<pdfuaid:part>1</pdfuaid:part>" in content


def darkness(content: bytes, page: int = 0) -> float:
    """The share of dots that are not white, when the page is rendered."""
    with opened(content) as document:
        dots = bytes(document[page].render(scale=0.5, grayscale=True).buffer)
    return sum(dot < 250 for dot in dots) / len(dots)
