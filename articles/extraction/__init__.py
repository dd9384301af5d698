"""What a captured file says: kind, verdict, title, outlet, author, day, language, text, origin.

Law: files of strangers are taken apart in a limited child process, and what it answers is
checked again before anybody believes it.
"""

from __future__ import annotations

from articles.codebook import Verdict

from .announcements import Announcement, Unreadable, announced
from .limits import LIMITS, Limits
from .readings import Reading, read

__all__ = [
    "LIMITS",
    "Announcement",
    "Limits",
    "Reading",
    "Unreadable",
    "Verdict",
    "announced",
    "read",
]
