"""Which operation needs which scope; used by `authentication` and for openapi.yaml by `api.resource`."""

from factcheck.api_keys import Scope

_CHECKING = frozenset("checks drafts draft_files word_files events gate decisions pairs articles rechecks desk".split())
_READING = frozenset({"GET", "HEAD"})


def scope_of(resource: str, view: str, method: str) -> Scope | None:
    """The scope an operation of a resource needs; None if it is public."""
    if resource in _CHECKING or (resource == "languagetool" and view.startswith("checkText")):
        return Scope.CHECK
    if resource in {"documents", "corpus_audits"}:
        return Scope.CORPUS_READ if method.upper() in _READING else Scope.CORPUS_WRITE
    if resource == "imports":
        return Scope.CORPUS_WRITE
    return Scope.ADMIN if resource == "audit" else None
