"""Each page as a PDF, at its own address with another ending: the page as it prints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, current_app, make_response, request

from services.timeline import printing
from services.timeline.drawing.look import for_paper
from services.timeline.pages.speaker import Speaker
from services.timeline.printing import BusyError, Document, TooLargeError
from services.timeline.printing.content import Labels
from services.timeline.printing.reading import LYING, UPRIGHT
from services.timeline.web.errors import error_page
from services.timeline.web.frame import ON_PAPER, address_here, blueprint, chosen_language, shown

RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page lies on A4, and how many columns of a table can be read beside each other."""

    path: str
    is_landscape: bool = False
    most_columns: int = 7


PAGES = {
    "overview": Layout("/overview.pdf", is_landscape=True, most_columns=11),
    "timeline": Layout("/timeline.pdf", is_landscape=True),
    "initiative": Layout("/initiatives/<reference>.pdf"),
    "gaps": Layout("/gaps.pdf"),
    "changes": Layout("/changes.pdf", is_landscape=True),
    "what_if": Layout("/what-if.pdf"),
    "learning": Layout("/learning.pdf"),
    "plan": Layout("/plan.pdf", is_landscape=True, most_columns=8),
}
"""Page → its layout on paper."""


def printed(page: str, layout: Layout) -> Callable[..., Response]:
    def on_paper(**of_page: str) -> Response:
        """What the page answers, on paper; a page that isn't there, or was asked for wrongly, says so on the screen."""
        answer = make_response(current_app.view_functions[shown()](**of_page))
        if answer.status_code != HTTPStatus.OK:
            return answer
        say, made = Speaker(chosen_language()), datetime.now(UTC)
        sheet = printing.read(
            answer.get_data(as_text=True),
            base=request.url,
            drawn=for_paper,
            most_columns=layout.most_columns,
            room=LYING if layout.is_landscape else UPRIGHT,
            part=lambda caption, n, of: say("paper.part", caption=caption, n=n, of=of),
        )
        document = Document(
            title=sheet.title,
            language=say.language,
            made=made,
            facts=sheet.facts,
            blocks=sheet.blocks,
            labels=Labels(
                say("product"), say("paper.page", n="{n}", of="{of}"), say("paper.made.at", moment=say.moment(made))
            ),
            is_landscape=layout.is_landscape,
        )
        name = address_here().file_name("-".join([page.replace("_", "-"), *of_page.values()]), "pdf")
        response = Response(printing.pdf(document), content_type="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=name)
        return response

    return on_paper


for _page, _layout in PAGES.items():
    blueprint.add_url_rule(_layout.path, f"{_page}{ON_PAPER}", printed(_page, _layout))


@blueprint.errorhandler(BusyError)
def busy(_: BusyError) -> Response:
    response = error_page(HTTPStatus.SERVICE_UNAVAILABLE, "error.busy", Speaker(chosen_language())("paper.busy"))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


@blueprint.errorhandler(TooLargeError)
def too_large(_: TooLargeError) -> Response:
    return error_page(HTTPStatus.UNPROCESSABLE_ENTITY, "paper.large", Speaker(chosen_language())("paper.large.lead"))
