"""The rules' answers, in bokmål and English."""

from shared.problems import Sentences

SENTENCES: Sentences = {
    "sector-exists": ("Det finnes allerede en sektor med denne koden.", "There is a sector with this code already."),
    "agency-exists": (
        "Det finnes allerede en virksomhet med denne koden.",
        "There is an agency with this code already.",
    ),
    "code-malformed": (
        "En kode kan ikke inneholde kolon, semikolon, | eller skråstrek, og ikke se ut som en id.",
        "A code can't contain a colon, a semicolon, | or a slash, nor look like an id.",
    ),
    "sector-unknown": (
        "Sektoren er ikke registrert. Registrer den først.",
        "The sector is not registered. Register it first.",
    ),
    "agency-unknown": (
        "Virksomheten er ikke registrert. Registrer den først.",
        "The agency is not registered. Register it first.",
    ),
    "agency-of-other-sector": ("Virksomheten hører til en annen sektor.", "The agency belongs to another sector."),
    "agency-does-not-move": (
        "Virksomheten er registrert i en annen sektor, og kan ikke flyttes.",
        "The agency is registered in another sector, and can't be moved.",
    ),
    "initiative-exists": (
        "Sektoren har allerede et tiltak med dette navnet i sine lister.",
        "The sector has an initiative with this external id already.",
    ),
    "initiative-ended": (
        "Tiltaket er fullført eller avsluttet.",
        "The initiative is completed or discontinued.",
    ),
    "dialogue-missing": (
        "Velg minst én dialog som tiltaket er forankret i.",
        "Choose at least one dialogue in which the initiative is anchored.",
    ),
    "already-anchored": ("Tiltaket er allerede forankret.", "The initiative is anchored already."),
    "not-anchored": (
        "Et tiltak forankres i styrings- og fagdialogen før det starter.",
        "An initiative is anchored in the governance and professional dialogue before it starts.",
    ),
    "already-scheduled": (
        "Tiltaket har en periode allerede. Flytt den i stedet (reschedule).",
        "The initiative has a period already. Move it instead (reschedule).",
    ),
    "not-scheduled": (
        "Tiltaket har ingen periode som kan flyttes. Tidfest det først (schedule).",
        "The initiative has no period to move. Give it one first (schedule).",
    ),
    "period-missing": ("En periode har en start eller en slutt.", "A period has a start or an end."),
    "end-before-start": ("Slutten er før starten.", "The end is before the start."),
    "already-started": ("Tiltaket er allerede startet.", "The initiative has started already."),
    "not-started": (
        "Bare et tiltak som er startet, kan fullføres. Avslutt det ellers (discontinue).",
        "Only an initiative that has started can be completed. Otherwise discontinue it.",
    ),
    "participants-missing": ("Velg minst én som deltok.", "Choose at least one who took part."),
    "ended-before-started": ("Dagen er før tiltaket startet.", "The day is before the initiative started."),
}
