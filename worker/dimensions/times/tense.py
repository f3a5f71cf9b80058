"""Whether a time is past or future, decided by the nearest cue word, without a parser."""

from worker.dimensions.times.lexer import LexedText

REACH = 20
"""Most tokens between a cue and its time."""

FUTURE = frozenset(
    "ahead aim aims billed booked bound can due earmarked expect expected expects expire expires face "
    "faces forecast forthcoming he'll hope hopes intend intends it'll may might must penciled pencilled plan "
    "planned plans pledges poised predicted prepares preparing promises ready scheduled seeks shall she'll "
    "should slated tentatively they'll threatens timed upcoming vows want wants we'll will won't would ".split()
)
PRESENT = frozenset(
    "addresses airs appear appears are arrive arrives becomes begin begins celebrate celebrates choose chooses "
    "closes come comes concludes continue continues decide decides delivers elect elects ends enter enters "
    "expires faces finish finishes flies fly follows gather gathers gets go goes has have head heads hear "
    "hears hold holds hosts is joins kicks launches leave leaves marks meet meets moves needs open opens "
    "perform performs play plays premieres presents publishes releases remain remains reopen reopens resume "
    "resumes retire retires return returns rules runs signs speak speaks stages start starts stay stays take "
    "takes testifies testify travel travels turns unveils visit visits votes welcomes".split()
)
PAST = frozenset(
    "ago arose became been began begun bore bought broke broken brought built came caught chose clung crept "
    "dealt did died done drew driven drove dug fallen fed fell felt fled flew fought found gave given gone got "
    "grew had heard held hid hung hurt kept killed knelt knew known laid lay leapt led left lent lost made "
    "meant met overcame overthrew overtook overturned paid proved ran rang rode rose said sang sank sat saw "
    "seen sent shook shot showed shown shrank slept slew slid sold sought sped spoke spoken sprang stole stood "
    "strode strove struck stuck stung swam swept swore swung taken taught thought threw told took tore trod "
    "understood underwent upheld was went wept were withdrew woke won wore wound written wrote wrung".split()
)
BARE_PAST = frozenset("hit cut put shut beat cost spread quit split bet burst".split())
BARE_VERB_CUES = frozenset("to will would may might can could should must not shall won't did".split())
CALLED_OFF = frozenset("postponed canceled cancelled delayed rescheduled scrapped".split())
"""Verbs of cancelling. An event named before them is in the future ("Friday's strike was called off")."""
LINKING = frozenset("is are has have remains remain stays stay needs".split())
"""Present-tense verbs that do not indicate the time of a day named before them."""
NOT_PAST = frozenset(
    "need speed feed seed breed bleed indeed hundred red bed shed sacred wicked naked kindred embed".split()
)
HAVE = frozenset("has have had".split())
FORCED = frozenset(
    "able according allowed appeared began came ceased continued failed forced had helped managed proceeded "
    "refused seemed started thanks tried turned used went".split()
)
PLANNING = frozenset(
    "about agreed agrees are asked be bound decided due expected going has have hope hoped hopes intend "
    "intends invited is likely meant need needs ordered plan planned plans pledged prepares preparing promised "
    "ready refuses scheduled set sought supposed threatened told unlikely urged voted vowed wait waits want "
    "wanted wants was were".split()
)


def direction(lexed: LexedText, first: int, last: int) -> int:
    """-1 if the cues around tokens `first`..`last` are past, 1 if future, 0 if there is none.

    >>> from worker.dimensions.times.lexer import lex
    >>> direction(lex("The court will rule on Friday"), 5, 5)
    1
    """
    return _backward(lexed, first) or _forward(lexed, last)


def _backward(lexed: LexedText, first: int) -> int:
    present = 0
    for index in range(first - 1, max(first - 1 - REACH, -1), -1):
        name = lexed.name(index)
        if name == "stop" or (present and name == "comma"):
            break
        found = _cue(lexed, index)
        if found == 2:
            present = present or 1
        elif found == 3:
            return -1
        elif found:
            return found
        elif present and lexed.word(index) in ("that", "which", "who"):
            break
    return present


def _forward(lexed: LexedText, last: int) -> int:
    for index in range(last + 1, min(last + 1 + REACH, len(lexed.words))):
        if lexed.name(index) == "stop":
            return 0
        found = _cue(lexed, index)
        if found == 2 and lexed.words[index] in LINKING:
            continue
        if found and not (lexed.words[index] in ("was", "were", "has", "been") and _cue(lexed, index + 1) == 3):
            return 1 if found > 1 else found
    return 0


def _cue(lexed: LexedText, index: int) -> int:
    """-1 past, 1 future, 2 present (future unless a stronger cue is found), 3 called off, 0 no cue."""
    word = lexed.word(index)
    if word == "to":
        return _infinitive(lexed, index)
    if word in FUTURE:
        return 1
    if word in CALLED_OFF or (word == "called" and lexed.word(index + 1) == "off"):
        return 3
    if word == "could":
        return 0 if lexed.word(index + 1) == "not" else 1
    if word in BARE_PAST:
        return 0 if lexed.word(index - 1) in BARE_VERB_CUES else -1
    if word == "set":
        return 1 if lexed.word(index + 1) in ("for", "to") else 0
    if word in PAST:
        return _participle(lexed, index)
    if word.endswith("ed") and len(word) > 3 and word not in NOT_PAST and lexed.text[lexed.starts[index]].islower():
        return _participle(lexed, index)
    if word in HAVE:
        return 0
    return 2 if word in PRESENT else 0


def _participle(lexed: LexedText, index: int) -> int:
    return 0 if lexed.word(index - 1) in ("be", "get") else -1


def _infinitive(lexed: LexedText, index: int) -> int:
    """1 for an infinitive about the future ("agreed to meet"), not for "failed to meet"."""
    before = lexed.word(index - 1)
    if lexed.word(index + 1) == "be":
        return 1
    if before in FORCED or lexed.name(index + 1) not in ("word", "start", "end", "time", "open", "up", "close"):
        return 0
    return 1 if before in PLANNING else 0
