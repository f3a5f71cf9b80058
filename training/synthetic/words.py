"""The words that the changes know: calendar, numbers, opposites, roles, shortenings."""

import re

MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.",
}  # fmt: skip
LONG_MONTHS = {short: long for long, short in SHORT_MONTHS.items()}
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
SCALES = ("thousand", "million", "billion", "trillion")

OPPOSITES = (
    ("rose", "fell"), ("rise", "fall"), ("rising", "falling"), ("increase", "decrease"), ("increased", "decreased"),
    ("gained", "lost"), ("won", "lost"), ("win", "lose"), ("winning", "losing"), ("before", "after"),
    ("approved", "rejected"), ("accepted", "refused"), ("agreed", "declined"), ("supports", "opposes"),
    ("supported", "opposed"), ("support", "oppose"), ("higher", "lower"), ("highest", "lowest"), ("more", "less"),
    ("opened", "closed"), ("open", "close"), ("began", "ended"), ("begin", "end"), ("started", "stopped"),
    ("confirmed", "denied"), ("allowed", "banned"), ("allow", "ban"), ("hired", "fired"), ("joined", "left"),
    ("arrived", "departed"), ("bought", "sold"), ("buy", "sell"), ("lent", "borrowed"), ("increases", "decreases"),
    ("largest", "smallest"), ("first", "last"), ("guilty", "innocent"), ("alive", "dead"), ("legal", "illegal"),
    ("public", "private"), ("male", "female"), ("north", "south"), ("northern", "southern"), ("east", "west"),
    ("eastern", "western"), ("cancelled", "postponed"), ("canceled", "postponed"), ("suspended", "resumed"),
    ("succeeded", "failed"), ("passed", "failed"), ("strengthened", "weakened"), ("improved", "worsened"),
    ("majority", "minority"), ("always", "never"), ("all", "none"), ("most", "few"), ("many", "few"),
    ("several", "no"), ("inside", "outside"), ("above", "below"), ("early", "late"), ("earlier", "later"),
    ("safe", "dangerous"), ("praised", "criticized"), ("lifted", "imposed"), ("freed", "jailed"),
    ("convicted", "acquitted"), ("survived", "died"), ("older", "younger"), ("domestic", "foreign"),
)  # fmt: skip
"""Words of which at most one is true of a thing at a time."""

ROLES = (
    ("president", "prime minister", "chancellor", "king"),
    ("senator", "governor", "congressman", "mayor"),
    ("foreign minister", "finance minister", "defence minister", "interior minister", "justice minister"),
    ("secretary of state", "treasury secretary", "defense secretary", "attorney general"),
    ("chief executive", "chairman", "finance director", "founder"),
    ("spokesman", "lawyer", "director", "professor"),
    ("captain", "coach", "striker", "goalkeeper"),
    ("Democrat", "Republican"), ("Democratic", "Republican"), ("Labour", "Conservative"),
    ("brother", "son", "father", "uncle"), ("sister", "daughter", "mother", "aunt"), ("wife", "sister", "mother"),
    ("police", "army"), ("Senate", "House"), ("judge", "prosecutor"), ("doctor", "nurse"), ("teacher", "student"),
)  # fmt: skip

PLACES = (
    ("Russia", "China", "Iran", "Israel", "Turkey", "Syria", "Iraq", "Egypt", "India", "Pakistan"),
    ("France", "Germany", "Italy", "Spain", "Britain", "Poland", "Greece", "Sweden"),
    ("Russian", "Chinese", "Iranian", "Israeli", "Turkish", "Syrian", "Iraqi", "Egyptian", "Indian"),
    ("French", "German", "Italian", "Spanish", "British", "Polish", "Greek", "Swedish"),
    ("London", "Paris", "Berlin", "Rome", "Madrid", "Moscow", "Brussels", "Beijing", "Tokyo", "Cairo"),
    ("New York", "Chicago", "Boston", "Los Angeles", "Houston", "Miami", "Seattle", "Washington"),
    ("Texas", "Florida", "Ohio", "California", "Michigan", "Arizona", "Georgia", "Virginia", "Pennsylvania"),
    ("North Korea", "South Korea"), ("Europe", "Asia", "Africa"),
)  # fmt: skip

SHORTENINGS = (
    ("United States", "U.S."), ("United States", "US"), ("United Nations", "U.N."), ("United Nations", "UN"),
    ("European Union", "EU"), ("United Kingdom", "UK"), ("Gov.", "Governor"), ("Sen.", "Senator"),
    ("Rep.", "Representative"), ("Gen.", "General"), ("percent", "%"), ("per cent", "percent"),
    ("World Health Organization", "WHO"), ("Federal Bureau of Investigation", "FBI"), ("St.", "Saint"),
    ("Federal Reserve", "Fed"), ("Supreme Court", "high court"), ("White House", "administration"),
    ("kilometers", "km"), ("kilometres", "km"), ("miles per hour", "mph"), ("television", "TV"),
)  # fmt: skip

SAME = (
    ("more than", "over"), ("about", "around"), ("nearly", "almost"), ("at least", "no fewer than"),
    ("said", "stated"), ("killed", "left dead"), ("purchased", "bought"), ("began", "started"), ("attempt", "effort"),
    ("assist", "help"), ("however", "but"), ("additional", "extra"), ("large", "big"), ("children", "kids"),
    ("injured", "hurt"), ("physician", "doctor"), ("attorney", "lawyer"), ("automobile", "car"),
    ("announced", "made known"), ("because of", "due to"), ("residents", "inhabitants"), ("quickly", "rapidly"),
    ("near", "close to"), ("several", "a number of"), ("often", "frequently"), ("previously", "earlier"),
    ("also", "as well"), ("told reporters", "said to reporters"), ("in order to", "to"), ("companies", "firms"),
    ("company", "firm"), ("requested", "asked for"), ("obtained", "got"), ("demonstrators", "protesters"),
    ("elderly", "old"), ("wounded", "injured"), ("film", "movie"), ("agreement", "deal"), ("talks", "negotiations"),
    ("mother and father", "parents"), ("a dozen", "12"), ("two weeks", "14 days"), ("a decade", "10 years"),
    ("half", "50 percent"), ("a quarter", "25 percent"), ("twice", "two times"), ("last year", "the previous year"),
    ("criticized", "found fault with"), ("resigned", "stepped down"), ("employees", "workers"),
    ("unanimously", "without a dissenting vote"), ("cancelled", "called off"), ("canceled", "called off"),
    ("postponed", "put off"), ("increased", "went up"), ("decreased", "went down"), ("died", "lost his life"),
)  # fmt: skip
"""Words that can stand for each other without another meaning, most of the time."""

NUMBER = re.compile(r"(?<![\w.,$£€-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w,]*\d)(?!\w)")
SMALL_WORD = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I)
MONTH_DAY = re.compile(r"\b(" + "|".join([*MONTHS, *(re.escape(s) for s in LONG_MONTHS)]) + r") (\d{1,2})\b(?!\d|,\d)")
YEAR = re.compile(r"\b(19[5-9]\d|20[0-2]\d)\b")
WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b")
MONEY = re.compile(r"([$£€])(\d[\d,.]*\d|\d)( (?:million|billion|trillion))?")
SCALE = re.compile(r"\b(thousand|million|billion|trillion)\b")
NAME = re.compile(r"(?<!^)(?<![.!?\"“] )\b([A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2})\b")
VERB = re.compile(
    r"(?<=[a-z\"”,] )((?!need|inde|hundr)[a-z]{2,}[^e\W]ed)(?= (?:the|a|an|his|her|their|its|to|in|on|at|by|for|from|with)\b)"
)
THING = re.compile(
    r"\b(?:[Tt]he|[Aa]|his|her|their|its) ([a-z]{4,})"
    r"(?=[.,;]| (?:of|in|on|at|to|for|from|with|by|was|is|were|are|had|has|and|that|who)\b)"
)
AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|do|may|might|must)\b(?! not)"
)
DENIED = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|do) not\b")
DOER = re.compile(
    r"\b([A-Z][a-z]+(?: [A-Z][a-z]+){0,2}) ((?!said|added|noted|tweeted|based|used|named|called)[a-z]+ed) "
    r"((?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\b(?! ?['’])"
)
"""Somebody, a verb in the past tense, somebody else."""
