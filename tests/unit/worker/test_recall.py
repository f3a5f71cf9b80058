from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from factcheck.article import Field, Format, Ruler
from factcheck.check import Order
from factcheck.claim import Claim
from factcheck.evidence import Document
from factcheck.search.memory import MemorySearch
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Suggestion, Verdict
from tests.builders import a_document, a_verdict, an_article, an_order
from worker.kit import Kit
from worker.reading import read_article
from worker.recall import Recollection
from worker.statement import Line, Statement
from worker.syntax import Parsed

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


def a_kit(retrieval: str = "bm25") -> Kit:
    nothing: Any = None
    return Kit(parser=nothing, encoder=nothing, relevance=nothing, entailment=Named(), retrieval=retrieval)  # type: ignore[arg-type]


def statement_in(text: str, sentence: str = SENTENCE, form: Format = Format.TEXT, **changes: Any) -> Statement:
    readable = read_article(text, form)
    base = readable.text.index(sentence)
    line = Line(0, Parsed(sentence, ()), readable, Ruler(Field.TEXT, text), base)
    span = line.span(0, len(sentence) - 1)
    statement = Statement(
        claim=Claim("c-1", span, line.ruler.slice(span), 0),
        line=line,
        start=0,
        end=len(sentence) - 1,
        own=((0, len(sentence)),),
        query=sentence,
        context="The sentence before.",
        subject="The opening",
        checkable=True,
        anchor=date(2018, 2, 1),
    )
    return replace(statement, **changes)


def judged(statement: Statement) -> Verdict:
    at = statement.line.text.index("Feb. 10")
    place = statement.line.span(at, at + 7)
    archive = EvidenceSide("d1", Ruler(Field.TEXT, "Feb. 9").span(0, 6), "Feb. 9", None)
    conflict = Conflict(ConflictKind.DATE, ClaimSide(place, "Feb. 10", None), archive)
    return replace(
        a_verdict(), claim=statement.claim, conflicts=(conflict,), suggestions=(Suggestion(place, "Feb. 9"),)
    )


def recollection(
    memory: Notebook | None,
    order: Order | None = None,
    *documents: Document,
    kit: Kit | None = None,
    candidates: int = 30,
) -> Recollection:
    return Recollection(memory, order or an_order(), MemorySearch(documents), kit or a_kit(), candidates)


def test_a_verdict_moves_with_its_sentence_in_code_points_and_utf16():
    memory, before = Notebook(), statement_in(SENTENCE)
    recollection(memory).keep([(before, judged(before))])
    after = statement_in(f"😀 A new start. {SENTENCE}", claim=statement_in(SENTENCE).claim)
    after = replace(after, claim=replace(after.claim, id="c-9", span=after.line.span(0, len(SENTENCE) - 1)))
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
    order = an_order()
    others = [
        recollection(memory, None, a_document()),
        recollection(memory, replace(order, as_of="2018-01-01")),
        recollection(memory, replace(order, article=an_article(title="Another title"))),
        recollection(memory, replace(order, options=replace(order.options, max_evidence=1))),
        recollection(memory, replace(order, options=replace(order.options, sources_exclude=("Wire",)))),
        recollection(memory, kit=a_kit("another ranking")),
        recollection(memory, candidates=10),
    ]
    assert [other.known([statement]) for other in others] == [{}] * len(others)
    assert recollection(memory).known([statement])


def test_the_time_limit_changes_no_verdict():
    memory, statement, order = Notebook(), statement_in(SENTENCE), an_order()
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
    stray = replace(judged(statement), suggestions=(Suggestion(statement.line.ruler.span(27, 30), "An"),))
    recollection(memory).keep([(statement, stray)])
    assert memory.kept == {}
