"""How changes are called in Chinese, on the screen and on the sheet alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfgoals_xl.comparison.changes import (
    SIDES,
    AmountChange,
    AmountStatus,
    Comparison,
    IndicatorChange,
    ProjectChange,
    Status,
)
from perfgoals_xl.comparison.judging import Verdict
from perfgoals_xl.comparison.project_pairs import LEAST_INDICATOR, LEAST_PROJECT
from perfgoals_xl.comparison.side_words import SideWords
from perfgoals_xl.declaration import Amount, Declaration, IndicatorRow
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.text import is_blank

BLANK: Final = "空白"
UNNAMED: Final = "（没有填写项目名称）"
SAME_MONEY: Final = "目标降低，资金未减"

PROJECT_STATUS: Final = {
    Status.NEW: "新增",
    Status.GONE: "取消",
    Status.RENAMED: "更名",
    Status.CHANGED: "有变化",
    Status.UNCHANGED: "无变化",
}
INDICATOR_STATUS: Final = {
    Status.NEW: "新增",
    Status.GONE: "取消",
    Status.RENAMED: "改名称",
    Status.MOVED: "改组别",
    Status.CHANGED: "改指标值",
}
VERDICTS: Final = {
    Verdict.LOWERED: "目标降低",
    Verdict.RAISED: "目标提高",
    Verdict.SAME: "写法不同，水平未变",
    Verdict.NOT_JUDGED: "未作判断",
}
_WITHOUT_DIFFERENCE: Final = {
    AmountStatus.FILLED: "{old}空白，不按零计",
    AmountStatus.CLEARED: "{new}空白，不按零计",
    AmountStatus.NOT_A_NUMBER: "不是数字，不能比较",
}


def status_of(status: Status, words: SideWords) -> str:
    """What became of a project: 新增, 取消; 未申报, 未自评 of an evaluation."""
    own = {Status.NEW: words.new_project, Status.GONE: words.gone_project}
    return own.get(status, PROJECT_STATUS[status])


def project_name(change: ProjectChange) -> str:
    """The name of a project in one line."""
    return " ".join(change.name.split()) if change.name else UNNAMED


def year_of(declaration: Declaration, otherwise: str) -> str:
    """``2026年``, or the other words where no year is known."""
    return otherwise if declaration.year is None else f"{declaration.year}年"


def group_name(change: IndicatorChange) -> str:
    """The level-2 group of an indicator, or what stands for it."""
    return _group(change.row)


def old_group_name(change: IndicatorChange) -> str:
    """The group that a moved indicator stood in before; empty for any other."""
    return _group(change.old) if change.old and change.status is Status.MOVED else ""


def _group(row: IndicatorRow) -> str:
    return " ".join(str(row["level2"] or row["level1"] or "").split())


def amount_text(amount: Amount) -> str:
    """An amount in digits, 空白 for a blank."""
    if amount is None:
        return BLANK
    return amount if isinstance(amount, str) else plain(amount)


def target_text(value: object) -> str:
    """A target value as typed, 空白 for a blank."""
    return BLANK if is_blank(value) else str(value)


def difference_text(change: AmountChange, words: SideWords) -> str:
    """``增加 27（+22.0%）``, or why there is no difference."""
    if change.difference is None:
        return _WITHOUT_DIFFERENCE[change.status].format(old=words.old, new=words.new)
    told = signed(change.difference, "增加 ", "减少 ")
    return told if change.percent is None else f"{told}（{percent_text(change.percent)}）"


def signed(amount: Decimal, more: str, less: str) -> str:
    """An amount without its sign, behind the word for its sign."""
    return f"{more if amount > 0 else less}{plain(abs(amount))}"


def percent_text(percent: Decimal) -> str:
    """``+22.0%``"""
    return f"{percent:+f}%"


def verdict_text(change: IndicatorChange, words: SideWords) -> str:
    """What the change of a target value means; empty where there is nothing to judge."""
    if change.judgement is None:
        return ""
    if change.is_lowered_for_same_money:
        return SAME_MONEY
    told, reason = VERDICTS[change.judgement.verdict], words.said(change.judgement.reason)
    return f"{told}（{reason}）" if reason else told


def similarity_text(similarity: float) -> str:
    """``相似度 0.86``"""
    return f"相似度 {similarity:.2f}"


def closing_lines(comparison: Comparison) -> list[str]:
    """The counts of projects, amounts and indicators, and the year's money of both."""
    counts = comparison.counts
    projects = counts["projects"]
    told = [f"{status_of(s, comparison.words)} {projects[s.value]} 个" for s in PROJECT_STATUS]
    lines = [f"项目：{'，'.join(told)}。"]
    if any(projects[s.value] for s in (Status.RENAMED, Status.CHANGED)):
        lines.append(_line_of_kept(counts, comparison.words))
    lines.append(_total_line(comparison))
    return lines


def _line_of_kept(counts: Mapping[str, Mapping[str, int]], words: SideWords) -> str:
    indicators = counts["indicators"]
    judged = (
        f"目标值变化 {indicators['target_values']} 项（降低 {indicators['lowered']} 项，"
        f"其中资金未减的 {indicators['lowered_for_same_money']} 项；"
        f"提高 {indicators['raised']} 项；水平未变 {indicators['same']} 项；"
        f"未作判断 {indicators['not_judged']} 项）"
    )
    return (
        f"{words.both}都有的项目：金额变化 {counts['amounts']['changed']} 项；"
        f"指标新增 {indicators['new']} 项，取消 {indicators['gone']} 项，"
        f"改名称 {indicators['renamed']} 项，改组别 {indicators['moved']} 项；{judged}。"
    )


def _total_line(comparison: Comparison) -> str:
    old, new = (comparison.total("annual_amount", side) for side in SIDES)
    told = f"年度资金总额合计：{amount_text(old)} → {amount_text(new)}（{comparison.unit}）"
    change = AmountChange("annual_amount", old, new)
    if change.difference:
        told += f"，{difference_text(change, comparison.words)}"
    for year, side in zip((comparison.words.old, comparison.words.new), SIDES, strict=True):
        missing = comparison.missing("annual_amount", side)
        told += f"；{year}有 {missing} 个项目没有金额，未计入" if missing else ""
    return f"{told}。"


def note_rows(comparison: Comparison) -> list[tuple[str, str]]:
    """What a reader of the workbook has to know: the files, the counts, how things are judged."""
    words = comparison.words
    both, was = words.both, words.old
    return [
        *(
            (f"{word}文件", f"{d.file}（{year_of(d, '年度不明')}）　SHA-256 {d.sha256}")
            for word, d in ((was, comparison.old), (words.new, comparison.new))
        ),
        *(("合计", line) for line in closing_lines(comparison)),
        (
            "对比的内容",
            "项目的增减和更名、各项金额、指标及其指标值。项目名称以外的表头、绩效目标的文字、"
            f"备注和部门表不作对比，只有这些变化的项目算作无变化。{words.budget}",
        ),
        (
            "项目和指标的对应",
            "一一对应，名称相同的先对应；名称中只有年度不同的算同名；其余按名称相似度从高到低对应，"
            f"项目不低于 {LEAST_PROJECT}、指标不低于 {LEAST_INDICATOR} 的作为更名列出，请人工确认。"
            "指标先在同一二级指标内对应；其余名称相同、所计量的也相同的，作为改组别列出。",
        ),
        (
            "差额",
            f"差额 = {words.new} − {was}；{both}都是数字才计算，空白不按零计。"
            f"合计行的差额是{both}合计之差，"
            f"包括{words.new_project}和{words.gone_project}的项目。"
            f"增减(%) 以{was}为基数，{was}为零的不计算。",
        ),
        (
            "目标降低",
            f"下限降低、上限提高，或期限比{was}同一日期更晚。方向由符号决定；没有符号的，由指标名称"
            "或所在的组决定。定性表述、单位不同、看不出方向的只列出变化，不作判断。成本指标中没有符号"
            "的金额是资金在项目内的分配，不作判断；成本上限提高而全部成本之和的增幅不超过资金的，也不算降低。",
        ),
        (
            "资金未减",
            f"该项目的年度资金总额与{was}相同或增加；年度资金总额空白而资金来源齐全的，以来源之和代替。",
        ),
    ]
