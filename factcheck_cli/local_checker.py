"""The checker in the command's own process, without Redis or service."""

from factcheck.article import Article
from factcheck.check import CheckRequest
from factcheck.ports import PassageSearch
from factcheck.settings import Settings
from factcheck.verdict import Report
from factcheck_cli.input_files import options


class LocalChecker:
    """The pipeline with its models. Loading takes about two seconds."""

    def __init__(self, settings: Settings) -> None:
        from worker.models.load import load_models

        self._settings = settings
        self._models = load_models(settings)

    def check(self, article: Article, corpus: PassageSearch, max_evidence: int) -> Report:
        """Checks one article against one corpus."""
        return self.check_request(CheckRequest(article, None, None, None, options(max_evidence)), corpus)

    def check_request(self, request: CheckRequest, corpus: PassageSearch) -> Report:
        """The same with all options."""
        from worker.pipeline import check_article

        limits = (self._settings.candidates, self._settings.sentence_limit)
        early_exit = bool(self._settings.early_exit)
        return check_article(request, corpus, self._models, _ignore_verdict, *limits, early_exit=early_exit)


def _ignore_verdict(verdict: object, claims_total: int) -> None:
    """A `VerdictSink` for callers that only need the report."""
