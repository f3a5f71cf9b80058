"""Text analysis of the search: lower case, accents folded, English stems."""

from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYZER = "english"
LONGEST_TOKEN_BYTES = 60
MOST_TERMS = 64
"""Maximum number of query terms. More add time and no precision: a 20-word claim has about 12 without stop words."""

# Function words: half of a claim's words, little information, most of a query's time (0.7 ms without, 2.8 ms with, at 100k).
_STOP_WORDS = """
a about above after again against all also am an and any are as at be because been before being below between
both but by can could did do does doing down during each few for from further had has have having he her here
hers herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off
on once only or other our ours ourselves out over own said same say says she should so some such than that the
their theirs them themselves then there these they this those through to too under until up upon very was we
were what when where which while who whom why will with would you your yours s t d ll m re ve don didn isn wasn
"""


@cache
def analyzer() -> TextAnalyzer:
    """The analyzer of index and queries. Built once per process; stateless between texts."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_TOKEN_BYTES))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(analyzer().analyze(_STOP_WORDS))


def terms(text: str) -> list[str]:
    """All terms of a text, in order.

    >>> terms("The Games opened.")
    ['the', 'game', 'open']
    """
    found: list[str] = analyzer().analyze(printable(text))
    return found


def query_terms(words: str) -> list[str]:
    """The distinct terms to search for, in order, without stop words. Keeps stop words where there is nothing else.

    >>> query_terms("The opening ceremonies of the Games")
    ['open', 'ceremoni', 'game']
    """
    distinct = list(dict.fromkeys(terms(words)))
    content_terms = [term for term in distinct if term not in _stop_terms()]
    return (content_terms or distinct)[:MOST_TERMS]


def printable(text: str) -> str:
    """`text` with each lone surrogate, which JSON allows and UTF-8 does not, replaced by U+FFFD. Offsets do not change."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
