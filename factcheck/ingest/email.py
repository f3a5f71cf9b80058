"""Agency mail: EML files and mbox mailboxes, by the standard library's parser.

Source: RFC 5322 and RFC 2045. The date is that of the `Date` header in its own zone.
"""

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from itertools import pairwise

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.element_trees import html_text
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDate, RawDocument, UnreadableEntry

EML, MBOX = "eml", "mbox"
_LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024
_WRAPPED_FROM = 40
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"^(?:On .{5,120} wrote:|-----\s*Original Message\s*-----)$.*", re.MULTILINE | re.DOTALL)
_REPLY = re.compile(r"^\s*(?:(?:re|aw|sv|fwd?|wg|vs)\s*:\s*)+", re.IGNORECASE)
_KILL = re.compile(
    r"^\W*(?:[A-Z]{2,6}[- ])?(?:(?:MANDATORY )?KILL(?:ED)?|RETRACT(?:ION|ED)|WITHDRAW[NL]?\w*|CANCELL?ED"
    r"|(?i:kill|retraction|withdrawn))\b\s*[:\-–—]"
)
_CORRECTION = re.compile(r"\b(?:CORRECT(?:ION|ED|S)|CORRECTIVE|CLARIFICATION|WRITETHRU)\b", re.IGNORECASE)
_EMBARGO = re.compile(
    r"\b(?:strictly\s+)?(?:embargo(?:ed)?|not for (?:publication|release) (?:before|until)|hold for release)\b[\s:]*"
    r"(?:until|till|to|before|for release)?[\s:]*(?P<when>[^\n]{4,80})",
    re.IGNORECASE,
)
_HOUR = r"(?P<time>\d{1,2}[:.]?\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|[+-]\d{4}|hrs))?)"
_DAY = r"(?P<day>(?:[A-Za-z]+,?\s+)?(?:\d{1,2}\s+\w+\s+\d{4}|\w+\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d))"
_HOUR_FIRST = re.compile(rf"{_HOUR}[\s,]*(?:on\s+)?{_DAY}", re.IGNORECASE)


def read_message(file: ArchiveFile) -> Iterator[Item]:
    """The one mail of the file. Raises `UnreadableSource`."""
    raw = file.whole()
    message = parsed(raw)
    if not message.keys():
        raise UnreadableSource("is no mail (no headers)")
    yield mail_report(message, None, file.name)


def read_mailbox(file: ArchiveFile) -> Iterator[Item]:
    """One report a mail, streamed. Raises `UnreadableSource`."""
    with file.opened() as raw:
        for number, lines in enumerate(_messages(raw), 1):
            entry = f"mail {number}"
            if lines is None:
                yield UnreadableEntry(entry, f"is larger than {_LARGEST_MESSAGE_BYTES >> 20} MB")
            else:
                yield mail_report(parsed(lines), entry, f"{file.basename}#{number}")


def parsed(raw: bytes) -> EmailMessage:
    """The mail; the parser takes any bytes."""
    message = BytesParser(policy=email.policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


def mail_report(message: EmailMessage, entry: str | None, name: str) -> RawDocument:
    """One mail as a report; `name` is its id where it has none."""
    subject = _REPLY.sub("", _header(message, "Subject"))
    text, field = _body(message)
    status, reason = _status(message, subject)
    sender, address = parseaddr(_header(message, "From"))
    is_correction = status is not PublishingStatus.PUBLISHED or bool(_CORRECTION.search(subject))
    return RawDocument(
        entry=entry,
        id=_header(message, "Message-ID").strip("<> ") or name,
        title=subject,
        text=text,
        source=_header(message, "Organization") or sender or address.rpartition("@")[2],
        url=_header(message, "Archived-At").strip("<> ") or None,
        language=_header(message, "Content-Language") or None,
        tags=tuple(_header(message, "Keywords").split(",")),
        corrects=_parent(message) if is_correction else None,
        status=status,
        reason=reason,
        published=(*_stamps(message, "Date"), *printed_stamps(text.split("\n\n"))),
        embargo=tuple(_embargo(message, subject, text)),
        byline=sender,
        fields=(("title", "Subject"), ("text", field), ("id", "Message-ID")),
    )


def attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file."""
    for part in message.iter_attachments():
        name, payload = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(payload, bytes):
            yield name, payload


def _status(message: EmailMessage, subject: str) -> tuple[PublishingStatus, str | None]:
    if _KILL.search(f"{subject}:"):
        return PublishingStatus.RETRACTED, f"its subject withdraws a report: {subject[:80]}"
    if _header(message, "X-Status").upper() == "T" or _header(message, "X-Mozilla-Status").upper().endswith("9"):
        return PublishingStatus.TRASHED, "the mail was deleted"
    return PublishingStatus.PUBLISHED, None


def _body(message: EmailMessage) -> tuple[str, str]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", "-"
    kind = part.get_content_type()
    try:
        content = part.get_content()
    except (LookupError, ValueError, KeyError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    content = str(content).replace("\r\n", "\n")
    if kind == "text/html":
        return html_text(content), kind
    flowed = part.get_param("format") == "flowed"
    return plain_text(content, flowed, part.get_param("delsp") == "yes"), kind


def plain_text(text: str, is_flowed: bool, delete_space: bool = False) -> str:
    """Without the signature, quoted mail and hard line ends of a paragraph.

    >>> plain_text("Rain fell on the\\ncity.\\n\\nThen sun.\\n-- \\nDesk", False)
    'Rain fell on the city.\\n\\nThen sun.'
    """
    text = _QUOTED.sub("", _SIGNATURE.sub("", text))
    lines = [line for line in text.split("\n") if not line.startswith(">")]
    if is_flowed:
        lines = _unflowed(lines, delete_space)
    blocks = re.split(r"\n[ \t]*\n\s*", "\n".join(lines).strip())
    return "\n\n".join(_unwrapped(block) for block in blocks if block.strip())


def _unflowed(lines: list[str], delete_space: bool) -> list[str]:
    """RFC 3676: a line that ends in a space goes on in the next one."""
    joined: list[str] = []
    goes_on = False
    for line in lines:
        words = line.removeprefix(" ") if line.startswith(" ") and not goes_on else line
        if goes_on and joined:
            joined[-1] = (joined[-1][:-1] if delete_space else joined[-1]) + words
        else:
            joined.append(words)
        goes_on = words.endswith(" ") and words != "-- "
    return joined


def _unwrapped(block: str) -> str:
    """One line where the lines look wrapped: all but the last are long, or the next ones begin in lower case."""
    lines = [line.strip() for line in block.split("\n")]
    goes_on = [len(line) > _WRAPPED_FROM or after[:1].islower() for line, after in pairwise(lines)]
    return " ".join(lines) if all(goes_on) else "\n".join(lines)


def _embargo(message: EmailMessage, subject: str, text: str) -> Iterator[RawDate]:
    for name in ("X-Embargo", "Embargo", "X-Embargoed-Until"):
        yield from _stamps(message, name)
    for words in (subject, *text.split("\n")[:6]):
        if found := _EMBARGO.search(words):
            yield RawDate("embargo notice", _turned(found["when"]))
            return


def _turned(words: str) -> str:
    """`18:00 GMT, 5 March 2018` with the day first, as dates are read."""
    words = words.strip(" .:;)]*-–—")
    found = _HOUR_FIRST.search(words)
    return f"{found['day']} {found['time']}" if found else words


def _parent(message: EmailMessage) -> str | None:
    references = f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}".split()
    return references[-1].strip("<>") if references else None


def _stamps(message: EmailMessage, name: str) -> Iterator[RawDate]:
    if raw := _header(message, name):
        yield RawDate(name, raw)


def _header(message: EmailMessage, name: str) -> str:
    """ "" for a header that is missing or cannot be parsed."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, TypeError, AttributeError, LookupError):
        return ""


def _messages(lines: object) -> Iterator[bytes | None]:
    """Mails of an mbox in order; None for one that is too large. `>From ` of the body is `From `."""
    collected: list[bytes] = []
    size, is_begun, was_blank = 0, False, True
    for line in lines:  # type: ignore[attr-defined]
        if line.startswith(b"From ") and was_blank:
            if is_begun:
                yield b"".join(collected) if size <= _LARGEST_MESSAGE_BYTES else None
            collected, size, is_begun = [], 0, True
        elif is_begun:
            size += len(line)
            if size <= _LARGEST_MESSAGE_BYTES:
                collected.append(line[1:] if line.startswith(b">From ") else line)
        was_blank = not line.strip()
    if is_begun:
        yield b"".join(collected) if size <= _LARGEST_MESSAGE_BYTES else None
