"""Names of time series, as Prometheus writes them: service and workers count under the same ones."""

from collections.abc import Mapping


def series(name: str, labels: Mapping[str, str] | None = None) -> str:
    """One series.

    >>> series("factcheck_claims_total", {"label": "disputed"})
    'factcheck_claims_total{label="disputed"}'
    """
    inner = ",".join(f'{label}="{_escaped(value)}"' for label, value in (labels or {}).items())
    return f"{name}{{{inner}}}" if inner else name


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
