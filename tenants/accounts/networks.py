"""Where a request comes from, and that in shortened form."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # an address to store, not to listen on
KEPT_BITS = {4: 24, 6: 48}


def address_of(request: HttpRequest) -> str:
    """The address of the browser; UNKNOWN where the front does not tell it.

    Only a header that the deployment's own front sets is believed: settings.CLIENT_ADDRESS_HEADER.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    given = request.headers.get(header) if header else request.META.get("REMOTE_ADDR")
    try:
        address: IPv4Address | IPv6Address = ip_address((given or "").strip())
    except ValueError:
        return UNKNOWN
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def network_of(request: HttpRequest) -> str:
    """The address without what tells one household from the next: 192.0.2.0/24, 2001:db8:1::/48."""
    address = ip_address(address_of(request))
    return str(ip_network(f"{address}/{KEPT_BITS[address.version]}", strict=False))
