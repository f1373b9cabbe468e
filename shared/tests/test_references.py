"""Names of others' items: what an event says, what is found by what is typed, and a process that comes and goes."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psycopg
import pytest

from shared import commands, identity, kafka, migrations
from shared.commands import Request
from shared.database import Database
from shared.envelope import Trace
from shared.inbox import schema as schemas
from shared.inbox.inbox import read_message
from shared.references import CENTRAL_INITIATIVES, GOALS, LOCAL_INITIATIVES, Lists, Reference, job
from shared.references.projection import ReferenceProjection
from shared.tests.notes.domain import Write
from shared.tests.notes.service import NOTE, SERVICE

ROOT = Path(__file__).parents[2]
PATIENCE = 30
SOURCES = [GOALS, CENTRAL_INITIATIVES, LOCAL_INITIATIVES]
SECTOR = identity.named("sector", "EHA")


def told(kind, key, version, happened, data, *, type_version="v1"):
    """The text of an event as its owner publishes it."""
    return msgspec.json.encode(
        {
            "specversion": "1.0",
            "id": identity.named("test event", f"{kind}:{key}:{version}"),
            "source": "samtidig/test",
            "type": f"samtidig.{kind}.{happened}.{type_version}",
            "subject": str(identity.named(kind, key)),
            "time": datetime(2018, 1, 1, tzinfo=UTC),
            "datacontenttype": "application/json",
            "dataschema": "urn:samtidig:test",
            "sequence": version,
            "correlationid": "test",
            "causationid": "test",
            "data": data,
        }
    )


def goal(key, title, **data):
    return told("goal", key, 1, "proposed", {"external_id": key, "title": title, "parent": None, "code": None, **data})


def local(sector, key, title):
    data = {"external_id": key, "title": title, "sector": str(identity.named("sector", sector))}
    return told("local-initiative", f"{sector}:{key}", 1, "proposed", data)


class Known:
    """Lists on a database of their own, told of events without Kafka."""

    def __init__(self, url):
        self.connection = job.connect(url)
        self.database = Database(url, size=2)
        self.kinds = [kind for source in SOURCES for kind in source.kinds]
        self.lists = Lists(self.database, heard_of=self.kinds)

    def tell(self, *texts):
        events = [read_message("test", 0, 0, text).event for text in texts]
        with self.connection.transaction():
            assert ReferenceProjection(SOURCES).apply(self.connection, events) == {}

    def one(self, kind, key):
        """Found by the id that its external id stands for."""
        return self.lists.names(kind, [identity.named(kind, key)]).get(identity.named(kind, key))

    def search(self, text, kind="goal"):
        return [found.external_id for found in self.lists.search(kind, text)]

    def close(self):
        self.connection.close()
        self.database.close()


@pytest.fixture(scope="module")
def known_url(postgres):
    return postgres.database()


@pytest.fixture
def known(known_url):
    """Empty each time: a definition that is no more is thrown away with its names."""
    found = Known(known_url)
    schemas.create(found.connection, "names", "", "of a test before")
    job.prepare(found.connection, SOURCES)
    yield found
    found.close()


# What an event says


def test_each_kind_is_known_by_its_name(known):
    known.tell(
        goal("K1", "Trygge rammer", code="A1", parent=str(identity.named("goal", "F1"))),
        told(
            "central-initiative",
            "S1",
            1,
            "planned",
            {"external_id": "S1", "title": "Kurs i ledelse", "plan_year": 2018},
        ),
        told("sector", "EHA", 1, "registered", {"code": "EHA", "name": "Eldre, helse og arbeid"}),
        told("agency", "BSA", 1, "registered", {"code": "BSA", "name": "Byomfattende senter", "sector": str(SECTOR)}),
        local("EHA", "T01", "Samling"),
    )
    above = identity.named("goal", "F1")
    assert known.one("goal", "K1") == Reference(identity.named("goal", "K1"), "K1", "Trygge rammer", above, "A1")
    assert known.one("central-initiative", "S1").note == "2018"
    assert known.one("sector", "EHA").label == "EHA Eldre, helse og arbeid"
    assert known.one("agency", "BSA").part_of == SECTOR
    found = known.one("local-initiative", "EHA:T01")
    assert (found.external_id, found.part_of) == ("EHA:T01", SECTOR)


def test_a_new_title_takes_the_old_one_s_place_and_an_end_leaves_the_name(known):
    known.tell(goal("K1", "Trygge rammer"), goal("K2", "Færre krav"))
    known.tell(
        told("goal", "K1", 2, "revised", {"title": "Tydelige rammer", "code": "B2", "parent": None}),
        told("goal", "K1", 3, "retired", {"reason": None}),
    )
    assert known.one("goal", "K1") == Reference(
        identity.named("goal", "K1"), "K1", "Tydelige rammer", note="B2", active=False
    )
    assert [found.external_id for found in known.lists.all_of("goal")] == ["K2"]
    assert known.search("rammer") == []
    assert known.lists.count("goal") == 1


def test_several_events_of_an_item_in_one_batch_are_taken_in_order(known):
    known.tell(goal("K1", "Først"), told("goal", "K1", 2, "revised", {"title": "Sist"}))
    assert known.one("goal", "K1").title == "Sist"


@pytest.mark.parametrize(
    "text",
    [
        told("goal", "K1", 2, "revised", {"headline": "Another word for it"}, type_version="v2"),
        told("goal", "K1", 2, "revised", {"title": {"nb": "Tittel"}, "code": ["B"]}, type_version="v3"),
        told("goal", "K1", 2, "revised", {"title": "\x00", "parent": "not an id"}),
        told("goal", "K1", 2, "revised", ["no", "object"]),
        told("goal", "K1", 2, "effect-observed", {"title": "What was seen"}),
        told("goal", "K1", 2, "celebrated", {"title": "With cake"}),
        told("budget", "K1", 2, "proposed", {"title": "Another kind"}),
        told("goal", "K1", 2, "revised", {"title": "No version"}).replace(b".v1", b""),
    ],
    ids=["another field", "another shape", "empty", "no object", "later command", "unknown", "kind", "type"],
)
def test_what_can_not_be_read_leaves_the_name_as_it_was(known, text):
    known.tell(goal("K1", "Trygge rammer"))
    known.tell(text)
    found = known.one("goal", "K1")
    assert (found.title, found.external_id, found.part_of, found.active) == ("Trygge rammer", "K1", None, True)


def test_another_version_of_an_event_is_read_for_what_it_still_has(known):
    known.tell(
        told("goal", "K9", 1, "proposed", {"external_id": "K9", "title": "Nytt", "more": [1]}, type_version="v2")
    )
    assert known.one("goal", "K9").label == "K9 Nytt"


# What is found


def test_it_finds_words_in_titles_and_the_beginning_of_an_external_id(known):
    known.tell(goal("K1", "Trygge rammer"), goal("K10", "Rammer som ÅPNER"), goal("K2", "Færre krav", code="D4"))
    assert known.search("rammer") == ["K10", "K1"], "what begins so is first"
    assert known.search("RAMMER tryg") == ["K1"]
    assert known.search("åpner") == ["K10"]
    assert known.search("FÆRRE") == ["K2"]
    assert known.search("k1") == ["K1", "K10"], "the whole id before longer ones"
    assert known.search("K1 Trygge rammer") == ["K1"], "its label"
    assert known.search("d4") == ["K2"]
    assert known.search("") == known.search("  ") == ["K1", "K2", "K10"]
    assert known.search("ledelse") == []
    assert len(known.lists.search("goal", "K", limit=2)) == 2


def test_local_initiatives_of_two_sectors_may_have_the_same_external_id(known):
    known.tell(*(told("sector", code, 1, "registered", {"code": code, "name": code}) for code in ("EHA", "FIN")))
    known.tell(local("FIN", "T2", "b"), local("EHA", "T10", "c"), local("EHA", "T2", "a"), local("NEW", "T2", "d"))
    assert known.search("", "local-initiative") == ["EHA:T2", "EHA:T10", "FIN:T2", None], "the last one's is not known"
    assert known.search("T2", "local-initiative") == ["EHA:T2", "FIN:T2"]
    assert known.search("fin:t", "local-initiative") == ["FIN:T2"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "100 %", "a_b", "c\\d"])
def test_what_stands_for_other_characters_elsewhere_stands_for_itself(known, typed):
    known.tell(goal("K1", "100 % a_b c\\d"), goal("K2", "Uten tegn aXb"))
    assert known.search(typed) == ["K1"]


@pytest.mark.parametrize("typed", ["'; drop table reference; --", "\x00", "%s %(kind)s", "x" * 100_000, "ord " * 500])
def test_whatever_is_typed_is_only_looked_for(known, typed):
    known.tell(goal("K1", "Trygge rammer"))
    assert known.search(typed) in ([], ["K1"])
    assert known.lists.count("goal") == 1


def test_items_without_an_external_id_come_last_by_title(known):
    known.tell(
        told("goal", "b", 1, "proposed", {"external_id": None, "title": "b"}),
        told("goal", "a", 1, "proposed", {"external_id": None, "title": "A"}),
        goal("K1", "Sist i alfabetet: å"),
    )
    assert [found.label for found in known.lists.all_of("goal")] == ["K1 Sist i alfabetet: å", "A", "b"]


def test_ids_that_nobody_named_are_left_out(known):
    known.tell(goal("K1", "Trygge rammer"))
    k1 = identity.named("goal", "K1")
    assert set(known.lists.names("goal", [k1, identity.new(), k1])) == {k1}
    assert known.lists.names("goal", []) == {}
    assert known.lists.names("sector", [k1]) == {}


def test_a_service_s_own_items_are_asked_for_in_the_same_way(known):
    known.connection.execute("create table names.own as select * from names.reference")
    known.connection.execute(
        "insert into names.own (kind, id, external_id, title, active) values ('x', %s, 'E', 'Egen', true)", [SECTOR]
    )
    own = Lists(known.database, own={"sector": "select id, external_id, title, part_of, note, active from names.own"})
    assert own.search("sector", "eg") == own.all_of("sector") == [Reference(SECTOR, "E", "Egen")]
    assert own.names("sector", [SECTOR])[SECTOR].label == "E Egen"
    assert own.all_of("goal") == [], "which it does not listen to"


# While there is no list


def test_without_a_list_there_are_no_names_and_no_faults(postgres):
    database = Database(postgres.database(), size=1)
    lists = Lists(database, heard_of=["goal"])
    try:
        assert lists.search("goal", "K1") == lists.all_of("goal") == []
        assert lists.names("goal", [SECTOR]) == {}
        assert lists.count("goal") == 0
        assert list(lists.gauges("notes")) == []
    finally:
        database.close()


def test_another_definition_makes_the_lists_anew_and_the_same_one_leaves_them(known):
    known.tell(goal("K1", "Trygge rammer"))
    job.prepare(known.connection, SOURCES)
    assert known.lists.count("goal") == 1
    job.prepare(known.connection, [GOALS])
    assert known.lists.count("goal") == 0
    assert schemas.mark_of(known.connection, "names") == job.fingerprint([GOALS])


# The process


class Town:
    """A service that listens, a topic that no other test knows, and whoever publishes to it."""

    def __init__(self, url, bootstrap):
        self.url, self.bootstrap, self.topic = url, bootstrap, f"goals-{identity.new()}"
        kafka.create_topic(bootstrap, self.topic, partitions=2, replication=1)
        self.database = Database(url, size=4)
        self.service = replace(SERVICE, references=[replace(GOALS, topic=self.topic)])
        self.service.__dict__["database"] = self.database
        self._producer = kafka.producer(bootstrap)

    def publish(self, *texts):
        for text in texts:
            key = msgspec.json.decode(text)["subject"].encode()
            self._producer.send(self.topic, key=key, value=text).get(timeout=PATIENCE)

    @contextmanager
    def names(self, bootstrap=None):
        """The process, killed in the end; PostgreSQL has then noticed it too, so that the next is not taken for it."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "KAFKA_BOOTSTRAP": bootstrap or self.bootstrap,
            "NOTES_HEARS": self.topic,
        }
        command = [sys.executable, "-m", "shared.tests.notes", "names"]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
            try:
                yield process
            finally:
                process.kill()
                process.wait()
        self.wait_until(lambda: not self.reads())

    def titles(self):
        return [found.title for found in self.service.lists.all_of("goal")]

    def reads(self):
        """Whether the job has come as far as its database: from then on it can be told to stop."""
        asked = (
            "select from pg_stat_activity where datname = current_database() and application_name = 'samtidig-names'"
        )
        with self.service.database.connection() as connection:
            return bool(connection.execute(asked).fetchall())

    def gauges(self):
        return {gauge.name: gauge.value for gauge in self.service.gauges() if gauge.name.startswith("samtidig_names")}

    def write(self, key):
        """A command of the service itself; its answer's status."""
        stream = identity.named("note", key)
        return commands.handle(
            self.service.store, NOTE, stream, Write((key,)), Request(Trace("test", "test")), creates=True
        ).answer.status

    def wait_until(self, reached):
        deadline = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < deadline, f"never; there are {self.titles()}"
            time.sleep(0.05)

    def close(self):
        self._producer.close()
        self.database.close()


@pytest.fixture
def town(postgres, kafka):
    url = postgres.database()
    migrations.migrate(url, SERVICE.folder / "migrations")
    found = Town(url, kafka)
    yield found
    found.close()


def test_a_killed_process_catches_up_and_the_service_works_without_it(town):
    town.publish(goal("K1", "Trygge rammer"), goal("K2", "Færre krav"))
    assert town.write("before there is a list") == 201
    assert (town.titles(), town.gauges()) == ([], {})
    with town.names() as process:
        town.wait_until(lambda: town.titles() == ["Trygge rammer", "Færre krav"])
        town.publish(goal("K3", "Mer tillit"))
        town.wait_until(lambda: len(town.titles()) == 3)
        town.wait_until(lambda: 0 <= town.gauges()["samtidig_names_caught_up_age_seconds"] < 5)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    town.publish(
        told("goal", "K1", 2, "revised", {"title": "Tydelige rammer"}),
        told("goal", "K2", 2, "retired", {}, type_version="v2"),
        told("goal", "K3", 2, "celebrated", {"title": "Kake"}),
    )
    assert town.write("while the process is dead") == 201
    assert town.titles() == ["Trygge rammer", "Færre krav", "Mer tillit"], "the names of before are still there"
    with town.names() as process:
        town.wait_until(lambda: town.titles() == ["Tydelige rammer", "Mer tillit"])
        town.wait_until(lambda: town.gauges()["samtidig_names_waiting_events"] == 0)
        assert town.gauges()["samtidig_names_parked_events"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    with psycopg.connect(town.url) as connection:
        assert connection.execute("select count(*) from public.lease").fetchone() == (0,), "the relay's, not the job's"
        assert connection.execute("select sum(cardinality(events)) from names.applied").fetchone() == (6,)


def test_while_kafka_is_down_there_are_the_names_of_before(town):
    town.publish(goal("K1", "Trygge rammer"))
    with town.names():
        town.wait_until(lambda: town.titles() == ["Trygge rammer"])
    with town.names(bootstrap="127.0.0.1:1") as process:
        town.wait_until(town.reads)
        time.sleep(1)
        assert process.poll() is None, "it waits"
        assert town.titles() == ["Trygge rammer"]
        assert town.write("without Kafka") == 201
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
