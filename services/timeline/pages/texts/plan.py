"""The plan of a year."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "plan.title": ("Årsplan {year}", "Plan of the year {year}"),
    "plan.version": ("Utgave", "Version"),
    "plan.versions": ("Utgaver av planen", "Versions of the plan"),
    "plan.version.now": ("Slik den er nå", "As it is now"),
    "plan.version.known": ("Slik den var kjent {day}", "As it was known on {day}"),
    "plan.version.adopted": ("Slik den ble vedtatt {day}", "As it was adopted on {day}"),
    "plan.is_adopted": (
        (
            "Du ser planen akkurat slik den var da den ble vedtatt {day}, registrert {moment}. "
            "Det som er kommet til siden, er ikke med."
        ),
        (
            "You see the plan exactly as it was when it was adopted on {day}, recorded {moment}. "
            "What has come since is left out."
        ),
    ),
    "plan.differs": (
        "Planen er ikke lenger slik den ble vedtatt {day}: {what}.",
        "The plan is no longer as it was adopted on {day}: {what}.",
    ),
    "plan.differs.itself": ("selve planen er endret", "the plan itself has changed"),
    "plan.differs.not": (
        "Planen er slik den ble vedtatt {day}: ingenting er endret siden.",
        "The plan is as it was adopted on {day}: nothing has changed since.",
    ),
    "plan.differs.why": ("Se hva som er endret, og hvorfor", "See what changed, and why"),
    # The plan itself
    "plan.facts": ("Om planen", "About the plan"),
    "plan.status": ("Status", "Status"),
    "plan.status.drafted": ("Utkast, ikke vedtatt", "Draft, not adopted"),
    "plan.status.adopted": ("Vedtatt {day}", "Adopted on {day}"),
    "plan.status.closed": ("Vedtatt {day}, avsluttet {closed}", "Adopted on {day}, closed on {closed}"),
    "plan.status.unresolved": (
        "Uløst: tiltak hører til planen, men ingen har meldt planen selv.",
        "Unresolved: initiatives are in the plan, but nobody has told of the plan itself.",
    ),
    "plan.discussed": ("Drøftet etter Hovedavtalen §\xa014\xa0f", "Discussed under Hovedavtalen §\xa014\xa0f"),
    "plan.discussed.on": ("{day}: {organisations}", "{day}: {organisations}"),
    "plan.discussed.not": ("Ingen drøfting er registrert.", "No discussion is recorded."),
    "plan.frame": ("Ramme", "Frame"),
    "plan.frame.none": ("Ingen ramme er satt.", "No frame is set."),
    "plan.allocated": ("Fordelt til tiltak", "Allocated to initiatives"),
    "plan.left": ("Igjen av rammen", "Left of the frame"),
    "plan.over": ("Over rammen", "Over the frame"),
    "plan.figures": ("Virker sammen, virker samtidig", "Together, and at the same time"),
    "plan.headline.one": (
        "{figure} sentrale tiltak i planen virker samtidig med lokale tiltak.",
        "{figure} central initiatives of the plan works at the same time as local ones.",
    ),
    "plan.headline.other": (
        "{figure} sentrale tiltak i planen virker samtidig med lokale tiltak.",
        "{figure} central initiatives of the plan work at the same time as local ones.",
    ),
    "plan.headline.none": (
        "Ingen tiltak i planen har dager i {year}.",
        "No initiative of the plan has days in {year}.",
    ),
    "plan.not_counted.undated.one": (
        "{n} er ikke tidfestet og er ikke regnet med.",
        "{n} is undated and not counted.",
    ),
    "plan.not_counted.undated.other": (
        "{n} er ikke tidfestet og er ikke regnet med.",
        "{n} are undated and not counted.",
    ),
    "plan.not_counted.outside.one": (
        "{n} har ingen dager i året og er ikke regnet med.",
        "{n} has no days in the year and is not counted.",
    ),
    "plan.not_counted.outside.other": (
        "{n} har ingen dager i året og er ikke regnet med.",
        "{n} have no days in the year and are not counted.",
    ),
    "plan.not_counted.withdrawn.one": (
        "{n} er stanset før start og er ikke regnet med.",
        "{n} was stopped before its start and is not counted.",
    ),
    "plan.not_counted.withdrawn.other": (
        "{n} er stanset før start og er ikke regnet med.",
        "{n} were stopped before their start and are not counted.",
    ),
    "plan.selected": (
        "Ramme, fordelt og drøftinger gjelder hele planen; tallene og tiltakene nedenfor gjelder utvalget.",
        "Frame, allocation and discussions are of the whole plan; figures and initiatives below are of the selection.",
    ),
    "plan.in_sector": (
        "Bare lokale tiltak i {sector} er regnet med.",
        "Only local initiatives of {sector} are counted.",
    ),
    "plan.besides.one": (
        "{n} sentralt tiltak til har dager i {year}, fra planen for et annet år.",
        "{n} central initiative more has days in {year}, of the plan for another year.",
    ),
    "plan.besides.other": (
        "{n} sentrale tiltak til har dager i {year}, fra planene for andre år.",
        "{n} central initiatives more have days in {year}, of the plans for other years.",
    ),
    "plan.besides.see": ("Oversikten regner dem med.", "The overview counts them."),
    # Areas and their initiatives
    "plan.area.none": ("Uten område", "Without an area"),
    "plan.area.unresolved": ("{area} (uløst: ikke et av planens områder)", "{area} (unresolved: no area of the plan)"),
    "plan.area.empty": ("Ingen tiltak i området ennå.", "No initiatives in the area yet."),
    "plan.area.filtered": ("Ingen tiltak i området i dette utvalget.", "No initiatives in the area in this selection."),
    "plan.no_areas": (
        "Planen har ingen områder og ingen tiltak ennå.",
        "The plan has no areas and no initiatives yet.",
    ),
    "plan.scroll": ("Tiltak i området {area}, kan rulles sidelengs", "Initiatives in {area}, scrolls sideways"),
    "plan.column.initiative": ("Tiltak", "Initiative"),
    "plan.column.period": ("Periode", "Period"),
    "plan.column.goals": ("Mål", "Goals"),
    "plan.column.audiences": ("For", "For"),
    "plan.column.responsible": ("Ansvarlig", "Responsible"),
    "plan.column.budget": ("Budsjett", "Budget"),
    "plan.column.status": ("Status", "Status"),
    "plan.column.local": ("Lokale tiltak", "Local initiatives"),
    "plan.sum": ("Budsjetter uten avlyste tiltak: {amount}", "Budgets without cancelled initiatives: {amount}"),
    "plan.effect": ("Virkning: {effect}", "Effect: {effect}"),
    "plan.reported": ("Meldt: {status}", "Reported: {status}"),
    "plan.sectors.one": ("{n} sektor", "{n} sector"),
    "plan.sectors.other": ("{n} sektorer", "{n} sectors"),
    "plan.meeting.concurrent": (
        "samtidig: {common}, i {sectors}",
        "at the same time: {common}, in {sectors}",
    ),
    "plan.meeting.apart": (
        "sammen i {sectors}, men ikke samtidig",
        "together in {sectors}, but not at the same time",
    ),
    "plan.meeting.alone": ("ingen å virke sammen med", "none to work together with"),
    "plan.meeting.undated": (
        "kan ikke sammenlignes uten dato",
        "can't be compared without dates",
    ),
    "plan.meeting.outside": ("ingen dager i året", "no days in the year"),
    "plan.meeting.withdrawn": ("stanset før start", "stopped before its start"),
    "plan.word.concurrent": ("samtidig", "at the same time"),
    "plan.word.apart": ("sammen, ikke samtidig", "together, not at the same time"),
    "plan.word.alone": ("ingen", "none"),
    "plan.word.undated": ("uten dato", "undated"),
    "plan.word.outside": ("utenfor året", "outside the year"),
    "plan.word.withdrawn": ("stanset", "stopped"),
    # Goals
    "plan.goals": ("Mål og virkninger", "Goals and effects"),
    "plan.goals.lead": (
        "Hva som er ventet av målene som tiltakene har, og hva som er sett.",
        "What is expected of the goals that the initiatives have, and what was seen.",
    ),
    "plan.goals.none": ("Ingen av tiltakene har noe mål.", "None of the initiatives has a goal."),
    "plan.expected": ("Ventet virkning", "Expected effect"),
    "plan.expected.none": ("ikke oppgitt", "not told"),
    "plan.observed": ("Sett", "Seen"),
    "plan.observed.none": ("ingenting er meldt ennå", "nothing is told yet"),
    "plan.observed.on": ("{day}: {effect}", "{day}: {effect}"),
    # Since the adoption
    "plan.since": ("Endret siden planen ble vedtatt {day}", "Changed since the plan was adopted on {day}"),
    "plan.since.none": (
        "Ingenting i dette utvalget er endret siden planen ble vedtatt.",
        "Nothing in this selection has changed since the plan was adopted.",
    ),
    "plan.since.cut": (
        "Her vises {n} av {total} endringer. Velg et mål, en sektor eller et område for å se de andre.",
        "Of {total} changes, {n} show here. Choose a goal, a sector or an area to see the others.",
    ),
    "plan.since.itself": ("Selve planen", "The plan itself"),
    "plan.event.renamed": ("Ny tittel: {what}", "New title: {what}"),
    "plan.event.area-added": ("Nytt område: {what}", "New area: {what}"),
    "plan.event.budget-framed": ("Ny ramme: {what}", "New frame: {what}"),
    "plan.event.discussed": ("Drøftet igjen", "Discussed again"),
    "plan.event.closed": ("Avsluttet", "Closed"),
    # The frozen report
    "plan.frozen": ("Den vedtatte planen, bevart", "The adopted plan, preserved"),
    "plan.frozen.lead": (
        "Planen ble vedtatt {day}. Vedtaket ble registrert {moment}, som hendelse {version} i planens strøm.",
        "The plan was adopted on {day}. That was recorded {moment}, as event {version} of the plan's stream.",
    ),
    "plan.frozen.way": (
        "Tjenesten for sentrale tiltak frøs rapporten da, og gir den ut uendret, med sin SHA-256:",
        "The central initiatives service froze the report then, and gives it unchanged, with its SHA-256:",
    ),
    "plan.frozen.page": ("Den frosne rapporten", "The frozen report"),
    "plan.frozen.file": ("Filen (JSON)", "The file (JSON)"),
    "plan.frozen.alone": (
        (
            "Tjenesten for sentrale tiltak frøs rapporten da, og gir den ut uendret, byte for byte, med sin SHA-256. "
            "Tidslinjen er her alene og kan ikke lenke dit; hos tjenesten er adressen {path}."
        ),
        (
            "The central initiatives service froze the report then, and gives it unchanged, byte for byte, with its "
            "SHA-256. The timeline is alone here and can't link to it; at the service the address is {path}."
        ),
    ),
    # Where there is none
    "plan.none": ("Tidslinjen kjenner ingen årsplan for {year}.", "The timeline knows no plan of the year {year}."),
    "plan.none.then": (
        "Tidslinjen kjente ingen årsplan for {year} ved utgangen av {day}.",
        "The timeline knew no plan of the year {year} at the end of {day}.",
    ),
    "plan.none.any": ("Ingen har meldt noen årsplan ennå.", "Nobody has told of a plan of the year yet."),
    "plan.not_adopted": ("Årsplanen for {year} er ikke vedtatt.", "The plan of the year {year} is not adopted."),
    "plan.not_adopted.then": (
        "Årsplanen for {year} var ikke vedtatt ved utgangen av {day}.",
        "The plan of the year {year} was not adopted at the end of {day}.",
    ),
    "plan.way.draft": ("Se planen slik den er", "See the plan as it stands"),
    "plan.way.year": ("Årsplan {year}", "Plan of the year {year}"),
}
