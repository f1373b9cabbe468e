"""Every word of the pages, in bokmål and English. A test fails where one is missing, unused or takes other parameters.

Keys with a number come as `.one` and `.other`; keys that end in a word of the model (a state, a status, an event type)
have one entry for each.
"""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # Frame
    "product": ("Samtidig", "Samtidig"),
    "skip.content": ("Hopp til innholdet", "Skip to the content"),
    "skip.table": ("Hopp over diagrammet, til tabellen", "Skip the chart, to the table"),
    "nav.label": ("Hovedmeny", "Main menu"),
    "nav.language": ("English", "Norsk"),
    "footer": (
        "Samtidig viser om sentrale og lokale tiltak virker sammen, og virker samtidig.",
        "Samtidig shows whether central and local initiatives work together, and at the same time.",
    ),
    "further.label": ("Mer om tidslinjen", "More of the timeline"),
    "further.gaps": ("Hull", "Gaps"),
    "further.changes": ("Endringer", "Changes"),
    "further.what_if": ("Hva om", "What if"),
    # Filters
    "filter.label": ("Utvalg", "Selection"),
    "filter.year": ("Planår", "Plan year"),
    "filter.basis": ("Perioder", "Periods"),
    "filter.known_on": ("Slik det var kjent", "As it was known on"),
    "filter.goal": ("Mål", "Goal"),
    "filter.sector": ("Sektor", "Sector"),
    "filter.all": ("Alle", "All"),
    "filter.show": ("Vis", "Show"),
    "filter.reset": ("Nullstill", "Reset"),
    "filter.help.known_on": ("Tomt felt betyr nå", "Empty means now"),
    "filter.from_known": ("Kjent fra", "Known from"),
    "filter.to_known": ("Kjent til", "Known until"),
    "filter.kind": ("Bare én side", "One side only"),
    "filter.min_days": ("Minst dager", "At least days"),
    "filter.sort": ("Rekkefølge", "Order"),
    "basis.actual": ("Faktiske", "Actual"),
    "basis.planned": ("Planlagte", "Planned"),
    "basis.note.actual": (
        "Perioder: faktisk start og slutt der de er kjent, ellers planlagt.",
        "Periods: actual start and end where they are known, otherwise planned.",
    ),
    "basis.note.planned": (
        "Perioder: slik de er planlagt, uansett hva som har skjedd siden.",
        "Periods: as planned, whatever has happened since.",
    ),
    "known_on.note": (
        "Du ser tidslinjen slik den var kjent ved utgangen av {day}.",
        "You see the timeline as it was known at the end of {day}.",
    ),
    "known_on.now": ("Vis slik den er nå", "Show it as it is now"),
    # Freshness
    "fresh.ago": ("Oppdatert {ago}", "Updated {ago}"),
    "fresh.never": ("Tidslinjen har ikke lest noen hendelser ennå", "The timeline hasn't read any events yet"),
    "fresh.stale": ("Sist oppdatert {ago}", "Last updated {ago}"),
    "fresh.waiting.one": ("{n} hendelse venter på å bli lest", "{n} event waits to be read"),
    "fresh.waiting.other": ("{n} hendelser venter på å bli lest", "{n} events wait to be read"),
    "fresh.parked.one": ("{n} hendelse er satt til side", "{n} event is set aside"),
    "fresh.parked.other": ("{n} hendelser er satt til side", "{n} events are set aside"),
    # Words
    "days.one": ("{n} dag", "{n} day"),
    "days.other": ("{n} dager", "{n} days"),
    "common.one": ("{n} felles dag", "{n} day in common"),
    "common.other": ("{n} felles dager", "{n} days in common"),
    "initiatives.one": ("{n} tiltak", "{n} initiative"),
    "initiatives.other": ("{n} tiltak", "{n} initiatives"),
    "central.one": ("{n} sentralt tiltak", "{n} central initiative"),
    "central.other": ("{n} sentrale tiltak", "{n} central initiatives"),
    "local.one": ("{n} lokalt tiltak", "{n} local initiative"),
    "local.other": ("{n} lokale tiltak", "{n} local initiatives"),
    "activities.one": ("{n} kommunikasjonstiltak", "{n} communication activity"),
    "activities.other": ("{n} kommunikasjonstiltak", "{n} communication activities"),
    "later": ("{days} senere", "{days} later"),
    "earlier": ("{days} tidligere", "{days} earlier"),
    "period.from": ("fra {day}, åpen slutt", "from {day}, open end"),
    "period.until": ("til {day}, åpen start", "until {day}, open start"),
    "period.undated": ("ikke tidfestet", "undated"),
    "quoted": ("«{text}»", "“{text}”"),
    "and": ("{first} og {last}", "{first} and {last}"),
    "in.year": ("I {year}", "In {year}"),
    "in.window": ("I tiden {period}", "In the time {period}"),
    "unresolved": ("uløst", "unresolved"),
    "unresolved.goal": ("Uløst mål {id}", "Unresolved goal {id}"),
    "unresolved.sector": ("Uløst sektor {id}", "Unresolved sector {id}"),
    "unresolved.agency": ("Uløst virksomhet {id}", "Unresolved agency {id}"),
    "unresolved.initiative": ("Uløst tiltak {id}", "Unresolved initiative {id}"),
    "retired": ("{title} (avviklet)", "{title} (retired)"),
    "kind.purpose": ("Formål", "Purposes"),
    "kind.characteristic": ("Kjennetegn", "Characteristics"),
    "kind.objective": ("Delmål", "Objectives"),
    "kind.unresolved": ("Uløste mål", "Unresolved goals"),
    "state.together": ("samtidig", "together"),
    "state.apart": ("ulik tid", "apart"),
    "state.central_only": ("bare sentralt", "central only"),
    "state.local_only": ("bare lokalt", "local only"),
    "state.none": ("–", "–"),
    "status.planned": ("planlagt", "planned"),
    "status.proposed": ("foreslått", "proposed"),
    "status.anchored": ("forankret", "anchored"),
    "status.started": ("startet", "started"),
    "status.completed": ("fullført", "completed"),
    "status.cancelled": ("avlyst", "cancelled"),
    "status.discontinued": ("avsluttet", "discontinued"),
    "status.published": ("publisert", "published"),
    "audience.employees": ("medarbeidere", "employees"),
    "audience.leaders": ("ledere", "leaders"),
    "audience.top_leaders": ("toppledere", "top leaders"),
    "audience.organisations": ("organisasjoner", "organisations"),
    "audience.residents": ("innbyggere", "residents"),
    "where.styringsdialog": ("styringsdialogen", "the governance dialogue"),
    "where.fagdialog": ("fagdialogen", "the professional dialogue"),
    "where.medbestemmelse": ("medbestemmelse", "co-determination"),
    # Legend
    "legend.label": ("Tegnforklaring", "Legend"),
    "legend.central": ("sentralt tiltak", "central initiative"),
    "legend.local": ("lokalt tiltak", "local initiative"),
    "legend.both": ("samtidig", "at the same time"),
    "legend.activity": ("kommunikasjonstiltak", "communication activity"),
    "legend.ghost": ("perioden før", "the period before"),
    "legend.current": ("perioden etter", "the period after"),
    "legend.nothing": ("ingenting i gang", "nothing going on"),
    "legend.open": ("åpen start eller slutt", "open start or end"),
    "legend.today": ("i dag", "today"),
    "legend.year": ("hver rute er året, januar til desember", "each cell is the year, January to December"),
    "legend.window": ("hver rute er {period}", "each cell is {period}"),
    # Overview
    "overview.title": ("Oversikt {window}", "Overview {window}"),
    "overview.headline": (
        "{window} virker {figure} sentrale tiltak samtidig med lokale tiltak.",
        "{window}, {figure} central initiatives work at the same time as local ones.",
    ),
    "overview.figure": ("{n} av {of}", "{n} of {of}"),
    "overview.apart.one": (
        "{n} har lokale tiltak å virke sammen med, men på andre tider.",
        "{n} has local initiatives to work together with, but at other times.",
    ),
    "overview.apart.other": (
        "{n} har lokale tiltak å virke sammen med, men på andre tider.",
        "{n} have local initiatives to work together with, but at other times.",
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
    "overview.undated": (
        "{what} er ikke tidfestet og er ikke regnet med.",
        "Undated, so not counted: {what}.",
    ),
    "overview.scope": (
        "Overskriften gjelder alle mål og sektorer; rutene og hullene nedenfor gjelder utvalget.",
        "The headline is about all goals and sectors; the cells and gaps below are about the selection.",
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
    "overview.together": (
        "{figure} virker {strong} (samme mål, eller støtte)",
        "{figure} work {strong} (same goal, or support)",
    ),
    "overview.together.strong": ("sammen", "together"),
    "overview.concurrent": (
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
    "cell.spoken": (
        "{words}: {common}, {central} og {local}",
        "{words}: {common}, {central} and {local}",
    ),
    "gaps.title": ("De største hullene", "The largest gaps"),
    "gaps.lead": (
        "Et hull er en sammenhengende tid da bare den ene siden arbeider for målet i sektoren.",
        "A gap is a run of days on which only one side works for the goal in the sector.",
    ),
    "gaps.none": (
        "Ingen hull: sentrale og lokale tiltak følger hverandre dag for dag.",
        "No gaps: central and local initiatives follow each other day by day.",
    ),
    "gaps.all": ("Se alle hull", "See all gaps"),
    "gaps.page": ("Hull {window}", "Gaps {window}"),
    "gaps.count.one": ("{n} hull i utvalget.", "{n} gap in the selection."),
    "gaps.count.other": ("{n} hull i utvalget.", "{n} gaps in the selection."),
    "gaps.none.page": (
        "Ingen hull her: enten er ingen tiltak tidfestet, eller så følger de to sidene hverandre dag for dag.",
        "No gaps here: either no initiative has dates, or the two sides follow each other day by day.",
    ),
    "gaps.none.filtered": ("Ingen hull passer med dette utvalget.", "No gap fits this selection."),
    "gaps.later_page": ("Du ser en senere del av hullene.", "You see a later part of the gaps."),
    "gaps.first": ("Vis de første", "Show the first ones"),
    "gaps.next": ("Vis de neste hullene", "Show the next gaps"),
    "gaps.sort.largest": ("Størst først", "Largest first"),
    "gaps.sort.goal": ("Etter mål", "By goal"),
    "gaps.sort.sector": ("Etter sektor", "By sector"),
    "gaps.sort.date": ("Etter dato", "By date"),
    "gap.try": ("Prøv flyttingen", "Try the move"),
    "gap.where": ("{goal}, {sector}:", "{goal}, {sector}:"),
    "gap.central_only": (
        "{days} med bare sentralt arbeid, {period}.",
        "{days} with central work only, {period}.",
    ),
    "gap.local_only": (
        "{days} med bare lokalt arbeid, {period}.",
        "{days} with local work only, {period}.",
    ),
    "gap.nobody.central_only": (
        "Sektoren har ingen tidfestede tiltak for målet.",
        "The sector has no dated initiative for the goal.",
    ),
    "gap.nobody.local_only": (
        "Ingen tidfestede sentrale tiltak har dette målet.",
        "No dated central initiative has this goal.",
    ),
    "gap.nearest": ("Nærmest er {title} ({period}).", "Nearest is {title} ({period})."),
    "gap.move.central_only": (
        "Flyttes det {move}, møtes de.",
        "Moved {move}, it meets the central work.",
    ),
    "gap.move.local_only": (
        "Flyttes det lokale arbeidet {move}, møtes de.",
        "Moved {move}, the local work meets it.",
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
    # Timeline
    "timeline.title": ("Tidslinje {window}", "Timeline {window}"),
    "timeline.lead": (
        (
            "Sentrale tiltak øverst, sektorenes egne under. Skravert: dager da et lokalt tiltak virker samtidig med et "
            "sentralt tiltak som det deler mål med eller støtter. Stiplet: sektoren har ingenting i gang."
        ),
        (
            "Central initiatives on top, the sectors' own below. Hatched: days on which a local initiative works at "
            "the same time as a central one whose goal it shares or that it supports. "
            "Dashed: the sector has nothing going on."
        ),
    ),
    "timeline.for_goal": ("Bare tiltak for målet {goal}.", "Only initiatives for the goal {goal}."),
    "timeline.for_sector": (
        "Bare sektoren {sector}, under de sentrale tiltakene.",
        "Only the sector {sector}, below the central initiatives.",
    ),
    "timeline.everything": ("Vis alle mål og sektorer", "Show all goals and sectors"),
    "timeline.nothing": (
        "Ingen tiltak har dager {period} i dette utvalget.",
        "No initiative has days {period} in this selection.",
    ),
    "timeline.more": (
        "Her vises {n} tiltak om gangen, i tabellens rekkefølge. Velg et mål eller en sektor for å se færre.",
        "{n} initiatives show at a time, in the order of the table. Choose a goal or a sector to see fewer.",
    ),
    "timeline.next": ("Vis de neste", "Show the next ones"),
    "timeline.first": ("Vis de første", "Show the first ones"),
    "timeline.later_page": ("Du ser en senere del av tiltakene.", "You see a later part of the initiatives."),
    "timeline.span": ("Vis", "Show"),
    "timeline.span.year": ("hele {year}", "all of {year}"),
    "timeline.span.third": ("{n}. tertial", "third {n}"),
    "timeline.span.years": ("{first}–{last}", "{first}–{last}"),
    "chart.label": ("Tidslinje som diagram, kan rulles sidelengs", "Timeline as a chart, scrolls sideways"),
    "lane.central": ("Sentrale tiltak", "Central initiatives"),
    "lane.central.area": ("årlig handlingsplan", "annual action plan"),
    "lane.activities": ("Kommunikasjon", "Communication"),
    "lane.none": ("ingen tiltak", "no initiatives"),
    "lane.concurrent": (
        "samtidig {days} av {of} med egne tiltak",
        "together {days} of {of} with own initiatives",
    ),
    "lane.degree": ("grad {degree} for målet", "degree {degree} for the goal"),
    "lane.undated": ("{n} uten dato", "{n} undated"),
    "lane.idle": ("Ingenting i gang {period} ({days})", "Nothing going on {period} ({days})"),
    "undated.title": ("Uten dato", "Undated"),
    "undated.lead": (
        "Disse er med i planene, men ikke tidfestet, og har derfor ingen stolpe.",
        "These are in the plans but have no dates, and so no bar.",
    ),
    "undated.none": ("Alle tiltak i utvalget er tidfestet.", "All initiatives in the selection have dates."),
    "table.title": ("De samme opplysningene som tabell", "The same facts as a table"),
    "table.caption": ("Tiltak {period}: {what}", "Initiatives {period}: {what}"),
    "table.scroll": ("Tabell over tiltakene, kan rulles sidelengs", "Table of the initiatives, scrolls sideways"),
    "table.initiative": ("Tiltak", "Initiative"),
    "table.where": ("Område eller virksomhet", "Area or agency"),
    "table.goals": ("Mål", "Goals"),
    "table.status": ("Status", "Status"),
    "table.period": ("Periode", "Period"),
    "table.common": ("Felles dager", "Days in common"),
    "table.activities": ("Kommunikasjonstiltak {period}", "Communication activities {period}"),
    "table.activity": ("Kommunikasjonstiltak", "Communication activity"),
    "table.audiences": ("Målgrupper", "Audiences"),
    "table.channel": ("Kanal", "Channel"),
    "table.no_common": ("ingen", "none"),
    # Changes
    "changes.title": ("Endringer {window}", "Changes {window}"),
    "changes.lead": (
        "Det som ble kjent mellom to dager: nye tiltak, nye perioder, tiltak som ble stanset, og annet som er endret.",
        "What became known between two days: new initiatives, new periods, initiatives that were stopped, and more.",
    ),
    "changes.known": ("Kjent {day}", "Known on {day}"),
    "changes.now": ("Kjent nå", "Known now"),
    "changes.added.one": ("{n} nytt", "{n} new"),
    "changes.added.other": ("{n} nye", "{n} new"),
    "changes.moved.one": ("{n} flyttet", "{n} moved"),
    "changes.moved.other": ("{n} flyttet", "{n} moved"),
    "changes.removed.one": ("{n} stanset før start", "{n} stopped before its start"),
    "changes.removed.other": ("{n} stanset før start", "{n} stopped before their start"),
    "changes.changed.one": ("{n} endret på annen måte", "{n} changed otherwise"),
    "changes.changed.other": ("{n} endret på annen måte", "{n} changed otherwise"),
    "changes.from_to": ("Før: {old}. Etter: {new}.", "Before: {old}. After: {new}."),
    "changes.moved.start": ("starten {move}", "the start {move}"),
    "changes.moved.end": ("slutten {move}", "the end {move}"),
    "changes.was": ("Skulle ha vart {period}.", "Was to run {period}."),
    "changes.came_and_went": (
        "Kom til og ble stanset mellom de to dagene. Skulle ha vart {period}.",
        "Was added and stopped between the two days. Was to run {period}.",
    ),
    "changes.axis": ("hvert diagram er {period}", "each chart is {period}"),
    "changes.before": ("Før:", "Before:"),
    "changes.after": ("Etter:", "After:"),
    "changes.none": (
        "Ingenting er endret mellom de to dagene i dette utvalget.",
        "Nothing changed between the two days in this selection.",
    ),
    "changes.later_page": ("Du ser en senere del av endringene.", "You see a later part of the changes."),
    "changes.first": ("Vis de første", "Show the first ones"),
    "changes.next": ("Vis de neste endringene", "Show the next changes"),
    "changes.overview": ("Endret siden {day}", "Changed since {day}"),
    "changes.overview.none": ("Ingenting er endret siden {day}.", "Nothing has changed since {day}."),
    "changes.overview.some": ("Tiltak: {what}.", "Initiatives: {what}."),
    "changes.overview.more": ("Se hva som er endret, og hvorfor", "See what changed, and why"),
    # What if
    "what_if.title": ("Hva om {window}", "What if {window}"),
    "what_if.lead": (
        (
            "Flytt, ta bort og legg til tiltak på prøve, og se hva det gjør med samtidigheten. Ingenting blir lagret: "
            "forslaget står i adressen, så du kan sende den videre."
        ),
        (
            "Move, drop and add initiatives on trial, and see what that does to concurrency. Nothing is stored: the "
            "scenario is in the address, so you can pass it on."
        ),
    ),
    "what_if.state.before": ("Slik det er", "As it is"),
    "what_if.state.after": ("Slik det blir", "As it would be"),
    "what_if.changes.one": ("{n} endring i forslaget", "{n} change in the scenario"),
    "what_if.changes.other": ("{n} endringer i forslaget", "{n} changes in the scenario"),
    "what_if.move": (
        "Flytt {title} ({where}). Før: {old}. Etter: {new}.",
        "Move {title} ({where}). Before: {old}. After: {new}.",
    ),
    "what_if.drop": ("Ta bort {title} ({where}, {old}).", "Drop {title} ({where}, {old})."),
    "what_if.add.central": (
        "Legg til et sentralt tiltak for {goal}, {period}.",
        "Add a central initiative for {goal}, {period}.",
    ),
    "what_if.add.local": (
        "Legg til et lokalt tiltak i {sector} for {goal}, {period}.",
        "Add a local initiative in {sector} for {goal}, {period}.",
    ),
    "what_if.undo": ("Angre", "Undo"),
    "what_if.undo.which": ("endring {n}", "change {n}"),
    "what_if.csv": ("Last ned endringene (CSV)", "Download the changes (CSV)"),
    "what_if.empty": ("Angre alle", "Undo all"),
    "what_if.copy": ("Endringene som tekst", "The changes as text"),
    "what_if.copy.label": ("Endringene som tekst, til å kopiere", "The changes as text, to copy"),
    "what_if.cells": ("Ruter som blir annerledes", "Cells that would differ"),
    "what_if.cells.none": (
        "Ingen ruter i utvalget blir annerledes.",
        "No cell of the selection would differ.",
    ),
    "what_if.caption": (
        "Rutene i matrisen som forslaget endrer, før og etter.",
        "The cells of the matrix that the scenario changes, before and after.",
    ),
    "what_if.scroll": ("Tabell over ruter, kan rulles sidelengs", "Table of cells, scrolls sideways"),
    "what_if.more": ("Legg en endring til forslaget", "Add a change to the scenario"),
    "what_if.full": (
        "Forslaget har {n} endringer, og flere er det ikke plass til. Angre noen av dem først.",
        "The scenario has {n} changes, and there is no room for more. Undo some of them first.",
    ),
    "what_if.help": (
        "Skriv hele eller en del av tittelen på tiltaket. En tom dato er åpen start eller slutt.",
        "Write the title of the initiative or a part of it. An empty date is an open start or end.",
    ),
    "what_if.faults": ("Endringen kan ikke legges til", "The change can't be added"),
    "what_if.initiative": ("Tiltak", "Initiative"),
    "what_if.start": ("Fra og med", "From"),
    "what_if.end": ("Til og med", "Until, and including"),
    "what_if.side": ("Hvor", "Where"),
    "what_if.choose": ("Velg", "Choose"),
    "what_if.form.move": ("Flytt et tiltak", "Move an initiative"),
    "what_if.form.drop": ("Ta bort et tiltak", "Drop an initiative"),
    "what_if.form.add": ("Legg til et tiltak", "Add an initiative"),
    "what_if.do.move": ("Flytt på prøve", "Move on trial"),
    "what_if.do.drop": ("Ta bort på prøve", "Drop on trial"),
    "what_if.do.add": ("Legg til på prøve", "Add on trial"),
    "what_if.did.move": ("Flytt", "Move"),
    "what_if.did.drop": ("Ta bort", "Drop"),
    "what_if.did.add": ("Legg til", "Add"),
    "what_if.column.change": ("Endring", "Change"),
    "what_if.column.reference": ("Id", "Id"),
    "what_if.column.title": ("Tiltak", "Initiative"),
    "what_if.column.sector": ("Sektor", "Sector"),
    "what_if.column.goal": ("Mål", "Goal"),
    "what_if.column.old_start": ("Start før", "Start before"),
    "what_if.column.old_end": ("Slutt før", "End before"),
    "what_if.column.start": ("Start etter", "Start after"),
    "what_if.column.end": ("Slutt etter", "End after"),
    # Initiative
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
    # Status
    "freshness.title": ("Status for tidslinjen", "Status of the timeline"),
    "freshness.lead": (
        (
            "Tidslinjen leser det de andre tjenestene melder, vanligvis innen et par sekunder. Her står hvor langt den "
            "er kommet med hver av dem, og det som ikke kunne leses."
        ),
        (
            "The timeline reads what the other services tell, usually within a couple of seconds. Here is how far it "
            "has come with each of them, and what could not be read."
        ),
    ),
    "freshness.sources": ("Kilder", "Sources"),
    "freshness.sources.caption": (
        "Hver kilde, når alt i den sist var lest, og hva som venter",
        "Each source, when all of it had last been read, and what waits",
    ),
    "freshness.no_sources": (
        "Den begynner så snart noe er lagt inn, om prosessen som leser, er i gang.",
        "It begins as soon as something is put in, if the process that reads is running.",
    ),
    "freshness.source": ("Kilde", "Source"),
    "freshness.caught_up": ("Alt lest", "All read"),
    "freshness.newest": ("Nyeste hendelse", "Newest event"),
    "freshness.waiting": ("Venter på å bli lest", "Waits to be read"),
    "freshness.never": ("aldri", "never"),
    "freshness.no_events": ("ingen ennå", "none yet"),
    "freshness.aside": ("Satt til side", "Set aside"),
    "freshness.aside.none": (
        "Ingenting er satt til side: alt som er lest, er med på tidslinjen.",
        "Nothing is set aside: all that was read is on the timeline.",
    ),
    "freshness.aside.lead": (
        "Det som ikke kunne tas inn, venter her, og alt som kom etterpå om det samme. Resten av tidslinjen går videre.",
        (
            "What could not be taken in waits here, with all that came after it about the same item. "
            "The rest of the timeline goes on."
        ),
    ),
    "freshness.aside.caption": (
        "Det som venter, det som har ventet lengst, øverst",
        "What waits, what has waited longest on top",
    ),
    "freshness.aside.scroll": ("Tabell: {what}", "Table: {what}"),
    "freshness.what": ("Hva", "What"),
    "freshness.event": ("Hendelse", "Event"),
    "freshness.since": ("Siden", "Since"),
    "freshness.behind": ("Hendelser som venter", "Events that wait"),
    "freshness.detail": ("Melding til den som retter", "Message to whoever mends it"),
    "freshness.version": ("versjon {n}", "version {n}"),
    "freshness.message": ("Melding nummer {n}", "Message number {n}"),
    "freshness.streams.one": ("{n} sak", "{n} item"),
    "freshness.streams.other": ("{n} saker", "{n} items"),
    "freshness.events.one": ("{n} hendelse", "{n} event"),
    "freshness.events.other": ("{n} hendelser", "{n} events"),
    "freshness.left.one": ("{n} til er ikke vist her.", "{n} more is not shown here."),
    "freshness.left.other": ("{n} til er ikke vist her.", "{n} more are not shown here."),
    "freshness.json": ("Statusen som JSON", "The status as JSON"),
    "topic.goals": ("Mål", "Goals"),
    "topic.central-initiatives": ("Sentrale tiltak", "Central initiatives"),
    "topic.local-initiatives": ("Lokale tiltak", "Local initiatives"),
    "topic.communication": ("Kommunikasjon", "Communication"),
    "aside.failed": ("Kunne ikke tas inn", "Could not be taken in"),
    "aside.failed.means": (
        "Hendelsen ble lest, men tidslinjen klarte ikke å bruke den. Saken vises slik den var før den.",
        "The event was read, but the timeline could not use it. The item shows as it was before it.",
    ),
    "aside.failed.do": (
        "Rett det som meldingen sier, ta den nye utgaven i bruk, og prøv det som venter, på nytt:",
        "Mend what the message says, put the new release to use, and try again what waits:",
    ),
    "aside.gap": ("En hendelse mangler", "An event is missing"),
    "aside.gap.means": (
        "En hendelse kom uten den som skulle komme rett før. Saken vises slik den var før det manglende.",
        (
            "An event came without the one that should come just before it. "
            "The item shows as it was before what is missing."
        ),
    ),
    "aside.gap.do": (
        (
            "Når den kommer, går saken videre av seg selv. Kommer den ikke, så se om tjenesten som eier saken, "
            "får sendt. Prøv på nytt:"
        ),
        (
            "When it comes, the item goes on by itself. If it does not, see whether the service that owns the item "
            "gets its events out. Try again:"
        ),
    ),
    "aside.fork": ("To ulike historier", "Two different histories"),
    "aside.fork.means": (
        (
            "Den samme versjonen av saken er meldt to ganger med ulikt innhold. Slik blir det når et lager er satt "
            "tilbake fra en sikkerhetskopi."
        ),
        (
            "The same version of the item was told twice with different content, as happens when a store was restored "
            "from a backup."
        ),
    ),
    "aside.fork.do": (
        (
            "De som eier saken, avgjør hvilken historie som gjelder. Deretter bygges tidslinjen på nytt, som "
            "oppskriften i tjenestens README sier."
        ),
        (
            "Those who own the item decide which history holds. Then the timeline is built anew, as the runbook in the "
            "README of the service says."
        ),
    ),
    "aside.unreadable": ("Kunne ikke leses", "Could not be read"),
    "aside.unreadable.means": (
        "Meldingen er ikke en hendelse slik tjenestene skriver dem, og sier ikke hvilken sak den gjelder.",
        "The message is no event as the services write them, and does not say which item it is about.",
    ),
    "aside.unreadable.do": (
        "Finn ut hvem som skrev den. Den holder ingenting tilbake og kan bli liggende.",
        "Find out who wrote it. It holds nothing back and may stay where it is.",
    ),
    "aside.behind": ("Venter på noe annet", "Waits for something else"),
    "aside.behind.means": (
        "Hendelsen kom etter en som var satt til side, og som ikke er det lenger.",
        "The event came after one that was set aside, and is so no longer.",
    ),
    "aside.behind.do": ("Prøv på nytt:", "Try again:"),
    # Take away
    "take.title": ("Ta med", "Take away"),
    "take.lead": ("Det siden viser, med samme utvalg.", "What the page shows, with the same selection."),
    "take.xlsx": ("Regneark (XLSX)", "Spreadsheet (XLSX)"),
    "take.csv": ("Regneark (CSV)", "Spreadsheet (CSV)"),
    "take.json": ("JSON, for systemer", "JSON, for systems"),
    "take.link": ("Lenke til nettopp dette utvalget", "Link to exactly this selection"),
    # Calendar
    "take.calendar": ("Kalender å abonnere på (iCalendar)", "Calendar to subscribe to (iCalendar)"),
    "calendar.name": ("Samtidig: {what}", "Samtidig: {what}"),
    "calendar.all": ("alle tiltak", "all initiatives"),
    "calendar.events.one": ("{n} hendelse i kalenderen.", "{n} event in the calendar."),
    "calendar.events.other": ("{n} hendelser i kalenderen.", "{n} events in the calendar."),
    "calendar.undated.one": ("{n} er ikke tidfestet og er ikke med.", "{n} is undated and left out."),
    "calendar.undated.other": ("{n} er ikke tidfestet og er ikke med.", "{n} are undated and left out."),
    "calendar.open_end": (
        "Slutten er åpen: bare den første dagen står i kalenderen.",
        "The end is open: only the first day is in the calendar.",
    ),
    "calendar.open_start": (
        "Starten er åpen: bare den siste dagen står i kalenderen.",
        "The start is open: only the last day is in the calendar.",
    ),
    "status.withdrawn": ("trukket", "withdrawn"),
    # Errors
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
    "error.from": ("Fra", "From"),
    "error.to": ("Til", "To"),
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
    "error.way.overview": ("Gå til oversikten", "Go to the overview"),
    "error.way.timeline": ("Gå til tidslinjen", "Go to the timeline"),
    "error.way.again": ("Prøv igjen", "Try again"),
}
