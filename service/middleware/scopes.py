"""Which call needs which scope, for the door (`access`) and for openapi.yaml (`resource`)."""

from factcheck.api_keys import Scope

_CHECKING = frozenset({"checks", "drafts", "events", "gate"})
_READING = frozenset({"GET", "HEAD"})


def scope_of(resource: str, view: str, method: str) -> Scope | None:
    """The scope that a call of a resource needs; None where everybody may call it."""
    if resource in _CHECKING or (resource == "languagetool" and view.startswith("checkText")):
        return Scope.CHECK
    if resource == "documents":
        return Scope.CORPUS_READ if method.upper() in _READING else Scope.CORPUS_WRITE
    return Scope.ADMIN if resource == "audit" else None
