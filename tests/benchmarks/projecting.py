"""The two sides of `projection`, each in a process of its own: events per second, printed."""

import sys
import time

from services.timeline import model
from shared import kafka
from shared.config import settings


def bare() -> float:
    source = kafka.consumer(settings().kafka_bootstrap)
    partitions = [
        kafka.TopicPartition(topic, number) for topic in model.TOPICS for number in source.partitions_for_topic(topic)
    ]
    source.assign(partitions)
    for partition in partitions:
        source.seek(partition, 0)
    waiting = sum(source.end_offsets(partitions).values())
    began = time.perf_counter()
    read = 0
    while read < waiting:
        read += sum(len(records) for records in source.poll(timeout_ms=200, max_records=5000).values())
    return read / (time.perf_counter() - began)


def rebuilt() -> float:
    began = time.perf_counter()
    read = model.rebuild(settings())
    return read / (time.perf_counter() - began)


if __name__ == "__main__":
    print(bare() if sys.argv[1] == "bare" else rebuilt())
