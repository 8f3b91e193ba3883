"""The sheet 说明: what the forms were made from, and how they are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfgoals_xl._version import __version__
from perfgoals_xl.addresses import Area
from perfgoals_xl.evaluation.form_plan import PlannedForm
from perfgoals_xl.form.evaluation.scoring_labels import ABOUT_SHEET
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import Column, put_table, set_widths
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block

_COLUMNS: Final = (
    Column("工作表", 24),
    Column("来源文件", 30),
    Column("SHA-256", 40),
    Column("分值怎样来的", 46),
)
_OPEN: Final = "（取自 Excel 中打开的工作簿，含未保存的修改）"
_EVENLY: Final = "按“评分设置”：各级的分值平均分给二级指标，再平均分给三级指标，余数在最后。"
EVALUATION_TEXT: Final = (
    "浅黄色的格是要填的：全年预算数、全年执行数、实际完成情况、实际完成值、偏差原因分析及改进措施。"
    "其余随填随算，不需要安装任何程序。",
    "实际完成值以数字开头、带单位，如 98%、12次、18.5万元；同类单位自动换算（元与万元、米与公里、"
    "% 与小数）。日期写 2026-11-20 或 2026年11月。定性指标从下拉列表选完成档次。",
    "得分 = 分值 × 完成程度：正向指标按完成值 ÷ 指标值，最多满分；反向指标达标得满分，未达标按"
    "“评分设置”线性递减或按比值；定值指标不足时按比例；时间指标按时得满分，否则 0 分；"
    "定性指标按所选档次的比例。",
    "得分、分值可以直接填写，填写后不再自动计算；得分应在 0 与分值之间，定性指标应在所选档次之内，"
    "超出的标红。没有达标或扣分而没有写原因的，“偏差原因分析及改进措施”标红。",
    "右边“核对（自动计算，不打印）”各栏是从指标值读出的计分方式、符号、上下限和计量，读得不对可以改；"
    "改了指标值，请一并改这些栏。有一项没有得分，总分显示“未填完”。",
    "插入指标行：复制整行再插入到同一级指标的两行之间，公式会一起带来；再改指标、指标值和右边各栏。",
)
"""How a 自评表 is filled in, paragraph by paragraph."""
MONITORING_TEXT: Final = (
    "浅黄色的格是要填的：全年预算数、执行数、预计结余、完成值、全年预计完成值、偏差原因、可能性。"
    "其余随填随算，不需要安装任何程序。",
    "完成值以数字开头、带单位，如 60%、7次、9.5万元；同类单位自动换算。定性指标写进展情况，不亮灯；"
    "时间指标写完成日期，还没有完成的留空。",
    "预警：完成值 ÷（指标值 × 月数 ÷ 12），低于 60% 红灯，低于 80% 黄灯，到 120% 绿灯，超过为蓝灯，"
    "界限在“评分设置”。比率、单价不随月份累计，按全年指标值比较；右边“按月累计”可以改。"
    "反向指标在序时上限以内为绿灯，超过的按上限 ÷ 完成值。项目的灯取最差的指标。",
    "红灯、黄灯和预计完不成而没有写原因的标红；预计完不成却写“确定能”的标红。",
    "右边“核对（自动计算，不打印）”各栏是从指标值读出的，读得不对可以改；改了指标值，请一并改这些栏。",
)
"""How a 监控表 is filled in, paragraph by paragraph."""


def write_about(
    sheet: Sheet,
    styles: Styles,
    forms: Sequence[PlannedForm],
    paragraphs: Sequence[str],
    *,
    pointed: bool,
) -> None:
    """Fills the sheet; ``pointed`` says that the forms have points."""
    columns = _COLUMNS if pointed else _COLUMNS[:3]
    width = sum(column.width for column in columns)
    last = len(columns) - 1
    set_widths(sheet, columns)
    put_block(sheet, Area(0, 0, 0, last), ABOUT_SHEET, styles("title"))
    sheet.set_height(0, 34)
    row = 0
    for number, text in enumerate(paragraphs, start=1):
        row += 1
        line = f"{number}. {text}"
        put_block(sheet, Area(row, 0, row, last), line, styles("paragraph"))
        sheet.set_height(row, height_of(line, width))
    row += 2
    rows = [
        (
            form.sheet,
            form.file,
            form.sha256 or _OPEN,
            *(["".join(form.notes) or _EVENLY] if pointed else []),
        )
        for form in forms
    ]
    end = put_table(sheet, styles, row, columns, rows) + 1
    put_block(sheet, Area(end, 0, end, last), f"perfgoals-xl {__version__}", styles("quiet"))
    set_page(sheet, landscape=True, last_row=end, last_column=last, repeat=(row, row))
