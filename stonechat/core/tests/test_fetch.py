"""The guarded fetcher, against servers on loopback: what it reaches, refuses and bounds."""

from __future__ import annotations

import gzip
import ssl
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from stonechat.core import addresses, fetch

PAGE = b"<html><title>Tariffs</title></html>"


class Server(ThreadingHTTPServer):
    """Keeps what it was asked: paths and hosts."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.asked = []


class Site(BaseHTTPRequestHandler):
    """A small site with a page for each way in which a server can be unpleasant."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        name = self.path.strip("/").partition("/")[0].partition("?")[0] or "page"
        getattr(self, name)()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(body + self.headers["X-Signature"].encode(), status=202)

    def answer(self, body, status=200, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": len(body), **headers}
        for name, value in sent.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def page(self):
        self.answer(PAGE)

    def squeezed(self):
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def bomb(self):
        self.answer(gzip.compress(b"\0" * 5_000_000), Content_Encoding="gzip")

    def long(self):
        self.answer(b"a" * 300_000)

    def picture(self):
        self.answer(b"\x89PNG", kind="image/png")

    def closing(self):
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
        self.close_connection = True

    def chunked(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n")
        self.wfile.write(
            b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
        )

    def lost(self):
        self.answer(b"no such page", status=404)

    def moved(self):
        self.answer(b"", status=302, Location="/page")

    def circle(self):
        self.answer(b"", status=302, Location="/circle")

    def inside(self):
        self.answer(b"", status=302, Location="http://10.0.0.1/secret")

    def metadata(self):
        self.answer(b"", status=307, Location="http://metadata.example/latest")

    def file(self):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _byte in range(DRIPPING * 100):
            self.wfile.write(b"X")
            time.sleep(0.01)

    def log_message(self, *_arguments):
        pass


DRIPPING = 4  # seconds that the slow server would take to say one header


@contextmanager
def serving(host="127.0.0.1"):
    server = Server((host, 0), Site)
    # Asked often whether to stop, so that the test ends at once.
    Thread(target=server.serve_forever, args=(0.001,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.STONECHAT_FETCH_ALLOW = ["127.0.0.0/8"]
    return settings.STONECHAT_FETCH_ALLOW


def address(site, path="/page"):
    return f"http://127.0.0.1:{site.server_port}{path}"


def to_loopback(_host, _port):
    return ["127.0.0.1"]


def answering(*answers):
    return lambda _host, _port: list(answers)


def test_page_is_fetched(site):
    fetched = fetch.get(address(site, "/page?q=räv"))
    assert fetched == fetch.Fetched(
        address(site, "/page?q=räv"), 200, "text/html; charset=utf-8", PAGE
    )
    assert site.asked == [("/page?q=r%C3%A4v", f"127.0.0.1:{site.server_port}")]


def test_name_is_kept_as_host_while_the_checked_address_is_connected(site):
    fetch.get(f"http://intranet.example:{site.server_port}/", resolve=to_loopback)
    assert site.asked == [("/", f"intranet.example:{site.server_port}")]


def test_name_is_resolved_once_for_a_connection(site):
    """A second answer of the DNS, to slip in behind the check, is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetch.get(f"http://a.example:{site.server_port}/", resolve=lambda *_: next(answers))
    assert next(answers) == ["10.0.0.1"]


def test_loopback_is_refused_unless_allowed(site, allowed):
    allowed.clear()
    with pytest.raises(fetch.Forbidden, match="STONECHAT_FETCH_ALLOW"):
        fetch.get(address(site))
    assert site.asked == []


def test_ipv6_loopback_is_allowed_by_its_own_range_only(settings):
    with serving() as server:
        url = f"http://a.example:{server.server_port}/"
        with pytest.raises(fetch.Forbidden):
            fetch.get(url, resolve=answering("::1"))
        assert fetch.get(url, resolve=answering("::ffff:127.0.0.1")).status == 200


@pytest.mark.parametrize(
    "inside",
    [
        "0.0.0.0",  # noqa: S104  refused, not bound
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "2002:7f00:1::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_inside_are_refused(inside, allowed):
    allowed.clear()
    with pytest.raises(fetch.Forbidden):
        fetch.get("http://a.example/", resolve=answering(inside))


@pytest.mark.parametrize("outside", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_outside_are_public(outside):
    assert addresses.is_public(ip_address(outside))


def test_one_bad_answer_among_good_ones_is_refused(allowed):
    allowed.clear()
    with pytest.raises(fetch.Forbidden):
        fetch.get("http://a.example/", resolve=answering("93.184.216.34", "10.0.0.1"))


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.1", "127.1", "localhost"])
def test_other_spellings_of_loopback_are_refused(number, allowed):
    allowed.clear()
    with pytest.raises(fetch.Forbidden):
        fetch.get(f"http://{number}/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example/",
        "http://",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://[::1/",
        "http://user:password@a.example/",
        f"http://{'a' * 300}.example/",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(fetch.Forbidden):
        fetch.get(url, resolve=to_loopback)


def test_other_ports_of_public_servers_are_refused():
    with pytest.raises(fetch.Forbidden, match="ports"):
        fetch.get("http://a.example:22/", resolve=answering("93.184.216.34"))


def test_line_break_in_an_address_adds_no_header(site):
    fetch.get(address(site, "/page?a= HTTP/1.1%0d%0aX: y"))
    assert site.asked[0][0] == "/page?a=%20HTTP/1.1%0d%0aX:%20y"


def test_redirect_is_followed(site):
    fetched = fetch.get(address(site, "/moved"))
    assert (fetched.url, fetched.body) == (address(site), PAGE)


@pytest.mark.parametrize("path", ["/inside", "/metadata", "/file"])
def test_redirect_inside_is_refused(site, path):
    def resolve(host, port):
        return ["169.254.169.254"] if host == "metadata.example" else fetch.dns(host, port)

    with pytest.raises(fetch.Forbidden):
        fetch.get(address(site, path), resolve=resolve)
    assert len(site.asked) == 1


def test_redirects_end(site):
    with pytest.raises(fetch.Unreachable, match="redirects"):
        fetch.get(address(site, "/circle"))
    assert len(site.asked) == fetch.REDIRECTS + 1


@pytest.mark.parametrize("path", ["/squeezed", "/closing", "/chunked"])
def test_body_comes_in_many_ways(site, path):
    assert fetch.get(address(site, path)).body == PAGE


@pytest.mark.parametrize("path", ["/bomb", "/long"])
def test_body_is_bounded(site, path):
    fetched = fetch.get(address(site, path), limit=100_000)
    assert (len(fetched.body), fetched.complete) == (100_000, False)


def test_body_of_exactly_the_limit_is_complete(site):
    assert fetch.get(address(site), limit=len(PAGE)).complete


def test_other_content_is_not_read(site):
    with pytest.raises(fetch.Unreachable, match="image/png"):
        fetch.get(address(site, "/picture"))
    assert fetch.get(address(site, "/picture"), accept=("image/png",)).body == b"\x89PNG"


def test_error_page_is_an_answer(site):
    assert fetch.get(address(site, "/lost")).status == 404


def test_dripping_server_is_left_at_the_deadline(site):
    start = time.monotonic()
    with pytest.raises(fetch.Unreachable):
        fetch.get(address(site, "/drip"), timeout=0.03)
    assert time.monotonic() - start < DRIPPING / 2


def test_slow_resolver_is_left_at_the_deadline():
    def resolve(_host, _port):
        time.sleep(3)
        return ["127.0.0.1"]

    start = time.monotonic()
    with pytest.raises(fetch.Unreachable):
        fetch.get("http://a.example/", timeout=0.02, resolve=resolve)
    assert time.monotonic() - start < 2


def test_closed_port_is_unreachable():
    with serving() as server:
        url = address(server)
    with pytest.raises(fetch.Unreachable):
        fetch.get(url)


def test_unknown_name_is_unreachable():
    def resolve(_host, _port):
        raise OSError("no such name")

    with pytest.raises(fetch.Unreachable, match="no such name"):
        fetch.get("http://nowhere.example/", resolve=resolve)


def certificate(name, folder):
    """A self-signed certificate and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@pytest.fixture
def secure(site, tmp_path):
    """The site over TLS, as `a.example`."""
    site.certificate = certificate("a.example", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(site.certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    return site


def test_certificate_is_checked_for_the_name(secure, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.certificate))
    url = f"https://a.example:{secure.server_port}/"
    assert fetch.get(url, resolve=to_loopback).body == PAGE
    with pytest.raises(fetch.Unreachable, match="match"):
        fetch.get(url.replace("a.example", "b.example"), resolve=to_loopback)


def test_certificate_of_an_unknown_authority_is_refused(secure):
    with pytest.raises(fetch.Unreachable, match="self-signed"):
        fetch.get(f"https://a.example:{secure.server_port}/", resolve=to_loopback)


def test_environment_names_no_proxy(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert fetch.get(address(site)).status == 200


def test_body_is_posted(site):
    answer = fetch.post(address(site), b"hello ", {"X-Signature": "signed"})
    assert (answer.status, answer.body) == (202, b"hello signed")


def test_post_is_guarded(allowed, site):
    allowed.clear()
    with pytest.raises(fetch.Forbidden):
        fetch.post(address(site), b"", {})
