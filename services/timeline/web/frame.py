"""What all pages have: what the address asks for, the frame around the content, and how fresh the timeline is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from services.timeline import asking, names, plan, status
from services.timeline.asking import AskSchema, WindowedSchema
from services.timeline.concurrency import Standing
from services.timeline.pages import paper
from services.timeline.pages.address import CHOSEN, SCENARIO, Address
from services.timeline.pages.names import Names
from services.timeline.pages.parameters import label, said
from services.timeline.pages.speaker import STALE_SECONDS, Speaker
from services.timeline.request import queries
from services.timeline.view import STATUSES, View
from services.timeline.work import work_of
from shared import http
from shared.http import today
from shared.pages import browser
from shared.pages.site import Link, Site
from shared.problems import Language

blueprint = Blueprint(
    "pages", "services.timeline", template_folder="templates", static_folder="static", static_url_path="/static"
)

PAGES = (
    "pages.overview",
    "pages.timeline",
    "pages.initiative",
    "pages.gaps",
    "pages.changes",
    "pages.learning",
    "pages.plan",
    "pages.status",
    "pages.what_if",
)
"""Pages with a selection, which another language or a reset leads back to."""
FURTHER = ("plan", "gaps", "changes", "what_if", "learning")
"""Pages of the timeline that stand in its own second row of links."""
OWN = {
    "pages.timeline": ("lanes", "focus", "open", "closed", "meeting"),
    **dict.fromkeys(("pages.timeline_file", "pages.timeline_json"), ("meeting",)),
    "pages.initiative": ("group", "part"),
    "pages.embed": ("lanes",),
    **dict.fromkeys(("pages.gaps", "pages.gaps_file", "pages.gaps_json"), ("kind", "min_days", "sort")),
    **dict.fromkeys(("pages.changes", "pages.changes_file", "pages.changes_json"), ("from_known", "to_known")),
    **dict.fromkeys(("pages.learning", "pages.learning_file", "pages.learning_json"), ("q", "tag")),
    **dict.fromkeys(("pages.plan", "pages.plan_file", "pages.plan_json"), ("version",)),
    **dict.fromkeys(("pages.what_if", "pages.what_if_file"), SCENARIO),
}
"""Page → what its address says besides what all addresses say; kept by the links of the page to itself."""

CONTENT_SECURITY_POLICY = f"{browser.CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'"
"""Of these pages: their own script is run, from a file, and asks its own service whether there is anything new."""
EMBEDDED_POLICY = browser.CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""Of the one page that is made to stand in the pages of others: it runs nothing, and has nothing to click but links."""

ON_PAPER = "_pdf"
"""What the endpoint of a page on paper ends with."""
PICTURE = "_picture"
"""And that of a page's chart alone."""


class Asking:
    """What the address asks for, read once per request; each page begins with it."""

    def __init__(self, schema: type[WindowedSchema] = AskSchema, *further: str) -> None:
        """`further`: parameters that the schema reads besides those of all pages and those that the page keeps."""
        self.address = address_here()
        self.speaker = Speaker(chosen_language())
        given = self.given()
        given |= {name: request.args[name] for name in further if request.args.get(name)}
        self.asked: dict[str, Any] = schema().load(given)
        self.pulse = status.pulse(queries(), STALE_SECONDS)
        """Of what the page is made of, or of what was known a moment before it: never newer than the page."""
        self.see(self.asked_view())

    def given(self) -> dict[str, str]:
        """The parameters of all pages, and those that the page keeps."""
        given = {name: value for name, value in self.address.state.items() if name != "lang"}
        return given | {name: values[-1] for name, values in self.address.own.items()}

    def asked_view(self) -> View:
        return asking.view_of(self.asked, queries())

    def see(self, view: View) -> None:
        """From now on this view; where the address has no window, the page's links name its year, so that they last."""
        self.view = view
        work = work_of(queries(), view)
        self.goals = names.goals(queries(), view, work=work)
        self.sectors = names.sectors(queries(), view, work=work)
        self.all_names = self.names(self.goals, self.sectors)
        if not self.has_window:
            self.address.state["year"] = str(view.first.year)

    @property
    def has_window(self) -> bool:
        return "first" in self.asked or "year" in self.asked

    @property
    def goal(self) -> UUID | None:
        return self.asked.get("goal")

    @property
    def sector(self) -> UUID | None:
        return self.asked.get("sector")

    def chosen_names(self) -> Names:
        """The goals and sectors of the selection."""
        goals = [row for row in self.goals if self.goal in (None, row["id"])]
        sectors = [row for row in self.sectors if self.sector in (None, row["id"])]
        return self.names(goals, sectors)

    def names(self, goals: Iterable[Mapping[str, Any]], sectors: Iterable[Mapping[str, Any]]) -> Names:
        """What these are called, and what the address asks for that isn't among them."""
        asked = {self.asked[name]: self.address.state[name] for name in ("goal", "sector") if name in self.asked}
        return Names(goals, sectors, self.speaker, asked)


def address_here() -> Address:
    """The address that was asked for."""
    return Address(request.args, OWN.get(shown(), ()))


def shown() -> str:
    """The endpoint of the page that is asked for, on the screen, on paper or as a picture."""
    return (request.endpoint or "").removesuffix(ON_PAPER).removesuffix(PICTURE)


def named_here() -> dict[str, Any]:
    """What the page's path names: the initiative of its page, and not the form that a picture has."""
    return {name: value for name, value in (request.view_args or {}).items() if name != "form"}


def is_embedded() -> bool:
    """Whether it stands in somebody else's page, with its errors."""
    return request.endpoint == "pages.embed"


def is_on_paper() -> bool:
    return (request.endpoint or "").endswith(ON_PAPER)


def chosen_language() -> Language:
    """`?lang=nb|en`, else what the browser prefers; bokmål where neither says."""
    match request.args.get("lang"):
        case "nb":
            return "nb"
        case "en":
            return "en"
        case _:
            return http.language()


# What all pages have


def render(template: str, ask: Asking, **content: Any) -> str:
    return render_template(
        f"pages/{template}.html",
        **frame(ask.speaker, ask.address),
        ask=ask,
        view=ask.view,
        years=sorted({*plan.years(queries()), ask.view.first.year}),
        fresh=freshness(ask.speaker),
        choices=choices(ask),
        pulse=None if ask.view.known_on else ask.pulse,
        today=today(),
        here=here,
        page_path=here(ask.address).partition("?")[0],
        now_href=here(ask.address, known_on=None),
        on_paper=paper.facts(ask.address, ask.view, ask.all_names, ask.speaker, page=page_address(ask.address)),
        exact_link=page_address(ask.address),
        pdf_href=on_paper_href(ask.address),
        all_href=here(ask.address, **dict.fromkeys(CHOSEN)),
        put_away_href=here(ask.address, **dict.fromkeys(SCENARIO)),
        reset_href=here(Address(MultiDict({"lang": ask.address.state.get("lang", "")}))),
        **content,
    )


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    chosen: bool


def choices(ask: Asking) -> dict[str, list[Option]]:
    """What can be chosen of an initiative, in the order of the form; also what is chosen and nobody has told of."""
    say, state = ask.speaker, ask.address.state
    offered = {
        "area": {area: area for area in names.areas(queries(), ask.view)},
        "agency": {agency["code"]: agency["name"] for agency in names.agencies(queries(), ask.view)},
        "audience": {audience: said("audience", audience, say) for audience in asking.AUDIENCES},
        "status": {standing: holding(standing, say) for standing in asking.STANDINGS},
    }
    for name, texts in offered.items():
        if name in state:
            texts.setdefault(state[name], f"{state[name]} ({say('unresolved')})")
    return {
        name: [Option(value, text, value == state.get(name)) for value, text in texts.items()]
        for name, texts in offered.items()
    }


def holding(standing: Standing, say: Speaker) -> str:
    """What it is called, and the statuses that it holds where they are called otherwise."""
    name, statuses = said("status", standing, say), [say(f"status.{status}") for status in STATUSES[standing]]
    return name if statuses == [name] else say("standing.holds", standing=name, statuses=", ".join(statuses))


def frame(speaker: Speaker, address: Address) -> dict[str, Any]:
    """What the frame of a page needs; also that of an error, where the database may be out of reach."""
    other: Language = "en" if speaker.language == "nb" else "nb"
    return {
        "say": speaker,
        "label": lambda name: label(name, speaker),
        "said": lambda name, value: said(name, value, speaker),
        "address": address,
        "home": address.to("overview"),
        "navigation": navigation(speaker, address),
        "further": further(speaker, address),
        "language": speaker.language,
        "other_language": other,
        "language_href": url_for(
            "browser.choose_language",
            to=other,
            back=here(address_here(), lang=other, cursor=request.args.get("cursor")),
        ),
    }


def navigation(speaker: Speaker, address: Address) -> list[Link]:
    """The site's; the links to the timeline's own pages keep what is chosen, those to others the address's language."""
    own = {"/": "overview", "/timeline": "timeline"}

    def href(link: Link) -> str:
        if link.href in own:
            return address.to(own[link.href])
        return address.elsewhere(link.href)

    return [replace(link, href=href(link)) for link in Site("timeline").navigation(speaker.language)]


def further(speaker: Speaker, address: Address) -> list[Link]:
    """The timeline's own pages beside the overview and the timeline itself."""
    return [Link(speaker(f"further.{page}"), address.to(page), shown() == f"pages.{page}") for page in FURTHER]


def here(address: Address, **changes: str | Sequence[str] | None) -> str:
    """The page that is shown, with another state."""
    page = shown() if shown() in PAGES else "pages.overview"
    of_page = named_here() if page == shown() else {}
    return address.to(page.removeprefix("pages."), **{**of_page, **address.own, **changes})


def on_paper_href(address: Address) -> str | None:
    """Of the page that is shown, as a PDF; null where it has none."""
    endpoint = f"{shown()}{ON_PAPER}"
    if endpoint not in current_app.view_functions:
        return None
    return address.to(endpoint.removeprefix("pages."), **{**named_here(), **address.own})


def page_address(address: Address) -> str:
    """Of the page that is shown, with its host: for what leaves the site. Without a scenario that it does not show."""
    without = {name: None for name in address.scenario if name not in address.own}
    return urljoin(request.host_url, here(address, **without))


def freshness(speaker: Speaker) -> dict[str, Any]:
    """How long ago all topics had been read to their end, what waits, and what is set aside."""
    topics, parked = status.freshness(queries()), status.parked(queries())
    seconds: list[float | None] = [topic["seconds"] for topic in topics]
    known = [age for age in seconds if age is not None]
    if not topics or len(known) < len(seconds):
        text, is_fresh = speaker("fresh.never"), False
    else:
        is_fresh = max(known) <= STALE_SECONDS
        text = speaker("fresh.ago" if is_fresh else "fresh.stale", ago=speaker.ago(max(known)))
    waiting, aside = sum(topic["waiting"] for topic in topics), sum(row["events"] for row in parked)
    return {
        "is_fresh": is_fresh,
        "text": text,
        "waiting": speaker.count("fresh.waiting", waiting) if waiting else "",
        "parked": speaker.count("fresh.parked", aside) if aside else "",
    }


@blueprint.after_request
def protect(response: Response) -> Response:
    return protected(response)


def protected(response: Response) -> Response:
    if response.mimetype == "text/html":
        policy = EMBEDDED_POLICY if is_embedded() else CONTENT_SECURITY_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        browser.protected(response, chosen_language())
    return browser.varying(response)
