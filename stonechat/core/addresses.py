"""Which addresses belong to the open internet, and which to somebody's network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_PUBLIC_6 = IPv6Network("2000::/3")  # the only global unicast range that IANA hands out
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also where it carries another inside it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    if carried := _carried(address):
        return is_public(carried)
    return address in _PUBLIC_6 and address.is_global


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which a gateway would hand on what is sent to this one."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    # A Teredo address carries its server's and its client's: the client is who would answer.
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def unmapped(address: Address) -> Address:
    """The IPv4 address itself, where one is written as an IPv6 address."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
