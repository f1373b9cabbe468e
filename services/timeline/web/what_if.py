"""What if: changes made in thought. They stand in the address, and nothing is stored."""

from functools import partial
from http import HTTPStatus

from flask import Response, make_response, redirect, request
from marshmallow import ValidationError

from services.timeline import asking, matrix, what_if
from services.timeline.pages import overview as overview_page
from services.timeline.pages import what_if as what_if_page
from services.timeline.request import queries
from services.timeline.web.frame import Asking, blueprint, here, render
from services.timeline.web.what_if_form import Form
from services.timeline.what_if import WHATS, Change, What

SUGGESTED = 500
"""Titles that the forms offer while something is typed."""


class Supposing(Asking):
    """The view, and the scenario of the address. Raises ValidationError with all that is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        changes = changes_asked()
        self.scenario, faults = asking.scenario_of(changes, self.view, queries())
        if faults:
            raise ValidationError({what: of_kind(what, changes, faults) for what in WHATS})

    def given(self) -> dict[str, str]:
        return {name: value for name, value in super().given().items() if name not in WHATS}

    def without(self, what: What, number: int) -> str:
        """The page without the change of this kind at this place."""
        return here(self.address, **{what: [text for n, text in enumerate(self.address.own[what]) if n != number]})

    def with_one_more(self, what: What, text: str) -> str:
        return here(self.address, **{what: [*self.address.own.get(what, []), text]})


def of_kind(what: What, changes: list[Change], faults: dict[int, str]) -> list[str]:
    return [code for n, code in faults.items() if changes[n].what == what]


def changes_asked() -> list[Change]:
    """The changes that the address names: moves, drops, additions. Raises ValidationError with the faults of each."""
    said = [(what, text) for what in WHATS for text in map(str.strip, request.args.getlist(what)) if text]
    found: list[Change] = []
    faults: dict[str, list[str]] = {}
    for what, _ in said[what_if.MOST :][:1]:
        faults[what] = [what_if.TOO_MANY]
    for what, text in said[: what_if.MOST]:
        try:
            found.append(what_if.read(what, text))
        except what_if.MalformedError as error:
            faults.setdefault(what, []).append(error.code)
    if faults:
        raise ValidationError(faults)
    return found


@blueprint.get("/what-if", endpoint="what_if")
def supposed() -> Response:
    """The headline and the cells before and after, the changes as a list, and forms to make more of them."""
    ask = Supposing()
    view, say, scenario = ask.view, ask.speaker, ask.scenario
    form, is_full = Form.read(request.args), len(scenario) >= what_if.MOST
    if form.what and not is_full and (made := form.complete(view, queries())):
        return make_response(redirect(ask.with_one_more(form.what, made), HTTPStatus.SEE_OTHER))
    to_figures = {"before": partial(ask.address.to, "timeline", goal=None, sector=None)}  # nothing shows those after
    states = {"before": matrix.totals(queries(), view)}
    before = after = matrix.cells(queries(), view, ask.goal, ask.sector)
    if scenario:
        states["after"] = what_if.totals(queries(), view, scenario)
        after = what_if.cells(queries(), view, scenario, ask.goal, ask.sector)
    changes = what_if_page.changes(scenario, ask.all_names, say, ask.address, ask.without)
    page = render(
        "what_if",
        ask,
        changes=changes,
        is_full=is_full,
        is_as_before=bool(scenario) and states["before"] == states["after"],
        headlines={
            state: overview_page.headline(row, view, say, to_figures.get(state)) for state, row in states.items()
        },
        cells=what_if_page.cells(before, after, view, ask.all_names, say),
        empty_href=here(ask.address, **dict.fromkeys(WHATS)),
        suggested=what_if.in_window(queries(), view, limit=SUGGESTED),
        form=form,
        faults=form.sentences(say),
        kept=[(name, value) for name, values in ask.address.own.items() for value in values],
        is_scenario=True,
    )
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if form.faults else HTTPStatus.OK)
