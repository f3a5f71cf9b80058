"""Loads only the encoder of archive passages. The archive encoder process needs no other model."""

from factcheck.search.factory import open_passage_codes
from factcheck.settings import PACKAGED_MODELS, Settings
from worker.models.sentence_encoder import PassageEncoder, SentenceEncoder
from worker.models.vector_quantizer import VectorQuantizer

ENCODER = PACKAGED_MODELS / "encoder"


def load_passage_encoder(settings: Settings) -> PassageEncoder:
    """The encoder on one thread, with stored codes. Raises: `ModelUnusable`."""
    return passage_encoder(settings, SentenceEncoder(ENCODER, 1), with_stored_codes=True)


def passage_encoder(settings: Settings, encoder: SentenceEncoder, with_stored_codes: bool) -> PassageEncoder:
    """The passage encoder on top of a loaded encoder. Raises: `ModelUnusable`."""
    code = VectorQuantizer(ENCODER)
    return PassageEncoder(encoder, code, open_passage_codes(settings, code.name) if with_stored_codes else None)
