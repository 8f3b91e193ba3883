"""The words of target values: comparisons, states and trends, other years and bodies.

Word lists and what a single word says; what words mean where they stand is for the grammar.
"""

from __future__ import annotations

import re
from typing import Final

# --- comparisons in front of a number -----------------------------------------------------------

# 最低, 最高 and the like compare only in front of a number: 最低生活保障 is a name.
_NUMBER_AHEAD: Final = (
    r"(?=(?:为|达到?|是|不)?(?:人民币|约|近)?[¥+-]?[0-9零一二两三四五六七八九十百])"
)
OPERATOR: Final = (
    r"[<>=≤≥]{1,3}"
    r"|(?:大于|高于|多于|超过|小于|低于|少于|晚于|早于)(?:或者?|/)?(?:等于|等同于)"
    r"|(?:(?:严禁|禁止|不允许|不得|不能|不应|不可|不会|不宜|不准|未|没有?|不)(?:得|能|应|可)?)?"
    r"(?:大于|高于|多于|超过|超出|突破|小于|低于|少于|晚于|迟于|早于|短于|长于)"
    r"|至少|至多|(?:最低|最少|最高|最多|最长|不足|不到|不满|不下|下限|上限|限额)"
    + _NUMBER_AHEAD
    + r"|控制在|逾(?=[0-9])|不?超(?=[0-9])|不超(?!前|标)|(?<!不)等于"
)
_OPERATORS: Final = re.compile(OPERATOR)
_AT_LEAST: Final = re.compile(r"最低|最少|至少|不下|下限")
_AT_MOST: Final = re.compile(r"最高|最多|至多|最长|上限|限额|控制在")
_UPWARDS: Final = re.compile(r"大于|高于|多于|超|突破|晚于|迟于|长于|逾")
_DENIED: Final = re.compile(r"严禁|禁止|不|未|没")

# Words that compare times: behind them a bare year is a deadline, not a year to compare with.
TIMELY: Final = re.compile(r"[晚迟早]于")

# --- comparisons behind a number ----------------------------------------------------------------

SUFFIX: Final = re.compile(
    r"(?P<least>(?:及其?|或|和|含)?以上|之上|\+(?![0-9])|起步|及更多|或更多)"
    r"|(?:(?:及其?|或|和|含)?以[下内里]|之[内下]|封顶|为限|为上限"
    r"|内(?![容部涵蒙控审设外陆河存科训在径网资业需关阁]))"
)

# --- another year or body, as something to compare with ------------------------------------------

REFERENCE: Final = re.compile(
    r"去年|上一?年|往年|历年|前一?年|前[两二三3]年|同期|同比|环比|年初水平"
    r"|上一?(?:季度|季|个?月|期|学期|周期|轮)(?![报末])|平均(?:水平|值|数|线|分|以上|以下)|均值"
    r"|基[期线准](?:年|值|水平|期|数|线)|(?:国家|省|市|区|行业|全[国省区市县州]|同[类级])平均"
    r"|(?:199[0-9]|20[0-9]{2})年度?的?(?:水平|平均|同期|基础|实际|底数|基数)"
)
# In front of a year: it is compared with. Behind it: it is the base.
COMPARED: Final = re.compile(r"(?:比|较|与|同|跟|相对于?|对比)$")
BASE: Final = re.compile(r"的?(?:水平|平均|同期|基础|实际|底数|基数|相比|持平|为基|数$|值$)")

# --- states and trends -------------------------------------------------------------------------

LONGEST_STATE: Final = 22


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WHOLE_STATES: Final = _words(
    """高 优 良 好 强 低 中 是 否 有 达 较高 较好 较低 较强 很好 很高 优良 优秀 良好 一般 中等
    达标 合格 及格 满意 基本满意 非常满意 明显 显著 长期 中期 短期 中长期 长效 长远 永久 有效
    及时 按时 按期 准时 如期 准确 完整 齐全 完善 健全 规范 真实 安全 稳定 正常 顺利 合规 合法
    合理 科学 通过 完成 已完成 持续 持续性 可持续 常态化 长期性 全覆盖 全面 充分 到位 足额 零
    符合 满足 具备 优化 增强 改善 提升 提高 促进 保障 推动 降低 减少 下降 上升 增长 增加 加强
    持平 节约 落实 达到 实现 同步 积极 良性 无变化 平稳 高效 优质 高标准 高质量 一致 统一 能 √
    全天候 优良中低差 优良中差 高中低 好坏 有无 是否 实时 即时 随时 立即 第一时间"""
)
_STATES: Final = re.compile(
    r"持续|稳步|稳定|稳中|平稳|逐步|逐年|不断|有所|有效|明显|显著|大幅|进一步|切实|充分"
    r"|良好|优秀|优良|优质|优化|优于|合格|达标|达到|达成|符合|满足|正常|及时"
    r"|按时|按期|如期|准时|按照?要求|按照?规定|按计划|按照?合同|按进度|按需|按月|按季|按标准|按程序"
    r"|全.{0,3}覆盖|全部|全面|全员|到位|足额|通过|完善|健全|规范|齐全|完好|完整|准确|真实|科学|合理"
    r"|合规|合法|安全|顺利|畅通|便捷|便利|高效|高质量|可持续|长期|长效|常态化|常年|领先|先进|一流"
    r"|满意|好评|认可|提升|提高|增强|增加|增长|促进|推进|推动|改善|改进|加强|强化|巩固|扩大|拓展"
    r"|发展|带动|激发|营造|保持|维持|保障|保证|确保|维护|保护|减少|减轻|降低|下降|减弱|缓解|缩短"
    r"|节约|节省|杜绝|避免|防止|遏制|防范|消除|化解|上升|好转|向好|向上|和谐|有序|较好|较高|较强"
    r"|很好|明确|清晰|丰富|繁荣|美观|整洁|清洁|绿色|环保|显现|降级|实现|落实|建成|见效|受益|增收"
    r"|增效|得到|取得|发挥|产生|形成|具有|具备|受到|已完成|全部完成|基本完成|完成情况|完成$|应.尽.|无休|不间断"
    r"|规定(?:时间|时限|期限)|约定|[时期]限内|实时|即时|全额|深远|良性|友好|可控|受控|惠及|普及|弘扬|传承"
    r"|培[养育]|引导|助力|支撑|夯实|深化|加快|加大|树立|凝聚|较[大小]|日[益趋]|逐渐|投入使用|交付使用"
    r"|竣工|开工|序时|只[增减]不[增减]"
    r"|完成[^,;。]{0,4}(?:验收|任务|工作|建设|支付|整改|申报|交付|拨付|发放|招标|采购|目标|计划|施工"
    r"|投产|实施)$"
    r"|不[^,;。]{0,4}(?:发生|出现|外溢|造成|影响|减少|降低|下降|反弹|增加|破坏|污染|拖欠|间断|延误"
    r"|中断|漏|超标)|(?:^|[,;、])[无零未](?!要求|锡|人机|障碍|偿|线|纸|害|机|极|形|烟|来)"
    r"|[一二三四五ⅠⅡⅢⅣⅤIV]{1,3}[级类等](?:$|[水标以及甲乙])|[特甲乙]级|[级等类高]及?以上$|[A-E]级|AA+级?"
)
_NO_STATE: Final = re.compile(r"由于|因|根据|依据|鉴于|为了?|一是|其中|包括|主要")
_GRADES: Final = re.compile(
    r"优秀?|良好?|合格|及格|中等|满意|达标|[一二三四五甲乙丙特][级等类]|[ABCD]级?|[ⅠⅡⅢⅣⅤIV]+类"
)
_PIECES: Final = re.compile(r"[,;。!、]")
_QUOTED: Final = re.compile(r"《[^》]{0,200}》|“[^”]{0,200}”")


def sign_of(word: str) -> str:
    """The operator that ``word`` (a match of ``OPERATOR``) stands for; "" for <> and the like."""
    if word[0] in "<>=≤≥":
        up, down = ">" in word or "≥" in word, "<" in word or "≤" in word
        equal = "=" in word or "≤" in word or "≥" in word
        if up and down:
            return ""
        if up:
            return "≥" if equal else ">"
        return ("≤" if equal else "<") if down else "="
    if _AT_LEAST.match(word):
        return "≥"
    if _AT_MOST.match(word):
        return "≤"
    if word in ("不足", "不到", "不满"):
        return "<"
    if word == "等于":
        return "="
    upwards = _UPWARDS.search(word) is not None
    if word.endswith("等于") or word.endswith("等同于"):
        return "≥" if upwards else "≤"
    if _DENIED.match(word):
        return "≤" if upwards else "≥"
    return ">" if upwards else "<"


def without_operators(plain: str) -> str:
    """The words of ``plain`` without its comparisons."""
    return _OPERATORS.sub("", plain).strip(":以上内及 ")


def is_state(plain: str) -> bool:
    """Whether a text without numbers reads as a state or a trend: 持续提升, 按时完成, 良好及以上.

    It is short, and each of its clauses has a word that says how something is or develops.
    """
    bare = plain.strip(";,。、:()“”\"' ")
    if bare in _WHOLE_STATES:
        return True
    bare = _QUOTED.sub("“”", bare)
    if not bare or len(bare) > LONGEST_STATE or _NO_STATE.match(bare):
        return False
    states = [
        piece in _WHOLE_STATES or bool(_STATES.search(piece))
        for piece in _PIECES.split(bare)
        if len(piece) > 2 or piece in _WHOLE_STATES or _STATES.search(piece)
    ]
    return bool(states) and all(states)


def is_grade(plain: str) -> bool:
    """Whether the words behind a comparison are a grade: 不低于良好."""
    return bool(_GRADES.match(plain))
