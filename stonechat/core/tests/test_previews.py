"""Preview cards from what pages say about themselves."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from stonechat.core import previews
from stonechat.core.fetch import Fetched
from stonechat.core.previews import PreviewCard

URL = "https://example.org/news/tariffs"


def read(page, content_type="text/html; charset=utf-8"):
    body = page if isinstance(page, bytes) else page.encode()
    return previews.read(Fetched(URL, 200, content_type, body))


def test_open_graph_is_read():
    page = """<!DOCTYPE html><html lang="de-DE"><head><title>Plain title</title>
    <meta property="og:title" content="New &amp; old tariffs">
    <meta content='What "changes" in March' property='og:description' />
    <META PROPERTY=og:site_name CONTENT=Marlhaven>
    <meta property="og:image" content="/pictures/a.png?b=1&amp;c=2">
    <meta property="og:image:alt" content="A tower > a mast">
    <meta name="author" content="Ann">
    <meta property="article:published_time" content="2027-03-01T12:00:00Z">
    </head><body>"""
    assert read(page) == PreviewCard(
        url=URL,
        title="New & old tariffs",
        description='What "changes" in March',
        provider_name="Marlhaven",
        author_name="Ann",
        image="https://example.org/pictures/a.png?b=1&c=2",
        image_description="A tower > a mast",
        language="de",
        published_at="2027-03-01T12:00:00Z",
    )


@pytest.mark.parametrize(
    ("page", "title", "description"),
    [
        ("<title>\n  A\n title </title>", "A title", ""),
        ("<TITLE data-x='1'>A</TITLE><meta name=description content=B>", "A", "B"),
        ("<meta name='twitter:title' content='A'><title>C</title>", "A", ""),
        ("<meta name='og:title' content=''><title>C</title>", "C", ""),
        ("<meta property='og:title' content='A'><meta property='og:title' content='B'>", "A", ""),
        ("<title>&lt;script&gt;</title>", "<script>", ""),
        ("<title>a&#0;b&#xd800;c&#7;</title>", "a\ufffdb\ufffdc", ""),
        ("<title>A", "A", ""),
    ],
)
def test_title_and_description_are_read(page, title, description):
    card = read(page)
    assert card is not None
    assert (card.title, card.description) == (title, description)


@pytest.mark.parametrize(
    "page",
    ["", "no tags", "<title></title>", "<meta property='og:title'>", b"\0\xff\xfe", "<title"],
)
def test_page_without_title_has_no_card(page):
    assert read(page) is None


@pytest.mark.parametrize(
    ("page", "content_type"),
    [
        ("<title>Grüße</title>".encode(), "text/html"),
        ("<title>Grüße</title>".encode(), "text/html; charset=no-such"),
        ("<title>Grüße</title>".encode(), "text/html; charset=idna"),
        ("<title>Grüße</title>".encode("utf-8-sig"), "text/html"),
        ("<title>Grüße</title>".encode("utf-16"), "text/html"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html"),
        ("<title>Grüße</title>".encode("cp1252"), 'text/html; charset="ISO-8859-1"'),
        ("<title>Grüße</title>".encode("cp1252"), "text/html; charset=utf-8"),
        ("<meta charset=iso-8859-2><title>Grüße</title>".encode("iso-8859-2"), "text/html"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-16le">'
            "<title>Grüße</title>".encode(),
            "text/html; charset=utf-8",
        ),
    ],
)
def test_encodings_are_found(page, content_type):
    card = read(page, content_type)
    assert card is not None
    assert card.title == "Grüße"


def test_page_cut_within_a_character_keeps_its_encoding(monkeypatch):
    page = "<title>Grüße</title>ü".encode()
    monkeypatch.setattr(previews, "HEAD", len(page) - 1)
    card = read(page)
    assert card is not None
    assert card.title == "Grüße"


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("b.png", "https://example.org/news/b.png"),
        ("//cdn.example.org/b.png", "https://cdn.example.org/b.png"),
        ("http://cdn.example.org/b.png", "http://cdn.example.org/b.png"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ("file:///etc/passwd", None),
        ("http://[::1", None),
        ("ftp://cdn.example.org/b.png", None),
        ("", None),
    ],
)
def test_image_is_an_address_of_the_web(image, address):
    card = read(f'<title>A</title><meta property="og:image" content="{image}">')
    assert card is not None
    assert card.image == address


def test_long_words_are_cut():
    card = read(f"<title>{'word ' * 1_000}</title><meta name=description content='{'w ' * 3_000}'>")
    assert card is not None
    assert (len(card.title), card.title[-5:]) == (previews.TITLE, "word…")
    assert len(card.description) <= previews.DESCRIPTION


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<!--",
        "<meta ",
        "<meta a",
        "<meta a=",
        "<meta a='",
        '<meta "',
        "<meta a='b' ",
        "<meta a='b'>",
        "<title ",
        "<title>",
        "<title>a</title>",
        "<html lang=",
        "&",
        "&#",
        "charset=",
        "<meta charset",
        "<meta property=og:title content=" + "a" * 7_000,
    ],
)
def test_hostile_pages_are_no_work(piece):
    page = (piece * (previews.HEAD // len(piece) + 1))[: previews.HEAD]
    start = time.process_time()
    read(page)
    read("<meta name=a content='" + page)
    assert time.process_time() - start < 10  # with a square in it, it took 45 s


class Page(BaseHTTPRequestHandler):
    """One page, and for everything else the same page with status 404."""

    def do_GET(self):
        body = b"<title>Tariffs</title>"
        self.send_response(200 if self.path == "/tariffs" else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def address(settings):
    settings.STONECHAT_FETCH_ALLOW = ["127.0.0.0/8"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, args=(0.001,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_card_is_fetched(address):
    assert previews.card(f"{address}/tariffs") == PreviewCard(f"{address}/tariffs", "Tariffs")


def test_page_that_is_not_there_has_no_card(address):
    assert previews.card(f"{address}/elsewhere") is None


def test_page_inside_has_no_card(address, settings):
    settings.STONECHAT_FETCH_ALLOW = []
    assert previews.card(f"{address}/tariffs") is None
