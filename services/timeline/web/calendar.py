"""Calendar feeds, to subscribe to: of a goal, a sector, an area of the action plan, or of everything."""

from datetime import date
from typing import Any

from flask import Response, request

from services.timeline import calendar, names
from services.timeline.pages import calendar as calendar_page
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.request import queries
from services.timeline.view import View
from services.timeline.web.frame import blueprint, chosen_language
from shared.fields import Reference, Schema, Text

LONGEST_AREA = 300


class FeedSchema(Schema):
    """All of them may be left out; together they narrow the feed."""

    goal = Reference("goal")
    sector = Reference("sector")
    area = Text(LONGEST_AREA)


@blueprint.get("/calendar.ics", endpoint="calendar")
def feed() -> Response:
    """The feed as known now. Who has it already and asks with its ETag gets a 304."""
    given = {name: value for name, value in request.args.items() if value and name != "lang"}
    asked: dict[str, Any] = FeedSchema().load(given)
    speaker = Speaker(chosen_language())
    content = calendar_page.feed(calendar.events(queries(), **asked), called(asked, speaker), speaker)
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "inline", filename="samtidig.ics")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def called(asked: dict[str, Any], speaker: Speaker) -> str:
    """What the feed is of, in words."""
    view = View(date.min, date.max)
    goals = names.goals(queries(), view, asked.get("goal"))
    sectors = names.sectors(queries(), view, asked.get("sector"))
    known = Names(goals, sectors, speaker)
    parts = [known.goal(asked["goal"]).long] if "goal" in asked else []
    if "sector" in asked:
        parts.append(known.sector(asked["sector"]).name)
    if "area" in asked:
        parts.append(asked["area"])
    return ", ".join(parts) or speaker("calendar.all")
