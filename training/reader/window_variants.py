"""Stories as pairs, another form in each round: with and without date, title, neighbours, final period."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from training.encoder import CLASSES
from training.pairs import Pair
from training.reader.stories import Claim, Story
from training.reader.swapped_entities import exchanged
from training.reader.windows import claim_text, window

SOURCE = "newsroom"
_ENTAILED, _NEUTRAL, _CONTRADICTED = (CLASSES.index(name) for name in ("entailment", "neutral", "contradiction"))
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|ago|last|next|this|now|currently|recent\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|earlier|later|since|still|yet|so far|year|month|week|day)s?\b",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
LATEST_DAYS = 9
"""So many days after the passage may a claim's article be dated."""


def varied(stories: Sequence[Story], odds: Mapping[str, float], chance: random.Random) -> Iterator[Pair]:
    """Each claim once, in a form that is drawn. `odds` names how often each form is drawn, see `config.toml`."""
    for story in stories:
        for claim in story.claims:
            yield _one(story, claim, stories, odds, chance)


def plain(stories: Sequence[Story], dated: bool) -> list[Pair]:
    """Each claim once as it is written, with the passage alone or behind its date: for measuring."""
    return [
        Pair(window(s.passage, s.published if dated else None), c.text, c.label, c.kind)
        for s in stories
        for c in s.claims
    ]


def _one(
    story: Story, claim: Claim, all_stories: Sequence[Story], odds: Mapping[str, float], chance: random.Random
) -> Pair:
    def drawn(name: str) -> bool:
        return chance.random() < odds[name]

    label, text, passage = claim.label, claim.text, story.passage
    if drawn("exchanged"):
        passage, text, label = exchanged(passage, text, label, chance)
    elif drawn("joined"):
        label, text = _joined(claim, chance.choice(story.claims), chance)
    same = passage == story.passage and text == claim.text
    title = _title(story, text, chance) if same and drawn("titled") else ""
    other = chance.choice(all_stories)
    if other.id != story.id and drawn("strange"):
        passage, title, label = other.passage, "", _NEUTRAL
    elif other.id != story.id and drawn("neighbours"):
        passage = _among(passage, other.passage, chance)
    published = story.published if drawn("dated") else None
    later = published and not _RELATIVE.search(text) and drawn("later")
    written = story.published + timedelta(days=chance.randint(1, LATEST_DAYS)) if later else None
    return Pair(window(passage, published, title), claim_text(_ended(text, chance), written), label, SOURCE)


def _joined(first: Claim, second: Claim, chance: random.Random) -> tuple[int, str]:
    """Two claims as one text: refuted where one is, borne out where both are."""
    if first.text == second.text:
        return first.label, first.text
    labels = {first.label, second.label}
    label = _CONTRADICTED if _CONTRADICTED in labels else _NEUTRAL if _NEUTRAL in labels else _ENTAILED
    one, other = (first, second) if chance.random() < 0.5 else (second, first)
    return label, chance.choice(("{}, and {}", "{}. {}", "{}; {}")).format(one.text.rstrip("."), other.text)


def _title(story: Story, text: str, chance: random.Random) -> str:
    """A claim that the passage bears out, as a headline; none where there is no other than the one in question."""
    borne = [c.text for c in story.claims if c.label == _ENTAILED and c.text not in text and len(c.text.split()) > 3]
    return chance.choice(borne) if borne else ""


def _among(passage: str, other: str, chance: random.Random) -> str:
    """The passage with one sentence of another story before or after it."""
    sentence = chance.choice(_SENTENCE_END.split(other))
    return f"{sentence} {passage}" if chance.random() < 0.5 else f"{passage} {sentence}"


def _ended(text: str, chance: random.Random) -> str:
    bare = text.rstrip(".")
    return bare if chance.random() < 0.5 else f"{bare}."
