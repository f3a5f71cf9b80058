"""OpenTelemetry traces. The only module that imports the OpenTelemetry libraries, which are an optional extra.

A check's id is its trace id (both are 128 bits), so that web server and workers agree on it without propagation. A
request that submits a check belongs to the caller's trace and links to the check's trace. Spans carry ids, names and
numbers; never text or error messages, which may quote a draft.
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
    """Creates the spans of one process."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("factcheck")

    def step(self, name: str) -> AbstractContextManager[object]:
        """Span of one step. A `Recorder` of `factcheck.instrumentation`."""
        return self._span(name, None, {})

    def check(self, check_id: str) -> AbstractContextManager[object]:
        """Span of the work on a check, in the check's own trace."""
        from opentelemetry import trace

        parent = trace.set_span_in_context(trace.NonRecordingSpan(_root_of(check_id)))
        return self._span("check", parent, {"factcheck.check_id": check_id})

    @contextmanager
    def _span(self, name: str, parent: Any, attributes: dict[str, str]) -> Iterator[None]:
        """Records that an error occurred, without its message. (By default the library records the message.)"""
        from opentelemetry import trace

        silent: dict[str, Any] = {"record_exception": False, "set_status_on_exception": False}
        with self._tracer.start_as_current_span(name, parent, attributes=attributes, **silent) as span:
            try:
                yield
            except BaseException:
                span.set_status(trace.StatusCode.ERROR)
                raise

    def begin_request(self, method: str, headers: Mapping[str, str]) -> Any:
        """Starts a span that `end_request` ends. Continues the caller's trace where the headers name one (W3C Trace Context)."""
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        trace_headers = {
            name.lower(): value for name, value in headers.items() if name.lower() in {"traceparent", "tracestate"}
        }
        caller = TraceContextTextMapPropagator().extract(trace_headers)
        return self._tracer.start_span(method, caller, kind=trace.SpanKind.SERVER)

    def end_request(self, span: Any, method: str, route: str, status: int, check_id: str | None) -> None:
        """Ends the span. `check_id` is the check that the request concerned, None for none."""
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
        """Sends all pending spans."""
        self._provider.shutdown()


def open_traces(url: str, part: str) -> Traces | None:
    """Traces that are exported to `url` (OTLP over HTTP) in the background; None if `url` is empty.

    `part` names the kind of process.

    Raises: `InvalidSetting` where the libraries are not installed.
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
    """The parent context of a check's spans; invalid, which starts a new trace, where the id is not a trace id."""
    from opentelemetry import trace

    if not _is_trace_id(check_id):
        return trace.INVALID_SPAN_CONTEXT
    flags = trace.TraceFlags(trace.TraceFlags.SAMPLED)
    return trace.SpanContext(int(check_id, 16), int(check_id[:16], 16) or 1, is_remote=True, trace_flags=flags)
