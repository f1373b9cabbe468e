"""What HTTP may say to the local initiatives service. Mandatory: names, titles and sectors, nothing else."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow import ValidationError, fields, validates_schema

from services.local_initiatives.domain import agency, sector
from services.local_initiatives.domain.initiative import (
    Anchor,
    Complete,
    Dialogue,
    Discontinue,
    Participant,
    Phase,
    Progress,
    Propose,
    RecordParticipation,
    ReportStatus,
    Reschedule,
    Revise,
    Schedule,
    ShareLearning,
    Start,
    Status,
    Support,
    WithdrawSupport,
)
from services.local_initiatives.domain.registry import well_formed
from shared.fields import LINE, PROSE, TITLE, Choice, Reference, Schema, Several, Text, Year
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, CommandSchema, HappenedSchema, PeriodSchema

DIALOGUES = get_args(Dialogue)
STATUSES = get_args(Status)
PHASES = get_args(Phase)
PARTICIPANTS = get_args(Participant)
PROGRESS = get_args(Progress)

TAG = 60
"""Characters of a tag: a word or two."""


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
    title = Text(TITLE, required=True)
    sector = Reference("sector", required=True)
    agency = Reference("agency", allow_none=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    supports = Several(Reference("central-initiative"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    title = Text(TITLE)
    agency = Reference("agency", allow_none=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    responsible = Text(LINE, allow_none=True, metadata={"description": "a role or a unit, not a person"})


class OneOrSeveral(Several):
    """A list, where there was one value before: that is still taken, as a list of one."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        return super()._deserialize([value] if isinstance(value, str) else value, attr, data, **options)


class AnchorSchema(HappenedSchema):
    makes = Anchor

    where = OneOrSeveral(
        Choice(DIALOGUES),
        required=True,
        metadata={"type": ["array", "string"], "description": "one or more dialogues; a single one may be a text"},
    )


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


class WithdrawSupportSchema(CommandSchema):
    makes = WithdrawSupport

    central = Reference("central-initiative", required=True)


class RecordParticipationSchema(HappenedSchema):
    makes = RecordParticipation

    phase = Choice(PHASES, required=True)
    who = Several(Choice(PARTICIPANTS), required=True)
    sentence = Text(PROSE, allow_none=True, metadata={"description": "what came of it, in a sentence; never demanded"})


class ShareLearningSchema(CommandSchema):
    makes = ShareLearning

    text = Text(PROSE, required=True)
    tags = Several(Text(TAG), metadata={"description": "words by which others find it; kept in lower case"})


class ReportStatusSchema(CommandSchema):
    makes = ReportStatus

    status = Choice(PROGRESS, required=True)
    sentence = Text(PROSE, allow_none=True, metadata={"description": "why, in a sentence; never demanded"})


# Queries


class AgencyFilterSchema(SearchSchema):
    sector = Reference("sector", load_default=None)


class InitiativeFilterSchema(SearchSchema):
    status = Choice(STATUSES, load_default=None)
    sector = Reference("sector", load_default=None)
    agency = Reference("agency", load_default=None)
    goal = Reference("goal", load_default=None)
    supports = Reference("central-initiative", load_default=None)
    reported_status = Choice(PROGRESS, load_default=None)
    year = Year(
        strict=False,
        load_default=None,
        metadata={"description": "the year of a plan: what is planned on a day of it, or took place on one"},
    )


class Tag(Text):
    """As it is kept: in lower case."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        return super()._deserialize(value, attr, data, **options).lower()


class LearningFilterSchema(SearchSchema):
    tag = Tag(TAG, load_default=None)
    sector = Reference("sector", load_default=None)
    goal = Reference("goal", load_default=None)
    initiative = Reference("local-initiative", load_default=None)


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


class ParticipationSchema(Schema):
    """Who took part, in which phase, when."""

    phase = Choice(PHASES)
    who = fields.List(Choice(PARTICIPANTS))
    on = fields.Date()
    sentence = Text(PROSE, allow_none=True)


class SharedSchema(Schema):
    """What was learnt in the initiative."""

    text = Text(PROSE)
    tags = fields.List(Text(TAG))


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
    anchored_where = fields.List(Choice(DIALOGUES), allow_none=True)
    anchored_on = fields.Date(allow_none=True)
    started_on = fields.Date(allow_none=True)
    finished_on = fields.Date(allow_none=True)
    effect = Text(PROSE, allow_none=True)
    participations = fields.List(fields.Nested(ParticipationSchema))
    learnings = fields.List(fields.Nested(SharedSchema))
    reported_status = Choice(PROGRESS, allow_none=True)
    reported_sentence = Text(PROSE, allow_none=True)
    reported_at = fields.DateTime(allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()


class LearningSchema(Schema):
    """What was learnt, and in which initiative: its title, sector, agency and goals as they are now."""

    text = Text(PROSE)
    tags = fields.List(Text(TAG))
    shared_at = fields.DateTime()
    initiative = fields.UUID()
    external_id = Text(allow_none=True, metadata={"description": "of the initiative"})
    title = Text(TITLE, metadata={"description": "of the initiative"})
    sector = fields.UUID()
    agency = fields.UUID(allow_none=True)
    goals = fields.List(fields.UUID())
