"""What the timeline says to a question that it can't answer, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "window-too-long": ("Vinduet kan være høyst 50 år.", "A window has at most 50 years."),
    "known-on-in-future": (
        "Ingen vet ennå hva som er kjent på en senere dag enn i dag.",
        "Nobody knows yet what will be known on a later day than today.",
    ),
    "token-malformed": (
        "Consistency-Token er ikke en som vi har gitt ut.",
        "The Consistency-Token is not one that we gave out.",
    ),
    "not-there-yet": (
        "Tidslinjen har ikke fått med seg kommandoen ennå. Prøv igjen om litt.",
        "The timeline doesn't include the command yet. Try again shortly.",
    ),
}
