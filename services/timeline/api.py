"""The timeline as JSON (DESIGN section 7): one function per question."""

import time
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from marshmallow import ValidationError

from services.timeline import asking, beside, changes, evidence, history, lanes, learning, names, plan, what_if, year
from services.timeline.answers import (
    ChangeListSchema,
    GapListSchema,
    LearningListSchema,
    MatrixSchema,
    OneInitiativeSchema,
    PlanAnswerSchema,
    StatusSchema,
    TimelineSchema,
    WhatIfSchema,
    YearSchema,
)
from services.timeline.asking import (
    AskSchema,
    ChangesSchema,
    GapsSchema,
    LearningSchema,
    ListSchema,
    PlanOfYearSchema,
    RelatedListSchema,
    ScenarioSchema,
)
from services.timeline.initiative import find
from services.timeline.matrix import cells, totals
from services.timeline.paging import public
from services.timeline.plan import Edition
from services.timeline.related import related_to
from services.timeline.request import queries
from services.timeline.status import freshness, includes, parked
from services.timeline.view import View
from services.timeline.what_if import Found
from services.timeline.work import work_of
from shared.commands import NotFound
from shared.fields import Schema
from shared.http import Blueprint, Problem
from shared.limits import YEARS

blueprint = Blueprint(
    "timeline",
    __name__,
    url_prefix="/api",
    description="Concurrency (samtidighet), computed and explained",
    addressed_by={"initiative": "id of a central or local initiative", "year": "the plan's year"},
)

SHORTEST_WAIT = 0.01
"""Seconds between two looks for a command that somebody waits for."""


def asked_with(schema: type[Schema]) -> Any:
    """The question stands in the address. An unknown word is a fault: a misspelt `known_on` would else mean now."""
    return blueprint.arguments(schema, location="query", unknown=None)  # None: as the schema has it


def answered_with(schema: type[Schema]) -> Any:
    """Says what the answer is, and leaves it as it is: rows are ready for JSON."""
    return blueprint.alt_response(200, schema=schema, success=True)


@blueprint.before_request
def wait_for_token() -> Response | None:
    """A `Consistency-Token` from a command's answer: waits (at most WAIT_SECONDS) until the timeline includes it."""
    token = request.headers.get("Consistency-Token")
    if token is None:
        return None
    stream, _, version = token.rpartition(":")
    try:
        asked = (UUID(stream), int(version))
    except ValueError as error:
        raise Problem(400, "token-malformed") from error
    deadline = time.monotonic() + current_app.extensions["settings"].wait_seconds
    while not includes(queries(), *asked):
        if time.monotonic() > deadline:
            raise Problem(503, "not-there-yet", headers={"Retry-After": "1"})
        time.sleep(SHORTEST_WAIT)
    return None


@blueprint.get("/matrix")
@answered_with(MatrixSchema)
@asked_with(AskSchema)
def matrix(asked: dict[str, Any]) -> dict[str, Any]:
    """Every goal × sector, and every goal × all sectors (`sector` null); days, counts, degree and coverage."""
    view, goal, sector = asking.view_of(asked, queries()), asked.get("goal"), asked.get("sector")
    work = work_of(queries(), view)
    return {
        **_window(view),
        "totals": totals(queries(), view),
        "goals": names.goals(queries(), view, goal, work),
        "sectors": names.sectors(queries(), view, sector, work),
        "cells": cells(queries(), view, goal, sector, work),
    }


@blueprint.get("/year")
@answered_with(YearSchema)
@asked_with(AskSchema)
def the_year(asked: dict[str, Any]) -> dict[str, Any]:
    """Of the central initiatives, how many work together with local ones, and at the same time: in all, by sector.

    A `goal` is not asked for here: the sentence is about all of them.
    """
    view = asking.view_of(asked, queries())
    return {**_window(view), "headlines": year.headlines(queries(), view, asked.get("sector"))}


@blueprint.get("/timeline")
@answered_with(TimelineSchema)
@asked_with(ListSchema)
def timeline(asked: dict[str, Any]) -> dict[str, Any]:
    """The bars: central ones first, then sector by sector; communication activities with the first page."""
    view = asking.view_of(asked, queries())
    page = asking.bars_page(view, asked, queries())
    return {
        **_window(view),
        "items": public(page.rows),
        "activities": [] if "after" in asked else lanes.activities(queries(), view, asked.get("goal")),
        "next": page.cursor,
    }


@blueprint.get("/initiatives/<initiative>")
@answered_with(OneInitiativeSchema)
@asked_with(RelatedListSchema)
def initiative(asked: dict[str, Any], initiative: str) -> dict[str, Any]:
    """One initiative with its history, and every related one, page by page: the verdict on each pair, the rule and its
    source events.
    """
    view = asking.view_of(asked, queries())
    found = find(queries(), view, initiative)
    if found is None:
        raise NotFound(initiative)
    related = related_to(queries(), view, found)
    page = asking.related_page(related, view, asked, queries())
    sources = evidence.sources(queries(), view, found, page.rows)

    def explained(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "period_rule": evidence.rule(row, view.basis), "sources": sources.get(row["id"], [])}

    return {
        **_window(view),
        "initiative": explained(found),
        "related": [explained(row) for row in page.rows],
        "related_total": related.counts,
        "next": page.cursor,
        "rule": "o = least(ends) - greatest(starts) on half-open days, clipped to the window: o > 0 concurrent, o = 0 "
        "adjacent, o < 0 sequential with -o days between",
        "history": history.history(queries(), view, found["id"]),
        "communication": beside.communication(queries(), view, found["id"]),
        "effects": beside.effects(queries(), view, found["goals"]),
    }


@blueprint.get("/gaps")
@answered_with(GapListSchema)
@asked_with(GapsSchema)
def gaps(asked: dict[str, Any]) -> dict[str, Any]:
    """Runs of days on which only one side works for a goal in a sector, with the smallest move; the largest first."""
    view = asking.view_of(asked, queries())
    page = asking.gaps_page(view, asked, queries())
    return {**_window(view), "gaps": public(page.rows), "total": page.total, "next": page.cursor}


@blueprint.get("/changes")
@answered_with(ChangeListSchema)
@asked_with(ChangesSchema)
def list_changes(asked: dict[str, Any]) -> dict[str, Any]:
    """What became known between two days: added, moved, removed, otherwise changed; with the events and reasons."""
    comparison = asking.comparison_of(asked, queries())
    page = asking.changes_page(comparison, asked, queries())
    return {
        **_window(comparison.now),
        "from_known": comparison.known_then,
        "to_known": comparison.now.known_on,
        "before": totals(queries(), comparison.then),
        "after": totals(queries(), comparison.now),
        "counts": changes.counts(queries(), comparison, asked.get("goal"), asked.get("sector")),
        "changes": public(page.rows),
        "next": page.cursor,
    }


@blueprint.get("/plans/<int:year>")
@answered_with(PlanAnswerSchema)
@asked_with(PlanOfYearSchema)
def plan_of_year(asked: dict[str, Any], year: int) -> dict[str, Any]:
    """The plan of a year, as it is known or as it was adopted: its initiatives, whom local work meets, its goals."""
    if year not in YEARS:
        raise NotFound
    as_adopted, goal, sector = asked["version"] == "adopted", asked.get("goal"), asked.get("sector")
    edition = plan.edition(queries(), asking.view_of({**asked, "year": year}, queries()), as_adopted=as_adopted)
    found = plan.plan(queries(), edition)
    initiatives = plan.initiatives(queries(), edition, found["areas"] if found else [], goal, sector)
    if as_adopted != edition.is_as_adopted or not (found or initiatives):
        raise NotFound
    return {
        **_window(edition.view),
        "as_adopted": edition.is_as_adopted,
        "plan": found,
        "adoption": edition.adoption,
        "initiatives": initiatives,
        "goals": plan.effects(queries(), edition, [id_ for row in initiatives for id_ in row["goals"]]),
        "since_adoption": _since_adoption(edition, asked),
    }


def _since_adoption(edition: Edition, asked: dict[str, Any]) -> dict[str, Any] | None:
    if edition.since is None or edition.is_as_adopted:
        return None
    page = asking.changes_page(edition.since, asked, queries())
    return {
        "counts": changes.counts(queries(), edition.since, asked.get("goal"), asked.get("sector")),
        "changes": public(page.rows),
        "events": plan.events_since(queries(), edition),
        "next": page.cursor,
    }


@blueprint.get("/learning")
@answered_with(LearningListSchema)
@asked_with(LearningSchema)
def list_learning(asked: dict[str, Any]) -> dict[str, Any]:
    """What sectors learnt and shared, the newest first: full text (bokmål), by tag, by goal, by sector."""
    view = asking.always(asked.get("known_on"))
    page = asking.learnings_page(view, asked, queries())
    return {
        "known_on": view.known_on,
        **learning.tags(queries(), view, asking.search_of(asked)),
        "learnings": public(page.rows),
        "next": page.cursor,
    }


@blueprint.post("/what-if")
@answered_with(WhatIfSchema)
@asked_with(AskSchema)
@blueprint.arguments(ScenarioSchema)
def suppose(asked: dict[str, Any], scenario: dict[str, Any]) -> dict[str, Any]:
    """The totals and the matrix before and after changes made in thought. Nothing is stored."""
    view, goal, sector = asking.view_of(asked, queries()), asked.get("goal"), asked.get("sector")
    found, faults = asking.scenario_of(scenario["changes"], view, queries())
    if faults:
        raise ValidationError({"changes": {n: {"initiative": [code]} for n, code in faults.items()}})
    return {
        **_window(view),
        "changes": [_supposed(one) for one in found],
        "before": {"totals": totals(queries(), view), "cells": cells(queries(), view, goal, sector)},
        "after": {
            "totals": what_if.totals(queries(), view, found),
            "cells": what_if.cells(queries(), view, found, goal, sector),
        },
    }


def _supposed(found: Found) -> dict[str, Any]:
    change, row = found.change, found.row
    return {
        "change": change.what,
        "id": found.id if row else None,
        "title": row["title"] if row else None,
        "sector": row["sector"] if row else change.sector,
        "goal": change.goal,
        "old_start": row["start"] if row else None,
        "old_end": row["end"] if row else None,
        "start": change.start,
        "end": change.end,
    }


@blueprint.get("/status")
@answered_with(StatusSchema)
def status() -> dict[str, Any]:
    """How fresh the timeline is, per topic, and what has been set aside."""
    return {"topics": freshness(queries()), "parked": parked(queries())}


def _window(view: View) -> dict[str, Any]:
    return {
        "window": {"from": view.first, "to": view.last},
        "basis": view.basis,
        "known_on": view.known_on,
    }
