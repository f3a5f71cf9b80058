"""Race times in the headline against those in the first sentences of the text."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.text.pipeline_types import Sentence

_LEAD = 3
# Hours, minutes and seconds, or seconds with a fraction. News prose never writes a time of day so.
_RACE_TIME = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?|\.\d+)(?![\d:])")


def race_time_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """ "Tessema wins in 2:08:41" above "Tessema ran 2:06:41". None if the headline's time occurs in the text."""
    body = [f for f in article if not f.in_title]
    times = {time.text for f in body for time in _race_times(f)}
    for title in (f for f in article if f.in_title):
        for mine in _race_times(title):
            if mine.text not in times:
                yield from _against(mine, title, body[:_LEAD])


def _against(mine: ArticleSpan, title: SentenceValues, lead: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    for values in lead:
        theirs = _race_times(values)
        same_length = [t for t in theirs if t.text.count(":") == mine.text.count(":")]
        if len(theirs) == len(same_length) == 1 and _proper_names(title.sentence) & _proper_names(values.sentence):
            other = theirs[0]
            message = conflict_message(mine, other)
            yield conflict(ConflictKind.NUMBER, mine, other, message, [(mine, other.text), (other, mine.text)])
            return


def _race_times(values: SentenceValues) -> list[ArticleSpan]:
    return [
        ArticleSpan(values.sentence, m.start(), m.end(), m.group()) for m in _RACE_TIME.finditer(values.sentence.text)
    ]


def _proper_names(sentence: Sentence) -> set[str]:
    return {t.text.removesuffix("’s").removesuffix("'s") for t in sentence.parsed.tokens if t.pos == "PROPN"}
