"""Resolves "he", "she", "it" and "the firm" to the nearest earlier name that fits."""

import re

from worker.text.syntax import ParsedText

_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_THING = frozenset({"it", "its", "they", "their", "them", "this", "that", "these", "those"})
_LEADING = re.compile(r"^(?P<word>he|she|it|they|his|her|its|their)\b", re.I)


class Coreference:
    """The names mentioned so far. Call `read` for each sentence after its claims were extracted."""

    def __init__(self) -> None:
        self._person = ""
        self._thing = ""
        self._last = ""

    def read(self, parsed: ParsedText) -> None:
        """Adds the names of the next sentence."""
        self._last = parsed.text
        person = _first_name(parsed, {"PERSON"})
        thing = _first_name(parsed, {"ORG", "GPE", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART"})
        self._person = person or self._person
        self._thing = thing or self._thing

    def context(self) -> str:
        """The previous sentence."""
        return self._last

    def referent(self, subject: str) -> str:
        """The name that a pronoun refers to; the subject itself if it is not a pronoun."""
        word = subject.lower()
        if word in _PERSON:
            return self._person or subject
        if word in _THING:
            return self._thing or subject
        return subject

    def resolve(self, query: str, subject: str) -> str:
        """The query with its initial pronoun replaced."""
        match = _LEADING.match(query)
        if match is None:
            return query
        word = match.group("word").lower()
        name = self._person if word in _PERSON else self._thing if word in {"it", "its"} else ""
        if not name:
            return query
        possessive = "’s" if word in {"his", "its"} or (word == "her" and subject.lower().startswith("her ")) else ""
        return f"{name}{possessive}{query[match.end('word') :]}"


def _first_name(parsed: ParsedText, kinds: set[str]) -> str:
    """The subject's name if it has one, else the first name of these kinds."""
    names = _names(parsed, kinds)
    return next((n for n, is_subject in names if is_subject), names[0][0] if names else "")


def _names(parsed: ParsedText, kinds: set[str]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(parsed.tokens):
        first = parsed.tokens[at]
        end = at + 1
        if first.entity in kinds:
            while (
                end < len(parsed.tokens)
                and parsed.tokens[end].entity == first.entity
                and not parsed.tokens[end].entity_starts
            ):
                end += 1
            words = parsed.text[first.start : parsed.tokens[end - 1].end].removesuffix("’s").removesuffix("'s")
            found.append((words, any(t.dep.startswith("nsubj") for t in parsed.tokens[at:end])))
        at = end
    return found
