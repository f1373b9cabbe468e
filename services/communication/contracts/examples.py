"""One example of each event: published beside its schema, and a fixture for whoever reads it."""

from datetime import date

from services.communication.domain import (
    Event,
    FeedbackReceived,
    Planned,
    Published,
    Rescheduled,
    Revised,
    Withdrawn,
)
from shared import identity

EXAMPLES: list[Event] = [
    Planned(
        external_id="KOM-3",
        title="Få og tydelige mål: samling for toppledere",
        audiences=("top_leaders", "leaders"),
        channel="Samling",
        start=date(2018, 3, 1),
        end=date(2018, 3, 2),
        goals=(identity.named("goal", "K1"),),
        central_initiatives=(identity.named("central-initiative", "S-1"),),
        local_initiatives=(identity.named("local-initiative", "EHA:7"),),
        reason=None,
    ),
    Revised(
        title="Få og tydelige mål: samling for toppledere",
        audiences=("top_leaders", "leaders", "organisations"),
        channel="Samling",
        goals=(identity.named("goal", "K1"), identity.named("goal", "K6")),
        central_initiatives=(identity.named("central-initiative", "S-1"),),
        local_initiatives=(),
        reason="Organisasjonene er invitert.",
    ),
    Rescheduled(
        start=date(2018, 4, 12),
        end=None,
        previous_start=date(2018, 3, 1),
        previous_end=date(2018, 3, 2),
        reason="Kolliderer med budsjettkonferansen.",
    ),
    Published(on=date(2018, 4, 12), reason=None),
    Withdrawn(on=date(2018, 9, 3), reason="Presentasjonene gjelder ikke lenger."),
    FeedbackReceived(
        text="Eksemplene fra egen sektor var til mest hjelp.",
        on=date(2018, 4, 20),
        audience="leaders",
        reason=None,
    ),
]
