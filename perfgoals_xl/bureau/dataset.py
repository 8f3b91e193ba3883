"""The data of many files for later analysis: Parquet, partitioned by year and department.

::

    projects.parquet/year=2026/department=某局/00001.parquet
    indicators.parquet/…
    department_goals.parquet/…

Each folder is one dataset that pandas, Arrow, DuckDB and Spark read as a whole or by partition. A
file without a year stands under year 0, one without a department under 未写明部门.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from perfgoals_xl.bureau.digest import COLUMNS, Digest, Row
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import printable
from perfgoals_xl.whole_folder import whole_folder

if TYPE_CHECKING:
    import pyarrow as pa

_DIGITS, _PLACES = 38, 12
_STEP = Decimal(1).scaleb(-_PLACES)
_NUMBERS = ("ordinal", "project", "title_year")
# The year of a partition is that of the file; a project's form may print another one.
_RENAMED = {"year": "title_year"}
# Not Hive's mark of a null: Arrow cannot read a dataset in which every partition has it.
_NO_YEAR, _NO_DEPARTMENT = "0", "未写明部门"
# What ends the name of a partition or what Windows does not allow in the name of a folder.
_FORBIDDEN = re.compile(r'[%/\\:*?"<>|=\x00-\x1f\x7f]|[. ]$')
_LONGEST = 80


@dataclass
class Written:
    """What went into the datasets, and the files that did not, with the reason."""

    files: int = 0
    projects: int = 0
    indicators: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def write_datasets(digests: Iterable[Digest], folder: Path, *, strict: bool) -> Written:
    """Writes the three datasets of the digests into ``folder``; each replaces its predecessor.

    Columns are those of :data:`~perfgoals_xl.bureau.digest.COLUMNS` behind ``file``; ``indicators``
    also has ``project_name``, and the year on a project's form is ``title_year``. Amounts are
    decimals in the form's ``amount_unit``, to 12 places; a text that is no amount is null. Bounds
    of target values are texts. A file that cannot be read is left out, or raises ``InputError`` if
    ``strict``; so does a missing pyarrow, and a folder that holds something else under the name of
    a dataset, or one that was changed since it was written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("输出位置已有同名文件", hint="请另选一个文件夹。", file=folder)
    schemas = {name: _schema(name) for name in COLUMNS}
    for name in COLUMNS:
        _refuse_other(_dataset(folder, name))
    written = Written()
    with whole_folder(folder, [_dataset(folder, name).name for name in COLUMNS]) as unfinished:
        for name in COLUMNS:
            _dataset(unfinished, name).mkdir()
        _write_all(digests, unfinished, schemas, written, strict=strict)
        if not written.files:
            # Else datasets of an earlier run would be replaced by nothing.
            first, reason = written.left_out[0]
            raise InputError(
                f"没有一个文件能读出，没有写出数据（如：{reason.rstrip('。')}）", file=first
            )
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
        partition = _partition(digest)
        for name, schema in schemas.items():
            if rows := digest.tables[name]:
                place = _dataset(folder, name) / partition
                place.mkdir(parents=True, exist_ok=True)
                table = _table(name, digest, rows, schema)
                pq.write_table(table, place / f"{number:05}.parquet")
        written.files += 1
        written.projects += len(digest.tables["projects"])
        written.indicators += len(digest.tables["indicators"])


def _dataset(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _partition(digest: Digest) -> Path:
    year = _NO_YEAR if digest.year is None else str(digest.year)
    department = _short((digest.department or "").strip()) or _NO_DEPARTMENT
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


def _schema(name: str) -> pa.Schema:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise InputError(
            "写 Parquet 需要可选组件 pyarrow",
            hint='请先运行 pip install "perfgoals-xl[parquet]"。',
        ) from error

    def type_of(column: str) -> Any:
        if column in AMOUNT_FIELDS:
            return pa.decimal128(_DIGITS, _PLACES)
        return pa.int64() if column in _NUMBERS else pa.string()

    columns = [_RENAMED.get(column, column) for column in COLUMNS[name]]
    lead = ["file", "project_name"] if name == "indicators" else ["file"]
    return pa.schema([(column, type_of(column)) for column in (*lead, *columns)])


def _table(name: str, digest: Digest, rows: list[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    at = {_RENAMED.get(column, column): i for i, column in enumerate(COLUMNS[name])}
    data: dict[str, list[Any]] = {"file": [printable(digest.file)] * len(rows)}
    if name == "indicators":
        name_at = COLUMNS["projects"].index("project_name")
        names = [project[name_at] for project in digest.tables["projects"]]
        data["project_name"] = [names[row[at["project"]]] for row in rows]
    for column in schema.names:
        if column not in data:
            data[column] = [_value(row[at[column]], column) for row in rows]
    return pa.table(data, schema=schema)


def _value(value: Any, column: str) -> Any:
    if column in AMOUNT_FIELDS:
        return _amount(value)
    if value is None or column in _NUMBERS:
        return value
    return str(value)


def _amount(value: Any) -> Decimal | None:
    """An amount with the places of the column; None for a text, and for one beyond all budgets."""
    if not isinstance(value, Decimal) or value.adjusted() >= _DIGITS - _PLACES:
        return None
    return value.quantize(_STEP, ROUND_HALF_EVEN, Context(prec=_DIGITS))


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
