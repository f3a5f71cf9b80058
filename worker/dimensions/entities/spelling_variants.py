"""Spellings of one name: romanisations of another script ("Qasem", "Kassim") and English short forms ("Bill", "William")."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from worker.text.word_table import read_table

_PACKAGE = "worker.dimensions.entities"
_ROWS = [(kind, tuple(forms.casefold().split())) for kind, forms in read_table(_PACKAGE, "transliterations.tsv")]
_VARIANTS = {form: number for number, (kind, forms) in enumerate(_ROWS) for form in forms if kind in {"given", "place"}}
_ENDINGS = tuple(form for kind, forms in _ROWS for form in forms if kind == "ending")
_PREFIXES = frozenset(form for kind, forms in _ROWS for form in forms if kind == "prefix")
# Letter sequences that are rare in English words.
_FOREIGN = re.compile(r"q(?!u)|kh|zh|dzh|shch|yu[kl]|hn|^hr")
_SHORTEST_STEM = 3

# Romanisations of one sound, longest first. Vowels, "y" and "j" vary most and are left out.
_SOUNDS = (
    ("shch", "c"), ("tch", "c"), ("sch", "c"), ("dzh", "k"), ("kh", "k"), ("gh", "k"), ("zh", "z"), ("sh", "c"),
    ("ch", "c"), ("ph", "v"), ("th", "t"), ("dh", "d"), ("tz", "s"), ("ts", "s"), ("dj", "j"), ("x", "ks"),
    ("q", "k"), ("g", "k"), ("h", "k"), ("c", "k"), ("w", "v"), ("f", "v"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyàâéèêëïîöüı]")
_LEAST_ALIKE = 0.5


def _short_forms() -> dict[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for number, (name, forms) in enumerate(read_table(_PACKAGE, "nicknames.tsv")):
        for form in (name, *forms.split()):
            groups.setdefault(form, set()).add(number)
    return groups


_SHORT_FORMS = _short_forms()


def same_spelling(a: Sequence[str], b: Sequence[str]) -> bool:
    """True if two names (folded words) differ only in romanisation or in the short form of a given name.

    >>> same_spelling(("mohammed", "haddad"), ("muhammad", "al", "hadad"))
    True
    """
    return _transliterated(a, b) or _shortened(a, b)


def _shortened(a: Sequence[str], b: Sequence[str]) -> bool:
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    return bool(_SHORT_FORMS.get(a[0], set()) & _SHORT_FORMS.get(b[0], set()))


def _transliterated(a: Sequence[str], b: Sequence[str]) -> bool:
    x, y = [w for w in a if w not in _PREFIXES], [w for w in b if w not in _PREFIXES]
    if not x or not y or not any(map(_is_foreign, (*a, *b))):
        return False
    short, long = sorted((x, y), key=len)
    if len(short) < len(long):  # only the surname, or no middle name
        long = long[-1:] if len(short) == 1 else [long[0], *long[-(len(short) - 1) :]]
    return len(short) == len(long) and all(_one_word(v, w) for v, w in zip(short, long, strict=True))


def _is_foreign(word: str) -> bool:
    """True for a romanised word, judged by its letters or by the table."""
    stem = next((word[: -len(e)] for e in _ENDINGS if word.endswith(e)), "")
    return word in _VARIANTS or word in _PREFIXES or len(stem) >= _SHORTEST_STEM or _FOREIGN.search(word) is not None


def _one_word(a: str, b: str) -> bool:
    """True if both sound alike. A final "a" can mark the feminine form of a surname."""
    if a == b:
        return True
    if a in _VARIANTS and b in _VARIANTS:
        return _VARIANTS[a] == _VARIANTS[b]
    alike = SequenceMatcher(None, a, b).ratio() >= _LEAST_ALIKE and a.endswith("a") == b.endswith("a")
    return alike and bool(_skeletons(a) & _skeletons(b))


def _skeletons(word: str) -> set[str]:
    """The consonants of a word, one letter per sound; two results if "j" can be vowel or consonant."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    bare = _VOWELS.sub("", word)
    forms = (bare.replace("j", ""), bare.replace("j", "k"))
    return {re.sub(r"(.)\1+", r"\1", form) for form in forms if len(form) >= 2}
