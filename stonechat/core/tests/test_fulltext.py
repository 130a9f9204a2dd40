"""Full text: words, phrases and stems are found; what looks like a query language is only words."""

from __future__ import annotations

import pytest
from django.db import connection

from stonechat.core import fulltext
from stonechat.core.models import Job

pytestmark = pytest.mark.django_db

stems = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="FTS5 has a stemmer for English only",
)


def found(*terms, language="", newest=fulltext.NEWEST):
    """The numbers that match, newest first: asked for as search does, inside another query."""
    ids = fulltext.matching(list(terms), language, newest)
    return list(Job.objects.filter(pk__in=ids).order_by("-pk").values_list("pk", flat=True))


def put(number, words, language=""):
    """Index the words of a row."""
    Job.objects.get_or_create(pk=number, defaults={"name": "x", "due_at": "2027-01-01T00:00Z"})
    fulltext.put(number, words, language)


def test_all_words_must_be_there():
    put(1, "The returns job moved to Hull")
    put(2, "The returns job stays")
    assert found("returns") == [2, 1]
    assert found("returns", "hull") == [1]
    assert found("returns", "aarhus") == []


def test_a_text_takes_the_place_of_the_one_before():
    put(1, "before")
    put(1, "after")
    assert (found("before"), found("after")) == ([], [1])
    fulltext.remove(1)
    fulltext.remove(1)
    assert found("after") == []


def test_a_phrase_is_words_in_order():
    put(1, "the returns job moved", "en")
    put(2, "a job that returns", "en")
    assert found("returns job", language="en") == [1]
    assert found("job", "returns", language="en") == [2, 1]


def test_accents_and_case():
    put(1, "Grüße aus Århus, ÆBLE")
    assert found("grüße") == found("GRÜßE") == [1]
    assert found("æble") == [1]


def test_english_is_stemmed_on_both_engines():
    put(1, "She was posting pictures", "en")
    assert found("posted", language="en") == [1]
    assert found("picture", language="en") == [1]


@stems
@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("de", "Die Häuser am Hafen wurden verkauft", "Haus"),
        ("de", "Wir haben Rechnungen geschrieben", "Rechnung"),
        ("de-AT", "Wir haben Rechnungen geschrieben", "Rechnung"),
        ("da", "Vi har fået nye vinduer", "vindue"),
        ("en", "The companies moved", "company"),
    ],
)
def test_stems_of_a_language(language, text, term):
    put(1, text, language)
    assert found(term, language=language) == [1]


@stems
def test_words_of_another_language_are_found_as_written():
    put(1, "Die Häuser am Hafen", "de")
    assert found("Häuser", language="en") == [1]
    assert found("Hafen", language="tlh") == [1]


def test_a_word_that_a_stemmer_leaves_out_is_found_as_written():
    put(1, "to be or not to be", "en")
    assert found("not to be", language="en") == [1]
    assert found("the", language="en") == []


def test_the_newest_are_considered():
    for number in range(1, 8):
        put(number, "hello")
    assert found("hello", newest=3) == [7, 6, 5]


HOSTILE = [
    '"', '""', '" OR 1', "*", "hull*", "NEAR(", "NEAR(a b, 2)", "AND", "OR", "NOT", "(", ")", "a:b",
    "words:hull", "-hull", "^hull", "{words}:hull", "+", "'", "';--", "%", "_", "\\", "a\0b", "\0",
    "&", "|", "!", "<->", ":*", "a & ! b", "\u0301", "\u200d", "🎉", "\U0010ffff", "x" * 10_000,
    "x " * 5_000, "ﷺ" * 500,
]  # fmt: skip


@pytest.mark.parametrize("term", HOSTILE, ids=lambda term: ascii(term)[:20])
def test_what_looks_like_a_query_is_only_words(term):
    put(1, "Hull is a town")
    put(2, "nothing of it")
    assert found(term) in ([], [1])
    assert found("hull", term) in ([], [1])


@pytest.mark.parametrize("term", ['"', "*", "(", "-", "_", "\0", " "])
def test_a_term_without_a_word_in_it_asks_for_nothing(term):
    put(1, "hull")
    assert not fulltext.searchable(term)
    assert found(term) == []
    assert found("hull", term) == [1]


@pytest.mark.parametrize("text", [t for t in HOSTILE if "\0" not in t], ids=lambda t: ascii(t)[:20])
def test_any_text_can_be_indexed(text):
    put(1, f"{text} hull")
    assert found("hull") == [1]


def test_nothing_to_look_for_finds_nothing():
    put(1, "hull")
    assert found() == []
