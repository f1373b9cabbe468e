"""One goal or one sector, to stand in the page of a city portal or a district: a chart without the site around it."""

from functools import partial

from flask import render_template
from marshmallow import ValidationError

from services.timeline.pages import timeline as timeline_page
from services.timeline.web.frame import Asking, blueprint, freshness
from services.timeline.web.timeline import ChartSchema, Drawn, drawn_of, heading


@blueprint.get("/embed")
def embed() -> str:
    """A sentence with figures, the chart, its table, and a link to all of it; no script, no cookie."""
    ask = Asking(ChartSchema, "cursor")
    if not (ask.goal or ask.sector):
        raise ValidationError({"goal": ["embed-of-what"]})
    say, view = ask.speaker, ask.view
    to = partial(ask.address.to, "timeline", **ask.address.own)
    drawn = drawn_of(ask, to)
    undated = sum(bar["undated"] for bar in drawn.bars if bar["lane"] == "local")
    return render_template(
        "pages/embed.html",
        language=say.language,
        say=say,
        view=view,
        heading=heading(ask),
        sentence=sentence(ask, drawn),
        undated=say.count("embed.undated", undated) if undated else "",
        cuts=drawn.cuts,
        chart=drawn.chart,
        what=drawn.what,
        columns=timeline_page.FURTHER,
        fresh=freshness(say),
        whole_href=to(),
    )


def sentence(ask: Asking, drawn: Drawn) -> str:
    """How many of the local initiatives meet central ones they work together with."""
    say, view = ask.speaker, ask.view
    local = [bar for bar in drawn.bars if bar["lane"] == "local" and not bar["undated"]]
    if not local:
        return say("embed.no_local", period=say.period(view.first, view.last))
    meeting = sum(bool(bar["common"]) for bar in local)
    window = say.in_window(view.first, view.last)
    return say.count("embed.sentence", meeting, window=window, of=say.number(len(local)))
