"""The timeline: lanes of bars, and the same facts as a table."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import request, url_for

from services.timeline import asking
from services.timeline.asking import LARGEST_PAGE
from services.timeline.pages import timeline as timeline_page
from services.timeline.pages.speaker import Speaker
from services.timeline.web.frame import Asking, blueprint, queries, render
from shared.http import today


@blueprint.get("/timeline")
def timeline() -> str:
    """Lanes of bars, and the same facts as a table."""
    ask = Asking()
    view, say, address = ask.view, ask.speaker, ask.address
    cursor = request.args.get("cursor", "")
    after = {"after": asking.read_cursor(cursor)} if cursor else {}
    found = queries().bars(view, limit=LARGEST_PAGE + 1, goal=ask.goal, sector=ask.sector, **after)
    bars, more = found[:LARGEST_PAGE], found[LARGEST_PAGE:]
    is_partial = bool(more or after)
    activities = [] if after else queries().activities(view, ask.goal)
    names = ask.chosen_names()
    chart = timeline_page.chart(
        view,
        bars,
        activities,
        degrees(ask) if ask.goal else {},
        names=ask.all_names,
        sectors=[] if is_partial else names.sectors,
        speaker=say,
        address=address,
        today=today(),
    )
    return render(
        "timeline",
        ask,
        chart=chart,
        dated=sum(not bar["undated"] for bar in bars),
        what=counts(bars, activities, say),
        spans=timeline_page.spans(view, queries().plan_years(), say, address),
        largest_page=LARGEST_PAGE,
        is_partial=is_partial,
        is_later=bool(after),
        next_cursor=asking.write_cursor(asking.place(bars[-1])) if more else None,
        names=ask.all_names,
        feed_href=url_for("pages.calendar", goal=ask.address.state.get("goal"), sector=ask.address.state.get("sector")),
    )


def degrees(ask: Asking) -> Mapping[UUID, float | None]:
    """Of the goal that is asked for, by sector: the figures of the matrix."""
    return {
        cell["sector"]: cell["degree"] for cell in queries().cells(ask.view, ask.goal, ask.sector) if cell["sector"]
    }


def counts(bars: Sequence[Mapping[str, Any]], activities: Sequence[Mapping[str, Any]], speaker: Speaker) -> str:
    """How many of each kind there are, in words."""
    central = sum(bar["lane"] == "central" for bar in bars)
    numbers = (("central", central), ("local", len(bars) - central), ("activities", len(activities)))
    return speaker.list([speaker.count(name, n) for name, n in numbers])
