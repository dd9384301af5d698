"""Take the second factor of an account away on the server, where no administrator can."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents import factors


class Command(BaseCommand):
    """Remove a second factor."""

    help = "Take the second factor of an account away and end its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose it is."""
        parser.add_argument("name", help="the name of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, or say that there is none."""
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"No account is called {options['name']}.")
        if not factors.remove(user, by=None):
            raise CommandError(f"{user.get_username()} has no second factor.")
        self.stdout.write(f"The second factor of {user.get_username()} was removed.")
