"""Names of indicators: slogans, bare times, punctuation at the end (N01, N02)."""

from __future__ import annotations

import re

from perfgoals_xl.form.target import Kind, mask_in
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS
from perfgoals_xl.form.text import clean, fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import bare, group_of, head, says_nothing, short
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule

_LONGEST_NAME = 40
# A long name, all one clause, may still say what is measured.
_MEASURE = re.compile(
    r"(?:率|度|数|数量|量|费|费用|经费|资金|金额|成本|款|比例|占比|面积|长度|时间|时限|期限|时长|年限|人次|场次|标准|得分|程度|额)$"
)
_TIME = re.compile(
    r"(?=.*[年月日天季周旬])[\d年月日号至到\-—–~.,、/前底初末内起止之度季旬上中下半全本当次一二两三四五六七八九十个天周为]+"
)
_CLAUSE_END = re.compile(r"[,;。]")
_MARKS = re.compile(r"[。.;,、:!?]$")


# What is aimed at, and no share of anything: 确保社会稳定, 提升公共服务水平.
_AIM = re.compile(
    r"(?:有效|切实|进一步|不断|持续|全面)?(?:确保|保障|保护|维护|维持|保持|促进|推动|推进|改善|改进|提升|提高|增强|加强|营造|优化|巩固)[\u4e00-\u9fff]{0,12}?"
    r"(?:社会稳定|大局稳定|和谐稳定|社会和谐|长治久安|(?:经济|社会|绿色|可持续)发展|高质量发展|事业发展|公平正义|乡村振兴"
    r"|(?:公共|服务|管理|治理|工作|保障|防控|监管|应急)(?:服务)?(?:水平|能力)|生活质量|(?:人居|营商|生态|生活|法治|社会|投资|城市|城乡)环境|环境卫生|正常(?:有序)?(?:运转|运行)|形象|良好氛围)"
    r"|(?:经济|社会|生态|环境|文化)(?:、?(?:经济|社会|生态|环境|文化))*(?:等方面)?(?:的)?(?:可持续|高质量)发展"
)


def name_is_an_indicator(row: JudgedIndicator) -> Verdict:
    """N01: a name says what is measured; it is no slogan and no bare time."""
    name = row["level3"]
    fault = _fault(name) if isinstance(name, str) else None
    if fault is None and row["kind"] == Kind.PERCENT and group_of(row) in BENEFIT_GROUPS:
        fault = "share" if _AIM.fullmatch(bare(name or "")) else None
    if fault is None:
        return None
    whole = row.get("uncut", {}).get("level3", name)
    return Hit("indicator", {"name": short(name), "length": len(bare(whole))}, fault)


def _fault(name: str) -> str | None:
    """The variant of N01 that a name is."""
    if is_blank(name) or says_nothing(name):
        return None
    text = bare(name)
    if _TIME.fullmatch(text):
        return "period"
    is_one_clause = _CLAUSE_END.search(text) is None
    if len(text) > _LONGEST_NAME and not (is_one_clause and _MEASURE.search(head(name))):
        return ""
    return None


def name_ends_in_a_word(row: JudgedIndicator) -> Verdict:
    """N02: a name does not end in punctuation."""
    name = row["level3"]
    mark = _mark(name) if isinstance(name, str) else ""
    return Hit("indicator", {"name": short(name), "mark": mark}) if mark else None


def _mark(name: str) -> str:
    """The punctuation that a name ends in, as typed."""
    if not _MARKS.search(fold(name)) or says_nothing(name) or mask_in(name) is not None:
        return ""
    return clean(name)[-1]


CHECKS = (
    indicator_rule("N01", name_is_an_indicator),
    indicator_rule("N02", name_ends_in_a_word),
)
