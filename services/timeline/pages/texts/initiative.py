"""One initiative."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "initiative.central": ("Sentralt tiltak", "Central initiative"),
    "initiative.local": ("Lokalt tiltak", "Local initiative"),
    "initiative.moved.one": ("flyttet én gang", "moved once"),
    "initiative.moved.other": ("flyttet {n} ganger", "moved {n} times"),
    "initiative.withdrawn": (
        "Stanset før det startet, og derfor ikke med i tallene.",
        "Stopped before it started, and so in no figure.",
    ),
    "initiative.open": (
        "Perioden er åpen og regnes til kanten av {period}.",
        "The period is open and is counted to the edge of {period}.",
    ),
    "initiative.outside": ("Ingen av dagene er i {period}.", "None of its days are in {period}."),
    "initiative.facts": ("Om tiltaket", "About the initiative"),
    "fact.planned": ("Planlagt", "Planned"),
    "fact.started": ("Startet", "Started"),
    "fact.ended": ("Avsluttet", "Ended"),
    "fact.status": ("Status", "Status"),
    "fact.plan_year": ("Planår", "Plan year"),
    "fact.area": ("Område", "Area"),
    "fact.sector": ("Sektor", "Sector"),
    "fact.agency": ("Virksomhet", "Agency"),
    "fact.responsible": ("Ansvarlig", "Responsible"),
    "fact.goals": ("Mål", "Goals"),
    "fact.title": ("Tittel", "Title"),
    "fact.description": ("Beskrivelse", "Description"),
    "fact.budget": ("Budsjett", "Budget"),
    "fact.audiences": ("Målgrupper", "Audiences"),
    "fact.supports": ("Støtter", "Supports"),
    "fact.anchored": ("Forankret", "Anchored"),
    "fact.external_id": ("Navn hos eieren", "Its owner's name for it"),
    "initiative.show": ("Vis på tidslinjen", "Show on the timeline"),
    "initiative.concurrent": ("Virker samtidig med", "Works at the same time as"),
    "initiative.not_concurrent": ("Sammen, men ikke samtidig", "Together, but not at the same time"),
    "initiative.other": ("Sammen, uten dager å sammenligne", "Together, with no days to compare"),
    "initiative.alone": (
        "Ingen tiltak på den andre siden har samme mål eller støtter dette.",
        "No initiative on the other side has the same goal or supports this one.",
    ),
    "initiative.no_concurrent": (
        "Ingen av de beslektede tiltakene har felles dager med dette.",
        "None of the related initiatives has days in common with this one.",
    ),
    "verdict.concurrent": (
        "{common}, {period} ({share} av det korteste).",
        "{common}, {period} ({share} of the shorter).",
    ),
    "verdict.adjacent": (
        "Dag i dag etter hverandre, uten felles dag. Flyttes det lokale tiltaket {move}, har de én felles dag.",
        "One right after the other, with no day in common. Moved {move}, the local one shares one day.",
    ),
    "verdict.sequential": (
        "{days} imellom. Flyttes det lokale tiltaket {move}, har de én felles dag.",
        "{days} between. Moved {move}, the local one shares one day.",
    ),
    "verdict.undated": (
        "Minst ett av dem er ikke tidfestet, så dagene kan ikke sammenlignes.",
        "At least one of them is undated, so the days can't be compared.",
    ),
    "verdict.outside": (
        "Minst ett av dem har ingen dager i perioden som vises.",
        "At least one of them has no days in the window shown.",
    ),
    "why.title": ("Hvorfor", "Why"),
    "why.rule": (
        (
            "To tiltak virker sammen når de har samme mål, eller når det lokale støtter det sentrale. De virker "
            "samtidig når de har minst én felles dag. Periodene er hele dager, begge ender medregnet, og regnes "
            "innenfor {period}."
        ),
        (
            "Two initiatives work together when they share a goal, or when the local one supports the central one. "
            "They work at the same time when they have at least one day in common. Periods are whole days, both ends "
            "counted, within {period}."
        ),
    ),
    "because.goal": ("Samme mål: {goals}", "Same goal: {goals}"),
    "because.support": ("Det lokale støtter det sentrale", "The local one supports the central one"),
    "because.both": (
        "Samme mål: {goals}. Det lokale støtter også det sentrale",
        "Same goal: {goals}. The local one also supports the central one",
    ),
    "history.title": ("Historie", "History"),
    "history.caption": ("Det som er registrert, det nyeste øverst", "What was recorded, the newest on top"),
    "history.when": ("Registrert", "Recorded"),
    "history.what": ("Hendelse", "Event"),
    "history.period": ("Planlagt periode etterpå", "Planned period afterwards"),
    "history.reason": ("Begrunnelse", "Reason"),
    "event.central-initiative.planned": ("Planlagt", "Planned"),
    "event.central-initiative.revised": ("Omskrevet", "Revised"),
    "event.central-initiative.rescheduled": ("Flyttet", "Rescheduled"),
    "event.central-initiative.goals-linked": ("Knyttet til mål", "Linked to goals"),
    "event.central-initiative.budget-changed": ("Budsjett endret", "Budget changed"),
    "event.central-initiative.status-reported": ("Status meldt", "Status reported"),
    "event.central-initiative.started": ("Startet", "Started"),
    "event.central-initiative.completed": ("Fullført", "Completed"),
    "event.central-initiative.cancelled": ("Avlyst", "Cancelled"),
    "event.local-initiative.proposed": ("Foreslått", "Proposed"),
    "event.local-initiative.revised": ("Omskrevet", "Revised"),
    "event.local-initiative.anchored": ("Forankret", "Anchored"),
    "event.local-initiative.scheduled": ("Tidfestet", "Scheduled"),
    "event.local-initiative.rescheduled": ("Flyttet", "Rescheduled"),
    "event.local-initiative.started": ("Startet", "Started"),
    "event.local-initiative.completed": ("Fullført", "Completed"),
    "event.local-initiative.discontinued": ("Avsluttet", "Discontinued"),
    "event.local-initiative.support-declared": ("Støtter et sentralt tiltak", "Supports a central initiative"),
    "event.local-initiative.support-withdrawn": (
        "Støtter ikke lenger et sentralt tiltak",
        "No longer supports a central initiative",
    ),
    "event.local-initiative.participation-recorded": ("Deltakelse", "Participation"),
    "event.local-initiative.learning-shared": ("Læring delt", "Learning shared"),
    "event.local-initiative.status-reported": ("Status meldt", "Status reported"),
}
