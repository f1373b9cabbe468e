"""The sectors and agencies that are registered: facts for the rules on who may own what.

Neither ever disappears or moves, so that the facts need no lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from shared.decider import require


@dataclass(frozen=True, slots=True)
class Registry:
    """Those that a command names, or all."""

    sectors: Mapping[UUID, str] = field(default_factory=dict)
    """Sector → its code."""
    agencies: Mapping[UUID, UUID] = field(default_factory=dict)
    """Agency → its sector."""


EMPTY = Registry()
"""For commands that name neither a sector nor an agency."""


def require_sector(sector: UUID, registry: Registry) -> None:
    require(sector in registry.sectors, "sector-unknown", "sector")


def require_agency(agency: UUID | None, sector: UUID, registry: Registry) -> None:
    """An initiative need not have an agency; one that it has is in the initiative's own sector."""
    if agency is None:
        return
    require(agency in registry.agencies, "agency-unknown", "agency")
    require(registry.agencies[agency] == sector, "agency-of-other-sector", "agency")


def well_formed(code: str) -> bool:
    """A code stands in addresses, in cells with several values and before the colon of `<sector code>:<external id>`.

    One that reads as an id would be taken for an id.
    """
    if not code.isprintable() or set(code) & set(":;|/"):
        return False
    try:
        UUID(code)
    except ValueError:
        return True
    return False
