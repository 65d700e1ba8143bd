"""The addresses of a host, once they have been found safe to connect to."""

import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

GLOBAL_UNICAST = IPv6Network("2000::/3")
# Of no host on the internet, whatever the version of Python at hand says of them.
RESERVED = [
    ip_network("192.0.0.0/24"),  # for protocols between networks (RFC 6890)
    ip_network("192.88.99.0/24"),  # relays of 6to4, given up (RFC 7526)
    ip_network("3fff::/20"),  # for examples (RFC 9637)
]


def checked_addresses(host: str, port: int, *, private_allowed: bool, timeout: float) -> list[str]:
    """Resolve a host; connect to what this returns, since a second look-up can tell otherwise.

    Raises `OSError`: a `TimeoutError` after `timeout` seconds, a `PermissionError` when one of the
    addresses is private and may not be.
    """
    addresses = _resolved(host, port, timeout=timeout)
    if not private_allowed and not all(map(is_public, addresses)):
        raise PermissionError("an address of this host is not public")
    return addresses


def is_public(address: str) -> bool:
    """Say whether this is an ordinary address on the internet, and carries no other one inside."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if not ip.is_global or ip.is_multicast or ip.is_reserved or any(ip in each for each in RESERVED):
        return False
    # Mapped, translated and 6to4 addresses carry an IPv4 address that nobody has checked.
    return isinstance(ip, IPv4Address) or (ip in GLOBAL_UNICAST and ip.sixtofour is None)


def _resolved(host: str, port: int, *, timeout: float) -> list[str]:
    # The system's resolver knows no time limit, so it is waited for from outside. One thread for each
    # look-up: in a shared pool a few slow names would keep everybody waiting.
    resolver = ThreadPoolExecutor(max_workers=1)
    lookup = resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    resolver.shutdown(wait=False)
    try:
        found = lookup.result(timeout=timeout)
    except UnicodeError as error:
        raise OSError("this can't be the name of a host") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
