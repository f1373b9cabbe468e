"""Errors: a page in a sentence, with a way on."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from http import HTTPStatus

import psycopg
from flask import Response, current_app, render_template, request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from services.timeline.pages.address import WINDOW, Address
from services.timeline.pages.parameters import label
from services.timeline.pages.speaker import Speaker
from services.timeline.web.frame import (
    address_here,
    blueprint,
    chosen_language,
    frame,
    here,
    is_embedded,
    protected,
)
from shared import fields, http, problems, telemetry
from shared.http import Problem
from shared.pages import browser


def error_page(
    status: int,
    title: str,
    lead: str,
    faults: Sequence[tuple[str, str]] = (),
    *,
    ways: Sequence[tuple[str, str]] = (),
    address: Address | None = None,
) -> Response:
    """An error on a page. `title` is a key of the texts; `faults`: what of the address is wrong, and how.

    `ways`: links on, text and address, besides those that every such page has. `address`: what of the selection was
    right, and is kept by all of them.
    """
    speaker, address = Speaker(chosen_language()), address or Address(MultiDict())
    if "lang" in request.args:
        address.state["lang"] = speaker.language
    text = render_template(
        "pages/error.html",
        **frame(speaker, address),
        layout="pages/embedded.html" if is_embedded() else "pages/base.html",
        status=status,
        title=speaker(title),
        lead=lead,
        faults=faults,
        ways=ways,
        again=request.full_path.rstrip("?") if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    )
    return protected(Response(text, status, mimetype="text/html"))


@blueprint.errorhandler(ValidationError)
def asked_wrongly(error: ValidationError) -> Response:
    """Dates that don't exist, a window that ends before it starts, and the like: all of it at once."""
    speaker = Speaker(chosen_language())
    sentences = current_app.extensions["sentences"]
    found = list(fields.faults(error.messages, speaker.language, sentences, said=speaker.limit))
    named = [(called(fault.pointer, speaker), fault.message) for fault in found]
    address = right({fault.pointer.split("/")[1] for fault in found})
    ways = [(speaker("error.way.without"), here(address))]
    return error_page(HTTPStatus.UNPROCESSABLE_ENTITY, "error.asked", "", named, ways=ways, address=address)


def called(pointer: str, speaker: Speaker) -> str:
    """The parameter that is wrong, by its label; or all of them."""
    return label(pointer.strip("/"), speaker) or speaker("error.asked")


def right(wrong: AbstractSet[str]) -> Address:
    """The address that was asked for, without what is wrong in it; of a window both days, as one alone is none."""
    address = address_here()
    for name in {*wrong, *(WINDOW if not wrong.isdisjoint(WINDOW) else ())}:
        address.state.pop(name, None)
        address.own.pop(name, None)
    if "lang" in address.state:
        address.state["lang"] = chosen_language()
    return address


@blueprint.errorhandler(Problem)
def problem(error: Problem) -> Response:
    speaker = Speaker(chosen_language())
    lead = problems.sentence(error.code, speaker.language, current_app.extensions["sentences"], **error.parameters)
    address = right(set())
    return error_page(
        error.status, "error.asked", lead, ways=[(speaker("error.way.without"), here(address))], address=address
    )


@blueprint.errorhandler(psycopg.OperationalError)
def busy(error: psycopg.OperationalError) -> Response:
    """Also a query that took too long, and no connection in time."""
    telemetry.log.warning("page without database", path=request.path, error=str(error).splitlines()[:1])
    response = error_page(HTTPStatus.SERVICE_UNAVAILABLE, "error.busy", Speaker(chosen_language())("error.busy.lead"))
    response.headers["Retry-After"] = "2"
    return response


@blueprint.errorhandler(Exception)
def unexpected(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return not_found(error) if error.code == HTTPStatus.NOT_FOUND else error
    telemetry.log.exception("page failed", path=request.path)
    return error_page(
        HTTPStatus.INTERNAL_SERVER_ERROR, "error.internal", Speaker(chosen_language())("error.internal.lead")
    )


@blueprint.app_errorhandler(HTTPStatus.NOT_FOUND)
def not_found(_: HTTPException) -> Response:
    """For every address of the service: a page for people, a problem document for programs."""
    if browser.wants_html(default=problems.CONTENT_TYPE):
        return error_page(HTTPStatus.NOT_FOUND, "error.404", Speaker(chosen_language())("error.404.lead"))
    return http.problem_response(HTTPStatus.NOT_FOUND, "not-found")
