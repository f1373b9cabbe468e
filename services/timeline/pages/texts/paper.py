"""What a page says of itself on paper."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "paper.window": ("Tidsrom", "Window"),
    "paper.now": ("nå", "now"),
    "paper.made": ("Laget", "Made"),
    "paper.made.at": ("Laget {moment}", "Made {moment}"),
    "paper.address": ("Adresse", "Address"),
    "paper.page": ("Side {n} av {of}", "Page {n} of {of}"),
    "paper.part": ("{caption} Del {n} av {of}.", "{caption} Part {n} of {of}."),
    "paper.first": ("Her er de første {n} av {total}.", "Here are the first {n} of {total}."),
    "paper.some": ("Her er {n} av {total}.", "Here are {n} of {total}."),
    "paper.rest": ("Resten finner du på {page}", "The rest is at {page}"),
    "paper.busy": (
        "Andre dokumenter blir laget akkurat nå. Vent et øyeblikk og prøv igjen.",
        "Other documents are being made right now. Wait a moment and try again.",
    ),
    "paper.large": ("Dette er for mye til ett dokument", "This is too much for one document"),
    "paper.large.lead": (
        "Velg et mål, en sektor eller et kortere tidsrom, eller ta det med som regneark.",
        "Choose a goal, a sector or a shorter window, or take it away as a spreadsheet.",
    ),
}
