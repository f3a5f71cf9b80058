"""Loads the models once a process."""

from factcheck.search.factory import open_passage_codes
from factcheck.settings import PACKAGED_MODELS, Settings
from worker.models.entailment_model import OnnxEntailment
from worker.models.parser import SpacyParser
from worker.models.passage_code import PassageCode
from worker.models.ports import Models
from worker.models.similarity import PassageEncoder, SentenceEncoder

_ENCODER = PACKAGED_MODELS / "encoder"


def load_models(settings: Settings, with_stored_codes: bool = False) -> Models:
    """Reads about 100 MB of models from disk, in about two seconds; raises `ModelUnusable`.

    `with_stored_codes` reads passage vectors that were stored beside the index; without, all are computed here.
    """
    encoder = SentenceEncoder(_ENCODER, settings.model_threads)
    return Models(
        parser=SpacyParser(),
        encoder=encoder,
        passages=_passage_encoder(settings, encoder, with_stored_codes),
        entailment=OnnxEntailment(settings.model_dir, settings.model_threads),
        retrieval="BM25 + bge-small-en",
    )


def load_passage_encoder(settings: Settings) -> PassageEncoder:
    """The encoder of archive passages alone, on one thread, with its stored codes; raises `ModelUnusable`."""
    return _passage_encoder(settings, SentenceEncoder(_ENCODER, 1), with_stored_codes=True)


def passage_code_name() -> str:
    """Name of model and code, under which the codes are stored; raises `ModelUnusable`."""
    return PassageCode(_ENCODER).name


def load_parser() -> SpacyParser:
    """The syntax alone, where no verdict is asked for."""
    return SpacyParser()


def _passage_encoder(settings: Settings, encoder: SentenceEncoder, with_stored_codes: bool) -> PassageEncoder:
    code = PassageCode(_ENCODER)
    return PassageEncoder(encoder, code, open_passage_codes(settings, code.name) if with_stored_codes else None)
