"""The supported languages, with LanguageTool's names and codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import BadRequest

_VARIANTS = {"US": "US", "GB": "GB", "AU": "Australian", "CA": "Canadian", "NZ": "New Zealand", "ZA": "South African"}


@dataclass(frozen=True, slots=True)
class Language:
    """`code` as requested by the client; `assumed` is True if the client sent `auto`."""

    name: str
    code: str
    assumed: bool


LANGUAGES: dict[str, str] = {
    "en": "English",
    **{f"en-{region}": f"English ({name})" for region, name in _VARIANTS.items()},
}
"""Code → name. The first code is the default for unknown variants of English."""


def chosen_language(requested: str, preferred: Sequence[str]) -> Language:
    """English in the requested or preferred variant. Raises `BadRequest` for another language.

    >>> chosen_language("auto", ["de-AT", "en-GB"]).code
    'en-GB'
    """
    known = {code.lower(): code for code in LANGUAGES}
    if requested.strip().lower() in {"", "auto"}:
        preferred_codes = [known[code.lower()] for code in preferred if code.lower() in known]
        code = preferred_codes[0] if preferred_codes else "en-US"
        return Language(LANGUAGES[code], code, assumed=True)
    found = known.get(requested.strip().lower().replace("_", "-"))
    if found is None and requested.strip().lower().startswith("en-"):
        found = "en"
    if found is None:
        raise BadRequest(f"{requested[:40]!r} is not supported; /v2/languages lists the supported languages.")
    return Language(LANGUAGES[found], found, assumed=False)


def listing() -> list[dict[str, str]]:
    """The body of `/v2/languages`."""
    return [{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()]
