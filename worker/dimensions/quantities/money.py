"""Currencies: signs, codes and words to one name. A word that names several currencies ("crowns") keeps that word."""

SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₦": "NGN",
    "฿": "THB",
    "₱": "PHP",
    "₫": "VND",
}
PREFIXES = {
    "us": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "can": "CAD", "nz": "NZD", "hk": "HKD",
    "s": "SGD", "sg": "SGD", "nt": "TWD", "r": "BRL", "mex": "MXN",
}  # fmt: skip
CODES = {
    code.lower(): code
    for code in """USD EUR GBP JPY CHF CNY RMB INR KRW RUB SEK NOK DKK ISK CZK PLN HUF UAH AUD CAD NZD HKD SGD BRL MXN
        ZAR""".split()
} | {"rs": "INR", "rmb": "CNY", "kr": "crown"}
_WORDS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "won": "KRW", "ruble": "RUB", "rouble": "RUB", "rupee": "rupee", "crown": "crown", "krona": "SEK", "kronor": "SEK",
    "krone": "krone", "kroner": "krone", "koruna": "CZK", "franc": "franc", "peso": "peso", "real": "BRL", "reais": "BRL",
    "zloty": "PLN", "forint": "HUF", "lira": "lira", "hryvnia": "UAH", "shekel": "ILS", "rand": "ZAR", "ringgit": "MYR",
    "baht": "THB", "naira": "NGN", "dinar": "dinar", "dirham": "dirham", "riyal": "riyal", "rial": "rial", "shilling": "shilling",
    "rupiah": "IDR", "guilder": "guilder", "bitcoin": "BTC", "sol": "PEN",
}  # fmt: skip
WORDS = {word + ending: unit for word, unit in _WORDS.items() for ending in ("", "s")}
CENTS = {"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP", "pennies": "GBP", "p": "GBP"}
_NATIONS = {
    ("dollar", "us"): "USD", ("dollar", "u.s."): "USD", ("dollar", "american"): "USD", ("dollar", "canadian"): "CAD",
    ("dollar", "australian"): "AUD", ("dollar", "zealand"): "NZD", ("dollar", "kong"): "HKD", ("dollar", "singapore"): "SGD",
    ("crown", "swedish"): "SEK", ("crown", "norwegian"): "NOK", ("crown", "danish"): "DKK", ("crown", "czech"): "CZK",
    ("franc", "swiss"): "CHF", ("peso", "mexican"): "MXN", ("peso", "argentine"): "ARS", ("rupee", "indian"): "INR",
    ("lira", "turkish"): "TRY", ("krone", "norwegian"): "NOK", ("krone", "danish"): "DKK", ("yuan", "chinese"): "CNY",
}  # fmt: skip
NATIONS = frozenset(nation for _, nation in _NATIONS) | {
    "hong",
    "new",
    "south",
    "african",
    "korean",
    "japanese",
    "russian",
    "british",
}
_FAMILIES = {
    "crown": frozenset(("SEK", "NOK", "DKK", "CZK", "ISK", "krone")), "krone": frozenset(("NOK", "DKK", "crown")),
    "franc": frozenset(("CHF",)), "peso": frozenset(("MXN", "ARS", "PHP")), "rupee": frozenset(("INR", "PKR", "LKR")),
    "lira": frozenset(("TRY",)),
}  # fmt: skip


def currency_of(word: str, nation: str = "") -> str:
    """The unit of a currency word: ("dollars", "canadian") → "CAD", ("crowns", "") → "crown", "" where it is none.

    >>> currency_of("dollars"), currency_of("dollars", "canadian"), currency_of("cows")
    ('USD', 'CAD', '')
    """
    return _NATIONS.get((word.removesuffix("s"), nation)) or WORDS.get(word, "")


def same_currency(a: str, b: str) -> bool:
    """True where both may name one currency: "crown" and "SEK" may, "SEK" and "NOK" may not."""
    return a == b or b in _FAMILIES.get(a, ()) or a in _FAMILIES.get(b, ())
