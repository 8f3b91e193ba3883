"""Compares what two checkouts of the program find in the same files, finding by finding, in order.

``compare_reviews.py OTHER_CHECKOUT FILE_OR_FOLDER...`` reviews every file that can be read: here in
batches, there one by one, each in a process of its own. The exit code is 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

_SUFFIXES = frozenset(
    (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".txt", ".csv", ".docx", ".html", ".htm", ".pdf")
)
_BATCH = 16
_MOST_SHOWN = 10


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, that a declaration may stand in."""
    for path in paths:
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.suffix.lower() in _SUFFIXES)
            yield from (p for p in found if p.is_file())
        else:
            yield path


def told(review: Any) -> dict[str, Any]:
    """Everything that a review says."""
    return {
        "findings": [finding.to_json() for finding in review.findings],
        "not_judged": [entry.to_json() for entry in review.not_judged],
        "unmatched": [list(map(str, reason)) for reason in review.unmatched_reasons],
        "indicators": [review.indicators, review.faultless],
    }


def tell(listed: Path) -> None:
    """Print one line of JSON for every file of a list: what is found in it, or why nothing is."""
    from perfgoals_xl.errors import InputError
    from perfgoals_xl.reading.load import load
    from perfgoals_xl.review import run

    def one_by_one(declarations: list[Any]) -> list[Any]:
        found = []
        for declaration in declarations:
            try:
                found.append(run.review(declaration))
            except InputError as error:
                found.append(error)
        return found

    review_all = getattr(run, "review_each", one_by_one)
    paths = [os.fsdecode(line) for line in listed.read_bytes().split(b"\n")]
    for start in range(0, len(paths), _BATCH):
        read: list[Any] = []
        for path in paths[start : start + _BATCH]:
            try:
                read.append(load(path))
            except InputError as error:
                read.append(error)
        reviews = iter(review_all([d for d in read if not isinstance(d, InputError)]))
        for item in read:
            result = item if isinstance(item, InputError) else next(reviews)
            print(json.dumps(str(result) if isinstance(result, Exception) else told(result)))


def said_by(tree: Path, listed: Path) -> list[Any]:
    """What the program in a checkout says of the files of a list."""
    command = [sys.executable, "-W", "ignore", __file__, "--tell", str(listed)]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tree)
    if run.returncode:
        raise SystemExit(f"{tree}: exit {run.returncode}\n{run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def differences(mine: Any, theirs: Any) -> Iterator[tuple[Any, Any]]:
    """The first entry of every list in which two reviews differ."""
    if isinstance(mine, str) or isinstance(theirs, str):
        yield mine, theirs
        return
    for key in mine:
        pairs = zip_longest(mine[key], theirs[key])
        yield from islice(((own, its) for own, its in pairs if own != its), 1)


def main() -> None:
    """Compare, print what differs and how much was compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--tell", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.tell:
        tell(arguments.paths[0])
        return
    other, *paths = (path.resolve() for path in arguments.paths)
    files = list(files_in(paths))
    listed = Path(os.environ.get("TMPDIR", "/tmp")) / f"compare-reviews-{os.getpid()}.txt"
    listed.write_bytes(b"\n".join(os.fsencode(path) for path in files))
    try:
        here = said_by(Path(__file__).resolve().parent.parent, listed)
        there = said_by(other, listed)
    finally:
        listed.unlink()
    counted: Counter[str] = Counter()
    different = []
    for path, mine, theirs in zip(files, here, there, strict=True):
        counted["files"] += 1
        if isinstance(mine, str):
            counted["not reviewed"] += 1
        else:
            counted["findings"] += len(mine["findings"])
            counted["not judged"] += len(mine["not_judged"])
        if mine != theirs:
            different.append((path, mine, theirs))
    for path, mine, theirs in different[:_MOST_SHOWN]:
        print(path)
        for own, its in differences(mine, theirs):
            print(f"  here:  {own}\n  there: {its}")
    shown = ", ".join(f"{count} {what}" for what, count in counted.items())
    print(f"{shown}; {len(different)} files differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
