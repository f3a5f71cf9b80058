"""Many clients in one thread: a thread each would wait for the interpreter, and count that as the service's time."""

import random
import selectors
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """Status of an answer, and milliseconds from the request's first byte to the answer's last one."""

    status: int
    ms: float


class Fleet:
    """`clients` connections, kept alive. Each asks again as soon as it was answered, or all together `rate` times a second."""

    def __init__(self, url: str, clients: int, rate: float = 0.0) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._pause_s = clients / rate if rate else 0.0
        self._selector = selectors.DefaultSelector()
        self._boats = [_Boat(self._address) for _ in range(clients)]

    def ask(self, request: bytes, seconds: float) -> list[Asked]:
        """All that was answered until the time was over; what is on its way then is waited for."""
        began = time.perf_counter()
        for boat in self._boats:
            boat.due = began + random.random() * self._pause_s
        found: list[Asked] = []
        while True:
            now = time.perf_counter()
            for boat in self._boats:
                if not boat.waits and boat.due <= now < began + seconds:
                    boat.send(request, self._selector)
            waiting = [boat for boat in self._boats if boat.waits]
            if not waiting and now >= began + seconds:
                return found
            found += self._received(min((b.due for b in self._boats if not b.waits), default=now + 1.0) - now)

    def close(self) -> None:
        """All connections."""
        for boat in self._boats:
            boat.close(self._selector)
        self._selector.close()

    def _received(self, patience_s: float) -> list[Asked]:
        """What came in at the next moment at which anything does, or nothing after a while."""
        found = []
        events = self._selector.select(max(0.0, min(patience_s, 1.0)))
        now = time.perf_counter()
        for key, _ in events:
            boat: _Boat = key.data
            status = boat.receive(self._selector)
            if status is not None:
                found.append(Asked(status, (now - boat.sent) * 1000))
                boat.due = max(now, boat.due + self._pause_s)
        return found


class _Boat:
    """One connection, opened anew where the service closed it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._socket: socket.socket | None = None
        self._got = bytearray()
        self._request = b""
        self.waits = False
        self.due = self.sent = 0.0

    def send(self, request: bytes, selector: selectors.BaseSelector) -> None:
        """Raises `OSError` if nobody listens."""
        self.sent, self.waits, self._request = time.perf_counter(), True, request
        self._got.clear()
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(self._socket, selectors.EVENT_READ, self)
        try:
            self._socket.sendall(request)
        except ConnectionError:
            self._again(selector)

    def receive(self, selector: selectors.BaseSelector) -> int | None:
        """The status once the whole answer is there."""
        assert self._socket is not None
        try:
            chunk = self._socket.recv(65_536)
        except ConnectionError:
            chunk = b""
        if not chunk:
            if self.waits:
                self._again(selector)
            else:
                self.close(selector)
            return None
        self._got += chunk
        head, ends, body = self._got.partition(b"\r\n\r\n")
        if not ends or len(body) < _length(head):
            return None
        self.waits = False
        if b"\r\nconnection: close" in head.lower():
            self.close(selector)
        return int(head[9:12])

    def close(self, selector: selectors.BaseSelector) -> None:
        """The next question opens it again."""
        if self._socket is not None:
            selector.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def _again(self, selector: selectors.BaseSelector) -> None:
        sent = self.sent
        self.close(selector)
        self.send(self._request, selector)
        self.sent = sent


def _length(head: bytes | bytearray) -> int:
    return next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
