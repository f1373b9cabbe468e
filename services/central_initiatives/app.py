"""The central initiatives service: what is wired to what."""

from pathlib import Path

from flask import Flask

from services.central_initiatives.api import blueprint
from services.central_initiatives.contracts.described import MEANINGS
from services.central_initiatives.contracts.examples import EXAMPLES
from services.central_initiatives.pages import PAGES
from services.central_initiatives.sentences import SENTENCES
from services.central_initiatives.tables import CATALOGUE
from shared.references import GOALS
from shared.service import Service

SERVICE = Service(
    name="central_initiatives",
    title="central initiatives (sentrale tiltak)",
    topic="central-initiatives.events",
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=EXAMPLES,
    meanings=MEANINGS,
    sentences=SENTENCES,
    blueprints=[blueprint],
    references=[GOALS],
    pages=PAGES,
    own_names={
        "central-initiative": """
        select id, external_id, title, null::uuid as part_of, plan_year::text as note, status <> 'cancelled' as active
        from initiative
        """,
    },
)


def create() -> Flask:
    """For the server: `gunicorn "services.central_initiatives.app:create()"`."""
    return SERVICE.application()
