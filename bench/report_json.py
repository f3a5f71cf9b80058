"""A report of 300 claims: milliseconds to write and to read its JSON, without and with the text.

python -m bench.report_json
"""

import time
from collections.abc import Callable

from bench.serving import show
from factcheck.article import Field, Span
from factcheck.check_json import report_from_json, report_to_json
from factcheck.claim import Claim
from factcheck.evidence import DocumentRef, Evidence, Stance
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import (
    ClaimSide,
    Conflict,
    ConflictKind,
    CorpusInfo,
    Coverage,
    EngineInfo,
    EvidenceSide,
    Label,
    Report,
    Suggestion,
    Verdict,
)

CLAIMS, PASSAGES, ROUNDS = 300, 5, 40
SPAN = Span(Field.TEXT, 100, 160, 101, 161)


def a_report() -> Report:
    """All claims contradicted, each with five passages: the largest report that a draft of this length gives."""
    verdicts = tuple(_verdict(number) for number in range(CLAIMS))
    coverage, engine = Coverage(CLAIMS, CLAIMS, 0, 0), EngineInfo("0.1.0", "reader", "encoder")
    return Report(verdicts, (), coverage, CorpusInfo("r1", 1_000, "2031-03-07"), engine)


def _verdict(number: int) -> Verdict:
    mine, theirs = ClaimSide(SPAN, "March 15", "2031-03-15"), EvidenceSide("d0", SPAN, "March 14", "2031-03-14")
    return Verdict(
        claim=Claim(f"c{number}", SPAN, "The bridge over the Salzach will be opened on March 15.", number),
        label=Label.CONTRADICTED,
        confidence=0.971234,
        message="The draft says March 15; The Salt Courier (March 5, 2031) says March 14.",
        rule="date.differs",
        conflicts=(Conflict(ConflictKind.DATE, mine, theirs),),
        suggestions=(Suggestion(SPAN, "March 14"),),
        evidence=tuple(_evidence(number) for number in range(PASSAGES)),
    )


def _evidence(number: int) -> Evidence:
    document = DocumentRef(f"d{number}", "Bridge to open in March", "The Salt Courier", "2031-03-05", None)
    return Evidence(document, SPAN, "The bridge will be opened on Friday, March 14.", Stance.CONTRADICTS, 0.912345)


def least_ms(work: Callable[[], object]) -> float:
    """The shortest of many runs, in milliseconds of this process."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(min(times) * 1000, 2)


def main() -> None:
    """Prints the figures."""
    report = a_report()
    row = report_to_json(report)
    text = pack(row)
    figures = {
        "to JSON, ms": least_ms(lambda: report_to_json(report)),
        "from JSON, ms": least_ms(lambda: report_from_json(row)),
        "to bytes, ms": least_ms(lambda: pack(report_to_json(report))),
        "from bytes, ms": least_ms(lambda: report_from_json(unpack(text))),
        "bytes": len(text),
    }
    show(f"report of {CLAIMS} claims", figures)


if __name__ == "__main__":
    main()
