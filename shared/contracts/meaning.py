"""What an event and each of its fields mean, in words for those who read them: a service's `contracts/described.py`.

Words stand beside the classes and not in them: a domain module says what the rules need, a contract what readers need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

FIRST = "1.0"
"""The first version of Samtidig that published events."""

DAY = "calendar day, Europe/Oslo, inclusive"
KRONER = "whole Norwegian kroner (NOK)"


@dataclass(frozen=True, slots=True)
class Field:
    """unit: of what the value counts or measures; since: the version of Samtidig that first published it."""

    about: str
    unit: str | None = None
    since: str = FIRST


REASON = Field("Why, in the words of whoever acted; null: not told.")


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened when this event is read. fields: those that mean something else here than in the other events."""

    about: str
    since: str = FIRST
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meanings:
    """Wire type → what happened; name of a field → what it means, in every event that has it."""

    events: Mapping[str, Happening] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)

    def of(self, event: str, name: str) -> Field | None:
        """The meaning of a field in an event. It is never older than the event; None where nobody has described it."""
        happening = self.events.get(event)
        if happening is None:
            return self.fields.get(name)
        found = happening.fields.get(name, self.fields.get(name))
        return found and replace(found, since=max(found.since, happening.since, key=_version))


def describe(schema: dict[str, Any], event: str, meanings: Meanings) -> dict[str, Any]:
    """The schema of an event, and of the objects inside it, with words: `description`, `x-since` and `x-unit`.

    What nobody has described stays without: a test finds it (`shared.testing.contracts.assert_described`).
    """
    happening = meanings.events.get(event)
    own = {"description": happening.about, "x-since": happening.since} if happening else {}
    inside = {name: _with_words(inner, event, meanings) for name, inner in schema.get("$defs", {}).items()}
    return {**_with_words(schema, event, meanings), **own, **({"$defs": inside} if inside else {})}


def _with_words(schema: Mapping[str, Any], event: str, meanings: Meanings) -> dict[str, Any]:
    without = {name: value for name, value in schema.items() if name != "description"}  # the docstring of a class
    if "properties" not in schema:
        return without
    return {
        **without,
        "properties": {name: {**of, **_words(meanings.of(event, name))} for name, of in schema["properties"].items()},
    }


def _words(meaning: Field | None) -> dict[str, str]:
    if meaning is None:
        return {}
    unit = {"x-unit": meaning.unit} if meaning.unit else {}
    return {"description": meaning.about, **unit, "x-since": meaning.since}


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in written.split("."))
