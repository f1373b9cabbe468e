"""The rules' answers, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "action-plan-exists": (
        "Det finnes allerede en handlingsplan for dette året.",
        "There is an action plan for this year already.",
    ),
    "area-exists": ("Handlingsplanen har dette området allerede.", "The action plan has this area already."),
    "frame-below-allocated": (
        "Rammen kan ikke være lavere enn det som alt er fordelt til årets tiltak.",
        "The frame can't be lower than what is already allocated to the year's initiatives.",
    ),
    "organisations-missing": (
        "Skriv hvem planen ble drøftet med, minst én.",
        "Tell with whom the plan was discussed, one at least.",
    ),
    "plan-not-discussed": (
        "Handlingsplanen vedtas først når den er drøftet med arbeidstakerorganisasjonene (Hovedavtalen § 14 f).",
        "An action plan is adopted only when it has been discussed with the employees' organisations.",
    ),
    "plan-adopted": ("Handlingsplanen er alt vedtatt.", "The action plan is adopted already."),
    "plan-not-adopted": (
        "Bare en vedtatt handlingsplan kan avsluttes.",
        "Only an adopted action plan can be closed.",
    ),
    "plan-closed": (
        "Handlingsplanen er avsluttet: den tar ikke imot nye områder, tiltak eller beløp.",
        "The action plan is closed: it takes no new areas, initiatives or amounts.",
    ),
    "closed-before-adopted": (
        "Dagen er før den dagen handlingsplanen ble vedtatt.",
        "The day is before the day on which the action plan was adopted.",
    ),
    "frame-exceeded": (
        "Budsjettet går ut over det som er igjen av årets ramme.",
        "The budget goes beyond what is left of the year's frame.",
    ),
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
        "Tiltaket er fullført eller avlyst.",
        "The initiative is completed or cancelled.",
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
