"""What answers which address, over real sockets, and that nobody slow holds a thread."""

from __future__ import annotations

import json
import time

import pytest

pytestmark = [pytest.mark.server, pytest.mark.once]


@pytest.mark.parametrize(
    ("method", "path", "pool"),
    [
        ("GET", "/api/v1/timelines/home", "quick"),
        ("HEAD", "/api/v1/timelines/home", "quick"),
        ("GET", "/home", "quick"),
        ("POST", "/api/v1/statuses", "waiting"),
        ("GET", "/api/v2/search?q=x", "waiting"),
        ("GET", "/oauth/authorize", "waiting"),
        ("POST", "/oauth/token", "waiting"),
        ("GET", "/sign-in", "waiting"),
    ],
)
def test_each_request_runs_on_its_pool(server, method, path, pool):
    answer = server.ask(path, method=method)
    if method == "HEAD":
        assert int(answer.headers["content-length"]) > 0
        assert answer.body == b""
    else:
        assert json.loads(answer.body)["thread"].startswith(pool)


def test_a_body_reaches_django_whole(server):
    for size in (1, 70_000, 900_000):
        answer = server.ask("/api/v1/statuses", method="POST", data=b"x" * size)
        assert json.loads(answer.body)["length"] == size


def test_a_body_in_pieces_reaches_django_whole(server):
    with server.connect() as wire:
        wire.sendall(b"POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n")
        wire.sendall(b"Connection: close\r\n\r\n")
        for _ in range(300):
            wire.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")
        wire.sendall(b"0\r\n\r\n")
        assert b'"length": 300000' in _everything(wire)


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/v1/statuses", 1_100_000, 413),
        ("/api/v2/media", 1_100_000, 200),
        ("/api/v2/media", 45_000_000, 413),
        ("/sign-in", 1_100_000, 413),
    ],
)
def test_bodies_are_bounded(server, path, size, status):
    answer = server.ask(path, method="POST", data=b"x" * size)
    assert answer.status == status


def test_too_large_is_said_in_the_words_of_the_door(server):
    api = server.ask("/api/v1/statuses", method="POST", data=b"x" * 1_100_000)
    web = server.ask("/sign-in", method="POST", data=b"x" * 1_100_000, accept_language="de")
    assert "1 MB" in json.loads(api.body)["error"]
    assert api.headers["access-control-allow-origin"] == "*"
    assert web.headers["content-type"].startswith("text/html")


def test_too_large_is_known_before_it_is_sent(server):
    with server.connect() as wire:
        wire.sendall(b"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\n")
        wire.sendall(b"Content-Length: 100000000\r\n\r\n")
        assert wire.recv(100).startswith(b"HTTP/1.1 413")


def test_too_large_in_pieces_ends_there(server):
    with server.connect() as wire:
        wire.sendall(b"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(11):
            wire.sendall(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
        assert wire.recv(100).startswith(b"HTTP/1.1 413")


def test_ten_slow_senders_hold_nobody_up(server):
    wires = [server.connect() for _ in range(10)]
    for wire in wires:
        wire.sendall(
            b"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
        )
    began = time.monotonic()
    assert server.ask("/api/v1/statuses", method="POST", data=b"mine").status == 200
    assert time.monotonic() - began < 10  # the others never send the rest
    for wire in wires:
        wire.close()


def test_ten_slow_readers_hold_nobody_up(server):
    (server.data / "film").write_bytes(bytes(20_000_000))
    wires = [server.connect() for _ in range(10)]
    for wire in wires:
        wire.sendall(b"GET /media/sent?name=film HTTP/1.1\r\nHost: x\r\n\r\n")
        assert wire.recv(16).startswith(b"HTTP/1.1 200")
    assert server.ask("/api/v1/about").status == 200
    assert server.ask("/media/sent?name=film").body == bytes(20_000_000)
    for wire in wires:
        wire.close()


def test_those_who_leave_take_no_thread_along(server):
    before = json.loads(server.ask("/api/v1/about").body)["threads"]
    for _ in range(20):
        with server.connect() as wire:
            wire.sendall(b"GET /api/v1/slow?seconds=0.01 HTTP/1.1\r\nHost: x\r\n\r\n")
    after = json.loads(server.ask("/api/v1/about").body)
    assert after["threads"] == before
    assert after["thread"] == "quick-0"


@pytest.mark.parametrize(
    ("asked", "status", "body", "range_"),
    [
        ({}, 200, b"0123456789", None),
        ({"range": "bytes=2-4"}, 206, b"234", "bytes 2-4/10"),
        ({"range": "bytes=8-"}, 206, b"89", "bytes 8-9/10"),
        ({"range": "bytes=-3"}, 206, b"789", "bytes 7-9/10"),
        ({"range": "bytes=0-99"}, 206, b"0123456789", "bytes 0-9/10"),
        ({"range": "bytes=10-"}, 416, b"", "bytes */10"),
        ({"range": "bytes=0-1,4-5"}, 200, b"0123456789", None),
        ({"range": "bytes=2-4", "if_range": '"other"'}, 200, b"0123456789", None),
    ],
)
def test_parts_of_a_file(server, asked, status, body, range_):
    (server.data / "ten").write_bytes(b"0123456789")
    answer = server.ask("/media/sent?name=ten", **asked)
    assert (answer.status, answer.body, answer.headers.get("content-range")) == (
        status,
        body,
        range_,
    )
    assert answer.headers["content-type"] == "video/mp4"
    assert "x-stonechat-file" not in answer.headers


def test_an_unchanged_file_is_not_sent_again(server):
    (server.data / "ten").write_bytes(b"0123456789")
    first = server.ask("/media/sent?name=ten", method="HEAD")
    assert (first.headers["content-length"], first.body) == ("10", b"")
    etag, since = first.headers["etag"], first.headers["last-modified"]
    assert server.ask("/media/sent?name=ten", if_none_match=etag).status == 304
    assert server.ask("/media/sent?name=ten", if_modified_since=since).status == 304
    resumed = server.ask("/media/sent?name=ten", range="bytes=5-", if_range=etag)
    assert (resumed.status, resumed.body) == (206, b"56789")


def test_a_file_that_is_gone_is_not_found(server):
    assert server.ask("/media/sent?name=gone").status == 404


def test_static_files_come_under_one_digest_and_stay(server):
    address = server.ask("/static-address").body.decode()
    plain = server.ask(address)
    packed = server.ask(address, accept_encoding="gzip, br")
    assert plain.headers["cache-control"].endswith("immutable")
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2


def test_static_files_of_another_release_are_not_kept(server):
    digest = server.ask("/static-address").body.decode().split("/")[2]
    address = server.ask("/static-address").body.decode().replace(digest, "0" * 12)
    assert server.ask(address).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["none.js", "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd"])
def test_nothing_but_static_files_is_static(server, name):
    assert server.ask(f"/static/000000000000/{name}").status == 404


def test_streams_are_answered_beside_django(server):
    health = server.ask("/api/v1/streaming/health")
    assert (health.headers["content-type"], health.body) == ("text/plain", b"OK")
    other = server.ask("/api/v1/streaming/user")
    assert (other.status, json.loads(other.body)) == (404, {"error": "Not Found"})


def test_a_websocket_is_refused_properly(server):
    with server.connect() as wire:
        wire.sendall(
            b"GET /api/v1/streaming HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert wire.recv(100).startswith(b"HTTP/1.1 403")


def test_a_streamed_answer_arrives_whole(server):
    answer = server.ask("/exports/pieces")
    assert answer.body == b"x" * 300_000
    assert answer.headers["content-length"] == "300000"


def test_every_cookie_is_sent(server):
    with server.connect() as wire:
        wire.sendall(b"GET /api/v1/cookies HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert _everything(wire).lower().count(b"set-cookie:") == 2


def test_an_answer_without_content_has_no_length(server):
    answer = server.ask("/nothing")
    assert (answer.status, answer.body) == (204, b"")
    assert "content-length" not in answer.headers


def test_a_bug_is_a_500_and_the_next_request_goes_on(server):
    assert server.ask("/api/v1/broken").status == 500
    assert server.ask("/api/v1/about").status == 200


def test_a_header_cannot_pass_for_another(server):
    with server.connect() as wire:
        wire.sendall(b"GET /api/v1/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n")
        wire.sendall(b"X_Secret: forged\r\nConnection: close\r\n\r\n")
        answer = _everything(wire)
    assert b"Bearer a" in answer
    assert b"forged" not in answer


@pytest.mark.parametrize(
    ("path", "seen"), [("/api/gr%C3%BC%C3%9Fe", "/api/grüße"), ("/api/%ff", "/api/%FF")]
)
def test_a_path_is_read_as_utf8(server, path, seen):
    assert json.loads(server.ask(path).body)["path"] == seen


def _everything(wire) -> bytes:
    """All that comes until the other side closes."""
    return b"".join(iter(lambda: wire.recv(65536), b""))
