"""How a value of an item is shown: names for ids, words for choices, days and sums as people write them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared import identity
from shared.pages.site import Site
from shared.pages.words import Say
from shared.references import Lists, Reference

KINDS: Mapping[str, str] = {
    "goal": "goal",
    "goals": "goal",
    "parent": "goal",
    "initiative": "central-initiative",
    "supports": "central-initiative",
    "central": "central-initiative",
    "central_initiatives": "central-initiative",
    "local_initiatives": "local-initiative",
    "sector": "sector",
    "agency": "agency",
}
"""Field → the kind of what it refers to."""

AMOUNTS = frozenset({"budget", "frame", "amount", "allocated"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T.*")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what is shown; `href` where there is a page about it."""

    text: str
    href: str | None = None


class Shown:
    """Shows values of fields, after the names of all that they refer to were fetched at once (`know`)."""

    def __init__(self, say: Say, lists: Lists, site: Site) -> None:
        self._say = say
        self._lists = lists
        self._site = site
        self._names: dict[UUID, Reference] = {}

    def know(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """Fetch the names of everything that these fields with their values refer to."""
        wanted: dict[str, set[UUID]] = {}
        for field, value in pairs:
            if kind := KINDS.get(field):
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, str):
                        wanted.setdefault(kind, set()).add(identity.resolve(kind, each))
        for kind, ids in wanted.items():
            self._names.update(self._lists.names(kind, ids))

    def external_id(self, id_: str) -> str | None:
        """What people call an item, where it is known."""
        named = self._names.get(UUID(id_))
        return named.external_id if named else None

    def shape(self, field: str, value: Any = None) -> str:
        """How a column of a table is set: sums under each other, a day in one line."""
        if field in AMOUNTS:
            return "number"
        return "day" if isinstance(value, str) and DAY.fullmatch(value) else ""

    def __call__(self, field: str, value: Any) -> Sequence[Part]:
        if value is None or value in ("", []):
            return [Part(self._say("item.unknown"))]
        if isinstance(value, list):
            return [part for each in value for part in self(field, each)]
        if kind := KINDS.get(field):
            return [self._item(kind, value)]
        return [Part(self._text(field, value))]

    def _item(self, kind: str, written: str) -> Part:
        """`written`: an id, or the external id that a person typed."""
        id_ = identity.resolve(kind, written)
        named = self._names.get(id_)
        label = named.label if named else self._say("item.unresolved", name=written)
        return Part(label, self._site.item(kind, str(id_)) if named else None)

    def _text(self, field: str, value: Any) -> str:
        if isinstance(value, Mapping):
            return " · ".join(self._text(name, each) for name, each in value.items() if each)
        if isinstance(value, list):
            return ", ".join(self._text(field, each) for each in value)
        if self._say.knows(f"{field}.{value}"):
            return self._say(f"{field}.{value}")
        if isinstance(value, int) and field in AMOUNTS:
            return f"{self._say.number(value)} kr"
        if isinstance(value, str) and DAY.fullmatch(value):
            return self._say.day(date.fromisoformat(value))
        if isinstance(value, str) and MOMENT.fullmatch(value):
            return self._say.moment(datetime.fromisoformat(value))
        return str(value)
