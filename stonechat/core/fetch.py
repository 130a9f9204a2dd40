"""The guarded fetcher: what the server fetches for somebody never comes from inside its network.

It resolves names itself, refuses every address that is not public, and connects to exactly the
address that it checked, so an answer of the DNS that changes in between changes nothing. Proxies
and the environment are not asked. `STONECHAT_FETCH_ALLOW` names ranges that may be reached all the
same, on any port.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from stonechat.core.addresses import Address, is_public, unmapped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Resolver = Callable[[str, int], Sequence[str]]

LIMIT = 1_000_000  # bytes of a body: enough for the head of any page
TIMEOUT = 10.0  # seconds for everything together, redirects included
REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
AGENT = "Stonechat (link preview)"

_MOVED = frozenset({301, 302, 303, 307, 308})
# Sent as it stands; everything else in a path or query is percent-encoded.
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class Forbidden(Exception):
    """The address may not be fetched."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url, self.reason = url, reason


class Unreachable(Exception):
    """The address may be fetched, but gave no usable answer."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url, self.reason = url, reason


@dataclass(frozen=True)
class Fetched:
    """An answer: `url` is where redirects led; `complete` is false where the body was cut."""

    url: str
    status: int
    content_type: str
    body: bytes
    complete: bool = True


@dataclass(frozen=True)
class _Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    limit: int
    accept: Sequence[str]
    deadline: float  # seconds of time.monotonic()
    resolve: Resolver


def dns(host: str, port: int) -> list[str]:
    """Every address that the system's resolver knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in found]


def get(
    url: str,
    *,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    accept: Sequence[str] = ("text/html", "application/xhtml+xml"),
    resolve: Resolver = dns,
) -> Fetched:
    """Fetch a page and follow up to five redirects, each checked anew.

    `limit` bounds the body in bytes, also when it comes compressed; a longer one is cut. `timeout`
    is in seconds and covers everything. A successful answer of another type than `accept` lists is
    not read. Raises Forbidden or Unreachable."""
    headers = {"User-Agent": AGENT, "Accept": ", ".join((*accept, "*/*;q=0.1"))}
    deadline = time.monotonic() + timeout
    for _redirect in range(REDIRECTS + 1):
        request = _Request("GET", url, headers, None, limit, accept, deadline, resolve)
        answer, moved_to = _ask(request)
        if moved_to is None:
            return answer
        url = urldefrag(urljoin(url, moved_to)).url
    raise Unreachable(url, _("The page redirects too often."))


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    resolve: Resolver = dns,
) -> Fetched:
    """Deliver a body, for webhooks. A redirect is an answer like any other and is not followed."""
    deadline = time.monotonic() + timeout
    sent = {"User-Agent": AGENT, **headers}
    answer, _moved_to = _ask(_Request("POST", url, sent, body, limit, (), deadline, resolve))
    return answer


def _ask(request: _Request) -> tuple[Fetched, str | None]:
    """One request and its answer, and where it redirects to, if it does."""
    try:
        return _answer(request)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        reason = _("The server gave no usable answer: %(error)s") % {"error": error}
        raise Unreachable(request.url, reason) from error


def _answer(request: _Request) -> tuple[Fetched, str | None]:
    parts = _parts(request.url)
    with closing(_connected(request, parts)) as connected:
        connection = http.client.HTTPConnection(parts.hostname or "")
        connection.sock = _Deadlined(connected, request.deadline)
        connection.request(request.method, _target(parts), request.body, _headers(request, parts))
        response = connection.getresponse()
        moved_to = response.getheader("Location")
        if request.method == "GET" and response.status in _MOVED and moved_to:
            return Fetched(request.url, response.status, "", b""), moved_to
        return _fetched(request, response), None


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.port != 0 and len(parts.hostname or "") in range(1, 254)
    except ValueError:
        raise Forbidden(url, _("This is not the address of a page.")) from None
    if parts.scheme not in PORTS or not usable:
        raise Forbidden(url, _("Only addresses that begin with http:// or https:// are fetched."))
    if parts.username is not None or parts.password is not None:
        raise Forbidden(url, _("An address with a name and a password in it is not fetched."))
    return parts


def _target(parts: SplitResult) -> str:
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)


def _headers(request: _Request, parts: SplitResult) -> dict[str, str]:
    host = _ascii(parts)
    named = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    return {
        "Host": named + port,
        "Connection": "close",
        "Accept-Encoding": "gzip, deflate",
        **request.headers,
    }


def _ascii(parts: SplitResult) -> str:
    """The host as DNS, TLS and HTTP spell it."""
    host = parts.hostname or ""
    return host if host.isascii() else host.encode("idna").decode()


# --- where to connect ---------------------------------------------------------------------------


def _connected(request: _Request, parts: SplitResult) -> socket.socket:
    """A connection to an address that was checked, with the certificate checked for the name."""
    port = parts.port or PORTS[parts.scheme]
    connection = _first_open(request, _checked(request, parts, port), port)
    if parts.scheme == "http":
        return connection
    return ssl.create_default_context().wrap_socket(connection, server_hostname=_ascii(parts))


def _first_open(request: _Request, addresses: Sequence[Address], port: int) -> socket.socket:
    failure: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), _left(request.deadline))
        except OSError as error:
            failure = error
    raise failure or OSError("the name has no address")


def _checked(request: _Request, parts: SplitResult, port: int) -> list[Address]:
    """All addresses of the host, or Forbidden when a single one of them may not be reached."""
    answers = _resolved(request, _ascii(parts), port)
    addresses = [unmapped(ip_address(answer.partition("%")[0])) for answer in answers]
    for address in addresses:
        _require_public(request.url, address, port)
    return list(dict.fromkeys(addresses))


def _resolved(request: _Request, host: str, port: int) -> Sequence[str]:
    """The resolver's answers, waited for no longer than the deadline allows."""
    answers: list[Sequence[str]] = []
    failures: list[Exception] = []

    def look_up() -> None:
        try:
            answers.append(request.resolve(host, port))
        except Exception as error:  # raised again below, in the caller's thread
            failures.append(error)

    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(request.deadline))
    if failures:
        raise failures[0]
    if not answers:
        raise TimeoutError("the name was not resolved in time")
    return answers[0]


def _require_public(url: str, address: Address, port: int) -> None:
    if any(
        address in ip_network(allowed, strict=False) for allowed in settings.STONECHAT_FETCH_ALLOW
    ):
        return
    if not is_public(address):
        reason = _("The address lies inside a network; STONECHAT_FETCH_ALLOW can allow its range.")
        raise Forbidden(url, reason)
    if port not in PORTS.values():
        raise Forbidden(url, _("Only the ports 80 and 443 of public servers are fetched."))


# --- how much, and how long ---------------------------------------------------------------------


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises TimeoutError behind it."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


class _Incoming(io.RawIOBase):
    """Reads from a socket, each time waiting no longer than what is left: a drip does not help."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection, self.deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self.connection.settimeout(_left(self.deadline))
        return self.connection.recv_into(buffer)


class _Deadlined:
    """As much of a socket as http.client uses, with one deadline for all of it."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection, self.deadline = connection, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self.connection, self.deadline))

    def sendall(self, content: bytes) -> None:
        self.connection.settimeout(_left(self.deadline))
        self.connection.sendall(content)

    def close(self) -> None:
        """Nothing: http.client lets go of the socket before the body is read."""


def _fetched(request: _Request, response: http.client.HTTPResponse) -> Fetched:
    content_type = response.getheader("Content-Type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if request.accept and response.status < 300 and kind not in request.accept:
        reason = _("The answer is of another kind than asked for: %(kind)s") % {"kind": kind}
        raise Unreachable(request.url, reason)
    body = _body(response, request.limit + 1)
    complete = len(body) <= request.limit
    return Fetched(request.url, response.status, content_type, body[: request.limit], complete)


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    """At most so many bytes, of the wire and of what unfolds from it."""
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return _read(response, most)
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise ValueError(f"it is compressed in an unknown way, {encoding}")
    # 32 added to the window recognises both gzip and zlib by their headers.
    return zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(_read(response, most), most)


def _read(response: http.client.HTTPResponse, most: int) -> bytes:
    chunks = io.BytesIO()
    while (left := most - chunks.tell()) and (chunk := response.read1(left)):
        chunks.write(chunk)
    return chunks.getvalue()
