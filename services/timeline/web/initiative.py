"""One initiative, whom it works together with, and why the verdict is what it is."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import Response

from services.timeline import history
from services.timeline.pages import initiative as initiative_page
from services.timeline.web.errors import error_page
from services.timeline.web.frame import Asking, blueprint, queries, render


@blueprint.get("/initiatives/<reference>")
def initiative(reference: str) -> str | Response:
    """One initiative, whom it works together with, and why the verdict is what it is."""
    ask = Asking()
    row = queries().find(ask.view, reference)
    if row is None:
        key = "error.initiative.then" if ask.view.known_on else "error.initiative.lead"
        day = ask.speaker.day(ask.view.known_on) if ask.view.known_on else ""
        lead = ask.speaker(key, name=ask.speaker.quoted(reference), day=day)
        return error_page(HTTPStatus.NOT_FOUND, "error.initiative", lead)
    if not ask.has_window and (year := initiative_page.year(row)):
        ask.see(replace(ask.view, first=date(year, 1, 1), last=date(year, 12, 31)))
        row = queries().initiative(ask.view, row["id"]) or row
    shown = initiative_page.initiative(
        row,
        queries().related(ask.view, row["id"]),
        history.history(queries(), ask.view, row["id"]),
        view=ask.view,
        names=ask.all_names,
        speaker=ask.speaker,
        address=ask.address,
    )
    return render("initiative", ask, initiative=shown)
