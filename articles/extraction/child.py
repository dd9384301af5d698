"""The program of the child process: `python -m articles.extraction.child`.

On stdin a line of JSON for each file, then its bytes; on stdout a line of JSON for each. It
leaves when stdin ends or nobody has asked for a while.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
from typing import BinaryIO

from django.conf import settings

from . import announcing, parsing
from .limits import MAX_ANSWER, Limits, confine

IDLE = 300.0


def main() -> None:
    """Answer until nobody asks any more."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints never mixes with answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # Nothing here is translated; without this, the words of a refusal would ask for settings.
    settings.configure(USE_I18N=False)
    parsing.prepare()
    gc.freeze()
    _say(answers, b"{}")
    while select.select([questions], [], [], IDLE)[0]:
        line = questions.readline()
        if not line:
            return
        request = json.loads(line)
        body = questions.read(request.pop("length"))
        limits = Limits(**request.pop("limits"))
        _say(answers, _forked(request, body, limits))


def _say(answers: BinaryIO, answer: bytes) -> None:
    answers.write(answer + b"\n")
    answers.flush()


def _forked(request: dict[str, str | int], body: bytes, limits: Limits) -> bytes:
    """Return the answer of a process that is made for this file alone."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _answer(writer, request, body, limits)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read(MAX_ANSWER)
        longer = bool(pipe.read(1))
    if longer:
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if longer or status or not answer:
        return json.dumps({"died": _why(status)}).encode()
    return answer


def _answer(writer: int, request: dict[str, str | int], body: bytes, limits: Limits) -> None:
    """Write the answer and end this process, whatever happens."""
    status = 1
    try:
        pipe = os.fdopen(writer, "wb")
        confine(limits)
        if request.pop("what", "file") == "announced":
            answer = announcing.announced(body, **request)  # type: ignore[arg-type]
        else:
            answer = parsing.parse(body, **request)  # type: ignore[arg-type]
        pipe.write(json.dumps(answer).encode())
        pipe.close()
        status = 0
    except MemoryError:
        status = 2
    finally:
        os._exit(status)


def _why(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU, signal.SIGKILL):
            return "time"
        return "crash"
    return "memory" if os.WEXITSTATUS(status) == 2 else "crash"


if __name__ == "__main__":
    main()
