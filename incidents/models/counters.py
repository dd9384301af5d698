"""Numbers that are handed out or grow: public references of a year, versions of what is read."""

import secrets

from django.db import models
from django.db.models import Q


class ReferenceCounter(models.Model):
    """The last number given to a public reference in a year; gaps are not left."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


def new_stamp() -> str:
    """Return a text that was never given before."""
    return secrets.token_urlsafe(12)


class Clock(models.Model):
    """A number that grows whenever what its readers see may have changed.

    `public` moves only with what is CLEAR, so that nothing hidden can be timed by it. `stamp` is
    drawn anew each time: a database that was restored counts the same numbers again.
    """

    name = models.CharField(max_length=8, primary_key=True)
    version = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=16, default=new_stamp, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(name__in=("public", "staff")), name="incidents_clock_name_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
