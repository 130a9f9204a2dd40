"""A full-text index of numbered texts: FTS5 on SQLite, `tsvector` on PostgreSQL.

The row's number is the id of what is indexed, so the newest matches are read from the end.
It answers with ids only; who may see them is asked by the query that takes them.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models.expressions import RawSQL

# Stemmers that PostgreSQL ships for languages we meet; everything else is matched as written.
CONFIGURATIONS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

NEWEST = 2000  # how many of the newest matches are considered: what keeps common words fast


def add(number: int, words: str, language: str = "") -> None:
    """Index a text under a number that has none yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO core_fulltext (rowid, words) VALUES"
                " (%s, to_tsvector(%s::regconfig, %s) || to_tsvector('simple', %s))",
                [number, _configuration(language), words, words],
            )
        else:
            cursor.execute(
                "INSERT INTO core_fulltext (rowid, words) VALUES (%s, %s)", [number, words]
            )


def put(number: int, words: str, language: str = "") -> None:
    """Index a text under its number, in place of what was there."""
    remove(number)
    add(number, words, language)


def remove(number: int) -> None:
    """Forget a text; nothing happens where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_fulltext WHERE rowid = %s", [number])


def matching(terms: list[str], language: str = "", newest: int = NEWEST) -> RawSQL:
    """A subquery of the newest numbers whose text holds every term (a term may be a phrase).

    It is for `pk__in`. Terms that are not `searchable` ask for nothing; without any other,
    nothing is found."""
    terms = [term.replace("\0", " ") for term in terms if searchable(term)]
    if connection.vendor == "postgresql":
        return _matching_postgresql(terms, language, newest)
    # In quotes nothing is an operator; a pair of quotes around nothing finds nothing.
    query = " ".join('"' + term.replace('"', " ") + '"' for term in terms) or '""'
    # No parentheses of our own: Django adds a pair, and in two SQLite reads a single row.
    return RawSQL(
        "SELECT rowid FROM core_fulltext WHERE core_fulltext MATCH %s ORDER BY rowid DESC LIMIT %s",
        [query, newest],
    )


def _matching_postgresql(terms: list[str], language: str, newest: int) -> RawSQL:
    """Each term as it is written or as this language stems it."""
    each = "(words @@ (phraseto_tsquery(%s::regconfig, %s) || phraseto_tsquery('simple', %s)))"
    parameters: list[object] = []
    for term in terms:
        parameters += [_configuration(language), term, term]
    where = " AND ".join([each] * len(terms)) or "FALSE"
    # Only our own words are joined here; what was searched for are parameters.
    sql = f"SELECT rowid FROM core_fulltext WHERE {where} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
    return RawSQL(sql, [*parameters, newest])  # noqa: S611


def searchable(term: str) -> bool:
    """Whether a term holds anything to look for."""
    return bool(re.search(r"[^\W_]", term))


def _configuration(language: str) -> str:
    return CONFIGURATIONS.get(language[:2], "simple")
