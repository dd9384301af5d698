"""The digests of addresses by the rule of today; what an article was known by stays known."""

from itertools import islice

from django.db import migrations
from django.db.models import F

from articles.canonical import digest

BATCH = 2000


def told_anew(rows):
    """Yield, some at a time, the rows whose address has another digest now, with that one."""
    found = rows.only("url", "address_digest").order_by("pk").iterator(BATCH)
    while some := list(islice(found, BATCH)):
        new = [(row, digest(row.url)) for row in some]
        yield [(row, key) for row, key in new if key != row.address_digest]


def tell_anew(apps, schema_editor):
    """Give each row its digest; articles of one address share theirs.

    What a feed announced has a digest of its own: the second of two that are one keeps the old.
    """
    using = schema_editor.connection.alias
    articles = apps.get_model("articles", "Article").objects.using(using)
    for changed in told_anew(articles):
        for row, key in changed:
            articles.filter(pk=row.pk).update(
                former_digest=row.address_digest, address_digest=key
            )
    items = apps.get_model("articles", "Item").objects.using(using)
    for changed in told_anew(items):
        for row, key in changed:
            if not items.filter(address_digest=key).exists():
                items.filter(pk=row.pk).update(address_digest=key)


def tell_as_before(apps, schema_editor):
    """Give articles the digest back by which they were known."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    known = articles.exclude(former_digest="")
    known.update(address_digest=F("former_digest"), former_digest="")


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_outlets")]

    operations = [migrations.RunPython(tell_anew, tell_as_before)]
