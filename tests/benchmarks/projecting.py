"""The sides of `projection`, each in a process of its own: events per second, printed."""

import json
import sys
import time
from functools import partial

from services.timeline import model
from shared import kafka
from shared.config import settings


def bare(*, reads_json: bool = False) -> float:
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
        for records in source.poll(timeout_ms=200, max_records=5000).values():
            read += len(records)
            for record in records if reads_json else ():
                json.loads(record.value)
    return read / (time.perf_counter() - began)


def rebuilt() -> float:
    began = time.perf_counter()
    read = model.build(settings())
    seconds = time.perf_counter() - began
    with model.connect(settings()) as connection:
        model.tidy(connection)
    return read / seconds


if __name__ == "__main__":
    print({"rebuild": rebuilt, "bare": bare, "reading": partial(bare, reads_json=True)}[sys.argv[1]]())
