"""The addresses that a webhook may be sent to."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


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
