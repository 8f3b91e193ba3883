"""Files with faults that nobody thought of: a small corpus, changed at random, read whole.

Whatever a file holds, the reader reads it or refuses it in one line, soon; and of what it read
every filled cell has exactly one use. A change is told by its seed, so that a failure can be made
again: ``python benchmarks/fuzz.py --seed N --count 1``.
"""

from __future__ import annotations

import io
import random
import re
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.account_lines import account_lines
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.cell_account import uses_of
from perfgoals_xl.reading.recognition.recognise import find_forms, find_lists
from perfgoals_xl.reading.sources.source import read_source

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
LONGEST = 20
"""Seconds; a file that takes longer hangs."""
_ZIP = b"PK\x03\x04"
_TELLING = re.compile(r"sheet\d|sharedStrings|document|content|styles")
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"16384", b"65536", b"1048576", b"2147483648", b"9" * 30, b"1e309")
_PIECES = (
    b"\x00", b"\xff\xfe", b"\r", b"\n\n\n", b"\t" * 40, b'"', b"<", b"</", b"&#0;", b"&lt;", b"]]>",
    b"<td rowspan=65000 colspan=1000>", "项目名称".encode(),
    "项目名称\t年度目标\t一级指标".encode(),
    "产出指标\t数量指标\t".encode(), "年度总体绩效目标".encode("gb18030"), "\u202e\u200b".encode(),
    "≥".encode(), "（" .encode() * 30, b"=1/0", "2026年".encode(),
)  # fmt: skip


class Mutant(NamedTuple):
    """A changed file: its name and its bytes."""

    name: str
    data: bytes


class Fault(NamedTuple):
    """What reading a mutant showed."""

    seed: int
    name: str
    told: str


def mutants(first: int, corpus: Path = CORPUS) -> Iterator[tuple[int, Mutant]]:
    """Changed files without end, each with the seed that makes it."""
    files = sorted(path for path in corpus.iterdir() if path.is_file())
    good = [(path.name, path.read_bytes()) for path in files]
    seed = first
    while True:
        yield seed, mutant(seed, good)
        seed += 1


def mutant(seed: int, good: list[tuple[str, bytes]]) -> Mutant:
    """The changed file of a seed."""
    chance = random.Random(seed)
    name, data = chance.choice(good)
    if data.startswith(_ZIP) and chance.random() < 0.85:
        return Mutant(name, _with_changed_part(chance, data))
    return Mutant(name, _changed(chance, data))


def _with_changed_part(chance: random.Random, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        telling = [
            n for n in names if re.search(r"sheet\d|sharedStrings|document|content|styles", n)
        ]
        target = chance.choice(telling or names)
        gone = chance.choice(names) if chance.random() < 0.05 else None
        for name in names:
            if name != gone:
                part = old.read(name)
                part = _changed(chance, part) if name == target else part
                # Without the time of day: a seed makes the same file again.
                new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _changed(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        change = chance.choice((_flip, _cut, _repeat, _insert, _renumber, _renumber, _move))
        data = change(chance, data)
    return data


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 8, 40, 300, 4000)))


def _flip(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    changed = bytes(chance.randrange(256) for _ in range(min(end - start, 8)))
    return data[:start] + changed + data[start + len(changed) :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + (data[end:] if chance.random() < 0.9 else b"")


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    start, _ = _span(chance, data)
    return data[:start] + chance.choice(_PIECES) + data[start:]


def _renumber(chance: random.Random, data: bytes) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]


def _move(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def fault_of(mutant: Mutant, folder: Path) -> str | None:
    """What is wrong about how a mutant is read; None where it is read whole or refused."""
    path = folder / mutant.name
    path.write_bytes(mutant.data)
    start = time.monotonic()
    try:
        with _at_most(LONGEST):
            _read(path)
    except InputError as error:
        if len(str(error).splitlines()) != 1:
            return f"a refusal of several lines: {error}"
    except Exception as error:  # whatever it is, it is a fault of the reader
        return f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - start
    return f"took {seconds:.1f} s" if seconds > LONGEST else None


def _read(path: Path) -> None:
    source = read_source(path)
    for grid in source.grids:
        filled = {(row, column) for row in grid.filled() for column, _ in grid.cells(row)}
        for forms in (find_forms(grid), find_lists(grid)):
            uses = uses_of(grid, forms)
            assert uses.keys() == filled, "the ledger is not whole"
    declaration = assemble(source)
    account_lines(declaration)


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Break off what takes longer, where the system can."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
