"""How fresh the timeline is, and what is set aside."""

from flask import render_template

from services.timeline import status
from services.timeline.pages import status as status_page
from services.timeline.pages.speaker import STALE_SECONDS, Speaker
from services.timeline.request import queries
from services.timeline.web.frame import address_here, blueprint, chosen_language, frame, freshness


@blueprint.get("/status", endpoint="status")
def fresh() -> str:
    """Each source with when its end was last reached; each stream that waits, with why and what to do."""
    speaker, address = Speaker(chosen_language()), address_here()
    pulse = status.pulse(queries(), STALE_SECONDS)
    return render_template(
        "pages/status.html",
        **frame(speaker, address),
        pulse=pulse,
        ages=True,
        fresh=freshness(speaker),
        sources=status_page.sources(status.freshness(queries()), speaker),
        reasons=status_page.reasons(status.set_aside(queries()), speaker, address),
    )
