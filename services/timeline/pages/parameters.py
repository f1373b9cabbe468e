"""What a parameter of an address is called on a page, and how its value is said."""

from collections.abc import Mapping

from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker

LABELS: Mapping[str, str] = {
    "year": "filter.year",
    "from": "filter.from",
    "to": "filter.to",
    "basis": "filter.basis",
    "known_on": "filter.known_on",
    "goal": "filter.goal",
    "sector": "filter.sector",
    "agency": "filter.agency",
    "area": "filter.area",
    "audience": "filter.audience",
    "status": "filter.status",
    "lanes": "lanes.label",
    "meeting": "filter.meeting",
    "focus": "parameter.focus",
    "open": "parameter.open",
    "closed": "parameter.closed",
    "group": "initiative.group",
    "part": "initiative.part",
    "kind": "filter.kind",
    "min_days": "filter.min_days",
    "sort": "filter.sort",
    "from_known": "filter.from_known",
    "to_known": "filter.to_known",
    "q": "learning.search",
    "tag": "learning.tag",
    "version": "plan.version",
    "move": "what_if.did.move",
    "drop": "what_if.did.drop",
    "add": "what_if.did.add",
    "cursor": "parameter.cursor",
}
"""Parameter → the text of its label."""
VALUES: Mapping[str, str] = {
    "basis": "basis",
    "audience": "audience",
    "status": "standing",
    "lanes": "lanes",
    "meeting": "meeting",
    "group": "initiative",
    "kind": "state",
    "sort": "gaps.sort",
}
"""Parameter with few values → what the keys of their texts begin with."""


def label(name: str, speaker: Speaker) -> str:
    """As its field is labelled; what no page has stands as the address writes it."""
    return speaker(LABELS[name]) if name in LABELS else name


def said(name: str, value: str, speaker: Speaker, names: Names | None = None) -> str:
    """names: goals and sectors; one that is not among them, or is asked for by its id, stands as it was asked for."""
    if name in VALUES:
        return speaker(f"{VALUES[name]}.{value}")
    if names and name == "goal":
        return next((goal.long for goal in names.goals.values() if goal.reference == value), value)
    if names and name == "sector":
        return next((sector.name for sector in names.sectors.values() if sector.reference == value), value)
    return value
