"""Pages of an owning service: lists, items and a form for each command, under the addresses of its API.

A browser that asks an address for HTML gets a page, everybody else the JSON. The page shows what the API answers: the
same function does the work, and a problem document becomes faults at their fields. So a service says which lists, items
and forms there are, and in which words; rules, ids and facts stand once, in its `api.py`.

    >>> PAGES = Pages(collections=[Collection(kind="goal", …, forms=[Form("goals.adopt", AdoptSchema)])], words=WORDS)

Server-rendered; nothing in a page is run.
"""

from shared.pages.model import Collection, Form, Import, Pages
from shared.pages.words import Words

__all__ = ["Collection", "Form", "Import", "Pages", "Words"]
