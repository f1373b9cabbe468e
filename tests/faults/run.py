"""One run: load, faults, quiet, dumps, verdict."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from infra.local.processes import OWNING_SERVICES, ROOT, inherited_environment
from infra.local.stack import Stack
from tests.faults import evidence
from tests.faults.checker import Finding, Observation, check, repeated
from tests.faults.evidence import Watch
from tests.faults.faults import BACK_SECONDS, Done, Fault, Injector
from tests.faults.history import Sent
from tests.faults.load import YEAR, Load
from tests.faults.waits import Timeline, longest

CALM_SECONDS = 1.0
"""Load before the first fault and after the last."""

ALONE_SECONDS = 3.0
"""How long the owning services are left without Kafka and timeline."""

WINDOW = (f"{YEAR}-01-01", f"{YEAR}-12-31")


@dataclass
class Report:
    history: list[Sent]
    faults: list[Done]
    findings: list[Finding]
    accepted_alone: int
    """Commands that were carried out while Kafka and the timeline were stopped."""
    felt: dict[str, tuple[int, float]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    settled: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def run(stack: Stack, faults: Iterable[Fault], *, seed: int = 1, tell: bool = False) -> Report:
    """Leaves the stack running and quiet."""
    began = time.monotonic()
    load = Load(stack.urls(), f"feil-{uuid4().hex[:8]}-", seed=seed)
    watch = Watch(stack)
    injector = Injector(stack, watch)
    done: list[Done] = []
    with injector.standbys(), watch.watching():
        load.prepare()
        load.start()
        try:
            time.sleep(CALM_SECONDS)
            for fault in faults:
                done.append(injector.do(fault))
                if tell:
                    print(f"{len(done):4} {fault}: {done[-1].over - done[-1].at:.1f} s", flush=True)
            with injector.without("kafka", "timeline-consumer", "timeline"):
                alone = (time.time(), time.sleep(ALONE_SECONDS) or time.time())
            time.sleep(CALM_SECONDS)
        finally:
            load.stop()
        settled = evidence.settle(stack)
        time.sleep(2 * evidence.WATCH_SECONDS)
    observed = observe(stack, load)
    findings = [*check(observed), *_recovered(done), *_by_themselves(load.history, *alone), *rebuilt(stack)]
    world = Timeline(load.history, observed.stored, observed.published, watch.first_seen)
    accepted = sum(sent.outcome == "ok" for sent in _between(load.history, *alone))
    return Report(
        load.history,
        done,
        findings,
        accepted,
        felt=longest(done, world),
        counts=_counts(observed),
        settled=settled,
        seconds=time.monotonic() - began,
    )


def observe(stack: Stack, load: Load) -> Observation:
    stored = {service: evidence.stored(stack, service) for service in OWNING_SERVICES}
    types = {event.type for events in stored.values() for event in events}
    return Observation(
        prefix=load.prefix,
        history=load.history,
        stored=stored,
        published={service: evidence.published(stack, service) for service in OWNING_SERVICES},
        applied=evidence.applied(stack),
        shown=evidence.shown(stack),
        silent=evidence.silent(types),
        outbox=evidence.outbox(stack),
        parked=evidence.parked(stack),
    )


def rebuilt(stack: Stack) -> list[Finding]:
    """I8: the read model built anew has the same rows, and gives the same answers."""
    rows, answers = evidence.rows(stack), evidence.answers(stack, *WINDOW)
    command = [sys.executable, "-m", "services.timeline", "rebuild"]
    environment = inherited_environment() | stack.environment("timeline")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        return [Finding("error", f"timeline: the rebuild ended with {done.returncode}: {done.stderr[-300:]}")]
    findings = []
    for name, before in rows.items():
        after = evidence.rows(stack)[name]
        if differing := set(before) ^ set(after):
            findings.append(Finding("altered", f"timeline: {len(differing)} rows of {name} differ after a rebuild"))
    if evidence.answers(stack, *WINDOW) != answers:
        findings.append(Finding("altered", "timeline: other answers after a rebuild"))
    return findings


def _recovered(done: Iterable[Done]) -> list[Finding]:
    return [Finding("lost", f"{one.fault}: not well after {BACK_SECONDS:.0f} s") for one in done if not one.back]


def _by_themselves(history: Iterable[Sent], first: float, last: float) -> list[Finding]:
    """I7: without Kafka and timeline, every command has its answer at once."""
    sent = _between(history, first, last)
    findings = [
        Finding("error", f"{one.service}: {one.key} had no answer while Kafka was down")
        for one in sent
        if one.outcome == "unknown" or one.attempts > 1
    ]
    accepting = {one.service for one in sent if one.outcome == "ok"}
    return findings + [
        Finding("error", f"{service}: no command was accepted while Kafka was down")
        for service in OWNING_SERVICES
        if service not in accepting
    ]


def _between(history: Iterable[Sent], first: float, last: float) -> list[Sent]:
    return [sent for sent in history if sent.began >= first and sent.ended <= last]


def _counts(seen: Observation) -> dict[str, int]:
    own = [event for events in seen.stored.values() for event in events if event.cause.startswith(seen.prefix)]
    known = {(event.stream, event.version) for event in own}
    messages = [message for found in seen.published.values() for message in found]
    ids = {event.id for event in own}
    unknown = {sent.key for sent in seen.history if sent.outcome == "unknown"}
    return {
        "events in stores": len(own),
        "messages on topics": sum(message.id in ids for message in messages),
        "published again": repeated(seen),
        "events applied": sum((stream, version) in known for stream, version, _ in seen.applied),
        "unknown, and done": len(unknown & {event.cause for event in own}),
    }


def _lines(report: Report) -> Iterable[str]:
    outcomes = Counter(sent.outcome for sent in report.history)
    kinds = Counter(finding.kind for finding in report.findings)
    kills = sum(not done.fault.pause for done in report.faults)
    yield (
        f"sent {len(report.history)}: ok {outcomes['ok']}, refused {outcomes['refused']}, "
        f"unknown {outcomes['unknown']} (of these done: {report.counts['unknown, and done']}); "
        f"repeated {sum(sent.attempts > 1 for sent in report.history)}"
    )
    yield f"accepted while Kafka and the timeline were down: {report.accepted_alone}"
    yield f"kills {kills}, pauses {len(report.faults) - kills}; signal, process, how often, longest felt (s):"
    for name, (count, seconds) in sorted(report.felt.items()):
        yield f"    {name:44}{count:4}{seconds:8.2f}"
    yield ", ".join(
        f"{name} {report.counts[name]}"
        for name in ("events in stores", "messages on topics", "published again", "events applied")
    )
    yield ", ".join(f"{kind} {kinds[kind]}" for kind in ("lost", "doubled", "reordered", "half-written", "ghost"))
    yield ", ".join(f"{kind} {kinds[kind]}" for kind in ("altered", "left-over", "error"))
    yield f"caught up after {report.settled:.1f} s; the whole run took {report.seconds:.0f} s"
    for finding in report.findings[:50]:
        yield f"  {finding.kind}: {finding.about}"
