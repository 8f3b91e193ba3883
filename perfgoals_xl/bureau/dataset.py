"""The data of many files for later analysis: Parquet, partitioned by year and department.

::

    projects.parquet/year=2026/department=某局/00001.parquet
    indicators.parquet/…
    department_goals.parquet/…
    evaluations.parquet/…, and the other tables of 自评表 and 监控表, where files have such forms

Each folder is one dataset that pandas, Arrow, DuckDB and Spark read as a whole or by partition. A
file without a year stands under year 0, one without a department under 未写明部门.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from perfgoals_xl.bureau.digest import COLUMNS, EVALUATED_COLUMNS, Digest, Row
from perfgoals_xl.bureau.digest_parts import notes_of
from perfgoals_xl.contracts import table_columns as contracted
from perfgoals_xl.contracts.arrow import arrow_schema, storable
from perfgoals_xl.contracts.types import NO_DEPARTMENT, NO_YEAR, Column
from perfgoals_xl.errors import InputError, extra_hint
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.text import printable
from perfgoals_xl.storage.whole_folder import whole_folder

if TYPE_CHECKING:
    import pyarrow as pa

# What ends the name of a partition or what Windows does not allow in the name of a folder.
_FORBIDDEN = re.compile(r'[%/\\:*?"<>|=\x00-\x1f\x7f]|[. ]$')
_LONGEST = 80


@dataclass
class Written:
    """What went into the datasets, and the files that did not, with the reason.

    ``notes`` are what is to be told of files that went in.
    """

    files: int = 0
    projects: int = 0
    indicators: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def write_datasets(digests: Iterable[Digest], folder: Path, *, strict: bool) -> Written:
    """Writes the datasets of the digests into ``folder``; each replaces its predecessor.

    There are three, and one for every table of 自评表 and 监控表 that has rows or a predecessor.
    Columns and types are those of the contracts (:mod:`perfgoals_xl.contracts`), ``year`` and
    ``department`` in the names of the folders. A text that is no amount is null. A file that cannot
    be read is left out, or raises ``InputError`` if ``strict``; so does a missing pyarrow, and a
    folder that holds something else under the name of a dataset, or one that was changed since it
    was written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("输出位置已有同名文件", hint="请另选一个文件夹。", file=folder)
    schemas = {name: _schema(name) for name in (*COLUMNS, *EVALUATED_COLUMNS)}
    for name in schemas:
        _refuse_other(_dataset(folder, name))
    written = Written()
    datasets = [_dataset(folder, name).name for name in schemas]
    with whole_folder(folder, datasets) as unfinished:
        for name in schemas:
            _dataset(unfinished, name).mkdir()
        _write_all(digests, unfinished, schemas, written, strict=strict)
        if not written.files:
            # Else datasets of an earlier run would be replaced by nothing.
            first, reason = written.left_out[0]
            raise InputError(
                f"没有一个文件能读出，没有写出数据（如：{reason.rstrip('。')}）", file=first
            )
        for name in EVALUATED_COLUMNS:
            made = _dataset(unfinished, name)
            if not any(made.iterdir()) and not _dataset(folder, name).exists():
                made.rmdir()
                datasets.remove(made.name)
                del schemas[name]
        _write_empty(unfinished, schemas)
    return written


def _write_all(
    digests: Iterable[Digest],
    folder: Path,
    schemas: dict[str, pa.Schema],
    written: Written,
    *,
    strict: bool,
) -> None:
    import pyarrow.parquet as pq

    first_of: dict[str, str] = {}
    for number, digest in enumerate(digests, start=1):
        if digest.fault:
            if strict:
                raise InputError(digest.fault, file=digest.file)
            written.left_out.append((digest.file, digest.fault))
            continue
        original = first_of.setdefault(digest.sha256, digest.file)
        if original != digest.file:
            reason = f"与 {Path(original).name} 内容相同，只计一次"
            written.left_out.append((digest.file, reason))
            continue
        if digest.replaced:
            written.left_out.append((digest.file, digest.replaced))
            continue
        written.notes += [(digest.file, note) for note in notes_of(digest)]
        partition = _partition(digest)
        for name, schema in schemas.items():
            if rows := digest.tables.get(name) or digest.evaluated.get(name):
                place = _dataset(folder, name) / partition
                place.mkdir(parents=True, exist_ok=True)
                table = _table(name, digest, rows, schema)
                pq.write_table(table, place / f"{number:05}.parquet")
        written.files += 1
        written.projects += len(digest.tables["projects"])
        written.indicators += len(digest.tables["indicators"])


def _write_empty(folder: Path, schemas: dict[str, pa.Schema]) -> None:
    """A table without rows has its columns all the same, or reading it fails."""
    import pyarrow.parquet as pq

    for name, schema in schemas.items():
        if not any(_dataset(folder, name).iterdir()):
            place = _dataset(folder, name) / f"year={NO_YEAR}" / f"department={NO_DEPARTMENT}"
            place.mkdir(parents=True)
            pq.write_table(schema.empty_table(), place / f"{0:05}.parquet")


def _dataset(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _partition(digest: Digest) -> Path:
    year = NO_YEAR if digest.year is None else digest.year
    department = _short((digest.department or "").strip()) or NO_DEPARTMENT
    safe = _FORBIDDEN.sub(lambda found: _escaped(found.group()), department)
    return Path(f"year={year}", f"department={safe}")


def _short(name: str) -> str:
    """A name that a folder can have; two long ones that begin alike stay two."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _escaped(character: str) -> str:
    # quote() leaves a full stop as it is.
    return "%2E" if character == "." else quote(character, safe="")


def _stored(name: str) -> list[Column]:
    """The columns of a file: those of the contract that its folder does not tell."""
    table = contracted.COLUMNS[contracted.table_named(name)]
    return [column for column in table if column.name not in contracted.PARTITIONS]


def _schema(name: str) -> pa.Schema:
    try:
        return arrow_schema(_stored(name))
    except ImportError as error:
        raise InputError(
            "写 Parquet 需要可选组件 pyarrow",
            hint=extra_hint("parquet"),
        ) from error


def _table(name: str, digest: Digest, rows: list[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    at = {column: i for i, column in enumerate({**COLUMNS, **EVALUATED_COLUMNS}[name])}
    data: dict[str, list[Any]] = {column: [row[i] for row in rows] for column, i in at.items()}
    data["file"] = [printable(digest.file)] * len(rows)
    data["department_code"] = [digest.department_code] * len(rows)
    if name == Table.PROJECTS:
        data["project"] = list(range(len(rows)))
        data["title_year"] = data["year"]
    elif name in EVALUATED_COLUMNS:
        data.setdefault("form", list(range(len(rows))))
        data["title_year"] = data.get("year", [])
    elif name == Table.INDICATORS:
        name_at = COLUMNS["projects"].index("project_name")
        names = [project[name_at] for project in digest.tables["projects"]]
        data["project_name"] = [names[number] for number in data["project"]]
    columns = {column.name: storable(column, data[column.name]) for column in _stored(name)}
    return pa.table(columns, schema=schema)


def _refuse_other(target: Path) -> None:
    """Only a dataset, or the single file of an earlier version, is replaced."""
    if not target.is_dir():
        return
    for path in target.rglob("*"):
        inside = path.relative_to(target).parts
        if not inside[0].startswith("year=") or (path.is_file() and path.suffix != ".parquet"):
            raise InputError(
                "这个文件夹里有别的文件，没有覆盖", hint="请另选一个输出位置。", file=path
            )
