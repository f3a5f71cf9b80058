"""Documents of a set size and claim-like queries, made from whatever corpora are given."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from factcheck.evidence import Document
from factcheck.ingest.path_documents import read_corpus
from factcheck.search.passages import split_passages

QUERY_WORDS = 20


def make_documents(paths: Sequence[Path], words_each: int) -> Iterator[Document]:
    """Endless documents of about `words_each` words, from the texts in turn; each round has ids and a word of its own."""
    originals = [document for path in paths for document in read_corpus(path)]
    random.Random(0).shuffle(originals)
    for number, original in enumerate(cycle(originals)):
        turn = number // len(originals)
        words = original.text.split(" ")
        for part in range(0, max(1, len(words) - words_each // 2), words_each):
            text = " ".join(words[part : part + words_each])
            if text.strip():
                topped_up = f"{text} Edition{turn}." if turn else text
                yield replace(original, id=f"{original.id}/{turn}/{part}", text=topped_up)


def take_passages(documents: Iterator[Document], passages: int) -> Iterator[Document]:
    """As many documents as hold `passages` passages."""
    taken = 0
    for document in documents:
        yield document
        taken += sum(1 for _ in split_passages(document))
        if taken >= passages:
            return


def make_queries(paths: Sequence[Path], count: int) -> list[str]:
    """Runs of `QUERY_WORDS` words from random places of the texts: as long as a claim, and about something that is there."""
    texts = [document.text.split() for path in paths for document in read_corpus(path)]
    chance = random.Random(1)
    queries: list[str] = []
    while len(queries) < count:
        words = chance.choice(texts)
        start = chance.randrange(max(1, len(words) - QUERY_WORDS))
        queries.append(" ".join(words[start : start + QUERY_WORDS]))
    return queries
