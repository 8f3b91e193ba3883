"""Do the tests notice when the code is wrong? ``make mutate``, or ``python -m tools.mutate``.

Changes one place of one module at a time (a comparison, a number, a branch, a result, a statement)
and runs the tests of the module's room against it: those that mirror the module first, none of the
slow ones. A mutant that no test notices is printed with its diff: it is a hole in the tests, or it
does the same as the original. All of it happens in a copy of the checkout; the same seed makes the
same mutants.

    make mutate ARGS="--module perfgoals_xl/review/rules/costs.py --count 20 --seed 1"
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
ROOMS = ("form", "reading/recognition", "review", "workbooks")
_LEFT_OUT = (".git", ".venv", "__pycache__", "node_modules", ".*_cache", ".hypothesis", "dist")
_COMPARISONS = {
    "<=": "<", ">=": ">", "<": "<=", ">": ">=", "==": "!=", "!=": "==",
    "is not": "is", "not in": "in", "is": "is not", "in": "not in",
}  # fmt: skip
_JUNCTIONS = {"and": "or", "or": "and"}
_SIGNS = {"+": "-", "-": "+"}
# What callers take for None.
_NOTHING = ("None", "False", "()", "[]", "{}", "''")


class Mutant(NamedTuple):
    """A module with one place changed: its bytes from ``start`` to ``end`` become ``text``."""

    module: Path
    start: int
    end: int
    text: str

    def apply(self, code: bytes) -> bytes:
        """The code of the module with the change."""
        return code[: self.start] + self.text.encode() + code[self.end :]

    def diff(self, code: bytes) -> str:
        """The change as a reader sees it."""
        before, after = (side.decode().splitlines() for side in (code, self.apply(code)))
        lines = list(unified_diff(before, after, lineterm="", n=1))[2:]
        return f"{self.module}\n" + "\n".join(f"    {line}" for line in lines)


class Places:
    """Where the code of a module can be changed, and into what."""

    def __init__(self, code: bytes) -> None:
        self._code = code
        self._lines = [0]
        for line in code.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def of(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        """Begin, end and new text of every change at a node."""
        match node:
            case ast.Compare():
                yield from self._words([node.left, *node.comparators], _COMPARISONS)
            case ast.BoolOp():
                yield from self._words(node.values, _JUNCTIONS)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                yield from self._words([node.left, node.right], _SIGNS)
            case ast.Constant(value=bool(value)):
                yield (*self._span(node), str(not value))
            case ast.Constant(value=int(value)):
                yield (*self._span(node), str(value + 1))
                yield (*self._span(node), f"({value - 1})")
            case ast.UnaryOp(op=ast.Not()):
                yield (*self._span(node), f"({self._text(node.operand)})")
            case ast.Return(value=ast.expr() as value) if ast.unparse(value) not in _NOTHING:
                yield (*self._span(node), "return None")
            case ast.If() | ast.IfExp():
                yield (*self._span(node.test), f"(not ({self._text(node.test)}))")
            case ast.comprehension():
                for test in node.ifs:
                    yield (*self._span(test), f"(not ({self._text(test)}))")
            case ast.Continue():
                yield (*self._span(node), "break")
            case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
                yield (*self._span(node), "yield from ()")
            case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Break():
                yield (*self._span(node), "pass")

    def _words(
        self, terms: list[ast.expr], words: dict[str, str]
    ) -> Iterator[tuple[int, int, str]]:
        """The word between two terms, which has no place of its own in the tree."""
        pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words).encode()
        for before, after in pairwise(terms):
            start = self._span(before)[1]
            if found := re.search(pattern, self._code[start : self._span(after)[0]]):
                word = " ".join(found.group().decode().split())
                yield start + found.start(), start + found.end(), words[word]

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._lines[node.lineno - 1] + node.col_offset
        return start, self._lines[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr) -> str:
        return self._code[slice(*self._span(node))].decode()


def judged(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what it holds, but nothing that only type checkers and readers look at."""
    unjudged: list[object] = []
    match node:
        case ast.FunctionDef():
            unjudged = [node.args, node.returns, *node.decorator_list]
        case ast.ClassDef():
            unjudged = [*node.decorator_list]
        case ast.AnnAssign():
            unjudged = [node.annotation]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
    yield node
    for child in ast.iter_child_nodes(node):
        if child not in unjudged:
            yield from judged(child)


def modules(chosen: Iterable[str]) -> list[Path]:
    """The modules that are named, or are in the folders that are named."""
    found: set[Path] = set()
    for name in chosen:
        path = ROOT / name
        if not path.exists():
            sys.exit(f"no such module or folder: {name}")
        found.update(path.rglob("*.py") if path.is_dir() else [path])
    return sorted(path.relative_to(ROOT) for path in found)


def changes(code: bytes) -> list[tuple[int, int, str]]:
    """Begin, end and new text of every change that is tried on a module, by place."""
    places = Places(code)
    return sorted({change for node in judged(ast.parse(code)) for change in places.of(node)})


class Laboratory:
    """A copy of the checkout in which mutants are tried."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "checkout"
        shutil.copytree(ROOT, self._root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        validator = Path("tools", "validator", "node_modules")
        (self._root / validator).symlink_to(ROOT / validator)
        self._seconds: dict[str, float] = {}

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test of its room fails, or runs forever, because of it.

        Raises SystemExit where a test of the room fails without any mutant.
        """
        room = mutant.module.parts[1]
        if room not in self._seconds:
            began = time.monotonic()
            if not self._passes(mutant.module, timeout=None):
                sys.exit(f"the tests of {room} fail as they are: see make test")
            self._seconds[room] = time.monotonic() - began
        path = self._root / mutant.module
        whole = path.read_bytes()
        try:
            self._write(path, mutant.apply(whole))
            return self._passes(mutant.module, timeout=30 + 3 * self._seconds[room])
        finally:
            self._write(path, whole)

    def _write(self, path: Path, code: bytes) -> None:
        path.write_bytes(code)
        # Compiled code is known by size and second, which a mutant may share with the original.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()

    def _passes(self, module: Path, timeout: float | None) -> bool:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-m",
            "not (slow or exhaustive)",
            "-p",
            "no:cacheprovider",
        ]
        environment = {**os.environ, "PYTHONPATH": str(self._root)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        running = subprocess.Popen(
            [*command, *self._tests(module)],
            cwd=self._root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return running.wait(timeout) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(running)

    def _tests(self, module: Path) -> list[str]:
        """The test modules of the room: those of the module, of its folder, the others."""
        own_folder = Path("tests", *module.parts[1:-1])
        room = self._root / "tests" / module.parts[1]
        found = [path.relative_to(self._root) for path in room.rglob("test_*.py")]

        def distance(path: Path) -> tuple[bool, bool, Path]:
            return module.stem not in path.stem, path.parent != own_folder, path

        return [str(path) for path in sorted(found, key=distance)]


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ends a test run that still goes on, with the programs that its fixtures started."""
    for how in (signal.SIGINT, signal.SIGKILL):
        if running.poll() is None:
            os.killpg(running.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(20)


def main() -> int:
    """Tries the mutants, tells each that survives, and sums up."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--module", action="append", help="module or folder; may be given again")
    parser.add_argument("--count", type=int, default=50, help="how many mutants (default 50)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    every = [
        Mutant(module, *change)
        for module in modules(arguments.module or [f"perfgoals_xl/{room}" for room in ROOMS])
        for change in changes((ROOT / module).read_bytes())
    ]
    sample = random.Random(arguments.seed).sample(every, min(arguments.count, len(every)))
    print(f"{len(sample)} of {len(every)} mutants", flush=True)
    tried: Counter[Path] = Counter()
    survived: Counter[Path] = Counter()
    with tempfile.TemporaryDirectory(prefix="perfgoals-mutate-") as folder:
        laboratory = Laboratory(Path(folder))
        # Together by module: what a reader sees next to each other belongs together.
        for mutant in sorted(sample):
            tried[mutant.module] += 1
            if laboratory.survives(mutant):
                survived[mutant.module] += 1
                print(mutant.diff((ROOT / mutant.module).read_bytes()), flush=True)
    for module, count in tried.items():
        print(f"{survived[module]:4} of {count:4} survived in {module}")
    print(f"{survived.total()} of {tried.total()} mutants survived")
    return 0


if __name__ == "__main__":
    sys.exit(main())
