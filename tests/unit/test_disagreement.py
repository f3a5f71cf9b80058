"""Which reports of the archive are compared, with what, and what a pair of them says."""

from dataclasses import replace
from typing import Any

import pytest

from factcheck.article import Field, OffsetConverter
from factcheck.check import CheckOptions
from factcheck.check_json import document_ref, request_from_json, request_to_json
from factcheck.disagreement import (
    CorpusAuditCriteria,
    Disagreement,
    PublicationOrder,
    audit_request,
    disagreements,
    likelihood,
)
from factcheck.evidence import Document, Evidence, Stance
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label, Verdict
from tests.builders import a_document, a_report, a_verdict

OPTIONS = CheckOptions(5, (), (), 30.0)
OLD = a_document("old", "The mill was built in 1871.", published_at="2019-04-02", source="Post")
NEW = a_document("new", "The mill was built in 1817.", published_at="2019-05-10", source="Courier")


def contradicted(document: Document, words: str, other: Document, other_words: str) -> Verdict:
    own, there = OffsetConverter(Field.TEXT, document.text), OffsetConverter(Field.TEXT, other.text)
    at, other_at = document.text.index(words), other.text.index(other_words)
    mine = ClaimSide(own.span(at, at + len(words)), words, None)
    theirs = EvidenceSide(other.id, there.span(other_at, other_at + len(other_words)), other_words, None)
    whole = there.span(0, len(other.text))
    evidence = Evidence(document_ref(other), whole, other.text, Stance.CONTRADICTS, 0.9)
    conflict = Conflict(ConflictKind.DATE, mine, theirs)
    return a_verdict(text=document.text, label=Label.CONTRADICTED, conflicts=(conflict,), evidence=(evidence,))


def pairs_of(document: Document, verdict: Verdict) -> list[Disagreement]:
    return list(disagreements(document, a_report(verdict)))


def test_sentences_with_the_same_words_do_not_disagree():
    shouted = replace(NEW, text="“THE MILL WAS BUILT IN 1871.”")
    assert pairs_of(OLD, contradicted(OLD, "1871", shouted, "1871")) == []


def weight(old: Document, words: str, new: Document, other: str, **changes: Any) -> float:
    [pair] = pairs_of(old, contradicted(old, words, new, other))
    return likelihood(replace(pair, **changes))


def test_pairs_of_one_thing_are_likelier():
    usual = weight(OLD, "1871", NEW, "1817")
    assert 0 < usual <= 1
    assert weight(OLD, "1871", replace(NEW, text="The shop of Brenn opened in 1817."), "1817") < usual
    assert weight(OLD, "1871", replace(NEW, published_at="2024-05-10"), "1817") < usual
    assert weight(OLD, "1871", replace(NEW, published_at=None), "1817") < usual
    assert weight(OLD, "1871", NEW, "1817", kinds=(ConflictKind.RELATION,)) < usual
    assert weight(OLD, "1871", NEW, "1817", confidence=0.1) < usual


def test_a_pair_has_both_sentences_and_the_words_that_conflict():
    [pair] = pairs_of(OLD, contradicted(OLD, "1871", NEW, "1817"))
    assert (pair.earlier.document.id, pair.earlier.text) == ("old", OLD.text)
    assert [text for _, text in pair.earlier.words] == ["1871"]
    assert (pair.later.document.id, [text for _, text in pair.later.words]) == ("new", ["1817"])
    assert (pair.order, pair.kinds) == (PublicationOrder.KNOWN, (ConflictKind.DATE,))
    span = pair.earlier.words[0][0]
    assert OLD.text[span.start : span.end] == "1871"


@pytest.mark.parametrize(
    ("mine", "other", "order"),
    [
        ("2019-04-02", "2019-04-03", PublicationOrder.KNOWN),
        ("2019-04-02", "2019-04-02T10:00:00", PublicationOrder.SAME_DAY),
        (None, "2019-04-02", PublicationOrder.UNKNOWN),
        ("2019-04-02", None, PublicationOrder.UNKNOWN),
    ],
)
def test_it_says_whether_the_order_is_known(mine: str | None, other: str | None, order: PublicationOrder):
    old, new = replace(OLD, published_at=mine), replace(NEW, published_at=other)
    [pair] = pairs_of(old, contradicted(old, "1871", new, "1817"))
    assert pair.order is order


def test_a_pair_has_one_key_whichever_side_is_read_first():
    [one] = pairs_of(OLD, contradicted(OLD, "1871", NEW, "1817"))
    [other] = pairs_of(NEW, contradicted(NEW, "1817", OLD, "1871"))
    assert one.key == other.key


def test_passages_that_bear_a_claim_out_and_other_labels_make_no_pair():
    found = contradicted(OLD, "1871", NEW, "1817")
    bears_out = tuple(replace(passage, stance=Stance.SUPPORTS) for passage in found.evidence)
    assert pairs_of(OLD, replace(found, label=Label.DISPUTED, evidence=bears_out)) == []
    assert pairs_of(OLD, replace(found, label=Label.UNVERIFIED)) == []


def test_a_report_is_checked_against_the_others_up_to_today():
    request = audit_request(replace(OLD, story="7"), "2026-01-01", OPTIONS)
    assert request.others is not None
    assert (request.others.document_id, request.others.story, request.others.since) == ("old", "7", "2019-04-02")
    assert (request.article.text, request.evidence_until) == (OLD.text, "2026-01-01")
    assert request_from_json(request_to_json(request)) == request


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (CorpusAuditCriteria(), True),
        (CorpusAuditCriteria(sources=(" POST ",)), True),
        (CorpusAuditCriteria(sources=("Courier",)), False),
        (CorpusAuditCriteria(first="2019-04-02", last="2019-04-02"), True),
        (CorpusAuditCriteria(first="2019-04-03"), False),
        (CorpusAuditCriteria(last="2019-04-01"), False),
    ],
)
def test_reports_by_source_and_day(selection: CorpusAuditCriteria, kept: bool):
    assert selection.keeps(OLD) is kept
    assert not selection.keeps(replace(OLD, retracted=True))


def test_reports_without_a_date_have_no_day():
    undated = replace(OLD, published_at=None)
    assert CorpusAuditCriteria().keeps(undated)
    assert not CorpusAuditCriteria(first="2019-01-01").keeps(undated)


def test_a_later_report_that_tells_the_earlier_figure_itself_is_an_update():
    first = a_document("first", "Three people died in the flood.", published_at="2020-11-02")
    told, rise = "Five people died in the flood.", "The toll rose from three."
    later = a_document("later", f"{told} {rise}", published_at="2020-11-03")
    found = contradicted(first, "Three", later, "Five")
    [against] = found.evidence
    span, conflicts = (
        OffsetConverter(Field.TEXT, later.text).span,
        tuple(replace(conflict, kind=ConflictKind.NUMBER) for conflict in found.conflicts),
    )
    rival = replace(found, conflicts=conflicts, evidence=(replace(against, span=span(0, len(told)), text=told),))
    update = replace(rival, evidence=(*rival.evidence, replace(against, stance=Stance.NEUTRAL, text=rise)))
    assert (len(pairs_of(first, rival)), pairs_of(first, update)) == (1, [])
