"""Checks with a running service over HTTP; standard library only."""

import json
import os
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from factcheck.article import Article
from factcheck.codec import article_to_json
from factcheck.errors import StoreUnavailable, UnreadableSource

_WAIT_S = 30


def check_remotely(url: str, article: Article) -> dict[str, Any]:
    """The finished report's JSON. The key, where the service asks for one, comes from `FACTCHECK_API_KEY`."""
    body = {k: v for k, v in article_to_json(article).items() if v is not None}
    check = _call(f"{url.rstrip('/')}/v1/checks?wait={_WAIT_S}", {"article": body})
    while check["status"] in {"queued", "running"}:
        check = _call(f"{url.rstrip('/')}/v1/checks/{check['id']}?wait={_WAIT_S}", None)
    if check["status"] != "finished":
        raise StoreUnavailable(f"the check ended as {check['status']}: {(check.get('error') or {}).get('detail', '')}")
    report: dict[str, Any] = check["report"]
    return report


def _call(url: str, body: dict[str, Any] | None) -> dict[str, Any]:
    if not url.startswith(("http://", "https://")):
        raise UnreadableSource(f"--url {url!r} is no http or https address")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if os.environ.get("FACTCHECK_API_KEY"):
        headers["Authorization"] = f"Bearer {os.environ['FACTCHECK_API_KEY']}"
    request = Request(url, None if body is None else json.dumps(body).encode(), headers)
    try:
        with urlopen(request, timeout=_WAIT_S + 30) as answer:
            value: dict[str, Any] = json.load(answer)
            return value
    except HTTPError as error:
        raise UnreadableSource(f"the service answered {error.code}: {_detail(error)}") from error
    except (URLError, TimeoutError) as error:
        raise StoreUnavailable(f"the service at {url} does not answer: {error}") from error


def _detail(error: HTTPError) -> str:
    try:
        problem = json.load(error)
        faults = "; ".join(f"{e['pointer']}: {e['detail']}" for e in problem.get("errors", []))
        return faults or problem.get("detail") or problem.get("title") or error.reason
    except (ValueError, AttributeError):
        return str(error.reason)
