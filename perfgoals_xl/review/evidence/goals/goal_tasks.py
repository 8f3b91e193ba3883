"""The tasks that a goal lists (一是…二是…, 1. 2.) and whether the indicators take them up (G06).

A task is a clause that says what is done: effects (提升…能力), bases (按照…要求) and general words
are none. It is taken up where any indicator of the project shares a word of it, or a figure. That
errs on the side of silence: what shares nothing with any indicator is left out for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.goals.goal_reading import read_goal
from perfgoals_xl.review.evidence.goals.goal_text import goal_text
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.evidence.likeness import pairs_of

_CIRCLED = re.compile(r"[\u2460-\u24ff\u2776-\u2793]")
_NUMERALS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?<![统唯第不{_NUMERALS}])[{_NUMERALS}]是(?!否)"
    rf"|(?:(?<=[\n;,。:])|^)(?:\([{_NUMERALS}\d]{{1,2}}\)、?|[{_NUMERALS}]{{1,2}}、|\d{{1,2}}[.、)](?!\d)"
    rf"|第[{_NUMERALS}][;,、]|(?:目标|任务|内容)[{_NUMERALS}\d]{{1,2}}[:.、])"
)
_SENTENCE = re.compile(r"[。\n!]")
_CLAUSE = re.compile(r"[;,:]")
_LEAST_TASKS, _MOST_TASKS = 2, 40

_WORK = """
    新建 改建 扩建 改造 修建 修缮 维修 维护 养护 建设 建成 安装 购置 采购 购买 更新 配备 配置
    培训 宣传 举办 检查 监测 检测 编制 制作 印发 印制 发放 补助 补贴 救助 资助 慰问 巡查 巡护
    排查 整治 治理 清理 清淤 种植 栽植 补播 绿化 修复 普查 调查 评估 审计 招聘 聘请 创建 演练
    接种 筛查 体检 回访 运营 运维 搬迁 拆除 铺设 架设 疏浚 消杀 投放 研发 收购 储备 办理 征集
    展演 巡演 开展 完成
    召开 设置 采集
"""
_DOES = re.compile("|".join(sorted(_WORK.split(), key=len, reverse=True)))
_WORKS = frozenset(_WORK.split())
_EFFECT = re.compile(
    r"^(?:进一步|不断|持续|有效|切实|着力|全面|稳步|逐步|大力|努力|积极)*(?:提高|提升|增强|改善|优化|促进|推动|推进|保障|确保|保证"
    r"|维护[^,;]{0,6}(?:稳定|秩序|权益|安全|形象)|实现|达到|使|让|营造|防范|防止|避免|杜绝|降低|减少|缓解|巩固|健全|完善|加强|强化|规范|满足|发挥|解决|助力|带动|形成|引导|丰富|为)"
)
# The same said of what the work is for: 项目区水土流失得到有效治理.
_GAINED = re.compile(
    r"(?:得到|得以|获得)[^,;]{2,10}$"
    r"|(?:明显|显著|有效|持续|稳步|不断|大幅|进一步)(?:改善|提升|提高|增强|治理|遏制|控制|好转)$"
)
_BASE = re.compile(
    r"^(?:按照|根据|依据|围绕|贯彻|坚持|结合|落实|通过|依托|严格|以|在|对照|聚焦|立足|针对)"
)
# Words that stand in most tasks and most indicators and so tell nothing about what is done.
_GENERAL = """
    开展 组织 实施 完成 推进 推动 做好 加强 加大 强化 进行 举办 建立 建设 建成 新建 购置 采购
    购买 安装 配备 配置 发放 制作 更新 全县 全市 全区 全省 全乡 全镇 全年 年度 本年 今年 当年
    工作 任务 项目 活动 相关 有关 各类 各级 各项 单位 部门 人员 地区 区域 能力 水平 情况 标准
    质量 服务 管理 保障 经费 资金 费用 主要 重点 范围 及时 有效 积极 继续 持续 进一步 不断 切实
    全面 深入 落实 数量 次数 人数 个数 计划 预计 目标 内容 其中 以及 按时 按期 群众 社会 公里
    万元 场次 人次 不少于 不低于 大于 小于 以上 以下
"""
_FILLER = re.compile("|".join(sorted(_GENERAL.split(), key=len, reverse=True)))
_SCALES = {"万": 10_000, "亿": 100_000_000}
# Smaller figures are the same by chance.
_LEAST_TELLING = 10
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks that no indicator takes up; ``named`` are those whose object is the project's."""

    named: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def untaken(goal: object, name: object, rows: Iterable[IndicatorRow]) -> Tasks:
    """The listed tasks of a goal that no indicator of its project takes up."""
    tasks = listed_tasks(str(goal)) if not is_blank(goal) else ()
    if not tasks:
        return Tasks()
    rows = list(rows)
    texts, words = _words_said(rows), _own_words(tasks)
    open_tasks = [task for task in tasks if words[task] and not words[task] & texts]
    if not open_tasks:
        return Tasks()
    numbers = _numbers_said(rows)
    runs = frozenset().union(*(_runs(str(row["level3"] or "")) for row in rows))
    open_tasks = [
        task
        for task in open_tasks
        if not _figures(task) & numbers
        and not any(_is_short_for(run, whole) for run in runs for whole in _runs(task))
    ]
    taken = frozenset().union(*(words[task] for task in tasks if task not in open_tasks))
    of_project = _words(fold(str(name or ""))) - taken
    # A warning has to be certain: not even what the tasks have in common stands anywhere.
    named = [task for task in open_tasks if words[task] & of_project and not _words(task) & texts]
    others = [task for task in open_tasks if task not in named]
    return Tasks(tuple(named), tuple(others))


def untaken_of(
    tasks: Iterable[str], department: str | None, rows: Iterable[IndicatorRow]
) -> list[str]:
    """The tasks of a department, told elsewhere than in a goal, that no indicator takes up.

    Told at such length they hold figures of many things: only one in its unit takes a task up.
    The words of the department's own name stand everywhere and tell nothing.
    """
    rows = list(rows)
    texts, own = _words_said(rows), _words(fold(department or ""))
    words = {task: _words(task) - own for task in tasks}
    said = {(bound, row["unit"] or "") for row in rows for bound in (row["low"], row["high"])}
    runs = {
        run for row in rows for run in _runs(str(row["level3"] or "")) if not pairs_of(run) <= own
    }
    return [
        task
        for task in words
        if words[task]
        and not words[task] & texts
        and not any((f.number, f.unit) in said for f in read_goal(task, None).figures)
        and not any(_is_short_for(run, whole) for run in runs for whole in _runs(task))
    ]


@lru_cache(maxsize=2048)
def listed_tasks(goal: str) -> tuple[str, ...]:
    """What a goal lists as to be done, in its order; () where it lists nothing, or one thing."""
    text = goal_text(_CIRCLED.sub("\n1.", goal)).plain
    marks = list(_MARK.finditer(text))
    if not _LEAST_TASKS <= len(marks) <= _MOST_TASKS:
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    tasks = (
        _task(text[mark.end() : end].strip("\n;,。:、"))
        for mark, end in zip(marks, ends, strict=True)
    )
    return tuple(dict.fromkeys(task for task in tasks if task is not None))


def _own_words(tasks: Sequence[str]) -> dict[str, frozenset[str]]:
    """The words of each task; things that it shares with another are what the project is about.

    What is done counts all the same: an indicator of all trainings takes each of them up.
    """
    words = {task: _words(task) for task in tasks}
    own = {}
    for task in tasks:
        others = frozenset().union(*(words[other] for other in tasks if other != task))
        own[task] = words[task] - (others - _WORKS) or words[task]
    return own


def _task(text: str) -> str | None:
    """The clause of a listed item that says what is done."""
    sentence = _SENTENCE.split(text, maxsplit=1)[0]
    for clause in _CLAUSE.split(sentence):
        if _EFFECT.match(clause) or _BASE.match(clause) or _GAINED.search(clause):
            continue
        if _DOES.search(clause):
            return clause
    return None


def _words_said(rows: Sequence[IndicatorRow]) -> frozenset[str]:
    """The words of all indicators."""
    texts = (
        text
        for row in rows
        for text in (row["level3"], row["target_value"], row["note"], row["standard"])
    )
    return frozenset().union(*(pairs_of(fold(str(text))) for text in texts if not is_blank(text)))


def _numbers_said(rows: Sequence[IndicatorRow]) -> frozenset[Decimal]:
    """The figures of all indicators."""
    numbers: set[Decimal] = set()
    before: tuple[str, Decimal] | None = None
    for row in rows:
        for bound in (row["low"], row["high"]):
            if isinstance(bound, Decimal) and row["unit"] != "%":
                numbers.add(bound * _SCALES.get((row["unit"] or "")[:1], 1))
        number = row["low"] if isinstance(row["low"], Decimal) else row["high"]
        if isinstance(number, Decimal):
            if before is not None and before[0] == row["unit"]:
                numbers.add(before[1] + number)  # one count in two rows: 城区 1台, 乡镇 4台
            before = row["unit"], number
        for text in (row["level3"], row["target_value"]):
            if not is_blank(text):
                numbers |= _figures(str(text))
    return frozenset(numbers)


@lru_cache(maxsize=8192)
def _figures(text: str) -> frozenset[Decimal]:
    """The figures of a text that count something."""
    if not any(c.isdigit() for c in text):
        return frozenset()
    figures = read_goal(text, None).figures
    return frozenset(
        figure.number
        for figure in figures
        if figure.unit not in ("", "%") and figure.number >= _LEAST_TELLING
    )


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """What a text is about: its pairs of characters, without those of general words."""
    return frozenset().union(*map(pairs_of, _runs(text)))


@lru_cache(maxsize=8192)
def _runs(text: str) -> frozenset[str]:
    """What stands between the general words of a text."""
    return frozenset(run for run in _NOT_HAN.split(_FILLER.sub(" ", fold(text))) if len(run) > 1)


def _is_short_for(run: str, whole: str) -> bool:
    """Whether a word is a longer one cut short: 彩超 for 彩色超声诊断仪."""
    if len(run) > len(whole) // 2 or run[0] != whole[0]:
        return False
    characters = iter(whole)
    return all(character in characters for character in run)


def told(tasks: Sequence[str]) -> str:
    """Tasks as a message lists them."""
    return "、".join(f"“{short(task, 24)}”" for task in tasks[:4]) + (
        "等" if len(tasks) > 4 else ""
    )
