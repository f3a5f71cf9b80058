"""LanguageTool's API, described for openapi.yaml."""

from typing import Any

_NAMES = "Ids, separated by commas."
FIELDS: dict[str, str] = {
    "text": "The text; this or data is required.",
    "data": 'JSON: {"text": …} or {"annotation": [{"text": …} or {"markup": …, "interpretAs": …}]}.',
    "language": "Code from /v2/languages, or auto.",
    "enabledRules": _NAMES,
    "disabledRules": _NAMES,
    "enabledCategories": _NAMES,
    "disabledCategories": _NAMES,
    "enabledOnly": "true: only rules and categories that are enabled by name.",
    "preferredVariants": "Codes, separated by commas, for language=auto.",
    "level": "default or picky; no difference.",
    "motherTongue": "Accepted and ignored.",
    "username": "Accepted and ignored.",
    "apiKey": "API key, for clients that cannot send headers.",
    "published_at": "Dateline of the text, ISO 8601; not part of LanguageTool's interface.",
}

_STRING = {"type": "string"}
_DATELINE = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}, {"maxLength": 0}]}
_COUNT = {"type": "integer", "minimum": 0}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_RULE = _object(
    {
        "id": _STRING,
        "description": _STRING,
        "issueType": _STRING,
        "category": _object({"id": _STRING, "name": _STRING}),
        "isPremium": {"type": "boolean"},
    },
    urls=_list(_object({"value": _STRING})),
)
_MATCH = _object(
    {
        "message": _STRING,
        "shortMessage": _STRING,
        "replacements": _list(_object({"value": _STRING})),
        "offset": _COUNT,
        "length": _COUNT,
        "context": _object({"text": _STRING, "offset": _COUNT, "length": _COUNT}),
        "sentence": _STRING,
        "rule": _RULE,
    },
    type=_object({"typeName": _STRING}),
    ignoreForIncompleteSentence={"type": "boolean"},
    contextForSureMatch={"type": "integer"},
)
_LANGUAGE = {"name": _STRING, "code": _STRING}
SOFTWARE = _object({"name": _STRING, "version": _STRING, "apiVersion": _COUNT, "premium": {"type": "boolean"}})
CHECK = _object(
    {
        "software": SOFTWARE,
        "warnings": _object({"incompleteResults": {"type": "boolean"}}, incompleteResultsReason=_STRING),
        "language": _object(
            {**_LANGUAGE, "detectedLanguage": _object({**_LANGUAGE, "confidence": {"type": "number"}})}
        ),
        "matches": _list(_MATCH),
        "sentenceRanges": _list({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
    }
)
LANGUAGE_LIST = _list(_object({"name": _STRING, "code": _STRING, "longCode": _STRING}))
INFO = _object({"software": SOFTWARE})


def query_parameters() -> list[dict[str, Any]]:
    """The fields as query parameters."""
    return [{"name": name, "in": "query", "description": text, "schema": _kind(name)} for name, text in FIELDS.items()]


def form() -> dict[str, Any]:
    """The fields as a form."""
    properties = {name: {**_kind(name), "description": text} for name, text in FIELDS.items()}
    schema = {"type": "object", "properties": properties}
    return {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}


def _kind(name: str) -> dict[str, Any]:
    return _DATELINE if name == "published_at" else _STRING
