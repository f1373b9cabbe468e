"""What the timeline says to a question that it can't answer, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "embed-of-what": (
        "Si hvilket mål eller hvilken sektor som skal vises, med ?goal=<kode> eller ?sector=<kode>.",
        "Say which goal or which sector is to be shown, with ?goal=<code> or ?sector=<code>.",
    ),
    "window-too-long": ("Vinduet kan være høyst {maximum} år.", "A window has at most {maximum} years."),
    "year-or-days": (
        "Velg enten et år, eller en første og en siste dag.",
        "Choose either a year, or a first and a last day.",
    ),
    "known-on-in-future": (
        "Ingen vet ennå hva som er kjent på en senere dag enn i dag.",
        "Nobody knows yet what will be known on a later day than today.",
    ),
    "scenario-move": (
        "Skriv en flytting som <tiltak>:<start>..<slutt>, for eksempel S18-01:2018-03-01..2018-05-31.",
        "Write a move as <initiative>:<start>..<end>, for instance S18-01:2018-03-01..2018-05-31.",
    ),
    "scenario-add": (
        "Skriv et nytt tiltak som <central eller sektor>:<mål>:<start>..<slutt>.",
        "Write an added initiative as <central or sector>:<goal>:<start>..<end>.",
    ),
    "initiative-unknown": (
        "Tidslinjen kjenner ikke noe tiltak som heter «{name}», eller det er stanset før det startet.",
        "The timeline knows no initiative called “{name}”, or it was stopped before it started.",
    ),
    "changed-twice": ("«{name}» er endret to ganger.", "“{name}” is changed twice."),
    "too-many-changes": ("Høyst {maximum} endringer om gangen.", "At most {maximum} changes at a time."),
    "nothing-called-so": (
        "Ingen tiltak har denne teksten i tittelen.",
        "No initiative has this text in its title.",
    ),
    "several-called-so": ("Flere tiltak passer. Velg ett av dem.", "Several initiatives fit. Choose one of them."),
    "token-malformed": (
        "Consistency-Token er ikke en som vi har gitt ut.",
        "The Consistency-Token is not one that we gave out.",
    ),
    "not-there-yet": (
        "Tidslinjen har ikke fått med seg kommandoen ennå. Prøv igjen om litt.",
        "The timeline doesn't include the command yet. Try again shortly.",
    ),
}
