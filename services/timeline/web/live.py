"""Whether there is anything new: what open pages ask every second, and are answered in a few bytes."""

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from services.timeline import status
from services.timeline.pages.speaker import STALE_SECONDS
from services.timeline.request import queries
from services.timeline.web.frame import blueprint


@blueprint.get("/live")
def live() -> Answer:
    """The state of the read model as an ETag: 304 while it is the one that the asker has seen."""
    response = Response(status=200, content_type="text/plain")
    response.set_etag(status.pulse(queries(), STALE_SECONDS))
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)
