"""The settings object: read from the environment and range-checked at start, then passed in explicitly.

Each variable is `FACTCHECK_` and the field's name in capitals. The exception is `REDIS_URL`, a common convention.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from factcheck.errors import InvalidSetting

PACKAGED_MODELS = Path(__file__).parent.parent / "worker" / "models"
"""The models that ship with the project, one folder each."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Suffixes are units: `_s` seconds, `_chars` Unicode code points, `_bytes` bytes."""

    data_dir: Path = Path("data")
    redis_url: str = "redis://127.0.0.1:6379/0"
    search_url: str = ""
    index_dir: str = ""
    replicas: int = 0
    host: str = "127.0.0.1"
    port: int = 8080
    web_processes: int = 2
    web_threads: int = 32
    workers: int = 2
    model_dir: Path = PACKAGED_MODELS / "reader"
    model_threads: int = 2
    article_limit_chars: int = 200_000
    document_limit_chars: int = 1_000_000
    body_limit_bytes: int = 16_000_000
    file_limit_bytes: int = 64_000_000
    sentence_limit: int = 2_000
    check_time_limit_s: float = 120.0
    check_lifetime_s: int = 86_400
    tombstone_lifetime_s: int = 604_800
    history_lifetime_s: int = 7_776_000
    queue_limit: int = 10_000
    wait_limit_s: float = 30.0
    long_polls: int = 16
    max_evidence: int = 5
    candidates: int = 30
    early_exit: int = 1
    job_tries: int = 3
    languagetool_deadline_s: float = 8.0
    languagetool_issue_type: str = "grammar"
    languagetool_origins: str = "extensions"
    verdict_memory_s: int = 900
    watch_lifetime_s: int = 2_592_000
    watch_limit: int = 1_000
    watch_quiet_s: float = 30.0
    callback_secret: str = ""
    callback_hosts: str = ""
    worker_memory_mb: int = 2_000
    requests_per_minute: int = 1_200
    queue_limit_per_key: int = 5_000
    audit_entries: int = 1_000_000
    newsroom_zone: str = ""
    upload_limit_bytes: int = 4_000_000_000
    public_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_scopes: str = "openid profile email"
    oidc_groups_claim: str = "groups"
    proxy_user_header: str = ""
    proxy_groups_header: str = ""
    trusted_proxies: str = ""
    roles: str = ""
    session_lifetime_s: int = 43_200
    traces_url: str = ""
    log_level: str = "INFO"
    log_format: str = "json"


_RANGES: dict[str, tuple[float, float]] = {
    "replicas": (0, 5),
    "port": (0, 65_535),
    "web_processes": (1, 64),
    "web_threads": (2, 512),
    "workers": (1, 256),
    "model_threads": (1, 64),
    "article_limit_chars": (1, 5_000_000),
    "document_limit_chars": (1, 50_000_000),
    "body_limit_bytes": (1_000, 500_000_000),
    "file_limit_bytes": (1_000, 500_000_000),
    "sentence_limit": (1, 100_000),
    "check_time_limit_s": (1, 3_600),
    "check_lifetime_s": (1, 31_536_000),
    "tombstone_lifetime_s": (1, 31_536_000),
    "history_lifetime_s": (0, 315_360_000),
    "queue_limit": (1, 1_000_000),
    "wait_limit_s": (0, 300),
    "long_polls": (1, 500),
    "max_evidence": (1, 50),
    "candidates": (1, 500),
    "early_exit": (0, 1),
    "job_tries": (1, 10),
    "languagetool_deadline_s": (0.1, 300),
    "verdict_memory_s": (0, 86_400),
    "watch_lifetime_s": (1, 31_536_000),
    "watch_limit": (0, 100_000),
    "watch_quiet_s": (0.01, 3_600),
    "worker_memory_mb": (0, 1_000_000),
    "requests_per_minute": (0, 1_000_000),
    "queue_limit_per_key": (1, 1_000_000),
    "session_lifetime_s": (60, 2_592_000),
    "audit_entries": (1_000, 1_000_000_000),
    "upload_limit_bytes": (1_000, 1_000_000_000_000),
}
_CHOICES = {"log_level": {"DEBUG", "INFO", "WARNING", "ERROR"}, "log_format": {"json", "text"}}


def variable(name: str) -> str:
    """The environment variable of a field: `port` → `FACTCHECK_PORT`."""
    return "REDIS_URL" if name == "redis_url" else f"FACTCHECK_{name.upper()}"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment.

    Raises: `InvalidSetting` that names the variable and the value.
    """
    defaults = Settings()
    given = {
        field.name: _parse(field.name, type(getattr(defaults, field.name)), environ[variable(field.name)])
        for field in fields(Settings)
        if environ.get(variable(field.name), "") != ""
    }
    return Settings(**given)  # type: ignore[arg-type]


def _parse(name: str, kind: type[Path | str | int | float], raw: str) -> Path | str | int | float:
    try:
        value = kind(raw)
    except ValueError:
        raise InvalidSetting(f"{variable(name)}={raw!r} is not a valid {kind.__name__}") from None
    if isinstance(value, int | float) and name in _RANGES:
        low, high = _RANGES[name]
        if not low <= value <= high:
            raise InvalidSetting(f"{variable(name)}={raw!r} is outside of {low:g} to {high:g}")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise InvalidSetting(f"{variable(name)}={raw!r} is none of {', '.join(sorted(_CHOICES[name]))}")
    return value
