"""Loads the models once a process."""

from factcheck.settings import PACKAGED_MODELS, Settings
from worker.kit import Kit
from worker.models.entailment_model import OnnxEntailment
from worker.models.parser import SpacyParser
from worker.models.similarity import CrossEncoder, SentenceEncoder


def build_kit(settings: Settings) -> Kit:
    """Reads about 100 MB of models from disk, in about two seconds; raises `ModelUnusable`."""
    threads = settings.model_threads
    return Kit(
        parser=SpacyParser(),
        encoder=SentenceEncoder(PACKAGED_MODELS / "encoder", threads),
        relevance=CrossEncoder(PACKAGED_MODELS / "reranker", threads),
        entailment=OnnxEntailment(settings.model_dir, threads),
        retrieval="BM25 + bge-small-en + ms-marco-MiniLM-L-12",
    )


def build_parser() -> SpacyParser:
    """The syntax alone, where no verdict is asked for."""
    return SpacyParser()
