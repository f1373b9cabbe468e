"""How things are named: a name that people use gives a fixed id, everything else a new one.

An item with an external id has the id UUIDv5 of `<kind>:<external id>` in one namespace, so that any service,
spreadsheet or partner can refer to it before or after it exists, without asking anybody (DESIGN section 5).
"""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

NAMESPACE = UUID("6f1e1a52-6a0b-5d2b-9c55-1055001720d7")
"""Fixed for ever: another namespace would give every named item another id."""


def named(kind: str, external_id: str) -> UUID:
    """The id of the item of this kind that its owner calls `external_id`."""
    return uuid5(NAMESPACE, f"{kind}:{external_id}")


def new() -> UUID:
    """A new id, ordered by time (UUIDv7, RFC 9562)."""
    return uuid7()


def of(kind: str, external_id: str | None) -> UUID:
    return named(kind, external_id) if external_id else new()


def resolve(kind: str, reference: str) -> UUID:
    """An id, or an external id of the given kind, as the id that it stands for."""
    try:
        return UUID(reference)
    except ValueError:
        return named(kind, reference)
