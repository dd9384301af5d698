"""Give rows from before the review their present marking, organisation and release."""

from django.db import migrations
from django.db.models import F, Q

FROM_LEAST_STRICT = ("clear", "green", "amber", "amber_strict", "red")
ONCE_PUBLIC = ("published", "superseded", "withdrawn")


def fill(apps, schema_editor):
    Incident = apps.get_model("incidents", "Incident")
    Record = apps.get_model("incidents", "Record")
    Citation = apps.get_model("incidents", "Citation")
    Article = apps.get_model("articles", "Article")
    Figure = apps.get_model("incidents", "ReportedFigure")
    Organisation = apps.get_model("articles", "Organisation")
    Membership = apps.get_model("articles", "Membership")
    User = apps.get_model("auth", "User")
    # Each update is stricter than the one before, so the strictest of both markings stays.
    for marking in FROM_LEAST_STRICT:
        record = Record.objects.filter(marking=marking).values("pk")
        Incident.objects.filter(Q(marking=marking) | Q(record__in=record)).update(
            effective_marking=marking
        )
    Incident.objects.filter(state="in_review").update(submitted_at=F("changed_at"))
    cited = Citation.objects.filter(incident__state__in=ONCE_PUBLIC).values("article")
    Article.objects.filter(pk__in=cited).update(released=True)
    if not (User.objects.filter(is_staff=True).exists() or Record.objects.exists()):
        return
    house = Organisation.objects.create(name="This organisation", slug="this-organisation")
    for user in User.objects.filter(is_staff=True):
        Membership.objects.create(user=user, organisation=house)
    for model in (Record, Article, Figure):
        model.objects.update(organisation=house)


class Migration(migrations.Migration):

    dependencies = [("incidents", "0003_review")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
