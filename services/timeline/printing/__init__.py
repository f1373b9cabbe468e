"""A page on paper: the page's own HTML, read as what it says (`reading`), set in type (`page.typ`), as a tagged PDF.

Nothing of the content is ever markup for Typst: it is handed over as JSON, and the template puts it into elements.
"""

from services.timeline.printing.content import Document
from services.timeline.printing.reading import read
from services.timeline.printing.typesetter import BusyError, TooLargeError, pdf, png

__all__ = ["BusyError", "Document", "TooLargeError", "pdf", "png", "read"]
