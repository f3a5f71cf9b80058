"""Loads the models, once per process."""

from factcheck.settings import Settings
from worker.models.checkworthiness_model import LinearCheckworthiness
from worker.models.entailment_model import OnnxEntailment
from worker.models.load_passage_encoder import ENCODER, passage_encoder
from worker.models.ports import Models
from worker.models.sentence_encoder import SentenceEncoder
from worker.models.spacy_parser import SpacyParser


def load_models(settings: Settings, with_stored_codes: bool = False) -> Models:
    """Reads about 100 MB of models from disk, in about two seconds.

    `with_stored_codes` uses the passage vectors stored beside the index; else all are computed here.

    Raises: `ModelUnusable`.
    """
    encoder = SentenceEncoder(ENCODER, settings.model_threads)
    return Models(
        parser=SpacyParser(),
        encoder=encoder,
        passages=passage_encoder(settings, encoder, with_stored_codes),
        entailment=OnnxEntailment(settings.model_dir, settings.model_threads),
        checkworthiness=LinearCheckworthiness(encoder),
        retrieval="BM25 + bge-small-en",
    )


def load_parser() -> SpacyParser:
    """Only the parser, for uses without verdicts."""
    return SpacyParser()
