"""Look at every saved view that somebody subscribed to, and tell what is news."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from incidents import saved
from incidents.models import Subscription


class Command(BaseCommand):
    """Tell readers what changed in their views since the last time; run it every hour or so."""

    help = "Look at every view with subscribers, keep what is news, send each reader one mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at each, then send."""
        subscriptions = Subscription.objects.select_related("user", "view").order_by("pk")
        subscriptions = subscriptions.filter(user__is_active=True)
        told = sum(
            saved.look(subscription)
            for subscription in tqdm(
                subscriptions.iterator(),
                total=subscriptions.count(),
                desc="Views",
                file=sys.stderr,
                disable=None,
            )
        )
        saved.forget()
        self.stdout.write(f"{told} news.")
        if settings.HTI_MAIL:
            sent, failed = saved.mail()
            self.stdout.write(f"{sent} mails sent.")
            if failed:
                raise CommandError(f"{failed} mails could not be sent; they are tried again.")
