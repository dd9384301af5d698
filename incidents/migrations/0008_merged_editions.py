"""Editions tell whether their record is a part of another one; indexes for a million of them."""

from django.conf import settings
from django.db import migrations, models

from incidents import triggers


def drop_triggers(apps, schema_editor):
    """Drop what refuses any change of a published edition; migrate puts it back at its end."""
    triggers.remove(schema_editor.connection.alias)


def tell_merged(apps, schema_editor):
    """Write to the editions of merged records that they are."""
    incidents = apps.get_model("incidents", "Incident").objects.using(schema_editor.connection.alias)
    incidents.filter(record__merged_into__isnull=False).update(merged=True)
    if schema_editor.connection.vendor == "postgresql":
        # No index is made while a check of a reference waits.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0007_joining_raised"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="incident", name="incident_by_onset"),
        migrations.RemoveIndex(model_name="incident", name="incident_by_type"),
        migrations.RemoveIndex(model_name="incident", name="incident_by_country"),
        migrations.AddField(
            model_name="incident",
            name="merged",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(tell_merged, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["state", "merged", "-onset_from", "-record"], name="incident_by_onset"
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["state", "merged", "country", "-onset_from", "-record"],
                name="incident_by_country",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=[
                    "state",
                    "merged",
                    "event_type",
                    "effective_marking",
                    "status",
                    "outcome",
                    "onset_from",
                    "onset_to",
                    "country",
                    "id",
                ],
                name="incident_counted",
            ),
        ),
    ]
