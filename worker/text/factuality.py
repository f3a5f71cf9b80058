"""Event factuality: whether a sentence presents an event as a fact, denied, planned, possible, asked or reported.

`factuality_frames.tsv` lists cues and their effects. This module applies them along the dependency tree, from each predicate
up to the root.
Source: the categories of FactBank, Saurí and Pustejovsky 2009.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from worker.text.memoized import memoized
from worker.text.syntax import ParsedText, Token
from worker.text.word_table import read_table


class Factuality(StrEnum):
    """How a sentence presents an event."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    DENIED = "denied"
    CORRECTED = "corrected"
    PLANNED = "planned"
    QUOTED_FUTURE = "quoted-future"
    POSSIBLE = "possible"
    ASKED = "asked"
    CONDITIONAL = "conditional"


FACTUAL = frozenset({Factuality.ASSERTED, Factuality.REPORTED})
REFUTED = frozenset({Factuality.DENIED, Factuality.CORRECTED})


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate and its factuality.

    `index` is its token. `scope` bounds its clause, `cue` the word that determines the factuality (None if asserted).
    `told` is True if the nearest governing cue is a reporting verb or noun: the reporting itself took place.
    """

    index: int
    factuality: Factuality
    cue: tuple[int, int] | None
    scope: tuple[int, int]
    told: bool


@dataclass(frozen=True, slots=True)
class _Effect:
    effect: str
    cue: Token


_FRAMES = {(row[0], row[1], row[2]): row[3] for row in read_table("worker.text", "factuality_frames.tsv")}
_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "acl", "relcl", "advcl", "pcomp", "csubj", "csubjpass", "parataxis"})
_COMPLEMENT = frozenset(
    {"ccomp", "xcomp", "pcomp", "csubj", "csubjpass", "dobj", "nsubj", "nsubjpass", "pobj", "parataxis"}
)
_INVERTED = frozenset({"Had", "Were", "Should"})  # "Had it rained, …"
_NEGATORS = frozenset("not n't n’t never nobody none nothing neither no without hardly no-one".split())
_BEHIND_NOT = frozenset({",", "because", "only", "just", "least", "merely", "simply", "until", "as"})
_PREDICATIVE = frozenset({"acomp", "attr", "oprd", "ccomp", "amod", "advmod", "prep", "appos"})
_EARLIER = frozenset({"earlier", "previous", "original", "initial", "former", "prior"})
_TELLERS = frozenset({"report", "story", "article"})
_CORRECTING = re.compile(
    r"\b(?:correct(?:s|ed|ion)?|clarif\w+|wrong\w*|mis\w+|erroneous\w*|incorrect\w*|error)\b", re.I
)


@memoized
def find_events(parsed: ParsedText) -> list[Event]:
    """Every predicate of the text in text order, with its factuality."""
    events = [_event(parsed, t) for t in parsed.tokens if _is_predicate(t)]
    for told, verdict in _judged_reports(parsed):
        events = _denied_within(parsed, events, told, verdict)
    return events


_BE = frozenset({"be", "prove", "remain"})
_STOPS = frozenset({",", ";", ":", ".", "?", "!"})


def _judged_reports(parsed: ParsedText) -> Iterator[tuple[range, Token]]:
    """For "reports that … are false": the words in between, and "false". Uses word order, since parsers often fail here."""
    for noun in parsed.tokens:
        opens = noun.index + 1 < len(parsed.tokens) and parsed.tokens[noun.index + 1].text.lower() == "that"
        if not opens or not _is_telling_noun(noun):
            continue
        for verb in parsed.tokens[noun.index + 2 :]:
            if verb.text in _STOPS:
                break
            said = _after_adverbs(parsed, verb.index + 1) if verb.lemma in _BE else None
            if said is not None and _is_false(said):
                yield range(noun.index + 2, verb.index), said


def _after_adverbs(parsed: ParsedText, at: int) -> Token | None:
    return next((t for t in parsed.tokens[at : at + 3] if t.pos not in {"ADV", "DET"} or _is_false(t)), None)


def _denied_within(parsed: ParsedText, events: list[Event], told: range, verdict: Token) -> list[Event]:
    inside = [e for e in events if e.index in told]
    if any(e.factuality is Factuality.DENIED for e in inside) or not told:
        return events
    scope = (parsed.tokens[told.start].start, parsed.tokens[told.stop - 1].end)
    indices = [e.index for e in inside] or [told.stop - 1]
    denied = [Event(i, Factuality.DENIED, (verdict.start, verdict.end), scope, True) for i in indices]
    return sorted([*(e for e in events if e not in inside), *denied], key=lambda e: e.index)


def _is_predicate(token: Token) -> bool:
    """True for a full verb, or a word that heads a clause."""
    if token.dep.startswith("aux") or token.pos in {"PUNCT", "SYM"}:
        return False
    return token.pos in {"VERB", "AUX"} or (token.dep in _CLAUSAL and token.pos in {"ADJ", "NOUN", "PROPN"})


def _event(parsed: ParsedText, predicate: Token) -> Event:
    effects = [*_own_effects(parsed, predicate), *_effects_above(parsed, predicate), *_label(parsed)]
    factuality, cue = _composed(effects)
    within = parsed.subtree(predicate.index)
    told = next((e.effect == "report" for e in effects if e.effect not in {"plan", "possible"}), False)
    span = None if cue is None else (cue.start, cue.end)
    return Event(predicate.index, factuality, span, (within[0].start, within[-1].end), told)


_LABEL = re.compile(r"\W*(?:false|fake(?: news)?|hoax|myth|debunked|rumou?r|satire|untrue)\s*[:–—]", re.I)


def _label(parsed: ParsedText) -> Iterator[_Effect]:
    """The effect of a label before the sentence: "FALSE: …", "Hoax: …"."""
    if _LABEL.match(parsed.text):
        yield _Effect("deny", next(t for t in parsed.tokens if t.text[0].isalpha()))


def is_correction_notice(parsed: ParsedText) -> bool:
    """True for a sentence about an earlier version of a report."""
    verbs = (t for t in parsed.tokens if t.pos == "VERB")
    return any(e.effect == "correct" for verb in verbs for e in _of_teller(parsed, verb))


def is_telling_verb(token: Token) -> bool:
    """True for a reporting verb: "said", "is said to"."""
    return _frame(token, "verb", "complement") == "report"


def find_cues(parsed: ParsedText, tokens: Iterable[Token]) -> set[str]:
    """Effects of words of denial, doubt or question, regardless of syntax. Used for broken parses."""
    kinds = (("adj", "predicate"), ("adv", "modifier"), ("noun", "predicate"), ("noun", "teller"), ("mark", "own"))
    found = {_frame(t, kind, position) for t in tokens for kind, position in kinds if kind != "mark" or t.dep == "mark"}
    if _LABEL.match(parsed.text):
        found.add("deny")
    return {effect for effect in found if effect in {"deny", "possible", "ask", "condition"}}


_PRECEDENCE = (
    ("correct", Factuality.CORRECTED),
    ("ask", Factuality.ASKED),
    ("condition", Factuality.CONDITIONAL),
    ("possible", Factuality.POSSIBLE),
    ("plan", Factuality.PLANNED),
    ("report", Factuality.REPORTED),
)


def _composed(effects: list[_Effect]) -> tuple[Factuality, Token | None]:
    """The combined effect. An odd number of denials denies; an even number leaves the effect of the other cues."""
    first = {e.effect: e.cue for e in reversed(effects)}
    if sum(e.effect == "deny" for e in effects) % 2:
        return Factuality.DENIED, first["deny"]
    for effect, factuality in _PRECEDENCE:
        if effect in first:
            quoted = effect == "plan" and "report" in first
            return (Factuality.QUOTED_FUTURE if quoted else factuality), first[effect]
    return (Factuality.REPORTED, first["deny"]) if "deny" in first else (Factuality.ASSERTED, None)


def _own_effects(parsed: ParsedText, predicate: Token) -> Iterator[_Effect]:
    """Effects of the clause's own words: auxiliaries, negation, conjunction, adverbs, a question mark, a source."""
    yield from _negations(parsed, predicate)
    for child in parsed.children(predicate.index):
        for kind, dep in (("aux", "aux"), ("mark", "mark")):
            if child.dep == dep:
                yield from _framed(child, kind, "own")
        if child.text in _INVERTED and predicate.dep == "advcl" and child.index < predicate.index:
            yield _Effect("condition", child)
        if child.dep == "advmod" and _frame(child, "adv", "modifier") == "possible":
            yield _Effect("possible", child)
        yield from _source(parsed, predicate, child)
        if child.text == "?" and predicate.dep == "ROOT":
            yield _Effect("ask", child)


def _source(parsed: ParsedText, predicate: Token, child: Token) -> Iterator[_Effect]:
    """Effects of a source: "…, as the paper wrongly reported"; "…, according to a fake video"."""
    below = parsed.subtree(child.index)
    if child.dep == "advcl" and any(t.dep == "mark" and t.text.lower() == "as" for t in parsed.children(child.index)):
        wrong = next((t for t in below if _frame(t, "adv", "modifier") == "deny"), None)
        if wrong is not None and not any(True for _ in _negations(parsed, predicate)):
            yield _Effect("deny", wrong)
    elif child.text.lower() == "according":
        yield from (_Effect("deny", t) for t in below[1:] if _is_false(t))


def _is_false(token: Token) -> bool:
    kinds = (("adj", "predicate"), ("noun", "teller"), ("verb", "predicate"))
    return any(_frame(token, kind, position) == "deny" for kind, position in kinds)


def _negations(parsed: ParsedText, predicate: Token) -> Iterator[_Effect]:
    for child in parsed.children(predicate.index):
        if child.dep == "neg" or (
            child.dep.startswith(("nsubj", "advmod", "attr", "dobj")) and child.text.lower() in _NEGATORS
        ):
            if not _is_contrastive(parsed, child):
                yield _Effect("deny", child)
        elif child.dep.startswith(("nsubj", "attr", "dobj", "advmod")):  # "no bridge", "no longer"
            yield from (_Effect("deny", t) for t in parsed.children(child.index) if t.text.lower() in {"no", "neither"})


def _is_contrastive(parsed: ParsedText, negator: Token) -> bool:
    """True if "not" negates the words after it instead of the verb: "nine, not eleven", "not because of the rain"."""
    before = parsed.tokens[negator.index - 1].text if negator.index else ""
    after = parsed.tokens[negator.index + 1].text.lower() if negator.index + 1 < len(parsed.tokens) else ""
    if after in _BEHIND_NOT and negator.text.lower() == "not":
        return True
    return before in {",", "–", "—", "(", "and"} and negator.text.lower() == "not"


def _effects_above(parsed: ParsedText, predicate: Token) -> Iterator[_Effect]:
    """Effects of the words above, up to the root, that take the clause below as their complement."""
    at = predicate
    while at.head != at.index:
        above = parsed.tokens[at.head]
        if at.dep == "conj" and at.tag == "VB":
            yield from (e for e in _own_effects(parsed, above) if e.effect in {"plan", "possible"})
        found = list(_effects_of(parsed, at, above))
        yield from found
        if not found and _is_aside(at, above):
            return
        at = above


def _is_aside(below: Token, above: Token) -> bool:
    """True for a clause that governing cues do not affect: of time or reason, or a relative clause."""
    describes = below.dep in {"relcl", "acl"} and above.pos in {"NOUN", "PROPN"} and not _is_telling_noun(above)
    return below.dep == "advcl" or describes


def _is_telling_noun(token: Token) -> bool:
    return _frame(token, "noun", "clause") is not None or _frame(token, "noun", "infinitive") is not None


def _effects_of(parsed: ParsedText, below: Token, above: Token) -> Iterator[_Effect]:
    if above.pos in {"VERB", "AUX"} or above.dep == "ROOT":
        yield from _of_verb(parsed, below, above)
    if above.pos == "ADJ" and below.dep == "xcomp":
        yield from _framed(above, "adj", "infinitive")
    if above.pos in {"NOUN", "PROPN"} and below.dep in {"acl", "relcl", "ccomp", "appos", "xcomp", "prep"}:
        yield from _of_noun(parsed, below, above)


def _of_verb(parsed: ParsedText, below: Token, verb: Token) -> Iterator[_Effect]:
    effects = list(_verb_effects(parsed, below, verb))
    said = [t for t in parsed.children(verb.index) if t.dep in _PREDICATIVE and t.index != below.index]
    if below.dep in _COMPLEMENT and (below.dep not in {"dobj", "pobj"} or _is_telling_noun(below)):
        effects += [e for t in said for e in _predicated(parsed, t)]
    if not effects:
        return
    yield from (e for e in effects if e.effect != "evidence")
    yield from _negations(parsed, verb)
    yield from (_Effect("deny", t) for t in said if _frame(t, "adv", "modifier") == "deny")
    if any(e.effect == "report" for e in effects):
        yield from _of_teller(parsed, verb)


def _verb_effects(parsed: ParsedText, below: Token, verb: Token) -> Iterator[_Effect]:
    has_to = any(t.dep == "aux" and t.lemma == "to" for t in parsed.children(below.index))
    if below.dep in {"ccomp", "xcomp", "dobj", "pcomp", "parataxis", "nsubjpass", "csubjpass"}:
        told = below.pos in {"VERB", "AUX"} or below.dep in {"ccomp", "xcomp"} or _is_telling_noun(below)
        yield from _framed_verb(parsed, verb, "infinitive" if has_to else "complement") if told else ()
    if has_to and verb.lemma == "be" and below.dep == "xcomp":
        yield _Effect("plan", verb)
    if below.dep == "prep":
        yield from _framed_verb(parsed, verb, below.lemma)
    if below.dep.startswith(("nsubj", "csubj")) and _is_telling_noun(below):
        yield from _framed_verb(parsed, verb, "predicate")


def _predicated(parsed: ParsedText, token: Token) -> Iterator[_Effect]:
    """Effects of an adjective or noun predicated of the clause, including its "not" or "no"."""
    kind = "noun" if token.pos in {"NOUN", "PROPN"} else "adj"
    found = list(_framed(token, kind, "predicate"))
    if token.pos == "NOUN" and not found:
        found = [e for e in _framed(token, "noun", "clause") if e.effect == "evidence"]
    for below in parsed.children(token.index) if token.dep == "prep" else ():
        found += list(_predicated(parsed, below))
    yield from found


def _of_noun(parsed: ParsedText, below: Token, noun: Token) -> Iterator[_Effect]:
    has_to = any(t.dep == "aux" and t.lemma == "to" for t in parsed.children(below.index))
    effects = list(_framed(noun, "noun", "infinitive" if has_to else "clause"))
    if not effects:
        return
    yield from (e for e in effects if e.effect != "evidence")
    if not _is_rejected(parsed, noun):
        yield from _marks_of(parsed, noun)
    if parsed.tokens[noun.head].lemma == "without":
        yield _Effect("deny", parsed.tokens[noun.head])


def _is_rejected(parsed: ParsedText, noun: Token) -> bool:
    """True if the governing verb already rejects the noun: "dismissed a false report" denies once."""
    return _verb_frame(parsed, parsed.tokens[noun.head], "complement") == "deny"


def _marks_of(parsed: ParsedText, noun: Token) -> Iterator[_Effect]:
    """Effects of the noun's modifiers: "a fake report", "no evidence", "the post, which is false"."""
    for child in parsed.children(noun.index):
        fake = _is_false(child) or _frame(child, "noun", "clause") == "deny"
        if (fake and child.dep in {"amod", "compound", "nmod"}) or child.text.lower() in {"no", "neither"}:
            yield _Effect("deny", child)
        elif child.dep == "relcl":
            yield from (e for t in parsed.children(child.index) for e in _predicated(parsed, t) if e.effect == "deny")


def _of_teller(parsed: ParsedText, verb: Token) -> Iterator[_Effect]:
    """Effects of the verb's subject as a source: a hoax, a post, an earlier version of the report."""
    for teller in (t for t in parsed.children(verb.index) if t.dep == "nsubj"):
        earlier = any(t.text.lower() in _EARLIER for t in parsed.children(teller.index))
        effect = _frame(teller, "noun", "teller")
        if earlier and (effect == "correct" or (teller.lemma in _TELLERS and _CORRECTING.search(parsed.text))):
            yield _Effect("correct", teller)
        elif effect is not None and effect != "correct":
            yield _Effect(effect, teller)
        yield from _marks_of(parsed, teller) if effect != "deny" else ()


def _framed(token: Token, kind: str, position: str) -> Iterator[_Effect]:
    effect = _frame(token, kind, position)
    if effect is not None:
        yield _Effect(effect, token)


def _framed_verb(parsed: ParsedText, verb: Token, position: str) -> Iterator[_Effect]:
    effect = _verb_frame(parsed, verb, position)
    if effect is not None:
        yield _Effect(effect, verb)


def _verb_frame(parsed: ParsedText, verb: Token, position: str) -> str | None:
    """The effect of a verb including its particle: "made up"."""
    particle = next((t.lemma for t in parsed.children(verb.index) if t.dep == "prt"), None)
    phrasal = None if particle is None else _FRAMES.get((f"{verb.lemma} {particle}", "verb", position))
    return phrasal or _frame(verb, "verb", position)


def _frame(token: Token, kind: str, position: str) -> str | None:
    """The effect of a word by lemma, else by word form, since the parser does not know every lemma."""
    return _FRAMES.get((token.lemma, kind, position)) or _FRAMES.get((token.text.lower(), kind, position))
