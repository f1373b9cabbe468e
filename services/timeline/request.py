"""What belongs to the request that is being answered."""

from flask import current_app, g

from services.timeline.queries import Queries


def queries() -> Queries:
    """The read model, as this request asks it."""
    if "queries" not in g:
        shared: Queries = current_app.extensions["queries"]
        g.queries = shared.for_one_request()
    found: Queries = g.queries
    return found
