"""Forms made from declarations: the standard workbook (标准申报表), 自评表 and 监控表."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfgoals_xl.actions.work import Work
from perfgoals_xl.console import tell, tell_account, tell_joined
from perfgoals_xl.errors import InputError
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.evaluation.form_plan import PlannedForm
from perfgoals_xl.evaluation.scoring_file import read_scoring
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, Scoring
from perfgoals_xl.joining.one_workbook import refuse_mixed
from perfgoals_xl.joining.settled_sources import Joined, join_sources
from perfgoals_xl.workbooks.importing import import_declarations


def standard_workbook(work: Work, output: Path) -> None:
    """The declarations as one standard workbook, with an account of how they were read.

    Raises ``InputError`` for several departments, where no year is known, and where the output
    cannot be written.
    """
    joined = _joined(work)
    imported = import_declarations(joined.kept, output, year=work.options.year)
    for declaration in joined.kept:
        tell_account(declaration)
    for note in imported.notes:
        tell(note)
    tell(
        f"已写出 {output}：{len(imported.declaration.projects)} 个项目，"
        f"{len(imported.declaration.indicators)} 个指标。"
    )


def evaluation_form(work: Work, output: Path) -> None:
    """The 自评表 of all projects. Raises ``InputError`` where there is none to evaluate."""
    scoring = _scoring(work, output)
    kept = _joined(work).kept
    forms = write_evaluation_book(kept, output, scoring=scoring, year=work.options.year)
    for form in forms:
        for note in form.notes:
            tell(f"{form.sheet}：{note}")
    _tell_written(output, forms)


def monitoring_form(work: Work, output: Path) -> None:
    """The 监控表 of all projects, up to a month. Raises ``InputError`` where there is none."""
    month = work.options.month
    if month is None:
        raise InputError("没有指明监控到几月", hint="请给出 1 到 12 的月份，如 7。")
    scoring = _scoring(work, output)
    kept = _joined(work).kept
    forms = write_monitoring_book(kept, output, month, scoring=scoring, year=work.options.year)
    _tell_written(output, forms)


def _joined(work: Work) -> Joined:
    declarations = work.declared
    work.tell_remarks()
    refuse_mixed(declarations)
    joined = join_sources(declarations)
    tell_joined(joined)
    return joined


def _scoring(work: Work, output: Path) -> Scoring:
    """The settings of points, once what can be told before anything is read was told."""
    if output.suffix.lower() != ".xlsx":
        raise InputError("要写出的应是 .xlsx", hint="请改用这个扩展名。", file=output)
    given = work.options.scoring
    return DEFAULT_SCORING if given is None else read_scoring(given)


def _tell_written(output: Path, forms: Sequence[PlannedForm]) -> None:
    count = sum(len(form.indicators) for form in forms)
    undated = "" if all(form.year for form in forms) else "标题没有年度，可以用 --year 指明。"
    tell(f"已写出 {output}：{len(forms)} 个项目，{count} 个指标。{undated}")
