"""The topics that reference lists are filled from, and where their events say what an item is called.

This is all that a reader needs to know of the owners' contracts; the rest of an event means nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["goal", "central-initiative", "local-initiative", "sector", "agency"]
"""As in an event's type, `samtidig.<kind>.…`, and in `identity.named(kind, external_id)`."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Of one kind. `names`: the events that say what it is called; `ends`: after which nobody should pick it any more.

    The others are fields of an event's data. A version of an event that lacks one leaves what is known as it is.
    """

    names: tuple[str, ...]
    ends: tuple[str, ...] = ()
    external_id: str = "external_id"
    title: str = "title"
    part_of: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One topic, and what there is in it to name."""

    topic: str
    kinds: Mapping[Kind, Wire]


GOALS = Source(
    "goals.events",
    {"goal": Wire(names=("proposed", "revised"), ends=("retired",), part_of="parent", note="code")},
)
CENTRAL_INITIATIVES = Source(
    "central-initiatives.events",
    {"central-initiative": Wire(names=("planned", "revised"), ends=("cancelled",), note="plan_year")},
)
LOCAL_INITIATIVES = Source(
    "local-initiatives.events",
    {
        "local-initiative": Wire(names=("proposed", "revised"), ends=("discontinued",), part_of="sector"),
        "sector": Wire(names=("registered", "renamed"), external_id="code", title="name"),
        "agency": Wire(names=("registered", "renamed"), external_id="code", title="name", part_of="sector"),
    },
)
