"""A client of a running service: stores documents, checks a draft, prints the claims and their labels as JSON.

`python -m deploy.sample URL DOCUMENTS.jsonl DRAFT.json`, or without URL: the same in this process, without a service.
The API key is taken from `FACTCHECK_API_KEY`.
"""

import json
import os
import sys
import time
from pathlib import Path

from factcheck.article import Article
from factcheck.client import Client
from factcheck.evidence import Document
from factcheck.ingest.path_documents import read_corpus
from factcheck.search.memory import MemorySearch
from factcheck.settings import read_settings
from factcheck.verdict import Report
from factcheck_cli.input_files import read_article_file
from factcheck_cli.local_checker import LocalChecker

_FOUND_S = 20


def main(arguments: list[str]) -> int:
    """Always 0: where something fails, the traceback tells it."""
    *service, documents, draft = arguments
    corpus = list(read_corpus(Path(documents)))
    article = read_article_file(draft, None, read_settings(os.environ).article_limit_chars)
    report = _remote(service[0], corpus, article) if service else _local(corpus, article)
    json.dump([[verdict.claim.text, verdict.label] for verdict in report.verdicts], sys.stdout)
    return 0


def _remote(url: str, corpus: list[Document], article: Article) -> Report:
    client = Client(url, os.environ.get("FACTCHECK_API_KEY"))
    for document in corpus:
        client.store(document)
    deadline = time.monotonic() + _FOUND_S
    while not all(_is_found(client, document) for document in corpus):
        if time.monotonic() > deadline:
            raise TimeoutError(f"a document was stored, but not found by search within {_FOUND_S} s")
        time.sleep(0.1)
    return client.check(article)


def _is_found(client: Client, document: Document) -> bool:
    return any(found.document.id == document.id for found in client.search(document.title or document.text[:80]))


def _local(corpus: list[Document], article: Article) -> Report:
    settings = read_settings(os.environ)
    return LocalChecker(settings).check(article, MemorySearch(corpus), settings.max_evidence)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
