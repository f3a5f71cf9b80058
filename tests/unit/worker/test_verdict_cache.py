from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from factcheck.article import Field, Format, OffsetConverter
from factcheck.check import CheckRequest
from factcheck.claim import Claim
from factcheck.evidence import Document, Passage
from factcheck.ports import PassageQuery
from factcheck.search.memory import MemorySearch
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Suggestion, Verdict
from tests.builders import a_document, a_request, a_verdict, an_article
from worker.evidence.retrieval_scope import RetrievalScope
from worker.models.ports import Models
from worker.text.markup import read_article
from worker.text.pipeline_types import ClaimInContext, Sentence
from worker.text.syntax import ParsedText
from worker.verdict_cache import VerdictCache

SENTENCE = "The opening is on Feb. 10."


@dataclass
class Notebook:
    """A memory in a dictionary."""

    kept: dict[str, Verdict] = field(default_factory=dict)

    def recall(self, names: Sequence[str]) -> list[Verdict | None]:
        return [self.kept.get(name) for name in names]

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        self.kept.update(verdicts)


class Named:
    def name(self) -> str:
        return "tiny-nli"


def a_kit(retrieval: str = "bm25") -> Models:
    nothing: Any = None
    return Models(
        parser=nothing,
        encoder=nothing,
        passages=nothing,
        entailment=Named(),
        checkworthiness=nothing,
        retrieval=retrieval,
    )  # type: ignore[arg-type]


def statement_in(text: str, sentence: str = SENTENCE, form: Format = Format.TEXT, **changes: Any) -> ClaimInContext:
    readable = read_article(text, form)
    base = readable.text.index(sentence)
    placed = Sentence(0, ParsedText(sentence, ()), readable, OffsetConverter(Field.TEXT, text), base)
    span = placed.span(0, len(sentence) - 1)
    statement = ClaimInContext(
        claim=Claim("c-1", span, placed.ruler.slice(span), 0),
        sentence=placed,
        start=0,
        end=len(sentence) - 1,
        own=((0, len(sentence)),),
        words=sentence,
        query=sentence,
        context="The sentence before.",
        subject="The opening",
        checkable=True,
        anchor=date(2018, 2, 1),
    )
    return replace(statement, **changes)


def judged(statement: ClaimInContext) -> Verdict:
    at = statement.sentence.text.index("Feb. 10")
    place = statement.sentence.span(at, at + 7)
    archive = EvidenceSide("d1", OffsetConverter(Field.TEXT, "Feb. 9").span(0, 6), "Feb. 9", None)
    conflict = Conflict(ConflictKind.DATE, ClaimSide(place, "Feb. 10", None), archive)
    return replace(
        a_verdict(), claim=statement.claim, conflicts=(conflict,), suggestions=(Suggestion(place, "Feb. 9"),)
    )


def recollection(
    memory: Notebook | None,
    order: CheckRequest | None = None,
    *documents: Document,
    models: Models | None = None,
    candidates: int = 30,
    event: tuple[Passage, ...] = (),
) -> VerdictCache:
    order, corpus = order or a_request(), MemorySearch(documents)
    scope = RetrievalScope(corpus, order.options, order.evidence_until, candidates, event)
    return VerdictCache(memory, order, corpus, models or a_kit(), "judge", scope)


def passage_of(document: Document) -> Passage:
    [found] = MemorySearch([document]).search(PassageQuery("ceremony", 1))
    return found.passage


def test_a_verdict_moves_with_its_sentence_in_code_points_and_utf16():
    memory, before = Notebook(), statement_in(SENTENCE)
    recollection(memory).keep([(before, judged(before))])
    after = statement_in(f"😀 A new start. {SENTENCE}", claim=statement_in(SENTENCE).claim)
    after = replace(after, claim=replace(after.claim, id="c-9", span=after.sentence.span(0, len(SENTENCE) - 1)))
    assert recollection(memory).known([after]) == {"c-9": judged(after)}


def test_nothing_is_known_without_a_memory():
    recollected, statement = recollection(None), statement_in(SENTENCE)
    recollected.keep([(statement, judged(statement))])
    assert recollected.known([statement]) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"context": "Another sentence before."},
        {"query": "He opens on Feb. 10."},
        {"subject": "He"},
        {"anchor": date(2018, 2, 2)},
        {"anchor": None},
        {"own": ((0, 4),)},
    ],
)
def test_another_reading_of_the_sentence_is_judged_again(changes: dict[str, Any]):
    memory, statement = Notebook(), statement_in(SENTENCE)
    recollection(memory).keep([(statement, judged(statement))])
    assert recollection(memory).known([replace(statement, **changes)]) == {}


def test_another_sentence_around_the_claim_is_judged_again():
    memory, statement = Notebook(), statement_in(SENTENCE)
    recollection(memory).keep([(statement, judged(statement))])
    assert recollection(memory).known([statement_in("The opening is on Feb. 10?", "The opening is on Feb. 10?")]) == {}


def test_other_circumstances_are_judged_again():
    memory, statement = Notebook(), statement_in(SENTENCE)
    recollection(memory).keep([(statement, judged(statement))])
    order = a_request()
    others = [
        recollection(memory, None, a_document()),
        recollection(memory, replace(order, as_of="2018-01-01")),
        recollection(memory, replace(order, article=an_article(title="Another title"))),
        recollection(memory, replace(order, options=replace(order.options, max_evidence=1))),
        recollection(memory, replace(order, options=replace(order.options, sources_exclude=("Wire",)))),
        recollection(memory, models=a_kit("another ranking")),
        recollection(memory, candidates=10),
        recollection(memory, event=(passage_of(a_document()),)),
    ]
    assert [other.known([statement]) for other in others] == [{}] * len(others)
    assert recollection(memory).known([statement])


def test_the_time_limit_changes_no_verdict():
    memory, statement, order = Notebook(), statement_in(SENTENCE), a_request()
    recollection(memory, order).keep([(statement, judged(statement))])
    hasty = replace(order, options=replace(order.options, time_limit_s=1.0))
    assert recollection(memory, hasty).known([statement])


def test_markup_within_the_sentence_is_part_of_its_name():
    memory = Notebook()
    plain = statement_in(f"<p>{SENTENCE}</p>", form=Format.HTML)
    recollection(memory).keep([(plain, judged(plain))])
    marked = statement_in("<p>The opening is <b>on</b> Feb. 10.</p>", form=Format.HTML)
    assert recollection(memory).known([marked]) == {}


def test_a_verdict_with_marks_outside_of_its_sentence_is_not_kept():
    memory, statement = Notebook(), statement_in(f"{SENTENCE} The end.")
    stray = replace(judged(statement), suggestions=(Suggestion(statement.sentence.ruler.span(27, 30), "An"),))
    recollection(memory).keep([(statement, stray)])
    assert memory.kept == {}
