"""The fixtures of `shared/testing/plugin.py` give what they promise: servers that are real."""

import psycopg
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from shared.testing.plugin import Postgres


def test_each_database_is_new_and_empty(postgres: Postgres):
    first, second = postgres.database(), postgres.database()
    with psycopg.connect(first) as connection:
        connection.execute("create table only_here ()")
    with psycopg.connect(second) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_commit_is_on_disk_before_it_is_acknowledged(postgres: Postgres):
    with psycopg.connect(postgres.database()) as connection:
        assert connection.execute("show synchronous_commit").fetchone() == ("on",)
        assert connection.execute("show fsync").fetchone() == ("on",)
        assert connection.info.server_version >= 180_000


def test_the_broker_answers_and_makes_no_topic_by_itself(kafka: str):
    client = KafkaAdminClient(bootstrap_servers=kafka)
    try:
        assert len(client.describe_cluster()["brokers"]) == 1
        described = client.describe_configs([ConfigResource(ConfigResourceType.BROKER, "1")])
        print(described)
        assert described
    finally:
        client.close()
