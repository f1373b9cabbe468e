"""The overview: the year in one sentence, the matrix, the largest gaps."""

from datetime import date
from functools import partial

from markupsafe import Markup

from services.timeline import asking, changes, gaps, matrix, names, plan, year
from services.timeline.changes import Comparison
from services.timeline.pages import changes as changes_page
from services.timeline.pages import gaps as gaps_page
from services.timeline.pages import overview as overview_page
from services.timeline.pages.speaker import is_year
from services.timeline.request import queries
from services.timeline.view import View
from services.timeline.web.changes import since_known
from services.timeline.web.frame import Asking, blueprint, render
from shared.http import today

GAPS = 5


@blueprint.get("/")
def overview() -> str:
    """The year in one sentence, the matrix, the largest gaps."""
    ask = Asking()
    view, say, address = ask.view, ask.speaker, ask.address
    totals = matrix.totals(queries(), view)
    is_empty = not (ask.goals or ask.sectors)
    cells = matrix.cells(queries(), view, ask.goal, ask.sector)
    headlines = year.headlines(queries(), view, ask.sector) if totals["central"] else []
    largest = gaps.page(queries(), view, limit=GAPS, goal=ask.goal, sector=ask.sector).rows
    return render(
        "overview",
        ask,
        since_known=since_known(ask),
        is_empty=is_empty,
        headline=overview_page.headline(totals, view, say, partial(address.to, "timeline", goal=None, sector=None)),
        matrix=overview_page.matrix(ask.chosen_names(), cells, view, say, address),
        by_sector=overview_page.sectors(headlines, ask.all_names, say, address),
        whole=headlines[0] if headlines else None,
        gaps=gaps_page.gaps(largest, ask.all_names, say, address),
        not_counted=overview_page.not_counted(totals, names.unresolved(queries(), view), say),
        since=since(ask),
        other_plans=other_plans(ask, totals["central"]),
        other_year=other_year(view) if not totals["central"] else None,
    )


def other_plans(ask: Asking, central: int) -> list[Markup]:
    """Where the window is a year."""
    if not is_year(ask.view.first, ask.view.last):
        return []
    return overview_page.other_plans(plan.of_other_plans(queries(), ask.view), central, ask.speaker, ask.address)


def since(ask: Asking) -> tuple[date, str]:
    """A month before the day that is shown, and what has changed since, in words."""
    then = asking.month_before(ask.view.known_on or today())
    counts = changes.counts(queries(), Comparison(ask.view, then), ask.goal, ask.sector)
    return then, changes_page.summary(counts, ask.speaker)


def other_year(view: View) -> int | None:
    """A plan year to look at instead of a window that has no central work."""
    newest = plan.newest_year(queries(), today().year)
    return newest if newest in plan.years(queries()) and newest != view.first.year else None
