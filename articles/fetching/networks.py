"""Which IP addresses are dialled: those of the public Internet, by tables of our own."""

from __future__ import annotations

import ipaddress
from typing import Final

# IANA's registry of special addresses, multicast, what is reserved, and the agent of a cloud.
REFUSED_4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# All of IPv6 that is given out lies in here; translated and tunnelled IPv4 is outside or refused.
PUBLIC_6: Final = ipaddress.IPv6Network("2000::/3")
REFUSED_6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """Tell whether an IP address may be dialled."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    # Python's own tables are a second opinion, for what is set apart after ours were written.
    if not found.is_global or found.is_multicast:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in REFUSED_4)
    return (
        found.scope_id is None
        and found in PUBLIC_6
        and not any(found in network for network in REFUSED_6)
    )
