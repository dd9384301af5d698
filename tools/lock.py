"""Pin requirements.in and requirements-dev.in with hashes, and carry the reasons over."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?P<rest>[^#]*)#\s*(?P<reason>.+)$")
HEADER = "# Pinned by `make lock`; edit {source} instead.\n"


def key(name: str) -> str:
    """Return the name of a package in the one spelling that compares equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons(source: Path) -> dict[str, str]:
    """Return why each direct requirement of `source` is there."""
    found = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "-")):
            continue
        match = LINE.match(line)
        if match is None:
            raise SystemExit(f"{source.name}: no reason given: {line}")
        found[key(match["name"])] = match["reason"]
    return found


def lock(source: str, target: str, *, upgrade: bool, without: set[str]) -> dict[str, str]:
    """Write `target` from `source`, leaving out the packages `without`; return what it pins."""
    # The environment of whoever runs this must not show in the result.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    command = [
        *("uv", "pip", "compile", source, "--quiet", "--generate-hashes", "--universal"),
        *("--python-version", "3.11", "--no-header", "--no-config", "--no-emit-index-url"),
        *("--no-emit-find-links", "--annotation-style", "line", "--output-file", target),
        *(("--upgrade",) if upgrade else ()),
    ]
    environment = {**clean, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603
    why = reasons(ROOT / source)
    path = ROOT / target
    entries = re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8").strip())
    pinned, kept = {}, []
    for entry in entries:
        name = key(re.split(r"[\[=]", entry, maxsplit=1)[0])
        pinned[name] = entry
        if name in without:
            continue
        # Only packages nobody asked for by name say who brought them.
        lines = [line for line in entry.splitlines() if not line.strip().startswith("# via")]
        via = next((x.strip() for x in entry.splitlines() if x.strip().startswith("# via")), "")
        kept.append("\n".join([f"# {why[name]}" if name in why else via, *lines]))
    head = HEADER.format(source=source)
    include = "-r requirements.txt\n" if without else ""
    path.write_text(head + include + "\n".join(kept) + "\n", encoding="utf-8")
    return pinned


def main() -> None:
    """Pin both files; with --upgrade, move to the newest releases that the ranges allow."""
    upgrade = "--upgrade" in sys.argv[1:]
    runtime = lock("requirements.in", "requirements.txt", upgrade=upgrade, without=set())
    lock("requirements-dev.in", "requirements-dev.txt", upgrade=upgrade, without=set(runtime))


if __name__ == "__main__":
    main()
