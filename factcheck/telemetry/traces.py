"""OpenTelemetry traces, where they are asked for: the only place that names its libraries, which are an extra.

A check's id is its trace's id (both are 128 bits): web server and workers agree on it without passing anything on, and who
knows a check finds its trace. A request that hands in a check belongs to its caller's trace and links to the check's own.
Spans carry ids, names, numbers; never a text, and never an error's words, which may quote one.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from factcheck.errors import InvalidSetting
from factcheck.settings import variable

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_TIMEOUT_S = 5


class Traces:
    """Spans of one process."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("factcheck")

    def step(self, name: str) -> AbstractContextManager[object]:
        """A step of the work at hand: a `Recorder` of `factcheck.instrumentation`."""
        return self._span(name, None, {})

    def check(self, check_id: str) -> AbstractContextManager[object]:
        """The work on a check, in the check's own trace."""
        from opentelemetry import trace

        around = trace.set_span_in_context(trace.NonRecordingSpan(_root_of(check_id)))
        return self._span("check", around, {"factcheck.check_id": check_id})

    @contextmanager
    def _span(self, name: str, around: Any, attributes: dict[str, str]) -> Iterator[None]:
        """Of an error that ends it, it says that there was one. (Left to itself, the library writes its words down.)"""
        from opentelemetry import trace

        silent: dict[str, Any] = {"record_exception": False, "set_status_on_exception": False}
        with self._tracer.start_as_current_span(name, around, attributes=attributes, **silent) as span:
            try:
                yield
            except BaseException:
                span.set_status(trace.StatusCode.ERROR)
                raise

    def begin_request(self, method: str, headers: Mapping[str, str]) -> Any:
        """A span that `end_request` ends; part of the caller's trace where it says one (W3C Trace Context)."""
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        told = {name.lower(): value for name, value in headers.items() if name.lower() in {"traceparent", "tracestate"}}
        caller = TraceContextTextMapPropagator().extract(told)
        return self._tracer.start_span(method, caller, kind=trace.SpanKind.SERVER)

    def end_request(self, span: Any, method: str, route: str, status: int, check_id: str | None) -> None:
        """`check_id` of the check that the request was about."""
        from opentelemetry import trace

        span.update_name(f"{method} {route}")
        span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": status})
        if check_id and _is_trace_id(check_id):
            span.set_attribute("factcheck.check_id", check_id)
            span.add_link(_root_of(check_id))
        if status >= 500:
            span.set_status(trace.StatusCode.ERROR)
        span.end()

    def close(self) -> None:
        """Sends what is not sent yet."""
        self._provider.shutdown()


def open_traces(url: str, part: str) -> Traces | None:
    """Traces that go to `url` (OTLP over HTTP) in batches, in the background; None where there is no url.

    `part` is the kind of process. Raises `InvalidSetting` where the libraries are not installed.
    """
    if not url:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise InvalidSetting(f"{variable('traces_url')} needs pip install 'factcheck[traces]'") from None
    provider = TracerProvider(resource=Resource.create({"service.name": f"factcheck-{part}"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=_TIMEOUT_S)))
    return Traces(provider)


def _is_trace_id(check_id: str) -> bool:
    return len(check_id) == 32 and all(char in "0123456789abcdef" for char in check_id) and int(check_id, 16) > 0


def _root_of(check_id: str) -> Any:
    """The context that a check's spans have in common; a new trace where the id is not of our making."""
    from opentelemetry import trace

    if not _is_trace_id(check_id):
        return trace.INVALID_SPAN_CONTEXT
    flags = trace.TraceFlags(trace.TraceFlags.SAMPLED)
    return trace.SpanContext(int(check_id, 16), int(check_id[:16], 16) or 1, is_remote=True, trace_flags=flags)
