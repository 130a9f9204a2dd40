"""Plain text becomes tokens, and tokens become safe HTML."""

from __future__ import annotations

import html
import time

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonechat.core import text
from stonechat.core.text import Link, Mention, Tag, Words

PEOPLE = {"bob": "/@bob", "ann": "https://stonechat.example/@ann"}
# Everything that means something to the parser, to HTML or to Unicode, in any order.
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(
            ["https://", "http://a.de", "/x?y=1&z", "@bob", "@ann@b.de", "#tag", "-", "\n\n", " "]
        ),
        st.sampled_from(
            ["<", ">", '"', "'", "&", "&amp;", "<script>", "\u00a0", "e\u0301", "[::1]"]
        ),
    ),
    max_size=20,
).map("".join)


def rendered(typed):
    return text.html(text.parse(typed), mention=PEOPLE.get, tag="/tags/{}".format)


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("", []),
        ("just words", [Words("just words")]),
        ("@Bob", [Mention("bob", "", "@Bob")]),
        ("@bob@Example.org!", [Mention("bob", "example.org", "@bob@Example.org"), Words("!")]),
        ("(@bob.b)", [Words("("), Mention("bob.b", "", "@bob.b"), Words(")")]),
        ("@bob.", [Mention("bob", "", "@bob"), Words(".")]),
        ("@bob's", [Mention("bob", "", "@bob"), Words("'s")]),
        ("bob@example.org", [Words("bob@example.org")]),
        ("@ bob", [Words("@ bob")]),
        ("#Hull-tariff-2027", [Tag("Hull-tariff-2027", "#Hull-tariff-2027")]),
        ("#tag-", [Tag("tag", "#tag"), Words("-")]),
        ("#a--b", [Tag("a", "#a"), Words("--b")]),
        ("#Ærø, #på_tværs", [Tag("Ærø", "#Ærø"), Words(", "), Tag("på_tværs", "#på_tværs")]),
        ("#हिन्दी", [Tag("हिन्दी", "#हिन्दी")]),
        ("#2027 #_ #2027-08", [Words("#2027 #_ #2027-08")]),
        ("#2027plan", [Tag("2027plan", "#2027plan")]),
        ("a#b c/#d ##e", [Words("a#b c/#d ##e")]),
        ("&#39;", [Words("&#39;")]),
    ],
)
def test_mentions_and_tags_are_recognised(typed, tokens):
    assert text.parse(typed) == tokens


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("see https://example.org.", "https://example.org"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b), and", "https://example.org/a_(b)"),
        ("https://example.org/?q=1&r=[2]#top!", "https://example.org/?q=1&r=[2]#top"),
        ("https://example.org/@bob/#tag", "https://example.org/@bob/#tag"),
        ("http://wiki/Start", "http://wiki/Start"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
        ("“https://example.org/a”", "https://example.org/a"),
        ('<a href="https://example.org">', "https://example.org"),
    ],
)
def test_links_are_recognised(typed, url):
    assert [token for token in text.parse(typed) if not isinstance(token, Words)] == [
        Link(url, url)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "example.org",
        "www.example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "xhttps://example.org",
        "https://",
        "https:///path",
        "https://bank.example@evil.example/",
        "https://bank.example:secret@evil.example/",
        "http://256.1.1.1/",
        "http://example.org:99999/",
    ],
)
def test_other_addresses_stay_words(typed):
    assert not [token for token in text.parse(typed) if isinstance(token, Link)]


@given(HOSTILE)
def test_tokens_hold_the_whole_text(typed):
    assert "".join(token.shown for token in text.parse(typed)) == typed


@pytest.mark.parametrize(
    ("typed", "markup"),
    [
        ("", ""),
        ("one\ntwo\n \nthree", "<p>one<br>two</p><p>three</p>"),
        ("\n\n a \n\n\n b\n", "<p>a </p><p> b</p>"),
        ("<b>&amp;\"'", "<p>&lt;b&gt;&amp;amp;\"'</p>"),
        (
            "@Bob@here",
            '<p><span class="h-card"><a href="/@bob" class="u-url mention">'
            "@<span>Bob</span></a></span></p>",
        ),
        ("@eve", "<p>@eve</p>"),
        (
            "#Hull",
            '<p><a href="/tags/Hull" class="mention hashtag" rel="tag">#<span>Hull</span></a></p>',
        ),
        (
            "https://a.de",
            '<p><a href="https://a.de" rel="nofollow noopener" target="_blank">'
            '<span class="invisible">https://</span><span class="">a.de</span>'
            '<span class="invisible"></span></a></p>',
        ),
        (
            "https://www.example.org/a/long/path/to/nowhere?a=1&b=2",
            '<p><a href="https://www.example.org/a/long/path/to/nowhere?a=1&amp;b=2"'
            ' rel="nofollow noopener" target="_blank"><span class="invisible">https://www.</span>'
            '<span class="ellipsis">example.org/a/long/path/to/now</span>'
            '<span class="invisible">here?a=1&amp;b=2</span></a></p>',
        ),
    ],
)
def test_html_is_mastodons(typed, markup):
    def mention(address):
        return PEOPLE.get(address.removesuffix("@here"))

    assert text.html(text.parse(typed), mention=mention, tag="/tags/{}".format) == markup


def test_mention_is_asked_with_its_domain():
    asked: list[str] = []
    text.html(text.parse("@Ann @Bob@B.de"), mention=asked.append, tag=str)
    assert asked == ["ann", "bob@b.de"]


@given(HOSTILE)
def test_second_wall_has_nothing_to_do(typed):
    """What reaches the sanitiser is already what it would write: so both walls hold alone."""
    seen = []
    clean = nh3.clean

    def watched(markup, **rules):
        seen.append(markup)
        return clean(markup, **rules)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nh3, "clean", watched)
        assert rendered(text.clean(typed.replace("\0", ""))) == seen[-1]


@given(st.text("<>\"'&;ä /?#%@", max_size=10))
def test_addresses_of_people_and_tags_pass_the_wall(name):
    url = "https://stonechat.example/" + name
    markup = text.html(
        [Tag("a", "#a"), Mention("bob", "", "@bob")], mention=lambda _: url, tag=lambda _: url
    )
    assert html.unescape(markup).count(f'href="{url}"') == 2


@given(HOSTILE)
def test_plain_gives_the_text_back(typed):
    lines = text.clean(typed.replace("\0", "")).replace("\t", " ")
    told = text.plain(rendered(lines))
    assert told.split() == lines.split()


def test_address_that_is_no_web_address_is_dropped():
    markup = text.html([Mention("bob", "", "@bob")], mention="javascript:{}".format, tag=str)
    assert "javascript" not in markup


def test_plain_shows_links_in_full():
    url = "https://www.example.org/a/long/path/to/nowhere?a=1&b=2"
    assert text.plain(rendered(f"see {url}\nand\n\nso on")) == f"see {url}\nand\n\nso on"


@pytest.mark.parametrize(
    ("typed", "spoiler", "count"),
    [
        ("", "", 0),
        ("abc", "de", 5),
        ("æøå\n", "", 4),
        ("e\u0301", "", 1),
        ("👨‍👩‍👧‍👦🇩🇰🇩🇪👍🏽❤️각", "", 6),
        ("https://example.org/" + "a" * 100, "", 23),
        ("https://a.de", "", 23),
        ("@bob@example.org!", "", 5),
        ("https://a.de", "https://a.de", 23 + 12),
    ],
)
def test_length_is_counted_as_mastodon_does(typed, spoiler, count):
    assert text.length(typed, spoiler) == count


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b", "\udc00"])
def test_text_that_nothing_can_hold_is_refused(typed):
    with pytest.raises(ValueError, match="send it again"):
        text.clean(typed)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("e\u0301", "é"),
        ("a\x07b\x1b[1m\tc", "ab[1m\tc"),
        ("a" + "\u0301" * 100, "á" + "\u0301" * (text.STACKED_MARKS - 1)),
    ],
)
def test_clean_text_has_one_form(typed, cleaned):
    assert text.clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "n", "cut"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three", 9, "one two…"),
        ("one\n\n  two", 20, "one two"),
        ("unbreakable", 5, "unbr…"),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 2, "👨‍👩‍👧‍👦…"),
    ],
)
def test_excerpt_ends_behind_a_word(typed, n, cut):
    assert text.excerpt(typed, n) == cut


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hull", "hULL", True),
        ("Für", "FU\u0308R", True),
        ("STRASSE", "straße", True),
        ("ＨＵＬＬ", "hull", True),
        ("ø", "o", False),
        ("a-b", "ab", False),
    ],
)
def test_tags_are_folded(one, other, same):
    assert (text.fold(one) == text.fold(other)) is same


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "#",
        "@a",
        "#a",
        "@a@",
        "@a.",
        "#a-",
        "[(",
        "<",
        "&",
        "\n \n",
        "e\u0301\u0323",
        "👨\u200d",
        "https://",
        "https://xn--a.",
        "https://a.de/",
        "https://a:b",
        "https://a.de/)",
        "https://[::",
    ],
)
def test_time_grows_with_the_length(piece):
    """Four times the text takes about four times as long; with a square in it, sixteen times."""

    def seconds(characters):
        typed = (piece * characters)[:characters]
        start = time.process_time()
        text.plain(rendered(text.clean(typed)))
        text.length(typed)
        return time.process_time() - start

    assert min(seconds(6_000) for _ in range(2)) < 0.004 + 9 * min(seconds(1_500) for _ in range(3))


@pytest.mark.parametrize("typed", ["@" * 100_000, "#" * 100_000, "https://a.de/" + "[(" * 50_000])
def test_hundred_kilobytes_are_no_work(typed):
    start = time.process_time()
    text.parse(text.clean(typed))
    assert time.process_time() - start < 5  # with a square in it, minutes
