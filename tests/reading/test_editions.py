"""The edition of a form that proves none is that of the other forms of its file."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.load import load_declaration

HEAD = """项目支出绩效目标申报表
（2026年度）
项目名称 | 渠道清淤项目{0}
年度资金总额 | 12
年度目标 | 清淤{0}公里。
一级指标 | 二级指标 | 三级指标 | 指标值
"""
NEITHER = """产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | 质量指标 | 验收合格率 | ≥98%
"""
OLD = NEITHER + " | 成本指标 | 清淤费用 | ≤12万元\n"
LASTING = NEITHER + "效益指标 | 可持续影响指标 | 使用年限 | ≥5年\n"
PRINTED = NEITHER + " | 成本指标 | | \n"
NEW = "成本指标 | 经济成本指标 | 清淤费用 | ≤12万元\n" + NEITHER
NEW_PLAIN = "成本指标 | | 清淤费用 | ≤12万元\n" + NEITHER


@pytest.mark.parametrize(
    ("tables", "editions", "of_file"),
    [
        ([NEITHER], "2015", "2015"),
        ([NEITHER, NEW], "2021 2021", "2021"),
        ([NEW_PLAIN, NEITHER], "2021 2021", "2021"),
        ([NEITHER, NEITHER, NEITHER, NEW], "2021 2021 2021 2021", "2021"),
        ([NEITHER, OLD], "2015 2015", "2015"),
        # A form that shows the other one keeps it.
        ([NEW, NEW, OLD, NEITHER], "2021 2021 2015 2021", "2021"),
        ([NEW, OLD, LASTING, NEITHER], "2021 2015 2015 2015", "2015"),
        ([NEW, NEW, PRINTED], "2021 2021 2015", "2021"),
    ],
)
def test_the_edition_is_settled_by_file(tmp_path, tables, editions, of_file):
    path = tmp_path / "申报.txt"
    forms = [HEAD.format(n) + table for n, table in enumerate(tables, 1)]
    path.write_text("\n".join(forms).replace(" | ", "\t"), encoding="utf-8")
    declaration = load_declaration(path)
    assert [origin.edition for origin in declaration.origins] == editions.split()
    assert declaration.edition == of_file
