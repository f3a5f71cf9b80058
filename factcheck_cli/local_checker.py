"""The checker inside the command's own process: no Redis, no service."""

from factcheck.article import Article
from factcheck.check import CheckRequest
from factcheck.ports import PassageSearch
from factcheck.settings import Settings
from factcheck.verdict import Report
from factcheck_cli.input_files import options


class LocalChecker:
    """The pipeline with its models, which take about two seconds to load."""

    def __init__(self, settings: Settings) -> None:
        from worker.models.load import load_models

        self._settings = settings
        self._kit = load_models(settings)

    def check(self, article: Article, corpus: PassageSearch, max_evidence: int) -> Report:
        """One article against one corpus."""
        from worker.pipeline import check_article

        order = CheckRequest(article, None, None, None, options(max_evidence))
        candidates, sentence_limit = self._settings.candidates, self._settings.sentence_limit
        return check_article(order, corpus, self._kit, _nobody_listens, candidates, sentence_limit)


def _nobody_listens(verdict: object, claims_total: int) -> None:
    """A `VerdictSink` for those who wait for the report."""
