"""How this project talks to Kafka: the settings of kafka-python that its traps call for.

The traps: infra/decisions/0003-relay-and-consumer.md.
"""

import socket
import threading
from typing import Protocol

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError


class Record(Protocol):
    """One message as it was fetched."""

    offset: int
    value: bytes | None


DAYS = 24 * 3600 * 1000
MAXIMUM_REQUEST = 1024 * 1024


def producer(bootstrap: str) -> KafkaProducer:
    """Idempotent, in order per key, never giving up by itself: a failed send ends the process (see `shared.relay`)."""
    return KafkaProducer(
        bootstrap_servers=bootstrap,
        enable_idempotence=True,
        acks="all",
        batch_size=128 * 1024,
        linger_ms=0,
        delivery_timeout_ms=7 * DAYS,
        request_timeout_ms=10_000,
        max_block_ms=30_000,
        max_request_size=MAXIMUM_REQUEST,
        reconnect_backoff_max_ms=500,
        retry_backoff_ms=50,
    )


def consumer(bootstrap: str, *, wait_seconds: float = 0.1) -> KafkaConsumer:
    """No group and no stored offsets: the reader keeps its own place and says which partitions it reads.

    `wait_seconds`: how long the broker holds a request back while nothing happens; less than a second, as the question
    for a partition's end waits behind it.
    """
    return KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="none",
        fetch_max_wait_ms=int(wait_seconds * 1000),
        max_partition_fetch_bytes=4 * 1024 * 1024,
        reconnect_backoff_max_ms=500,
    )


def create_topic(bootstrap: str, name: str, *, partitions: int, replication: int) -> bool:
    """Creates the topic with unlimited retention; False when it is there already."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics(
            [
                NewTopic(
                    name=name,
                    num_partitions=partitions,
                    replication_factor=replication,
                    topic_configs={
                        "retention.ms": "-1",
                        "cleanup.policy": "delete",
                        "min.insync.replicas": str(max(1, replication - 1)),
                    },
                )
            ]
        )
    except TopicAlreadyExistsError:
        return False
    finally:
        admin.close()
    return True


def wait_until_reachable(bootstrap: str, stopping: threading.Event) -> bool:
    """Waits until a broker listens; False when stopped before. A producer made earlier would back off for seconds."""
    while not stopping.is_set():
        for address in bootstrap.split(","):
            host, _, port = address.rpartition(":")
            try:
                with socket.create_connection((host, int(port)), timeout=1):
                    return True
            except OSError:
                continue
        stopping.wait(0.2)
    return False


__all__ = [
    "KafkaConsumer",
    "KafkaError",
    "KafkaProducer",
    "Record",
    "TopicPartition",
    "consumer",
    "create_topic",
    "producer",
    "wait_until_reachable",
]
