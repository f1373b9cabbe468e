"""The rules' answers, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "activity-exists": (
        "Det finnes allerede et kommunikasjonstiltak med dette navnet i eierens lister.",
        "There is a communication activity with this external id already.",
    ),
    "activity-published": (
        "Kommunikasjonstiltaket er publisert: det kan ikke publiseres på nytt eller flyttes.",
        "The communication activity is published: it can't be published again or rescheduled.",
    ),
    "activity-withdrawn": (
        "Kommunikasjonstiltaket er trukket tilbake: det kan ikke publiseres, flyttes eller trekkes på nytt.",
        "The communication activity is withdrawn: it can't be published, rescheduled or withdrawn again.",
    ),
    "activity-not-published": (
        "Tilbakemeldinger kommer først når kommunikasjonstiltaket er publisert.",
        "Feedback comes only after the communication activity was published.",
    ),
}
