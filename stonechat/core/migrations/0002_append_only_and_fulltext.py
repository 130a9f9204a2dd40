"""Triggers that keep facts append-only, and the full-text table, on both engines."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER fact_never_changes BEFORE UPDATE ON core_fact
       BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    """CREATE TRIGGER fact_trail_stays BEFORE DELETE ON core_fact WHEN OLD.kind = 'trail'
       BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    # INSERT OR REPLACE deletes what it replaces without asking the trigger above.
    """CREATE TRIGGER fact_never_replaced BEFORE INSERT ON core_fact
       WHEN EXISTS (SELECT 1 FROM core_fact WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    """CREATE VIRTUAL TABLE core_fulltext USING fts5
       (words, tokenize = "porter unicode61 remove_diacritics 2")""",
]
POSTGRESQL = [
    """CREATE FUNCTION core_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'DELETE' AND OLD.kind = 'signal' THEN RETURN OLD; END IF;
         RAISE EXCEPTION 'facts are append-only';
       END $$""",
    """CREATE TRIGGER fact_guard BEFORE UPDATE OR DELETE ON core_fact
       FOR EACH ROW EXECUTE FUNCTION core_fact_guard()""",
    """CREATE TRIGGER fact_never_emptied BEFORE TRUNCATE ON core_fact
       FOR EACH STATEMENT EXECUTE FUNCTION core_fact_guard()""",
    "CREATE TABLE core_fulltext (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX core_fulltext_words ON core_fulltext USING gin (words)",
]


def build(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_begin")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
