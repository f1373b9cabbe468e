"""What the body of a command may say: the command's own fields, why, and who.

    >>> class RetireSchema(CommandSchema):
    ...     makes = Retire

A schema gives the command itself: `makes` with its fields. Who acts is read by `shared.http` and kept beside the event,
not in the command: no rule asks for it.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, post_load, validates_schema

from shared.decider import in_order
from shared.fields import LINE, PROSE, Day, Schema, Text
from shared.http import today

ACTOR = Text(LINE, metadata={"description": "who acts, if it is to be shown: a role or a unit, never a person"})


class CommandSchema(Schema):
    """What every command may carry."""

    makes: ClassVar[Callable[..., Any]]

    reason = Text(PROSE, allow_none=True, metadata={"description": "why; shown in the history"})
    by = Text(LINE, allow_none=True, metadata=ACTOR.metadata)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Any:
        data.pop("by", None)
        return self.made(data)

    def made(self, data: dict[str, Any]) -> Any:
        return type(self).makes(**data)


class ChangeSchema(CommandSchema):
    """What is not named stays as it is; null empties a field. `makes` takes the changes, and the reason."""

    def made(self, data: dict[str, Any]) -> Any:
        reason = data.pop("reason", None)
        return type(self).makes(data, reason)


class PeriodSchema(CommandSchema):
    """Inclusive days, Europe/Oslo; either may be unknown."""

    start = Day(allow_none=True, metadata={"description": "first day"})
    end = Day(allow_none=True, metadata={"description": "last day, inclusive"})

    @validates_schema(skip_on_field_errors=False)
    def days_in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if not in_order(data.get("start"), data.get("end")):
            raise ValidationError("end-before-start", "end")


class HappenedSchema(CommandSchema):
    on = Day(load_default=today, metadata={"description": "the day on which it happened; today where it isn't given"})
