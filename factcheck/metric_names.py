"""Names of time series in Prometheus notation, shared by service and workers."""

from collections.abc import Mapping


def series(name: str, labels: Mapping[str, str] | None = None) -> str:
    """Name of one series.

    >>> series("factcheck_claims_total", {"label": "disputed"})
    'factcheck_claims_total{label="disputed"}'
    """
    inner = ",".join(f'{label}="{_escaped(value)}"' for label, value in (labels or {}).items())
    return f"{name}{{{inner}}}" if inner else name


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
