"""Loads the models once a process."""

from factcheck.settings import PACKAGED_MODELS, Settings
from worker.models.entailment_model import OnnxEntailment
from worker.models.parser import SpacyParser
from worker.models.ports import Models
from worker.models.similarity import SentenceEncoder


def load_models(settings: Settings) -> Models:
    """Reads about 100 MB of models from disk, in about two seconds; raises `ModelUnusable`."""
    threads = settings.model_threads
    return Models(
        parser=SpacyParser(),
        encoder=SentenceEncoder(PACKAGED_MODELS / "encoder", threads),
        entailment=OnnxEntailment(settings.model_dir, threads),
        retrieval="BM25 + bge-small-en",
    )


def load_parser() -> SpacyParser:
    """The syntax alone, where no verdict is asked for."""
    return SpacyParser()
