"""The overview, and what its matrix does not count."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "overview.title": ("Oversikt {window}", "Overview {window}"),
    "overview.headline.one": (
        "{window} virker {figure} sentrale tiltak samtidig med lokale tiltak.",
        "{window}, {figure} central initiatives works at the same time as local ones.",
    ),
    "overview.headline.other": (
        "{window} virker {figure} sentrale tiltak samtidig med lokale tiltak.",
        "{window}, {figure} central initiatives work at the same time as local ones.",
    ),
    "overview.figure": ("{n} av {of}", "{n} of {of}"),
    "overview.apart.one": (
        "{n} har lokale tiltak å virke sammen med, men ingen felles dag.",
        "{n} has local initiatives to work together with, but no day in common.",
    ),
    "overview.apart.other": (
        "{n} har lokale tiltak å virke sammen med, men ingen felles dag.",
        "{n} have local initiatives to work together with, but no day in common.",
    ),
    "overview.alone.one": (
        "{n} har ingen lokale tiltak å virke sammen med.",
        "{n} has no local initiative to work together with.",
    ),
    "overview.alone.other": (
        "{n} har ingen lokale tiltak å virke sammen med.",
        "{n} have no local initiative to work together with.",
    ),
    "overview.all": (
        "Alle har felles dager med minst ett lokalt tiltak.",
        "All of them have days in common with at least one local initiative.",
    ),
    "overview.other_plan.one": (
        "Av de {of} er {n} fra planen for {year}.",
        "Of the {of}, {n} is of the plan for {year}.",
    ),
    "overview.other_plan.other": (
        "Av de {of} er {n} fra planen for {year}.",
        "Of the {of}, {n} are of the plan for {year}.",
    ),
    "overview.undated": (
        "{what} er ikke tidfestet og er ikke regnet med.",
        "Undated, so not counted: {what}.",
    ),
    "overview.scope": (
        "Overskriften gjelder alle mål og sektorer, «sektor for sektor» alle mål; rutene og hullene gjelder utvalget.",
        "The headline is about all goals and sectors, “sector by sector” about all goals; the rest is the selection.",
    ),
    "initiative.scope": (
        "Beslektede tiltak er fra alle mål og sektorer, ikke bare utvalget.",
        "Related initiatives are of all goals and sectors, not the selection's only.",
    ),
    "changes.scope": (
        "Overskriftene gjelder alle mål og sektorer; endringene gjelder utvalget.",
        "The headlines are about all goals and sectors; the changes are the selection's.",
    ),
    "what_if.scope": (
        "Overskriften gjelder alle mål og sektorer; rutene gjelder utvalget.",
        "The headline is about all goals and sectors; the cells are the selection's.",
    ),
    "overview.no_central": (
        "{window} er ingen sentrale tiltak tidfestet.",
        "{window}, no central initiative has dates.",
    ),
    "overview.no_central.local": (
        "{what} har dager her, men ingen sentrale tiltak å virke samtidig med.",
        "{what} with days here, but no central initiative to work at the same time as.",
    ),
    "overview.other_year": ("Se planåret {year}", "See the plan year {year}"),
    "overview.empty": (
        "Det står ingenting på tidslinjen ennå.",
        "There is nothing on the timeline yet.",
    ),
    "overview.empty.way": (
        "Her vises mål, sektorer og tiltak så snart de er lagt inn, enkeltvis eller fra et regneark.",
        "Goals, sectors and initiatives show here as soon as they are put in, one by one or from a spreadsheet.",
    ),
    "overview.unknown_then": (
        "Ingenting var kjent på tidslinjen ved utgangen av {day}.",
        "Nothing was known on the timeline at the end of {day}.",
    ),
    "overview.bars": ("Virker sammen, virker samtidig", "Together, and at the same time"),
    "overview.together.one": (
        "{figure} virker {strong} (samme mål, eller støtte)",
        "{figure} works {strong} (same goal, or support)",
    ),
    "overview.together.other": (
        "{figure} virker {strong} (samme mål, eller støtte)",
        "{figure} work {strong} (same goal, or support)",
    ),
    "overview.together.strong": ("sammen", "together"),
    "overview.concurrent.one": (
        "{figure} virker også {strong} (felles dager)",
        "{figure} also works {strong} (days in common)",
    ),
    "overview.concurrent.other": (
        "{figure} virker også {strong} (felles dager)",
        "{figure} also work {strong} (days in common)",
    ),
    "overview.concurrent.strong": ("samtidig", "at the same time"),
    "matrix.title": ("Mål og sektorer", "Goals and sectors"),
    "matrix.caption": (
        (
            "Samtidighet for hvert mål og hver sektor. Prosenten er dager med både sentralt og lokalt tiltak for "
            "målet, av alle dager med minst ett av dem."
        ),
        (
            "Concurrency for each goal and sector. The percentage is days with both a central and a local initiative "
            "for the goal, of all days with at least one of them."
        ),
    ),
    "matrix.goal": ("Mål", "Goal"),
    "matrix.all": ("Alle", "All"),
    "matrix.all.long": ("alle sektorer", "all sectors"),
    "matrix.scroll": (
        "Tabell over mål og sektorer, kan rulles sidelengs",
        "Table of goals and sectors, scrolls sideways",
    ),
    "matrix.undated": ("+ {n} uten dato", "+ {n} undated"),
    "matrix.no_goal": (
        "Tidslinjen har ingen mål i dette utvalget.",
        "The timeline has no goal in this selection.",
    ),
    "matrix.no_sector": (
        "Tidslinjen har ingen sektorer i dette utvalget.",
        "The timeline has no sector in this selection.",
    ),
    "by_sector.title": ("Sektor for sektor", "Sector by sector"),
    "by_sector.caption": (
        (
            "Hvor mange av de {central} sentrale tiltakene sektorens egne tiltak virker sammen med, og virker samtidig "
            "med. Felles dager er av de {days} dagene da minst ett sentralt tiltak er i gang."
        ),
        (
            "How many of the {central} central initiatives the sector's own work together with, and at the same time "
            "as. Days in common are of the {days} days on which at least one central initiative runs."
        ),
    ),
    "by_sector.scroll": (
        "Tabell over sektorene, kan rulles sidelengs",
        "Table of the sectors, scrolls sideways",
    ),
    "by_sector.together": ("Virker sammen", "Together"),
    "by_sector.concurrent": ("Virker også samtidig", "Also at the same time"),
    "by_sector.days": ("Felles dager", "Days in common"),
    "by_sector.local": ("Lokale tiltak", "Local initiatives"),
    "by_sector.figure": ("{figure} ({share})", "{figure} ({share})"),
    "cell.spoken": (
        "{words}: {common}, {central} og {local}",
        "{words}: {common}, {central} and {local}",
    ),
    "known.title": ("Det som ikke synes i tallene", "What the figures don't show"),
    "known.undated_central.one": (
        "{n} sentralt tiltak er ikke tidfestet. Det står på tidslinjen, men teller ikke som dager.",
        "{n} central initiative is undated. It is on the timeline, but counts as no days.",
    ),
    "known.undated_central.other": (
        "{n} sentrale tiltak er ikke tidfestet. De står på tidslinjen, men teller ikke som dager.",
        "{n} central initiatives are undated. They are on the timeline, but count as no days.",
    ),
    "known.undated_local.one": (
        "{n} lokalt tiltak er ikke tidfestet. Det står på tidslinjen, men teller ikke som dager.",
        "{n} local initiative is undated. It is on the timeline, but counts as no days.",
    ),
    "known.undated_local.other": (
        "{n} lokale tiltak er ikke tidfestet. De står på tidslinjen, men teller ikke som dager.",
        "{n} local initiatives are undated. They are on the timeline, but count as no days.",
    ),
    "known.open.one": (
        "{n} tiltak har åpen start eller slutt og regnes til kanten av perioden.",
        "{n} initiative has an open start or end and is counted to the edge of the window.",
    ),
    "known.open.other": (
        "{n} tiltak har åpen start eller slutt og regnes til kanten av perioden.",
        "{n} initiatives have an open start or end and are counted to the edge of the window.",
    ),
    "known.without_goal.one": (
        "{n} tiltak har ikke noe mål og står derfor ikke i noen rute.",
        "{n} initiative has no goal and is therefore in no cell.",
    ),
    "known.without_goal.other": (
        "{n} tiltak har ikke noe mål og står derfor ikke i noen rute.",
        "{n} initiatives have no goal and are therefore in no cell.",
    ),
    "known.goals.one": (
        "{n} mål er det vist til uten at noen har meldt det. Det vises med sin id som uløst.",
        "{n} goal is referred to, but nobody has told of it. It shows by its id as unresolved.",
    ),
    "known.goals.other": (
        "{n} mål er det vist til uten at noen har meldt dem. De vises med sin id som uløst.",
        "{n} goals are referred to, but nobody has told of them. They show by their ids as unresolved.",
    ),
    "known.sectors.one": (
        "{n} sektor er det vist til uten at noen har meldt den. Den vises med sin id som uløst.",
        "{n} sector is referred to, but nobody has told of it. It shows by its id as unresolved.",
    ),
    "known.sectors.other": (
        "{n} sektorer er det vist til uten at noen har meldt dem. De vises med sin id som uløst.",
        "{n} sectors are referred to, but nobody has told of them. They show by their ids as unresolved.",
    ),
    "known.supported.one": (
        "{n} tiltak får støtte av et lokalt tiltak uten at noen har meldt det.",
        "{n} initiative is supported by a local one, but nobody has told of it.",
    ),
    "known.supported.other": (
        "{n} tiltak får støtte av lokale tiltak uten at noen har meldt dem.",
        "{n} initiatives are supported by local ones, but nobody has told of them.",
    ),
    "known.all": (
        "Alle tiltak er tidfestet, og alle henvisninger er kjent.",
        "All initiatives have dates, and all references are known.",
    ),
}
