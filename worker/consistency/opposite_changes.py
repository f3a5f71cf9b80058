"""One change reported in both directions: "sales rose by 5 percent", later "sales fell by 5 percent"."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.events.synonyms_and_antonyms import opposite_verbs
from worker.dimensions.quantities.quantity import Quantity, QuantityKind
from worker.dimensions.slot_context import governor
from worker.text.syntax import Token

_KINDS = frozenset({QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.MEASURE})
_Change = tuple[SentenceValues, Quantity, Token, str]


def opposite_change_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Conflicts with the same figure and subject and opposite verbs, unless the two have different times."""
    changes = [change for values in article for q in values.quantities for change in _changes(values, q)]
    for first, second in combinations(changes, 2):
        if _is_turned_round(first, second):
            a, b = (_words(values, verb, quantity) for values, quantity, verb, _ in (first, second))
            yield conflict(ConflictKind.RELATION, a, b, conflict_message(a, b))


def _changes(values: SentenceValues, quantity: Quantity) -> Iterator[_Change]:
    verb = governor(values.sentence.parsed, quantity.start, quantity.end) if quantity.kind in _KINDS else None
    if verb is None or verb.pos != "VERB" or values.is_wish(quantity.start, quantity.end):
        return
    below = values.sentence.parsed.children(verb.index)
    if any(t.dep == "neg" for t in below):
        return
    for subject in below:
        if subject.dep.startswith("nsubj") and subject.pos == "NOUN":
            yield values, quantity, verb, subject.lemma


def _is_turned_round(first: _Change, second: _Change) -> bool:
    (values, one, verb, subject), (later, other, again, of) = first, second
    same = one.kind is other.kind and one.value == other.value and one.unit == other.unit and subject == of
    return same and opposite_verbs(verb.lemma, again.lemma) and _may_be_one_time(values, later)


def _may_be_one_time(values: SentenceValues, later: SentenceValues) -> bool:
    times = [{t.timex for t in f.times if not t.timex.startswith("P")} for f in (values, later)]
    return not times[0] or not times[1] or bool(times[0] & times[1])


def _words(values: SentenceValues, verb: Token, quantity: Quantity) -> ArticleSpan:
    """The span that covers verb and figure, in either order."""
    return ArticleSpan(values.sentence, min(verb.start, quantity.start), max(verb.end, quantity.end), None)
