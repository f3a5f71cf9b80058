"""Small readings of a sentence that several rules share."""

from worker.text.claim_in_context import Sentence


def proper_names(sentence: Sentence) -> set[str]:
    """The words of a sentence that name somebody or something."""
    return {t.text.removesuffix("’s").removesuffix("'s") for t in sentence.parsed.tokens if t.pos == "PROPN"}
