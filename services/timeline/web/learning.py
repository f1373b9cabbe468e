"""What sectors learnt and shared, to be searched."""

from typing import Any

from flask import request

from services.timeline import asking, learning
from services.timeline.asking import LARGEST_PAGE, LearningSchema
from services.timeline.pages import learning as learning_page
from services.timeline.request import queries
from services.timeline.web.frame import Asking, blueprint, is_on_paper, render

PAGE = 30
OF_ADDRESS = ("goal", "sector", "known_on")


class Searching(Asking):
    """The window is kept for the other pages; here it says nothing."""

    def __init__(self) -> None:
        super().__init__()
        asked = self.sought()
        if request.args.get("cursor"):
            asked["cursor"] = request.args["cursor"]
        self.searched: dict[str, Any] = LearningSchema().load(asked)
        self.searched["limit"] = LARGEST_PAGE if is_on_paper() else PAGE

    def sought(self) -> dict[str, str]:
        """The parameters of the search."""
        given = super().given()
        return {name: given[name] for name in (*OF_ADDRESS, *self.address.own) if name in given}

    def given(self) -> dict[str, str]:
        return {name: value for name, value in super().given().items() if name not in self.address.own}


@blueprint.get("/learning", endpoint="learning")
def search() -> str:
    """What was shared, the newest first: found by words in any of their forms, by tag, by goal, by sector."""
    ask = Searching()
    view = asking.always(ask.view.known_on)
    search = asking.search_of(ask.searched)
    page = asking.learnings_page(view, ask.searched, queries())
    counted = learning.tags(queries(), view, search)
    return render(
        "learning",
        ask,
        search=search,
        lessons=learning_page.lessons(page.rows, ask.speaker, ask.address),
        tags=learning_page.tags(counted["tags"], search, ask.speaker, ask.address),
        total=counted["total"],
        has_words=search.words is None or learning.has_words(queries(), search.words),
        next_cursor=page.cursor,
        is_later="after" in ask.searched,
        is_filtered=bool(ask.address.own or ask.goal or ask.sector),
        timeless=True,
        kept=[(name, values[-1]) for name, values in ask.address.own.items()],
    )
