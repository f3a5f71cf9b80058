"""Synonyms and antonyms of news language: verbs, nouns, adjectives. Each line is one group."""

_SAME = """
cancel|call off|scrap|axe|drop|abandon|pull plug|back out|pull out|withdraw
postpone|put off|delay|defer|reschedule|move|push back
suspend|halt|interrupt|pause
approve|adopt|pass|endorse|ratify|back|green-light|accept|agree|uphold|grant|confirm|clear
reject|refuse|turn down|rule out|dismiss|deny|throw out|vote down|veto|decline|strike down|overturn|quash|set aside|annul|exclude
resign|step down|quit|leave|go|depart
stay|remain|keep|retain|continue
win|triumph|carry off|lift|clinch|take|prevail|earn
lose|fail|forfeit|give up|hand over
beat|defeat|edge|overcome|dispose|down|thrash
begin|start|open|launch|commence|kick off|resume|restart
end|finish|conclude|close|stop|cease|expire|shut|shut down
rise|grow|increase|climb|go up|jump|gain|soar|expand|improve
fall|drop|decline|decrease|shrink|go down|slump|sink|slip|dip|shed
raise|lift|increase|put up|hike
cut|lower|reduce|slash|trim|halve
die|perish|kill|be killed
survive|live|rescue|save|escape
arrest|detain|hold|seize|jail|imprison|custody
release|free|let go|bail
charge|indict|accuse|prosecute
acquit|clear|exonerate
convict|sentence|condemn
admit|concede|acknowledge|confess|own up
deny|dispute|contest|reject|refute
sign|initial|seal|conclude|ink
buy|acquire|purchase|take over
sell|dispose|offload
build|construct|erect|put up
demolish|pull down|tear down|raze|knock down
find|discover|uncover|come across|spot|detect|recover
miss|overlook
ban|block|stop|prevent|halt
support|back|favor|favour|endorse|vote for
oppose|object|resist|vote against
break|smash|better|set
allow|permit|let|authorize|authorise
ban|forbid|bar|prohibit|block
lodge|file|submit|enter
grant|award|give
fear|worry
blame|accuse
warn|alert
hurt|injure|harm
collapse|fail|break down
hold|withstand|stand
rule|decide|order
take place|go ahead|happen|occur|proceed
defeat|beat
announce|say|declare|tell|state|report|add|note|remark
lead|head|chair|run|direct
hire|appoint|name|elect|choose|pick
fire|sack|dismiss|remove|oust
arrive|reach|land|come
pay|finance|fund|bankroll
receive|get|obtain|gain
publish|release|print|issue
plan|intend|want|hope|expect|aim|schedule|seek
ignore|neglect
remember|recall
extend|prolong|lengthen
shorten|curtail
join|enter|sign up
strengthen|tighten
weaken|loosen|ease
injure|hurt|wound
evacuate|clear
agree|consent
complete|finish
recover|heal
"""

_OPPOSITE = """
cancel ~ postpone
cancel ~ begin
cancel ~ take place
postpone ~ take place
approve ~ reject
admit ~ deny
resign ~ stay
win ~ lose
begin ~ end
rise ~ fall
raise ~ cut
die ~ survive
arrest ~ release
charge ~ acquit
convict ~ acquit
build ~ demolish
support ~ oppose
allow ~ ban
hire ~ fire
buy ~ sell
strengthen ~ weaken
extend ~ shorten
succeed ~ fail
find ~ miss
raise ~ fall
rise ~ cut
break ~ miss
collapse ~ hold
receive ~ lose
destroy ~ spare
open ~ close
ignore ~ heed
detain ~ release
increase ~ decrease
"""

_OPPOSITE_WORDS = """
first ~ last
oldest ~ youngest
old ~ new
largest ~ smallest
biggest ~ smallest
highest ~ lowest
longest ~ shortest
higher ~ lower
increase ~ decrease
rise ~ fall
above ~ below
inside ~ outside
public ~ private
serious ~ minor
seriously ~ slightly
open ~ closed
open ~ shut
northern ~ southern
guilty ~ innocent
alive ~ dead
male ~ female
men ~ women
man ~ woman
mother ~ father
son ~ daughter
brother ~ sister
husband ~ wife
king ~ queen
northern ~ southern
eastern ~ western
left ~ right
early ~ late
morning ~ evening
import ~ export
majority ~ minority
always ~ never
all ~ none
full ~ empty
unanimous ~ divided
legal ~ illegal
possible ~ impossible
safe ~ dangerous
voluntary ~ compulsory
temporary ~ permanent
open ~ closed
cheaper ~ dearer
warmer ~ colder
hotter ~ colder
faster ~ slower
single ~ several
winner ~ loser
seller ~ buyer
plaintiff ~ defendant
unchanged ~ changed
domestic ~ foreign
junior ~ senior
free ~ paid
"""


def _groups(table: str) -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, row in enumerate(table.strip().splitlines()):
        for word in row.split("|"):
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


def _pairs(table: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(row.split(" ~ ")) for row in table.strip().splitlines())


_GROUPS = _groups(_SAME)
_OPPOSED_GROUPS = frozenset(
    frozenset((a, b))
    for pair in _pairs(_OPPOSITE)
    for left, right in (tuple(pair),)
    for a in _GROUPS.get(left, ())
    for b in _GROUPS.get(right, ())
)
_OPPOSED_VERBS = _pairs(_OPPOSITE)
_OPPOSED_WORDS = _pairs(_OPPOSITE_WORDS)

_SAME_THINGS = """
visit|trip|journey|tour
concert|performance|recital|gig
match|game|fixture
agreement|accord|pact|deal|treaty
crash|accident|collision
probe|inquiry|investigation
strike|walkout|stoppage
vote|ballot
bill|law|legislation
film|movie
prize|award
doctor|physician
worker|employee|staff
plane|aircraft|airplane
ship|vessel|boat
car|vehicle
company|firm|business
jail|prison
tax|levy|duty
spectator|fan|crowd
traveler|traveller|passenger
pupil|student|child
road|street
talk|negotiation
election|poll
"""
_THINGS = {word: line for line in _SAME_THINGS.split() for word in line.split("|")}


def same_meaning(a: str, b: str) -> bool:
    """True if two verbs share a meaning. Takes lemmas with particle ("call off")."""
    return a == b or bool(_GROUPS.get(a, frozenset()) & _GROUPS.get(b, frozenset()))


def same_thing(a: str, b: str) -> bool:
    """True if two nouns (lemmas) can denote one thing."""
    return a == b or (a in _THINGS and _THINGS[a] == _THINGS.get(b))


def opposite_verbs(a: str, b: str) -> bool:
    """True if two verbs are opposites and share no meaning."""
    if same_meaning(a, b):
        return False
    crossed = (frozenset((x, y)) for x in _GROUPS.get(a, ()) for y in _GROUPS.get(b, ()))
    return frozenset((a, b)) in _OPPOSED_VERBS or any(pair in _OPPOSED_GROUPS for pair in crossed)


def opposite_words(a: str, b: str) -> bool:
    """True if two adjectives, adverbs or nouns are opposites."""
    return frozenset((a, b)) in _OPPOSED_WORDS
