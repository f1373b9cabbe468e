"""The local initiatives service: what is wired to what."""

from pathlib import Path

from flask import Flask

from services.local_initiatives.api import blueprint
from services.local_initiatives.contracts.examples import EXAMPLES
from services.local_initiatives.sentences import SENTENCES
from services.local_initiatives.tables import CATALOGUE
from shared.service import Service

SERVICE = Service(
    name="local_initiatives",
    title="local initiatives (lokale tiltak)",
    topic="local-initiatives.events",
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=EXAMPLES,
    sentences=SENTENCES,
    blueprints=[blueprint],
)


def create() -> Flask:
    """For the server: `gunicorn "services.local_initiatives.app:create()"`."""
    return SERVICE.application()
