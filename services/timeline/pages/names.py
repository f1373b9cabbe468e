"""What goals, sectors and the rest are called on the pages.

What nobody has told of is shown as unresolved: by what the address calls it, or else by its id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.timeline.pages.speaker import Speaker

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """`code`: its owner's short name, empty where there is none; `reference`: what stands for it in an address."""

    id: UUID
    code: str
    name: str
    reference: str
    resolved: bool = True
    kind: str | None = None

    def quoted(self, speaker: Speaker) -> str:
        """In quotation marks, where it is a name."""
        return speaker.quoted(self.long) if self.resolved else self.long

    @property
    def short(self) -> str:
        return self.code or self.name

    @property
    def long(self) -> str:
        return f"{self.code} {self.name}" if self.code else self.name


class Names:
    def __init__(
        self, goals: Iterable[Row], sectors: Iterable[Row], speaker: Speaker, asked: Mapping[UUID, str] | None = None
    ) -> None:
        """`asked`: what the address calls the goal and the sector that it asks for."""
        self._speaker = speaker
        self._asked = asked or {}
        self.goals = {row["id"]: self._goal(row) for row in goals}
        self.sectors = {row["id"]: self._sector(row) for row in sectors}

    def goal(self, id_: UUID) -> Named:
        return self.goals.get(id_) or self._elsewhere("goal", id_)

    def sector(self, id_: UUID) -> Named:
        return self.sectors.get(id_) or self._elsewhere("sector", id_)

    def goal_codes(self, ids: Iterable[UUID]) -> str:
        return ", ".join([goal.short for goal in map(self.goal, ids)])

    def _goal(self, row: Row) -> Named:
        if row["title"] is None:
            return self._unresolved("goal", row["id"])
        title = self._speaker("retired", title=row["title"]) if row["status"] == "retired" else row["title"]
        code = row["external_id"] or ""
        return Named(row["id"], code, title, code or str(row["id"]), kind=row["kind"])

    def _sector(self, row: Row) -> Named:
        if row["name"] is None:
            return self._unresolved("sector", row["id"])
        return Named(row["id"], "", row["name"], row["code"] or str(row["id"]))

    def _unresolved(self, kind: str, id_: UUID) -> Named:
        """Something refers to it, and nobody has told of it."""
        reference = self._asked.get(id_, str(id_))
        return Named(id_, "", self._speaker.unresolved(kind, reference), reference, resolved=False)

    def _elsewhere(self, kind: str, id_: UUID) -> Named:
        """Nothing on the timeline refers to it: it was asked for all the same, or is of another view."""
        if id_ not in self._asked:
            return self._unresolved(kind, id_)
        reference = self._asked[id_]
        name = self._speaker("unresolved.asked", name=self._speaker.quoted(reference))
        return Named(id_, "", name, reference, resolved=False)
