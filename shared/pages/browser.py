"""What tells a browser from a system, and what a browser may do with a page."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, request

from shared import problems
from shared.problems import Language

MEANS_HTML = ("text/html", "application/xhtml+xml")
MEANS_JSON = ("application/json", problems.CONTENT_TYPE)
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing is fetched from elsewhere, and nothing in a page is run."""
A_YEAR = 365 * 24 * 3600
"""Seconds."""

blueprint = Blueprint("browser", __name__, template_folder="templates")
"""What all pages have: their templates, and the choice of the language."""


def wants_html(default: str = MEANS_JSON[0]) -> bool:
    """Whether the client is a person's browser; `default` is what a client gets that takes anything."""
    offered = [default, *MEANS_HTML, *MEANS_JSON]
    return request.accept_mimetypes.best_match(offered, default=default) in MEANS_HTML


def protected(response: Response, language: Language) -> Response:
    """With the headers of a page: `setdefault`, as a page may have said more strictly what it is."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Content-Language"] = language
    return response


def varying(response: Response) -> Response:
    """What is at an address depends on who asks, and in which language."""
    response.vary.update(["Accept", "Accept-Language", "Cookie"])
    return response


@blueprint.get("/language")
def choose_language() -> Response:
    """Remembers the language that a person chose, for all services of the site, and goes back to where they were.

    `back`: a path of this site; whatever else it names is left out.
    """
    try:
        asked = urlsplit(request.args.get("back", ""))
    except ValueError:  # `//[`: no address at all
        asked = urlsplit("")
    path = "/" + asked.path.replace("\\", "/").lstrip("/") + (f"?{asked.query}" if asked.query else "")
    response = make_response(redirect(path if asked.path else f"{request.script_root}/"))
    chosen = "en" if request.args.get("to") == "en" else "nb"
    response.set_cookie("lang", chosen, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response
