"""What HTTP may say to the communication service. Mandatory: a title, nothing else."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow import ValidationError, fields, validates_schema

from services.communication.domain import (
    Audience,
    Plan,
    Publish,
    ReceiveFeedback,
    Reschedule,
    Revise,
    Status,
    Withdraw,
)
from shared import identity
from shared.decider import in_order
from shared.fields import PROSE, TITLE, Choice, Day, Reference, Schema, Several, Text
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, HappenedSchema, PeriodSchema

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)


class PlanSchema(PeriodSchema):
    makes = Plan

    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    title = Text(TITLE, required=True)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    title = Text(TITLE)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )


class RescheduleSchema(ChangeSchema, PeriodSchema):
    """A day that is not named stays as it is; null says that it is not known any more."""

    makes = Reschedule


class PublishSchema(HappenedSchema):
    makes = Publish


class WithdrawSchema(HappenedSchema):
    makes = Withdraw


class ReceiveFeedbackSchema(HappenedSchema):
    """One sentence; answers are not counted."""

    makes = ReceiveFeedback

    text = Text(PROSE, required=True, metadata={"description": "one sentence"})
    audience = Choice(AUDIENCES, allow_none=True, metadata={"description": "who gave it, where that is known"})


class Initiative(Text):
    """A central or a local initiative by its id, or by its external id: `<sector code>:<external id>` for a local one.

    Gives both ids that a name may stand for: nothing is asked of the services that own them.
    """

    def deserialize(self, *given: Any, **options: Any) -> Any:
        written = super().deserialize(*given, **options)
        return written and [identity.resolve(kind, written) for kind in ("central-initiative", "local-initiative")]


class FilterSchema(SearchSchema):
    """What a list of activities may be narrowed to."""

    status = Choice(STATUSES, load_default=None)
    audience = Choice(AUDIENCES, load_default=None)
    channel = Text(load_default=None, metadata={"description": "the whole name; capitals or not"})
    goal = Reference("goal", load_default=None)
    initiative = Initiative(
        load_default=None,
        metadata={"description": "id of a central or local initiative, external id, or <sector code>:<external id>"},
    )
    from_ = Day(
        data_key="from", load_default=None, metadata={"description": "planned or published on this day or later"}
    )
    to = Day(load_default=None, metadata={"description": "planned or published on this day or before"})

    @validates_schema
    def days_in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if not in_order(data.get("from_"), data.get("to")):
            raise ValidationError("end-before-start", "to")


class FeedbackSchema(Schema):
    """What was said to an activity."""

    on = Day()
    audience = Choice(AUDIENCES, allow_none=True)
    text = Text(PROSE)


class ActivitySchema(Schema):
    """A communication activity as it stands."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    title = Text(TITLE)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    start = Day(allow_none=True)
    end = Day(allow_none=True)
    goals = Several(fields.UUID())
    central_initiatives = Several(fields.UUID())
    local_initiatives = Several(fields.UUID())
    status = Choice(STATUSES)
    published_on = Day(allow_none=True)
    withdrawn_on = Day(allow_none=True)
    feedback = fields.List(fields.Nested(FeedbackSchema), metadata={"description": "the latest first"})
    version = fields.Integer()
    changed_at = fields.DateTime()
