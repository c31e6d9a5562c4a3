"""A webhook: JSON posted to an https address that is public, and to no other.

The name is resolved once and every address it has must be public; the connection goes to one
of those, so that a name which changes its mind leads nowhere else. Redirections are not
followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import UsageError

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable, Sequence

_PORT = 443
_MOST_BYTES = 65_536


def checked(url: str) -> str:
    """Return *url* if alerts may be sent there, as far as that can be told without the net.

    Raises:
        UsageError: It is no https address, or has a name and password in it.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise UsageError("the webhook is no address") from None
    if parts.scheme != "https" or not parts.hostname or not url.isprintable() or " " in url:
        raise UsageError("a webhook is an address such as https://hooks.example.com/tix")
    if parts.username is not None:
        raise UsageError("a webhook has no name and password in its address")
    return url


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public net, and no special one."""
    from ipaddress import IPv6Address, ip_address

    ip = ip_address(address.partition("%")[0])
    inner = None
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def post(
    url: str,
    body: bytes,
    *,
    limit_s: float,
    may_reach: Callable[[str], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> str:
    """Post *body*; return what went wrong, nothing if the answer was a success."""
    from http.client import HTTPException
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or _PORT
    try:
        addresses = _addresses(host, port)
    except (OSError, UnicodeError):
        return f"cannot be reached: there is no {host}"
    if not all(may_reach(address) for address in addresses):
        return f"was refused: {host} is no public address"
    path = f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"
    try:
        status = _exchange(host, port, addresses, path, body, limit_s=limit_s, context=context)
    except (OSError, HTTPException) as error:
        return f"cannot be reached: {getattr(error, 'strerror', None) or error or 'no answer'}"
    if 300 <= status < 400:
        return f"answered {status}, and redirections are not followed"
    return "" if 200 <= status < 300 else f"answered {status}"


def _addresses(host: str, port: int) -> list[str]:
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _exchange(
    host: str,
    port: int,
    addresses: Sequence[str],
    path: str,
    body: bytes,
    *,
    limit_s: float,
    context: ssl.SSLContext | None,
) -> int:
    """Post to one of *addresses* in the name of *host*; return the status of the answer."""
    import ssl
    from http.client import HTTPSConnection

    secure = context or ssl.create_default_context()
    connection = HTTPSConnection(host, port, timeout=limit_s, context=secure)
    plain = _connected(addresses, port, limit_s)
    try:
        connection.sock = secure.wrap_socket(plain, server_hostname=host)
        headers = {"Content-Type": "application/json", "User-Agent": "tix"}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read(_MOST_BYTES)
        return answer.status
    finally:
        connection.close()
        plain.close()


def _connected(addresses: Sequence[str], port: int, limit_s: float) -> socket.socket:
    """Return a connection to the first of *addresses* that takes one."""
    import socket

    first, *others = addresses
    try:
        return socket.create_connection((first, port), limit_s)
    except OSError:
        if not others:
            raise
        return _connected(others, port, limit_s)
