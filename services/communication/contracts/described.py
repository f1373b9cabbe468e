"""What each event of the communication service means, and each of its fields: published in the contracts."""

from shared.contracts.meaning import DAY, REASON, Field, Happening, Meanings

MEANINGS = Meanings(
    events={
        "samtidig.communication-activity.planned.v1": Happening(
            "A communication activity was planned. Its period may be unknown as yet."
        ),
        "samtidig.communication-activity.revised.v1": Happening(
            "What a communication activity says was changed. The event carries the whole of it, also the fields that"
            " stay as they were; not its period, which is rescheduled."
        ),
        "samtidig.communication-activity.rescheduled.v1": Happening(
            "The planned period of a communication activity was changed. Both periods are told."
        ),
        "samtidig.communication-activity.published.v1": Happening(
            "A communication activity was carried out: it was published, or held."
        ),
        "samtidig.communication-activity.withdrawn.v1": Happening(
            "A communication activity was withdrawn: what was planned is not going to be published, what was published"
            " is not told any more.",
            since="1.1",
        ),
        "samtidig.communication-activity.feedback-received.v1": Happening(
            "Somebody said something to a communication activity, and it was written down without saying who.",
            since="1.1",
        ),
    },
    fields={
        "external_id": Field("The activity's name in its owner's own lists, set once; its id follows from it."),
        "title": Field("Title of the activity."),
        "audiences": Field("Who is told."),
        "channel": Field("Through which channel: a gathering, a newsletter, a web page."),
        "start": Field("First planned day; null: not known.", unit=DAY),
        "end": Field("Last planned day; null: not known.", unit=DAY),
        "previous_start": Field("First planned day until now; null: was not known.", unit=DAY),
        "previous_end": Field("Last planned day until now; null: was not known.", unit=DAY),
        "goals": Field("Ids of the goals that the activity is about."),
        "central_initiatives": Field("Ids of the central initiatives that the activity is about."),
        "local_initiatives": Field("Ids of the local initiatives that the activity is about."),
        "on": Field("The day on which it happened.", unit=DAY),
        "text": Field("What was said."),
        "audience": Field("Of which audience those are who said it; null: not known."),
        "reason": REASON,
    },
)
