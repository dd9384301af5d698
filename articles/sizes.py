"""How large a file of a stranger may be, however it comes and whoever reads it."""

from __future__ import annotations

from typing import Final

MB: Final = 1024 * 1024
LARGEST_FILE: Final = 20 * MB
