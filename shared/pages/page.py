"""What every page has: its words, the names that it can show, and what the API answers to the request at hand."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Response, current_app, render_template, request, url_for

from shared.http import language
from shared.pages.model import Collection, Pages
from shared.pages.shown import Shown
from shared.pages.site import Site
from shared.pages.words import Say

if TYPE_CHECKING:
    from shared.service import Service


def ask(endpoint: str, names: Mapping[str, Any]) -> Response:
    """What the API answers at this endpoint; an error as its problem document. `names`: of the address."""
    try:
        answer: Any = current_app.view_functions[endpoint](**names)
        return current_app.make_response(answer)
    except Exception as error:  # noqa: BLE001 - as Flask does it: the error handlers know what each means
        return current_app.make_response(current_app.handle_user_exception(error))


def decoded(response: Response) -> Any:
    return msgspec.json.decode(response.get_data())


def main_of(html: str) -> str:
    """What stands in the frame of a page: a part of another page that is being sent."""
    return html.partition('<main id="content" tabindex="-1">')[2].rpartition("</main>")[0]


class Page:
    def __init__(self) -> None:
        self.pages: Pages = current_app.extensions["pages"]
        self.service: Service = current_app.extensions["service"]
        self.say = Say(language(), self.pages.words)
        self.site = Site(self.service.name)
        self.shown = Shown(self.say, self.service.lists, self.site)

    def render(self, template: str, status: int = HTTPStatus.OK, **content: Any) -> Response:
        other = "en" if self.say.language == "nb" else "nb"
        here = request.script_root + request.full_path.rstrip("?")
        text = render_template(
            template,
            say=self.say,
            shown=self.shown,
            home=self.site.home,
            navigation=self.site.navigation(self.say.language),
            systems={
                "lead": self.say("footer.systems"),
                "links": [
                    (self.say("footer.api"), url_for("description.docs")),
                    (self.say("footer.events"), url_for("contracts.overview")),
                ],
            },
            language=self.say.language,
            other_language=other,
            language_href=url_for("browser.choose_language", to=other, back=here) if request.method == "GET" else None,
            **content,
        )
        return Response(text, status, mimetype="text/html")

    def error(self, response: Response) -> Response:
        """A problem document as a page, with its status and its headers."""
        problem = decoded(response)
        told = {**problem, "title": self.title_of(problem)}
        page = self.render("common/error.html", response.status_code, problem=told)
        for name in ("Retry-After", "Allow"):
            if name in response.headers:
                page.headers[name] = response.headers[name]
        return page

    def title_of(self, problem: Mapping[str, Any]) -> str:
        """What is wrong, for people: they know of no headers, and count in no bytes."""
        word = f"problem.{problem['code']}"
        return self.say(word) if self.say.knows(word) else str(problem["title"])


class CollectionPage(Page):
    """A page about the items of one kind, or about one of them."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection

    @property
    def names(self) -> dict[str, Any]:
        """What the address names: `{"goal": "K1"}`."""
        return dict(request.view_args or {})

    def item(self) -> tuple[Mapping[str, Any], Response | None]:
        """The item of the address, and the problem where there is none."""
        response = ask(self.collection.item, self.names)
        if response.status_code != HTTPStatus.OK:
            return {}, response
        return decoded(response), None

    def events(self) -> list[dict[str, Any]]:
        """The item's history, its names known."""
        items: list[dict[str, Any]] = decoded(ask(self.collection.history, self.names))["items"]
        changes = [change for item in items for change in item["changes"]]
        self.shown.know((change["field"], change[when]) for change in changes for when in ("before", "after"))
        return items

    def told(self, events: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Events in words: `samtidig.goal.adopted.v1` is "Vedtatt"."""
        for event in events:
            kind = event["type"].removeprefix("samtidig.").rpartition(".")[0]
            yield {**event, "what": self.say(f"event.{kind}")}
