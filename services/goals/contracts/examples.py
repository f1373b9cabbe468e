"""One example of each event: published beside its schema, and a fixture for whoever reads it."""

from datetime import date

from services.goals.domain import Adopted, EffectObserved, Event, Proposed, Retired, Revised

EXAMPLES: list[Event] = [
    Proposed(
        external_id="K2",
        title="Redusert detaljstyring",
        kind="characteristic",
        code=None,
        description="Færre krav om rapportering av aktiviteter.",
        expected_effect="Ledere bruker mer tid på tjenestene.",
        parent=None,
        reason=None,
    ),
    Revised(
        title="Redusert detaljstyring",
        kind="characteristic",
        code=None,
        description="Færre krav om rapportering av aktiviteter.",
        expected_effect="Ledere og fagfolk bruker mer tid på tjenestene.",
        parent=None,
        reason="Fagfolkene var glemt.",
    ),
    Adopted(reason="Byrådssak 1055/17."),
    Retired(reason="Nådd."),
    EffectObserved(
        effect="Lederne i tre bydeler sier at de bruker en dag mindre i måneden på rapporter.",
        on=date(2018, 11, 30),
        reason=None,
    ),
]
