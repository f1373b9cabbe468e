"""One initiative, whom it works together with, and why the verdict is what it is."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import Response

from services.timeline import beside, differences, evidence, history, initiatives
from services.timeline.asking import LARGEST_PAGE, InitiativeSchema
from services.timeline.initiative import find, initiative
from services.timeline.pages import initiative as initiative_page
from services.timeline.pages.initiative import FEW, Asked
from services.timeline.related import Heading, explained, related_to
from services.timeline.request import queries
from services.timeline.web.errors import error_page
from services.timeline.web.frame import Asking, blueprint, here, is_on_paper, render


@blueprint.get("/initiatives/<reference>", endpoint="initiative")
def one_initiative(reference: str) -> str | Response:
    """One initiative, whom it works together with, and why the verdict is what it is, down to the source events."""
    ask = Asking(InitiativeSchema)
    row = find(queries(), ask.view, reference)
    if row is None:
        key = "error.initiative.then" if ask.view.known_on else "error.initiative.lead"
        day = ask.speaker.day(ask.view.known_on) if ask.view.known_on else ""
        lead = ask.speaker(key, name=ask.speaker.quoted(reference), day=day)
        ways = [(ask.speaker("error.way.now"), here(ask.address, known_on=None))] if ask.view.known_on else []
        return error_page(HTTPStatus.NOT_FOUND, "error.initiative", lead, ways=ways, address=ask.address)
    if not ask.has_window and (year := initiative_page.year(row)):
        ask.see(replace(ask.view, first=date(year, 1, 1), last=date(year, 12, 31)))
        row = initiative(queries(), ask.view, row["id"]) or row
    related = related_to(queries(), ask.view, row)
    group: Heading | None = ask.asked.get("group")
    shown = initiative_page.shown(
        related,
        group,
        ask.asked["part"],
        few=LARGEST_PAGE if is_on_paper() else FEW,
        of=row["id"],
        speaker=ask.speaker,
        address=ask.address,
    )
    rows = explained(queries(), ask.view, row, [other for one in shown for other in one.others])
    supported = initiatives.by_id(queries(), ask.view, [id_.bytes for id_ in row["supports"]])
    events = history.history(queries(), ask.view, row["id"])
    asked = Asked(
        row,
        {other["id"].bytes: other for other in rows},
        {other["id"]: other["title"] for other in supported if other["sector"] is None},
        evidence.sources(queries(), ask.view, row, rows),
        events,
        differences.names(queries(), ask.view, events),
        beside.communication(queries(), ask.view, row["id"]),
        beside.effects(queries(), ask.view, row["goals"]),
    )
    kind = "local-initiative" if row["sector"] else "central-initiative"
    return render(
        "initiative",
        ask,
        initiative=initiative_page.initiative(
            asked, shown, view=ask.view, names=ask.all_names, speaker=ask.speaker, address=ask.address
        ),
        group=group,
        owner_href=ask.address.owned(kind, row["id"]),
        json_href=ask.address.to("initiative_json", reference=reference),
    )
