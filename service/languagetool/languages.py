"""Which languages are checked, by the names and codes that editors know."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import BadRequest

_VARIANTS = {"US": "US", "GB": "GB", "AU": "Australian", "CA": "Canadian", "NZ": "New Zealand", "ZA": "South African"}


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is what the client asked for, `assumed` is True where it left the choice to us."""

    name: str
    code: str
    assumed: bool


LANGUAGES: dict[str, str] = {
    "en": "English",
    **{f"en-{region}": f"English ({name})" for region, name in _VARIANTS.items()},
}
"""Code → name. The first one stands for all of them."""


def chosen_language(asked: str, preferred: Sequence[str]) -> Language:
    """English, in the variant asked for or preferred. Raises 400 for another language: it cannot be checked here.

    >>> chosen_language("auto", ["de-AT", "en-GB"]).code
    'en-GB'
    """
    known = {code.lower(): code for code in LANGUAGES}
    if asked.strip().lower() in {"", "auto"}:
        wished = [known[code.lower()] for code in preferred if code.lower() in known]
        code = wished[0] if wished else "en-US"
        return Language(LANGUAGES[code], code, assumed=True)
    found = known.get(asked.strip().lower().replace("_", "-"))
    if found is None and asked.strip().lower().startswith("en-"):
        found = "en"
    if found is None:
        raise BadRequest(f"{asked[:40]!r} is no language that is checked here; /v2/languages lists those that are.")
    return Language(LANGUAGES[found], found, assumed=False)


def listing() -> list[dict[str, str]]:
    """What `/v2/languages` answers."""
    return [{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()]
