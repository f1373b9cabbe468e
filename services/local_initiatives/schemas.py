"""What HTTP may say to the local initiatives service. Mandatory: names, titles and sectors, nothing else."""

from typing import Any, get_args

from marshmallow import ValidationError, fields, validates_schema

from services.local_initiatives.domain import agency, sector
from services.local_initiatives.domain.initiative import (
    Anchor,
    Complete,
    Dialogue,
    Discontinue,
    Propose,
    Reschedule,
    Revise,
    Schedule,
    Start,
    Status,
    Support,
)
from services.local_initiatives.domain.registry import well_formed
from shared.fields import LINE, PROSE, TITLE, Choice, Reference, Schema, Several, Text
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, CommandSchema, HappenedSchema, PeriodSchema

DIALOGUES = get_args(Dialogue)
STATUSES = get_args(Status)


class CodeSchema(CommandSchema):
    code = Text(required=True, metadata={"description": "its short name, set once; without : ; | /"})

    @validates_schema(skip_on_field_errors=False)
    def may_name_it(self, data: dict[str, Any], **_: Any) -> None:
        if "code" in data and not well_formed(data["code"]):
            raise ValidationError("code-malformed", "code")


# Sectors and agencies


class RegisterSectorSchema(CodeSchema):
    makes = sector.Register

    name = Text(required=True)


class RenameSectorSchema(CommandSchema):
    makes = sector.Rename

    name = Text(required=True)


class RegisterAgencySchema(CodeSchema):
    makes = agency.Register

    name = Text(required=True)
    sector = Reference("sector", required=True)


class RenameAgencySchema(CommandSchema):
    makes = agency.Rename

    name = Text(required=True)


# Initiatives


class ProposeSchema(CommandSchema):
    makes = Propose

    external_id = Text(allow_none=True, metadata={"description": "its name in the sector's own lists, set once"})
    sector = Reference("sector", required=True)
    agency = Reference("agency", allow_none=True)
    title = Text(TITLE, required=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    supports = Several(Reference("central-initiative"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    agency = Reference("agency", allow_none=True)
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})


class AnchorSchema(HappenedSchema):
    makes = Anchor

    where = Choice(DIALOGUES, required=True)


class ScheduleSchema(PeriodSchema):
    makes = Schedule


class RescheduleSchema(ChangeSchema, PeriodSchema):
    """What is not named stays as it is; null takes the day away."""

    makes = Reschedule


class StartSchema(HappenedSchema):
    makes = Start


class CompleteSchema(HappenedSchema):
    makes = Complete

    effect = Text(PROSE, allow_none=True, metadata={"description": "what came of it"})


class DiscontinueSchema(HappenedSchema):
    makes = Discontinue


class SupportSchema(CommandSchema):
    makes = Support

    central = Reference("central-initiative", required=True)


# Queries


class AgencyFilterSchema(SearchSchema):
    sector = Reference("sector", load_default=None)


class InitiativeFilterSchema(SearchSchema):
    status = Choice(STATUSES, load_default=None)
    sector = Reference("sector", load_default=None)
    agency = Reference("agency", load_default=None)
    goal = Reference("goal", load_default=None)


# Answers


class SectorSchema(Schema):
    """A sector as it stands."""

    id = fields.UUID()
    code = Text()
    name = Text()
    version = fields.Integer()
    changed_at = fields.DateTime()


class AgencySchema(SectorSchema):
    """An agency as it stands."""

    sector = fields.UUID()


class InitiativeSchema(Schema):
    """A local initiative as it stands. `start` and `end` are planned; `started_on` and `finished_on` what happened."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    sector = fields.UUID()
    agency = fields.UUID(allow_none=True)
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = fields.List(fields.UUID())
    supports = fields.List(fields.UUID())
    responsible = Text(allow_none=True)
    start = fields.Date(allow_none=True)
    end = fields.Date(allow_none=True)
    status = Choice(STATUSES)
    anchored_where = Choice(DIALOGUES, allow_none=True)
    anchored_on = fields.Date(allow_none=True)
    started_on = fields.Date(allow_none=True)
    finished_on = fields.Date(allow_none=True)
    effect = Text(PROSE, allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()
