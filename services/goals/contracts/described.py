"""What each event of the goals service means, and each of its fields: published in the contracts."""

from shared.contracts.meaning import DAY, REASON, Field, Happening, Meanings

MEANINGS = Meanings(
    events={
        "samtidig.goal.proposed.v1": Happening("A goal was proposed. It does not hold until it is adopted."),
        "samtidig.goal.revised.v1": Happening(
            "What a goal says was changed. The event carries the whole of it, also the fields that stay as they were."
        ),
        "samtidig.goal.adopted.v1": Happening("A proposed goal was adopted: the city works towards it from now on."),
        "samtidig.goal.retired.v1": Happening(
            "A goal was retired, whether it was adopted or only proposed. It is kept, with its history."
        ),
        "samtidig.goal.effect-observed.v1": Happening(
            "Somebody saw an effect of a goal and wrote it down in one sentence. There may be several of one goal.",
            since="1.1",
        ),
    },
    fields={
        "external_id": Field("The goal's name in its owner's own lists, set once; its id follows from it."),
        "title": Field("The goal in one sentence."),
        "kind": Field(
            "Purpose: why the city manages by trust. Characteristic: what trust-based management is known by."
            " Objective: what is to be achieved on the way."
        ),
        "code": Field("What the goal is called in plans and tables."),
        "description": Field("What the goal is about, in more words."),
        "expected_effect": Field("What is expected to be different when the goal is reached. An adopted goal has it."),
        "parent": Field("Id of the goal that this one is a part of."),
        "effect": Field("What was seen, in one sentence. No indicator is demanded."),
        "on": Field("The day on which the effect was observed.", unit=DAY),
        "reason": REASON,
    },
)
