"""Versions of events that are no longer written. The store keeps them as they were, and reads them as what they became.

An upcaster is pure and made for one version. Contracts and examples of all versions stay published.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.local_initiatives.domain.initiative import Anchored, Dialogue


# It had room for one dialogue only, where the plan says "styrings- og fagdialogen" (byrådssak 1055/17, section 3).
@dataclass(frozen=True, slots=True)
class AnchoredV1:
    where: Dialogue
    on: date
    reason: str | None


def anchored(event: AnchoredV1) -> Anchored:
    return Anchored((event.where,), event.on, event.reason)


EVENTS: dict[str, type[AnchoredV1]] = {
    "samtidig.local-initiative.anchored.v1": AnchoredV1,
}

UPCASTERS: Mapping[str, Callable[[Any], Any]] = {
    "samtidig.local-initiative.anchored.v1": anchored,
}
