"""What HTTP may say to the local initiatives service. Mandatory: names, titles and sectors, nothing else."""

from typing import Any, get_args

from marshmallow import ValidationError, fields, post_load, validates_schema

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
    in_order,
)
from services.local_initiatives.domain.registry import well_formed
from shared.fields import LINE, PROSE, TITLE, Choice, Day, ReasonSchema, Reference, Schema, Several, Text
from shared.http import today

DIALOGUES = get_args(Dialogue)
STATUSES = get_args(Status)


class CodeSchema(ReasonSchema):
    code = Text(required=True, metadata={"description": "its short name, set once; without : ; | /"})

    @validates_schema(skip_on_field_errors=False)
    def may_name_it(self, data: dict[str, Any], **_: Any) -> None:
        if "code" in data and not well_formed(data["code"]):
            raise ValidationError("code-malformed", "code")


class OnSchema(ReasonSchema):
    on = Day(load_default=today, metadata={"description": "the day it happened; today, if it is not said"})


class PeriodSchema(ReasonSchema):
    """Inclusive days, each optional."""

    start = Day(allow_none=True)
    end = Day(allow_none=True)

    @validates_schema(skip_on_field_errors=False)
    def days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        if not in_order(data.get("start"), data.get("end")):
            raise ValidationError("end-before-start", "end")


# Sectors and agencies


class RegisterSectorSchema(CodeSchema):
    name = Text(required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> sector.Register:
        return sector.Register(**data)


class RenameSectorSchema(ReasonSchema):
    name = Text(required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> sector.Rename:
        return sector.Rename(**data)


class RegisterAgencySchema(CodeSchema):
    name = Text(required=True)
    sector = Reference("sector", required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> agency.Register:
        return agency.Register(**data)


class RenameAgencySchema(ReasonSchema):
    name = Text(required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> agency.Rename:
        return agency.Rename(**data)


# Initiatives


class ProposeSchema(ReasonSchema):
    external_id = Text(allow_none=True, metadata={"description": "its name in the sector's own lists, set once"})
    sector = Reference("sector", required=True)
    agency = Reference("agency", allow_none=True)
    title = Text(TITLE, required=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    supports = Several(Reference("central-initiative"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Propose:
        return Propose(**data)


class ReviseSchema(ReasonSchema):
    """What is not named stays as it is; null empties a field."""

    agency = Reference("agency", allow_none=True)
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Revise:
        reason = data.pop("reason", None)
        return Revise(data, reason)


class AnchorSchema(OnSchema):
    where = Choice(DIALOGUES, required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Anchor:
        return Anchor(**data)


class ScheduleSchema(PeriodSchema):
    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Schedule:
        return Schedule(**data)


class RescheduleSchema(PeriodSchema):
    """What is not named stays as it is; null takes the day away."""

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Reschedule:
        reason = data.pop("reason", None)
        return Reschedule(data, reason)


class StartSchema(OnSchema):
    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Start:
        return Start(**data)


class CompleteSchema(OnSchema):
    effect = Text(PROSE, allow_none=True, metadata={"description": "what came of it"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Complete:
        return Complete(**data)


class DiscontinueSchema(OnSchema):
    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Discontinue:
        return Discontinue(**data)


class SupportSchema(ReasonSchema):
    central = Reference("central-initiative", required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Support:
        return Support(**data)


# Queries


class AgencyFilterSchema(Schema):
    sector = Reference("sector", load_default=None)


class InitiativeFilterSchema(Schema):
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
