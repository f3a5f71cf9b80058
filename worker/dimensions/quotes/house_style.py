"""House style within quotations: variants of spelling, abbreviation and figures that do not alter a quotation.

British and American spelling, "U.S." and "US", "ten" and "10", "cannot" and "can not" are the same spoken words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from worker.dimensions.quantities.find import find_quantities

# Spellings that the rules for endings do not cover: pairs of British and American form, or of two styles.
_SPELLINGS = dict(
    pair.split("/")
    for pair in """
    programme/program programmes/programs programmed/programed grey/gray greyer/grayer tyre/tire tyres/tires kerb/curb
    kerbs/curbs cheque/check cheques/checks plough/plow ploughs/plows ploughed/plowed sceptic/skeptic sceptics/skeptics
    sceptical/skeptical scepticism/skepticism aluminium/aluminum mum/mom mums/moms moustache/mustache pyjamas/pajamas
    storeys/stories jewellery/jewelry ageing/aging judgement/judgment judgements/judgments acknowledgement/acknowledgment
    practise/practice practised/practiced practising/practicing licence/license licences/licenses okay/ok okays/oks
    whilst/while amongst/among amidst/amid learnt/learned burnt/burned dreamt/dreamed spelt/spelled spoilt/spoiled
    leapt/leaped leant/leaned knelt/kneeled gaol/jail mould/mold moulds/molds smoulder/smolder smouldering/smoldering
    artefact/artifact artefacts/artifacts cosy/cozy doughnut/donut doughnuts/donuts enquiry/inquiry enquiries/inquiries
    enquire/inquire enquired/inquired speciality/specialty sulphur/sulfur furore/furor fulfil/fulfill fulfils/fulfills
    fulfilment/fulfillment skilful/skillful skilfully/skillfully wilful/willful enrol/enroll enrols/enrolls
    enrolment/enrollment instalment/installment instalments/installments draught/draft draughts/drafts
    manoeuvre/maneuver manoeuvres/maneuvers disc/disk discs/disks adviser/advisor advisers/advisors
    orientated/oriented gasses/gases focussed/focused focussing/focusing alright/allright
    mr/mister dr/doctor prof/professor vs/versus
    """.split()
)
_ENDINGS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ably|ful|fully|ite|ites|al|hood|hoods|er|ers|less|ly|y)?$)", "or"),
        (r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers|able)$)", "iz"),
        (r"(?<=[a-z]{3})ys(?=(?:e|ed|es|ing|er|ers)$)", "yz"),
        (r"(?<=[bct])re(?=s?$)", "er"),
        (r"(?<=[bct])red$", "ered"),
        (r"logue(?=s?$)", "log"),
        (r"(?<=def|off)enc(?=e|es$)", "ens"),
        (r"(?<=pret)enc(?=e|es$)", "ens"),
        (r"(?<=[aeiou][^aeiou])([aeiou])ll(?=(?:ed|ing|er|ers|or|ors)$)", r"\1l"),
        (r"(?<=[a-z]{2})wards$", "ward"),
        (r"(?<=[a-z])(?:ae|oe)(?=[a-z]{4})", "e"),
        (r"^(?:ae|oe)(?=[a-z]{5})", "e"),
    )
)


_CONTRACTIONS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\bwon['’]t\b", "will not"),
        (r"\bcan['’]t\b", "can not"),
        (r"n['’]t\b", " not"),
        (r"['’]ve\b", " have"),
        (r"['’]re\b", " are"),
        (r"['’]ll\b", " will"),
        (r"['’]m\b", " am"),
    )
)
_SIGN_WORDS = {"%": "percent", "％": "percent", "&": "and"}


@lru_cache(maxsize=65_536)
def levelled(word: str) -> str:
    """A common key for all house spellings of a lower-case word. The key itself may not be a word.

    >>> levelled("neighbours") == levelled("neighbors"), levelled("u.s.") == levelled("us"), levelled("fire")
    (True, True, 'fire')
    """
    if word in _SIGN_WORDS:
        return _SIGN_WORDS[word]
    if word[0].isdigit():
        return word.replace(",", "")
    if word.endswith("'s"):
        return levelled(word[:-2]) + "'s" if len(word) > 2 else word
    word = word.replace(".", "")
    word = _SPELLINGS.get(word, word)
    for pattern, put in _ENDINGS:
        word = pattern.sub(put, word)
    return word


def same_in_house_style(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """True if two sequences of levelled words differ only in style: words joined or split, figures spelled out.

    >>> same_in_house_style(["can", "not"], ["cannot"]), same_in_house_style(["twenty", "five"], ["25"])
    (True, True)
    """
    if not mine or not theirs:
        return not mine and not theirs
    return any(
        _same_run(mine[:i], theirs[:j]) and same_in_house_style(mine[i:], theirs[j:])
        for i in range(1, min(len(mine), _LONGEST) + 1)
        for j in range(1, min(len(theirs), _LONGEST) + 1)
    )


# Most words that correspond to one figure or one joined word.
_LONGEST = 4


def _same_run(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    one, other = " ".join(mine), " ".join(theirs)
    closed_up = levelled("".join(mine)) == levelled("".join(theirs))
    return closed_up or _written_out(one) == _written_out(other) or _same_figure(one, other)


def _written_out(words: str) -> str:
    """Expands contractions ("we've" → "we have"), except the ambiguous "'s" and "'d"."""
    for pattern, put in _CONTRACTIONS:
        words = pattern.sub(put, words)
    return words


def _same_figure(a: str, b: str) -> bool:
    first, second = find_quantities(a), find_quantities(b)
    if len(first) != 1 or len(second) != 1 or not (_is_all(a, first[0].text) and _is_all(b, second[0].text)):
        return False
    x, y = first[0], second[0]
    return (x.kind, x.value, x.unit, x.parts) == (y.kind, y.value, y.unit, y.parts)


def _is_all(text: str, found: str) -> bool:
    return text.strip(" -") == found
