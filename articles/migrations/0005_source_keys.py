from __future__ import annotations

from typing import Any

from django.db import migrations

import articles.fields

BATCH = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Derive the keys of what is there; a row without the name has the empty key already."""
    for model, source, key in (("Article", "wire_origin", "wire_key"), ("Publisher", "name", "name_key")):
        manager = apps.get_model("articles", model)._base_manager
        rows = manager.exclude(**{source: ""}).only("pk", source)
        some = []
        for row in rows.iterator(chunk_size=BATCH):
            setattr(row, key, row._meta.get_field(key).derive([getattr(row, source)]))
            some.append(row)
            if len(some) == BATCH:
                manager.bulk_update(some, [key])
                some = []
        manager.bulk_update(some, [key])


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_captures")]

    operations = [
        migrations.AddField(
            "article",
            "wire_key",
            articles.fields.FoldedField(default="", of=("wire_origin",)),
            preserve_default=False,
        ),
        migrations.AddField(
            "publisher",
            "name_key",
            articles.fields.FoldedField(default="", of=("name",)),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
