"""Quantities in the headline against those in the first sentences of the text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.casualty_status import any_people, casualty_status, same_people
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.events.synonyms_and_antonyms import same_meaning
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind
from worker.dimensions.quantities.relations import conflict_kind, quantity_relation
from worker.dimensions.quantities.render import render_like
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import governor

# The first sentences report the news; later ones often have figures of other events.
_LEAD = 2
_PARTIAL = re.compile(
    r"\b(?:including|among them|among|one of|another|others?|plus|besides|along with|as well as|in addition|more than one|"
    r"bringing|himself|herself|themselves|apart from)\b",
    re.I,
)
_MORE = re.compile(r"(?:\s+[\w’'-]+){0,3}?,?\s+and\s+(?:an?|the|his|her|their|two|three|four|five|\d)\b")
_PART_OF = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) of (?:the|its|their|his|her)\s+$", re.I
)
_LIMIT = re.compile(r"\b(?:cap(?:s|ped|ping)?|limit(?:s|ed)?|ceiling|at most|no more than|maximum|up to)\b", re.I)
_KINDS = frozenset(
    {QuantityKind.NUMBER, QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.SCORE, QuantityKind.MEASURE}
)
_EXACT = frozenset({Bound.EXACT, Bound.AT_MOST, Bound.AT_LEAST})
# True if the headline's quantity and the sentence's quantity describe the same thing.
_Rule = Callable[[Quantity, SentenceValues, Quantity, SentenceValues], bool]


def headline_quantity_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Two values for one thing. None if the headline's figure occurs anywhere in the text."""
    titles = [f for f in article if f.in_title]
    body = [f for f in article if not f.in_title]
    for title in titles:
        yield from _contradicted(title, body, _SAME_THING)
    if body:
        yield from _contradicted(body[0], body[1:], (_one_fate,))


def _contradicted(
    title: SentenceValues, body: Sequence[SentenceValues], rules: Sequence[_Rule]
) -> Iterator[InternalConflict]:
    """Conflicts of the headline or the opening sentence with the text below it."""
    for mine in title.quantities:
        if mine.kind in _KINDS and mine.bound in _EXACT and not _is_borne_out(mine, title, body):
            found = _against(mine, title, body[:_LEAD], rules)
            if found is not None:
                yield found


def _is_borne_out(mine: Quantity, title: SentenceValues, body: Sequence[SentenceValues]) -> bool:
    return any(
        _vouches(mine, theirs) and not (_is_capped(mine, title) and values.is_wish(theirs.start, theirs.end))
        for values in body
        for theirs in values.quantities
    )


def _vouches(mine: Quantity, theirs: Quantity) -> bool:
    if theirs.kind is mine.kind is QuantityKind.SCORE:
        return sorted(mine.parts) == sorted(theirs.parts)
    same = mine.value == theirs.value and (mine.kind is theirs.kind or QuantityKind.NUMBER in (mine.kind, theirs.kind))
    return same or quantity_relation(mine, theirs) is Relation.AGREE


def _against(
    mine: Quantity, title: SentenceValues, lead: Sequence[SentenceValues], rules: Sequence[_Rule]
) -> InternalConflict | None:
    for values in lead:
        rivals = [q for q in values.quantities if q.kind is mine.kind and not _is_whole_of_part(q, values)]
        fitting = [q for q in rivals if any(rule(mine, title, q, values) for rule in rules)]
        if len(fitting) == 1 and quantity_relation(mine, fitting[0]) is Relation.CONFLICT:
            return _conflict(title, mine, values, fitting[0])
    return None


def _is_whole_of_part(quantity: Quantity, values: SentenceValues) -> bool:
    """True for the nine in "two of the nine wards": the sentence is about the two."""
    return _PART_OF.search(values.sentence.text[: quantity.start]) is not None


def _one_fate(mine: Quantity, title: SentenceValues, theirs: Quantity, values: SentenceValues) -> bool:
    """Both count casualties of one status: "kills three", "two people have died"."""
    fate = casualty_status(title.sentence.text, mine)
    if fate is None or fate != casualty_status(values.sentence.text, theirs) or _PARTIAL.search(values.sentence.text):
        return False
    if values.is_wish(theirs.start, theirs.end) or title.is_wish(mine.start, mine.end):
        return False
    return _is_whole(values, theirs) and (same_people(mine.noun, theirs.noun) or _takes_up_all(theirs, values))


def _takes_up_all(theirs: Quantity, values: SentenceValues) -> bool:
    """True for "all nine men": it means everybody involved, whatever the headline calls them."""
    before = values.sentence.text[: theirs.start].rstrip().lower()
    return before.endswith("all") and any_people(theirs.noun)


def _is_whole(values: SentenceValues, theirs: Quantity) -> bool:
    """False for the first item of a list: "two children and their mother"."""
    return _MORE.match(values.sentence.text[theirs.end : theirs.end + 60]) is None


def _one_count(mine: Quantity, title: SentenceValues, theirs: Quantity, values: SentenceValues) -> bool:
    """One noun with verbs of the same meaning: "closes four schools", "shuts five primary schools"."""
    if mine.kind is not QuantityKind.NUMBER or not mine.noun or mine.noun != theirs.noun or mine.noun == "person":
        return False
    if _PARTIAL.search(values.sentence.text) or Bound.EXACT is not theirs.bound:
        return False
    mine_verb, their_verb = (governor(f.sentence.parsed, q.start, q.end) for f, q in ((title, mine), (values, theirs)))
    one_verb = mine_verb is not None and their_verb is not None and same_meaning(mine_verb.lemma, their_verb.lemma)
    return one_verb or len((title.content() & values.content()) - {mine.noun}) >= 2


def _one_limit(mine: Quantity, title: SentenceValues, theirs: Quantity, values: SentenceValues) -> bool:
    """Both state an upper limit: "caps rents at four percent", "rents may rise by at most three percent"."""
    limits = _is_capped(mine, title) and _is_capped(theirs, values)
    about = title.meaning(mine.start, mine.end) & values.meaning(theirs.start, theirs.end)
    return mine.kind is not QuantityKind.SCORE and limits and bool(about)


def _is_capped(quantity: Quantity, values: SentenceValues) -> bool:
    words = values.sentence.text[max(0, quantity.start - 50) : quantity.end + 12]
    return quantity.bound is Bound.AT_MOST or _LIMIT.search(words) is not None


def _one_sum(mine: Quantity, title: SentenceValues, theirs: Quantity, values: SentenceValues) -> bool:
    """A sum of money or a share whose clauses in headline and sentence have two content words or more in common."""
    if mine.kind not in (QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.MEASURE) or mine.unit != theirs.unit:
        return False
    if (mine.sense and theirs.sense and mine.sense != theirs.sense) or values.is_wish(theirs.start, theirs.end):
        return False
    if any(sum(q.kind is mine.kind for q in f.quantities) > 1 for f in (title, values)):
        return False
    return len(_shared_words(title, mine, values, theirs)) >= 2 or _share_of_one_subject(mine, title, values)


def _share_of_one_subject(mine: Quantity, title: SentenceValues, values: SentenceValues) -> bool:
    """Headline and opening sentence have one subject: "Prices up 4 percent" above "The town's prices rose"."""
    return mine.kind is QuantityKind.PERCENT and values.place == 1 and bool(_subjects(title) & _subjects(values))


def _subjects(values: SentenceValues) -> set[str]:
    """Lemmas of the subjects; in a headline without a verb, of its root noun."""
    return {t.lemma for t in values.sentence.parsed.tokens if t.pos == "NOUN" and (t.dep == "ROOT" or "nsubj" in t.dep)}


def _shared_words(title: SentenceValues, mine: Quantity, values: SentenceValues, theirs: Quantity) -> set[str]:
    return title.meaning(mine.start, mine.end) & values.meaning(theirs.start, theirs.end)


def _one_result(mine: Quantity, title: SentenceValues, theirs: Quantity, values: SentenceValues) -> bool:
    """The result of one match or vote: the same names in headline and sentence."""
    if mine.kind is not QuantityKind.SCORE or len(mine.parts) != len(theirs.parts) or len(values.quantities) > 3:
        return False
    if sorted(mine.parts) == sorted(theirs.parts):
        return False
    names = [{t.lemma for t in f.sentence.parsed.tokens if t.pos == "PROPN"} for f in (title, values)]
    return len(names[0] & names[1]) >= 2


_SAME_THING: tuple[_Rule, ...] = (
    _one_fate,
    _one_count,
    _one_limit,
    _one_sum,
    _one_result,
)


def _conflict(title: SentenceValues, mine: Quantity, values: SentenceValues, theirs: Quantity) -> InternalConflict:
    a, b = title.place_of(mine), values.place_of(theirs)
    repairs = [(a, render_like(mine, _bare(theirs))), (b, render_like(theirs, _bare(mine)))]
    kind = ConflictKind(conflict_kind(mine, theirs))
    return conflict(kind, a, b, conflict_message(a, b), repairs)


def _bare(quantity: Quantity) -> Quantity:
    """The figure without its hedge: the text that it replaces keeps its own hedge."""
    return replace(
        quantity, bound=Bound.EXACT, modifier="", modifier_span=None, low=quantity.value, high=quantity.value
    )


def conflict_message(a: ArticleSpan, b: ArticleSpan) -> str:
    """ "The headline says three, the text two." """
    first = "The headline" if a.in_title else "The article first"
    second = "the text" if a.in_title else "later"
    return f"{first} says “{a.text}”, {second} “{b.text}”."
