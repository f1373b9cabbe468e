"""What a process tells about itself: one JSON line per fact, traces (OpenTelemetry), metrics (Prometheus text).

Traces go where OTEL_EXPORTER_OTLP_ENDPOINT points; without it nothing is exported, and an incoming `traceparent` is
still carried on into each event (W3C Trace Context).
"""

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from opentelemetry import propagate, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, SpanKind

log: structlog.stdlib.BoundLogger = structlog.get_logger()


def start(process: str, level: int | str = "INFO") -> None:
    """Call once in each process, after it has forked."""
    logging.basicConfig(stream=sys.stdout, format="%(message)s", level=level, force=True)
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # while a broker is away it logs several errors a second
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _with_trace,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - slow, rarely needed

        provider = TracerProvider(resource=Resource.create({"service.name": f"samtidig-{process}"}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(provider)
        _Exporting.now = True


def _with_trace(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = format(context.trace_id, "032x")
    return event


class _Exporting:
    """Whether spans go anywhere. Where they don't, none is made: they would cost a tenth of a command's time."""

    now = False


@contextmanager
def span(
    name: str,
    *,
    carrier: Mapping[str, str] | None = None,
    kind: SpanKind = SpanKind.INTERNAL,
    causes: Iterable[str | None] = (),
) -> Iterator[None]:
    """A span. `carrier` holds the `traceparent` of whoever asked for the work; `causes` are those of a whole batch."""
    if not _Exporting.now:
        yield
        return
    context = propagate.extract(carrier) if carrier else None
    links = [Link(_context_of(cause)) for cause in causes if cause]
    with trace.get_tracer("samtidig").start_as_current_span(name, context=context, kind=kind, links=links):
        yield


def _context_of(traceparent: str) -> SpanContext:
    return trace.get_current_span(propagate.extract({"traceparent": traceparent})).get_span_context()


def traceparent() -> str | None:
    """The present span as W3C Trace Context, to be sent along; None outside of one."""
    carrier: dict[str, str] = {}
    if _Exporting.now:
        propagate.inject(carrier)
    return carrier.get("traceparent")
