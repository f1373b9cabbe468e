"""One example of each event: published beside its schema, and a fixture for whoever reads it."""

from datetime import date

from services.central_initiatives.domain import initiative, plan
from services.central_initiatives.domain.initiative import (
    Cancelled,
    Completed,
    Planned,
    Rescheduled,
    Revised,
    Started,
)
from services.central_initiatives.domain.plan import AreaAdded, Drafted
from shared import identity

EXAMPLES: list[plan.Event | initiative.Event] = [
    Drafted(year=2018, title="Handlingsplan for tillitsbasert styring og ledelse 2018", reason=None),
    AreaAdded(year=2018, name="Ledelse og ledelsesverktøy", reason="Byrådssak 1055/17."),
    Planned(
        external_id="S18-08",
        plan_year=2018,
        area="Ledelse og ledelsesverktøy",
        title="Toppledersamling om tillitsbasert ledelse",
        description="To dager med eksempler fra sektorene.",
        goals=(identity.named("goal", "K2"), identity.named("goal", "K6")),
        audiences=("top_leaders", "leaders"),
        responsible="Programkontoret",
        start=date(2018, 10, 18),
        end=date(2018, 10, 19),
        reason=None,
    ),
    Revised(
        plan_year=2018,
        area="Ledelse og ledelsesverktøy",
        title="Toppledersamling om tillitsbasert ledelse",
        description="To dager med eksempler fra sektorene og fra arbeidstakerorganisasjonene.",
        goals=(identity.named("goal", "K2"), identity.named("goal", "K6")),
        audiences=("top_leaders", "leaders", "organisations"),
        responsible="Programkontoret",
        reason="Organisasjonene ville være med.",
    ),
    Rescheduled(
        start=date(2018, 10, 25),
        end=date(2018, 10, 26),
        previous_start=date(2018, 10, 18),
        previous_end=date(2018, 10, 19),
        reason="Budsjettet legges fram de samme dagene.",
    ),
    Started(on=date(2018, 10, 25), reason=None),
    Completed(on=date(2018, 10, 26), effect="Hver sektor tok med seg ett eksempel hjem.", reason=None),
    Cancelled(on=date(2018, 9, 3), reason="Slått sammen med ledersamlingen i november."),
]
