"""The pages of the goals service: its list, a goal, a form for each command, and what they say."""

from services.goals import schemas
from services.goals.imports import GOALS as IMPORTER
from services.goals.schemas import FilterSchema
from shared.pages import Collection, Form, Import, Pages, Words

WORDS: Words = {
    "goals.list": ("Mål", "Goals"),
    "goals.lead": (
        "Hva som skal oppnås, og hvilken effekt vi venter. Få og tydelige: det er en grense for hvor mange som vedtas.",
        "What is to be achieved, and the effect expected. Few and clear: there is a limit to how many are adopted.",
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
    "effect": ("Hva har dere sett?", "What have you seen?"),
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
    "observe_effect.title": ("Fortelle om en effekt", "Tell of an effect"),
    "observe_effect.lead": (
        "En setning om det dere har sett. Ingen indikator kreves.",
        "One sentence on what you have seen. No indicator is demanded.",
    ),
    "observe_effect.done": ("Effekten er registrert.", "The effect is recorded."),
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
    "event.goal.effect-observed": ("Effekt observert", "Effect observed"),
    "event.goal.retired": ("Avviklet", "Retired"),
}

GOALS = Collection(
    kind="goal",
    list="goals.goals",
    item="goals.goal",
    history="goals.history",
    filters=FilterSchema,
    columns=("kind", "status", "expected_effect"),
    facts=("kind", "expected_effect", "effects", "description", "code", "parent"),
    imports=Import("goals.import_goals", lambda: IMPORTER),
    forms=[
        Form("goals.propose", schemas.ProposeSchema, creates=True),
        Form("goals.revise", schemas.ReviseSchema, offered=lambda goal: goal["status"] != "retired"),
        Form("goals.adopt", schemas.AdoptSchema, offered=lambda goal: goal["status"] == "proposed"),
        Form("goals.observe_effect", schemas.ObserveEffectSchema, offered=lambda goal: goal["status"] != "proposed"),
        Form("goals.retire", schemas.RetireSchema, offered=lambda goal: goal["status"] != "retired"),
    ],
)

PAGES = Pages([GOALS], WORDS)
