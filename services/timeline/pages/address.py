"""The state of a page is its address: links change one thing in it and keep the rest."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from services.timeline.what_if import WHATS
from shared.pages.site import Site

CHOSEN = ("agency", "area", "audience", "status")
"""Which initiatives count (`concurrency.Selection`)."""
WINDOW = ("year", "from", "to")
STATE = (*WINDOW, "basis", "known_on", "goal", "sector", *CHOSEN, "lang")
"""What is kept from page to page, in the order in which it is written."""
SCENARIO: tuple[str, ...] = WHATS
"""The changes of a scenario, each said several times: kept from page to page too, so that looking at
the gaps does not lose it. What is taken away does not have it, but where it is about it.
"""
CARRY_IT = frozenset({"overview", "timeline", "initiative", "gaps", "changes", "learning", "plan", "status", "what_if"})
"""Pages."""
IN_NAMES = ("year", "from", "to", "goal", "sector", "known_on")
OWN_IN_NAMES = ("version", "meeting", "kind", "min_days", "from_known", "to_known", "q", "tag")
"""What the names of files say, each thing once: of all pages, and of some."""
LONGEST_PART = 40
"""Of a file's name, in characters."""
BETWEEN = ".."
"""Between two days that a form's choice of a year offers beside the years, so that one choice says the whole window."""
NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class Address:
    def __init__(self, asked: MultiDict[str, str], own: Sequence[str] = ()) -> None:
        """`asked`: the request's parameters; empty ones, as forms send them, were not given.

        own: what this page's address says besides; each may be said several times.
        """
        self.is_absolute = False
        """Whether its links name the host: those of what leaves the site."""
        self.state = {name: asked[name].strip() for name in STATE if asked.get(name, "").strip()}
        given = {name: [value.strip() for value in asked.getlist(name) if value.strip()] for name in own}
        self.own = {name: values for name, values in given.items() if values}
        said = {name: [value.strip() for value in asked.getlist(name) if value.strip()] for name in SCENARIO}
        self.scenario = {name: values for name, values in said.items() if values}
        if BETWEEN in self.state.get("year", ""):
            self.state["from"], _, self.state["to"] = self.state.pop("year").partition(BETWEEN)

    @property
    def supposed(self) -> int:
        """How many changes the scenario has."""
        return sum(map(len, self.scenario.values()))

    @property
    def chosen(self) -> dict[str, str]:
        """By what it leaves out initiatives, besides by goal and sector."""
        return {name: self.state[name] for name in CHOSEN if name in self.state}

    @property
    def of_days(self) -> dict[str, str]:
        """What says which days and which initiatives: a page without a window has no fields for it, but keeps it."""
        return {name: self.state[name] for name in (*WINDOW, "basis") if name in self.state} | self.chosen

    def file_name(self, page: str, form: str) -> str:
        """Of what is taken away: page, window and selection, so that two of them can lie beside each other."""
        said = [self.state[name] for name in IN_NAMES if name in self.state]
        said += [value for name in OWN_IN_NAMES for value in self.own.get(name, ())]
        parts = [NOT_IN_NAMES.sub("_", part)[:LONGEST_PART] for part in dict.fromkeys(said)]
        return f"{'-'.join(['samtidig', page, *parts])}.{form}"

    def to(self, page: str, **changes: str | Sequence[str] | None) -> str:
        """The address of a page with this state; null drops a parameter, `year` drops `from` and `to`."""
        scenario = self.scenario if page in CARRY_IT else {}
        state: dict[str, str | Sequence[str] | None] = {**self.state, **scenario, **changes}
        if changes.get("year"):
            state |= {"from": None, "to": None}
        if changes.get("from"):
            state["year"] = None
        given = [(name, value if isinstance(value, str) else tuple(value)) for name, value in state.items() if value]
        host = request.host_url if self.is_absolute else None
        return _url(f"pages.{page}", host, request.script_root, tuple(given))

    def files(self, page: str, **own: str | Sequence[str] | None) -> list[tuple[str, str]]:
        """What a page shows as rows, to take away: form → address. `own`: of what the page's own address says."""
        return [*self.spreadsheets(page, **own), ("json", self.to(f"{page}_json", **own))]

    def spreadsheets(self, page: str, **own: str | Sequence[str] | None) -> list[tuple[str, str]]:
        return [(form, self.to(f"{page}_file", form=form, **own)) for form in ("xlsx", "csv")]

    def owned(self, kind: str, id_: UUID) -> str | None:
        """The page of an item at the service that owns it; null where that is not known to be anywhere."""
        href = Site("timeline").item(kind, str(id_))
        if href is None:
            return None
        return urljoin(request.host_url, self.elsewhere(href)) if self.is_absolute else self.elsewhere(href)

    def elsewhere(self, href: str) -> str:
        """A page of another service, in the language of this address: that service asks what the reader chose."""
        language = self.state.get("lang")
        return url_for("browser.choose_language", to=language, back=href) if language in ("nb", "en") else href

    def initiatives(self) -> tuple[str, str]:
        """What stands before and after an initiative's id in its address: made once for all bars of a page."""
        before, _, after = self.to("initiative", reference="@").partition("@")
        if not before.endswith("/"):
            before, _, after = self.to("initiative", reference="@").partition("%40")
        return before, after


@lru_cache(maxsize=10_000)
def _url(endpoint: str, host: str | None, _root: str, given: tuple[tuple[str, str | tuple[str, ...]], ...]) -> str:
    """Of the request's host and root. A page of a large city has a thousand links, and the same ones each time."""
    parameters: dict[str, Any] = dict(given)
    return url_for(endpoint, _external=host is not None, **parameters)
