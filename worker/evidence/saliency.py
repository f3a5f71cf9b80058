"""Finds the words that cause the reader's contradiction, by leaving out phrases.

A contradiction without conflicting values ("was outbid" against "withdrew its offer") still has to show its words. Each
phrase is left out in turn; the one whose absence lowers the probability of contradiction most is shown.
Source: occlusion, Zeiler and Fergus 2014; for text, Li, Monroe and Jurafsky 2016.
"""

from collections.abc import Callable, Collection, Sequence

from worker.text.syntax import ParsedText, Token

_LONGEST_PHRASES = 14
_FAVOUR = 3.0
_HEADS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_LINKS = frozenset(
    {"det", "aux", "auxpass", "neg", "compound", "amod", "nummod", "poss", "prt", "case", "flat", "quantmod"}
)

Range = tuple[int, int]


def phrases(parsed: ParsedText, within: Range) -> list[Range]:
    """Content words with their close dependents, as `[start, end)` offsets in text order; at most 14."""
    found = [_phrase(parsed, token) for token in parsed.within(*within) if _is_head(token)]
    kept = [(a, b) for a, b in dict.fromkeys(found) if within[0] <= a and b <= within[1]]
    return kept[:_LONGEST_PHRASES]


def most_salient(
    text: str,
    ranges: Sequence[Range],
    contradiction: Callable[[list[str]], list[float]],
    favoured: Collection[Range] = (),
) -> Range | None:
    """The range whose absence lowers `contradiction` most; None if none lowers it.

    `contradiction` maps texts to probabilities, in order. The effect of a `favoured` range counts threefold; where no other range
    could have a larger one, the others are not asked for.
    """
    first, last = ([r for r in ranges if (r in favoured) is wanted] for wanted in (True, False))
    best: Range | None = None
    whole, fall = 1.0, 0.0
    for group, weight in ((first, _FAVOUR), (last, 1.0)):
        if not group or fall >= whole:
            continue
        whole, *without = contradiction([text, *(_without(text, r) for r in group)])
        left = min(without)
        if (whole - left) * weight > fall:
            best, fall = group[without.index(left)], (whole - left) * weight
    return best


def _without(text: str, range_: Range) -> str:
    return f"{text[: range_[0]].rstrip()} {text[range_[1] :].lstrip()}"


def _is_head(token: Token) -> bool:
    return token.pos in _HEADS and token.dep not in _LINKS


def _phrase(parsed: ParsedText, head: Token) -> Range:
    """The contiguous close dependents around `head`."""
    close = {t.index for t in parsed.children(head.index) if t.dep in _LINKS} | {head.index}
    first = last = head.index
    while first - 1 in close:
        first -= 1
    while last + 1 in close:
        last += 1
    return parsed.tokens[first].start, parsed.tokens[last].end
