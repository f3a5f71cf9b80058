"""Pairs from articles. What is changed is changed in the hypothesis half of the time and in the passage the other half, and
what stays true is made of changed passages too: so neither text alone gives the label away."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.sentences import split_sentences
from training.synthetic import changes

LONGEST = 110
"""Words of a passage at most."""
_STRANGE = re.compile(
    r"https?:|@|©|\||[{}<>]|\b(?:Click|Subscribe|Advertisement|Getty|Reuters/|AP Photo|Sign up)\b|\.\.\.|…"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A pair: `label` is "entailment", "neutral", "contradiction" or "not_entailment", `src` names the change."""

    premise: str
    hypothesis: str
    label: str
    src: str


def plain_sentences(text: str) -> list[str]:
    """The sentences of a text that are worth learning from: whole, of 7 to 45 words, no page furniture."""
    found = []
    for part in text.split("\n"):
        for start, end in split_sentences(part):
            sentence = part[start:end].strip()
            if 7 <= len(sentence.split()) <= 45 and sentence[0].isupper() and sentence[-1] in '.”"':
                found.append("" if _STRANGE.search(sentence) else sentence)
            else:
                found.append("")
    return found


def pairs(articles: Iterable[tuple[str, str]], each: int, seed: int) -> Iterator[Made]:
    """From each (title, text) up to `each` pairs, and some of its title."""
    chance = random.Random(seed)
    titles: list[str] = []
    for title, text in articles:
        sentences = plain_sentences(text[:12_000])
        whole = [n for n, sentence in enumerate(sentences) if sentence]
        if len(whole) < 4:
            continue
        around = changes.Around.of(sentences)
        for n in chance.sample(whole, min(each, len(whole))):
            if made := _of_sentence(sentences, n, around, chance):
                yield made
        if 5 <= len(title.split()) <= 20 and not _STRANGE.search(title):
            lead = " ".join(sentences[n] for n in whole[:3])
            if made := _of_title(lead, title, around, titles, chance):
                yield made
            titles = [*titles[-200:], title]


def _of_sentence(sentences: Sequence[str], n: int, around: changes.Around, chance: random.Random) -> Made | None:
    own = sentences[n]
    first, last = n - chance.choice((0, 0, 1, 1, 2)), n + chance.choice((0, 0, 1, 1, 2))
    near = [(m, sentences[m]) for m in range(max(0, first), min(len(sentences), last + 1)) if sentences[m]]

    def passage(said: str) -> str:
        return " ".join(" ".join(said if m == n else s for m, s in near).split()[:LONGEST])

    kind = chance.random()
    if kind < 0.12:
        apart = [s for m, s in enumerate(sentences) if s and all(m != k for k, _ in near) and abs(m - n) < 9]
        shared = {w for _, s in near for w in re.findall(r"\b[A-Z][a-z]{3,}", s)}
        alike = [s for s in apart if shared & set(re.findall(r"\b[A-Z][a-z]{3,}", s))]
        return Made(passage(own), chance.choice(alike), "neutral", "made/apart") if alike else None
    mirrored = chance.random() < 0.5
    if kind < 0.50:
        base = _one(changes.OTHER_MEANING + changes.DOUBTFUL, own, chance, around)[1] if mirrored else own
        said, name = base or own, "same"
        for _ in range(chance.choice((1, 1, 2))):
            name, changed = _one(changes.SAME_MEANING, said, chance, around)
            said = changed or said
        if said == (base or own) and chance.random() < 0.7:
            return None
        return Made(passage(base or own), said, "entailment", f"made/{name}")
    wrong = changes.OTHER_MEANING if kind < 0.82 else changes.DOUBTFUL
    label = "contradiction" if wrong is changes.OTHER_MEANING else "not_entailment"
    name, changed = _one(wrong, own, chance, around)
    if changed is None or changed == own:
        return None
    premise, said = (changed, own) if mirrored else (own, changed)
    if name == "told_as_fact":
        premise, said = own, changed
    if chance.random() < 0.5:
        said = _one(changes.SAME_WORTH, said, chance, around)[1] or said
    return Made(passage(premise), said, label, f"made/{name}")


def _of_title(
    lead: str, title: str, around: changes.Around, others: Sequence[str], chance: random.Random
) -> Made | None:
    lead = " ".join(lead.split()[:LONGEST])
    kind = chance.random()
    if kind < 0.5:
        return Made(lead, title, "entailment", "made/title")
    if kind < 0.65:
        shared = set(re.findall(r"\b[A-Z][a-z]{3,}", lead))
        alike = [t for t in others if len(shared & set(re.findall(r"\b[A-Z][a-z]{3,}", t))) >= 1]
        return Made(lead, chance.choice(alike), "neutral", "made/other_title") if alike else None
    wrong = changes.OTHER_MEANING if kind < 0.85 else changes.DOUBTFUL
    _, changed = _one(wrong, title, chance, around)
    label = "contradiction" if wrong is changes.OTHER_MEANING else "not_entailment"
    return Made(lead, changed, label, "made/wrong_title") if changed and changed != title else None


def _one(
    choices: Sequence[changes.Change], text: str, chance: random.Random, around: changes.Around
) -> tuple[str, str | None]:
    """(its name, what the first change made that finds something to change)."""
    order = chance.sample(choices, len(choices))
    if chance.random() < 0.6:
        order.sort(key=lambda change: change in changes.EASY)
    for change in order:
        if (changed := change(text, chance, around)) and changed != text:
            return change.__name__, changed
    return "none", None
