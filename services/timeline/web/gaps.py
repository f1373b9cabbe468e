"""All gaps: sorted, filtered, page by page."""

from services.timeline import asking
from services.timeline.asking import GAP_KINDS, GAP_ORDERS, LARGEST_PAGE, GapsSchema
from services.timeline.pages import gaps as gaps_page
from services.timeline.request import queries
from services.timeline.web.frame import Asking, blueprint, is_on_paper, render

PAGE = 50


@blueprint.get("/gaps")
def gaps() -> str:
    """Where only one side works, for how long, and the smallest move that would let both meet."""
    ask = Asking(GapsSchema, "cursor")
    ask.asked["limit"] = LARGEST_PAGE if is_on_paper() else PAGE
    page = asking.gaps_page(ask.view, ask.asked, queries())
    return render(
        "gaps",
        ask,
        gaps=gaps_page.gaps(page.rows, ask.all_names, ask.speaker, ask.address),
        total=page.total,
        next_cursor=page.cursor,
        is_later="after" in ask.asked,
        is_filtered=any(name in ask.address.own for name in ("kind", "min_days")) or bool(ask.goal or ask.sector),
        kinds=GAP_KINDS,
        orders=GAP_ORDERS,
        own_fields="pages/gaps_fields.html",
    )
