"""How fast documents come in over HTTP: NDJSON to a service of its own."""

import json
from collections.abc import Iterator, Sequence
from time import perf_counter

import requests

from bench.serving import running_service
from factcheck.evidence import Document
from factcheck.json_mapping import to_json


def http_documents_s(documents: Sequence[Document]) -> float:
    """Acknowledged documents a second, one client, one request; the service indexes them meanwhile."""
    with running_service(workers=1) as service:
        headers = {"Content-Type": "application/x-ndjson"}
        began = perf_counter()
        answer = requests.post(f"{service.url}v1/documents", data=_lines(documents), headers=headers, timeout=600)
        took_s = perf_counter() - began
        stored = sum(json.loads(line)["status"] in (200, 201) for line in answer.text.splitlines())
        if stored != len(documents):
            raise RuntimeError(f"{stored} of {len(documents)} stored: {answer.text[:300]}")
        return stored / took_s


def _lines(documents: Sequence[Document]) -> Iterator[bytes]:
    for document in documents:
        yield json.dumps(to_json(document), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
