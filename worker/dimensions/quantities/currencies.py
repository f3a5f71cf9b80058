"""Currencies: signs, codes and words → ISO 4217 code. A word shared by several currencies ("crowns") stays that word."""

SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "₩": "KRW",
    "₹": "INR",
    "₨": "rupee",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₦": "NGN",
    "฿": "THB",
    "₱": "PHP",
    "₫": "VND",
    "৳": "BDT",
    "₵": "GHS",
    "₸": "KZT",
    "₾": "GEL",
}
_PREFIXED = {
    "$": """us USD, usa USD, a AUD, au AUD, aus AUD, c CAD, ca CAD, can CAD, cdn CAD, cad CAD, nz NZD, hk HKD, s SGD, sg SGD,
        nt TWD, tw TWD, r BRL, mex MXN, mx MXN, j JMD, ja JMD, tt TTD, z ZWL, zw ZWL, n NAD, nam NAD, l LRD, fj FJD, bds BBD,
        ec XCD, bz BZD, b BND, gy GYD, mop MOP, usd USD, aud AUD, nzd NZD, hkd HKD, sgd SGD""",
    "£": "e EGP, eg EGP, le EGP, ir IEP, gb GBP, uk GBP",
    "¥": "cn CNY, rmb CNY, jp JPY",
}
# Letters before a currency sign name the country: "HK$", "C$", "E£".
PREFIXES = {(sign, pair.split()[0]): pair.split()[1] for sign, line in _PREFIXED.items() for pair in line.split(",")}
CODES = {
    code.lower(): code
    for code in """USD EUR GBP JPY CHF CNY RMB INR KRW RUB SEK NOK DKK ISK CZK PLN HUF UAH AUD CAD NZD HKD SGD BRL MXN
        ZAR TWD AED SAR QAR KWD EGP NGN KES GHS PKR BDT LKR NPR IDR MYR THB VND PHP ILS CLP RSD BGN KZT UZS XOF XAF""".split()
} | {"rs": "rupee", "rmb": "CNY", "kr": "crown"}
_WORDS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "won": "KRW", "ruble": "RUB", "rouble": "RUB", "rupee": "rupee", "crown": "crown", "krona": "krona", "kronor": "SEK",
    "krónur": "ISK", "kronur": "ISK", "krone": "krone", "kroner": "krone", "koruna": "CZK", "franc": "franc", "peso": "peso",
    "real": "BRL", "reais": "BRL", "zloty": "PLN", "forint": "HUF", "lira": "lira", "hryvnia": "UAH", "shekel": "ILS",
    "rand": "ZAR", "ringgit": "MYR", "baht": "THB", "naira": "NGN", "dinar": "dinar", "dirham": "dirham", "riyal": "riyal",
    "rial": "rial", "shilling": "shilling", "rupiah": "IDR", "guilder": "guilder", "bitcoin": "BTC", "sol": "PEN", "taka": "BDT",
    "tenge": "KZT", "lari": "GEL", "leu": "RON", "lei": "RON", "lev": "BGN", "leva": "BGN", "birr": "ETB", "cedi": "GHS",
    "kwacha": "ZMW", "kuna": "HRK",
}  # fmt: skip
WORDS = {word + ending: unit for word, unit in _WORDS.items() for ending in ("", "s")}
CENTS = {"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP", "pennies": "GBP", "p": "GBP"}
_OF_NATIONS = {
    "dollar": """us USD, u.s. USD, american USD, canadian CAD, australian AUD, zealand NZD, kong HKD, singapore SGD,
        singaporean SGD, taiwan TWD, taiwanese TWD, jamaican JMD, zimbabwean ZWL, zimbabwe ZWL, namibian NAD, liberian LRD,
        fijian FJD, fiji FJD, barbadian BBD, barbados BBD, bermudian BMD, bahamian BSD, brunei BND, belize BZD, guyanese GYD""",
    "crown": "swedish SEK, norwegian NOK, danish DKK, icelandic ISK, czech CZK, slovak SKK, estonian EEK",
    "krona": "swedish SEK, icelandic ISK",
    "krone": "norwegian NOK, danish DKK",
    "koruna": "czech CZK, slovak SKK",
    "franc": "swiss CHF, french FRF, belgian BEF, cfa XOF, congolese CDF, rwandan RWF, burundian BIF",
    "peso": """mexican MXN, argentine ARS, argentinian ARS, chilean CLP, colombian COP, philippine PHP, filipino PHP,
        uruguayan UYU, cuban CUP, dominican DOP""",
    "rupee": "indian INR, pakistani PKR, pakistan PKR, lankan LKR, nepalese NPR, nepali NPR, mauritian MUR, seychellois SCR",
    "lira": "turkish TRY, italian ITL",
    "pound": """british GBP, sterling GBP, english GBP, scottish GBP, egyptian EGP, lebanese LBP, syrian SYP, sudanese SDG,
        irish IEP, cypriot CYP""",
    "yen": "japanese JPY",
    "yuan": "chinese CNY",
    "won": "korean KRW, north-korean KPW",
    "ruble": "russian RUB, belarusian BYN",
    "rouble": "russian RUB, belarusian BYN",
    "rand": "african ZAR",
    "real": "brazilian BRL",
    "dinar": """kuwaiti KWD, iraqi IQD, serbian RSD, jordanian JOD, algerian DZD, tunisian TND, bahraini BHD, libyan LYD,
        macedonian MKD""",
    "dirham": "moroccan MAD, emirati AED, uae AED",
    "riyal": "saudi SAR, qatari QAR, omani OMR, yemeni YER, iranian IRR",
    "rial": "iranian IRR, omani OMR, yemeni YER",
    "shilling": "kenyan KES, ugandan UGX, tanzanian TZS, somali SOS",
    "leu": "romanian RON, moldovan MDL",
    "lei": "romanian RON, moldovan MDL",
    "sol": "peruvian PEN",
}
_NATIONS = {(word, pair.split()[0]): pair.split()[1] for word, line in _OF_NATIONS.items() for pair in line.split(",")}
NATIONS = frozenset(nation for _, nation in _NATIONS)
# Nations of two words → the table's word.
LONG_NATIONS = {
    ("new", "zealand"): "zealand", ("hong", "kong"): "kong", ("south", "african"): "african", ("south", "korean"): "korean",
    ("north", "korean"): "north-korean", ("sri", "lankan"): "lankan",
}  # fmt: skip
_FAMILIES = {
    word: frozenset(unit for (name, _), unit in _NATIONS.items() if name == word)
    for word in (
        "crown",
        "krone",
        "krona",
        "franc",
        "peso",
        "rupee",
        "lira",
        "dinar",
        "dirham",
        "riyal",
        "rial",
        "shilling",
    )
} | {"guilder": frozenset(("ANG", "NLG"))}


def currency_of(word: str, nation: str = "") -> str:
    """The unit of a currency word: ("dollars", "canadian") → "CAD", ("crowns", "") → "crown"; "" for other words.

    >>> currency_of("dollars"), currency_of("dollars", "canadian"), currency_of("cows")
    ('USD', 'CAD', '')
    """
    singular = _SINGULARS.get(word, word.removesuffix("s"))
    return _NATIONS.get((singular, nation)) or WORDS.get(word, "")


_SINGULARS = {"kronor": "krona", "kronur": "krona", "kroner": "krone", "reais": "real"}


def same_currency(a: str, b: str) -> bool:
    """True if both can mean one currency: "crown" and "SEK", but not "SEK" and "NOK"."""
    return a == b or not _readings(a).isdisjoint(_readings(b))


def _readings(unit: str) -> frozenset[str]:
    """The currencies that a unit can mean. "crown" includes those of "krona" and "krone"."""
    return _FAMILIES.get(unit, frozenset((unit,)))
