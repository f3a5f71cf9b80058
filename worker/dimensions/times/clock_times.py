"""Times of day: "just before 3 a.m.", "7 p.m.", "five in the morning", "15:30", "shortly after midnight"."""

from worker.dimensions.times.numerals import count
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import PART_MINUTES, PARTS

NEAR_MINUTES = {"before": (-25, 0), "after": (0, 45), "about": (-20, 20), "nearly": (-20, 0)}
"""Range in minutes from the stated time for "just before", "shortly after" and "about"."""

UNDATED = "XXXX-XX-XX"
CLOCK_CUES = frozenset("at by from until till to before after around about since between and dash".split())


def clock(found: RuleMatch) -> TimeValue | None:
    """A time of day with "a.m.", "o'clock" or a part of day, or written "15:30"."""
    minute = _minute(found)
    if minute is None:
        return None
    low, high = NEAR_MINUTES[_near(found)] if _near(found) else (0, 0)
    return found.value(
        "time", f"{UNDATED}T{minute // 60:02}:{minute % 60:02}", "clock", anchored=False, minutes=(minute + low, minute + high),
        fuzzy=low != high, zone=found.word("zone") or ("local" if found.has("local") else None), modifier=_near(found) or None,
    )  # fmt: skip


def _near(found: RuleMatch) -> str:
    return found.lexed.name(found.match.start("rel")) if found.has("rel") else ""


def _minute(found: RuleMatch) -> int | None:
    if found.has("noon"):
        if found.has("hour") and count(found.lexed, found.tokens("hour")) != 12:
            return None
        return 1440 if found.word("noon") == "midnight" else 720
    if found.has("hhmm"):
        return int(found.word("hhmm")[:2]) * 60 + int(found.word("hhmm")[2:])
    hour, minutes = _hour(found)
    if hour > 24 or minutes > 59:
        return None
    if found.has("ampm"):
        if not 1 <= hour <= 12:
            return None
        return (hour % 12 + (12 if found.word("ampm").startswith("p") else 0)) * 60 + minutes
    if found.has("part"):
        late = PARTS[found.word("part")] in ("AF", "EV") or (PARTS[found.word("part")] == "NI" and hour >= 6)
        return ((hour % 12 + 12) if late else hour % 12 if hour == 12 else hour) * 60 + minutes
    if found.has("clock") and not _clock_wanted(found):
        return None
    return hour * 60 + minutes


def _hour(found: RuleMatch) -> tuple[int, int]:
    if found.has("clock"):
        hours, minutes = found.word("clock").replace(".", ":").split(":")
        return int(hours), int(minutes)
    hour = int(count(found.lexed, found.tokens("hour")) or 99)
    if found.has("past"):
        return hour, 30
    return hour, 0


def _clock_wanted(found: RuleMatch) -> bool:
    zoned = found.has("zone") or found.has("local")
    if "." in found.word("clock"):
        return zoned or _is_dotted_clock(found)
    return found.before() in CLOCK_CUES or zoned or found.has("rel") or found.names_before() == "dash"


DOTTED_CUES = frozenset("at by from until till before after around about".split())
SET_FOR = frozenset("set scheduled due planned timed slated billed booked fixed meeting kickoff start".split())
BEHIND_CLOCK = frozenset(
    ("", "stop", "comma", "paren", "on", "in", "weekday", "deictic", "and", "to", "dash", "until", "month", "this")
)


def _is_dotted_clock(found: RuleMatch) -> bool:
    """True for "at 14.30", "set for 9.15". False if a unit follows: "at 2.30 euros", "by 1.25 points"."""
    cued = found.before() in DOTTED_CUES or (found.before() == "for" and found.before(2) in SET_FOR)
    return cued and found.name_after() in BEHIND_CLOCK and int(found.word("clock").partition(".")[0]) < 24


def clock_range(found: RuleMatch) -> TimeValue | None:
    """ "2-4 p.m.", "from 9 to 11 a.m."."""
    half = 12 if found.word("ampm").startswith("p") else 0
    low, high = (int(count(found.lexed, found.tokens(n)) or 99) for n in ("hour", "hour2"))
    if not (1 <= low <= 12 and 1 <= high <= 12):
        return None
    end = (high % 12 + half) * 60
    begin = (low % 12 + half) * 60
    begin -= 720 if begin > end else 0
    timex = f"{UNDATED}T{begin // 60:02}:00/{UNDATED}T{end // 60:02}:00"
    return (
        found.value("time", timex, "clock", anchored=False, minutes=(begin, end), modifier="range")
        if begin >= 0
        else None
    )


def part_of(found: RuleMatch) -> TimeValue | None:
    """ "The early hours", "the night", "the evening", before "of Saturday"."""
    if found.has("part"):
        code = PARTS[found.word("part")]
        return found.value("time", f"{UNDATED}T{code}", "part", anchored=False, minutes=PART_MINUTES[code])
    if found.word("units") != "hours":
        return None
    return found.value("time", f"{UNDATED}TMO", "part", anchored=False, minutes=(0, 420), modifier="early")


def race_time(found: RuleMatch) -> TimeValue | None:
    """ "2:06:41": a duration to the second."""
    hours, minutes, seconds = (int(part) for part in found.lexed.words[found.first].split(":"))
    days = (hours * 3600 + minutes * 60 + seconds) / 86400
    slack = 0.4 / 86400
    timex = f"PT{hours}H{minutes}M{seconds}S"
    return found.value("duration", timex, "second", days=(days - slack, days + slack))
