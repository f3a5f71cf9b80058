"""What clients may send. One instance of each schema serves all requests; unknown members are refused."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema
from webargs.fields import DelimitedList

from factcheck.article import Format
from factcheck.check import CheckStatus, Priority
from factcheck.verdict import Label
from service.http.json_fields import (
    ID,
    ID_LIMIT_BYTES,
    LANGUAGE,
    PRINTABLE,
    WEB_ADDRESS,
    JsonBoolean,
    JsonDate,
    JsonDateTime,
    JsonInteger,
    JsonNumber,
    JsonString,
    QueryInteger,
    Validator,
    document_id,
    not_blank,
    positive,
    printable,
)

INTERNAL = "internal_conflict"
GATE_REASONS = [Label.SUPPORTED, Label.CONTRADICTED, Label.DISPUTED, Label.UNVERIFIED, INTERNAL]
_PAGE_LIMIT = 200
_BODY: dict[str, Any] = {"minLength": 1, "pattern": r"\S"}
_DATED: dict[str, Any] = {
    "anyOf": [{"format": "date"}, {"format": "date-time"}, {"type": "null"}],
    "examples": ["2018-01-30"],
}
_MOMENT = "ISO 8601 date or date-time, such as 2018-01-30"


def _both(*validators: Validator) -> list[Validator]:
    return list(validators)


def _name(description: str, limit: int = 500) -> JsonString:
    checks = _both(validate.Length(max=limit), printable)
    return JsonString(allow_none=True, validate=checks, metadata={"description": description, "pattern": PRINTABLE})


def _moment(description: str) -> JsonDateTime:
    return JsonDateTime(allow_none=True, metadata={**_DATED, "description": f"{description} {_MOMENT}."})


def _sources(description: str, **more: Any) -> fields.List[str]:
    source = JsonString(validate=validate.Length(max=500))
    return fields.List(source, validate=validate.Length(max=1_000), metadata={"description": description}, **more)


class Input(Schema):
    """Base of what clients send."""

    class Meta:
        """Unknown members are faults."""

        unknown = RAISE


class ArticleInput(Input):
    """The draft under check."""

    text = JsonString(required=True, validate=not_blank, metadata={"description": "The draft.", **_BODY})
    title = JsonString(
        allow_none=True, validate=validate.Length(max=10_000), metadata={"description": "Headline; it is checked too."}
    )
    published_at = _moment("Dateline, against which 'Friday' and 'last week' are read.")
    source = _name("Who publishes it.")
    url = JsonString(allow_none=True, validate=WEB_ADDRESS, metadata={"description": "Where it will stand."})
    language = JsonString(allow_none=True, validate=LANGUAGE, metadata={"description": "BCP 47 language tag."})
    format = JsonString(
        validate=validate.OneOf([f.value for f in Format]),
        metadata={"description": "How the text is marked up; offsets count in the markup as sent. Default: text."},
    )


class DocumentInput(Input):
    """One report of the corpus."""

    id = JsonString(
        required=True,
        validate=_both(validate.Length(min=1, max=ID_LIMIT_BYTES), document_id),
        metadata={"description": "Yours to choose; slashes and any script are welcome.", "pattern": ID},
    )
    text = JsonString(required=True, validate=not_blank, metadata={"description": "The report.", **_BODY})
    title = JsonString(allow_none=True, validate=validate.Length(max=10_000), metadata={"description": "Headline."})
    source = _name("Who published it.")
    published_at = _moment("Publication, against which its 'Friday' and 'last week' are read.")
    url = JsonString(allow_none=True, validate=WEB_ADDRESS, metadata={"description": "Where it stands."})
    language = JsonString(allow_none=True, validate=LANGUAGE, metadata={"description": "BCP 47 language tag."})
    tags = fields.List(
        JsonString(validate=_both(validate.Length(min=1, max=200), printable), metadata={"pattern": PRINTABLE}),
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={"description": "Free words to file it under."},
    )
    retracted = JsonBoolean(metadata={"description": "A retracted report is kept, and is evidence for nothing."})
    corrects = JsonString(
        allow_none=True,
        validate=_both(validate.Length(max=ID_LIMIT_BYTES), printable),
        metadata={"description": "Id of the report that this one corrects.", "pattern": PRINTABLE},
    )
    origin = fields.Dict(
        allow_none=True,
        metadata={"description": "As an answer has it. Not kept: a report that a client sends was not imported."},
    )


class DocumentReplacement(DocumentInput):
    """A report, at an address that already says its id."""

    id = JsonString(
        validate=validate.Length(max=ID_LIMIT_BYTES), metadata={"description": "The id in the address, or absent."}
    )


class SourcesInput(Input):
    """Which sources may be evidence."""

    include = _sources("Empty: all.")
    excluded = _sources("None of these.", data_key="exclude")


class OptionsInput(Input):
    """How to check."""

    max_evidence = JsonInteger(
        validate=validate.Range(1, 50), metadata={"description": "Passages shown for a claim, at most."}
    )
    sources = fields.Nested(SourcesInput)
    priority = JsonString(
        validate=validate.OneOf([p.value for p in Priority]),
        metadata={
            "description": "Interactive checks, for which somebody waits, go ahead of batches. "
            "Default: interactive where the request itself waits for the check, else batch."
        },
    )
    time_limit_s = JsonNumber(
        validate=positive,
        metadata={
            "exclusiveMinimum": 0,
            "description": "Seconds of work on the article, within the service's own limit. What is not reached by then "
            "is accounted for.",
        },
    )


class CheckRequestInput(Input):
    """An article, and how to check it."""

    article = fields.Nested(ArticleInput, required=True)
    documents = fields.List(
        fields.Nested(DocumentInput),
        allow_none=True,
        metadata={"description": "A corpus for this check alone, instead of the stored one."},
    )
    as_of = _moment("Documents that are younger do not count.")
    callback_url = JsonString(
        allow_none=True,
        validate=WEB_ADDRESS,
        metadata={
            "description": "Told when the check is over, and when a recheck of a watched article flips a verdict."
        },
    )
    watch = JsonBoolean(
        metadata={
            "description": "Check the article again whenever documents arrive, change or go that touch its claims. "
            "Not with documents of its own, which never change."
        },
    )
    options = fields.Nested(OptionsInput)

    @validates_schema
    def stored_corpus_is_watched(self, order: dict[str, Any], **_: Any) -> None:
        """Raises where nothing that is watched could ever change."""
        if order.get("watch") and order.get("documents") is not None:
            raise ValidationError("Goes with the stored corpus only: documents sent along never change.", "watch")

    @validates_schema
    def ids_differ(self, order: dict[str, Any], **_: Any) -> None:
        """Raises where two documents claim one id."""
        seen: set[str] = set()
        for index, document in enumerate(order.get("documents") or ()):
            if document["id"] in seen:
                raise ValidationError({"documents": {index: {"id": ["Stands here twice."]}}})
            seen.add(document["id"])


class SubmitHeaders(Input):
    """What else a client may say when it hands in an article."""

    idempotency_key = JsonString(
        data_key="Idempotency-Key",
        validate=validate.Regexp(r"^[!-~]{1,255}$", error="Must be 1 to 255 visible ASCII characters."),
        metadata={"description": "The same key with the same body answers the same check, and makes no second one."},
    )
    prefer = fields.String(
        data_key="Prefer",
        metadata={"description": "wait=N (RFC 7240): answer 200 with the finished check if it is done in N seconds."},
    )


class ReadHeaders(Input):
    """What a client already has."""

    if_none_match = fields.String(
        data_key="If-None-Match", metadata={"description": "ETag of an earlier answer; 304 where nothing changed."}
    )


class ResumeHeaders(Input):
    """Where a stream broke off."""

    last_event_id = fields.String(
        data_key="Last-Event-ID", metadata={"description": "Id of the last event seen; the stream goes on after it."}
    )


class WaitQuery(Input):
    """How long to wait."""

    wait = QueryInteger(
        validate=validate.Range(0, 86_400),
        metadata={"description": "Seconds to wait for the check to be over; bounded by the service's own limit."},
    )


class PageQuery(Input):
    """Which page of a listing."""

    cursor = JsonString(validate=validate.Length(min=1, max=2_000), metadata={"description": "From the page before."})
    limit = QueryInteger(
        validate=validate.Range(1, _PAGE_LIMIT),
        load_default=50,
        metadata={"description": "Entries on a page, at most."},
    )


class AuditPageQuery(PageQuery):
    """Which page of the audit log."""

    cursor = JsonString(
        validate=validate.Regexp(r"^[0-9]{1,19}-[0-9]{1,19}$", error="not a cursor of this listing"),
        metadata={"description": "From the page before."},
    )


class CheckPageQuery(PageQuery):
    """Which checks."""

    status = JsonString(
        validate=validate.OneOf([s.value for s in CheckStatus]),
        metadata={"description": "Only checks that stand there."},
    )


class GateQuery(WaitQuery):
    """What must not be published."""

    fail_on = DelimitedList(
        JsonString(validate=validate.OneOf([str(reason) for reason in GATE_REASONS])),
        validate=validate.Length(min=1),
        metadata={"description": "Labels that stop publication. Default: contradicted,disputed."},
    )


class SearchQuery(Input):
    """What to look for in the corpus."""

    q = JsonString(
        required=True,
        validate=_both(validate.Length(max=2_000), not_blank),
        metadata={"description": "Plain words, ranked by BM25.", **_BODY},
    )
    source = fields.List(
        JsonString(validate=validate.Length(max=500)),
        metadata={"description": "Only these sources; may stand several times."},
    )
    published_from = JsonDate(
        data_key="from", metadata={"format": "date", "description": "Published on that day or later."}
    )
    published_to = JsonDate(
        data_key="to", metadata={"format": "date", "description": "Published on that day or earlier."}
    )
    limit = QueryInteger(
        validate=validate.Range(1, 100), load_default=10, metadata={"description": "Passages, at most."}
    )

    @validates_schema
    def days_in_order(self, query: dict[str, Any], **_: Any) -> None:
        """Raises where the first day is after the last."""
        first, last = query.get("published_from"), query.get("published_to")
        if first and last and first > last:
            raise ValidationError("Must not be after 'to'.", "from")


ORDER = CheckRequestInput()
DOCUMENT = DocumentInput()
REPLACEMENT = DocumentReplacement()
