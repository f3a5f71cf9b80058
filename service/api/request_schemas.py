"""Schemas of request bodies, queries and headers. Unknown members are rejected."""

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema
from webargs.fields import DelimitedList

from factcheck.article import Format
from factcheck.check import CheckStatus, Priority
from factcheck.check_history import ARTICLE_ID
from factcheck.decision import DecisionKind
from factcheck.ports import DocumentSort
from factcheck.verdict import Label
from service.http.json_fields import (
    ID,
    ID_LIMIT_BYTES,
    LANGUAGE,
    PRINTABLE,
    WEB_ADDRESS,
    JsonBoolean,
    JsonDateTime,
    JsonDay,
    JsonInteger,
    JsonNumber,
    JsonString,
    QueryBoolean,
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


def _all_of(*validators: Validator) -> list[Validator]:
    return list(validators)


def _name(description: str, limit: int = 500) -> JsonString:
    checks = _all_of(validate.Length(max=limit), printable)
    return JsonString(allow_none=True, validate=checks, metadata={"description": description, "pattern": PRINTABLE})


def _moment(description: str) -> JsonDateTime:
    return JsonDateTime(allow_none=True, metadata={**_DATED, "description": f"{description} {_MOMENT}."})


def _sources(description: str, **more: Any) -> fields.List[str]:
    source = JsonString(validate=validate.Length(max=500))
    return fields.List(source, validate=validate.Length(max=1_000), metadata={"description": description}, **more)


class Input(Schema):
    """Base class of request schemas."""

    class Meta:
        """Rejects unknown members."""

        unknown = RAISE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ", ".join(field.data_key or name for name, field in self.fields.items())
        self.error_messages["unknown"] = f"Unknown field. Known are: {known}." if known else "Unknown field."


class DayRangeInput(Input):
    """Base class of inputs with a first and a last day, `from` and `to`."""

    @validates_schema
    def days_in_order(self, values: dict[str, Any], **_: Any) -> None:
        """Raises `ValidationError` if the first day is after the last."""
        names = {field.data_key: name for name, field in self.fields.items()}
        first, last = values.get(names["from"]), values.get(names["to"])
        if first and last and first > last:
            raise ValidationError("Must not be after 'to'.", "from")


class ArticleInput(Input):
    """The draft under check."""

    text = JsonString(required=True, validate=not_blank, metadata={"description": "The draft.", **_BODY})
    title = JsonString(
        allow_none=True,
        validate=validate.Length(max=10_000),
        metadata={"description": "Headline; checked like the text."},
    )
    published_at = _moment("Dateline. 'Friday' and 'last week' are relative to it.")
    source = _name("Who publishes it.")
    url = JsonString(
        allow_none=True, validate=WEB_ADDRESS, metadata={"description": "Address where it will be published."}
    )
    language = JsonString(allow_none=True, validate=LANGUAGE, metadata={"description": "BCP 47 language tag."})
    format = JsonString(
        validate=validate.OneOf([f.value for f in Format]),
        metadata={
            "description": "Markup of the text; offsets refer to the text as sent, markup included. Default: text."
        },
    )


class DocumentInput(Input):
    """One report of the corpus."""

    id = JsonString(
        required=True,
        validate=_all_of(validate.Length(min=1, max=ID_LIMIT_BYTES), document_id),
        metadata={"description": "Chosen by the client; any script, slashes allowed.", "pattern": ID},
    )
    text = JsonString(required=True, validate=not_blank, metadata={"description": "The report.", **_BODY})
    title = JsonString(allow_none=True, validate=validate.Length(max=10_000), metadata={"description": "Headline."})
    source = _name("Who published it.")
    published_at = _moment("Date of publication. 'Friday' and 'last week' are relative to it.")
    url = JsonString(allow_none=True, validate=WEB_ADDRESS, metadata={"description": "Address where it was published."})
    language = JsonString(allow_none=True, validate=LANGUAGE, metadata={"description": "BCP 47 language tag."})
    tags = fields.List(
        JsonString(validate=_all_of(validate.Length(min=1, max=200), printable), metadata={"pattern": PRINTABLE}),
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={"description": "Keywords."},
    )
    retracted = JsonBoolean(metadata={"description": "A retracted report stays stored and is never evidence."})
    corrects = JsonString(
        allow_none=True,
        validate=_all_of(validate.Length(max=ID_LIMIT_BYTES), printable),
        metadata={"description": "Id of the report that this one corrects.", "pattern": PRINTABLE},
    )
    note = _name("Why the desk retracted or corrected it. An import of the same version leaves it alone.", 2_000)
    origin = fields.Dict(
        allow_none=True,
        metadata={"description": "As an answer has it. Not kept: a report that a client sends was not imported."},
    )


class DocumentPatchInput(DocumentInput):
    """Members of a report that change; the others stay."""

    component_name: ClassVar = "DocumentChange"

    class Meta:
        """Everything but the id and where it came from."""

        unknown = RAISE
        exclude = ("id", "origin")

    text = JsonString(validate=not_blank, metadata={"description": "The report.", **_BODY})


class DocumentReplacement(DocumentInput):
    """A report whose id is part of the URL."""

    id = JsonString(
        validate=validate.Length(max=ID_LIMIT_BYTES), metadata={"description": "The id in the URL, or absent."}
    )


class SourceFilterInput(Input):
    """Which sources may be evidence."""

    component_name: ClassVar = "SourcesInput"

    include = _sources("Empty: all.")
    excluded = _sources("None of these.", data_key="exclude")


class OptionsInput(Input):
    """Options of a check."""

    max_evidence = JsonInteger(
        validate=validate.Range(1, 50), metadata={"description": "Maximum number of passages per claim."}
    )
    sources = fields.Nested(SourceFilterInput)
    priority = JsonString(
        validate=validate.OneOf([p.value for p in Priority]),
        metadata={
            "description": "Interactive checks run before batch checks. "
            "Default: interactive if the request waits for the check, otherwise batch."
        },
    )
    time_limit_s = JsonNumber(
        validate=positive,
        metadata={
            "exclusiveMinimum": 0,
            "description": "Maximum seconds of work on the article, bounded by the service's limit. The report counts "
            "the sentences that were not reached.",
        },
    )


class CheckRequestInput(Input):
    """An article and options."""

    article = fields.Nested(ArticleInput, required=True)
    documents = fields.List(
        fields.Nested(DocumentInput),
        allow_none=True,
        metadata={"description": "Corpus for this check only, instead of the stored one."},
    )
    as_of = _moment("Ignore documents published later. Default: the date of the article.")
    callback_url = JsonString(
        allow_none=True,
        validate=WEB_ADDRESS,
        metadata={
            "description": "Webhook: called when the check is over, and when a recheck of a watched article changes a verdict."
        },
    )
    watch = JsonBoolean(
        metadata={
            "description": "Check the article again when documents that touch its claims are added, changed or removed. "
            "Not allowed together with documents, which never change."
        },
    )
    article_id = JsonString(
        validate=_all_of(
            validate.Length(min=1, max=200),
            validate.Regexp(f"^{ARTICLE_ID}$", error="Must have no slash, no white space and no control characters."),
        ),
        metadata={
            "description": "Names the article in the history, over its edits. Default: made from its URL, else from its "
            "headline, else new."
        },
    )
    options = fields.Nested(OptionsInput)

    @validates_schema
    def watch_needs_stored_corpus(self, request: dict[str, Any], **_: Any) -> None:
        """Raises `ValidationError` for `watch` together with `documents`, which never change."""
        if request.get("watch") and request.get("documents") is not None:
            raise ValidationError("Only for the stored corpus: documents in the request never change.", "watch")

    @validates_schema
    def ids_differ(self, request: dict[str, Any], **_: Any) -> None:
        """Raises `ValidationError` if two documents have the same id."""
        seen: set[str] = set()
        for index, document in enumerate(request.get("documents") or ()):
            if document["id"] in seen:
                raise ValidationError({"documents": {index: {"id": ["Duplicate id."]}}})
            seen.add(document["id"])


class SubmitHeaders(Input):
    """Request headers of a submission."""

    idempotency_key = JsonString(
        data_key="Idempotency-Key",
        validate=validate.Regexp(r"^[!-~]{1,255}$", error="Must be 1 to 255 visible ASCII characters."),
        metadata={"description": "The same key with the same body returns the first check and creates no second one."},
    )
    prefer = fields.String(
        data_key="Prefer",
        metadata={
            "description": "wait=N (RFC 7240): answer 200 with the finished check if it finishes within N seconds."
        },
    )


class ConditionalReadHeaders(Input):
    """Request headers of a conditional read."""

    if_none_match = fields.String(
        data_key="If-None-Match", metadata={"description": "ETag of an earlier answer; 304 if nothing changed."}
    )


class StreamResumeHeaders(Input):
    """Request headers that resume a stream."""

    last_event_id = fields.String(
        data_key="Last-Event-ID",
        metadata={"description": "Id of the last event received; the stream resumes after it."},
    )


class WaitQuery(Input):
    """How long to wait."""

    wait = QueryInteger(
        validate=validate.Range(0, 86_400),
        metadata={"description": "Seconds to wait for the check to finish; bounded by the service's limit."},
    )


class PageQuery(Input):
    """Pagination."""

    cursor = JsonString(validate=validate.Length(min=1, max=2_000), metadata={"description": "From the previous page."})
    limit = QueryInteger(
        validate=validate.Range(1, _PAGE_LIMIT),
        load_default=50,
        metadata={"description": "Maximum number of entries per page."},
    )


class DeskQuery(Input):
    """What counts as today, and how many days of the archive to count."""

    since = fields.AwareDateTime(
        format="iso", metadata={"description": "Start of the reader's day, with its offset; without it that of UTC."}
    )
    days = QueryInteger(
        validate=validate.Range(1, 60), load_default=14, metadata={"description": "Days of the archive to count."}
    )


class DocumentReadQuery(Input):
    """What to read of a document."""

    versions = QueryBoolean(
        load_default=False, metadata={"description": "true: also what it was before it was replaced or corrected."}
    )


class DocumentPageQuery(PageQuery):
    """Pagination, order and filter of the corpus."""

    sort = JsonString(
        validate=validate.OneOf([f"{sign}{name}" for name in DocumentSort for sign in ("", "-")]),
        load_default=DocumentSort.ID.value,
        metadata={
            "description": "A minus sign reverses the order. Titles and sources are compared regardless of case."
        },
    )
    source = JsonString(
        validate=validate.Length(max=500), metadata={"description": "Of this source, regardless of case."}
    )
    published_from = JsonDay(
        data_key="from", metadata={"format": "date", "description": "Published on that day or later."}
    )
    published_to = JsonDay(
        data_key="to", metadata={"format": "date", "description": "Published on that day or earlier."}
    )
    undated = QueryBoolean(load_default=False, metadata={"description": "Only reports without a date."})

    @validates_schema
    def fits_together(self, query: dict[str, Any], **_: Any) -> None:
        """Raises `ValidationError` for days out of order, and for a filter in an order that has none."""
        first, last = query.get("published_from"), query.get("published_to")
        if first and last and first > last:
            raise ValidationError("Must not be after 'to'.", "from")
        if query["undated"] and (first or last):
            raise ValidationError("Cannot be combined with days.", "undated")
        is_filtered = any(query.get(name) for name in ("source", "published_from", "published_to", "undated"))
        if is_filtered and query["sort"].lstrip("-") != DocumentSort.DATE:
            raise ValidationError("With a filter, reports are sorted by published_at or -published_at only.", "sort")


class AuditLogPageQuery(PageQuery):
    """Pagination of the audit log."""

    cursor = JsonString(
        validate=validate.Regexp(r"^[0-9]{1,19}-[0-9]{1,19}$", error="not a cursor of this listing"),
        metadata={"description": "From the previous page."},
    )


class CheckPageQuery(PageQuery):
    """Pagination and filter of checks."""

    status = JsonString(
        validate=validate.OneOf([s.value for s in CheckStatus]),
        metadata={"description": "Only checks with this status."},
    )


class ArticlePageQuery(PageQuery):
    """Pagination, search and filters of the history."""

    q = JsonString(
        validate=validate.Length(max=500),
        metadata={"description": "Words that all occur in id, headline, URL or source."},
    )
    open = QueryBoolean(metadata={"description": "true: only articles with open findings."})
    watched = QueryBoolean(metadata={"description": "true: only watched articles."})
    flipped = QueryBoolean(
        metadata={"description": "true: only watched articles of which a recheck flipped a verdict."}
    )
    person = JsonString(
        validate=validate.Length(min=1, max=200),
        metadata={"description": "Only articles that this person submitted or is assigned to."},
    )
    mine = QueryBoolean(metadata={"description": "true: as `person`, for the caller."})
    since = JsonDateTime(metadata={**_DATED, "description": f"Only articles checked since then. {_MOMENT}."})


class VersionComparisonQuery(Input):
    """Which versions to compare."""

    earlier = QueryInteger(
        data_key="from",
        validate=validate.Range(min=1),
        metadata={"description": "Number of a version. Default: the one before the newest that has finished."},
    )
    later = QueryInteger(
        data_key="to",
        validate=validate.Range(min=1),
        metadata={"description": "Number of a version. Default: the newest that has finished."},
    )


def seen_state() -> JsonInteger:
    """The member by which two editors who decide at once are told apart."""
    return JsonInteger(
        validate=validate.Range(min=0),
        metadata={
            "description": "The member `seen` of the decision as the editor saw it, 0 if there was none. If somebody has "
            "decided since, the answer is 409 and nothing changes. Without it the last one to decide wins."
        },
    )


class DecisionInput(Input):
    """What an editor says of a verdict. Absent members stay as they are."""

    decision = JsonString(
        validate=validate.OneOf([kind.value for kind in DecisionKind]),
        metadata={
            "description": "dismissed: no reason to change the article; confirmed: the verdict is right; open: neither yet."
        },
    )
    comment = JsonString(
        allow_none=True, validate=validate.Length(max=2_000), metadata={"description": "Why, or anything else."}
    )
    assignee = JsonString(
        allow_none=True,
        validate=_all_of(validate.Length(max=200), printable),
        metadata={"description": "Who is to look at it; null or empty: nobody."},
    )
    seen = seen_state()

    @validates_schema
    def says_something(self, decision: dict[str, Any], **_: Any) -> None:
        """Raises `ValidationError` for an empty decision."""
        if not {"decision", "comment", "assignee"} & decision.keys():
            raise ValidationError("Send a decision, a comment or an assignee.", "decision")


class DeleteCheckQuery(Input):
    """What is left of a check."""

    forget = QueryBoolean(
        metadata={"description": "true: forget a running check at once too, instead of keeping what was found."}
    )


class GateQuery(WaitQuery):
    """Query of the publish gate."""

    fail_on = DelimitedList(
        JsonString(validate=validate.OneOf([str(reason) for reason in GATE_REASONS])),
        validate=validate.Length(min=1),
        metadata={"description": "Labels that stop publication. Default: contradicted,disputed."},
    )


class SearchQuery(DayRangeInput):
    """Query of the corpus search."""

    q = JsonString(
        required=True,
        validate=_all_of(validate.Length(max=2_000), not_blank),
        metadata={"description": "Plain words, ranked by BM25.", **_BODY},
    )
    source = fields.List(
        JsonString(validate=validate.Length(max=500)),
        metadata={"description": "Only these sources; may be repeated."},
    )
    published_from = JsonDay(
        data_key="from", metadata={"format": "date", "description": "Published on that day or later."}
    )
    published_to = JsonDay(
        data_key="to", metadata={"format": "date", "description": "Published on that day or earlier."}
    )
    limit = QueryInteger(
        validate=validate.Range(1, 100), load_default=10, metadata={"description": "Maximum number of passages."}
    )
    per_document = QueryInteger(
        validate=validate.Range(1, 100),
        metadata={
            "description": "Maximum number of passages of one report, so that the first hits are different reports."
        },
    )


CHECK_REQUEST = CheckRequestInput()
DOCUMENT = DocumentInput()
REPLACEMENT = DocumentReplacement()
