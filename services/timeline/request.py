"""What belongs to the request that is being answered."""

from flask import current_app, g

from services.timeline.queries import Queries, QueriesOfRequest


def queries() -> Queries:
    """The read model, as this request asks it."""
    if "queries" not in g:
        of_app = current_app.extensions
        g.queries = QueriesOfRequest(of_app["database"], of_app["remembered"])
    found: Queries = g.queries
    return found
