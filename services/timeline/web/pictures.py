"""The timeline as a picture, SVG and PNG: at the page's own address with another ending, with the same parameters.

The matrix is a table of words and figures, which only a page lays out well; it is taken away on paper, or as rows.
"""

from functools import partial
from http import HTTPStatus
from typing import Literal

from flask import Response, render_template

from services.timeline import printing
from services.timeline.drawing.look import standalone
from services.timeline.drawing.timeline import Picture, picture
from services.timeline.pages import paper
from services.timeline.pages.timeline import ALL
from services.timeline.printing.reading import printable
from services.timeline.web.errors import error_page
from services.timeline.web.frame import Asking, blueprint, here, page_address
from services.timeline.web.timeline import Drawn, TimelineSchema, drawn_of

Form = Literal["svg", "png"]
MEDIA: dict[Form, str] = {"svg": "image/svg+xml", "png": "image/png"}
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""Of an SVG that is opened by itself: it has its style sheet in it, and needs nothing else."""

SHARPNESS = 2
"""Dots of a PNG for a unit of the chart, in each direction."""
HIGHEST = 16_000
"""Dots of a PNG: one of that height takes about 7 seconds and half a gigabyte to make."""
UNITS_PER_INCH = 96
"""Of an SVG without units of its own, as in CSS."""


@blueprint.get("/timeline.<any(svg, png):form>", endpoint="timeline_picture")
def timeline_picture(form: Form) -> Response:
    """The chart of the page, with its lanes' names, its legend, what it shows and where it is from."""
    ask = Asking(TimelineSchema, "cursor")
    ask.address.is_absolute = True
    drawn = drawn_of(ask, partial(here, ask.address))
    made = _picture(ask, drawn)
    high = round(made.height * SHARPNESS)
    if form == "png" and high > HIGHEST:
        return too_high(ask, high)
    svg = standalone(printable(render_template("pages/timeline.svg", picture=made, language=ask.speaker.language)))
    return file(svg, "timeline", form, ask)


def _picture(ask: Asking, drawn: Drawn) -> Picture:
    say, view = ask.speaker, ask.view
    *facts, made, address = paper.facts(ask.address, view, ask.all_names, say, page=page_address(ask.address))
    if drawn.explained and drawn.explained.focus:
        facts.append((say("picture.focus"), drawn.explained.explanation.title))
    notices = [cut.sentence for cut in drawn.cuts]
    if not drawn.dated:
        notices.append(say("timeline.nothing", period=say.period(view.first, view.last)))
    title = say("timeline.title", window=say.window(view.first, view.last))
    return picture(
        drawn.chart,
        title,
        facts=facts,
        source=[(say("product"), address[1]), made],
        notices=notices,
        told=say("picture.told", what=drawn.what),
        speaker=say,
    )


def file(svg: str, name: str, form: Form, ask: Asking) -> Response:
    content = svg if form == "svg" else printing.png(svg, SHARPNESS * UNITS_PER_INCH)
    response = Response(content, content_type=MEDIA[form])
    response.headers.set("Content-Disposition", "attachment", filename=ask.address.file_name(name, form))
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


def too_high(ask: Asking, high: int) -> Response:
    """Said before anything is drawn, with a way to a picture that can be made."""
    say, address = ask.speaker, ask.address
    address.is_absolute = False
    own = {**address.own, "closed": [ALL], "open": None}
    return error_page(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "picture.large",
        say("picture.large.lead", high=say.number(high), most=say.number(HIGHEST)),
        ways=[
            (say("picture.large.fold"), address.to("timeline_picture", form="png", **own)),
            (say("picture.large.svg"), address.to("timeline_picture", form="svg", **address.own)),
        ],
    )
