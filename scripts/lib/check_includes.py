#!/usr/bin/env python3
"""Checks every #include against the table "Who may include whom" of docs/architecture.md.

usage: scripts/lib/check_includes.py [FILE...]     (default: all C++ files that git knows)
"""
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

TABLE_DOC = "docs/architecture.md"
SERVICES = ("contact-svc", "verify-svc", "enrich-svc", "gateway")
ROOMS = SERVICES + ("libs", "cli", "docs", "tests", "bench")
INCLUDE = re.compile(r'^\s*#\s*include\s+(<[^>]+>|"[^"]+")')
GENERATED = re.compile(r"\.pb\.h$|^(google/(protobuf|rpc|api)|grpc|grpcpp)/")
# C and C++ standard headers have no dot or are C's and the system's own.
SYSTEM = re.compile(
    r"^[a-z_0-9]+$|^(sys|netinet|arpa|net|linux)/|^(assert|errno|fcntl|inttypes|limits|math|netdb|poll|pthread|pwd"
    r"|sched|signal|stdint|stdio|stdlib|string|strings|time|unistd|termios)\.h$"
)


class Row(NamedTuple):
    """One row of the table: path prefixes that it holds for, and words or prefixes that these may include."""

    files: list[str]
    allowed: list[str]
    forbidden: list[str]


def read_table(text: str) -> list[Row]:
    """Reads the rows of the table whose header starts with `| files | may include |`."""
    rows, inside = [], False
    for line in text.splitlines():
        if line.startswith("| files | may include |"):
            inside = True
        elif inside and not line.startswith("|"):
            break
        elif inside and not line.startswith("|---"):
            files, allowed, forbidden = line.strip().strip("|").split("|")
            words = allowed.split() if allowed.strip() == "everything" else re.findall(r"`([^`]+)`", allowed)
            rows.append(Row(re.findall(r"`([^`]+)`", files), words, re.findall(r"`([^`]+)`", forbidden)))
    if not rows:
        raise SystemExit(f"{TABLE_DOC}: the table of includes was not found")
    return rows


def kind_of(header: str, quoted: bool) -> str:
    """Says what an include is in the words of the table; a header of our own is its path."""
    if quoted and header.startswith(tuple(room + "/" for room in ROOMS)):
        return header
    if header.startswith("absl/"):
        return "absl"
    # What libphonenumber was built from is its own, not an interface of ours.
    if GENERATED.search(header) and not header.startswith("phonenumbers/"):
        return "generated"
    return "standard" if SYSTEM.match(header) else "libraries"


def row_for(path: str, table: list[Row]) -> tuple[Row, str] | None:
    """Finds the first row that holds for a file, and the service that `<svc>` stands for in it."""
    service = path.split("/")[0]
    for row in table:
        for prefix in row.files:
            if "<svc>" in prefix and service not in SERVICES:
                continue
            if path.startswith(prefix.replace("<svc>", service)):
                return row, service
    return None


def violations(path: str, text: str, table: list[Row]) -> list[str]:
    """Lists the lines of one file that break the table."""
    found = row_for(path, table)
    if found is None:
        return [f"{path}: no row of the table in {TABLE_DOC} holds for this file"]
    row, service = found
    allowed = [word.replace("<svc>", service) for word in row.allowed]
    if "everything" in allowed:
        return []
    own_folder = str(Path(path).parent) + "/"
    result = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        kind = kind_of(match[1][1:-1], match[1].startswith('"'))
        ours = "/" in kind
        fine = kind == "standard" or kind in allowed or (ours and kind.startswith((own_folder, *allowed)))
        if not fine or kind in row.forbidden or (ours and kind.startswith(tuple(row.forbidden))):
            result.append(f"{path}:{number}: may not include {match[1]}")
    return result


def main(arguments: list[str]) -> int:
    table = read_table(Path(TABLE_DOC).read_text(encoding="utf-8"))
    listed = (
        arguments
        or subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "*.h", "*.cc"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
    )
    broken = [
        line for path in listed for line in violations(path, Path(path).read_text(encoding="utf-8"), table)
    ]
    print("\n".join(broken) if broken else f"{len(listed)} files keep the table of includes")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
