"""Editorial marks within quoted words, such as "[sic]"."""

import re

from worker.text.pipeline_types import PlainText

_SIC = re.compile(r"[ \u00a0]?[\[(]\s*(?:sic|recte|emphasis (?:added|ours|mine))\s*[.!]?\s*[\])]", re.IGNORECASE)


def without_editor_marks(plain: PlainText) -> PlainText:
    """The text without "[sic]" and similar marks. The other characters keep their offsets.

    >>> without_editor_marks(PlainText("irregardless [sic] of", tuple(range(22)))).text
    'irregardless of'
    """
    marks = list(_SIC.finditer(plain.text))
    if not marks:
        return plain
    chars, offsets, at = list[str](), list[int](), 0
    for start, end in (*(mark.span() for mark in marks), (len(plain.text), len(plain.text))):
        chars.append(plain.text[at:start])
        offsets += plain.offsets[at:start]
        at = end
    return PlainText("".join(chars), (*offsets, plain.offsets[-1]))
