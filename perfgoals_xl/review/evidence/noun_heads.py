"""What a few words of a goal or a name are about: the noun they end in, and what is done to it.

A noun ends in its head: 三疣梭子蟹苗 and 对虾苗 are two things although the same is done to both,
义务教育学校 are schools. The words of doing stand in front of it or behind it (改造学校, 学校改造).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from perfgoals_xl.form.text import fold

# Kinds of work, parted by semicolons: words of a kind may stand for each other.
_KINDS_OF_WORK = """
    新建 建设 修建 建成 扩建 改建 兴建 打造 创建 搭建 建造 新增 增设 设立 设置 改造
    提升 升级 更新 更换 重建;
    改造 改建 扩建 维修 维护 养护 修缮 修复 整修 翻修 管护 加固 运维 提升 升级 更新
    整治 治理 除险加固;
    采购 购置 购买 新购 添置 配备 配置 装配 安装 加装 布设 架设 铺设 敷设 更新 更换
    发放 配发 投放 建设 新建 新增 设置;
    培训 轮训 举办 开展 组织 召开 承办 实施 开设;
    发放 制发 补助 补贴 救助 资助 慰问 奖补 奖励 兑现 帮扶 扶持 支持 配发 印发 印制 制作
    编印;
    清理 清运 清淤 疏浚 治理 整治 收运 回收 收集 处置 处理 拆除 清洗 保洁;
    检查 巡查 检测 监测 抽检 排查 巡护 检验 抽查 普查 调查 核查 评估 鉴定;
    种植 栽植 营造 补播 放流 增殖 投放 播种 补植 绿化 新造 抚育 改良;
    救治 诊疗 接诊 筛查 体检 接种 随访 签约 服务 管理;
    办理 受理 审理 办结 化解 调解 处置 处理 参审;
    创作 编排 排演 演出 展演 展出 举办 开展;
    引进 培育 扶持 孵化 新增 认定 招聘 聘请 选聘;
    编制 制定 修订 出版 印制 印发 制作 完成;
    拆除 拆违 搬迁 安置
"""
_KINDS = [frozenset(line.split()) for line in _KINDS_OF_WORK.split(";")]
_WORKS = frozenset().union(*_KINDS)
# They say nothing of what is done, nor to what.
_FILLERS = """
    完成 推进 推动 做好 进行 预计 计划 力争 确保 保障 达到 达 不少于 不低于 不超过
    至少 共计 共 总 约 为 对 向 给 全县 全市 全区 全省 全镇 全乡 全年 年内 本年度 本年
    今年 年度 当年 辖区内 辖区 其中 已 将 拟 的 并 及 和 与 等 各类 各 主要 集中 统一
    定期 免费 全面 主动 继续 重点 累计 新 再 内 上 在 用于 项目 工程 工作 任务 数量
    数目 总数 个数 人数 户数 次数 场次 期数 台数 套数 份数 条数 处数 家数 册数
    座数 株数 所数 间数 面积 长度 里程 全长 规模 总量 数 量 人次 实际 目标 点位
    批次 件次 分别 业务 技能 知识 专题
"""
_AROUND = "|".join(sorted({*_WORKS, *_FILLERS.split()}, key=len, reverse=True))
_LEADING, _TRAILING = re.compile(rf"(?:{_AROUND})"), re.compile(rf"(?:{_AROUND})$")
_WORK = re.compile("|".join(sorted(_WORKS, key=len, reverse=True)))
_NO_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
_RATE = re.compile(r"(?:率|[感度]|比例|比重|占比)$")
_REACHED = re.compile(
    r"(?:达到?|提高到|提升到|保持在?|稳定在|控制在|不低于|不少于|不超过|高于|大于|为|在|至|超过)+$"
)
_HEAD = 2
# Heads of so many things that what stands in front of them decides.
_VAGUE_HEADS = """
    设备 设施 人员 活动 项目 工程 物资 材料 群众 对象 系统 平台 站点 用品 任务 服务
"""
_VAGUE = frozenset(_VAGUE_HEADS.split())


class Phrase(NamedTuple):
    """``noun`` is what some words are about, "" if nothing; ``works`` what is done to it."""

    noun: str
    works: frozenset[str]


@lru_cache(maxsize=16384)
def phrase_of(text: str) -> Phrase:
    """The noun of a few words and the works that stand around it; of a rate the words as such."""
    noun = _NO_WORD.sub("", fold(text))
    rate = _REACHED.sub("", noun)
    if len(rate) > _HEAD and _RATE.search(rate):
        return Phrase(rate, frozenset())
    works = set()
    while (found := _LEADING.match(noun)) and found.end() <= len(noun):
        works.add(found[0])
        noun = noun[found.end() :]
    # The end of what stands in brackets or of a compound (监测站) is no work.
    while (found := _TRAILING.search(noun)) and found.start() >= _HEAD:
        works.add(found[0])
        noun = noun[: found.start()]
    return Phrase(noun, frozenset(works & _WORKS))


def first_noun(text: str) -> str:
    """The text up to what is done to the noun that it begins with: 学校|配备教师."""
    found = next((w for w in _WORK.finditer(text) if w.start() >= _HEAD), None)
    return text[: found.start()] if found else text


def works_in(text: str) -> frozenset[str]:
    """All words of doing in a text."""
    return frozenset(_WORK.findall(text))


def is_other_work(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two works are of different kinds: 新建 and 维护, 排查 and 加固."""
    if not one or not other or one & other:
        return False
    return not any(kind & one and kind & other for kind in _KINDS)


def is_other_thing(one: str, other: str, around: str = "") -> bool:
    """Whether two nouns have heads, or words in front of one head, that tell things apart.

    ``around`` is what stands around the first: 为6所卫生院更新设备 are the 更新设备卫生院.
    """
    if len(one) < _HEAD or len(other) < _HEAD:
        return False
    if not (set(one[-_HEAD:]) <= set(other) or set(other[-_HEAD:]) <= set(one + around)):
        return True
    same = 0
    while same < min(len(one), len(other)) and one[-1 - same] == other[-1 - same]:
        same += 1
    first, second = one[: len(one) - same], other[: len(other) - same]
    is_apart = not set(first) & set(second) and not set(second) <= set(around)
    return is_apart and min(len(first), len(second)) >= _HEAD


def is_of_kind(narrow: str, wide: str) -> bool:
    """Whether a noun is another one with words put in front or in between: 义务教育学校, 学校."""
    if len(wide) < _HEAD or len(narrow) <= len(wide) or wide in _VAGUE:
        return False
    if narrow.endswith(wide):
        return True
    ends = (at for at in range(1, len(wide) - 1) if narrow.endswith(wide[at:]))
    return any(narrow.startswith(wide[:at]) for at in ends)
