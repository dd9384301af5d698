"""What a reading may use, and how a process gives up everything else."""

from __future__ import annotations

import math
import os
import resource
import signal
import sys
from dataclasses import dataclass
from typing import Final

MAX_ANSWER: Final = 8_000_000
_REFUSED: Final = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_CHANGES: Final = {
    "os.system",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.kill",
    "os.putenv",
    "ctypes.dlopen",
}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of computing, seconds on the clock, bytes of address space, open files."""

    cpu: float = 10
    wall: float = 12
    memory: int = 512 * 1024 * 1024
    files: int = 16


LIMITS: Final = Limits()


def confine(limits: Limits) -> None:
    """Limit this process for good: the kernel ends it when it takes more time than allowed."""
    for signal_number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGXFSZ):
        signal.signal(signal_number, signal.SIG_DFL)
    # An interval timer counts from now and in fractions; the limit by the second is its backstop.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu)
    signal.setitimer(signal.ITIMER_REAL, limits.wall)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = math.ceil(spent.ru_utime + spent.ru_stime + limits.cpu)
    for kind, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse connections, programs and changes of files, whoever asks for them."""
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("nothing is written while a file of a stranger is read")
    elif event.startswith(_REFUSED) or event in _CHANGES:
        raise PermissionError(f"{event} is not allowed while a file of a stranger is read")
