"""JSON for files: indented, unescaped UTF-8."""

import json


def write_json(value: object) -> str:
    """Indented JSON. Escapes all non-ASCII if the text contains lone surrogates, which UTF-8 cannot encode."""
    written = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return written if is_unicode(written) else json.dumps(value, indent=2) + "\n"


def is_unicode(text: str) -> bool:
    """False if the text contains a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def present(**members: object) -> dict[str, object]:
    """The members whose value is not None.

    >>> present(url=None, name="Courier")
    {'name': 'Courier'}
    """
    return {name: value for name, value in members.items() if value is not None}
