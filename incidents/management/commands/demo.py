"""Try the site on this machine: data, accounts and a server in one command."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db.models import Q
from waitress.server import create_server

from articles.clearance import REVIEWERS
from articles.models import Membership
from articles.services import house
from incidents.models import Record

GROUPS = {"analyst": "Analysts", "reviewer": REVIEWERS}
# Rows of a form that its author may take out again.
CHILDREN = ("location", "target", "effect", "statusfinding", "claim", "citation")
# Kept by the program, for the program.
INTERNAL = (
    "clock",
    "referencecounter",
    "coding",
    "ledgerentry",
    "auditentry",
    "notification",
    "comment",
    "markingchange",
    "comparison",
    "organisation",
    "membership",
    "capture",
    "content",
    "check",
    "band",
)


def refuse_unless_trial(host: str) -> None:
    """Raise unless this is a trial that only this machine can reach."""
    if not settings.DEBUG:
        raise CommandError("The demo needs DEBUG=1; it makes accounts for a trial.")
    if not settings.HTI_DEMO:
        raise CommandError("The demo needs DEMO=1.")
    if not is_loopback(host):
        raise CommandError(f"The demo serves this machine only, not {host}.")


def second_factor() -> str:
    """Say whether this trial asks for a second factor."""
    if settings.MFA_REQUIRED:
        return "Reviewers and administrators set up a second factor first."
    return "This trial asks for no second factor; a deployment does."


def is_loopback(host: str) -> bool:
    """Say whether `host` is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Take the port, so that nobody waits for the data only to hear that it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Port {port} cannot be used ({error.strerror}). Try: make run PORT={port + 1}"
        ) from error
    return listener


def permit(group: Group) -> None:
    """Let `group` read, add and change everything, and take rows out of forms."""
    models = [
        model
        for app in ("articles", "incidents")
        for model in apps.get_app_config(app).get_models()
    ]
    names = [model._meta.model_name for model in models]
    granted = [
        f"{action}_{name}"
        for name in names
        if name not in INTERNAL
        for action in ("view", "add", "change", *(("delete",) if name in CHILDREN else ()))
    ]
    group.permissions.set(
        Permission.objects.filter(
            Q(content_type__app_label="articles") | Q(content_type__app_label="incidents"),
            codename__in=granted,
        )
    )


class Command(BaseCommand):
    """Prepare the trial and serve it; safe to repeat."""

    help = "Migrate, load the starter data when empty, make demo accounts, serve on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to serve, and whether to serve at all."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare in the order in which each step needs the one before."""
        host, port = options["host"], options["port"]
        refuse_unless_trial(host)
        listener = None if options["no_serve"] else listen(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        if not Record.objects.exists():
            call_command("load_starter", stdout=self.stdout)
        self._accounts()
        if listener is not None:
            self._serve(listener, host, port)

    def _accounts(self) -> None:
        made = {}
        for name in (*GROUPS, "admin"):
            if User.objects.filter(username=name).exists():
                continue
            made[name] = secrets.token_urlsafe(12)
            user = User.objects.create_user(
                name, password=made[name], is_staff=True, is_superuser=name == "admin"
            )
            Membership.objects.create(user=user, organisation=house())
            if name in GROUPS:
                user.groups.add(Group.objects.get_or_create(name=GROUPS[name])[0])
        for group in Group.objects.filter(name__in=GROUPS.values()):
            permit(group)
        if made:
            self.stdout.write("Demo accounts, shown this once:")
            for name, password in made.items():
                self.stdout.write(f"  {name:<10}{password}")
        else:
            self.stdout.write(
                "The demo accounts analyst, reviewer and admin exist. A new password:\n"
                "  .venv/bin/python manage.py changepassword analyst   (with DEBUG=1)"
            )

    def _serve(self, listener: socket.socket, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        server = create_server(
            get_wsgi_application(),
            sockets=[listener],
            threads=8,
            connection_limit=1000,
            channel_timeout=20,
            # select() stops at 1,024 open files, which 1,000 connections can pass.
            asyncore_use_poll=True,
            ident=None,
        )
        self.stdout.write(
            self.style.SUCCESS(
                f"\nHTI is at http://{shown}:{port}/ (forms: /admin/). Ctrl-C stops it.\n"
                + second_factor()
            )
        )
        self.stdout.flush()
        server.run()
