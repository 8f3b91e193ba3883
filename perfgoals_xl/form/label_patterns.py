"""Labels that no list holds, known by how they are built, and labels with a wrong character.

``本单位2026年度项目绩效总目标`` is a goal of the year by its end, ``项目名秤`` is 项目名称 by all
its characters but one. Both are weaker than a label that is listed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfgoals_xl.form.namings import ALIASES, KNOWN_LABELS

_SHORTEST, _LONGEST, _LONGEST_TYPED = 4, 16, 40
_NO_FIELD: Final = re.compile(
    r"完成|实际|指标|上年|去年|以前|历年|累计|部门整体|政策|比例|标准|依据|说明|意见|执行|得分|值$"
)
_PERIOD: Final = r"(?:项目实施期|实施期|项目期|中期|长期|全周期|三年|总体规划)"
_PATTERNS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "project_name",
            r"^(?!.*(?:子项目|上级|采购|科目|明细|单位)).{0,6}(?:项目|专项|专项资金|转移支付)名称$",
        ),
        ("period_goal", rf"^.{{0,4}}{_PERIOD}.{{0,4}}目标(?:描述|内容|概述)?$"),
        (
            "annual_goal",
            r"^(?!.*(?:职责|职能|战略|部门)).{0,10}(?:绩效|总体|年度|预期|工作|任务|总)目标(?:描述|内容|概述|和成果|及成果)?$",
        ),
        ("supervising_department", r"^(?!.*(?:中央|国家)).{0,4}主管(?:部门|单位|机关)(?:名称)?$"),
        (
            "implementing_unit",
            r"^.{0,4}(?:实施|承担|执行|使用|申报|建设|承办)(?:主体|单位|机构)(?:名称)?$",
        ),
        (
            "project_period",
            r"^.{0,4}(?:起止|实施|建设|执行|服务|合同|政策)(?:时间|日期|期限|周期|年限|年度)$",
        ),
        (
            "total_amount",
            r"^(?:.{0,4}(?:项目总|总)|(?:项目)?(?:实施周期|实施期|项目期|全周期)(?:内)?总?)(?:投资|资金|预算|经费|概算|投入|金额)(?:额|总额|规模)?$",
        ),
        (
            "annual_amount",
            r"^(?:.{0,2}年度?|本次|当前|项目[当本]年度?)(?:项目|预算|申请|安排|财政)?(?:资金|经费|预算|金额|投入)"
            r"(?:总额|总计|合计|总量|规模|安排数?|申请数?|数|额)?$",
        ),
    )
)

# Of a form for bonds the quota that is asked for this year is what other forms call 年度资金总额.
_OF_BONDS: Final = r"(?:地方政府|政府|地方|新增|专项|一般|项目|建设|收益|自平衡)*债券?"
_BONDS: Final = re.compile(
    r"^(?:[本当今]年度?内?|[本此][次批期])(?:拟|计划|预计)?(?:"
    rf"(?:申请|申报|发行|需求|新增|使用|安排)+{_OF_BONDS}(?:资金|额度|金额|规模|需求|总|额)*"
    rf"|{_OF_BONDS}(?:资金)?(?:需求|申请|申报)(?:额度|金额|规模|额|数)?)$"
)


def is_bond_quota(word: str) -> bool:
    """Whether a label asks for the bonds of the year: 本年度申请专项债券额度."""
    return len(word) <= _LONGEST and "债" in word and _BONDS.search(word) is not None


# Who gives money, and what it is called: 该项目支出上级资金, 县级财政配套资金, 社会投入.
_GIVER: Final = (
    r"(?:中央|国家|自治区|上级|地方|市县|县区|区县|州市|社会|企业|群众|村集体"
    r"|[省市州县区镇旗]级?|县\(区\)|县\(市、区\)|乡镇)"
)
_SOURCE_OF_FUNDS: Final = re.compile(
    rf"^(?:该|本)?(?:项目)?(?:支出)?(?:的|其中)?{_GIVER}(?:财政)?"
    r"(?:安排|补助|配套|专项|自筹|投入|统筹|奖补|捐赠|转移支付|自有|投资|预算)*"
    r"(?:资金|经费|投入|资本|自筹|配套|补助|拨款|捐赠|收入|投资)?(?:金额|数额?)?$"
)


def is_source_of_funds(word: str) -> bool:
    """Whether a label is built like that of a source of the project's money: 县级配套资金."""
    return 3 < len(word) <= _LONGEST and _SOURCE_OF_FUNDS.search(word) is not None


_TRANSFER_TITLE: Final = re.compile(
    r"转移支付|区域(?:整体)?绩效目标|(?:专项|补助|奖补|发展)(?:资金|经费)[^,。;]{0,8}绩效目标"
)
_TRANSFER_LABEL: Final = re.compile(
    r"^(?:专项|资金|专项资金|转移支付|补助资金)(?:\(?项目\)?)?名称|^(?:中央|国家)主管部门|^专项实施期"
)


def is_transfer_title(title: str) -> bool:
    """Whether a title says that a form is about money handed down: 水利发展资金区域绩效目标表."""
    return _TRANSFER_TITLE.search(title) is not None


def is_transfer_label(label: str) -> bool:
    """Whether only forms about money handed down have a label: 专项名称, 中央主管部门."""
    return len(label) <= _LONGEST and _TRANSFER_LABEL.search(label) is not None


MEANING: Final = frozenset(
    "上下季月半余二三一四首次前后新旧实决去执市县省中小大多单总子某各本非长价指数"
)
"""Characters that make another word: 季度目标 is not 年度目标 with a mistake."""
_KNOWN_BY_SHAPE: Final = {
    "project_name": "项目名称",
    "supervising_department": "主管部门",
    "implementing_unit": "实施单位",
    "annual_amount": "年度资金总额",
    "total_amount": "项目总额",
    "annual_goal": "年度总体绩效目标",
}


MISSPELT: Final = frozenset(_KNOWN_BY_SHAPE)
"""The fields whose labels are known in spite of a wrong character."""
_LISTED: Final = frozenset(_KNOWN_BY_SHAPE.values()).union(KNOWN_LABELS, *ALIASES.values())


@lru_cache(maxsize=8192)
def field_by_pattern(word: str) -> str | None:
    """The field whose labels are built as ``word`` is, which no list holds; None for any other."""
    if not 4 <= len(word) <= _LONGEST or _NO_FIELD.search(word):
        return None
    if is_bond_quota(word):
        return "annual_amount"
    return next((name for name, pattern in _PATTERNS if pattern.search(word)), None)


def _blanked() -> dict[str, tuple[str, str]]:
    """Every label with each of its characters left open, and the field that it names."""
    found: dict[str, tuple[str, str]] = {}
    for name, own in _KNOWN_BY_SHAPE.items():
        for label in (own, *ALIASES.get(name, ())):
            for at, character in enumerate(label if len(label) >= _SHORTEST else ""):
                if "\u4e00" <= character <= "\u9fff" and character not in MEANING:
                    found.setdefault(f"{label[:at]}\0{label[at + 1 :]}", (name, label))
    return found


_BLANKED: Final = _blanked()
_FIRST: Final = frozenset(key[0] for key in _BLANKED)
# A label may end in what stands around it: 项目名秤（必填）：.
_ENDS: Final = frozenset(key[-1] for key in _BLANKED).union("：:）)*")


def may_be_misspelt(text: str) -> bool:
    """Whether a text begins or ends as a label does: of one wrong character one end is right."""
    return _SHORTEST <= len(text) <= _LONGEST_TYPED and (text[0] in _FIRST or text[-1] in _ENDS)


@lru_cache(maxsize=8192)
def misspelt(word: str) -> tuple[str, str] | None:
    """The field and the label that ``word`` is but for one character; None where there is none."""
    if not _SHORTEST <= len(word) <= _LONGEST or word in _LISTED:
        return None
    for at, character in enumerate(word):
        found = _BLANKED.get(f"{word[:at]}\0{word[at + 1 :]}")
        if found is not None and character not in MEANING and "\u4e00" <= character <= "\u9fff":
            return found
    return None
