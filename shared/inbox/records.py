"""Kafka's record batches, read for what a reader of events needs of a message: where it stands, and what it says.

kafka-python makes thirteen attributes of each message, in Python; that is most of what its `poll` costs. Here fetching,
checksums and places stay its own, and a message becomes two. `test_records.py` holds the two ways to the same.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError
from kafka.record.default_records import DefaultRecordBatch
from kafka.record.util import decode_varint

from shared import kafka

MORE = 0x80
"""Bytes of a varint from this one on are followed by another."""


class Fetched(msgspec.Struct, gc=False):
    """A `kafka.Record`."""

    offset: int
    value: bytes | None


def read_plainly(source: kafka.KafkaConsumer) -> None:
    """From now on `poll` gives what it fetches as `Fetched`."""
    source._fetcher.PartitionRecords = _PartitionRecords  # noqa: SLF001 - there is no setting for it


class _PartitionRecords(Fetcher.PartitionRecords):  # type: ignore[misc]
    """What was fetched of a partition. Transactions are not looked at: nobody here publishes in one."""

    def take(self, n: int | None = None) -> list[Fetched]:
        taken: list[Fetched] = super().take(n)
        if taken:
            self.next_fetch_offset: int = max(self.next_fetch_offset, taken[-1].offset + 1)
        return taken

    def _unpack_records(self, _partition: Any, records: Any, *_deserializers: Any) -> Iterator[Fetched]:
        while (batch := records.next_batch()) is not None:
            if self.check_crcs and not batch.validate_crc():
                raise CorruptRecordError(f"{self.topic_partition} at {batch.base_offset}: the checksum differs")
            self.bytes_read += batch.size_in_bytes
            messages = _messages(batch)
            self.records_read += len(messages)
            yield from messages
            self.leader_epoch = batch.leader_epoch
            self.next_fetch_offset = batch.next_offset
        self.drain()


def _messages(batch: Any) -> list[Fetched]:
    if not isinstance(batch, DefaultRecordBatch):
        raise CorruptRecordError(f"format {batch.magic} at {batch.base_offset}: no broker of ours writes it")
    if batch.is_control_batch:
        return []
    iter(batch)  # unpacks what was compressed
    try:
        return _parsed(bytes(batch._buffer), batch._pos, batch.base_offset, batch.records_count)  # noqa: SLF001
    except (IndexError, ValueError) as error:
        raise CorruptRecordError(f"batch at {batch.base_offset}: {error!r}") from error


def _parsed(data: bytes, at: int, base: int, count: int) -> list[Fetched]:
    """Records as Kafka's documentation has them ("Message Format", "Record").

    Length, a byte of attributes, time, offset, key, value, headers. Lengths, time and offset are varints, of which
    nearly all have one or two bytes: those are read in place, which takes half the time. The lowest bit says whether a
    number is negative; there is only one such here, a length of -1 (as a byte 1), which stands for null.
    """
    found: list[Fetched] = []
    for _ in range(count):
        if (low := data[at]) < MORE:
            end = at + 1 + (low >> 1)
        elif (high := data[at + 1]) < MORE:
            end = at + 2 + ((high << 7 | low & 0x7F) >> 1)
            at += 1
        else:
            length, end = decode_varint(data, at)
            at = end - 1
            end += length
        at += 2
        while data[at] >= MORE:
            at += 1
        at += 1
        if (low := data[at]) < MORE:
            delta, at = low >> 1, at + 1
        elif (high := data[at + 1]) < MORE:
            delta, at = (high << 7 | low & 0x7F) >> 1, at + 2
        else:
            delta, at = decode_varint(data, at)
        if (low := data[at]) < MORE:
            at += 1 + (low >> 1)
        else:
            key, at = decode_varint(data, at)
            at += key
        null = (low := data[at]) == 1
        if low < MORE:
            size, at = low >> 1, at + 1
        elif (high := data[at + 1]) < MORE:
            size, at = (high << 7 | low & 0x7F) >> 1, at + 2
        else:
            size, at = decode_varint(data, at)
        if not at + size < end <= len(data):
            raise ValueError(f"a record ends at {end}")
        found.append(Fetched(base + delta, None if null else data[at : at + size]))
        at = end
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes are left")
    return found
