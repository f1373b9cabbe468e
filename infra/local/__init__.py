"""The whole of Samtidig on one machine without Docker: PostgreSQL, Kafka, gateway and services under supervisord.

`python -m infra.local up` starts it, `infra.local.stack.Stack` is the same for tests.
"""
