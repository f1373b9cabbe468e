"""What pages and exports ask of the names of items: the service's own, and those it has heard of, in the same way."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg import errors

from shared.database import Database
from shared.metrics import Gauge
from shared.references.sources import Kind

SCHEMA = "names"
"""Of the reference lists and of their inbox, in the service's own database."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An item by name. `part_of`: the item above it; `note`: a goal's code, the year of a plan.

    `external_id`: what `identity.resolve` makes the id of, so `EHA:T01` for a local initiative (None while its sector
    is not known). `active`: false for what was retired, cancelled or discontinued; it has its name still.
    """

    id: UUID
    external_id: str | None = None
    title: str = ""
    part_of: UUID | None = None
    note: str | None = None
    active: bool = True

    @property
    def label(self) -> str:
        """As people see it: "K1 Trygge rammer". `search` finds the item by it."""
        return f"{self.external_id or ''} {self.title}".strip()


COLUMNS = "id, external_id, title, part_of, note, active"
HEARD_OF = """
select known.id, known.title, known.part_of, known.note, known.active,
       case known.kind when 'local-initiative' then sector.external_id || ':' || known.external_id
                       else known.external_id end as external_id
from names.reference known left join names.reference sector on sector.kind = 'sector' and sector.id = known.part_of
where known.kind = %(kind)s
"""

IN_ORDER: LiteralString = "substring(external_id from '^(.*):'), length(external_id), external_id, lower(title), id"
"""K2 before K10; a sector's together; what has no external id comes last, by title."""

ALL: LiteralString = f"where active order by {IN_ORDER} limit %(limit)s"
NAMED: LiteralString = "where id = any(%(ids)s)"
SEARCH: LiteralString = f"""
where active and not exists (
    select from unnest(%(within)s::text[], %(begins)s::text[]) word(within, begins)
    where not (title ilike within or coalesce(note, '') ilike begins
               or coalesce(external_id, '') ilike any (array[begins, '%%:' || begins]))
)
order by (lower(external_id) is not distinct from lower(%(text)s)) desc, (title ilike %(beginning)s) desc, {IN_ORDER}
limit %(limit)s
"""  # noqa: S608 - constants

FRESHNESS = """
select topic, sum(greatest(end_offset - next_offset, 0))::int,
       case when count(caught_up) = count(*) then extract(epoch from clock_timestamp() - min(caught_up))::float end,
       (select count(*) from names.parked where parked.topic = checkpoint.topic)
from names.checkpoint group by topic order by topic
"""

WORDS = 8
"""Of what was typed, so many count."""

NOT_THERE = (errors.UndefinedTable, errors.UndefinedColumn, errors.LockNotAvailable, errors.QueryCanceled)
"""What a query meets while the reference lists are not made yet, or are just being made anew."""


class Lists:
    """The names that a service can show, by kind. Those it has heard of may be behind, or missing altogether.

    A kind that the service neither owns nor listens to has no items.
    """

    def __init__(
        self, database: Database, *, heard_of: Collection[Kind] = (), own: Mapping[str, LiteralString] | None = None
    ) -> None:
        """`own`: kind → a query on the service's read tables, with the columns of `Reference`."""
        self._database = database
        self._heard_of = heard_of
        self._own = own or {}

    def search(self, kind: str, text: str, limit: int = 20) -> list[Reference]:
        """Active items that have each word in their title, or begin with it in their external id or note.

        The external id of a local initiative is found with and without its sector. Capitals or not is the same; without
        a word it is all of them. The best match comes first.
        """
        words = text.replace("\x00", " ").split()[:WORDS]
        if not words:
            return self.all_of(kind, limit)
        whole = " ".join(words)
        patterns = [_literally(word) for word in words]
        typed = {
            "within": [f"%{pattern}%" for pattern in patterns],
            "begins": [f"{pattern}%" for pattern in patterns],
            "beginning": f"{_literally(whole)}%",
            "text": whole,
        }
        return self._ask(kind, SEARCH, {**typed, "limit": limit})

    def all_of(self, kind: str, limit: int = 1000) -> list[Reference]:
        """The active items, ordered as people would: K2 before K10."""
        return self._ask(kind, ALL, {"limit": limit})

    def count(self, kind: str) -> int:
        """How many active items there are."""
        [row] = self._rows(kind, "count(*)", "where active", {}) or [(0,)]
        return int(row[0])

    def names(self, kind: str, ids: Iterable[UUID]) -> Mapping[UUID, Reference]:
        """Those of these items that have a name, active or not. The others are known by their id only."""
        wanted = list(set(ids))
        return {found.id: found for found in self._ask(kind, NAMED, {"ids": wanted})} if wanted else {}

    def gauges(self, service: str) -> Iterator[Gauge]:
        """How far behind the names are. Nothing while there are none."""
        if not self._heard_of:
            return
        try:
            with self._database.connection() as connection:
                topics = connection.execute(FRESHNESS).fetchall()
        except NOT_THERE:
            return
        for topic, waiting, age, parked in topics:
            labels = {"service": service, "topic": topic}
            yield Gauge(
                "samtidig_names_waiting_events", "Events in the topic that no name was read from yet.", waiting, labels
            )
            yield Gauge(
                "samtidig_names_caught_up_age_seconds",
                "Since the end of the topic was last reached; -1: never.",
                -1 if age is None else age,
                labels,
            )
            yield Gauge("samtidig_names_parked_events", "Events set aside.", parked, labels)

    def _ask(self, kind: str, condition: LiteralString, parameters: dict[str, Any]) -> list[Reference]:
        return [Reference(*row) for row in self._rows(kind, COLUMNS, condition, parameters)]

    def _rows(
        self, kind: str, columns: LiteralString, condition: LiteralString, parameters: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        own = self._own.get(kind)
        if own is None and kind not in self._heard_of:
            return []
        items: LiteralString = HEARD_OF if own is None else own
        query: LiteralString = f"select {columns} from ({items}) item {condition}"  # noqa: S608 - constants
        try:
            with self._database.connection() as connection:
                return connection.execute(query, {**parameters, "kind": kind}).fetchall()
        except NOT_THERE:
            if own is not None:
                raise
            return []


def _literally(text: str) -> str:
    """As ILIKE takes it: what would stand for other characters stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
