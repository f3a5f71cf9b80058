"""Decides which clauses can be checked: not opinions, questions, exhortations, tastes or page furniture."""

import re

from factcheck.boilerplate import boilerplate_kind
from worker.text.syntax import ParsedText, Token

_QUESTION = re.compile(r"\?[\"'”’)]*\s*$")
_FURNITURE = re.compile(
    r"""^\W*(?:image\ (?:copyright|caption|source)|photo(?:graph)?\b\W*$|read\ more|click\ here|sign\ up|subscribe
    |advertisement|share\ (?:this|on)|follow\ us|related\ (?:content|stories|articles)|newsletter|watch:|video:|photos?:
    |media\ playback|all\ rights\ reserved|copyright|stay\ (?:with\ us|tuned)|editor['’]s\ note|author['’]s\ note
    |about\ the\ author|select\ page|more\ on\ this|continue\ reading|getty\ images|updated\ at|published\ at
    |by\ [A-Z]\w+\ [A-Z]\w+$|good\ (?:morning|evening|luck|night)|welcome\b|hello\b|dear\ readers?
    |thank\ (?:you|s)|a\ post\ shared\ by|file\ ?(?:photo)?\W+in\ this\b)""",
    re.I | re.X,
)
_SIGNATURE = re.compile(
    r"\(@\w{2,}\)(?: on)? [A-Z][a-z]+\.? \d{1,2}, \d{4}(?: at \d{1,2}:\d\d ?[ap]m(?: [A-Z]{2,4})?)?\W*$"
)
"""The line under an embedded post: name, handle, date."""
_STANCE = re.compile(
    r"""^\W*(?:frankly|honestly|sadly|happily|luckily|hopefully|surely|thankfully|regrettably|perhaps\ it\ is
    |no\ wonder|what\ a|how\ \w+\ (?:it|that|this)|may\ (?:the|he|she|it|they|we)\b
    |let\ us|let['’]s|imagine|in\ (?:our|my)\ (?:view|opinion)
    |it\ (?:is|was|would\ be)\ (?:hard|easy|difficult|time|high\ time|tempting
        |a\ (?:pity|shame|disgrace|scandal|wonder|relief|joy|pleasure|delight)))""",
    re.I | re.X,
)
# Evaluative words. As the predicate of a clause without facts, they make it a matter of taste.
_TASTE = frozenset(
    """beautiful ugly lovely fine wonderful terrible awful great brilliant superb splendid charming magnificent
    glorious graceful elegant tedious boring dull exciting thrilling unforgettable memorable delightful
    delicious tasty disgraceful shameful outrageous scandalous absurd ridiculous silly foolish stupid clever
    wise brave cowardly unfair fair deserved overdue welcome regrettable sad happy funny touching moving tragic
    heroic disappointing impressive remarkable astonishing amazing incredible best worst better worse bad good
    nice perfect horrible dreadful curse blessing pity shame disgrace bargain triumph masterpiece gem joy
    delight comfort wonder mess farce nonsense surprising unsurprising understandable inevitable wrong right
    marvellous marvelous stunning gorgeous unbearable sweet sweeter bitter enough cold proud noble reckless
    careless shabby dishonourable unacceptable intolerable fitting poetic romantic cynical hollow timid
    admirable laudable commendable enviable pointless worthy""".split()
)
_FIRST_SECOND = frozenset({"i", "we", "you", "our", "your", "my", "us", "me", "yours", "ours", "one", "whoever"})
_THIRD_PERSON = frozenset({"he", "she", "it", "they"})
_OPINION_VERBS = frozenset(
    {"deserve", "hope", "wish", "fear", "wonder", "bet", "love", "hate", "pity", "applaud", "cheer"}
)
_BE = frozenset({"be", "seem", "look", "feel", "taste", "smell", "sound", "remain", "become"})
_EVIDENCE_OF_FACT = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})


def is_checkable(parsed: ParsedText, head: Token, text: str) -> bool:
    """True for a statement of fact. `head` is the clause's verb in `parsed`, `text` the clause's words."""
    if boilerplate_kind(parsed.text) is not None or any(
        pattern.search(text) for pattern in (_QUESTION, _FURNITURE, _SIGNATURE, _STANCE)
    ):
        return False
    tokens = [t for t in parsed.subtree(head.index) if t.start >= 0]
    words = {t.text.lower() for t in tokens}
    if _quotes_someone(text):
        return True
    if _is_exhortation(parsed, head) or (words & {"should", "ought"} and not _names_or_numbers(tokens)):
        return False
    is_short = len([t for t in tokens if t.pos != "PUNCT"]) < 3
    if is_short and not (head.dep == "appos" or _names_or_numbers(tokens) or _tells(parsed, head)):
        return False
    return not (_is_taste(parsed, head, tokens) or _is_generic(parsed, head, words, tokens))


def is_heading(parsed: ParsedText) -> bool:
    """True for words without verb, figure and full stop ("Fire in Lysvik"), which state nothing."""
    if parsed.text.rstrip().endswith((".", "!", "?", ":", "”", '"')):
        return False
    return not any(t.pos in {"VERB", "AUX"} or t.pos == "NUM" or t.entity in _EVIDENCE_OF_FACT for t in parsed.tokens)


def _tells(parsed: ParsedText, head: Token) -> bool:
    """True for a noun or pronoun with a finite verb, however short: "Prices rose."."""
    before = parsed.tokens[: head.index]
    return head.tag in {"VBD", "VBZ", "VBP", "VBN"} and any(
        t.pos in {"NOUN", "PROPN"} or t.text.lower() in _THIRD_PERSON for t in before
    )


def _quotes_someone(text: str) -> bool:
    return (
        re.search(r"[“\"«].{12,}", text) is not None
        or re.search(r"\b(?:said|says|told|according to)\b", text) is not None
    )


def _names_or_numbers(tokens: list[Token]) -> bool:
    return any(t.entity for t in tokens)


def _is_exhortation(parsed: ParsedText, head: Token) -> bool:
    """True for an imperative: a base form without a subject at the start of the sentence."""
    children = parsed.children(head.index)
    has_subject = any(t.dep.startswith(("nsubj", "csubj", "expl")) for t in children)
    has_aux = any(t.dep.startswith("aux") for t in children)
    bare = head.tag in {"VB", "VBP"} and head.dep == "ROOT" and not has_subject and not has_aux
    return bare and all(t.pos in {"ADV", "PUNCT", "INTJ", "CCONJ", "PART"} for t in parsed.tokens[: head.index])


def _is_taste(parsed: ParsedText, head: Token, tokens: list[Token]) -> bool:
    """True for an evaluative predicate without anything that could be checked: "X is lovely", "the best bargain"."""
    if head.lemma not in _BE and head.lemma not in {"make", "find", "call"}:
        return head.lemma in _OPINION_VERBS and not any(t.entity in _EVIDENCE_OF_FACT | {"PERSON"} for t in tokens)
    if any(t.entity in _EVIDENCE_OF_FACT for t in tokens if t.text.lower() not in {"one", "first"}):
        return False
    predicate = [t for t in parsed.children(head.index) if t.dep in {"acomp", "attr", "oprd", "ccomp", "dobj", "xcomp"}]
    judged = {s.lemma for p in predicate for s in (p, *parsed.children(p.index))}
    judged |= {s.text.lower() for p in predicate for s in (p, *parsed.children(p.index))}
    return bool(judged & _TASTE) or any(t.text.lower() == "like" and t.pos in {"ADP", "SCONJ"} for t in tokens)


def _is_generic(parsed: ParsedText, head: Token, words: set[str], tokens: list[Token]) -> bool:
    """True for addresses to the reader and sayings: no name, no figure, and first or second person or a generic "can"."""
    if _names_or_numbers(tokens):
        return False
    subject = next((t for t in parsed.children(head.index) if t.dep.startswith("nsubj")), None)
    if subject is not None and subject.text.lower() in _FIRST_SECOND and not parsed.children(subject.index):
        return True
    if words & {"must", "should", "can", "cannot"} and head.tag == "VB":
        return subject is None or subject.text.lower() in {
            "this",
            "that",
            "it",
            "everyone",
            "nobody",
            "someone",
            "anyone",
        }
    return False
