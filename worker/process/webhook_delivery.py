"""Delivers webhooks when checks end, in a thread, with retries."""

import http.client
import ipaddress
import json
import logging
import random
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread, Timer
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

from factcheck.claim_tracking import decision_counts
from factcheck.errors import StoreUnavailable
from factcheck.ports import PendingWebhook, WebhookOutbox
from factcheck.timestamps import timestamp
from factcheck.webhook_addresses import AddressPolicy
from factcheck.webhook_signatures import signed_headers

Post: TypeAlias = Callable[[str, Mapping[str, str], bytes], int]
"""(address, headers, body) → HTTP status. Raises: `OSError` or `HTTPException` without a response, `ForbiddenAddress`."""

DELAYS_S = (5, 60, 300, 1_800, 7_200, 18_000, 25_200, 28_800)
"""Delays before the second try, the third …: 22.6 hours in total. After the last, the webhook is given up."""

JITTER = 0.1
"""Each delay varies by up to this share, so that webhooks that failed together are not retried together."""

_LEASE_S = 120.0
_IDLE_S = 1.0
_TIMEOUT_S = 10.0
_WHOLE_S = 20.0  # `_TIMEOUT_S` does not limit a receiver that sends single bytes slowly
_GONE = 410
_log = logging.getLogger(__name__)


class ForbiddenAddress(Exception):
    """Webhooks may not be sent to this address."""


class WebhookDelivery:
    """Delivers due webhooks, one at a time. Several instances, also of other processes, share the work."""

    def __init__(
        self, box: WebhookOutbox, secret: bytes | None, post: Post, chance: Callable[[], float] = random.random
    ) -> None:
        """`chance()` is a random number in [0, 1]."""
        self._chance = chance
        self._box = box
        self._secret = secret
        self._post = post

    def start(self) -> None:
        """Starts a thread that ends with the process. An interrupted delivery is retried after its lease."""
        Thread(target=self._run, name="webhooks", daemon=True).start()

    def deliver_next(self) -> bool:
        """Delivers one due webhook. False if there is none. Raises: `StoreUnavailable`."""
        callback = self._box.take(_LEASE_S)
        if callback is None:
            return False
        status = self._told(callback)
        delay_s = self._delay_s(callback, status)
        if status == _GONE:
            self._box.disable(callback.id)
        elif delay_s is None:
            self._box.settle(callback.id)
        else:
            self._box.postpone(callback.id, delay_s)
        return True

    def _run(self) -> None:
        while True:
            try:
                if self.deliver_next():
                    continue
            except StoreUnavailable:
                _log.info("callbacks wait for the store")
            except Exception:
                _log.exception("callback stumbled")
            time.sleep(_IDLE_S)

    def _told(self, callback: PendingWebhook) -> int | None:
        """The receiver's HTTP status; 0 without a response, None for a forbidden address."""
        body = json.dumps(message(callback), ensure_ascii=True).encode()
        now_s = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "factcheck",
            **signed_headers(self._secret, _message_id(callback), now_s, body),
        }
        try:
            return self._post(callback.url, headers, body)
        except ForbiddenAddress:
            return None
        except (OSError, http.client.HTTPException, ValueError):
            return 0

    def _delay_s(self, callback: PendingWebhook, status: int | None) -> float | None:
        """Seconds until the next try; None if there is none left."""
        facts = {"check_id": callback.check.id, "status": status, "tries": callback.tries + 1}
        if status is not None and 200 <= status < 300:
            _log.info("callback told", extra=facts)
            return None
        if status is None or status == _GONE or callback.tries >= len(DELAYS_S):
            _log.warning("callback given up", extra=facts)
            return None
        _log.info("callback to be tried again", extra=facts)
        return DELAYS_S[callback.tries] * (1 + JITTER * (2 * self._chance() - 1))


def _message_id(callback: PendingWebhook) -> str:
    """An id that is the same for each try of one message."""
    suffix = "" if callback.recheck is None else f"_{callback.recheck}"
    return f"msg_{callback.check.id}{suffix}"


def message(callback: PendingWebhook) -> dict[str, Any]:
    """The webhook's body: that the check ended, or which verdicts flipped. Contains no text of the article."""
    check = callback.check
    report = check.report
    flips = [{"claim_id": f.claim_id, "before": f.before.value, "after": f.after.value} for f in callback.flips]
    return {
        "type": f"check.{check.status.value}" if callback.recheck is None else "check.flipped",
        "timestamp": timestamp(),
        "data": {
            "id": check.id,
            "status": check.status.value,
            "finished_at": check.finished_at,
            "summary": None if report is None else report.summary(),
            "internal_conflicts": None if report is None else len(report.internal_conflicts),
            "article_id": check.article_id,
            "decisions": None if report is None else decision_counts(report),
            "complete": report is not None and report.coverage.complete,
            "self": f"/v1/checks/{quote(check.id, safe='')}",
            **({} if callback.recheck is None else {"recheck": callback.recheck, "flips": flips}),
        },
    }


def poster(reach: AddressPolicy, whole_s: float = _WHOLE_S) -> Post:
    """Posts over HTTP or HTTPS to allowed hosts. Connects to the resolved and checked address, and follows no redirect.

    Reads only the response's head. Takes at most `whole_s` after the name is resolved.
    """

    def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise ForbiddenAddress("no plain web address")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _PinnedConnection(
            parts.hostname, port, _address(parts.hostname, port, reach), parts.scheme == "https"
        )
        limit = Timer(whole_s, connection.cut)
        limit.daemon = True
        limit.start()
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, body, dict(headers))
            return connection.getresponse().status
        finally:
            limit.cancel()
            connection.close()

    return post


def _address(host: str, port: int, reach: AddressPolicy) -> str:
    """The first of the host's addresses. Raises: `ForbiddenAddress` if any of them is not allowed."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not reach.permits(host, [ipaddress.ip_address(address.partition("%")[0]) for address in found]):
        raise ForbiddenAddress("an address that is not public")
    return found[0]


class _PinnedConnection(http.client.HTTPConnection):
    """Connects to `address` without resolving the host's name again (DNS rebinding). Uses the name in HTTP and TLS."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=_TIMEOUT_S)
        self._address = address
        self._context = ssl.create_default_context() if secure else None
        self._raw: socket.socket | None = None

    def cut(self) -> None:
        """Closes the connection from another thread, so that a blocked read or write fails."""
        if self._raw is not None:
            with suppress(OSError):
                self._raw.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        sock = self._raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(sock, server_hostname=self.host) if self._context else sock
