"""Where this machine keeps its Chromium."""

import os
import shutil


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
