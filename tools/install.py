"""Make the virtual environment and install one requirements file, unless it is there already."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"


def run(*command: str) -> None:
    """Run `command`; stop with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603
    if code:
        raise SystemExit(code)


def stamp(name: str) -> Path:
    """Return the file that remembers what was installed from `name`."""
    return VENV / f"{name}.sha256"


def digest(name: str) -> str:
    """Return what identifies the content of `name` and of the file it includes."""
    files = {name, "requirements.txt"}
    return hashlib.sha256(b"".join((ROOT / f).read_bytes() for f in sorted(files))).hexdigest()


def main() -> None:
    """Install the file named on the command line."""
    name = sys.argv[1]
    if sys.version_info < (3, 11):  # noqa: UP036  this runs before anything is installed
        raise SystemExit("Python 3.11 or newer is needed: make PYTHON=python3.11 ...")
    if not PYTHON.exists():
        print("Making .venv")  # noqa: T201
        try:
            import ensurepip  # noqa: F401, PLC0415
        except ImportError:
            raise SystemExit("The venv module is missing: apt-get install python3-venv") from None
        run(sys.executable, "-m", "venv", str(VENV))
    done = stamp(name)
    if done.exists() and done.read_text(encoding="utf-8") == digest(name):
        return
    print(f"Installing {name}")  # noqa: T201
    started = time.monotonic()
    # The file pins all that is needed: asked for what that needs, pip may find a newer release of
    # what is asked for with an extra, and then refuses it for its hash.
    run(
        *(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--require-hashes", "--requirement", name),
    )
    for each in {name, "requirements.txt"}:
        stamp(each).write_text(digest(each), encoding="utf-8")
    print(f"Installed in {time.monotonic() - started:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
