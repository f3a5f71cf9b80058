"""The measures. Each takes one build and returns its figures by name; seconds and processor seconds stand side by side."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeAlias

from bench.serving import SEEDS, Service
from bench.versus.drafts import Json, drafts, stories
from bench.versus.processes import descendants, processor_s, resident_mb, workers
from bench.versus.services import Times, finished, follow, service_of, store, submit
from bench.versus.trees import Tree
from factcheck_cli.demo import own_environment

_ARTICLE = Path(__file__).parents[1] / "latency" / "article.txt"
_LEAD = 2  # drafts checked before a measurement starts
_DAY = "2018-02-01"

Figures: TypeAlias = dict[str, float]
CLAIMS_S, CPU_S = "claims a second", "processor seconds a claim"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much each measure does. The issue's table asks for the defaults; a busy machine for less."""

    drafts: int = 60
    queued: int = 200
    memory_drafts: int = 1_000
    stories: int = 500
    runs: int = 3
    grown: int = 100_000
    passages: int = 1_000_000


def claims(tree: Tree, sizes: Sizes) -> Figures:
    """One worker with two model threads; all drafts new; the archive was stored before."""
    with service_of(tree, 1) as service:
        store(service, _archive(sizes.stories))
        return _throughput(service, sizes, sizes.drafts, workers(service.pid))


def queue(tree: Tree, sizes: Sizes) -> Figures:
    """Two workers; the processor time is that of all processes of the service."""
    with service_of(tree, 2) as service:
        store(service, _archive(sizes.stories))
        found = _throughput(service, sizes, sizes.queued, descendants(service.pid))
    return {f"two workers: {name}": value for name, value in found.items()}


def latency(tree: Tree, sizes: Sizes) -> Figures:
    """The article of `bench.latency` against the seed reports: new, then with one sentence edited. A new service each run."""
    new: list[Times] = []
    edited: list[Times] = []
    spent: list[float] = []
    text = _ARTICLE.read_text()
    for _ in range(sizes.runs):
        with service_of(tree, 2, {"FACTCHECK_VERDICT_MEMORY_S": "900"}) as service:
            store(service, [json.loads(line) for line in SEEDS.read_text().splitlines()])
            before = processor_s(workers(service.pid))
            new.append(follow(service, {"text": text, "published_at": _DAY}))
            spent.append(processor_s(workers(service.pid)) - before)
            edited.append(follow(service, {"text": text.replace("Feb. 9", "Feb. 11", 1), "published_at": _DAY}))
    return {
        "new article: done, s": median(t.done_s for t in new),
        "new article: first verdict, s": median(t.first_s for t in new),
        "new article: processor seconds": median(spent),
        "one sentence edited: done, s": median(t.done_s for t in edited),
    }


def memory(tree: Tree, sizes: Sizes) -> Figures:
    """Resident memory of the one worker, at first and after the drafts."""
    with service_of(tree, 1, {"FACTCHECK_WORKER_MEMORY_MB": "0"}) as service:
        store(service, _archive(sizes.stories))
        (worker,) = workers(service.pid)
        finished(service, [submit(service, d) for d in islice(drafts(stories(sizes.stories)), _LEAD)])
        at_first = resident_mb(worker)
        told = islice(drafts(stories(sizes.stories)), _LEAD, _LEAD + sizes.memory_drafts)
        finished(service, [submit(service, draft) for draft in told])
        return {"worker memory at first, MB": at_first, "worker memory after the drafts, MB": resident_mb(worker)}


def growth(tree: Tree, sizes: Sizes) -> Figures:
    """The same drafts against a small archive and a large one that holds it."""
    found: Figures = {}
    spent = []
    for size in (sizes.stories, sizes.grown):
        with service_of(tree, 1) as service:
            waited_s = store(service, _archive(size))
            figures = _throughput(service, sizes, sizes.drafts, workers(service.pid))
            spent.append(figures[CPU_S])
            found |= {f"{name}, {size} documents": value for name, value in figures.items()}
            found[f"seconds until idle after storing {size} documents"] = waited_s
    return {**found, "growth of processor seconds a claim": spent[1] / spent[0]}


def start(tree: Tree, sizes: Sizes) -> Figures:
    """From `factcheck serve` to ready, and from then to the first verdict of a first article."""
    ready, first, spent = [], [], []
    article = next(drafts(stories(sizes.stories)))
    for _ in range(sizes.runs):
        began = time.monotonic()
        with service_of(tree, 1) as service:
            ready.append(time.monotonic() - began)
            spent.append(processor_s(descendants(service.pid)))
            first.append(follow(service, article).first_s)
    return {
        "serve to ready, s": median(ready),
        "serve to ready, processor seconds": median(spent),
        "ready to first verdict, s": median(first),
    }


def search(tree: Tree, sizes: Sizes) -> Figures:
    """The tree's own `bench.corpus` on made-up documents: p95 of a search, index bytes a passage."""
    with TemporaryDirectory(prefix="fc-versus-corpus-") as folder:
        corpus, figures = Path(folder) / "corpus.jsonl", Path(folder) / "figures.json"
        corpus.write_text("".join(json.dumps(d) + "\n" for d in _archive(sizes.stories)))
        command = [
            tree.python,
            "-m",
            "bench.corpus",
            str(corpus),
            "--sizes",
            str(sizes.passages),
            "--json",
            str(figures),
        ]
        environ = {**own_environment(), "PYTHONPATH": str(tree.root)}
        subprocess.run(command, cwd=tree.root, env=environ, check=True, stdout=subprocess.DEVNULL)
        run = json.loads(figures.read_text())["runs"][0]
    per_passage = run["documents"] / run["passages"]
    return {
        f"search p95 at {sizes.passages} passages, ms": run["search_ms"][1],
        "index bytes a passage": run["index_bytes_document"] * per_passage,
        "record bytes a passage": run["record_disk_bytes_document"] * per_passage,
    }


Measure: TypeAlias = Callable[[Tree, Sizes], Figures]
MEASURES: Mapping[str, Measure] = {
    "claims": claims,
    "latency": latency,
    "queue": queue,
    "start": start,
    "memory": memory,
    "growth": growth,
    "search": search,
}


def _archive(count: int) -> list[Json]:
    return [story.report() for story in stories(count)]


def _throughput(service: Service, sizes: Sizes, count: int, pids: Sequence[int]) -> Figures:
    """`count` drafts submitted at once, after a few others."""
    told = list(islice(drafts(stories(sizes.stories)), _LEAD + count))
    finished(service, [submit(service, draft) for draft in told[:_LEAD]])
    before_s, began = processor_s(list(pids)), time.monotonic()
    done = finished(service, [submit(service, draft) for draft in told[_LEAD:]])
    seconds = time.monotonic() - began
    return {CLAIMS_S: done / seconds, CPU_S: (processor_s(list(pids)) - before_s) / done}
