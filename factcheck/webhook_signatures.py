"""Signatures of webhooks: signing a message, and verifying one.

Source: the Standard Webhooks specification.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping
from hashlib import sha256

from factcheck.errors import InvalidSetting

TOLERANCE_S = 300
"""Largest accepted difference between a webhook's timestamp and the receiver's clock, in seconds."""

_PREFIX = "whsec_"
_SECRET_BYTES = (24, 64)


def parse_secret(setting: str) -> bytes | None:
    """The signing key in `whsec_…`, None if the setting is empty.

    Raises: `InvalidSetting` where the setting is not a signing key.
    """
    if not setting:
        return None
    try:
        secret = base64.b64decode(setting.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    low, high = _SECRET_BYTES
    if not low <= len(secret) <= high:
        raise InvalidSetting(f"FACTCHECK_CALLBACK_SECRET must be {_PREFIX} and {low} to {high} bytes in base64")
    return secret


def signed_headers(secret: bytes | None, message_id: str, now_s: int, body: bytes) -> dict[str, str]:
    """`webhook-id`, `webhook-timestamp` and, where there is a secret, `webhook-signature`."""
    headers = {"webhook-id": message_id, "webhook-timestamp": str(now_s)}
    if secret is not None:
        headers["webhook-signature"] = _signature(secret, message_id, str(now_s), body)
    return headers


def verified(secret: bytes, headers: Mapping[str, str], body: bytes, now_s: float) -> bool:
    """True if the message was signed with `secret` within the tolerance. `headers` by lower-case names."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isascii() or not sent.isdecimal() or len(sent) > 12 or abs(now_s - int(sent)) > TOLERANCE_S:
        return False
    wanted = _signature(secret, message_id, sent, body).encode()
    given = headers.get("webhook-signature", "").encode("utf-8", "surrogateescape").split()
    return any(hmac.compare_digest(wanted, signature) for signature in given)


def _signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    digest = hmac.new(secret, f"{message_id}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
