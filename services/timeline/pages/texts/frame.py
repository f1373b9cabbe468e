"""What stands around every page: the frame, the selection, how fresh it is."""

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
}
