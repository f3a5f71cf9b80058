"""How often the decisive passage is read: `python -m bench.verdicts.passages CASES... [--every N] [--json OUT]`.

Cases must name their evidence word for word, as `training/data/drafts/check_drafts.py --cases` writes them. Counted are the
windows of the passages that go on to the reader, in a corpus of the case's own reports and in one of all cases' reports, with
and without the reports on the article's event.
"""

import argparse
import json
import platform
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from training.passage_ranking import decided_claims, documents
from worker.evidence.retrieve import retrieve_passages
from worker.models.load import load_models
from worker.models.ports import Models


def read_decisive(case: dict[str, Any], corpus: PassageSearch, models: Models) -> Iterator[tuple[bool, bool]]:
    """For each claim that its evidence supports or contradicts: whether a decisive window is read, without and with the event."""
    for decided in decided_claims(case, corpus, models):
        without, within = (
            any(
                decided.is_decided_by(ranked.passage)
                for ranked in retrieve_passages([decided.claim], decided.title, scope, models)[0].ranked
            )
            for scope in (decided.plain, decided.scope)
        )
        yield without, within


def measure(cases: Sequence[dict[str, Any]], models: Models) -> dict[str, dict[str, float]]:
    """By corpus: claims, and the shares read without and with the event's reports."""
    pool = MemorySearch(documents(cases))
    found = {}
    for name in ("own reports", "all reports"):
        rows = [
            row
            for case in cases
            for row in read_decisive(case, pool if name == "all reports" else MemorySearch(documents([case])), models)
        ]
        shares = [round(sum(row[at] for row in rows) / max(1, len(rows)), 3) for at in (0, 1)]
        found[name] = {"claims": len(rows), "without": shares[0], "with": shares[1]}
    return found


def main() -> None:
    """Prints a table, and the same as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts.passages", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one case in N only")
    parser.add_argument("--json", type=Path, help="also write the JSON here")
    args = parser.parse_args()
    cases = [json.loads(line) for path in args.cases for line in path.read_text(encoding="utf-8").splitlines()]
    found = measure(cases[:: args.every], load_models(Settings()))
    for name, row in found.items():
        print(f"{name:12}  {row['claims']:5} claims  decisive passage read: {row['without']:.3f} → {row['with']:.3f}")
    record = json.dumps(
        {"at": datetime.now(UTC).isoformat(), "machine": platform.machine(), "measures": found}, indent=2
    )
    print(record)
    if args.json:
        args.json.write_text(f"{record}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
