"""The pages of the goals service: its list, a goal, a form for each command, and what they say."""

from services.goals import schemas
from services.goals.schemas import FilterSchema
from shared.pages import Collection, Form, Pages, Words

WORDS: Words = {
    "goals.list": ("Mål", "Goals"),
    "goals.lead": (
        "Hva som skal oppnås, og hvilken effekt vi venter. Få og tydelige: derfor er det en grense for hvor mange "
        "formål og kjennetegn som kan være vedtatt samtidig.",
        "What is to be achieved, and the effect expected. Few and clear: so there is a limit to how many purposes and "
        "characteristics can be adopted at the same time.",
    ),
    "goals.one": ("Mål", "Goal"),
    # fields
    "external_id.hint": (
        "Det målet heter i deres egne lister. Settes en gang.",
        "What the goal is called in your own lists. Set once.",
    ),
    "kind": ("Type", "Kind"),
    "kind.purpose": ("Formål", "Purpose"),
    "kind.characteristic": ("Kjennetegn", "Characteristic"),
    "kind.objective": ("Delmål", "Objective"),
    "code": ("Kortkode", "Short code"),
    "expected_effect": ("Forventet effekt", "Expected effect"),
    "expected_effect.hint": (
        "Må være beskrevet før målet kan vedtas.",
        "Must be described before the goal can be adopted.",
    ),
    "parent": ("Overordnet mål", "Parent goal"),
    "effects": ("Observert effekt", "Observed effect"),
    "status.proposed": ("Foreslått", "Proposed"),
    "status.adopted": ("Vedtatt", "Adopted"),
    "status.retired": ("Avviklet", "Retired"),
    # forms
    "propose.title": ("Foreslå et mål", "Propose a goal"),
    "propose.done": ("Målet er foreslått.", "The goal is proposed."),
    "revise.title": ("Endre målet", "Revise the goal"),
    "revise.done": ("Målet er endret.", "The goal is revised."),
    "adopt.title": ("Vedta målet", "Adopt the goal"),
    "adopt.done": ("Målet er vedtatt.", "The goal is adopted."),
    "retire.title": ("Avvikle målet", "Retire the goal"),
    "retire.lead": (
        "Et avviklet mål kan ikke endres mer. Historien blir.",
        "A retired goal can't be revised any more. Its history stays.",
    ),
    "retire.done": ("Målet er avviklet.", "The goal is retired."),
    # events
    "event.goal.proposed": ("Foreslått", "Proposed"),
    "event.goal.revised": ("Endret", "Revised"),
    "event.goal.adopted": ("Vedtatt", "Adopted"),
    "event.goal.retired": ("Avviklet", "Retired"),
}

GOALS = Collection(
    kind="goal",
    list="goals.goals",
    item="goals.goal",
    history="goals.history",
    filters=FilterSchema,
    columns=("kind", "status", "expected_effect"),
    facts=("kind", "expected_effect", "description", "code", "parent"),
    forms=[
        Form("goals.propose", schemas.ProposeSchema, creates=True),
        Form("goals.revise", schemas.ReviseSchema, offered=lambda goal: goal["status"] != "retired"),
        Form("goals.adopt", schemas.AdoptSchema, offered=lambda goal: goal["status"] == "proposed"),
        Form("goals.retire", schemas.RetireSchema, offered=lambda goal: goal["status"] != "retired"),
    ],
)

PAGES = Pages([GOALS], WORDS)
