"""An index over the words of every page, for search. PostgreSQL alone has it; SQLite reads the pages."""

from django.db import migrations

# The same expressions as programs/search.py asks with; only then does PostgreSQL use the index.
MAKE_EN = (
    "CREATE INDEX programs_page_words_en ON programs_page "
    "USING gin (to_tsvector('english'::regconfig, COALESCE(words_en, '')))"
)
MAKE_ES = (
    "CREATE INDEX programs_page_words_es ON programs_page "
    "USING gin (to_tsvector('spanish'::regconfig, COALESCE(words_es, '')))"
)
DROP_EN = "DROP INDEX programs_page_words_en"
DROP_ES = "DROP INDEX programs_page_words_es"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE_EN)
        schema_editor.execute(MAKE_ES)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP_EN)
        schema_editor.execute(DROP_ES)


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
