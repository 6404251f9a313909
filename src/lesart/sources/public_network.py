"""Answers from public web servers alone: what a list of addresses names must not reach into the network it is read in.

The addresses of a host are looked up once, checked, and the connection goes to the very address that was checked. Every
exchange ends in time, also where a server sends a byte now and then. Proxies are not used: behind one nothing could be
checked.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import httpcore

# Seconds for one step (connecting, waiting for the next bytes), and for the whole of an exchange.
STEP, WHOLE = 15.0, 30.0


class Refused(Exception):
    """The host is not a public one, or has no address."""


@dataclass(frozen=True)
class Answer:
    """``headers`` in small letters, of several alike the last; ``body`` as it was sent (packed), at most so large as asked
    for and one byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Network:
    """Asks web servers, each time over a new connection; safe to use from several threads."""

    def __init__(self, *, allow_local: bool = False) -> None:
        self._pool = httpcore.ConnectionPool(max_connections=None, max_keepalive_connections=0, network_backend=_PublicBackend(allow_local))

    def ask(self, address: str, agent: str, largest: int) -> Answer:
        """The answer to a GET; redirects are not followed. Raises Refused, or what httpcore raises."""
        heads = [("User-Agent", agent), ("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")]
        heads += [("Accept-Encoding", "gzip, deflate, br"), ("Accept-Language", "de, en;q=0.9"), ("Connection", "close")]
        timeout = {"connect": STEP, "read": STEP, "write": STEP, "pool": None}
        with self._pool.stream("GET", address, headers=heads, extensions={"timeout": timeout}) as response:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in response.headers}
            body = bytearray()
            for piece in response.iter_stream():
                body += piece
                if len(body) > largest:
                    break
            return Answer(response.status, headers, bytes(body[: largest + 1]))

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


class _PublicBackend(httpcore.NetworkBackend):
    """Connects to public addresses only."""

    def __init__(self, allow_local: bool) -> None:
        self._allow_local = allow_local
        self._backend = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable | None = None) -> httpcore.NetworkStream:
        fault: Exception = Refused("host has no address")
        for address in self._look_up(host, port)[:3]:
            try:
                return _TimedStream(self._backend.connect_tcp(address, port, timeout, local_address, socket_options), time.monotonic() + WHOLE)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                fault = failed
        raise fault

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable | None = None) -> httpcore.NetworkStream:
        raise Refused("not a host")

    def _look_up(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, OverflowError):
            raise Refused("host not found") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if self._allow_local or is_public(address)]
        if addresses and not public:
            raise Refused("host is in a private network")
        return public


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network.

    >>> [is_public(address) for address in ("93.184.215.14", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1", "224.0.0.1")]
    [True, False, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        return is_public(str(inner)) if inner else ip.is_global and not ip.is_multicast
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _TimedStream(httpcore.NetworkStream):
    """A stream that ends by its time."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream, self._end = stream, end

    def _left(self, timeout: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange takes too long")
        return min(left, STEP if timeout is None else timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._end)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
