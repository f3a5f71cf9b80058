"""Names of persons, organizations and places: find them, and compare two (same, misspelled, different)."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from worker.dimensions.entities.countries import country_of, government_of, is_nationality
from worker.dimensions.entities.spelling_variants import same_spelling
from worker.text.memoized import memoized
from worker.text.syntax import ParsedText, Token

_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister chancellor premier king
    queen prince princess pope bishop archbishop cardinal father rabbi imam mayor governor senator sen rep
    congressman congresswoman deputy speaker secretary ambassador general gen colonel col major captain capt
    lieutenant lt sergeant sgt officer detective inspector superintendent chief judge justice magistrate
    prosecutor attorney lawyer counsel coach manager director chairman chairwoman chair ceo executive founder
    spokesman spokeswoman spokesperson engineer professor doctor nurse sheriff commissioner commander admiral
    councillor councilor mp mep actor actress author poet critic researcher leader head owner pilot driver
    skipper quarterback goalkeeper striker midfielder defender champion finance foreign defence defense interior health
    justice transport education environment agriculture economy labour labor home first former acting""".split()
)
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_PARTICLES = frozenset("of the de da di du van von der den la le el al bin ibn and for y".split())
_NAMING = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|jan|christmas|easter",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name without titles. `kind` is spaCy's entity label, "" if there is none. Offsets are those of the text."""

    start: int
    end: int
    text: str
    kind: str
    head: int

    @property
    def words(self) -> tuple[str, ...]:
        """The words without case, accents and possessive."""
        return tuple(_folded(w) for w in re.split(r"[\s-]+", self.text) if _folded(w))


@memoized
def find_names(parsed: ParsedText) -> list[Name]:
    """Runs of proper nouns and named entities in text order, without titles. Dates and figures are excluded.

    "Prime Minister Tor Hellesund said" → one name, "Tor Hellesund".
    """
    names: list[Name] = []
    at = 0
    while at < len(parsed.tokens):
        end = _run_end(parsed.tokens, at)
        if end > at:
            name = _name(parsed, list(parsed.tokens[at:end]))
            if name is not None:
                names.append(name)
        at = max(end, at + 1)
    return names


def _is_namelike(token: Token) -> bool:
    if token.entity in _NOT_NAMES or _CALENDAR.fullmatch(token.text.rstrip(".")):
        return False
    if not token.text.lstrip(_INVISIBLE)[:1].isupper():
        return False
    is_nationality = token.pos == "ADJ" and country_of(token.text) is not None
    return is_nationality or token.pos == "PROPN" or token.entity in _NAMING


def _run_end(tokens: tuple[Token, ...], at: int) -> int:
    if not _is_namelike(tokens[at]):
        return at
    end = at + 1
    while end < len(tokens):
        if _is_namelike(tokens[end]) and not _splits(tokens[end - 1], tokens[end]):
            end += 1
        elif _joins(tokens, end):
            end += 2
        elif _has_article(tokens, end):
            end += 3
        elif _nickname_end(tokens, end) > end:
            end = _nickname_end(tokens, end)
        else:
            break
    return end


_ARTICLES = frozenset("al el an ar as ash ad at".split())


def _has_article(tokens: tuple[Token, ...], at: int) -> bool:
    """True at an Arabic article with hyphen within a name ("Salim al-Bakri")."""
    if at + 2 >= len(tokens) or tokens[at].text.lower() not in _ARTICLES:
        return False
    hyphen, after = tokens[at + 1], tokens[at + 2]
    joined = tokens[at].end == hyphen.start and hyphen.end == after.start
    return joined and hyphen.text == "-" and after.text[0].isupper()


_OPENING, _CLOSING = frozenset("“\"‘'("), frozenset("”\"’')")


def _nickname_end(tokens: tuple[Token, ...], at: int) -> int:
    """The index after a quoted nickname between a person's names (Ana “Sparrow” Ruiz); `at` if there is none."""
    if tokens[at].text not in _OPENING:
        return at
    end = at + 1
    while end < min(len(tokens), at + 4) and tokens[end].text[:1].isupper():
        end += 1
    inside = at + 1 < end < len(tokens) - 1 and tokens[end].text in _CLOSING
    return end + 1 if inside and _is_namelike(tokens[end + 1]) and _is_namelike(tokens[at - 1]) else at


def _splits(left: Token, right: Token) -> bool:
    """True between two adjacent entities: "North Korea Kim Jong-un", "Australian Harriet Cole"."""
    if (
        left.entity in {"NORP", "PERSON"}
        and is_nationality(left.text)
        and right.pos == "PROPN"
        and not is_nationality(right.text)
    ):
        return True
    return right.entity_starts and left.entity != "" and left.entity != right.entity and left.dep != "compound"


def _joins(tokens: tuple[Token, ...], at: int) -> bool:
    """True for a hyphen or particle within one entity: "Bank of England", "Jong-un"."""
    if at + 1 >= len(tokens):
        return False
    here, after = tokens[at], tokens[at + 1]
    if here.text == "-" and here.start == tokens[at - 1].end:
        return after.start == here.end and after.pos == "PROPN"
    inside = here.entity != "" and not here.entity_starts and not after.entity_starts
    if here.text.lower() == "of" and country_of(after.text) is not None:
        return False
    return inside and here.text.lower() in _PARTICLES and _is_namelike(after)


def _name(parsed: ParsedText, run: list[Token]) -> Name | None:
    while len(run) > 1 and run[0].text.lower().rstrip(".") in _TITLES:
        run = run[1:]
    if run[0].text.lower().rstrip(".") in _TITLES:
        return None
    kind = next((t.entity for t in run if t.entity in _NAMING), "")
    text = parsed.text[run[0].start : run[-1].end]
    return Name(run[0].start, run[-1].end, text, kind, run[-1].index)


def same_name(a: Name, b: Name) -> bool:
    """True if both can mean one entity: equal names, one a part of the other, initials, a country and its demonym."""
    if _place_key(a) and _place_key(a) == _place_key(b):
        return True
    x, y = a.words, b.words
    if not x or not y:
        return False
    contained = set(x) <= set(y) or set(y) <= set(x)
    return contained or _abbreviates(x, y) or _abbreviates(y, x) or _initials_match(x, y) or same_spelling(x, y)


_BODIES = frozenset({"ORG", "PRODUCT", "FAC", "WORK_OF_ART"})


def near_miss(claim: Name, evidence: Name) -> bool:
    """True if one is probably a wrong name of the other: one part equal and one different, or one or two wrong letters."""
    if same_name(claim, evidence) or {claim.kind, evidence.kind} <= _BODIES:
        return False
    x, y = claim.words, evidence.words
    if len(x) >= 2 and len(y) >= 2:
        part = not {claim.kind, evidence.kind} & {
            "LOC",
            "GPE",
            "EVENT",
        }  # "Atlantic Ocean" is not a misspelling of another ocean
        same_last, same_first = part and x[-1] == y[-1] and not x[-1].isdigit(), part and x[0] == y[0]
        both_alike = alike(x[-1], y[-1]) >= 0.65 and alike(x[0], y[0]) >= 0.6
        return same_last or both_alike or (same_first and alike(x[-1], y[-1]) >= 0.5)
    persons = claim.kind == evidence.kind == "PERSON"
    return persons and len(x) == len(y) == 1 and min(len(x[0]), len(y[0])) >= 5 and alike(x[0], y[0]) >= 0.8


def nationality(parsed: ParsedText, name: Name) -> Name | None:
    """The country word that goes with a person's name: "Britain’s X", "the Australian X", "X of Mali", "X, a Spaniard"."""
    if country_of(name.text) is not None or name.kind in {"GPE", "NORP", "LOC"}:
        return None
    others = [n for n in find_names(parsed) if country_of(n.text) is not None and n.start != name.start]
    for other in others:
        between = (
            parsed.text[other.end : name.start] if other.end <= name.start else parsed.text[name.end : other.start]
        )
        before = other.end <= name.start and re.fullmatch(r"(?:[’']s)?(?: [a-z-]+){0,3} ", between)
        after = name.end <= other.start and re.fullmatch(r" of (?:the )?|, an? (?:[a-z-]+ ){0,2}|, of ", between)
        if before or after:
            return other
    return None


def _place_key(name: Name) -> str | None:
    return country_of(name.text) or government_of(name.text)


def alike(a: str, b: str) -> float:
    """Similarity of two words, in [0, 1]."""
    return SequenceMatcher(None, a, b).ratio()


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    letters = "".join(w[0] for w in long if w not in _PARTICLES)
    return len(short) == 1 and len(letters) >= 2 and short[0].replace(".", "") == letters


def _initials_match(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    if x[-1] != y[-1] or len(x) < 2 or len(y) < 2:
        return False
    return x[0][0] == y[0][0] and (len(x[0].rstrip(".")) == 1 or len(y[0].rstrip(".")) == 1)


def _folded(word: str) -> str:
    bare = re.sub(r"[’']s$|[^\w.&]", "", word.strip(".,;:"))
    if re.fullmatch(r"(?:\w\.)+\w", bare):  # "T.J" of "T.J.", as in "TJ"
        bare = bare.replace(".", "")
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).casefold()
