"""The goals service: what is wired to what."""

from pathlib import Path

from flask import Flask

from services.goals.api import blueprint
from services.goals.contracts.described import MEANINGS
from services.goals.contracts.examples import EXAMPLES
from services.goals.pages import PAGES
from services.goals.sentences import SENTENCES
from services.goals.tables import CATALOGUE
from shared.service import Service

SERVICE = Service(
    name="goals",
    title="goals (mål)",
    topic="goals.events",
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=EXAMPLES,
    meanings=MEANINGS,
    sentences=SENTENCES,
    blueprints=[blueprint],
    pages=PAGES,
    own_names={
        "goal": """
        select id, external_id, title, parent as part_of, code as note, status <> 'retired' as active from goal
        """,
    },
)


def create() -> Flask:
    """For the server: `gunicorn "services.goals.app:create()"`."""
    return SERVICE.application()
