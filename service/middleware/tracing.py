"""OpenTelemetry: one span per request, if tracing is configured."""

from flask import Flask, Response, g, request

from factcheck.logs import noted
from factcheck.telemetry.traces import Traces


def install(app: Flask, traces: Traces) -> None:
    """Starts a span for each request and ends it when the answer begins."""

    def begin() -> None:
        g.span = traces.begin_request(request.method, dict(request.headers))

    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        check_id = noted().get("check_id")
        traces.end_request(g.span, request.method, route, response.status_code, str(check_id) if check_id else None)
        return response

    app.before_request(begin)
    app.after_request(end)
