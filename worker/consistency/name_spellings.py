"""One person's name in two spellings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.entities.names import Name, find_names

_LEAST = 5
# In shorter names, another letter makes another name: Risen and Rosen, Hansen and Hanson.
_LONG = 7
# Endings that derive another word from a name: the family, the nation, the feminine form.
_ENDINGS = frozenset({"s", "es", "n", "an", "a", "e", "i", "y", "o"})
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame judge justice inspector detective officer captain coach mayor minister president".split()
)


@dataclass(frozen=True, slots=True)
class _Mention:
    name: Name
    place: ArticleSpan
    first: str
    last: str


def name_spelling_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """ "Rowena Halloran" and later "Halorran": one letter differs, and nobody else has the second spelling."""
    mentions = [m for values in article for m in _mentions(values)]
    full = [m for m in mentions if m.first]
    counts = Counter(m.last for m in mentions)
    seen = set[frozenset[str]]()
    for later in mentions:
        for known in full:
            pair = frozenset({known.last, later.last})
            if len(pair) == 2 and pair not in seen and _is_slip(known, later, full, counts):
                seen.add(pair)
                yield _conflict(known, later, counts)


def _mentions(values: SentenceValues) -> Iterator[_Mention]:
    for name in find_names(values.sentence.parsed):
        words = name.words
        full = len(words) > 1
        if not full and _follows_a_name(values, name):
            continue
        if (name.kind == "PERSON" or not full) and 1 <= len(words) <= 3 and all(w.isalpha() for w in words):
            yield _Mention(
                name, ArticleSpan(values.sentence, name.start, name.end, None), words[0] if full else "", words[-1]
            )


def _follows_a_name(values: SentenceValues, name: Name) -> bool:
    """True for "Davids" in "Sharice Davids": there is a first name, although the parser missed it."""
    before = values.sentence.text[: name.start].split()
    return bool(before) and before[-1][:1].isupper() and before[-1][-1:].isalpha() and before[-1].lower() not in _TITLES


def _is_slip(known: _Mention, later: _Mention, full: Sequence[_Mention], counts: Counter[str]) -> bool:
    if min(len(known.last), len(later.last)) < _LEAST or not one_slip(known.last, later.last):
        return False
    if later.first:
        return later.first == known.first
    return counts[later.last] == 1 and all(other.last != later.last for other in full)


def one_slip(a: str, b: str) -> bool:
    """True if one letter is wrong, missing, doubled or swapped with its neighbour. False for an added ending.

    >>> one_slip("halloran", "halorran"), one_slip("halloran", "haloran"), one_slip("miller", "millers")
    (False, True, False)
    """
    if a[0] != b[0] or a == b or abs(len(a) - len(b)) > 1:
        return False
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[head:], b[head:]
    if len(a) != len(b):
        longer, shorter = (x, y) if len(x) > len(y) else (y, x)
        return longer[1:] == shorter and longer not in _ENDINGS
    swapped = x[:2] == y[1::-1] and x[2:] == y[2:]
    return swapped or (len(a) >= _LONG and len(x) > 1 and x[1:] == y[1:] and {x, y} != {"en", "on"})


def _conflict(known: _Mention, later: _Mention, counts: Counter[str]) -> InternalConflict:
    a, b = known.place, later.place
    message = f"One name in two spellings: “{a.text}” and “{b.text}”."
    rarer, model = (known, later) if counts[known.last] < counts[later.last] else (later, known)
    return conflict(ConflictKind.NAME, a, b, message, [_repair(rarer, model)])


def _repair(rarer: _Mention, model: _Mention) -> tuple[ArticleSpan, str]:
    last_word = model.name.text.split()[-1]
    *before, old = rarer.place.text.split()
    possessive = next((ending for ending in ("’s", "'s") if old.endswith(ending)), "")
    return rarer.place, " ".join([*before, last_word.removesuffix("’s").removesuffix("'s") + possessive])
