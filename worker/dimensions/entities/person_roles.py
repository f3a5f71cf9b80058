"""Roles of persons: "Prosecutor Sigrid Aune", "Jurgen Aalt, president of the Growers' Union", "his lawyer, Sigrid Aune"."""

from dataclasses import dataclass

from worker.dimensions.entities.names import Name, find_names
from worker.text.syntax import ParsedText, Token

# Roles on one line can be held together or mean the same; they do not conflict.
_SAME_POST = """
lawyer attorney counsel solicitor barrister
prosecutor
judge justice magistrate
mayor
deputy
president
chairman chair chairwoman chairperson president head leader director chief
ceo executive boss head chief director
founder cofounder co-founder owner
spokesman spokeswoman spokesperson
minister secretary
premier chancellor minister
director head leader chief manager
coach manager trainer
captain skipper
doctor physician surgeon
nurse midwife
engineer
teacher schoolteacher professor lecturer
author writer novelist poet
critic jury juror
driver pilot
farmer grower
student pupil
officer constable inspector detective superintendent sergeant policeman policewoman
treasurer bookkeeper accountant
administrator liquidator receiver
scientist researcher biologist geologist archaeologist physicist chemist
winner champion
soldier
spokesperson
singer soprano tenor actor actress
senator representative congressman lawmaker deputy mp
owner
"""


def _posts(table: str) -> dict[str, frozenset[int]]:
    """Word → numbers of the rows that contain it."""
    posts: dict[str, set[int]] = {}
    for number, row in enumerate(table.strip().splitlines()):
        for word in row.split():
            posts.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in posts.items()}


_POSTS = _posts(_SAME_POST)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role and its holder. `start`/`end` bound the role's words; `post` is the lemma of its head noun."""

    start: int
    end: int
    text: str
    post: str
    bearer: Name


def find_roles(parsed: ParsedText) -> list[HeldRole]:
    """Roles given by a title, an apposition or "X is the …". Only nouns in the table of roles count."""
    names = find_names(parsed)
    roles = [_by_title(parsed, n) for n in names]
    roles += [_by_apposition(parsed, n) for n in names]
    roles += [_by_predicate(parsed, n) for n in names]
    return [r for r in roles if r is not None]


def roles_differ(a: HeldRole, b: HeldRole) -> bool:
    """True if both roles are known and on no common line: prosecutor and lawyer, judge and administrator."""
    x, y = _POSTS.get(a.post), _POSTS.get(b.post)
    return bool(x and y and not x & y)


def _by_title(parsed: ParsedText, name: Name) -> HeldRole | None:
    before = [t for t in parsed.tokens if t.end <= name.start]
    words: list[Token] = []
    while before and (before[-1].lemma in _POSTS or (words and _describes(before[-1]))):
        words.insert(0, before.pop())
    return _role(parsed, words, name) if words and words[-1].end >= name.start - 1 else None


def _describes(token: Token) -> bool:
    return token.pos in {"NOUN", "ADJ", "PROPN"} and not token.entity


def _by_apposition(parsed: ParsedText, name: Name) -> HeldRole | None:
    head = parsed.tokens[name.head]
    nouns = [t for t in parsed.children(name.head) if t.dep == "appos"]
    if head.dep == "appos":
        nouns.append(parsed.tokens[head.head])
    for noun in nouns:
        if noun.lemma in _POSTS:
            words = [t for t in parsed.subtree(noun.index) if t.index <= noun.index and t.pos not in {"DET", "PUNCT"}]
            return _role(parsed, [t for t in words if not name.start <= t.start < name.end], name)
    return None


def _by_predicate(parsed: ParsedText, name: Name) -> HeldRole | None:
    verb = parsed.tokens[parsed.tokens[name.head].head]
    if parsed.tokens[name.head].dep != "nsubj" or verb.lemma not in {"be", "become", "remain"}:
        return None
    noun = next((t for t in parsed.children(verb.index) if t.dep == "attr" and t.lemma in _POSTS), None)
    return _role(parsed, [noun], name) if noun is not None else None


def _role(parsed: ParsedText, words: list[Token], name: Name) -> HeldRole | None:
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    return HeldRole(start, end, parsed.text[start:end], words[-1].lemma, name)
