"""One example of each event: published beside its schema, and a fixture for whoever reads it."""

from datetime import date

from services.central_initiatives.domain import initiative, plan
from services.central_initiatives.domain.initiative import (
    BudgetChanged,
    Cancelled,
    Completed,
    GoalsLinked,
    Planned,
    Rescheduled,
    Revised,
    Started,
    StatusReported,
)
from services.central_initiatives.domain.plan import (
    Adopted,
    AreaAdded,
    BudgetFramed,
    Closed,
    Discussed,
    Drafted,
    Renamed,
)
from shared import identity

EXAMPLES: list[plan.Event | initiative.Event] = [
    Drafted(year=2018, title="Handlingsplan for tillitsbasert styring og ledelse 2018", reason=None),
    Renamed(year=2018, title="Handlingsplan 2018: tillit i praksis", reason="Kortere, etter drøftingene."),
    AreaAdded(year=2018, name="Ledelse og ledelsesverktøy", reason="Byrådssak 1055/17."),
    BudgetFramed(year=2018, amount=6_000_000, previous_amount=5_500_000, reason="Budsjettet for 2018."),
    Discussed(
        year=2018,
        organisations=("Kontaktutvalget", "Hovedverneombudet"),
        on=date(2018, 1, 16),
        reason="Drøftet etter Hovedavtalen § 14 f.",
    ),
    Adopted(year=2018, on=date(2018, 1, 25), reason=None),
    Closed(year=2018, on=date(2019, 2, 1), reason="Året er gjort opp."),
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
        budget=450_000,
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
    GoalsLinked(
        goals=(identity.named("goal", "K2"), identity.named("goal", "K6"), identity.named("goal", "K8")),
        reason="Samlingen handler om læring også.",
    ),
    BudgetChanged(budget=520_000, previous_budget=450_000, reason="Flere deltakere enn ventet."),
    Started(on=date(2018, 10, 25), reason=None),
    Completed(on=date(2018, 10, 26), effect="Hver sektor tok med seg ett eksempel hjem.", reason=None),
    Cancelled(on=date(2018, 9, 3), reason="Slått sammen med ledersamlingen i november."),
    StatusReported(status="at_risk", sentence="Lokalene er ikke bekreftet.", reason=None),
]
