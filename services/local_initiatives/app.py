"""The local initiatives service: what is wired to what."""

from pathlib import Path

from flask import Flask

from services.local_initiatives.api import blueprint
from services.local_initiatives.contracts.described import MEANINGS
from services.local_initiatives.contracts.examples import EXAMPLES
from services.local_initiatives.pages import PAGES
from services.local_initiatives.sentences import SENTENCES
from services.local_initiatives.tables import CATALOGUE
from shared.references import CENTRAL_INITIATIVES, GOALS
from shared.service import Service

SERVICE = Service(
    name="local_initiatives",
    title="local initiatives (lokale tiltak)",
    topic="local-initiatives.events",
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=EXAMPLES,
    meanings=MEANINGS,
    sentences=SENTENCES,
    blueprints=[blueprint],
    pages=PAGES,
    references=[GOALS, CENTRAL_INITIATIVES],
    own_names={
        "local-initiative": """
        select i.id, s.code || ':' || i.external_id as external_id, i.title, i.sector as part_of, null as note,
               i.status <> 'discontinued' as active
        from initiative i join sector s on s.id = i.sector
        """,
        "sector": """
        select id, code as external_id, name as title, null::uuid as part_of, null as note, true as active from sector
        """,
        "agency": """
        select id, code as external_id, name as title, sector as part_of, null as note, true as active from agency
        """,
    },
)


def create() -> Flask:
    """For the server: `gunicorn "services.local_initiatives.app:create()"`."""
    return SERVICE.application()
