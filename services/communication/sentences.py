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
}
