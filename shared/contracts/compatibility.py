"""Which changes of a contract break somebody, each with its name.

A published version has two kinds of readers: programs written against the contract as it was, which read events of
today; and today's program, which reads events stored while the contract was as it was. A change must suit both, so only
words may change, and fields may come that events can be without. Everything else is a new version beside the old.

Closed lists of values (`enum`) stay closed. A value less: stored events have it. A value more: readers have a branch, a
column's check or a translation for each value that they were promised, and would fail on one that they never heard of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WORDS = frozenset({"title", "description", "$comment", "examples", "deprecated", "$id", "$schema"})
"""Keywords that say something about a value and demand nothing of it, as all that begin with `x-`."""

Schema = Mapping[str, Any]


class BreakingChangeError(Exception):
    """A version that was published would mean something else."""


@dataclass(frozen=True, slots=True)
class Break:
    """`field`: its path, `participants[].who`; `how`: in words."""

    field: str
    how: str

    def __str__(self) -> str:
        return f"{self.field}: {self.how}"


def refuse_breaking(before: Mapping[str, Schema], after: Mapping[str, Schema]) -> None:
    """Raises BreakingChangeError unless every event of before is there still, and a reader of each can't tell.

    before, after: wire type → schema. The error names every event, field and break.
    """
    found = [f"{name}: gone; it is in the stores and in the topic" for name in before.keys() - after.keys()]
    for name in before.keys() & after.keys():
        found += [f"{name}, {broken}" for broken in breaks(before[name], after[name])]
    if found:
        raise BreakingChangeError(
            "\n".join(sorted(found)) + "\nA version may gain fields that have a default (`owner: str | None = None`,"
            " after the others), and other words. Anything else is a new version, published beside this one."
            " If nobody has read this one yet, take its line out of contracts/published.json."
        )


def without_words(schema: Schema) -> dict[str, Any]:
    """The schema, with only what it demands of a value."""
    kept: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in ("properties", "$defs"):
            kept[keyword] = {name: without_words(of) for name, of in value.items()}
        elif not (keyword in WORDS or keyword.startswith("x-")):
            kept[keyword] = _parts(value)
    return kept


def _parts(value: Any) -> Any:
    if isinstance(value, dict):
        return without_words(value)
    return [_parts(one) for one in value] if isinstance(value, list) else value


def breaks(before: Schema, after: Schema) -> Iterator[Break]:
    """Every break between two schemas of one event's data."""
    yield from _object(_Side(before, before), _Side(after, after), "")


@dataclass(frozen=True, slots=True)
class _Side:
    """A part of a schema, and the whole that its references point into."""

    whole: Schema
    part: Schema

    def of(self, part: Schema) -> "_Side":
        """References are followed; words that stand beside one are only words."""
        while "$ref" in part:
            part = self.whole["$defs"][part["$ref"].rsplit("/", 1)[-1]]
        return _Side(self.whole, part)

    def inside(self, name: str) -> "_Side":
        return self.of(self.part["properties"][name])

    @property
    def names(self) -> list[str]:
        return list(self.part.get("properties", {}))

    @property
    def required(self) -> frozenset[str]:
        return frozenset(self.part.get("required", ()))

    @property
    def alternatives(self) -> list["_Side"]:
        """What the value may be, null apart."""
        either = [self.of(one) for one in self.part.get("anyOf", [self.part])]
        return [one for one in either if one.part.get("type") != "null"]

    @property
    def nullable(self) -> bool:
        return any(self.of(one).part.get("type") == "null" for one in self.part.get("anyOf", [self.part]))

    @property
    def demands(self) -> dict[str, Any]:
        """What no other comparison looks at."""
        compared = {"type", "enum", "properties", "required", "items", "anyOf", "$defs"}
        return {
            name: value
            for name, value in self.part.items()
            if name not in WORDS | compared and not name.startswith("x-")
        }


def _object(before: _Side, after: _Side, path: str) -> Iterator[Break]:
    for name in before.names:
        field = f"{path}{name}"
        if name not in after.names:
            yield Break(field, "removed; readers look for it")
            continue
        if name in after.required - before.required:
            yield Break(field, "made required; stored events may lack it")
        if name in before.required - after.required:
            yield Break(field, "made optional; readers count on it")
        yield from _value(before.inside(name), after.inside(name), field)
    for name in after.names:
        if name not in before.names and name in after.required:
            yield Break(f"{path}{name}", "new and required; stored events lack it")
    yield from _demands(before, after, path.rstrip(".") or "the event")


def _value(before: _Side, after: _Side, field: str) -> Iterator[Break]:
    if before.nullable and not after.nullable:
        yield Break(field, "may no longer be null; stored events have null")
    if after.nullable and not before.nullable:
        yield Break(field, "may now be null; readers count on a value")
    old, new = before.alternatives, after.alternatives
    if [_type(one) for one in old] != [_type(one) for one in new]:
        yield Break(field, f"retyped, from {_types(old)} to {_types(new)}")
        return
    for was, becomes in zip(old, new, strict=True):
        yield from _one(was, becomes, field)
    if before.part.get("anyOf") or after.part.get("anyOf"):
        yield from _demands(before, after, field)


def _one(before: _Side, after: _Side, field: str) -> Iterator[Break]:
    """Two values of the same type."""
    old, new = before.part.get("enum", ()), after.part.get("enum", ())
    if gone := [value for value in old if value not in new]:
        yield Break(field, f"enum narrowed by {_listed(gone)}; stored events have it")
    if come := [value for value in new if value not in old]:
        yield Break(field, f"enum widened by {_listed(come)}; readers hold on to the list")
    if "items" in before.part and "items" in after.part:
        yield from _value(before.of(before.part["items"]), after.of(after.part["items"]), f"{field}[]")
    elif "items" in before.part or "items" in after.part:
        yield Break(field, "constraint changed: items")
    if "properties" in before.part or "properties" in after.part:
        yield from _object(before, after, f"{field}.")
    else:
        yield from _demands(before, after, field)


def _demands(before: _Side, after: _Side, field: str) -> Iterator[Break]:
    old, new = before.demands, after.demands
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Break(field, f"constraint changed: {name} {_said(old, name)} → {_said(new, name)}")


def _type(side: _Side) -> str:
    """Its type and format in words; of an enum, that it is one."""
    if "enum" in side.part:
        return "enum"
    kind = str(side.part.get("type", "anything"))
    return f"{kind} ({side.part['format']})" if "format" in side.part else kind


def _types(sides: list[_Side]) -> str:
    return " or ".join(map(_type, sides))


def _listed(values: list[Any]) -> str:
    return ", ".join(f"“{value}”" for value in values)


def _said(demands: Mapping[str, Any], name: str) -> str:
    return str(demands[name]) if name in demands else "nothing"
