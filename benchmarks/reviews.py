"""Measures the review of many declarations in one call beside as many calls, as a ratio.

``reviews.py [OTHER_CHECKOUT] [--declarations 16] [--projects 12]``. The single calls are those of
another checkout, where one is named, such as one from before a change. Each side is a process of
its own, by turns; the declarations are different, and caches are emptied before each of its runs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from department_files import write_files

_HERE = Path(__file__).resolve().parent.parent
_DECLARATIONS, _PROJECTS, _ROUNDS, _RUNS = 16, 12, 3, 3


def forget() -> None:
    """Empties the caches of the package, as if nothing had been read yet."""
    for name, module in list(sys.modules.items()):
        if name.startswith("perfgoals_xl."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def tell(folder: Path, *, together: bool) -> None:
    """Prints the seconds that the best of some runs took, and how many findings there were."""
    from perfgoals_xl.reading.load import load
    from perfgoals_xl.review import run

    declarations = [load(path) for path in sorted(folder.glob("*.xlsx"))]
    one_by_one: Callable[[], Sequence[object]] = lambda: [run.review(d) for d in declarations]  # noqa: E731
    review_all = (lambda: run.review_many(declarations)) if together else one_by_one
    run.review(declarations[0])  # what is imported late is imported now
    best = float("inf")
    for _ in range(_RUNS):
        forget()
        start = time.process_time()
        reviews = review_all()
        best = min(best, time.process_time() - start)
    print(json.dumps([best, sum(len(review.findings) for review in reviews)]))


def measured(tree: Path, folder: Path, how: str) -> tuple[float, int]:
    """What a process on a checkout tells."""
    command = [sys.executable, "-W", "ignore", __file__, str(folder), "--tell", how]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    run = subprocess.run(
        command, env=environment, cwd=tree, capture_output=True, text=True, check=True
    )
    seconds, findings = json.loads(run.stdout)
    return seconds, findings


def main() -> None:
    """Writes the files, measures both sides by turns and prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=_HERE)
    parser.add_argument("--declarations", type=int, default=_DECLARATIONS)
    parser.add_argument("--projects", type=int, default=_PROJECTS)
    parser.add_argument("--tell", choices=("together", "single"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.tell:
        tell(arguments.path, together=arguments.tell == "together")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, arguments.declarations, arguments.projects, "values")
        rounds = [
            (
                measured(_HERE, folder, "together"),
                measured(arguments.path.resolve(), folder, "single"),
            )
            for _ in range(_ROUNDS)
        ]
    if len({findings for sides in rounds for _, findings in sides}) != 1:
        raise SystemExit(f"the two sides find different things: {rounds}")
    one_call, calls = (
        1000 * median(sides[i][0] for sides in rounds) / arguments.declarations for i in (0, 1)
    )
    print(
        f"{arguments.declarations} declarations of {arguments.projects} projects, per declaration: "
        f"{one_call:.1f} ms in one call, {calls:.1f} ms one by one, ratio {one_call / calls:.2f}"
    )


if __name__ == "__main__":
    main()
