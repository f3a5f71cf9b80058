"""Whether the newest report on an event is among a claim's candidates: `python -m bench.newest EVENTS [MORE …]`.

EVENTS is a JSONL whose documents name their `event` and day; MORE are documents around them. Claims are sentences from the
oldest report of each event, asked with its headline, as a check asks; that report is left out of the corpus.
"""

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from factcheck.evidence import Document
from factcheck.ingest.path_documents import UnreadableDate, document_from_object
from factcheck.ports import PassageQuery, PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.sentences import split_sentences

_LIMIT, _SENTENCES, _LEAST = 30, 5, 3
_PLACES = (0, 2, 3, 5, 8, 12)


def main() -> None:
    """A row for each number of places."""
    parser = argparse.ArgumentParser(prog="python -m bench.newest", description=__doc__)
    parser.add_argument("events", type=Path)
    parser.add_argument("more", type=Path, nargs="*")
    args = parser.parse_args()
    events = [event for event in _events(args.events) if len(event) >= _LEAST]
    oldest = {event[0].id for event in events}
    around = [d for path in args.more for _, d in _documents(path)]
    corpus = MemorySearch([*around, *(d for event in events for d in event if d.id not in oldest)])
    rows = {places: _measured(corpus, events, places) for places in _PLACES}
    print(f"{len(events)} events, {corpus.documents()} documents, {len(_claims(events))} claims, {_LIMIT} candidates")
    print(f"{'newest':>8}{'newest seen':>13}{'reports seen':>14}{'p50 ms':>9}")
    for places, row in rows.items():
        print(f"{places:>8}{row['newest']:>13.3f}{row['reports']:>14.3f}{row['ms']:>9.2f}")
    print(json.dumps(rows))


def _events(path: Path) -> Iterator[list[Document]]:
    """Each event's dated reports, oldest first."""
    of = defaultdict(list)
    for name, document in _documents(path):
        if name and document.published_at:
            of[name].append(document)
    for reports in of.values():
        yield sorted(reports, key=lambda d: d.published_at or "")


def _documents(path: Path) -> Iterator[tuple[str | None, Document]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = json.loads(line)
            try:
                yield row.get("event"), document_from_object(row, f"{path.name}, line {number}")
            except UnreadableDate as fault:
                yield None, fault.undated


def _claims(events: Sequence[list[Document]]) -> list[tuple[str, list[Document]]]:
    return [
        (f"{reports[0].title} {reports[0].text[start:end]}", reports)
        for reports in events
        for start, end in list(split_sentences(reports[0].text))[:_SENTENCES]
    ]


def _measured(corpus: PassageSearch, events: Sequence[list[Document]], places: int) -> dict[str, float]:
    """Shares of claims whose candidates hold the newest report; of the event's reports that they hold; milliseconds."""
    newest, reports, ms = [], [], []
    for words, (_, *later) in _claims(events):
        began = time.perf_counter()
        found = corpus.search(PassageQuery(words, _LIMIT, newest=places))
        ms.append(1000 * (time.perf_counter() - began))
        ids = {c.passage.document.id for c in found}
        newest.append(later[-1].id in ids)
        reports.append(len(ids & {d.id for d in later}) / len(later))
    return {"newest": sum(newest) / len(newest), "reports": sum(reports) / len(reports), "ms": median(ms)}


if __name__ == "__main__":
    main()
