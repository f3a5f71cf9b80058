"""JSON as files: indented, in readable UTF-8."""

import json


def write_json(value: object) -> str:
    """Indented JSON. Escaped throughout where the text holds lone surrogates, which UTF-8 cannot carry."""
    written = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return written if is_unicode(written) else json.dumps(value, indent=2) + "\n"


def is_unicode(text: str) -> bool:
    """False where the text holds a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def present(**members: object) -> dict[str, object]:
    """The members that are there: None means absence, and absence is left out.

    >>> present(url=None, name="Courier")
    {'name': 'Courier'}
    """
    return {name: value for name, value in members.items() if value is not None}
