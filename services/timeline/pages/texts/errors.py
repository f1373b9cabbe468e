"""What went wrong."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "error.404": ("Siden finnes ikke", "There is no such page"),
    "error.404.lead": (
        "Det finnes ingenting på denne adressen.",
        "There is nothing at this address.",
    ),
    "error.initiative": ("Tiltaket finnes ikke", "There is no such initiative"),
    "error.initiative.lead": (
        "Tidslinjen kjenner ikke noe tiltak som heter {name}.",
        "The timeline knows no initiative called {name}.",
    ),
    "error.initiative.then": (
        "Tidslinjen kjente ikke noe tiltak som heter {name} ved utgangen av {day}.",
        "The timeline knew no initiative called {name} at the end of {day}.",
    ),
    "error.asked": ("Adressen spør om noe som ikke går an", "The address asks for something impossible"),
    "error.busy": ("Databasen svarer ikke akkurat nå", "The database can't be reached right now"),
    "error.busy.lead": (
        "Ingenting er borte. Prøv igjen om litt.",
        "Nothing is lost. Try again shortly.",
    ),
    "error.internal": ("Noe gikk galt hos oss", "Something went wrong on our side"),
    "error.internal.lead": (
        "Feilen er loggført. Prøv gjerne igjen.",
        "It has been logged. Feel free to try again.",
    ),
    "error.way.without": ("Vis siden uten det som ikke går an", "Show the page without it"),
    "error.way.now": ("Vis det som er kjent nå", "Show what is known now"),
    "error.way.overview": ("Gå til oversikten", "Go to the overview"),
    "error.way.timeline": ("Gå til tidslinjen", "Go to the timeline"),
    "error.way.again": ("Prøv igjen", "Try again"),
}
