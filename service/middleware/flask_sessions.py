"""Server-side sessions behind Flask's `session`: the cookie holds a random id, Redis holds the content."""

from typing import Any, Protocol

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

_NAME = "factcheck_session"


class SessionStore(Protocol):
    """The stored sessions. Raises `StoreUnavailable`."""

    def create(self, content: dict[str, Any]) -> str:
        """Stores a new session and returns its id."""

    def read(self, session_id: str) -> dict[str, Any] | None:
        """The content; None if the session has ended."""

    def update(self, session_id: str, content: dict[str, Any]) -> None:
        """Replaces the content."""

    def end(self, session_id: str) -> None:
        """Deletes the session."""


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """The content of a session. `renew` gives it another id, so that nobody who knew the old one has the new one."""

    def __init__(self, content: dict[str, Any], session_id: str | None) -> None:
        super().__init__(content, self._changed)
        self.session_id = session_id
        self.modified = False
        self.is_renewed = False

    def renew(self) -> None:
        """A new id at the end of the request."""
        self.is_renewed = True

    def _changed(self, _: Any) -> None:
        self.modified = True


class StoredSessionInterface(SessionInterface):
    """Reads and writes sessions. A request without the cookie touches no store; an unknown id is never taken over."""

    def __init__(self, store: SessionStore, is_secure: bool) -> None:
        self._store = store
        self._is_secure = is_secure

    @property
    def cookie(self) -> str:
        """`__Host-` binds the cookie to this host over HTTPS."""
        return f"__Host-{_NAME}" if self._is_secure else _NAME

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """The session of the request, empty where there is none."""
        session_id = request.cookies.get(self.cookie)
        content = self._store.read(session_id) if session_id else None
        return StoredSession(content or {}, session_id if content is not None else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Writes what changed. An empty session ends, with its cookie."""
        assert isinstance(session, StoredSession)
        if not session.modified and not session.is_renewed:
            return
        if session.session_id and (session.is_renewed or not session):
            self._store.end(session.session_id)
        if not session:
            response.delete_cookie(self.cookie, secure=self._is_secure, httponly=True, samesite="Lax", path="/")
        elif session.session_id and not session.is_renewed:
            self._store.update(session.session_id, dict(session))
        else:
            session_id = self._store.create(dict(session))
            response.set_cookie(
                self.cookie, session_id, secure=self._is_secure, httponly=True, samesite="Lax", path="/"
            )
