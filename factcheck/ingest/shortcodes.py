"""WordPress text before it is HTML: shortcodes and the empty lines that stand for paragraphs.

Source: https://developer.wordpress.org/apis/shortcode/ and `wpautop` of WordPress' `wp-includes/formatting.php`.
"""

import re

_EMPTY_OF_TEXT = (
    "gallery embed audio video playlist code sourcecode youtube vimeo tweet instagram soundcloud map googlemaps"
)
_MEDIA = re.compile(
    rf"\[({'|'.join(_EMPTY_OF_TEXT.split())})\b[^\]]*\](?:(?:(?!\[\1\b).){{0,4000}}?\[/\1\])?",
    re.IGNORECASE | re.DOTALL,
)
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.IGNORECASE | re.DOTALL)
_CAPTION_WORDS = re.compile(r"\bcaption=(\"|')(.*?)\1", re.DOTALL)
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_ESCAPED = re.compile(r"\[(\[[^\[\]]*\])\]")
_WITH_ATTRIBUTES = re.compile(
    r"\[/?[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|&quot;.*?&quot;|”[^”]*”|[^\s\]\"']+))+\s*/?\]", re.IGNORECASE
)
_CLOSING = re.compile(r"\[/([a-z][\w-]*)\]", re.IGNORECASE)
_ALONE = re.compile(r"^[ \t]*(?:<p>)?\[[a-z][\w-]*[-_][\w-]*[^\]\n]*\](?:</p>)?[ \t]*$", re.IGNORECASE | re.MULTILINE)
_BLOCK_NAMES = (
    "p|div|ul|ol|li|table|h[1-6]|blockquote|pre|figure|figcaption|section|article|dl|dt|dd|hr|address|tr|td|th"
)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})\b", re.IGNORECASE)
_OPENING_TAG = re.compile(rf"<(?:{_BLOCK_NAMES})\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</(?:{_BLOCK_NAMES})\s*>", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


def strip_shortcodes(text: str) -> str:
    """Text without shortcodes; what they enclose stays, a caption as a paragraph. Brackets of a quotation stay.

    >>> strip_shortcodes('[caption id="a"]<img src="x.jpg"/> The old mill[/caption]He [Berg] left. [gallery ids="1,2"]')
    '<figcaption>The old mill</figcaption>He [Berg] left. '
    """
    if "[" not in text:
        return text
    text, kept = _protected(text)
    text = _CAPTION.sub(_captioned, _MEDIA.sub("", text))
    text = _ALONE.sub("", _WITH_ATTRIBUTES.sub("", text))
    for name in {match[1] for match in _CLOSING.finditer(text)}:
        text = re.sub(rf"\[/?{re.escape(name)}\b[^\]]*\]", "", text)
    return _restored(text, kept)


def paragraphs(text: str) -> str:
    """Classic posts: an empty line begins a paragraph, a single line end is a line break. Posts made of blocks are HTML.

    >>> paragraphs("One.\\n\\nTwo,\\nthree.")
    '<p>One.</p><p>Two,<br>three.</p>'
    """
    if "<!-- wp:" in text or "\n" not in text.strip():
        return text
    spaced = _CLOSING_TAG.sub("\\g<0>\n\n", _OPENING_TAG.sub("\n\n\\g<0>", text.replace("\r\n", "\n")))
    parts = _EMPTY_LINE.split(spaced.strip())
    return "".join(part if _BLOCK_TAG.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def _captioned(found: re.Match[str]) -> str:
    named = _CAPTION_WORDS.search(found[1])
    words = _IMAGE.sub("", found[2]).strip() or (named[2] if named else "")
    return f"<figcaption>{words}</figcaption>" if words else ""


def _protected(text: str) -> tuple[str, list[str]]:
    """`[[gallery]]` is the literal text [gallery]."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\ufdd1{len(kept) - 1}\ufdd1"

    return _ESCAPED.sub(keep, text), kept


def _restored(text: str, kept: list[str]) -> str:
    for number, words in enumerate(kept):
        text = text.replace(f"\ufdd1{number}\ufdd1", words)
    return text
