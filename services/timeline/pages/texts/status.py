"""Status: how fresh the timeline is, and what is set aside."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
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
}
