"""What goals, sectors and the rest are called on the pages; what nobody has told of is shown by its id, unresolved."""

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

    @property
    def long(self) -> str:
        return f"{self.code} {self.name}" if self.code else self.name


class Names:
    def __init__(self, goals: Iterable[Row], sectors: Iterable[Row], speaker: Speaker) -> None:
        self._speaker = speaker
        self.goals = {row["id"]: self._goal(row) for row in goals}
        self.sectors = {row["id"]: self._sector(row) for row in sectors}

    def goal(self, id_: UUID) -> Named:
        return self.goals.get(id_) or self._unresolved("goal", id_)

    def sector(self, id_: UUID) -> Named:
        return self.sectors.get(id_) or self._unresolved("sector", id_)

    def goal_codes(self, ids: Iterable[UUID]) -> str:
        return ", ".join([goal.code or goal.name for goal in map(self.goal, ids)])

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
        return Named(id_, "", self._speaker.unresolved(kind, id_), str(id_), resolved=False)
