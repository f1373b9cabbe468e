"""The communication service: what is wired to what."""

from pathlib import Path

from flask import Flask

from services.communication.api import blueprint
from services.communication.contracts.described import MEANINGS
from services.communication.contracts.examples import EXAMPLES
from services.communication.pages import PAGES
from services.communication.sentences import SENTENCES
from services.communication.tables import CATALOGUE
from shared.references import CENTRAL_INITIATIVES, GOALS, LOCAL_INITIATIVES
from shared.service import Service

SERVICE = Service(
    name="communication",
    title="communication (kommunikasjonstiltak)",
    topic="communication.events",
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=EXAMPLES,
    meanings=MEANINGS,
    sentences=SENTENCES,
    blueprints=[blueprint],
    pages=PAGES,
    references=[GOALS, CENTRAL_INITIATIVES, LOCAL_INITIATIVES],
)


def create() -> Flask:
    """For the server: `gunicorn "services.communication.app:create()"`."""
    return SERVICE.application()
