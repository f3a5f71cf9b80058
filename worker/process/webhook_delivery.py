"""The courier: tells clients that their checks are over, in a thread beside the work, and tries again where it must."""

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
from datetime import UTC, datetime
from threading import Thread, Timer
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

from factcheck.claim_matching import decision_counts
from factcheck.errors import StoreUnavailable
from factcheck.ports import PendingWebhook, WebhookOutbox
from factcheck.webhooks import AddressPolicy, signed_headers

Post: TypeAlias = Callable[[str, Mapping[str, str], bytes], int]
"""Address, headers, body → HTTP status; raises `OSError` or `HTTPException` where nobody answered, `ForbiddenAddress`."""

DELAYS_S = (5, 60, 300, 1_800, 7_200, 18_000, 25_200, 28_800)
"""Before the second try, the third …: 22.6 hours in all. A callback that failed after the last one is given up."""

JITTER = 0.1
"""Each delay is longer or shorter by so much of itself at most: what failed together is not tried again together."""

_LEASE_S = 120.0
_IDLE_S = 1.0
_TIMEOUT_S = 10.0
_WHOLE_S = 20.0  # a receiver that sends a byte now and then keeps within `_TIMEOUT_S` for ever
_GONE = 410
_log = logging.getLogger(__name__)


class ForbiddenAddress(Exception):
    """The address is none that a callback may go to."""


class WebhookDelivery:
    """Delivers what is due, one at a time. A second courier, in this process or another, takes what this one leaves."""

    def __init__(
        self, box: WebhookOutbox, secret: bytes | None, post: Post, chance: Callable[[], float] = random.random
    ) -> None:
        """`chance` is from 0 to 1."""
        self._chance = chance
        self._box = box
        self._secret = secret
        self._post = post

    def start(self) -> None:
        """Works in a thread that ends with the process; what it was at is tried again after its lease."""
        Thread(target=self._run, name="courier", daemon=True).start()

    def deliver_next(self) -> bool:
        """One callback that is due; False if none is. Raises `StoreUnavailable`."""
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
        """The receiver's HTTP status; 0 if nobody answered, None if it must not be asked."""
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
        """Seconds until the next try; None if there is none."""
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
    """The same for each try, and another one for each message."""
    suffix = "" if callback.recheck is None else f"_{callback.recheck}"
    return f"msg_{callback.check.id}{suffix}"


def message(callback: PendingWebhook) -> dict[str, Any]:
    """What a callback says: that the check is over, or which verdicts flipped. No text: that is read from the service."""
    check = callback.check
    report = check.report
    flips = [{"claim_id": f.claim_id, "before": f.before.value, "after": f.after.value} for f in callback.flips]
    return {
        "type": f"check.{check.status.value}" if callback.recheck is None else "check.flipped",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
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
    """Posts over HTTP or HTTPS to hosts within reach, to the very address that was looked at; follows no redirect.

    Reads no more than the answer's head. All of it takes `whole_s` at most once the host's name is known.
    """

    def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise ForbiddenAddress("no plain web address")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _Pinned(parts.hostname, port, _address(parts.hostname, port, reach), parts.scheme == "https")
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
    """The first of the host's addresses; raises `ForbiddenAddress` where one of them is out of reach."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not reach.permits(host, [ipaddress.ip_address(address.partition("%")[0]) for address in found]):
        raise ForbiddenAddress("an address that is not public")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """Goes to `address`, whatever the host's name means by now; speaks to it by its name."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=_TIMEOUT_S)
        self._address = address
        self._context = ssl.create_default_context() if secure else None
        self._raw: socket.socket | None = None

    def cut(self) -> None:
        """From another thread: whoever reads or writes here is told that the connection broke."""
        if self._raw is not None:
            with suppress(OSError):
                self._raw.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        sock = self._raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(sock, server_hostname=self.host) if self._context else sock
