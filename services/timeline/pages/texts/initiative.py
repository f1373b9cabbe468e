"""One initiative."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "initiative.central": ("Sentralt tiltak", "Central initiative"),
    "initiative.local": ("Lokalt tiltak", "Local initiative"),
    "initiative.owner": ("Åpne hos eieren, der tiltaket endres", "Open at its owner, where it is changed"),
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
        "Ingen tiltak på den andre siden har samme mål eller støtter dette ({window}).",
        "No initiative on the other side has the same goal or supports this one ({window}).",
    ),
    "initiative.uncounted": (
        "Tiltaket ble stanset før det startet og teller ingen steder, så ingen tiltak er holdt opp mot det.",
        "It was stopped before it started and counts nowhere, so no initiative is compared with it.",
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
    "initiative.counts": ("Perioden som teller", "The period that counts"),
    "initiative.all": ("Vis alle {total}", "Show all {total}"),
    "initiative.place": ("{first}–{last} av {total}.", "{first}–{last} of {total}."),
    "initiative.before": ("Vis de forrige", "Show those before"),
    "initiative.after": ("Vis de neste", "Show the next"),
    "initiative.groups": ("Vis alle beslektede tiltak", "Show all related initiatives"),
    "initiative.no_more": ("Det er ikke flere her.", "There are no more here."),
    "initiative.group": ("Gruppe", "Group"),
    "initiative.part": ("Del", "Part"),
    "initiative.participation": ("Medvirkning", "Participation"),
    "initiative.learning": ("Lært og delt", "Learnt and shared"),
    "initiative.reports": ("Hvordan det går", "How it is going"),
    "initiative.communication": ("Kommunikasjon om tiltaket", "Communication about it"),
    "initiative.effects": ("Sett av målene", "Seen of its goals"),
    "initiative.effects.note": (
        "Virkninger er sett av målet. Ingen har sagt hvilke tiltak de kommer av.",
        "Effects are seen of the goal. Nobody has said which initiatives they come from.",
    ),
    "fact.actual": ("Faktisk", "Actual"),
    "fact.within": ("Innenfor {window}", "Within {window}"),
    "fact.effect": ("Virkning", "Effect"),
    "fact.actual_start": ("Startet", "Started"),
    "fact.actual_end": ("Avsluttet", "Ended"),
    "actual.none": ("ikke startet", "not started"),
    "actual.going_on": ("fra {day}, ikke avsluttet", "from {day}, not ended"),
    "counts.stopped": (
        "Stanset før det startet: ingen dager teller.",
        "Stopped before it started: no days count.",
    ),
    "counts.undated": (
        "Ikke tidfestet: det er ingen dager å regne med.",
        "Undated: there are no days to count.",
    ),
    "counts.planned": (
        "Planlagte perioder vises, så planen teller, hva som enn har skjedd siden: {planned}.",
        "Planned periods are shown, so the plan counts, whatever has happened since: {planned}.",
    ),
    "counts.not_started": (
        "Ikke startet, så de planlagte dagene teller: {planned}.",
        "Not started, so the planned days count: {planned}.",
    ),
    "counts.started": (
        "Startet {start} og ikke avsluttet, så dagene fra faktisk start til planlagt slutt teller: {actual}.",
        "Started {start} and not ended, so the days from the actual start to the planned end count: {actual}.",
    ),
    "counts.open": (
        "Startet {start}, ikke avsluttet og uten planlagt slutt, så det teller fra faktisk start med åpen slutt.",
        "Started {start}, not ended and without a planned end, so it counts from the actual start with an open end.",
    ),
    "counts.overtaken": (
        "Startet {start}, etter planlagt slutt {planned_end}, og ikke avsluttet, så slutten er åpen.",
        "Started {start}, after its planned end {planned_end}, and not ended, so its end is open.",
    ),
    "counts.ended": (
        "Startet og avsluttet, så de faktiske dagene teller: {actual}.",
        "Started and ended, so the actual days count: {actual}.",
    ),
    "why.title": ("Hvorfor", "Why"),
    "why.show": ("Hvorfor", "Why"),
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
    "why.related": ("Sammen", "Together"),
    "why.this": ("Dette tiltaket", "This initiative"),
    "why.other": ("Det andre", "The other"),
    "why.sum": ("Regnestykket", "The arithmetic"),
    "why.within": ("Innenfor {window}: {period}.", "Within {window}: {period}."),
    "why.no_days": ("ingen dager", "no days"),
    "why.event": ("{event}, registrert {when}", "{event}, recorded {when}"),
    "why.from": ("Kilde:", "Source:"),
    "sum.concurrent": (
        (
            "Første felles dag er {first}, den seneste av de to første dagene. Siste felles dag er {last}, den "
            "tidligste av de to siste. Det er {common}, eller {share} av de {shorter} som det korteste har."
        ),
        (
            "The first day in common is {first}, the later of the two first days. The last one is {last}, the earlier "
            "of the two last days. That is {common}, or {share} of the {shorter} that the shorter one has."
        ),
    ),
    "sum.adjacent": (
        "Det ene slutter {end}, og det andre begynner dagen etter, {start}. Flyttes det lokale {move}, møtes de.",
        "One ends on {end}, and the other begins on the day after, {start}. Moved {move}, the local one meets it.",
    ),
    "sum.sequential": (
        (
            "Det ene slutter {end}, og det andre begynner {start}. Imellom er det {days}, så en flytting på {move} er "
            "den minste som gir én felles dag."
        ),
        (
            "One ends on {end}, and the other begins on {start}. Between them are {days}, so a move of {move} is the "
            "smallest that gives one day in common."
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
    "history.changed": ("Hva den sa", "What it said"),
    "history.reason": ("Begrunnelse", "Reason"),
    "told.participation": ("{phase}, {day}: {who}.", "{phase}, {day}: {who}."),
    "told.tags": ("{text} Stikkord: {tags}.", "{text} Tags: {tags}."),
    "told.recorded": ("Registrert {when}", "Recorded {when}"),
    "told.published": ("publisert {day}", "published {day}"),
    "told.feedback": ("Svar {day}: {text}", "Feedback {day}: {text}"),
    "told.effect": ("{goal}, sett {day}", "{goal}, seen {day}"),
    "report.on_track": ("I rute.", "On track."),
    "report.at_risk": ("I fare for forsinkelse.", "At risk."),
    "report.off_track": ("Ute av rute.", "Off track."),
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
    "event.local-initiative.participation-recorded": ("Medvirkning", "Participation"),
    "event.local-initiative.learning-shared": ("Læring delt", "Learning shared"),
    "event.local-initiative.status-reported": ("Status meldt", "Status reported"),
}
