"""Checks with a running service, for `factcheck check --url`."""

import os

from factcheck.article import Article
from factcheck.client import CheckEnded, Client, ClientError, ServerFault, StillRunning, TooBusy, Unreachable
from factcheck.errors import StoreUnavailable, UnreadableSource
from factcheck.verdict import Report

_TIMEOUT_S = 3_600.0
_RETRYABLE = (Unreachable, TooBusy, ServerFault, CheckEnded, StillRunning)


def check_remotely(url: str, article: Article) -> Report:
    """The finished report. Reads the API key, where the service needs one, from `FACTCHECK_API_KEY`.

    Raises: `StoreUnavailable` where a retry may succeed, `UnreadableSource` where the request itself is at fault.
    """
    try:
        client = Client(url, os.environ.get("FACTCHECK_API_KEY"))
    except ValueError as error:
        raise UnreadableSource(f"--url {error}") from None
    try:
        return client.check(article, timeout_s=_TIMEOUT_S)
    except _RETRYABLE as error:
        raise StoreUnavailable(str(error)) from error
    except ClientError as error:
        raise UnreadableSource(str(error)) from error
