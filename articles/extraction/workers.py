"""The child process that reads files: started when first needed, asked one file at a time.

The child has its libraries loaded and forks for each file, so that a file can neither wait for
them nor leave anything behind for the next one.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from .limits import MAX_ANSWER, Limits

START: Final = 60.0
_SLACK: Final = 5.0
_PROJECT: Final = Path(__file__).parents[2]
# No key and no address of a database goes along.
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
}


class NoAnswer(Exception):
    """The child gave no answer; the text says why."""


class Worker:
    """One child process, replaced when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: dict[str, object], body: bytes, limits: Limits) -> dict[str, object]:
        """Return what the child says of a file.

        Raises NoAnswer.
        """
        head = json.dumps({**request, "length": len(body), "limits": asdict(limits)}).encode()
        with self._lock:
            # A child that nobody asked for long has left; it is not held against the file.
            for _try in range(2):
                child = self._running()
                line = self._exchange(child, head + b"\n" + body, limits.wall + _SLACK)
                if line.endswith(b"\n"):
                    break
                self._end()
            else:
                raise NoAnswer("gone")
        return _object(line)

    def close(self) -> None:
        """End the child; the next question starts another one."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # After a fork the pipes belong to the parent.
            self._child = None
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "articles.extraction.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_PROJECT,
                env=_ENVIRONMENT,
                start_new_session=True,
            )
            self._owner = os.getpid()
            if not self._exchange(self._child, b"", START).endswith(b"\n"):
                self._end()
                raise NoAnswer("start")
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], sent: bytes, seconds: float) -> bytes:
        """Send bytes and return one line; a child that takes too long is killed meanwhile."""
        if child.stdin is None or child.stdout is None:
            return b""
        timer = threading.Timer(seconds, _kill, (child,))
        timer.daemon = True
        timer.start()
        try:
            child.stdin.write(sent)
            child.stdin.flush()
            return child.stdout.readline(MAX_ANSWER + 1)
        except OSError:
            return b""
        finally:
            timer.cancel()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        _kill(child)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                _close(pipe)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill a child with what it forked; it is the leader of a group of its own."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _close(pipe: IO[bytes]) -> None:
    """Close a pipe, though the child took less of it than it was sent."""
    try:
        pipe.close()
    except OSError:
        return


def _object(line: bytes) -> dict[str, object]:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        raise NoAnswer("gone") from None
    if not isinstance(answer, dict):
        raise NoAnswer("gone")
    if isinstance(why := answer.get("died"), str):
        raise NoAnswer(why)
    return answer


WORKER: Final = Worker()
atexit.register(WORKER.close)
