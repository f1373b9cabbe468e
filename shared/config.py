"""Every setting, read from the environment in one place. `shared/README.md` has them as a table; a test compares."""

import logging
from dataclasses import dataclass
from functools import cache

from environs import Env


@dataclass(frozen=True)
class Settings:
    database_url: str
    kafka_bootstrap: str
    topic_partitions: int
    topic_replication: int
    body_limit: int
    pool_size: int
    lease_seconds: float
    relay_batch: int
    consumer_batch: int
    adopted_goals_limit: int
    wait_seconds: float


@cache
def settings() -> Settings:
    """The settings of this process. Raises `environs.EnvError`, which names the variable and what is wrong with it."""
    env = Env()
    return Settings(
        database_url=env.str("DATABASE_URL"),
        kafka_bootstrap=env.str("KAFKA_BOOTSTRAP", "127.0.0.1:9092"),
        topic_partitions=env.int("TOPIC_PARTITIONS", 6),
        topic_replication=env.int("TOPIC_REPLICATION", 1),
        body_limit=env.int("BODY_LIMIT_BYTES", 10 * 1024 * 1024),
        pool_size=env.int("POOL_SIZE", 8),
        lease_seconds=env.float("LEASE_SECONDS", 1.5),
        relay_batch=env.int("RELAY_BATCH", 1000),
        consumer_batch=env.int("CONSUMER_BATCH", 5000),
        adopted_goals_limit=env.int("ADOPTED_GOALS_LIMIT", 9),
        wait_seconds=env.float("WAIT_SECONDS", 2.0),
    )


def log_level() -> int:
    """The level of the JSON log. By itself, because a process logs before it asks for anything else."""
    return Env().log_level("LOG_LEVEL", logging.INFO)
