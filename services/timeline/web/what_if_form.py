"""One more change of a scenario, as a form sends it: with what is wrong where it can't be made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from flask import current_app

from services.timeline import what_if
from services.timeline.pages.speaker import Speaker
from services.timeline.queries import Queries
from services.timeline.view import View
from services.timeline.what_if import WHATS, Change, Found, What
from shared import fields
from shared.fields import LINE

CANDIDATES = 20
"""Initiatives to choose from where what was typed fits several."""


@dataclass
class Form:
    """`what` is None where no form was sent. `candidates`: initiatives whose titles have what was typed."""

    what: What | None = None
    initiative: str = ""
    side: str = what_if.CENTRAL
    for_goal: str = ""
    start: str = ""
    end: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    candidates: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        names = ("initiative", "side", "for_goal", "start", "end")
        given: dict[str, Any] = {name: asked[name].strip() for name in names if asked.get(name, "").strip()}
        return cls(next((what for what in WHATS if what == asked.get("what")), None), **given)

    def complete(self, view: View, queries: Queries) -> str | None:
        """The change as it stands in an address; None where it can't be made, and `faults` says why."""
        name = f"{self.side}:{self._given('for_goal')}" if self.what == "add" else self._chosen(view, queries)
        if self.what == "drop":
            return None if self.faults else name
        start, end = self._day("start"), self._day("end")
        if not {"start", "end"} & set(self.faults):
            try:
                what_if.check(start, end)
            except what_if.MalformedError as error:
                self.faults[error.field] = error.code
        return None if self.faults else what_if.move(name, start, end)

    def sentences(self, speaker: Speaker) -> dict[str, str]:
        """What is wrong with each field."""
        sentences = current_app.extensions["sentences"]
        found = fields.faults(self.faults, speaker.language, sentences, said=speaker.limit)
        return {fault.pointer.removeprefix("/"): fault.message for fault in found}

    def _given(self, name: str) -> str:
        value: str = getattr(self, name)
        if not value:
            self.faults[name] = "required"
        elif len(value) > LINE:
            self.faults[name] = f"too-long?maximum={LINE}"
        return value

    def _day(self, name: str) -> date | None:
        try:
            return what_if.day(getattr(self, name))
        except what_if.MalformedError as error:
            self.faults[name] = error.code
            return None

    def _chosen(self, view: View, queries: Queries) -> str:
        """The initiative that was meant: by its id or name in its owner's lists, else by its title or a part of it."""
        typed = self._given("initiative").replace("\x00", "")
        if "initiative" in self.faults:
            return ""
        named = what_if.find(queries, view, [Change("drop", typed)])[0]
        if isinstance(named, Found) and named.row:
            return what_if.reference(named.row)
        rows = what_if.titled(queries, view, typed, limit=CANDIDATES)
        exact = [row for row in rows if row["title"].casefold() == typed.casefold()]
        match exact or rows:
            case [row]:
                return what_if.reference(row)
            case []:
                self.faults["initiative"] = "nothing-called-so"
            case several:
                self.faults["initiative"] = "several-called-so"
                self.candidates = [{**row, "reference": what_if.reference(row)} for row in several]
        return ""
