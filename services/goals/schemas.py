"""What HTTP may say to the goals service. Mandatory: a title and a kind, nothing else."""

from typing import get_args

from marshmallow import fields

from services.goals.domain import Adopt, Kind, ObserveEffect, Propose, Retire, Revise, Status
from shared.fields import PROSE, TITLE, Choice, Day, Reference, Schema, Text
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, CommandSchema, HappenedSchema

KINDS = get_args(Kind)
STATUSES = get_args(Status)


class ProposeSchema(CommandSchema):
    makes = Propose

    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    title = Text(TITLE, required=True)
    kind = Choice(KINDS, required=True)
    code = Text(allow_none=True)
    description = Text(PROSE, allow_none=True)
    expected_effect = Text(PROSE, allow_none=True)
    parent = Reference("goal", allow_none=True)


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    title = Text(TITLE)
    kind = Choice(KINDS)
    code = Text(allow_none=True)
    description = Text(PROSE, allow_none=True)
    expected_effect = Text(PROSE, allow_none=True)
    parent = Reference("goal", allow_none=True)


class AdoptSchema(CommandSchema):
    makes = Adopt


class RetireSchema(CommandSchema):
    makes = Retire


class ObserveEffectSchema(HappenedSchema):
    """One sentence and a day; no indicator is asked for."""

    makes = ObserveEffect

    effect = Text(PROSE, required=True, metadata={"description": "one sentence on what has come of the goal"})


class FilterSchema(SearchSchema):
    """What a list of goals may be narrowed to."""

    status = Choice(STATUSES, load_default=None)
    kind = Choice(KINDS, load_default=None)
    parent = Reference("goal", load_default=None)


class EffectSchema(Schema):
    """What was seen to have come of a goal."""

    on = Day()
    effect = Text(PROSE)


class GoalSchema(Schema):
    """A goal as it stands."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    title = Text(TITLE)
    kind = Choice(KINDS)
    code = Text(allow_none=True)
    description = Text(PROSE, allow_none=True)
    expected_effect = Text(PROSE, allow_none=True)
    parent = fields.UUID(allow_none=True)
    status = Choice(STATUSES)
    effects = fields.List(fields.Nested(EffectSchema), metadata={"description": "the latest first"})
    version = fields.Integer()
    changed_at = fields.DateTime()
