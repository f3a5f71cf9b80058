"""Checks with a running service over HTTP; standard library only."""

import json
import os
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from factcheck.article import Article
from factcheck.codec import article_to_json
from factcheck.errors import FactcheckError, StoreUnavailable, UnreadableSource

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
            return _check_of(json.load(answer))
    except HTTPError as error:
        raise _refusal(error) from error
    except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
        raise StoreUnavailable(f"the service at {url} does not answer: {getattr(error, 'reason', error)}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"what answers at {url} is not this service") from error


def _check_of(answer: Any) -> dict[str, Any]:
    """Raises `ValueError` where it is no check."""
    if not isinstance(answer, dict) or "status" not in answer or "id" not in answer:
        raise ValueError("no check")
    return answer


def _refusal(error: HTTPError) -> FactcheckError:
    """What lies with the service (429, 5xx) may be better later; anything else lies with what was asked."""
    told = f"the service answered {error.code}: {_detail(error)}"
    return StoreUnavailable(told) if error.code == 429 or error.code >= 500 else UnreadableSource(told)


def _detail(error: HTTPError) -> str:
    try:
        problem = json.load(error)
        faults = "; ".join(f"{e['pointer']}: {e['detail']}" for e in problem.get("errors", []))
        return faults or problem.get("detail") or problem.get("title") or error.reason
    except (ValueError, AttributeError):
        return str(error.reason)
