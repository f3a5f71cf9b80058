"""Step 2: splits sentences into claims, clause by clause, and marks which can be checked."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from factcheck.claim import Claim
from worker.text.checkworthiness import is_checkable, is_heading
from worker.text.coreference import Coreference
from worker.text.pipeline_types import ClaimInContext, Sentence
from worker.text.syntax import ParsedText, Token

_VERBAL = frozenset({"VERB", "AUX"})
_OPENING = frozenset({"cc", "punct"})
_LONG_CLAUSE = 7
_FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though"})
_DESCRIBING = frozenset({"relcl", "appos"})
_JOINING = frozenset({"that", "while", "whereas"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Fewer words than this are not a claim.
_LEAST_WORDS = 3
# "on Tuesday, April 21st, 2014": commas within a date.
_OF_A_DATE = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|[A-Z][a-z]+day|of|the|in"
)
_QUOTED = re.compile(r"[“\"«][^”\"»]*(?:[”\"»]|$)")


def find_claims(sentences: Sequence[Sentence], anchor: date | None) -> list[ClaimInContext]:
    """The claims of the article in reading order, including those marked as not checkable."""
    statements: list[ClaimInContext] = []
    discourse = Coreference()
    seen: Counter[str] = Counter()
    for sentence in sentences:
        for clause in _clauses(sentence.parsed):
            statements.append(_statement(sentence, clause, discourse, anchor, seen))
        discourse.read(sentence.parsed)
    return statements


class _Clause:
    """A head and the token runs that belong to it, without those of subordinate clauses."""

    def __init__(self, head: Token, runs: list[tuple[int, int]], read: list[tuple[int, int]] | None = None) -> None:
        self.head = head
        self.runs = runs
        self.read = read or runs


def _clauses(parsed: ParsedText) -> list[_Clause]:
    heads = _clause_heads(parsed)
    first = next(t.index for t in parsed.tokens if t.dep == "ROOT")
    owners = [owner if (owner := _owner(parsed, t, heads)) in heads else first for t in parsed.tokens]
    runs = _merged(list(_runs(parsed, owners)))
    grouped: dict[int, list[tuple[int, int]]] = {}
    for owner, start, end in runs:
        grouped.setdefault(owner, []).append((start, end))
    return [
        _Clause(parsed.tokens[owner], spans, sorted([*spans, *_names_of(parsed, owner, grouped)]))
        for owner, spans in grouped.items()
    ]


def _names_of(
    parsed: ParsedText, owner: int, grouped: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Token runs of names in apposition that are separate claims but also identify the subject: "the mayor, Anna Berg,"."""
    for inner, spans in grouped.items():
        token = parsed.tokens[inner]
        if (
            token.dep == "appos"
            and token.pos == "PROPN"
            and _owner(parsed, parsed.tokens[token.head], set(grouped)) == owner
        ):
            yield from spans


def _clause_heads(parsed: ParsedText) -> set[int]:
    quoted = [m.span() for m in _QUOTED.finditer(parsed.text)]
    roots = [t.index for t in parsed.tokens if t.dep == "ROOT"]
    heads = {root for root in roots if root == roots[0] or not _after_abbreviation(parsed, root)}
    for token in parsed.tokens:
        is_clause = token.pos in _VERBAL and _opens_clause(parsed, token) and not _inside(token, quoted)
        if is_clause or _adds_detail(parsed, token, quoted) or _identifies(parsed, token, quoted):
            heads.add(token.index)
    return heads


def _opens_clause(parsed: ParsedText, token: Token) -> bool:
    """True if the token heads a separate claim: a coordinated clause, or one set off by a comma. Clauses of time or reason and
    restrictive ones belong to the governing clause: "when the wind turned", "the bus that stood there"."""
    if len(parsed.subtree(token.index)) < _LEAST_WORDS + 1:
        return False
    if token.dep == "conj":
        above = parsed.tokens[token.head]
        told = above.dep == "ccomp" and _subject(parsed, token) is not None and _subject(parsed, above) is not None
        return above.pos in _VERBAL and (told or above.dep not in {"xcomp", "ccomp", "acl"})
    if token.dep == "ccomp":
        return _before_semicolon(parsed, token)
    if token.dep == "relcl" and _is_cleft(parsed, token):
        return False
    if token.dep == "advcl":
        if _after_comma(parsed, token) and token.tag in {"VBG", "VBN"} and not _has_mark(parsed, token):
            return True
        contrasts = any(t.dep == "mark" and t.text.lower() in _CONTRASTS for t in parsed.children(token.index))
        return contrasts and _subject(parsed, token) is not None
    if token.dep == "relcl" and _is_dated(parsed.subtree(token.index)):
        return True
    return token.dep in {"relcl", "acl"} and _after_comma(parsed, token)


def _is_dated(tree: Sequence[Token]) -> bool:
    """True for a long clause with a date or figure: "the show that was planned for Feb. 4 at a resort"."""
    return len(tree) >= _LONG_CLAUSE and any(t.entity in _FIGURES for t in tree)


def _adds_detail(parsed: ParsedText, token: Token, quoted: Sequence[tuple[int, int]]) -> bool:
    """True for a phrase after a comma that is long enough to be checked alone: ", with France in third place"."""
    if token.dep not in {"prep", "npadvmod", "appos", "conj", "dep"} or not _after_comma(parsed, token):
        return False
    tree = parsed.subtree(token.index)
    if len(tree) < _LEAST_WORDS + 1 or _inside(token, quoted) or token.text.lower() == "according":
        return False
    if all(t.pos == "PUNCT" or _OF_A_DATE.fullmatch(t.text) for t in tree):
        return False
    verbs = [t.index for t in parsed.tokens if t.dep == "ROOT"]
    closed = all(t.pos == "PUNCT" for t in parsed.tokens[tree[-1].index + 1 : tree[-1].index + 2])
    return closed and bool(verbs) and token.index > verbs[0] and any(t.entity or t.pos == "NUM" for t in tree)


def _has_mark(parsed: ParsedText, token: Token) -> bool:
    """True if a conjunction or preposition introduces the clause: "after closing", "because it rained"."""
    first = parsed.subtree(token.index)[0]
    opened = first.index != token.index and first.pos in {"SCONJ", "ADP"}
    return opened or any(t.dep == "mark" for t in parsed.children(token.index))


def _identifies(parsed: ParsedText, token: Token, quoted: Sequence[tuple[int, int]]) -> bool:
    """True for an identifying apposition: "Anna Berg, the mayor of Lysvik, ..."; False for "Anna Berg, a teacher, ..."."""
    above = parsed.tokens[token.head]
    if token.dep != "appos" or not _after_comma(parsed, token) or _inside(token, quoted):
        return False
    tree = parsed.subtree(token.index)
    named = above.pos == "PROPN" or token.pos == "PROPN"
    listed = any(
        t.dep in {"cc", "conj", "appos"}
        for i in (token.index, above.index)
        for t in parsed.children(i)
        if t is not token
    )
    words = [t for t in tree if t.pos != "PUNCT"]
    is_one_of_many = words[0].text.lower() in {"a", "an"}
    return (
        named and len(words) > 1 and not is_one_of_many and not listed and not any(t.entity in _FIGURES for t in words)
    )


def _is_cleft(parsed: ParsedText, token: Token) -> bool:
    """True for a cleft sentence, which is one claim: "it was Oslo that asked"."""
    above = parsed.tokens[parsed.tokens[token.head].head]
    subject = _subject(parsed, above) if above.lemma == "be" else None
    return subject is not None and subject.text.lower() == "it" and not _after_comma(parsed, token)


def _after_abbreviation(parsed: ParsedText, root: int) -> bool:
    """True if the parser starts a new root after an abbreviation such as "Capt."."""
    before = parsed.subtree(root)[0].index - 1
    return before >= 0 and parsed.tokens[before].text.endswith(".")


def _before_semicolon(parsed: ParsedText, token: Token) -> bool:
    """True for the first clause of "Nine came; two stayed", which the parser attaches to the second."""
    last = parsed.subtree(token.index)[-1].index
    return any(t.text == ";" for t in parsed.tokens[last : last + 2])


def _after_comma(parsed: ParsedText, token: Token) -> bool:
    first = parsed.subtree(token.index)[0].index
    return first > 0 and parsed.tokens[first - 1].text in {",", "—", "–", ";", ":"}


def _inside(token: Token, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(a <= token.start and token.end <= b for a, b in ranges)


def _owner(parsed: ParsedText, token: Token, heads: set[int]) -> int:
    at, seen = token.index, set[int]()
    while at not in heads and at not in seen:
        seen.add(at)
        at = parsed.tokens[at].head
    return at


def _runs(parsed: ParsedText, owners: list[int]) -> Iterator[tuple[int, int, int]]:
    """(owner, first token, end token) of each run of tokens with one owner. Commas belong to the run before them."""
    start = 0
    for i in range(1, len(owners) + 1):
        if i < len(owners) and (owners[i] == owners[start] or parsed.tokens[i].dep == "punct"):
            owners[i] = owners[start]
            continue
        yield owners[start], start, i
        start = i


def _merged(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Adds words without a clause to the clause before them; at the start, to the first clause."""
    merged: list[tuple[int, int, int]] = []
    if len(runs) > 1 and runs[0][2] - runs[0][1] < _LEAST_WORDS and runs[0][0] not in {o for o, _, _ in runs[1:]}:
        runs = [(runs[1][0], runs[0][1], runs[1][2]), *runs[2:]]
    for owner, start, end in runs:
        if merged and (merged[-1][0] == owner or end - start < _LEAST_WORDS):
            merged[-1] = (merged[-1][0], merged[-1][1], end)
        else:
            merged.append((owner, start, end))
    return merged


def _statement(
    sentence: Sentence, clause: _Clause, discourse: Coreference, anchor: date | None, seen: Counter[str]
) -> ClaimInContext:
    tokens = sentence.parsed.tokens
    first, last = clause.runs[0][0], clause.runs[-1][1]
    while first < last - 1 and _opens(tokens[first]):
        first += 1
    while last - 1 > first and (tokens[last - 1].dep == "cc" or tokens[last - 1].text in {",", ";", "—", "–"}):
        last -= 1
    start, end = tokens[first].start, tokens[last - 1].end
    text = sentence.text[start:end]
    span = sentence.span(start, end)
    subject, query = _as_sentence(sentence.parsed, clause, start, end)
    return ClaimInContext(
        claim=Claim(_claim_id(text, seen), span, sentence.ruler.slice(span), sentence.index),
        sentence=sentence,
        start=start,
        end=end,
        own=tuple((tokens[a].start, tokens[b - 1].end) for a, b in clause.runs),
        words=query if clause.head.dep in _DESCRIBING else _own_words(sentence.parsed, clause, start, end),
        query=discourse.resolve(query, subject),
        context=discourse.context(),
        subject=discourse.referent(subject),
        checkable=is_checkable(sentence.parsed, clause.head, text) and not is_heading(sentence.parsed),
        anchor=anchor,
    )


def _opens(token: Token) -> bool:
    """True for words that connect a clause to the one before: a comma, "and", "that", "while"."""
    if token.dep == "mark":
        return token.text.lower() in _JOINING
    return token.dep in _OPENING and token.text not in "“\"'‘«($€£"


def _claim_id(text: str, seen: Counter[str]) -> str:
    """A hash of the claim's words, so that edits elsewhere do not change it. A repeated claim gets a number."""
    words = " ".join(text.split()).casefold()
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    seen[digest] += 1
    return f"c-{digest}" if seen[digest] == 1 else f"c-{digest}-{seen[digest]}"


def _as_sentence(parsed: ParsedText, clause: _Clause, start: int, end: int) -> tuple[str, str]:
    """(subject, claim as a complete sentence). Repeats the subject of the governing clause if the clause has none."""
    text = _own_words(parsed, clause, start, end)
    own = _subject(parsed, clause.head)
    if clause.head.dep == "appos" and own is None:
        named = _words(parsed, clause.head.head, without=clause.head.index)
        return named, f"{named} is {text}"
    if clause.head.dep == "relcl":
        antecedent = _words(parsed, clause.head.head, without=clause.head.index)
        relative = own if own and own.text.lower() in _RELATIVE else None
        rest = text[relative.end - start :] if relative and text.startswith(parsed.text[start : relative.end]) else text
        return antecedent, f"{antecedent} {rest.strip()}"
    if own is not None:
        return _words(parsed, own.index, without=None), text
    above = _subject_above(parsed, clause.head)
    return (above, f"{above} {text}") if above else ("", text)


def _own_words(parsed: ParsedText, clause: _Clause, start: int, end: int) -> str:
    """The clause without embedded clauses: "the boat sank" for "the boat, which leaked, sank"."""
    runs = [(parsed.tokens[a].start, parsed.tokens[b - 1].end) for a, b in clause.read]
    words = [parsed.text[max(a, start) : min(b, end)].strip(" ,—–") for a, b in runs if b > start and a < end]
    return " ".join(words) if len(words) > 1 else parsed.text[start:end]


def _subject(parsed: ParsedText, head: Token) -> Token | None:
    return next((t for t in parsed.children(head.index) if t.dep in {"nsubj", "nsubjpass", "csubj", "expl"}), None)


def _subject_above(parsed: ParsedText, head: Token) -> str:
    at = head
    while at.head != at.index:
        at = parsed.tokens[at.head]
        subject = _subject(parsed, at)
        if subject is not None:
            return _words(parsed, subject.index, without=None)
    return ""


def _words(parsed: ParsedText, index: int, without: int | None) -> str:
    """The noun phrase of token `index`, without a relative clause."""
    tokens = parsed.subtree(index)
    stop = {t.index for t in parsed.subtree(without)} if without is not None else set()
    stop |= {s.index for t in tokens if t.dep in {"relcl", "acl"} for s in parsed.subtree(t.index)}
    kept = [t for t in tokens if t.index not in stop or t.index == index]
    run = [kept[0]]
    for token in kept[1:]:
        if token.index != run[-1].index + 1 and token.index > index:
            break
        run.append(token)
    return parsed.text[run[0].start : run[-1].end].strip(" ,—–")
