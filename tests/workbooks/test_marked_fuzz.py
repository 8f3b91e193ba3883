"""Workbooks as other programs, and broken ones, leave them: each is marked or refused.

Of 2,000 some 200 in ``make test``, every second one in ``make test-all``, all with
PERFGOALS_FUZZ=all.

Every case goes through what ``validate`` and ``validate -o`` do, in this process. A copy that is
written says what its source says, has every untouched part byte for byte, and is accepted by the
Open XML SDK validator whenever its source was. The validator takes half a second for a file: here
it judges one copy of every kind of damage to a part that is patched, some others, and one copy of
each spelling with all of these parts spelled so at once; with all of them every copy.
"""

from __future__ import annotations

import os
import pickle
import random
import time
import zipfile
import zlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.review.run import review
from perfgoals_xl.workbooks.marking import write_marked
from tests.support import ooxml
from tests.support.further import one_in
from tests.support.xml_mutations import (
    SPELLINGS,
    Mutation,
    mutated_package,
    spelled_otherwise,
)
from tests.workbooks.staff_workbooks import write_bare, write_rich_workbook

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.review.findings import Review

pytestmark = pytest.mark.slow

_EVERY_COPY = os.environ.get("PERFGOALS_FUZZ") == "all"
_SECONDS = 20
# Which part is changed, and in how many cases. The parts that are patched come first.
_PARTS = {
    r"xl/workbook\.xml": 260,
    r"xl/_rels/workbook\.xml\.rels": 220,
    r"_rels/\.rels": 120,
    r"\[Content_Types\]\.xml": 220,
    r"xl/styles\.xml": 320,
    r"xl/(worksheets/)?sheet1?\.xml": 420,
    r"xl/worksheets/sheet[2-4]\.xml": 160,
    r"xl/worksheets/_rels/.*": 60,
    r"(?!xl/workbook|xl/styles|xl/worksheets|xl/sheet|\[|.*\.rels).*\.(xml|vml)": 220,
}
_PATCHED = 6
# The validator takes half a minute over such a file, and breaks down.
_TOO_DEEP = "elements very deep"
_FEW = 6
_CHUNK = 25


class Case(NamedTuple):
    """One changed workbook: which part, and the seed that makes it."""

    part: str
    seed: int

    def mutation(self) -> Mutation:
        # Most in the workbook with everything; the bare one lacks what is patched elsewhere.
        bases = [_base(name) for name in ("rich", "rich", "bare", "marked")]
        base = random.Random(self.seed).choice(bases)
        try:
            return mutated_package(base, self.seed, parts=self.part)
        except IndexError:  # the bare workbook has no such part
            return mutated_package(bases[0], self.seed, parts=self.part)


@lru_cache
def _base(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "申报.xlsx"
        if name == "bare":
            write_bare(path)
        else:
            write_rich_workbook(path)
        if name == "marked":
            copy = path.with_name("标记.xlsx")
            mark(path, copy)
            path = copy
        return path.read_bytes()


_reviews: dict[bytes, Review] = {}


def mark(source: Path, output: Path) -> Declaration:
    """What ``validate -o`` does; returns what was read. Raises ``InputError`` where it tells one.

    What reads the same is reviewed once: most of the time would go into that.
    """
    declaration = load_declaration(source)
    if declaration.is_empty:
        raise InputError("没有申报表")
    same = pickle.dumps(replace(declaration, file="", sha256="", saved=None))
    if same not in _reviews:
        _reviews[same] = review(declaration)
    write_marked([source], [declaration], _reviews[same], output)
    return declaration


def said(declaration: Declaration) -> list[object]:
    """What a declaration says, and where."""
    tables = (declaration.projects, declaration.indicators, declaration.department_goals)
    return [
        declaration.department,
        declaration.year,
        declaration.rule_lines,
        *(table.records() for table in tables),
        *(sorted(place for row in table.places() for place in row) for table in tables),
    ]


_TRIED = {part: count if _EVERY_COPY else count // 2 for part, count in _PARTS.items()}
CHUNKS = [
    chunk
    for part, count in _TRIED.items()
    for chunk in one_in(
        count,  # the first chunk of each part
        [(part, range(first, count, -(-count // _CHUNK))) for first in range(-(-count // _CHUNK))],
        ids=[f"{part}-{first}" for first in range(-(-count // _CHUNK))],
    )
]


def judged_here(part: str, kind: str, seeds: range, judged: set[str]) -> bool:
    """Whether the validator judges this copy: of each part a kind has its turn in one chunk."""
    if ooxml.unavailable() is not None:
        return False
    if _EVERY_COPY:
        return True
    patched = list(_PARTS).index(part) < _PATCHED
    if kind in SPELLINGS or kind.endswith("(nothing to change)"):
        return False  # see the tests below, and test_marked_copy.py
    if kind == _TOO_DEEP:
        return False
    its_turn = zlib.crc32(kind.encode()) % seeds.step == seeds.start
    return its_turn and kind not in judged and (patched or len(judged) < _FEW)


def test_there_are_enough_cases():
    assert sum(_PARTS.values()) == 2000


@pytest.mark.parametrize(("part", "seeds"), CHUNKS)
def test_each_is_marked_or_refused(tmp_path, part, seeds):
    judged: set[str] = set()
    for seed in seeds:
        case = Case(part, seed)
        mutation = case.mutation()
        source, copy = tmp_path / "申报.xlsx", tmp_path / f"标记{seed}.xlsx"
        source.write_bytes(mutation.package)
        began = time.monotonic()
        try:
            read = mark(source, copy)
        except InputError:
            assert not copy.exists()
        else:
            _check_copy(case, mutation, source, copy, read)
        # The validator itself may take long over what is very deep.
        assert time.monotonic() - began < _SECONDS, (case, mutation.kind)
        if copy.exists():
            if judged_here(part, mutation.kind, seeds, judged):
                judged.add(mutation.kind)
                _check_validity(case, mutation, source, copy)
            copy.unlink()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["申报.xlsx"]


@pytest.mark.parametrize("spelling", one_in(2, SPELLINGS))
def test_a_workbook_spelled_otherwise_is_marked_and_valid(tmp_path, validate_ooxml, spelling):
    source, copy = tmp_path / "申报.xlsx", tmp_path / "标记.xlsx"
    patched = list(_PARTS)[:_PATCHED]
    if spelling == "namespace with a prefix":
        patched.remove(r"\[Content_Types\]\.xml")  # which the validator's own reader refuses
    source.write_bytes(spelled_otherwise(_base("rich"), spelling, parts="|".join(patched)))
    read = mark(source, copy)
    assert said(load_declaration(copy)) == said(read)
    assert validate_ooxml(copy) == []


def _check_copy(
    case: Case, mutation: Mutation, source: Path, copy: Path, read: Declaration
) -> None:
    """The copy says what the source says, and holds all that it held."""
    assert said(load_declaration(copy)) == said(read), (case, mutation.kind)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(copy) as after:
        kept = {i.filename: (i.CRC, i.file_size) for i in after.infolist()}
        lost = {
            info.filename
            for info in before.infolist()
            if kept.get(info.filename) != (info.CRC, info.file_size)
        }
    patched = (
        "workbook.xml",
        "styles.xml",
        "[Content_Types].xml",
        "calcChain.xml",
        "sheet",
        "perfgoals.xml",
    )
    assert {n for n in lost if not any(p.lower() in n.lower() for p in patched)} == set(), case


def _check_validity(case: Case, mutation: Mutation, source: Path, copy: Path) -> None:
    errors = _errors(copy)
    if errors:
        assert _errors(source), (case, mutation.kind, errors[:3])


def _errors(path: Path) -> list[object]:
    try:
        return list(ooxml.validation_errors(path))
    except ooxml.ValidatorError as error:  # it breaks down over elements 100,000 deep
        return [str(error)[:200]]
