"""Prometheus metrics: requests, counted in each worker and summed; and gauges, read from the database when asked for.

With several workers, PROMETHEUS_MULTIPROC_DIR must be set before this module is imported: `shared.serving` does it.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

import psycopg
from flask import Request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from psycopg_pool import PoolTimeout

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

REQUESTS = Counter("samtidig_http_requests_total", "Requests answered.", ["method", "endpoint", "status"])
SECONDS = Histogram(
    "samtidig_http_request_seconds",
    "Time to answer a request.",
    ["method", "endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure as it stands now. Units are in the name: `_seconds`, `_events`."""

    name: str
    about: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def observe_request(request: Request, status: int, seconds: float) -> None:
    count, duration = _series(request.method, request.endpoint or "unknown", status)
    count.inc()
    duration.observe(seconds)


@cache
def _series(method: str, endpoint: str, status: int) -> tuple[Counter, Histogram]:
    """Finding a series by its labels takes longer than counting."""
    return REQUESTS.labels(method, endpoint, str(status)), SECONDS.labels(method, endpoint)


def exposition(gauges: Callable[[], Iterable[Gauge]]) -> bytes:
    """The metrics of the whole service in Prometheus' text format. Without its database, those of its workers only."""
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry) + _families(gauges)


def _families(gauges: Callable[[], Iterable[Gauge]]) -> bytes:
    try:
        found = list(gauges())
    except (psycopg.OperationalError, PoolTimeout):
        found = []
    families: dict[str, GaugeMetricFamily] = {}
    for gauge in found:
        family = families.setdefault(
            gauge.name, GaugeMetricFamily(gauge.name, gauge.about, labels=sorted(gauge.labels))
        )
        family.add_metric([gauge.labels[name] for name in sorted(gauge.labels)], gauge.value)
    registry = CollectorRegistry()
    registry.register(_Given(families.values()))
    return generate_latest(registry)


class _Given:
    def __init__(self, families: Iterable[GaugeMetricFamily]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._families
