"""What the claims of an edition say in all stands on it, and one index holds what is counted."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

import articles.fields
from incidents import triggers

ACCUSED = ("perpetrator_persona", "accused_state", "accused_party")


def drop_triggers(apps, schema_editor):
    """Drop what refuses any change of a published edition; migrate puts it back at its end."""
    triggers.remove(schema_editor.connection.alias)


def tell_claims(apps, schema_editor):
    """Write to editions what their live claims say."""
    alias = schema_editor.connection.alias
    incidents = apps.get_model("incidents", "Incident").objects.using(alias)
    claims = apps.get_model("incidents", "Claim").objects.using(alias).order_by()
    live = claims.filter(incident=OuterRef("pk"), live_until__isnull=True)
    clear = live.filter(marking="clear")
    ruling_out = clear.filter(stance="rules_out").exclude(claimant_kind__in=ACCUSED)
    naming = clear.filter(about="actor", stance="asserts").exclude(responsible_state="")
    states = naming.values("incident").annotate(
        one=Min("responsible_state"), other=Max("responsible_state")
    )
    highest = clear.values("incident").annotate(top=Max("level")).values("top")
    incidents.filter(pk__in=claims.values("incident")).update(
        clear_level=Coalesce(Subquery(highest), 0),
        clear_contested=Q(Exists(ruling_out)) | Q(Exists(states.filter(one__lt=F("other")))),
        beyond_clear=Exists(live.exclude(marking="clear")),
    )
    signs = (Q(occurred__contains=sign) for sign in "?~%")
    incidents.filter(Q(*signs, _connector=Q.OR)).update(approximate=True)
    if schema_editor.connection.vendor == "postgresql":
        # No index is made while a check of a reference waits.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0009_tokens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="incident", name="incident_counted"),
        migrations.AddField(
            model_name="incident",
            name="clear_level",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="incident",
            name="clear_contested",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="incident",
            name="beyond_clear",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="incident",
            name="approximate",
            field=articles.fields.EdtfDoubtField(
                db_default=False, default=False, of=("occurred",)
            ),
        ),
        migrations.RunPython(tell_claims, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=[
                    "state",
                    "merged",
                    "clear_level",
                    "clear_contested",
                    "approximate",
                    "effective_marking",
                    "status",
                    "outcome",
                    "beyond_clear",
                    "country",
                    "event_type",
                    "domain",
                    "sector",
                    "target_kind",
                    "target_country",
                    "onset_from",
                    "onset_to",
                    "id",
                ],
                name="incident_counted",
            ),
        ),
    ]
