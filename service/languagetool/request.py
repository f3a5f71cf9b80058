"""Reads requests of LanguageTool clients: queries, forms, and JSON bodies that one widely used client sends."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.exceptions import BadRequest

from factcheck.errors import ArticleTooLong
from factcheck.publication_date import parse_published
from service.languagetool.annotated import AnnotatedPiece, AnnotatedText, plain
from service.languagetool.languages import Language, chosen_language

_TRUE = {"true", "yes", "on", "1"}
_FIELDS_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """Filter by rule and category id. `only` drops everything that is not enabled by name."""

    enabled_rules: frozenset[str]
    disabled_rules: frozenset[str]
    enabled_categories: frozenset[str]
    disabled_categories: frozenset[str]
    only: bool

    def keeps(self, rule_id: str, category_id: str) -> bool:
        """Disabled overrides enabled; a rule overrides its category."""
        if rule_id in self.disabled_rules:
            return False
        if rule_id in self.enabled_rules:
            return True
        if category_id in self.disabled_categories:
            return False
        return not self.only or category_id in self.enabled_categories


@dataclass(frozen=True, slots=True)
class TextCheckRequest:
    """One parsed request. `published_at` is the dateline from the query string, if any."""

    text: AnnotatedText
    language: Language
    filter: RuleFilter
    published_at: str | None


def read_request(request: Request, limit_chars: int) -> TextCheckRequest:
    """Parses a request.

    Raises:
        BadRequest: malformed fields (400).
        ArticleTooLong: more than `limit_chars`, markup included.
        InvalidInput: `published_at` is not an ISO 8601 date.
    """
    fields = read_fields(request)
    text = _text(fields)
    if len(text.sent) > limit_chars:
        raise ArticleTooLong(limit_chars, len(text.sent))
    language = chosen_language(fields.get("language", "auto"), _names(fields, "preferredVariants"))
    published_at = fields.get("published_at")
    return TextCheckRequest(
        text=text,
        language=language,
        filter=_filter(fields),
        published_at=parse_published(published_at, "/published_at") if published_at else None,
    )


def read_fields(request: Request) -> dict[str, str]:
    """The fields of query and body; the body overrides the query."""
    return {**request.args.to_dict(), **_body_fields(request)}


def _body_fields(request: Request) -> dict[str, str]:
    if request.mimetype == "multipart/form-data":
        return request.form.to_dict()
    body = request.get_data(cache=True).decode("utf-8-sig", "replace")
    if body.lstrip().startswith("{"):
        return dict(_json_fields(body))
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS_LIMIT)
    except ValueError:
        raise BadRequest(f"The form has more than {_FIELDS_LIMIT} fields.") from None
    return dict(reversed(pairs))


def _json_fields(body: str) -> Iterator[tuple[str, str]]:
    """Fields of a JSON object, which some clients send with the media type of a form."""
    fields = _parsed(body, "The body")
    for name, value in fields.items():
        if isinstance(value, list):
            yield name, ",".join(map(str, value))
        elif isinstance(value, dict | bool):
            yield name, json.dumps(value)
        elif value is not None:
            yield name, str(value)


def _text(fields: Mapping[str, str]) -> AnnotatedText:
    if "data" in fields and "text" not in fields:
        return _annotated(_parsed(fields["data"], "The field 'data'"))
    if "text" not in fields:
        raise BadRequest("Send the text in the field 'text' or 'data'.")
    return plain(fields["text"])


def _annotated(document: Mapping[str, Any]) -> AnnotatedText:
    pieces, text = document.get("annotation"), document.get("text")
    if isinstance(pieces, list):
        return AnnotatedText([_piece(piece) for piece in pieces])
    if isinstance(text, str):
        return plain(text)
    raise BadRequest("The field 'data' has neither 'text' nor a list 'annotation'.")


def _piece(raw: object) -> AnnotatedPiece:
    piece = raw if isinstance(raw, dict) else {}
    text, markup, read = piece.get("text"), piece.get("markup"), piece.get("interpretAs")
    if isinstance(text, str) and markup is None:
        return AnnotatedPiece(text, text)
    if isinstance(markup, str) and text is None and (read is None or isinstance(read, str)):
        return AnnotatedPiece(markup, read or "")
    raise BadRequest("Each entry of 'annotation' needs either 'text', or 'markup' and optionally 'interpretAs'.")


def _parsed(raw: str, what: str) -> dict[str, Any]:
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest(f"{what} is not JSON.") from None
    if not isinstance(parsed, dict):
        raise BadRequest(f"{what} is not a JSON object.")
    return parsed


def _filter(fields: Mapping[str, str]) -> RuleFilter:
    return RuleFilter(
        enabled_rules=frozenset(_names(fields, "enabledRules")),
        disabled_rules=frozenset(_names(fields, "disabledRules")),
        enabled_categories=frozenset(_names(fields, "enabledCategories")),
        disabled_categories=frozenset(_names(fields, "disabledCategories")),
        only=fields.get("enabledOnly", "").strip().lower() in _TRUE,
    )


def _names(fields: Mapping[str, str], field: str) -> list[str]:
    return [name.strip() for name in fields.get(field, "").split(",") if name.strip()]
