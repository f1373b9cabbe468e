"""What the timeline answers, for its OpenAPI description: the rows of its questions, field by field.

Rows go out as they are read, but for what is ours alone (`paging.public`); these schemas describe them and write none
of them. schemathesis holds the two together (`tests/fuzz`).
"""

from typing import Any

from marshmallow import fields

from shared.fields import Schema

PERIODS = "runs of inclusive days, `[first, last]` each"


def _day(about: str, *, known: bool = False) -> fields.Date:
    """An inclusive calendar day, Europe/Oslo; null where it is not known."""
    return fields.Date(allow_none=not known, metadata={"description": about})


def _number(about: str, **options: Any) -> fields.Integer:
    return fields.Integer(metadata={"description": about}, **options)


def _text(about: str = "") -> fields.String:
    return fields.String(allow_none=True, metadata={"description": about} if about else {})


def _id(about: str, *, known: bool = True) -> fields.UUID:
    return fields.UUID(allow_none=not known, metadata={"description": about})


def _ids(about: str) -> fields.List[Any]:
    return fields.List(fields.UUID(), metadata={"description": about})


def _periods(about: str) -> fields.List[Any]:
    return fields.List(
        fields.List(fields.Date(allow_none=True)), allow_none=True, metadata={"description": f"{about}: {PERIODS}"}
    )


class WindowSchema(Schema):
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")


class ViewSchema(Schema):
    """What was looked at: every answer repeats it."""

    window = fields.Nested(WindowSchema)
    basis = fields.String(
        metadata={"description": "`planned`, or `actual`: what happened, and the plan where nothing has"}
    )
    known_on = _day("as it was known at the end of this day; null: now")


# The matrix


class TotalsSchema(Schema):
    central = _number("central initiatives in the window")
    central_together = _number("those that have a related local one")
    central_concurrent = _number("those that have one at the same time")
    local = _number("local initiatives in the window")
    undated_central = _number("central initiatives without a period")
    undated_local = _number("local initiatives without a period")
    without_goal = _number("initiatives that have no goal")
    open = _number("initiatives of which one end is not known")


class GoalRowSchema(Schema):
    """Only the id is known of a goal that initiatives refer to and nobody has told of."""

    id = _id("of the goal")
    external_id = _text()
    title = _text()
    kind = _text("`purpose`, `characteristic` or `objective`")
    status = _text("`proposed`, `adopted` or `retired`")


class SectorRowSchema(Schema):
    id = _id("of the sector")
    code = _text()
    name = _text()


class CellSchema(Schema):
    """A goal in a sector."""

    goal = _id("of the goal")
    sector = _id("of the sector; null: all sectors together", known=False)
    state = fields.String(metadata={"description": "`together`, `apart`, `central_only`, `local_only` or `none`"})
    central = _number("central initiatives")
    local = _number("local initiatives")
    undated = _number("local initiatives without a period")
    central_days = _number("days on which a central one runs")
    local_days = _number("days on which a local one runs")
    both_days = _number("days on which both do")
    degree = fields.Float(allow_none=True, metadata={"description": "both days / days of either, 0 to 1"})
    coverage = fields.Float(allow_none=True, metadata={"description": "both days / central days, 0 to 1"})
    central_periods = _periods("when a central one runs")
    local_periods = _periods("when a local one runs")
    both_periods = _periods("when both do")


class MatrixSchema(ViewSchema):
    totals = fields.Nested(TotalsSchema)
    goals = fields.List(fields.Nested(GoalRowSchema))
    sectors = fields.List(fields.Nested(SectorRowSchema))
    cells = fields.List(fields.Nested(CellSchema))


# The year


class HeadlineSchema(Schema):
    """The plan's sentence for one sector, or for all together."""

    sector = _id("of the sector; null: all sectors together", known=False)
    code = _text()
    name = _text()
    central = _number("central initiatives in the window, whatever the sector")
    central_days = _number("days on which any of them runs")
    central_together = _number("those that a local initiative of the sector is related to")
    central_concurrent = _number("those that one shares a day with")
    both_days = _number("days on which a central one and a related local one both run")
    local = _number("local initiatives in the window")
    undated_local = _number("local initiatives without a period")


class YearSchema(ViewSchema):
    headlines = fields.List(fields.Nested(HeadlineSchema), metadata={"description": "all sectors together come first"})


# The bars


class BarSchema(Schema):
    """An initiative on the timeline."""

    id = _id("of the initiative")
    external_id = _text()
    lane = fields.String(metadata={"description": "`central` or `local`"})
    sector = _id("of a local one", known=False)
    sector_code = _text()
    agency = _text("its name")
    title = _text()
    area = _text("of the action plan, for a central one")
    plan_year = _number("of the action plan, for a central one", allow_none=True)
    goals = _ids("of the goals that it contributes to")
    supports = _ids("of the central initiatives that a local one supports")
    status = _text()
    start = _day("first day, on the basis that was asked for")
    end = _day("last day")
    planned_start = _day("first planned day")
    planned_end = _day("last planned day")
    actual_start = _day("the day on which it started")
    actual_end = _day("the day on which it ended")
    shown_from = _day("first day inside the window")
    shown_to = _day("last day inside the window")
    undated = fields.Boolean(metadata={"description": "it has no period"})
    open_start = fields.Boolean(metadata={"description": "its first day is not known"})
    open_end = fields.Boolean(metadata={"description": "its last day is not known"})
    common = _periods("days that it shares with related ones of the other side")


class ActivitySchema(Schema):
    id = _id("of the communication activity")
    external_id = _text()
    title = _text()
    audiences = fields.List(fields.String())
    channel = _text()
    goals = _ids("of the goals that it is about")
    status = _text()
    start = _day("first planned day")
    end = _day("last planned day")
    published_on = _day("the day on which it was published")
    undated = fields.Boolean(metadata={"description": "it has no period"})


class TimelineSchema(ViewSchema):
    items = fields.List(fields.Nested(BarSchema))
    activities = fields.List(fields.Nested(ActivitySchema), metadata={"description": "with the first page only"})
    next = _text("cursor of the following page; null on the last")


# One initiative


class SourceSchema(Schema):
    """The event that said, the newest, what a verdict rests on."""

    says = fields.String(
        metadata={
            "description": "`planned`: the planned period, `started`, `ended`, `goal`: that it contributes to a goal, "
            "`support`: that it supports a central initiative"
        }
    )
    about = _id("of the goal or the central initiative", known=False)
    version = _number("of the stream, whose id is that of the initiative")
    event = _id("of the event")
    type = _text("wire type of the event")
    recorded_at = fields.DateTime()
    actor = _text("the role or unit that acted, where it was said")
    reason = _text()


def _sources() -> fields.List[Any]:
    return fields.List(
        fields.Nested(SourceSchema), metadata={"description": "the events that its part of the verdicts rests on"}
    )


def _period_rule() -> fields.String:
    return fields.String(
        metadata={
            "description": "which days count: `planned` (this basis), `not_started` (the planned ones), `started` "
            "(from the actual start to the planned end), `open` (started, no planned end), `overtaken` (started after "
            "the planned end: open), `ended` (the actual ones), `undated`, `stopped` before it started"
        }
    )


class InitiativeSchema(Schema):
    id = _id("of the initiative")
    external_id = _text()
    sector = _id("of a local one", known=False)
    sector_code = _text()
    sector_name = _text()
    agency = _text("its name")
    plan_year = _number("of the action plan, for a central one", allow_none=True)
    area = _text("of the action plan, for a central one")
    title = _text()
    description = _text()
    responsible = _text("a role or a unit")
    goals = _ids("of the goals that it contributes to")
    supports = _ids("of the central initiatives that a local one supports")
    audiences = fields.List(fields.String(), allow_none=True)
    status = _text()
    anchored = fields.Raw(allow_none=True, metadata={"description": "in which dialogues, for a local one"})
    planned_start = _day("first planned day")
    planned_end = _day("last planned day")
    actual_start = _day("the day on which it started")
    actual_end = _day("the day on which it ended")
    start = _day("first day, on the basis that was asked for")
    end = _day("last day")
    shown_from = _day("first day inside the window")
    shown_to = _day("last day inside the window")
    period_rule = _period_rule()
    undated = fields.Boolean(metadata={"description": "it has no period"})
    open_start = fields.Boolean(metadata={"description": "its first day is not known"})
    open_end = fields.Boolean(metadata={"description": "its last day is not known"})
    withdrawn = fields.Boolean(metadata={"description": "it was given up before it started"})
    version = _number("version of its stream that this is")
    sources = _sources()


class RelatedSchema(Schema):
    """An initiative of the other side, with the verdict on the two."""

    id = _id("of the other")
    external_id = _text()
    title = _text()
    sector = _id("of a local one", known=False)
    sector_code = _text()
    status = _text()
    planned_start = _day("first planned day")
    planned_end = _day("last planned day")
    actual_start = _day("the day on which it started")
    actual_end = _day("the day on which it ended")
    start = _day("first day, on the basis that was asked for")
    end = _day("last day")
    shown_from = _day("first day inside the window")
    shown_to = _day("last day inside the window")
    period_rule = _period_rule()
    basis = fields.String(metadata={"description": "why they are related: `goal`, `support` or `both`"})
    shared_goals = _ids("of the goals that both contribute to")
    verdict = fields.String(
        metadata={"description": "`concurrent`, `adjacent`, `sequential`, `outside` the window, or `undated`"}
    )
    common_from = _day("first day that they share")
    common_to = _day("last day that they share")
    days = _number("days that they share", allow_none=True)
    share = fields.Float(allow_none=True, metadata={"description": "shared days / days of the shorter one, 0 to 1"})
    days_between = _number("days between the two", allow_none=True)
    smallest_move = _number(
        "days by which to move the local one so that they share a day; negative: earlier", allow_none=True
    )
    sources = _sources()


class ChangedSchema(Schema):
    field = fields.String(metadata={"description": "`title`, `goals`, `planned_start` and so on"})
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class RecordedSchema(Schema):
    version = _number("of its stream")
    event = _id("of the event", known=False)
    type = _text("wire type of the event")
    recorded_at = fields.DateTime()
    actor = _text("the role or unit that acted, where it was said")
    reason = _text()
    kind = fields.String(metadata={"description": "`change`, `participation`, `learning` or `report`"})
    title = _text("from then on, where the event changed the initiative")
    status = _text()
    planned_start = _day("first planned day, from then on")
    planned_end = _day("last planned day, from then on")
    actual_start = _day("the day on which it started")
    actual_end = _day("the day on which it ended")
    fields_ = fields.List(
        fields.Nested(ChangedSchema),
        data_key="fields",
        metadata={"description": "what the event changed; of the first one, all that it said"},
    )
    moved = fields.Boolean(metadata={"description": "whether it gave another planned period to what had one"})
    told = fields.Raw(
        allow_none=True,
        metadata={"description": "what an event tells that changed nothing: who took part, what was learnt, a report"},
    )


class FeedbackSchema(Schema):
    on = _day("the day on which it came")
    audience = _text("from whom")
    text = fields.String()


class RelatedTotalSchema(Schema):
    """How many related ones there are on all pages."""

    concurrent = _number("those that share a day with it")
    not_concurrent = _number("those that share none: `adjacent` or `sequential`")
    other = _number("those of which one has no day in the window, or no date: `outside` or `undated`")


class CommunicationSchema(Schema):
    """A communication activity that names the initiative."""

    id = _id("of the communication activity")
    external_id = _text()
    title = _text()
    audiences = fields.List(fields.String())
    channel = _text()
    status = _text()
    start = _day("first planned day")
    end = _day("last planned day")
    published_on = _day("the day on which it was published")
    feedback = fields.List(fields.Nested(FeedbackSchema))


class EffectSchema(Schema):
    """An effect that was observed of a goal."""

    goal = _id("of the goal")
    effect = fields.String()
    observed_on = _day("the day on which it was observed")
    version = _number("of the goal's stream")
    event = _id("of the event")
    type = _text("wire type of the event")
    recorded_at = fields.DateTime()
    actor = _text("the role or unit that acted, where it was said")
    reason = _text()


class OneInitiativeSchema(ViewSchema):
    initiative = fields.Nested(InitiativeSchema)
    related = fields.List(
        fields.Nested(RelatedSchema), metadata={"description": "the most shared days first, then the nearest"}
    )
    related_total = fields.Nested(RelatedTotalSchema)
    next = _text("cursor of the following page of related ones; null on the last")
    rule = fields.String(metadata={"description": "how the verdicts are reached"})
    history = fields.List(fields.Nested(RecordedSchema))
    communication = fields.List(fields.Nested(CommunicationSchema))
    effects = fields.List(
        fields.Nested(EffectSchema), metadata={"description": "observed of the initiative's goals, the newest first"}
    )


# Gaps


class NearestSchema(Schema):
    id = _id("of the initiative")
    title = _text()
    external_id = _text()
    sector = _id("of a local one", known=False)
    start = _day("first day")
    end = _day("last day")


class GapSchema(Schema):
    """A run of days on which only one side works for a goal in a sector."""

    goal = _id("of the goal")
    sector = _id("of the sector; null: all sectors together", known=False)
    kind = fields.String(metadata={"description": "`central_only` or `local_only`"})
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")
    days = _number("how many")
    nearest = fields.Nested(
        NearestSchema, allow_none=True, metadata={"description": "the initiative of the other side that is nearest"}
    )
    edge = fields.Nested(
        NearestSchema,
        allow_none=True,
        metadata={"description": "of a `local_only` gap: the local initiative at the edge that faces the nearest one"},
    )
    move = _number(
        "days by which to move the local side (the nearest one of a `central_only` gap, the edge of a `local_only` "
        "one) so that both work on one day of it; negative: earlier",
        allow_none=True,
    )
    common_days = _number("of the window on which both sides work for the goal in the sector")
    common_days_after = _number("the same if the move were made: more, as many or fewer", allow_none=True)


class GapListSchema(ViewSchema):
    gaps = fields.List(fields.Nested(GapSchema))
    total = _number("of all gaps that were asked for")
    next = _text("cursor of the following page; null on the last")


# Changes


class DifferenceSchema(Schema):
    field = fields.String(metadata={"description": "`title`, `goals`, `supports`, `status`, `agency` and so on"})
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class EventSchema(Schema):
    """An event between the two days."""

    version = _number("of its stream")
    event = _id("of the event")
    type = _text("wire type of the event")
    recorded_at = fields.DateTime()
    reason = _text()


class ChangeSchema(Schema):
    """What is otherwise known of an initiative on the later day than on the earlier one."""

    id = _id("of the initiative")
    external_id = _text()
    title = _text("on the later day")
    sector = _id("of a local one", known=False)
    sector_code = _text()
    kind = fields.String(metadata={"description": "`added`, `moved`, `removed` or `changed`: the first that holds"})
    is_new = fields.Boolean(metadata={"description": "nothing was known of it on the earlier day"})
    old_start = _day("first day, as it was known then")
    old_end = _day("last day, as it was known then")
    new_start = _day("first day, as it was known later; of a removed one, the planned day")
    new_end = _day("last day, as it was known later; of a removed one, the planned day")
    fields_ = fields.List(
        fields.Nested(DifferenceSchema), data_key="fields", metadata={"description": "what else differs"}
    )
    events = fields.List(fields.Nested(EventSchema), metadata={"description": "between the two days, the oldest first"})


class CountsSchema(Schema):
    added = _number("initiatives that were not known then")
    moved = _number("initiatives with another period")
    removed = _number("initiatives that were stopped before they started")
    changed = _number("initiatives of which something else differs")


class ChangeListSchema(ViewSchema):
    from_known = _day("the earlier of the two days, as of whose ends things were known", known=True)
    to_known = _day("the later one; null: now")
    before = fields.Nested(TotalsSchema)
    after = fields.Nested(TotalsSchema)
    counts = fields.Nested(CountsSchema)
    changes = fields.List(fields.Nested(ChangeSchema))
    next = _text("cursor of the following page; null on the last")


# The plan of a year


class PlanDiscussionSchema(Schema):
    on = _day("when the plan was discussed")
    organisations = fields.List(fields.String())


class PlanSchema(Schema):
    id = _id("of the plan: its stream")
    version = _number("of its stream")
    year = _number("the plan's")
    title = _text()
    areas = fields.List(fields.String(), metadata={"description": "in the order in which they were added"})
    frame = _number("whole kroner; null: none was set", allow_none=True)
    allocated = _number("whole kroner: the budgets of all its initiatives that are not cancelled")
    status = fields.String(metadata={"description": "`drafted`, `adopted` or `closed`"})
    adopted_on = _day("the day on which it was adopted")
    closed_on = _day("the day on which it was closed")
    discussions = fields.List(fields.Nested(PlanDiscussionSchema))


class AdoptionSchema(Schema):
    """The event by which a plan was adopted; the report that was frozen by it is at the central initiatives service."""

    stream = _id("of the plan")
    version = _number("of its stream")
    event = _id("of the event")
    type = fields.String(metadata={"description": "wire type of the event"})
    recorded_at = fields.DateTime()
    actor = _text("the role or unit that acted, where it was said")
    reason = _text()
    adopted_on = _day("the day on which it was adopted")


class PlannedSchema(Schema):
    """A central initiative of the plan, and what local work meets it in the plan's year."""

    id = _id("of the initiative")
    version = _number("of its stream")
    external_id = _text()
    title = _text()
    description = _text()
    area = _text("of the plan, or one that the plan does not have")
    goals = _ids("of the goals that it contributes to")
    audiences = fields.List(fields.String())
    responsible = _text()
    budget = _number("whole kroner; null: none is set aside", allow_none=True)
    status = _text()
    effect = _text("what came of it, told when it was completed")
    planned_start = _day("first planned day")
    planned_end = _day("last planned day")
    actual_start = _day("the day on which it started")
    actual_end = _day("the day on which it ended")
    start = _day("first day, on the basis that was asked for")
    end = _day("last day")
    shown_from = _day("first day inside the year")
    shown_to = _day("last day inside the year")
    meeting = fields.String(
        metadata={"description": "`concurrent`, `apart`, `alone`; or not counted: `undated`, `outside`, `withdrawn`"}
    )
    sectors = _number("in which there are related local initiatives")
    concurrent_sectors = _number("in which one of them works at the same time")
    common_days = _number("of the year on which a related local initiative works too")
    common = _periods("those days")
    reported_status = _text("how it was last said to be getting on: `on_track`, `at_risk` or `off_track`")
    reported_sentence = _text()
    reported_at = fields.DateTime(allow_none=True)


class ObservedSchema(Schema):
    effect = fields.String()
    on = _day("when it was seen")
    event = _id("of the event")


class PlanGoalSchema(GoalRowSchema):
    expected_effect = _text()
    observed = fields.List(fields.Nested(ObservedSchema))


class PlanEventSchema(Schema):
    """An event of the plan itself after its adoption, and the plan after it."""

    version = _number("of its stream")
    event = _id("of the event")
    type = fields.String(metadata={"description": "wire type of the event"})
    recorded_at = fields.DateTime()
    actor = _text()
    reason = _text()
    title = _text()
    areas = fields.List(fields.String())
    frame = _number("whole kroner", allow_none=True)


class SinceAdoptionSchema(Schema):
    counts = fields.Nested(CountsSchema)
    changes = fields.List(fields.Nested(ChangeSchema))
    events = fields.List(fields.Nested(PlanEventSchema))
    next = _text("cursor of the following page of the changes; null on the last")


class PlanAnswerSchema(ViewSchema):
    """As adopted, the moment whose knowledge counts is that of the adoption, and `known_on` is null."""

    as_adopted = fields.Boolean()
    plan = fields.Nested(
        PlanSchema, allow_none=True, metadata={"description": "null where nobody has told of the plan of initiatives"}
    )
    adoption = fields.Nested(AdoptionSchema, allow_none=True, metadata={"description": "null where it is not adopted"})
    initiatives = fields.List(fields.Nested(PlannedSchema))
    goals = fields.List(
        fields.Nested(PlanGoalSchema), metadata={"description": "those of the initiatives that somebody has told of"}
    )
    since_adoption = fields.Nested(
        SinceAdoptionSchema,
        allow_none=True,
        metadata={"description": "how the plan differs from the adopted one; null where it is not adopted"},
    )


# Learning


class TagSchema(Schema):
    tag = fields.String()
    learnings = _number("how many have it, of those that were asked for")


class LearningSchema(Schema):
    """What a local initiative shared, with what the initiative is."""

    initiative = _id("of the initiative")
    external_id = _text()
    title = _text("of the initiative")
    sector = _id("of the initiative")
    sector_code = _text()
    sector_name = _text()
    agency = _text("its name")
    goals = _ids("that the initiative contributes to")
    text = _text()
    tags = fields.List(fields.String())
    version = _number("of the initiative's stream")
    event = _id("of the event")
    type = _text("wire type of the event")
    recorded_at = fields.DateTime()
    actor = _text("the role or unit that shared it, where it was said")
    reason = _text()


class LearningListSchema(Schema):
    known_on = _day("as it was known at the end of this day; null: now")
    total = _number("of all learnings that were asked for")
    tags = fields.List(fields.Nested(TagSchema), metadata={"description": "the commonest of their tags"})
    learnings = fields.List(fields.Nested(LearningSchema))
    next = _text("cursor of the following page; null on the last")


# What if


class SupposedSchema(Schema):
    change = fields.String(metadata={"description": "`move`, `drop` or `add`"})
    id = _id("of the initiative; null for one that is added", known=False)
    title = _text()
    sector = _id("of a local one; null: central", known=False)
    goal = _id("of one that is added", known=False)
    old_start = _day("first day, as it is known")
    old_end = _day("last day, as it is known")
    start = _day("first day in the scenario")
    end = _day("last day in the scenario")


class StateSchema(Schema):
    totals = fields.Nested(TotalsSchema)
    cells = fields.List(fields.Nested(CellSchema))


class WhatIfSchema(ViewSchema):
    changes = fields.List(fields.Nested(SupposedSchema))
    before = fields.Nested(StateSchema)
    after = fields.Nested(StateSchema)


# How fresh it is


class FreshnessSchema(Schema):
    topic = fields.String()
    newest = fields.DateTime(allow_none=True, metadata={"description": "when the newest event that was read happened"})
    caught_up = fields.DateTime(allow_none=True, metadata={"description": "when the end of the topic was last reached"})
    waiting = _number("events that were not read yet")
    seconds = fields.Float(allow_none=True, metadata={"description": "since the end was last reached"})


class ParkedSchema(Schema):
    why = fields.String()
    events = _number("how many were set aside")
    streams = _number("of how many items")


class StatusSchema(Schema):
    topics = fields.List(fields.Nested(FreshnessSchema))
    parked = fields.List(fields.Nested(ParkedSchema))
