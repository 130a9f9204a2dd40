"""Takes documents: recognised by content, never executable, scanned where a scanner is set up."""

from __future__ import annotations

import io
import os
import re
import socket
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from stonechat.core import programs
from stonechat.core.files import NotAccepted

CHUNK = 1 << 16  # bytes read at a time
ENTRIES = 10_000  # files in an office document; a large presentation has some hundred
DIRECTORY = ENTRIES * 300  # bytes of the list of them
UNPACKED = 1 << 30  # bytes that an office document may promise to unpack to
NAME_LENGTH = 200
PREVIEW_SIDE = 1280  # pixels of the longer side of a first page
DRAWING, SCANNING = 10, 60  # seconds

PDF = "application/pdf"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
SUFFIXES = {
    PDF: ".pdf",
    f"{_OPEN_XML}wordprocessingml.document": ".docx",
    f"{_OPEN_XML}spreadsheetml.sheet": ".xlsx",
    f"{_OPEN_XML}presentationml.presentation": ".pptx",
    f"{_ODF}text": ".odt",
    f"{_ODF}spreadsheet": ".ods",
    f"{_ODF}presentation": ".odp",
    f"{_ODF}graphics": ".odg",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
}
_MAIN_PARTS = {
    "word/document.xml": f"{_OPEN_XML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OPEN_XML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OPEN_XML}presentationml.presentation",
}
# Where macros and programs lie in Office's and in ODF's archives.
_ACTIVE = re.compile(r"vbaproject\.bin$|\.(?:exe|dll|js|vbs)$|^(?:basic|scripts)/", re.IGNORECASE)
# Names of streams in a compound file, which spells them in UTF-16.
_STREAMS = {
    "WordDocument".encode("utf-16-le"): "application/msword",
    "PowerPoint Document".encode("utf-16-le"): "application/vnd.ms-powerpoint",
    "Workbook".encode("utf-16-le"): "application/vnd.ms-excel",
}
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_TEXTS = {suffix: mime for mime, suffix in SUFFIXES.items() if mime.startswith("text/")}
# What a text never holds: control characters other than tab, newlines, form feed.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    rb"\s*(?:<!doctype|<!--|<\?|<html|<head|<body|<script|<svg|<iframe|#!)", re.IGNORECASE
)
# Control characters, and those that turn the direction of writing: `gpj.exe` shown as `exe.jpg`.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Document:
    """A file that is offered for download; `name` is safe to show and ends as `mime` asks."""

    mime: str
    size: int
    name: str

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.mime]


def recognise(file: IO[bytes], name: str) -> Document:
    """What the content says it is; the name decides only between kinds of text.

    Raises NotAccepted for everything that is no document: programs, web pages, pictures with
    script, archives, and documents with macros."""
    mime = _mime(file, PurePath(name).suffix.lower())
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return Document(mime, size, _named(name, SUFFIXES[mime]))


def _mime(file: IO[bytes], suffix: str) -> str:
    file.seek(0)
    head = file.read(CHUNK)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(file)
    if suffix in _TEXTS and _is_text(file):
        return _TEXTS[suffix]
    raise NotAccepted(
        _("This kind of file is not taken: send PDF, Word, Excel, PowerPoint, ODF or text.")
    )


def _named(name: str, suffix: str) -> str:
    """The last part of a path, without what a reader cannot see, with the ending it deserves."""
    last = _INVISIBLE.sub("", re.split(r"[/\\]", name)[-1]).rstrip(" .")
    stem = last[: -len(suffix)] if last.lower().endswith(suffix) else last
    return (stem.strip(" .")[:NAME_LENGTH] or _("document")) + suffix


# --- office documents ---------------------------------------------------------------------------


def _with_macros() -> NotAccepted:
    return NotAccepted(_("The document holds macros: save it without them and send that."))


def _packed(file: IO[bytes]) -> str:
    """The kind of a zipped document; its directory is read, and only after a look at its size."""
    _require_short_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return _kind_of_archive(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotAccepted(_("The document is damaged: save it again and send that.")) from error


def _require_short_directory(file: IO[bytes]) -> None:
    """Bounded before Python reads the directory, which takes some microseconds an entry."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - CHUNK - 22))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    length = struct.unpack_from("<I", tail, end + 12)[0] if 0 <= end <= len(tail) - 22 else 0
    # The 64-bit directory is for more than 65,535 entries or 4 GB; no document needs it.
    if not 0 < length <= DIRECTORY or b"PK\x06\x07" in tail[max(0, end - 20) : end]:
        raise NotAccepted(_("The document is damaged: save it again and send that."))


def _kind_of_archive(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise NotAccepted(_("The document is too large when unpacked: make it smaller."))
    names = {entry.filename for entry in entries}
    if any(map(_ACTIVE.search, names)):
        raise _with_macros()
    if "[Content_Types].xml" in names:
        found = [mime for part, mime in _MAIN_PARTS.items() if part in names]
    else:
        found = [mime for mime in SUFFIXES if mime.encode() == _declared(archive, names)]
    if len(found) != 1:
        raise NotAccepted(_("Archives are not taken: send the documents one by one."))
    return found[0]


def _declared(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    """What an ODF document calls itself, in a file of its own that is not compressed."""
    if "mimetype" not in names:
        return b""
    entry = archive.getinfo("mimetype")
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > 100:
        return b""
    return archive.read(entry).strip()


def _compound(file: IO[bytes]) -> str:
    """The kind of a document of Office 97; installers are compound files too, without these."""
    found: set[str] = set()
    for window in _windows(file, len(_MACROS) * 2):
        if _MACROS in window:
            raise _with_macros()
        found |= {mime for stream, mime in _STREAMS.items() if stream in window}
    if len(found) != 1:
        raise NotAccepted(_("This is no document of Word, Excel or PowerPoint."))
    return found.pop()


def _windows(file: IO[bytes], overlap: int) -> Iterator[bytes]:
    """The file in pieces that begin with the end of the one before: no name falls between two."""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        yield before + chunk
        before = chunk[-overlap:]


def _is_text(file: IO[bytes]) -> bool:
    """Whether every byte may stand in a text, and the start does not look like a web page."""
    file.seek(0)
    if _MARKUP.match(file.read(CHUNK).removeprefix(b"\xef\xbb\xbf")):
        return False
    return not any(_BINARY.search(window) for window in _windows(file, 1))


# --- looking inside -----------------------------------------------------------------------------


def first_page(path: Path) -> bytes | None:
    """A PNG of the first page of a PDF, or None where no program can draw it."""
    page = ("-f", "1", "-l", "1", "-singlefile", "-png", "-scale-to", str(PREVIEW_SIDE))
    try:
        # Without a name for what it makes, pdftoppm writes to its output.
        drawn = programs.run("pdftoppm", *page, str(path.absolute()), seconds=DRAWING)
    except programs.Failed:
        return None
    return drawn or None


def scan(file: IO[bytes]) -> None:
    """Have clamd look at the file, where STONECHAT_CLAMD says how it is reached.

    Raises NotAccepted when it finds something, and when it cannot be asked."""
    if not settings.STONECHAT_CLAMD:
        return
    file.seek(0)
    try:
        verdict = _verdict(file, settings.STONECHAT_CLAMD)
    except OSError as error:
        sentence = _("The file cannot be checked for viruses at the moment: try again later.")
        raise NotAccepted(sentence) from error
    finally:
        file.seek(0)
    if verdict.endswith(b"FOUND"):
        raise NotAccepted(_("The virus scanner found something in this file."))
    if not verdict.endswith(b"OK"):
        raise NotAccepted(_("The virus scanner could not check this file: send a smaller one."))


def _verdict(file: IO[bytes], clamd: str) -> bytes:
    """clamd's answer to INSTREAM: pieces with their lengths in front, ended by one of length 0."""
    with closing(_connected(clamd)) as scanner:
        try:
            scanner.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!I", 0))
        except BrokenPipeError:
            pass  # too long for it: it says so and hangs up
        return _reply(scanner)


def _reply(scanner: socket.socket) -> bytes:
    answer = io.BytesIO()
    while answer.tell() < CHUNK and (chunk := scanner.recv(1024)):
        answer.write(chunk)
    return answer.getvalue().rstrip(b"\0\n")


def _connected(clamd: str) -> socket.socket:
    """`host:port`, or the path of a socket."""
    host, _colon, port = clamd.rpartition(":")
    if port.isdecimal():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SCANNING)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SCANNING)
    connection.connect(clamd)
    return connection
