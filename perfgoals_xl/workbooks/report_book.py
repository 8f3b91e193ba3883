"""``validate --report``: the findings as a workbook of their own, to be sent on or printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.review.findings import Review
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.findings.lines import grouped_lines
from perfgoals_xl.workbooks.findings.written_sheet import fill_findings
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook
from perfgoals_xl.workbooks.summary import sources_sheet

TITLE = "绩效目标校验报告"
_NOTE = (
    "“工作表”“单元格”是问题在来源文件中的位置。{links}请在来源文件中更正；"
    "“说明”只在标出问题的工作簿里填写才会带入下次校验。"
)


def write_report(review: Review, declarations: Sequence[Declaration], output: Path) -> None:
    """Write the findings of ``declarations``, and what was not judged, to ``output``.

    Equal findings are told together, as everywhere. Raises ``InputError`` where ``output`` is no
    .xlsx or cannot be written.
    """
    if output.suffix.lower() != ".xlsx":
        raise InputError("校验报告应是 .xlsx", hint="请改用这个扩展名。", file=output)
    files = list(dict.fromkeys(declaration.file for declaration in declarations))
    named = " ".join(
        dict.fromkeys(declaration.department or "" for declaration in declarations)
    ).strip()
    header = f"{named} {TITLE}".strip()
    with whole_file(output) as temporary, new_workbook(temporary, TITLE, header) as workbook:
        styles, links = Styles(workbook), SourceLinks(output, set(files))
        sheet = add_sheet(workbook, RESULTS_SHEET)
        skipped = add_sheet(workbook, sources_sheet.NOT_JUDGED_SHEET) if review.not_judged else None
        fill_findings(
            workbook,
            sheet,
            grouped_lines(review),
            styles=styles,
            links=links,
            files=len(files) > 1,
            note=_NOTE.format(links=links.cell_note),
            header=header,
        )
        if skipped is not None:
            sources_sheet.write_not_judged(
                skipped,
                styles,
                [
                    sources_sheet.NotJudgedLine(e.rule, e.sheet, e.project, e.reason, e.file)
                    for e in review.not_judged
                ],
                links,
                title="未判定事项",
                header=header,
            )
