from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ModelUnusable
from factcheck.settings import PACKAGED_MODELS
from worker.models.sentence_encoder import PassageEncoder, SentenceEncoder
from worker.models.vector_quantizer import VectorQuantizer

TEXTS = ["The harbour bridge opened on Friday.", "Rain fell on the hills.", "The mayor resigned."]


class Codes:
    """`PassageEmbeddingCodes` in memory."""

    def __init__(self) -> None:
        self.of: dict[int, bytes] = {}

    def read(self, keys: Sequence[int]) -> dict[int, bytes]:
        return {key: self.of[key] for key in keys if key in self.of}

    def write(self, codes: Mapping[int, bytes], position: CorpusVersion | None = None) -> None:
        self.of.update(codes)

    def position(self) -> CorpusVersion | None:
        return None


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(PACKAGED_MODELS / "encoder", threads=1)


@pytest.fixture(scope="module")
def code() -> VectorQuantizer:
    return VectorQuantizer(PACKAGED_MODELS / "encoder")


def test_a_code_takes_half_a_byte_a_dimension_and_keeps_the_cosines(encoder: SentenceEncoder, code: VectorQuantizer):
    vectors = encoder.vectors(TEXTS)
    codes = code.encode(vectors)
    assert {len(one) for one in codes} == {192}
    assert np.abs(vectors @ code.decode(codes).T - vectors @ vectors.T).max() < 0.02


def test_keys_differ_by_text_and_fit_into_64_bits(code: VectorQuantizer):
    keys = [code.key(text) for text in (*TEXTS, "a lone \ud800 surrogate", "")]
    assert len(set(keys)) == 5
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_stored_code_and_a_fresh_one_give_the_same_vector(encoder: SentenceEncoder, code: VectorQuantizer):
    stored = Codes()
    assert PassageEncoder(encoder, code, stored).store(TEXTS) == 3
    with_codes, without = PassageEncoder(encoder, code, stored), PassageEncoder(encoder, code, None)
    assert np.array_equal(with_codes.vectors(TEXTS), without.vectors(TEXTS))


def test_what_is_stored_is_not_encoded_again(encoder: SentenceEncoder, code: VectorQuantizer):
    passages = PassageEncoder(encoder, code, Codes())
    assert [passages.store(TEXTS[:2]), passages.store(TEXTS)] == [2, 1]


def test_a_folder_without_a_code_is_unusable():
    with pytest.raises(ModelUnusable, match=r"code\.json"):
        VectorQuantizer(PACKAGED_MODELS / "reader")
