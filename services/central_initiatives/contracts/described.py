"""What each event of the central initiatives service means, and each of its fields: published in the contracts."""

from shared.contracts.meaning import DAY, KRONER, REASON, Field, Happening, Meanings

MEANINGS = Meanings(
    events={
        "samtidig.action-plan.drafted.v1": Happening("The action plan of a year was begun, without areas as yet."),
        "samtidig.action-plan.area-added.v1": Happening(
            "An area was added to an action plan, after those that it has.",
            fields={"name": Field("Name of the area. No other area of the plan has it, whatever its capitals.")},
        ),
        "samtidig.action-plan.renamed.v1": Happening("An action plan got another title.", since="1.1"),
        "samtidig.action-plan.budget-framed.v1": Happening(
            "The money of a year's action plan was set, for the first time or anew. Both frames are told.", since="1.1"
        ),
        "samtidig.action-plan.discussed.v1": Happening(
            "An action plan was discussed with the employees' organisations (Hovedavtalen § 14 f).", since="1.1"
        ),
        "samtidig.action-plan.adopted.v1": Happening(
            "An action plan was adopted: it is what the city means to do in that year.", since="1.1"
        ),
        "samtidig.action-plan.closed.v1": Happening(
            "The year of an action plan was closed. It takes no more areas or initiatives.", since="1.1"
        ),
        "samtidig.central-initiative.planned.v1": Happening(
            "A central initiative was put into an action plan. Its period may be unknown as yet."
        ),
        "samtidig.central-initiative.revised.v1": Happening(
            "What a central initiative says was changed. The event carries the whole of it, also the fields that stay"
            " as they were; not its period, which is rescheduled."
        ),
        "samtidig.central-initiative.rescheduled.v1": Happening(
            "The planned period of a central initiative was changed. Both periods are told."
        ),
        "samtidig.central-initiative.goals-linked.v1": Happening(
            "A central initiative was linked to other goals than before. The event names all that it has now.",
            since="1.1",
        ),
        "samtidig.central-initiative.budget-changed.v1": Happening(
            "The money set aside for a central initiative was changed. Both sums are told.", since="1.1"
        ),
        "samtidig.central-initiative.started.v1": Happening("Work on a central initiative began."),
        "samtidig.central-initiative.completed.v1": Happening("A central initiative was carried through to its end."),
        "samtidig.central-initiative.cancelled.v1": Happening(
            "A central initiative was given up, before or after it started."
        ),
        "samtidig.central-initiative.status-reported.v1": Happening(
            "Those who work on a central initiative told how it goes; nobody demands it.", since="1.1"
        ),
    },
    fields={
        "year": Field("The calendar year of the plan, which has one plan and no other.", unit="year"),
        "plan_year": Field("The year of the action plan that the initiative stands in.", unit="year"),
        "area": Field("Name of the area of that plan under which the initiative stands, in the plan's own spelling."),
        "external_id": Field("The initiative's name in its owner's own lists, set once; its id follows from it."),
        "title": Field("Title of the plan or of the initiative."),
        "description": Field("What is to be done, in more words."),
        "goals": Field("Ids of the goals that the initiative is to contribute to."),
        "audiences": Field("For whom the initiative is."),
        "responsible": Field("The role or the unit that answers for the initiative; never a person."),
        "start": Field("First planned day; null: not known.", unit=DAY),
        "end": Field("Last planned day; null: not known.", unit=DAY),
        "previous_start": Field("First planned day until now; null: was not known.", unit=DAY),
        "previous_end": Field("Last planned day until now; null: was not known.", unit=DAY),
        "amount": Field("The frame for all initiatives of the plan together.", unit=KRONER),
        "previous_amount": Field("The frame until now; null: there was none.", unit=KRONER),
        "budget": Field("What is set aside for the initiative; null: nothing.", unit=KRONER, since="1.1"),
        "previous_budget": Field("What was set aside until now; null: nothing.", unit=KRONER),
        "organisations": Field("The organisations that it was discussed with."),
        "status": Field("Whether the initiative goes as planned, may not, or does not."),
        "sentence": Field("More about it, in one sentence; never demanded."),
        "on": Field("The day on which it happened.", unit=DAY),
        "effect": Field("What came of the initiative, in one sentence; never demanded."),
        "reason": REASON,
    },
)
