"""What closes before it opens (T07), and what only looks so."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|手工艺展会
项目总额|12|年度资金总额|12
年度目标|举办手工艺展会1场，投入12万元。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|展会场次|1场
|质量指标|展品验收合格率|≥98%
|时效指标|{begin}
||{end}
|成本指标|展会费用|≤12万元
效益指标|社会效益指标|观展人数|≥3000人
满意度指标|服务对象满意度指标|观众满意度|≥95%
"""


def told(tmp_path, begin, end):
    path = tmp_path / "申报.txt"
    text = FORM.format(begin=begin, end=end).replace("|", "\t")
    path.write_text(text, encoding="utf-8")
    return [f"{f.rule} {f.cell}" for f in validate(path).findings if f.rule == "T07"]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("活动开始时间|2026年5月", "活动结束时间|2026年4月"),
        ("开始时间|5月底前", "结束时间|3月底前"),
        ("培训起始日期|2026年9月1日", "培训终止日期|2026年8月20日"),
        ("展会开幕时间|10月18日", "展会闭幕时间|10月8日"),
        ("报名开始时间|2026-06-10", "报名截止时间|2026-06-01"),
        ("工程开始时间|7月", "工程结束时间|6月"),
        ("培训开班时间|8月", "培训结业时间|7月"),
        ("布展开始时间|8月中旬", "布展完成时间|8月初"),
        ("供暖开始时间|2026年10月15日", "供暖结束时间|2026年4月15日"),
        # Told by the rule on the work itself, and once.
        ("项目启动时间|2026年9月", "项目结束时间|2026年6月"),
    ],
)
def test_what_closes_before_it_opens(tmp_path, begin, end):
    assert told(tmp_path, begin, end) == ["T07 D10"]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("活动开始时间|2026年4月", "活动结束时间|2026年5月"),
        ("活动开始时间|2026年4月", "活动结束时间|2026年4月底前"),
        # Of another thing, or another round of it.
        ("活动开始时间|2026年5月", "报名截止时间|2026年4月"),
        ("展会开幕时间|10月18日", "布展结束时间|10月8日"),
        ("第二期培训开始时间|9月", "第一期培训结束时间|6月"),
        # It goes on over the new year.
        ("供暖开始时间|10月15日", "供暖结束时间|4月15日"),
        ("供暖开始时间|2026年10月", "供暖结束时间|次年4月"),
        ("展览开始时间|2026年11月", "展览结束时间|2027年1月"),
        ("展览开始时间|2026年11月", "展览结束时间|1月"),
        # One row tells both.
        ("活动开始至结束时间|5月", "活动结束时间|4月"),
        ("活动开始及时率|100%", "活动结束时间|4月"),
    ],
)
def test_what_is_in_order_or_of_another_thing(tmp_path, begin, end):
    assert told(tmp_path, begin, end) == []
