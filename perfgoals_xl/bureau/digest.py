"""The work of a few files: read, reviewed, and reduced to plain rows that travel between processes.

One pure function, :func:`digests`, that every engine runs. It never raises for a file: one that
cannot be read is a digest with its reason.
"""

from __future__ import annotations

import hashlib
import stat
import sys
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_xl.bureau.report_marks import MARKS, marks_of
from perfgoals_xl.bureau.rounds.since_round import SinceRound
from perfgoals_xl.contracts.evaluation_columns import CELL_OF
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
    HiddenForms,
)
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable, evaluation_columns
from perfgoals_xl.form.text import fits_a_cell
from perfgoals_xl.garbage import rarely_collected
from perfgoals_xl.storage.saved_time import Saved
from perfgoals_xl.storage.zip_copy import ZIP_ERRORS
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.kit.writing import AUTHOR
from perfgoals_xl.workbooks.summary.project_list import SHEET as LIST

if TYPE_CHECKING:
    from perfgoals_xl.review.findings import Review

Row = tuple[Any, ...]
_LARGEST = 200 * 1024 * 1024
"""Bytes; what is larger is an image of a disk or a film, and reading it would fill the memory."""

_LARGEST_PART = 4 * 1024 * 1024
"""Bytes, unpacked; our own summaries need far less."""

OUR_FAULT = "程序内部出错"
"""What the reason begins with where this program failed on a file."""
LETTER_CATEGORY = "绩效目标审核意见"
"""The category of the letters to the departments, by which they are known among the files."""
LETTER = "这是程序生成的审核意见"
"""What is told of such a letter among the files."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "projects": (*PROJECT_COLUMNS, "cell"),
    "indicators": (*INDICATOR_COLUMNS, "cell"),
    "department_goals": (*DEPARTMENT_GOAL_COLUMNS, "cell"),
}
"""The columns of the tables: those of the declaration, and the cell of the name or target value."""
_CELL_OF = {"projects": "project_name"}
EVALUATED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    table.value: (*evaluation_columns(table), "cell", *MARKS.get(table, ()))
    for table in EvaluationTable
}
"""The columns of the tables of 自评表 and 监控表, the cell that their rows name, and the marks."""


@dataclass(frozen=True)
class Digest:
    """What one file declares and what its review found.

    ``fault`` is why the file could not be read, and then the rest is empty but for ``sha256`` where
    at least its bytes could be. ``unreviewed`` is why a file that was read could not be reviewed.
    ``summary`` is true of a book or a letter that this program wrote and that declares nothing.
    ``remarks`` counts what was read and not taken. ``hidden`` tells the forms on hidden sheets,
    which are in the tables only if ``hidden_counted``. ``saved`` and ``reasons`` tell which of two
    versions is the newer, ``same_name_severity`` is that of P01 in this file, None where it is off;
    ``replaced`` is why nothing of the file counts beside others, ``notes`` what of it does not.
    ``tables`` has the rows of each table, with
    the columns of :data:`COLUMNS`: amounts as ``Decimal`` in the project's ``amount_unit``, a text
    that is no amount as typed, None where a cell is blank. ``findings`` are the lines of 校验结果,
    those of reasons whose finding is gone included. ``evaluated`` has, where the file has 自评表 or
    监控表, the rows of their tables with the columns of :data:`EVALUATED_COLUMNS`;
    ``evaluated_projects`` are the rows of ``projects`` that are such forms. ``blank`` is true of
    forms in which nothing was filled, ``template_version`` that of a standard workbook; ``since``
    is what changed since the last round, None where that is not asked.
    """

    file: str
    sha256: str = ""
    fault: str = ""
    unreviewed: str = ""
    summary: bool = False
    department: str | None = None
    department_code: str | None = None
    year: int | None = None
    edition: str = ""
    amount_unit: str = ""
    remarks: int = 0
    saved: Saved | None = None
    reasons: int = 0
    same_name_severity: str | None = None
    replaced: str = ""
    notes: tuple[str, ...] = ()
    hidden: tuple[HiddenForms, ...] = ()
    hidden_counted: bool = False
    tables: Mapping[str, list[Row]] = field(
        default_factory=lambda: {name: [] for name in COLUMNS},
    )
    findings: tuple[FindingLine, ...] = ()
    evaluated: Mapping[str, list[Row]] = field(default_factory=dict)
    evaluated_projects: frozenset[int] = frozenset()
    blank: bool = False
    template_version: str | None = None
    since: SinceRound | None = None


def digest(
    path: str,
    plan_year: int | None = None,
    *,
    reviewed: bool = True,
    include_hidden: bool = False,
) -> Digest:
    """The digest of one file: :func:`digests` of one."""
    [only] = digests([path], plan_year, reviewed=reviewed, include_hidden=include_hidden)
    return only


def digests(
    paths: Sequence[str],
    plan_year: int | None = None,
    *,
    reviewed: bool = True,
    include_hidden: bool = False,
) -> list[Digest]:
    """Reads the files one by one and, unless told otherwise, reviews them together.

    ``plan_year`` and ``include_hidden`` are those of ``validate``. What is wrong with a file costs
    that one alone.
    """
    try:
        with rarely_collected():
            read = [_read(path, include_hidden) for path in paths]
            if not reviewed:
                return [_made(one, None) for one in read]
            declarations = [one for one in read if not isinstance(one, Digest)]
            reviews = iter(_reviewed(declarations, plan_year))
            return [one if isinstance(one, Digest) else _made(one, next(reviews)) for one in read]
    finally:
        _forget()


def _read(path: str, include_hidden: bool) -> Declaration | Digest:
    """What the file declares, or the digest that says why it cannot be read."""
    # Imported here, so that the process that only collects digests does without pandas.
    from perfgoals_xl.reading.load import load

    try:
        _refuse_unreadable(path)
        if is_letter(path):
            return replace(lost(path, LETTER), summary=True)
        read = load(path, include_hidden=include_hidden)
        if read.evaluated and not _declares(read) and is_summary(path):
            # Its lists of what was evaluated look like what they were made from.
            return replace(lost(path, "这是程序生成的汇总表"), summary=True)
        return read
    except InputError as error:
        return _refused(path, error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except OSError as error:
        from perfgoals_xl.storage.place_faults import words_of

        return lost(path, words_of(error))
    except BaseException as error:  # a panic of the reader in Rust is no Exception
        return _failed(path, error)


def _declares(read: Declaration) -> bool:
    return len(read.projects) > len(read.evaluated_projects) or len(read.department_goals) > 0


def _reviewed(
    declarations: Sequence[Declaration], plan_year: int | None
) -> Sequence[Review | Exception]:
    """The review of each declaration, or why there is none."""
    from perfgoals_xl.review.run import RuleFault, review_each

    try:
        results = review_each(declarations, plan_year=plan_year)
    except Exception as error:
        # Nothing says whose fault it is, so each is asked alone.
        if len(declarations) <= 1:
            return [error] * len(declarations)
        return [_reviewed([one], plan_year)[0] for one in declarations]
    return [
        cause
        if isinstance(one, RuleFault) and isinstance(cause := one.__cause__, Exception)
        else one
        for one in results
    ]


def _made(read: Declaration | Digest, review: Review | Exception | None) -> Digest:
    """The digest of a file that was read, and reviewed unless that is None."""
    if isinstance(read, Digest):
        return read
    try:
        if isinstance(review, Exception) and not isinstance(review, InputError):
            raise review
        return digest_of(read, review)
    except InputError as error:
        return _refused(read.file, error)
    except Exception as error:
        return _failed(read.file, error)


def _refused(path: str, error: InputError) -> Digest:
    refused = lost(path, _without_file(error))
    return replace(refused, summary=True) if is_summary(path) else refused


def _failed(path: str, error: BaseException) -> Digest:
    """The digest of a file on which this program failed with ``error``, which is being handled."""
    from perfgoals_xl.storage.fault_log import told_fault

    reason = f"{OUR_FAULT}（{type(error).__name__}），{told_fault().rstrip('。')}"
    return lost(path, reason)


def _forget() -> None:
    """Empties the caches of the package: another file has other texts, and a worker reads many."""
    for name, module in list(sys.modules.items()):
        if name.startswith("perfgoals_xl."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _refuse_unreadable(path: str) -> None:
    """Raises InputError for what would be waited for without end, or fill the memory."""
    try:
        status = Path(path).stat()
    except OSError:
        return  # told by the reader
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise InputError("这不是普通文件", hint="请把它移出文件夹。")
    if status.st_size > _LARGEST:
        raise InputError("文件超过 200 MB，不像申报表", hint="请确认选对了文件。")


def lost(path: str, reason: str) -> Digest:
    """The digest of a file that could not be read, for ``reason``."""
    sha256 = ""
    # Opening a pipe would wait for whoever writes into it.
    with suppress(OSError):
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Digest(path, sha256, fault=" ".join(reason.split()))


def is_summary(path: str) -> bool:
    """Whether a workbook that holds no declaration was written by this program: a summary.

    Departments hand theirs in beside their declaration, and it is no fault of the folder.
    """
    if not Path(path).is_file():
        return False
    try:
        with zipfile.ZipFile(path) as package:
            names = ("docProps/core.xml", "xl/workbook.xml")
            if any(package.getinfo(name).file_size > _LARGEST_PART for name in names):
                return False
            ours = f">{AUTHOR}<".encode() in package.read(names[0])
            return ours and f'"{LIST}"'.encode() in package.read(names[1])
    except (KeyError, *ZIP_ERRORS):
        return False


def is_letter(path: str | Path) -> bool:
    """Whether a document is a letter (审核意见) that this program wrote, changed since or not."""
    if Path(path).suffix.lower() != ".docx" or not Path(path).is_file():
        return False
    try:
        with zipfile.ZipFile(path) as package:
            part = package.getinfo("docProps/core.xml")
            if part.file_size > _LARGEST_PART:
                return False
            return f">{LETTER_CATEGORY}<".encode() in package.read(part)
    except (KeyError, *ZIP_ERRORS):
        return False


def digest_of(declaration: Declaration, review: Review | InputError | None) -> Digest:
    """The digest of a declaration and its review, None where it was not reviewed.

    Raises ``InputError`` for a text that no cell of Excel holds.
    """
    findings: tuple[FindingLine, ...] = ()
    unreviewed, severity = "", None
    if isinstance(review, InputError):
        # A setting that cannot be understood: the data are no worse for it.
        unreviewed = _without_file(review)
    elif review is not None:
        from perfgoals_xl.review.catalogue import RULES
        from perfgoals_xl.review.settings import read_settings
        from perfgoals_xl.workbooks.findings.lines import finding_lines

        chosen = read_settings(declaration).severities.get("P01", RULES["P01"].severity)
        severity = None if chosen is None else chosen.value
        findings = tuple(finding_lines(review))
    return Digest(
        file=declaration.file,
        sha256=declaration.sha256,
        unreviewed=unreviewed,
        department=declaration.department,
        department_code=declaration.department_code,
        year=declaration.year,
        edition=declaration.edition,
        amount_unit=declaration.amount_unit,
        remarks=len(declaration.remarks),
        saved=declaration.saved,
        reasons=len(declaration.reasons),
        same_name_severity=severity,
        hidden=declaration.hidden_forms,
        hidden_counted=declaration.hidden_counted,
        tables={name: _rows(declaration, name) for name in COLUMNS},
        findings=findings,
        evaluated=_evaluated(declaration),
        evaluated_projects=declaration.evaluated_projects,
        blank=declaration.is_blank,
        template_version=declaration.template_version,
    )


def _evaluated(declaration: Declaration) -> dict[str, list[Row]]:
    """The rows of the tables that hold some."""
    from perfgoals_xl.review.evidence.reports.evaluated_forms import label_of_column

    found: dict[str, list[Row]] = {}
    if not declaration.evaluated:
        return found
    marks = marks_of(declaration.evaluated, declaration.file)
    for name in EvaluationTable:
        table = declaration.evaluated.table(name)
        rows = []
        for number, record in enumerate(table.records()):
            place = table.place(number, CELL_OF[name])
            record["cell"] = place.cell if place else None
            if name in marks:
                record |= zip(MARKS[name], marks[name][number], strict=True)
            rows.append(tuple(_plain(record[column]) for column in EVALUATED_COLUMNS[name]))
            for column, value in zip(EVALUATED_COLUMNS[name], rows[-1], strict=True):
                if isinstance(value, str) and not fits_a_cell(value):
                    raise _too_long(label_of_column(name, column), record)
        if rows:
            found[name.value] = rows
    return found


def _rows(declaration: Declaration, name: str) -> list[Row]:
    from perfgoals_xl.form.fields import label_of

    table: DataTable[Any] = getattr(declaration, name)
    of_cell = _CELL_OF.get(name, "target_value")
    rows = []
    for number, record in enumerate(table.records()):
        if name == "projects":
            record["amount_unit"] = record["amount_unit"] or declaration.amount_unit
        place = table.place(number, of_cell)
        record["cell"] = place.cell if place else None
        rows.append(tuple(_plain(record[column]) for column in COLUMNS[name]))
        for column, value in zip(COLUMNS[name], rows[-1], strict=True):
            if isinstance(value, str) and not fits_a_cell(value):
                raise _too_long(label_of(column), record)
    return rows


def _too_long(label: str, record: Mapping[str, Any]) -> InputError:
    return InputError(
        f"“{label}”的文字超过 Excel 单元格的字数上限",
        hint="请缩短后重报。",
        sheet=record["sheet"],
    )


def _plain(value: Any) -> Any:
    # Kinds are str enums, which are slow to pickle.
    return str(value) if isinstance(value, str) and type(value) is not str else value


def _without_file(error: InputError) -> str:
    return str(InputError(error.message, hint=error.hint, sheet=error.sheet, cell=error.cell))
