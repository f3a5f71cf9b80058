"""English words for times, by class. Each word has one class; the grammar's macros combine classes."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip

RISKY_MONTHS = frozenset({"may", "march", "mar", "jan", "dec", "sep", "jun", "jul", "apr", "nov", "oct", "aug", "feb"})
"""Months whose word is also a name or another word. A month only in a suitable context."""

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "daybreak": "MO", "sunrise": "MO",
    "midday": "MI", "noon": "MI", "dusk": "EV", "sunset": "EV", "nightfall": "EV", "overnight": "NI", "lunchtime": "MI",
}  # fmt: skip

PART_MINUTES = {"MO": (240, 750), "MI": (660, 840), "AF": (720, 1110), "EV": (1020, 1440), "NI": (1080, 1800)}
"""Range of a part of the day, in minutes since midnight. Parts overlap, as in common usage."""

UNITS = {
    name: unit
    for unit, names in {
        "second": "sec secs seconds",
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs",
        "day": "day days",
        "week": "week weeks wk wks",
        "fortnight": "fortnight fortnights",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years yr yrs",
        "decade": "decade decades",
        "century": "century centuries",
        "millennium": "millennium millennia millenniums",
    }.items()
    for name in names.split()
} | {"second": "second"}

UNIT_DAYS = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44,
    "quarter": 91.31, "year": 365.25, "decade": 3652.5, "century": 36525.0, "millennium": 365250.0,
}  # fmt: skip

DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip

ORDINALS = {
    name: number
    for number, name in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        start=1,
    )
}

SMALL = {
    name: number
    for number, name in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

VAGUE = {
    "few": (2, 7),
    "several": (2, 9),
    "many": (3, 1000),
    "couple": (1.6, 2.5),
    "dozens": (20, 200),
    "some": (2, 50),
}
"""Range of a vague amount."""

DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}

CLASSES = {
    # determiners, prepositions, conjunctions
    "the": "the", "a": "a an", "of": "of", "in": "in during throughout", "on": "on", "at": "at", "by": "by", "for": "for",
    "from": "from starting", "to": "to through thru", "until": "until till til", "since": "since", "before": "before",
    "after": "after", "between": "between", "and": "and", "or": "or", "than": "than", "within": "within",
    "own": "his her its their our my your", "per": "per", "every": "every each", "alternate": "alternate", "other": "other",
    # deictic words
    "this": "this", "that": "that", "next": "next", "last": "last", "past": "past", "previous": "previous preceding",
    "following": "following ensuing", "coming": "coming upcoming", "current": "current", "same": "same",
    "ago": "ago", "later": "later afterwards", "earlier": "earlier beforehand previously prior", "hence": "hence",
    # parts of a period
    "early": "early", "mid": "mid", "late": "late", "end": "end", "start": "start beginning", "middle": "middle",
    "half": "half", "percent": "percent pct", "turn": "turn",
    # bounds
    "about": "about around roughly approximately circa", "nearly": "nearly almost", "over": "over", "under": "under",
    "more": "more longer", "less": "less fewer", "least": "least", "most": "most", "up": "up", "no": "no not",
    "just": "just only barely", "little": "little", "close": "close", "shortly": "shortly", "exactly": "exactly full whole entire",
    "well": "well", "some": "some", "as": "as",
    # quantities
    "vague": "few several many", "couple": "couple", "dozen": "dozen", "dozens": "dozens", "score": "score",
    "once": "once twice thrice", "times": "times",
    # parts of the day, clock times
    "part": "morning afternoon evening night dawn daybreak dusk sunrise sunset nightfall lunchtime",
    "parts": "mornings afternoons evenings nights", "noon": "noon midday midnight", "oclock": "o'clock o’clock oclock",
    "overnight": "overnight", "ampm": "am pm", "local": "local", "time": "time", "eve": "eve",
    "zone": (
        "gmt utc bst cet cest est edt et pst pdt pt cst cdt ct mst mdt mt ist jst msk eet eest pkt sgt hkt kst aest aedt nzst "
        "nzdt sast wat"
    ),
    # days
    "deictic": "today yesterday tomorrow tonight", "weekend": "weekend", "weekends": "weekends",
    "weekdays": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    # seasons, decades, age
    "season": "spring summer autumn winter", "fall": "fall", "seasons": "springs summers autumns winters",
    "fractions": "thirds fifths", "nineties": " ".join(DECADES), "old": "old", "aged": "aged", "age": "age", 
    "anniversary": "anniversary birthday",
    "bc": "bc bce", "ad": "ad ce",
    # references without a calendar
    "now": "now currently nowadays presently", "recently": "recently lately", "soon": "soon", "recent": "recent",
    "fiscal": "fiscal financial",
    "moment": "moment present", "frequency": "daily weekly fortnightly monthly quarterly yearly annually",
    # units
    "second": "second", "quarter": "quarter", "unit": "minute hour day week fortnight month year decade century millennium",
    "units": (
        "seconds minutes hours days weeks fortnights months quarters years decades centuries millennia millenniums "
        "secs mins hrs hr min yrs yr"
    ),
    "ordw": " ".join(o for o in ORDINALS if o != "second"),
    "small": " ".join(n for n in SMALL if n != "zero"), "tens": " ".join(TENS), "scale": " ".join(SCALES),
}  # fmt: skip
"""Class → words in lower case. The lexer classifies months, weekdays, numbers and holidays."""
