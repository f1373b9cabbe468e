"""The plan's sentence, sector by sector: of the central initiatives, how many work together with local ones of the
sector, how many at the same time, and on how many days (`concurrency.year`).
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from services.timeline import names
from services.timeline.days import NO_DAYS
from services.timeline.matrix import met
from services.timeline.queries import Queries
from services.timeline.view import View
from services.timeline.work import Work, work_of

ALL: Mapping[str, Any] = {"id": None, "code": None, "name": None}
"""Stands for all sectors together."""


def headlines(queries: Queries, view: View, sector: UUID | None = None) -> list[dict[str, Any]]:
    """First of all sectors together (`sector` null), then of each sector, or only of the one that is asked for.

    Each row: `central` and `central_days` are the same in all of them; `central_together`, `central_concurrent` of the
    central ones; `both_days` of the central days; `local` and `undated_local` count the sector's own initiatives.
    """
    work = work_of(queries, view)
    sectors = [ALL, *names.sectors(queries, view, work=work)]
    found = queries.follows("year", view, lambda: _headlines(work, sectors), len)
    return [row for row in found if sector is None or row["sector"] in (None, sector)]


def _headlines(work: Work, sectors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    days = reduce(or_, (work.of(goal).central.days for goal in work.central), NO_DAYS)
    of_all = {"central": len(work.central_ids), "central_days": days.bit_count()}
    return [_headline(work, sector) | of_all for sector in sectors]


def _headline(work: Work, sector: Mapping[str, Any]) -> dict[str, Any]:
    by = met(work, sector["id"])
    local = work.local if sector["id"] is None else work.local_in(sector["id"])
    return {
        "sector": sector["id"],
        "code": sector["code"],
        "name": sector["name"],
        "central_together": len(by.together),
        "central_concurrent": len(by.concurrent),
        "both_days": by.days.bit_count(),
        "local": local.dated,
        "undated_local": local.undated,
    }
