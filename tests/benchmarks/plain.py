"""The ordinary endpoint that ours is compared with, as people write it: validate, `with connection:` one INSERT."""

import os
from typing import Any

from flask import Flask, request
from marshmallow import Schema, fields, validate
from psycopg_pool import ConnectionPool

CREATE = """
create table if not exists plain_goal (
    id bigint generated always as identity primary key, title text not null, kind text not null,
    description text, expected_effect text, created_at timestamptz not null default now()
)
"""


class GoalSchema(Schema):
    title = fields.String(required=True, validate=validate.Length(min=1, max=600))
    kind = fields.String(required=True, validate=validate.OneOf(["purpose", "characteristic", "objective"]))
    description = fields.String(load_default=None)
    expected_effect = fields.String(load_default=None)


def create() -> Flask:
    app = Flask("plain")
    schema = GoalSchema()
    pools: dict[int, ConnectionPool[Any]] = {}

    def pool() -> ConnectionPool[Any]:
        if os.getpid() not in pools:
            pools[os.getpid()] = ConnectionPool(os.environ["DATABASE_URL"], min_size=1, max_size=8, open=True)
        return pools[os.getpid()]

    @app.get("/readyz")
    def ready() -> str:
        return "ready"

    @app.post("/goals")
    def propose() -> tuple[dict[str, Any], int]:
        goal = schema.load(request.get_json())
        with pool().connection() as connection:
            row = connection.execute(
                "insert into plain_goal (title, kind, description, expected_effect)"
                " values (%(title)s, %(kind)s, %(description)s, %(expected_effect)s) returning id",
                goal,
            ).fetchone()
        assert row is not None
        return {"id": row[0]}, 201

    return app
