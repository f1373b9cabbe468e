"""Changes between two days."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
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
    "changes.kind.added": ("nytt", "new"),
    "changes.kind.moved": ("flyttet", "moved"),
    "changes.kind.removed": ("stanset før start", "stopped before its start"),
    "changes.kind.changed": ("endret på annen måte", "changed otherwise"),
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
}
