"""Webhook signatures, and the addresses that a webhook may be sent to.

Source: the Standard Webhooks specification.
"""

import base64
import binascii
import hmac
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import urlsplit

from factcheck.errors import InvalidSetting

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

TOLERANCE_S = 300
"""Largest accepted difference between a webhook's timestamp and the receiver's clock, in seconds."""

_PREFIX = "whsec_"
_SECRET_BYTES = (24, 64)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


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


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Hosts that may be called: all public addresses, and the private ones listed here."""

    hosts: frozenset[str]
    networks: tuple[Network, ...]

    def permits(self, host: str, addresses: Iterable[Address]) -> bool:
        """False if any address of the host is private and not listed: DNS rebinding can point a name anywhere."""
        if host.lower().rstrip(".") in self.hosts:
            return True
        found = [_unwrapped(address) for address in addresses]
        return bool(found) and all(_is_public(a) or any(a in network for network in self.networks) for a in found)


def parse_reach(setting: str) -> AddressPolicy:
    """Parses host names, addresses and networks, separated by white space.

    >>> parse_reach("cms.internal 10.1.0.0/16").hosts
    frozenset({'cms.internal'})
    """
    hosts, networks = set(), []
    for word in setting.split():
        try:
            networks.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            hosts.add(word.lower().rstrip("."))
    return AddressPolicy(frozenset(hosts), tuple(networks))


def unreachable(url: str, reach: AddressPolicy) -> str | None:
    """Why a webhook can never go to the address, told without asking any name server; None if it may.

    >>> unreachable("http://localhost:9/hook", parse_reach(""))[:40]
    'localhost is an address of this machine '
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "Must have a port between 1 and 65535."
    if port == 0:
        return "Must have a port between 1 and 65535."
    if reach.permits(host, []):
        return None
    if host == "localhost" or host.endswith(".localhost"):
        return f"{host} is an address of this machine {_LISTED}"
    if host.endswith((".invalid", ".example", ".test")) or host in ("invalid", "example", "test"):
        return f"{host} is a name that is reserved and never exists (RFC 6761)."
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return None if reach.permits(host, [address]) else f"{host} is not public {_LISTED}"


_LISTED = "and webhooks may not go there; the operator can list it in FACTCHECK_CALLBACK_HOSTS."


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_link_local)


def _unwrapped(address: Address) -> Address:
    """The IPv4 address embedded in an IPv6 address, which the connection would finally reach."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return inner or address
