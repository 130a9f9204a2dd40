"""Turns what people type into tokens, and tokens into safe HTML, once, when it is written.

Posts are plain text as in Mastodon: no Markdown, but links, mentions and tags are recognised. Every
function here takes time in proportion to its input, whatever the input is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice

import nh3
from django.utils.translation import gettext as _
from wcwidth import iter_graphemes

URL_LENGTH = 23  # what Mastodon counts for a link of any length
STACKED_MARKS = 30  # Unicode's stream-safe text format (UAX 15) allows as many on one letter
SHOWN_OF_LINK = 30  # Mastodon shows as many characters of a link, and hides the rest


@dataclass(frozen=True)
class Words:
    """A run of text that means nothing but itself."""

    text: str

    @property
    def shown(self) -> str:
        return self.text


@dataclass(frozen=True)
class Link:
    url: str
    shown: str


@dataclass(frozen=True)
class Mention:
    """`@Bob@Example.org` has the handle `bob`, the domain `example.org`, and is shown as typed."""

    handle: str
    domain: str
    shown: str

    @property
    def address(self) -> str:
        """`bob`, or `bob@example.org` where a domain was typed."""
        return f"{self.handle}@{self.domain}" if self.domain else self.handle


@dataclass(frozen=True)
class Tag:
    """`#Hull` has the name `Hull`, as typed; compare tags by `fold(name)`."""

    name: str
    shown: str


Token = Words | Link | Mention | Tag


def _marks() -> str:
    """All combining marks below the private planes: Python's \\w leaves them out."""
    marks = (chr(point) for point in range(0x300, 0x20000))
    return "".join(mark for mark in marks if unicodedata.category(mark)[0] == "M")


# A quantifier with a plus behind it never gives back what it took (no backtracking, so no blow-up).
_MARKS = _marks()
_LETTER = rf"[\w{_MARKS}]"
_HOST = r"(?:[\w-]++(?:\.[\w-]++)*+|\[[0-9A-Fa-f:.]{2,45}\])"
_LINK = (
    rf"(?<![\w@#$])(?P<url>(?i:https?)://{_HOST}(?::\d{{1,5}}+)?+"
    r"(?!:?[^\s/?#@]*+@)"  # a name and password before the host: how one host poses as another
    r"(?:[/?#][^\s<>\"]*+)?+)"
)
_NAME = r"[A-Za-z0-9_]++(?:[.-]++[A-Za-z0-9_]++)*"
_MENTION = rf"(?<![\w=/])@(?P<handle>{_NAME})(?:@(?P<domain>\w++(?:[.-]++\w++)*))?+"
# U+00B7, U+30FB and U+200C join the parts of one word, as in Mastodon; the hyphen does with us.
_TAG = rf"(?<![\w{_MARKS}=/)&#])#(?P<tag>{_LETTER}++(?:[-\u00b7\u30fb\u200c]{_LETTER}++)*)"
_SPECIAL = re.compile(f"{_LINK}|{_MENTION}|{_TAG}")
_MANY_MARKS = re.compile(rf"([{_MARKS}]{{{STACKED_MARKS}}})[{_MARKS}]++")
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n[ \t]++(?=\n)")

_ENDS_SENTENCE = frozenset(".,;:!?'\"*_~…»“”‘’、。，！？；：")
_CLOSES = {")": "(", "]": "[", "}": "{", "）": "（", "」": "「", "』": "『", "】": "【"}


def clean(text: str) -> str:
    """The same text with \\n for every newline, composed (NFC) and without control characters.

    Raises ValueError, with a sentence, for what no database and no client could hold."""
    if "\0" in text:
        raise ValueError(_("The text holds a NUL character; remove it and send it again."))
    if _SURROGATE.search(text):
        raise ValueError(_("The text holds half of a character; correct it and send it again."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # Composing sorts the marks of a letter, which takes the square of their number.
    few_marks = _MANY_MARKS.sub(r"\1", _CONTROLS.sub("", lines))
    return unicodedata.normalize("NFC", few_marks)


def parse(text: str) -> list[Token]:
    """The tokens of a text; their `shown` joined together is the text again."""
    return list(_joined(_tokens(text)))


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    while match := _SPECIAL.search(text, end):
        token = _token(match)
        yield Words(text[end : match.start()])
        yield token
        end = match.start() + len(token.shown)
    yield Words(text[end:])


def _joined(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without empty words, and with neighbouring words as one."""
    words: list[str] = []
    for token in tokens:
        if isinstance(token, Words):
            words.append(token.text)
            continue
        yield from _together(words)
        yield token
        words = []
    yield from _together(words)


def _together(words: list[str]) -> Iterator[Words]:
    if text := "".join(words):
        yield Words(text)


def _token(match: re.Match[str]) -> Token:
    shown = match.group()
    if match["url"]:
        return _link(shown)
    if match["handle"]:
        return Mention(match["handle"].lower(), (match["domain"] or "").lower(), shown)
    name = match["tag"]
    # #2027 is a number, #_ is a rule: a tag says something in letters.
    return Tag(name, shown) if any(map(str.isalpha, name)) else Words(shown)


def _link(typed: str) -> Link | Words:
    url = _without_sentence_end(typed)
    anchor = f'<a href="{_quoted(url)}"></a>'
    # The sanitiser drops addresses that no browser could open, so it is asked before.
    return Link(url, url) if _wall(anchor) == anchor else Words(url)


def _without_sentence_end(url: str) -> str:
    """The address without the punctuation and the unmatched brackets that follow it."""
    left, end = Counter(url), len(url)
    while (last := url[end - 1]) in _ENDS_SENTENCE or _unmatched(last, left):
        left[last] -= 1
        end -= 1
    return url[:end]


def _unmatched(last: str, left: Counter[str]) -> bool:
    return last in _CLOSES and left[last] > left[_CLOSES[last]]


def html(
    tokens: Iterable[Token],
    *,
    mention: Callable[[str], str | None],
    tag: Callable[[str], str],
) -> str:
    """Safe HTML in the shape of Mastodon's: a paragraph for each run of lines without a blank one.

    `mention` is asked with a mention's `address` for the page of that person, and answers None for
    nobody, which leaves plain text; `tag` is asked with a tag's name."""
    markup = "".join(_markup(token, mention, tag) for token in tokens)
    lines = _BLANK_LINE.sub("\n", markup).strip()
    paragraphs = (part for part in re.split("\n\n+", lines) if part)
    return _wall("".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs))


def _markup(token: Token, mention: Callable[[str], str | None], tag: Callable[[str], str]) -> str:
    match token:
        case Words(text):
            return _escaped(text)
        case Link(url):
            return _link_markup(url)
        case Tag(name):
            href = _quoted(tag(name))
            shown = _escaped(name)
            return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{shown}</span></a>'
        case Mention():
            return _mention_markup(token, mention(token.address))


def _mention_markup(mention: Mention, url: str | None) -> str:
    if url is None:
        return _escaped(mention.shown)
    name = _escaped(mention.shown[1:].partition("@")[0])
    anchor = f'<a href="{_quoted(url)}" class="u-url mention">@<span>{name}</span></a>'
    return f'<span class="h-card">{anchor}</span>'


def _link_markup(url: str) -> str:
    """The whole address in the text, of which a browser shows the telling part."""
    found = re.match(r"(?i:https?)://(?:www\.)?", url)
    start = found.end() if found else 0
    end = start + SHOWN_OF_LINK
    cut = "ellipsis" if len(url) > end else ""
    hidden, shown, rest = (_escaped(part) for part in (url[:start], url[start:end], url[end:]))
    return (
        f'<a href="{_quoted(url)}" rel="nofollow noopener" target="_blank">'
        f'<span class="invisible">{hidden}</span><span class="{cut}">{shown}</span>'
        f'<span class="invisible">{rest}</span></a>'
    )


def _escaped(text: str) -> str:
    """Escaped for a text, in the letters that the sanitiser would choose itself."""
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def _quoted(text: str) -> str:
    """The same for an attribute between double quotes."""
    return _escaped(text).replace('"', "&quot;")


def _wall(markup: str) -> str:
    """The second wall: what we wrote ourselves passes unchanged, anything else does not pass."""
    return nh3.clean(
        markup,
        tags={"p", "br", "a", "span"},
        attributes={"a": {"href", "rel", "class", "target"}, "span": {"class"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )


def plain(markup: str) -> str:
    """The text of HTML made by `html`: paragraphs by a blank line, every link in full."""
    lines = re.sub("<br[ /]*+>", "\n", re.sub("</p>[ \n]*+<p>", "\n\n", markup))
    return unescape(re.sub("<[^<>]*+>", "", lines))


def length(text: str, spoiler: str = "") -> int:
    """The characters a reader sees in content warning and text, counted as Mastodon does.

    A link counts 23, and a mention without its domain; an emoji of several code points counts 1."""
    counted = "".join(map(_counted, parse(text)))
    return _graphemes(spoiler) + _graphemes(counted)


def _counted(token: Token) -> str:
    match token:
        case Link():
            return "x" * URL_LENGTH
        case Mention(handle):
            return f"@{handle}"
        case _:
            return token.shown


def _graphemes(text: str) -> int:
    return sum(1 for _grapheme in iter_graphemes(text))


def excerpt(text: str, n: int) -> str:
    """The text on one line in at most `n` characters, cut behind a word with an ellipsis."""
    line = " ".join(text.split())
    seen = list(islice(iter_graphemes(line), n + 1))
    if len(seen) <= n:
        return line
    start = "".join(seen[: n - 1])
    words, space, _last = f"{start}{seen[n - 1]}".rpartition(" ")
    # One long word is better cut in the middle than left out.
    return (words if space and len(words) > n // 2 else start) + "…"


def fold(tag: str) -> str:
    """What makes two tags the same: case and compatibility forms are folded, letters are kept.

    `#Für`, `#FÜR` and `#ＦÜR` are one; `ø` stays a letter of its own."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tag).casefold())
