import json
from pathlib import Path

import pytest

from factcheck.ingest.path_documents import read_corpus

SEEDS = Path(__file__).parents[3] / "seeds"
FURNITURE = ["Select Page", "About The Author", "Related Content", "Joe Gilbertson"]


def test_the_file_to_load_holds_the_single_documents():
    loaded = {document.id: document for document in read_corpus(SEEDS / "documents.jsonl")}
    assert list(loaded) == ["seed-000", "seed-001"]
    for document_id, document in loaded.items():
        assert list(read_corpus(SEEDS / f"{document_id}.json")) == [document]


@pytest.mark.parametrize(
    ("document_id", "raw", "day"),
    [("seed-000", "000_b855912582e96070.txt", "2018-01-31"), ("seed-001", "001_0c0ff0f6c29ecb13.txt", "2018-01-30")],
)
def test_a_seed_is_its_raw_file_without_the_furniture(document_id: str, raw: str, day: str):
    (document,) = read_corpus(SEEDS / f"{document_id}.json")
    found = (SEEDS / "raw" / raw).read_text()
    assert document.title in found
    assert all(paragraph in found for paragraph in document.text.split("\n\n"))
    assert not any(words in document.text for words in [*FURNITURE, document.title])
    assert len(found) - len(document.text) - 2 * len(document.title) < 250
    assert (document.published_at, document.tags) == (day, ("date-inferred",))


def test_the_seeds_have_no_members_but_the_contracts():
    for line in (SEEDS / "documents.jsonl").read_text().splitlines():
        assert set(json.loads(line)) == {
            *("id", "title", "text", "source", "published_at", "url", "language", "tags", "retracted", "corrects"),
        }
