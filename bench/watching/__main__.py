"""What touches a watched article: of reports that bear on its claims, of reports of other events, and how fast that is told.

`python -m bench.watching --cases FILE.jsonl ...`, labelled cases as `bench.verdicts` takes them. No model is loaded.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.serving import show
from factcheck.article import Field, OffsetConverter
from factcheck.claim import Claim
from factcheck.evidence import Document
from factcheck.ingest.path_documents import UnreadableDate, document_from_object
from factcheck.search.claim_index import ClaimIndex
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Label, Report, Verdict
from factcheck_cli.input_files import read_json_lines

GOAL_CLAIMS = 0.9
_BEARING = {Label.SUPPORTED, Label.CONTRADICTED, Label.DISPUTED}
_OTHERS = 20
_SEED = 7


@dataclass(frozen=True, slots=True)
class Case:
    """An article's claims, each with its label, and the reports on the same event."""

    claims: tuple[tuple[str, Label], ...]
    documents: tuple[Document, ...]


def main() -> int:
    """0 where the goal is kept, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    cases = [case for path in parser.parse_args().cases for case in read_cases(path)]
    claims = [touched_alone(text, case) for case in cases for text, label in case.claims if label in _BEARING]
    articles = [touches(index_of([case]), case.documents) for case in cases]
    others = list(touched_by_others(cases))
    figures = {
        "cases": len(cases),
        "claims that a report bears on": len(claims),
        "of them touched": _share(claims),
        "articles touched by their reports": _share(articles),
        "articles touched by a report of another event": _share(others),
        "claims of an article": round(sum(len(case.claims) for case in cases) / len(cases), 1),
        "documents a second, all articles watched": round(speed(cases)),
    }
    show("watching", figures)
    return 0 if _share(claims) >= GOAL_CLAIMS else 1


def read_cases(path: Path) -> Iterable[Case]:
    """Claims that are checkable, in the article's own words."""
    for line in read_json_lines(path):
        rows = [(row["sentence"], Label(row["label"])) for row in line.of("expect", list)]
        documents = tuple(_document(row, line.where) for row in line.of("corpus", list))
        yield Case(tuple(row for row in rows if row[1] is not Label.NOT_CHECKABLE), documents)


def index_of(cases: Sequence[Case]) -> ClaimIndex:
    """Every case an article under watch, checked when the archive was silent."""
    index = ClaimIndex()
    for number, case in enumerate(cases):
        index.put(str(number), _report(text for text, _ in case.claims))
    return index


def touches(index: ClaimIndex, documents: Iterable[Document]) -> bool:
    """Whether one of the documents touches one of the articles."""
    return any(index.touched_by(document.id, document) for document in documents)


def touched_alone(text: str, case: Case) -> bool:
    """Whether the reports touch a claim, were it the only one."""
    index = ClaimIndex()
    index.put("0", _report([text]))
    return touches(index, case.documents)


def touched_by_others(cases: Sequence[Case]) -> Iterable[bool]:
    """For each article, whether some reports of other cases touch it, one by one."""
    chance = random.Random(_SEED)
    for case in cases:
        index = index_of([case])
        for other in chance.sample(cases, min(_OTHERS, len(cases))):
            if other is not case and case.claims:
                yield touches(index, other.documents[:1])


def speed(cases: Sequence[Case]) -> float:
    """Documents a second that one thread holds against all articles."""
    index, documents = index_of(cases), [document for case in cases for document in case.documents]
    began = perf_counter()
    for document in documents:
        index.touched_by(document.id, document)
    return len(documents) / (perf_counter() - began)


def _report(claims: Iterable[str]) -> Report:
    verdicts = tuple(_verdict(str(number), text) for number, text in enumerate(claims))
    coverage = Coverage(len(verdicts), len(verdicts), 0, 0)
    return Report(verdicts, (), coverage, CorpusInfo("", 0, None), EngineInfo("", "", ""))


def _verdict(claim_id: str, text: str) -> Verdict:
    claim = Claim(claim_id, OffsetConverter(Field.TEXT, text).span(0, len(text)), text, 0)
    return Verdict(claim, Label.UNVERIFIED, 0.5, "", "", (), (), ())


def _document(row: dict[str, object], where: str) -> Document:
    try:
        return document_from_object(row, where)
    except UnreadableDate as fault:
        return fault.undated


def _share(outcomes: Sequence[bool]) -> float:
    return round(sum(outcomes) / len(outcomes), 3) if outcomes else 0.0


if __name__ == "__main__":
    sys.exit(main())
