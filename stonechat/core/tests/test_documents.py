"""Documents are recognised by content, and what could run is refused."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from contextlib import contextmanager
from threading import Thread

import pytest
from PIL import Image

from stonechat.core import documents, files, programs

OPEN_XML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


def packed(*names, mimetype="", **contents):
    """An archive of empty files, and of `mimetype` first, as ODF has it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, compress_type=zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "")
    return written.getvalue()


def office(part, *others):
    return packed("[Content_Types].xml", part, *others)


def compound(*streams):
    """The head of a compound file and names of streams; one lies across two reads."""
    padding = b"\0" * (documents.CHUNK - 20)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return head + padding + b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.7\n", "plan.pdf", "application/pdf"),
        (office("word/document.xml"), "a.docx", OPEN_XML + "wordprocessingml.document"),
        (office("xl/workbook.xml"), "a.xlsx", OPEN_XML + "spreadsheetml.sheet"),
        (office("ppt/presentation.xml"), "a.pptx", OPEN_XML + "presentationml.presentation"),
        (packed("content.xml", mimetype=ODF + "text"), "a.odt", ODF + "text"),
        (packed("content.xml", mimetype=ODF + "spreadsheet"), "a.ods", ODF + "spreadsheet"),
        (compound("WordDocument"), "a.doc", "application/msword"),
        (compound("Workbook"), "a.xls", "application/vnd.ms-excel"),
        (compound("PowerPoint Document"), "a.ppt", "application/vnd.ms-powerpoint"),
        ("Grüße\r\n\tund mehr\f".encode(), "a.txt", "text/plain"),
        ("Grüße".encode("cp1252"), "a.txt", "text/plain"),
        (b"# Title\n", "a.md", "text/markdown"),
        (b"a;b\n1;2\n", "a.CSV", "text/csv"),
        (b"", "empty.txt", "text/plain"),
    ],
)
def test_documents_are_recognised(content, name, mime):
    file = io.BytesIO(content)
    found = documents.recognise(file, name)
    assert (found.mime, found.size, found.name.lower()) == (mime, len(content), name.lower())
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0", "setup.exe"),
        (b"MZ\x90\0", "setup.txt"),
        (b"\x7fELF", "program.txt"),
        (b"<!DOCTYPE html><p>", "page.html"),
        (b"\xef\xbb\xbf  <HTML>", "page.txt"),
        (b"<?xml version='1.0'?><svg/>", "drawing.txt"),
        (b"<svg onload='alert(1)'/>", "drawing.svg"),
        (b"<script>alert(1)</script>", "a.csv"),
        (b"#!/bin/sh\n", "run.txt"),
        (b"echo hello", "run.sh"),
        (b"text without an ending", "README"),
        (b"text with\0nothing in it", "a.txt"),
        (b"x" * documents.CHUNK + b"\0", "a.txt"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf"),
        (b" %PDF-1.7", "a.pdf"),
        (packed("a.pdf"), "all.zip"),
        (packed("META-INF/MANIFEST.MF", "A.class"), "a.docx"),
        (packed("[Content_Types].xml"), "a.docx"),
        (office("word/document.xml", "xl/workbook.xml"), "a.docx"),
        (packed(mimetype="application/epub+zip"), "a.odt"),
        (compound("SummaryInformation"), "setup.msi"),
        (b"PK\x03\x04 and nothing more", "a.docx"),
        (office("word/document.xml")[:-30], "a.docx"),
        (b"", "a.pdf"),
    ],
)
def test_other_files_are_refused(content, name):
    with pytest.raises(files.NotAccepted):
        documents.recognise(io.BytesIO(content), name)


@pytest.mark.parametrize(
    "content",
    [
        office("word/document.xml", "word/vbaProject.bin"),
        packed("content.xml", "Basic/Standard/Module1.xml", mimetype=ODF + "text"),
        compound("WordDocument", "_VBA_PROJECT"),
    ],
)
def test_macros_are_refused(content):
    with pytest.raises(files.NotAccepted, match="macros"):
        documents.recognise(io.BytesIO(content), "a.doc")


def test_document_that_unpacks_to_too_much_is_refused():
    content = bytearray(office("word/document.xml"))
    entry = content.rindex(b"PK\x01\x02")  # its entry in the directory
    content[entry + 24 : entry + 28] = struct.pack("<I", documents.UNPACKED + 1)
    with pytest.raises(files.NotAccepted, match="unpacked"):
        documents.recognise(io.BytesIO(content), "a.docx")


class Counted(io.BytesIO):
    """A file that says how much of it was read."""

    given = 0

    def read(self, size=-1):
        content = super().read(size)
        self.given += len(content)
        return content


def test_endless_directory_is_refused_unread():
    entry = struct.pack("<4s42x", b"PK\x01\x02")
    length = 1_000_000 * len(entry)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, length, 0, 0)
    file = Counted(b"PK\x03\x04" + entry * 1_000_000 + end)
    with pytest.raises(files.NotAccepted, match="damaged"):
        documents.recognise(file, "a.docx")
    assert file.given < length / 10


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("plan.PDF", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("invoice.pdf.exe", "invoice.pdf.exe.pdf"),
        ("in\u202efdp.exe", "infdp.exe.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("x" * 500 + ".pdf", "x" * documents.NAME_LENGTH + ".pdf"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert documents.recognise(io.BytesIO(b"%PDF-1.4"), name).name == safe


@pytest.mark.server
@pytest.mark.once
@pytest.mark.skipif(not programs.present("pdftoppm"), reason="pdftoppm is not installed")
def test_first_page_is_drawn(tmp_path):
    path = tmp_path / "a.pdf"
    pages = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    drawn = documents.first_page(path)
    assert drawn
    page = Image.open(io.BytesIO(drawn))
    assert page.size == (documents.PREVIEW_SIDE, documents.PREVIEW_SIDE // 2)
    red, _green, blue = page.resize((1, 1)).tobytes()
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 and nothing more"])
def test_page_that_cannot_be_drawn_is_none(content, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert documents.first_page(path) is None


def test_without_a_program_there_is_no_page(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert documents.first_page(tmp_path / "a.pdf") is None


@contextmanager
def scanner(reply=None):
    """A loopback server that speaks clamd's INSTREAM and finds the word EICAR."""
    listening = socket.create_server(("127.0.0.1", 0))
    scanned: list[bytes] = []

    def serve():
        connection, _address = listening.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", stream.read(4))[0]:
                scanned.append(stream.read(length))
            found = b"stream: Test FOUND" if b"EICAR" in b"".join(scanned) else b"stream: OK"
            connection.sendall((reply or found) + b"\0")

    with listening:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", scanned
        thread.join(1)


@pytest.mark.parametrize(("content", "bad"), [(b"fine" * 50_000, False), (b"an EICAR test", True)])
def test_scanner_is_asked(content, bad, settings):
    file = io.BytesIO(content)
    with scanner() as (settings.STONECHAT_CLAMD, scanned):
        if bad:
            with pytest.raises(files.NotAccepted, match="found something"):
                documents.scan(file)
        else:
            documents.scan(file)
    assert b"".join(scanned) == content
    assert file.tell() == 0


def test_scanner_that_cannot_say_refuses(settings):
    with (
        scanner(b"INSTREAM size limit exceeded. ERROR") as (settings.STONECHAT_CLAMD, _scanned),
        pytest.raises(files.NotAccepted, match="smaller"),
    ):
        documents.scan(io.BytesIO(b"large"))


@pytest.mark.parametrize("clamd", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_scanner_that_is_not_there_refuses(clamd, settings):
    settings.STONECHAT_CLAMD = clamd
    with pytest.raises(files.NotAccepted, match="try again later"):
        documents.scan(io.BytesIO(b"anything"))


def test_without_a_scanner_nothing_is_asked(settings):
    settings.STONECHAT_CLAMD = ""
    documents.scan(io.BytesIO(b"EICAR"))
