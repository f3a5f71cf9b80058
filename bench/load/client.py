"""A client that costs little: it shares the cores with the service it measures."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, how long it took, and the body."""

    status: int
    ms: float
    body: bytes


def request(method: str, path: str, body: str = "") -> bytes:
    """As it goes over the wire; a body is JSON."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body.encode())}\r\n"
    kind = "Content-Type: application/json\r\n" if body else ""
    return f"{head}{kind}\r\n{body}".encode()


class Client:
    """One connection, kept alive, opened anew where the service closed it. Reads answers with a Content-Length only."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._socket: socket.socket | None = None

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Raises `OSError` if nobody answers."""
        began = time.perf_counter()
        status, answer = self._exchanged(request(method, path, body))
        return Answer(status, (time.perf_counter() - began) * 1000, answer)

    def close(self) -> None:
        """The next question opens it again."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchanged(self, asked: bytes) -> tuple[int, bytes]:
        reused = self._socket is not None
        try:
            return self._exchange(asked)
        except ConnectionError:
            self.close()
            if not reused:
                raise
            return self._exchange(asked)

    def _exchange(self, asked: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(asked)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._received()
        head, _, body = got.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
        while len(body) < length:
            body += self._received()
        if b"connection: close" in lines:
            self.close()
        return int(lines[0].split()[1]), body

    def _received(self) -> bytes:
        assert self._socket is not None
        chunk = self._socket.recv(65_536)
        if not chunk:
            raise ConnectionResetError
        return chunk
