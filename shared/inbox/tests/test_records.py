"""Record batches as kafka-python writes and reads them: two ways of reading, the same messages."""

import pytest
from kafka.errors import CorruptRecordError
from kafka.record import MemoryRecords, MemoryRecordsBuilder
from kafka.record.default_records import DefaultRecordBase

from shared import identity
from shared import kafka as ours
from shared.inbox.records import Fetched, _messages, read_plainly

UNPACKED, GZIP = 0, 1
VALUES = [b"{}", b"", None, b"x" * 127, b"y" * 70_000, *[b"%d" % number for number in range(200)]]


def batch(*, packed: int = UNPACKED, first: int = 0):
    """A batch with these values: with and without key and headers, at times that grow and times that don't."""
    builder = MemoryRecordsBuilder(magic=2, compression_type=packed, batch_size=1_000_000, offset=first)
    for number, value in enumerate(VALUES):
        headers = [("trace", b"t"), ("none", None)] if number % 3 == 0 else []
        builder.append(
            timestamp=10**12 + number * 977 % 5000, key=b"k" * (number % 90) or None, value=value, headers=headers
        )
    builder.close()
    return bytes(builder.buffer())


def read(data):
    return MemoryRecords(data).next_batch()


@pytest.mark.parametrize("packed", [UNPACKED, GZIP])
def test_a_batch_is_read_as_kafka_python_reads_it(packed):
    data = batch(packed=packed, first=70_000)
    expected = [Fetched(record.offset, record.value) for record in read(data)]
    assert [message.value for message in expected] == VALUES
    assert _messages(read(data)) == expected


@pytest.mark.parametrize("left", [1, 30, 5_000])
def test_a_batch_that_was_cut_off_is_refused(left):
    data = batch()[:-left]
    whole = len(data) - DefaultRecordBase.AFTER_LEN_OFFSET
    with pytest.raises(CorruptRecordError):
        _messages(read(data[:8] + whole.to_bytes(4, "big") + data[12:]))


def test_a_consumer_reads_so(kafka):
    """A kafka-python that is built otherwise would go on in its own way, and unnoticed."""
    topic = f"records-{identity.new()}"
    ours.create_topic(kafka, topic, partitions=1, replication=1)
    publisher = ours.producer(kafka)
    for value in VALUES:
        publisher.send(topic, value, key=b"key")
    publisher.flush()
    publisher.close()
    source = ours.consumer(kafka)
    read_plainly(source)
    at = ours.TopicPartition(topic, 0)
    source.assign([at])
    source.seek(at, 3)  # in the middle of a batch
    found = []
    while len(found) < len(VALUES) - 3:
        found += source.poll(timeout_ms=200, max_records=50).get(at, [])
    assert found == [Fetched(offset, value) for offset, value in enumerate(VALUES)][3:]
    source.close()
