"""Documents of what is searched, the index beside them, and those of the rows that are there."""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from incidents import indexing


def make(apps, schema_editor):
    """Make the index, and a document for every row."""
    using = schema_editor.connection.alias
    indexing.install(using)
    for kind in indexing.KINDS:
        document = apps.get_model(kind.document._meta.label)
        rows = apps.get_model(kind.row._meta.label).objects.using(using).only(*kind.columns())
        if kind.name == "incident":
            rows = rows.filter(state__in=indexing.STATES)
        found = rows.iterator(indexing.BATCH)
        while some := list(islice(found, indexing.BATCH)):
            made = [kind.made(row, document) for row in some]
            document.objects.using(using).bulk_create(made)
    if schema_editor.connection.vendor == "postgresql":
        # No table is altered while a check of a reference waits.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def drop(apps, schema_editor):
    """Remove what Django does not know of, which goes with the tables elsewhere."""
    if schema_editor.connection.vendor == "sqlite":
        for kind in indexing.KINDS:
            schema_editor.execute(f"DROP TABLE IF EXISTS {kind.index}")


def document(name, row):
    """Return the operation that makes the table of documents of a kind of rows."""
    return migrations.CreateModel(
        name=f"{name.title()}Document",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("title", models.TextField(blank=True, verbose_name="words of the title")),
            ("body", models.TextField(blank=True, verbose_name="words of the text")),
            (
                name,
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    related_query_name="document",
                    to=row,
                ),
            ),
        ],
        options={"verbose_name": f"words of an {name}"},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_dead_since"),
        ("incidents", "0013_introductions"),
    ]

    operations = [
        document("incident", "incidents.incident"),
        document("article", "articles.article"),
        migrations.RunPython(make, drop),
    ]
