"""What sectors learnt; and where something is known from."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "learning.title": ("Læring på tvers", "Learning across sectors"),
    "learning.lead": (
        "Det sektorene har lært i sine egne tiltak, delt så andre kan bruke det.",
        "What sectors have learnt in their own initiatives, shared for others to use.",
    ),
    "learning.search": ("Søk i læringen", "Search the learning"),
    "learning.find": ("Søk", "Search"),
    "learning.help": (
        (
            "Norske ord finnes i alle bøyningsformer, i teksten, stikkordene og tittelen på tiltaket. Anførselstegn "
            "rundt flere ord finner dem ved siden av hverandre; minus foran et ord utelater det."
        ),
        (
            "Norwegian words are found in all their forms, in the text, the tags and the initiative's title. Quotation "
            "marks around words find them side by side; a minus before a word leaves it out."
        ),
    ),
    "learning.tag": ("Stikkord", "Tag"),
    "learning.tags": ("Stikkord", "Tags"),
    "learning.tagged": ("Bare med stikkordet {tag}.", "Only those with the tag {tag}."),
    "learning.untagged": ("Vis uansett stikkord", "Show any tag"),
    "learning.found": ("Treff på {words}", "Found for {words}"),
    "learning.newest": ("Det nyeste først", "The newest first"),
    "learning.count.one": ("{n} erfaring er delt.", "{n} lesson is shared."),
    "learning.count.other": ("{n} erfaringer er delt.", "{n} lessons are shared."),
    "learning.hits.one": ("{n} treff.", "{n} found."),
    "learning.hits.other": ("{n} treff.", "{n} found."),
    "learning.shared": ("Delt {when}", "Shared {when}"),
    "learning.later_page": ("Du ser en senere del av læringen.", "You see a later part of the learning."),
    "learning.first": ("Gå til begynnelsen", "Go to the beginning"),
    "learning.next": ("Vis flere", "Show more"),
    "learning.no_more": ("Det er ikke mer her.", "There is no more here."),
    "learning.no_words": (
        "{words} har ingen ord å lete etter. Skriv minst ett ord, helst et som ikke er så vanlig som «og».",
        "{words} holds no words to look for. Write at least one, and not one as common as “og” (and).",
    ),
    "learning.none.found": (
        "Ingen delte erfaringer passer med det du ser etter.",
        "No shared lesson fits what you look for.",
    ),
    "learning.none": ("Ingen har delt noe de har lært ennå.", "Nobody has shared anything learnt yet."),
    "learning.all": ("Vis all læring", "Show all learning"),
    "source.title": ("Kilde", "Source"),
    "source.type": ("Type hendelse", "Type of event"),
    "source.event": ("Hendelse", "Event"),
    "source.stream": ("Strøm", "Stream"),
    "source.version": ("Versjon i strømmen", "Version in the stream"),
    "source.time": ("Registrert", "Recorded"),
    "source.actor": ("Registrert av", "Recorded by"),
}
