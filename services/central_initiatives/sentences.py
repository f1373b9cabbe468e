"""The rules' answers, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "action-plan-exists": (
        "Det finnes allerede en handlingsplan for dette året.",
        "There is an action plan for this year already.",
    ),
    "area-exists": ("Handlingsplanen har dette området allerede.", "The action plan has this area already."),
    "plan-year-unknown": (
        "Det finnes ingen handlingsplan for dette året.",
        "There is no action plan for this year.",
    ),
    "area-unknown": (
        "Årets handlingsplan har ikke dette området.",
        "The year's action plan has no such area.",
    ),
    "initiative-exists": (
        "Det finnes allerede et sentralt tiltak med dette navnet i eierens lister.",
        "There is a central initiative with this external id already.",
    ),
    "initiative-cancelled": (
        "Tiltaket er avlyst og kan ikke endres.",
        "The initiative is cancelled and can't be revised.",
    ),
    "initiative-ended": (
        "Tiltaket er fullført eller avlyst og kan ikke flyttes.",
        "The initiative is completed or cancelled and can't be rescheduled.",
    ),
    "initiative-not-planned": (
        "Bare et planlagt tiltak kan startes.",
        "Only a planned initiative can be started.",
    ),
    "initiative-not-started": (
        "Bare et tiltak som er startet kan fullføres.",
        "Only an initiative that has started can be completed.",
    ),
    "initiative-not-active": (
        "Bare et tiltak som er planlagt eller startet kan avlyses.",
        "Only an initiative that is planned or has started can be cancelled.",
    ),
    "ended-before-started": (
        "Dagen er før den dagen tiltaket startet.",
        "The day is before the day on which the initiative started.",
    ),
}
