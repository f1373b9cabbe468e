"""One example of each event: published beside its schema, and a fixture for whoever reads it."""

from datetime import date

from services.local_initiatives.domain import agency, initiative, sector, upcasters
from services.local_initiatives.domain.initiative import (
    Anchored,
    Completed,
    Discontinued,
    LearningShared,
    ParticipationRecorded,
    Proposed,
    Rescheduled,
    Revised,
    Scheduled,
    Started,
    StatusReported,
    SupportDeclared,
    SupportWithdrawn,
)
from shared import identity

EXAMPLES: list[sector.Event | agency.Event | initiative.Event | upcasters.AnchoredV1] = [
    sector.Registered(code="EHA", name="Eldre, helse og arbeid", reason=None),
    sector.Renamed(name="Helse, eldre og innbyggertjenester", reason="Byrådet er omorganisert."),
    agency.Registered(code="BSA", name="Bydel Sagene", sector=identity.named("sector", "EHA"), reason=None),
    agency.Renamed(name="Bydel Sagene og Torshov", reason="Bydelen har fått nytt navn."),
    Proposed(
        external_id="T04",
        sector=identity.named("sector", "EHA"),
        agency=identity.named("agency", "BSA"),
        title="Faste team i hjemmetjenesten",
        description="Teamet avtaler dagen med den som får hjelp.",
        goals=(identity.named("goal", "K2"), identity.named("goal", "K7")),
        supports=(identity.named("central-initiative", "S18-04"),),
        responsible="Enhet for hjemmetjenester",
        reason=None,
    ),
    Revised(
        title="Faste team i hjemmetjenesten, også om kvelden",
        description="Teamet avtaler dagen med den som får hjelp.",
        goals=(identity.named("goal", "K2"), identity.named("goal", "K7")),
        responsible="Enhet for hjemmetjenester",
        agency=identity.named("agency", "BSA"),
        reason="Kveldsvaktene ville være med.",
    ),
    upcasters.AnchoredV1(where="fagdialog", on=date(2018, 1, 18), reason=None),
    Anchored(where=("styringsdialog", "fagdialog"), on=date(2018, 1, 18), reason=None),
    Scheduled(start=date(2018, 2, 12), end=date(2018, 6, 29), reason=None),
    Rescheduled(
        start=date(2018, 3, 5),
        end=date(2018, 6, 29),
        previous_start=date(2018, 2, 12),
        previous_end=date(2018, 6, 29),
        reason="Venter på ny leder.",
    ),
    Started(on=date(2018, 3, 5), reason=None),
    Completed(on=date(2018, 6, 22), effect="Færre ulike personer hjem til hver.", reason=None),
    Discontinued(on=date(2018, 5, 4), reason="Blir en del av arbeidet på tvers."),
    SupportDeclared(central=identity.named("central-initiative", "S18-09"), reason="Teamlederne er med i nettverket."),
    SupportWithdrawn(central=identity.named("central-initiative", "S18-09"), reason="Nettverket ble ikke noe av."),
    ParticipationRecorded(
        phase="plan",
        who=("employees", "safety_representatives"),
        on=date(2018, 1, 11),
        sentence="Teamene la opp arbeidsdagen selv.",
        reason=None,
    ),
    LearningShared(
        text="Faste team trenger en fast dag i uka til å snakke sammen.",
        tags=("hjemmetjeneste", "team"),
        reason=None,
    ),
    StatusReported(status="at_risk", sentence="To av fem team mangler leder.", reason=None),
]
