"""What differs between two states of an initiative, field by field, and what those are called that came or went."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.view import View, known

NAMES = f"""
select id, name from agency_version where id = any(%(ids)s) and {known()}
union all
select id, title from initiative_version where id = any(%(ids)s) and {known()}
"""


def differences(fields: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of these fields, those that differ: `field`, `before`, `after`. Nothing and an empty list are the same."""
    return [
        {"field": name, "before": before[name], "after": after[name]}
        for name in fields
        if _or_none(before[name]) != _or_none(after[name])
    ]


def _or_none(value: Any) -> Any:
    return None if value == [] else value


def names(queries: Queries, view: View, told: Iterable[Mapping[str, Any]]) -> dict[UUID, str]:
    """Of the agencies that initiatives went from and to, and of what they began or ceased to support; by id.

    told: whatever has differences as its `fields`.
    """
    named: set[UUID] = set()
    for found in (found for one in told for found in one["fields"]):
        for value in (found["before"], found["after"]):
            if found["field"] == "agency" and value:
                named.add(value)
            elif found["field"] == "supports":
                named.update(value or ())
    rows = queries.rows(NAMES, {"moment": view.moment(), "ids": sorted(named)}) if named else []
    return {row["id"]: row["name"] for row in rows}
