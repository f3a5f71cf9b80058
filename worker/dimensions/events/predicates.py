"""Predicates: a verb with its arguments, polarity and mood (fact, plan, possibility)."""

from dataclasses import dataclass
from enum import StrEnum

from worker.dimensions.events.synonyms_and_antonyms import opposite_verbs, same_meaning
from worker.text.memoized import memoized
from worker.text.syntax import ParsedText, Token


class Mood(StrEnum):
    """Whether a clause states a fact, a plan or a possibility."""

    FACT = "fact"
    PLAN = "plan"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One verb. `done` is True for past and perfect forms. `start`/`end` bound verb, auxiliaries and negation."""

    index: int
    lemma: str
    start: int
    end: int
    negated: bool
    mood: Mood
    done: bool
    subject: int | None
    object: int | None
    passive: bool


_PLANNING = frozenset(
    """plan intend hope want expect schedule aim seek set prepare promise propose consider due wish vow pledge
    demand ask urge call decide need have threaten offer try attempt request apply require invite continue
    likely suppose mean""".split()
)
_PLANS = frozenset(
    """plan intention bid attempt effort proposal promise threat hope expectation request call demand duty need
    chance right""".split()
)
_OPEN = frozenset({"whether", "if", "unless", "until"})
_POSSIBLE_AUX = frozenset({"may", "might", "could"})
_POSSIBLE_ADV = frozenset(
    "probably possibly perhaps reportedly allegedly apparently likely maybe supposedly nearly almost".split()
)
_FUTURE_AUX = frozenset({"will", "would", "shall", "’ll", "'ll", "wo", "must", "should"})
_NEGATORS = frozenset("not n’t n't never no nobody none nothing neither nor without hardly".split())


@memoized
def find_predicates(parsed: ParsedText) -> list[Predicate]:
    """The full verbs of the text, without auxiliaries. "Be" counts only as a main verb."""
    return [_predicate(parsed, t) for t in parsed.tokens if t.pos in {"VERB", "AUX"} and not t.dep.startswith("aux")]


def _predicate(parsed: ParsedText, verb: Token) -> Predicate:
    children = parsed.children(verb.index)
    particle = _particle(verb, children)
    auxiliaries = [c for c in children if c.dep in {"aux", "auxpass", "neg"}]
    around = [verb, *auxiliaries]
    subject, is_passive = _subject(parsed, verb, children)
    return Predicate(
        index=verb.index,
        lemma=f"{verb.lemma} {particle}".strip(),
        start=min(t.start for t in around),
        end=max(t.end for t in around),
        negated=_negated(parsed, verb, children),
        mood=_mood(parsed, verb, children),
        done=_done(verb, auxiliaries),
        subject=subject,
        object=next((c.index for c in children if c.dep in {"dobj", "attr", "dative", "oprd"}), None),
        passive=is_passive,
    )


_PARTICLES = frozenset("ahead away back down forward in off on out over up through apart".split())
# Light verbs, whose meaning depends on their object or particle: "take place", "give up", "make use".
_EMPTY = frozenset({"take", "make", "give", "have"})
_IDIOMS = frozenset({"place", "part", "effect", "way", "shape", "office", "charge"})


def _particle(verb: Token, children: list[Token]) -> str:
    for child in children:
        if child.dep == "prt" or (
            child.dep == "advmod" and child.lemma in _PARTICLES and child.index == verb.index + 1
        ):
            return child.lemma
        if verb.lemma in _EMPTY and child.dep == "dobj" and child.lemma in _IDIOMS:
            return child.lemma
        if verb.lemma == "vote" and child.dep == "prep" and child.lemma in {"for", "against"}:
            return child.lemma
    return ""


def _subject(parsed: ParsedText, verb: Token, children: list[Token]) -> tuple[int | None, bool]:
    at, own = verb, children
    for _ in range(4):
        for child in own:
            if child.dep in {"nsubj", "nsubjpass"}:
                return child.index, child.dep == "nsubjpass"
        if at.dep not in {"conj", "xcomp", "advcl"} or at.head == at.index:
            break
        at = parsed.tokens[at.head]
        own = parsed.children(at.index)
    return None, any(c.dep == "auxpass" for c in children)


def _negated(parsed: ParsedText, verb: Token, children: list[Token]) -> bool:
    count = sum(c.dep == "neg" or c.text.lower() in _NEGATORS for c in children)
    for child in children:
        if child.dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
            count += sum(g.text.lower() in {"no", "none", "neither"} for g in parsed.children(child.index))
    count += _negated_above(parsed, verb)
    return count % 2 == 1


def _negated_above(parsed: ParsedText, verb: Token) -> bool:
    """True if the governing word negates the verb: "no plan to make", "refused to say", "has yet to pay"."""
    above = parsed.tokens[verb.head]
    if verb.dep not in {"acl", "xcomp", "relcl"} or above.index == verb.index:
        return False
    words = {c.text.lower() for c in parsed.children(above.index)}
    if above.lemma in {"have", "be"} and "yet" in words:
        return True
    return above.lemma in {"refuse", "decline", "fail"} or bool(words & {"no", "not", "n't", "n’t", "never"})


def _mood(parsed: ParsedText, verb: Token, children: list[Token]) -> Mood:
    words = {c.text.lower() for c in children if c.dep in {"aux", "advmod"}}
    marks = {c.text.lower() for c in children if c.dep == "mark"}
    if words & (_POSSIBLE_AUX | _POSSIBLE_ADV) or marks & _OPEN:
        return Mood.POSSIBLE
    if words & _FUTURE_AUX:
        return Mood.PLAN
    has_to = any(c.dep == "aux" and c.lemma == "to" for c in children)
    if verb.dep in {"xcomp", "ccomp", "acl"} and (has_to or verb.tag == "VB"):
        return _mood_below(parsed, verb)
    if verb.dep == "conj" and verb.head != verb.index and verb.tag == "VB":
        return _mood(parsed, parsed.tokens[verb.head], parsed.children(verb.head))
    return Mood.PLAN if has_to and verb.dep in {"ROOT", "relcl"} else Mood.FACT


def _mood_below(parsed: ParsedText, verb: Token) -> Mood:
    above = parsed.tokens[verb.head]
    if above.index == verb.index:
        return Mood.PLAN
    outer = _mood(parsed, above, parsed.children(above.index))
    return Mood.PLAN if above.lemma in _PLANNING or above.lemma == "be" or above.lemma in _PLANS else outer


def _done(verb: Token, auxiliaries: list[Token]) -> bool:
    if verb.tag == "VBD":
        return True
    lemmas = {a.lemma for a in auxiliaries}
    past = any(a.tag == "VBD" for a in auxiliaries)
    return verb.tag == "VBN" and ("have" in lemmas or past)


def aligned(claim: Predicate, evidence: Predicate) -> bool:
    """True if both verbs can denote one event."""
    return same_meaning(claim.lemma, evidence.lemma)


def opposed(claim: Predicate, evidence: Predicate) -> bool:
    """True if the verbs exclude each other."""
    return opposite_verbs(claim.lemma, evidence.lemma)
