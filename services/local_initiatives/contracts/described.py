"""What each event of the local initiatives service means, and each of its fields: published in the contracts."""

from shared.contracts.meaning import DAY, REASON, Field, Happening, Meanings

MEANINGS = Meanings(
    events={
        "samtidig.sector.registered.v1": Happening("A sector was registered: local initiatives may now belong to it."),
        "samtidig.sector.renamed.v1": Happening("A sector got another name. Its code and its id stay."),
        "samtidig.agency.registered.v1": Happening(
            "An agency of a sector was registered.", fields={"sector": Field("Id of the sector that it is part of.")}
        ),
        "samtidig.agency.renamed.v1": Happening("An agency got another name. Its code and its id stay."),
        "samtidig.local-initiative.proposed.v1": Happening(
            "A sector, or one of its agencies, proposed a local initiative. It has no period as yet."
        ),
        "samtidig.local-initiative.revised.v1": Happening(
            "What a local initiative says was changed. The event carries the whole of it, also the fields that stay as"
            " they were; not its period, which is rescheduled, and not what it supports, which is declared."
        ),
        "samtidig.local-initiative.anchored.v1": Happening(
            "A local initiative was agreed on in one dialogue. Written until 1.1; the second version followed.",
            fields={"where": Field("The dialogue that agreed on it.")},
        ),
        "samtidig.local-initiative.anchored.v2": Happening(
            "A local initiative was agreed on, in one dialogue or in several. It may start after this.", since="1.1"
        ),
        "samtidig.local-initiative.scheduled.v1": Happening("A local initiative got its first planned period."),
        "samtidig.local-initiative.rescheduled.v1": Happening(
            "The planned period of a local initiative was changed. Both periods are told."
        ),
        "samtidig.local-initiative.started.v1": Happening("Work on a local initiative began."),
        "samtidig.local-initiative.completed.v1": Happening("A local initiative was carried through to its end."),
        "samtidig.local-initiative.discontinued.v1": Happening("A local initiative was given up before its end."),
        "samtidig.local-initiative.support-declared.v1": Happening(
            "A local initiative declared that it supports a central one."
        ),
        "samtidig.local-initiative.support-withdrawn.v1": Happening(
            "A local initiative said that it no longer supports a central one.", since="1.1"
        ),
        "samtidig.local-initiative.participation-recorded.v1": Happening(
            "It was recorded who took part in a phase of the work on a local initiative.", since="1.1"
        ),
        "samtidig.local-initiative.learning-shared.v1": Happening(
            "Those who work on a local initiative shared what they learnt, for other sectors to find.", since="1.1"
        ),
        "samtidig.local-initiative.status-reported.v1": Happening(
            "Those who work on a local initiative told how it goes; nobody demands it.", since="1.1"
        ),
    },
    fields={
        "code": Field("Short code of the sector or agency, its own and set once; its id follows from it."),
        "name": Field("Name of the sector or agency from now on."),
        "external_id": Field("The initiative's name in its sector's own lists, set once; its id follows from both."),
        "sector": Field("Id of the sector that the initiative belongs to."),
        "agency": Field("Id of the agency that carries it out; null: the sector itself."),
        "title": Field("Title of the initiative."),
        "description": Field("What is to be done, in more words."),
        "goals": Field("Ids of the goals that the initiative is to contribute to."),
        "supports": Field("Ids of the central initiatives that it supports from the start."),
        "responsible": Field("The role or the unit that answers for the initiative; never a person."),
        "where": Field("The dialogues that agreed on it: at least one, each once."),
        "on": Field("The day on which it happened.", unit=DAY),
        "start": Field("First planned day; null: not known.", unit=DAY),
        "end": Field("Last planned day; null: not known.", unit=DAY),
        "previous_start": Field("First planned day until now; null: was not known.", unit=DAY),
        "previous_end": Field("Last planned day until now; null: was not known.", unit=DAY),
        "effect": Field("What came of the initiative, in one sentence; never demanded."),
        "central": Field("Id of the central initiative."),
        "phase": Field("The phase of the work in which they took part."),
        "who": Field("Those who took part: at least one group, each once."),
        "sentence": Field("More about it, in one sentence; never demanded."),
        "text": Field("What was learnt."),
        "tags": Field("Words by which other sectors find it."),
        "status": Field("Whether the initiative goes as planned, may not, or does not."),
        "reason": REASON,
    },
)
