"""Two days side by side: what had become known on the later one."""

from dataclasses import replace
from functools import partial

from services.timeline import asking, changes, differences, matrix
from services.timeline.asking import LARGEST_PAGE, ChangesSchema
from services.timeline.changes import Comparison
from services.timeline.pages import changes as changes_page
from services.timeline.pages import overview as overview_page
from services.timeline.pages.overview import Headline
from services.timeline.request import queries
from services.timeline.view import View
from services.timeline.web.frame import Asking, blueprint, is_on_paper, render

PAGE = 100


class Comparing(Asking):
    """The day of the other pages is the later one here, and the later one here follows to them."""

    def __init__(self) -> None:
        super().__init__(ChangesSchema, "cursor")
        self.asked["limit"] = LARGEST_PAGE if is_on_paper() else PAGE

    def given(self) -> dict[str, str]:
        given = super().given()
        if known_on := given.pop("known_on", None):
            given.setdefault("to_known", known_on)
        return given

    def asked_view(self) -> View:
        self.comparison = asking.comparison_of(self.asked, queries())
        self.address.state.pop("known_on", None)
        if known_on := self.comparison.now.known_on:
            self.address.state["known_on"] = known_on.isoformat()
        return self.comparison.now


@blueprint.get("/changes", endpoint="changes")
def compared() -> str:
    """Added, moved, removed, otherwise changed; with reasons, and the headline then and now."""
    ask = Comparing()
    comparison, say = ask.comparison, ask.speaker
    page = asking.changes_page(comparison, ask.asked, queries())
    counts = changes.counts(queries(), comparison, ask.goal, ask.sector)
    named = differences.names(queries(), comparison.now, page.rows)
    return render(
        "changes",
        ask,
        comparison=comparison,
        headlines=[(state, headline(state, ask)) for state in (comparison.then, comparison.now)],
        summary=changes_page.summary(counts, say),
        sections=changes_page.sections(
            page.rows, counts, named, comparison=comparison, names=ask.all_names, speaker=say, address=ask.address
        ),
        chart=changes_page.chart(comparison, say),
        shown=len(page.rows),
        total=sum(counts.values()),
        next_cursor=page.cursor,
        is_later="after" in ask.asked,
        own_fields="pages/changes_fields.html",
    )


def since_known(ask: Asking) -> str | None:
    """What was added, moved and removed since the day that is shown, in words; null where now is shown."""
    known_on, say = ask.view.known_on, ask.speaker
    if known_on is None:
        return None
    comparison = Comparison(replace(ask.view, known_on=None), known_on)
    what = changes_page.summary(changes.counts(queries(), comparison, ask.goal, ask.sector), say)
    return say("known_on.since", what=what) if what else say("known_on.since.none")


def headline(view: View, ask: Asking) -> Headline:
    known_on = view.known_on.isoformat() if view.known_on else None
    to = partial(ask.address.to, "timeline", goal=None, sector=None, known_on=known_on)
    return overview_page.headline(matrix.totals(queries(), view), view, ask.speaker, to)
