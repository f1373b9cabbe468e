"""The reading side: from Kafka into a read model, each stored event with its effect exactly once, streams in order.

`sorting` decides what a message is (pure), `inbox` carries a batch out in one transaction, `consumer` reads Kafka,
`process` does so until it is stopped. `schema` makes the schema that a read model lives in, with its inbox.
"""

from pathlib import Path

TABLES = Path(__file__).with_name("tables.sql").read_text()
"""The tables of a reader of events, to be created in the schema of its read model."""
