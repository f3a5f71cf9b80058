"""The checker inside the command's own process: no Redis, no service."""

from collections.abc import Mapping
from dataclasses import replace

from cli.articles import options
from factcheck.article import Article
from factcheck.check import Order
from factcheck.ports import PassageSearch
from factcheck.settings import Settings, read_settings, variable
from factcheck.verdict import Report

_THREADS = 2


def settings_here(environ: Mapping[str, str]) -> Settings:
    """As for a worker, but with the threads of a machine that has nothing else to do. Raises `InvalidSetting`."""
    settings = read_settings(environ)
    return settings if environ.get(variable("model_threads")) else replace(settings, model_threads=_THREADS)


class Checker:
    """The pipeline with its models, which take about two seconds to load."""

    def __init__(self, settings: Settings) -> None:
        from worker.wiring import build_kit

        self._settings = settings
        self._kit = build_kit(settings)

    def check(self, article: Article, corpus: PassageSearch, max_evidence: int) -> Report:
        """One article against one corpus."""
        from worker.pipeline import check_article

        order = Order(article, None, None, None, options(max_evidence))
        candidates, sentence_limit = self._settings.candidates, self._settings.sentence_limit
        return check_article(order, corpus, self._kit, _nobody_listens, candidates, sentence_limit)


def _nobody_listens(verdict: object, claims_total: int) -> None:
    """A `VerdictSink` for those who wait for the report."""
