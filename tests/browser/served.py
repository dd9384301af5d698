"""Serve the site to a browser, as `runserver` does, and let in whom the tests name.

Run as a module, with the environment of that site and a port. A name on a line of the standard
input is answered by a line of the standard output: the cookie of a login of its own.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TextIO

import django


def let_in(told: TextIO) -> None:
    """Log in each account that is named."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    # Closed where it fails, so that nobody waits for an answer.
    with told:
        for line in sys.stdin:
            visitor = Client()
            visitor.force_login(User.objects.get(username=line.strip()))
            cookie = visitor.cookies[settings.SESSION_COOKIE_NAME]
            told.write(f"{cookie.key} {cookie.value}\n")
            told.flush()


def main(told: TextIO) -> None:
    """Serve it."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: PLC0415

    # Nobody reads what DEBUG keeps of each query, for which SQLite is asked a second time.
    BaseDatabaseWrapper.queries_logged = False  # type: ignore[assignment, method-assign]
    # The files do not change while they are served: WhiteNoise finds them once, a browser too.
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_MAX_AGE = 3600
    threading.Thread(target=let_in, args=(told,), daemon=True).start()
    call_command(
        "runserver",
        f"127.0.0.1:{sys.argv[1]}",
        use_reloader=False,
        use_static_handler=False,
        skip_checks=True,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The site tells what it does on the standard output, where cookies alone are awaited.
    own, sys.stdout = os.fdopen(1, "w"), sys.stderr
    django.setup()
    main(own)
