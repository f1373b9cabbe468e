"""The rules' answers, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "goal-exists": (
        "Det finnes allerede et mål med dette navnet i eierens lister.",
        "There is a goal with this external id already.",
    ),
    "goal-not-proposed": ("Bare et foreslått mål kan vedtas.", "Only a proposed goal can be adopted."),
    "goal-not-active": ("Målet er ikke foreslått eller vedtatt.", "The goal is neither proposed nor adopted."),
    "goal-retired": ("Målet er avviklet og kan ikke endres.", "The goal is retired and can't be revised."),
    "goal-not-adopted": (
        "Målet er aldri vedtatt, og har derfor ingen effekt å se etter ennå.",
        "The goal was never adopted: there is no effect of it to observe yet.",
    ),
    "parent-is-itself": ("Et mål kan ikke være overordnet seg selv.", "A goal can't be its own parent."),
    "expected-effect-missing": (
        "Et mål vedtas først når den forventede effekten er beskrevet.",
        "A goal is adopted only when its expected effect is described.",
    ),
    "too-many-adopted-goals": (
        "Få og tydelige mål: så mange mål av denne typen kan ikke være vedtatt samtidig.",
        "Few and clear goals: no more goals of this kind can be adopted at the same time.",
    ),
}
