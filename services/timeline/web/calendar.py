"""Calendar feeds, to subscribe to: of a goal, a sector, an area of the action plan, or of everything."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, request, url_for

from services.timeline import calendar, names
from services.timeline.pages import calendar as calendar_page
from services.timeline.pages.address import CHOSEN
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.request import queries
from services.timeline.view import View
from services.timeline.web.frame import Asking, blueprint, chosen_language
from shared.fields import Reference, Schema, Text


class FeedSchema(Schema):
    """All of them may be left out; together they narrow the feed."""

    goal = Reference("goal")
    sector = Reference("sector")
    area = Text()


@blueprint.get("/calendar.ics", endpoint="calendar")
def feed() -> Response:
    """The feed as known now. Who has it already and asks with its ETag gets a 304."""
    given = {name: value for name, value in request.args.items() if value and name != "lang"}
    asked: dict[str, Any] = FeedSchema().load(given)
    speaker = Speaker(chosen_language())
    known = names_known(asked, given, speaker)
    events = calendar.events(queries(), **asked)
    content = calendar_page.feed(events, called(asked, known, speaker), known, initiative_href, speaker)
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "inline", filename="samtidig.ics")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def names_known(asked: dict[str, Any], given: Mapping[str, str], speaker: Speaker) -> Names:
    """`given`: as the address writes it."""
    view = View(date.min, date.max)
    goals = names.goals(queries(), view, asked.get("goal"))
    called_in_address = {asked[name]: given[name].strip() for name in asked if name != "area"}
    return Names(goals, names.sectors(queries(), view), speaker, called_in_address)


def called(asked: dict[str, Any], known: Names, speaker: Speaker) -> str:
    """What the feed is of, in words."""
    parts = [known.goal(asked["goal"]).long] if "goal" in asked else []
    if "sector" in asked:
        parts.append(known.sector(asked["sector"]).name)
    if "area" in asked:
        parts.append(asked["area"])
    return ", ".join(parts) or speaker("calendar.all")


def initiative_href(row: Mapping[str, Any]) -> str | None:
    """The page of an initiative; communication has none of its own here."""
    return None if row["lane"] == "activity" else url_for("pages.initiative", reference=row["id"], _external=True)


def feed_href(ask: Asking) -> str | None:
    """The feed of what a page shows, in its language (calendars ask in none); null where no feed has what is chosen."""
    if any(name in ask.address.state for name in CHOSEN if name != "area"):
        return None
    asked: dict[str, Any] = {name: ask.address.state.get(name) for name in ("goal", "sector", "area")}
    return url_for("pages.calendar", **asked, lang=ask.speaker.language)
