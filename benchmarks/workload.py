"""Writes the workbooks to be measured: one fictional department with as many projects as asked.

Every number and most texts differ from sheet to sheet, as in a real declaration, so that no cache
flatters the result; the same number of sheets always gives the same file. About every third project
carries a fault of the kinds that real ones have.

As a program: ``workload.py SHEETS STANDARD VALUES_ONLY`` writes the standard workbook and a copy of
it that holds the same values and merged areas and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine
from xlsxwriter import Workbook

from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
)
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.workbooks.standard.template import write_standard_workbook

YEAR = 2026
# What stands right of the form on a project's sheet are live checks.
FORM_WIDTH = 6
DEPARTMENT, CODE = "青禾县综合服务局", "900001"

# What one kind of project does: name, goal, and its indicators as (group, name, target value).
# {n} is the project's number, {a} … {g} are its figures, {cost1} and {cost2} its costs, {place},
# {manner} and {result} words from the lists below, so that no two goals are nearly the same.
Kind = tuple[str, str, tuple[tuple[int, str, str], ...]]
GROUPS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "经济效益"),
    ("效益指标", "社会效益"),
    ("效益指标", "生态效益"),
    ("效益指标", "可持续影响"),
    ("满意度指标", "服务对象满意度"),
)
PLACES = (
    "东岭", "柳湾", "石桥", "白沙", "云坪", "双河", "松口", "南塘", "红崖", "清溪", "长滩", "古渡",
    "桃源", "北坡", "龙泉", "平川", "竹山", "新店", "马庄", "沙井", "官渡", "月湖", "高台",
)  # fmt: skip
VILLAGES = (
    "前进", "幸福", "光明", "团结", "向阳", "新民", "胜利", "和平", "红旗", "东风", "建新", "友谊",
    "永丰", "太平", "兴旺", "长安", "复兴", "四合", "五里", "安乐", "富民", "青山", "绿水", "大桥",
    "小河", "上庄", "下庄", "王家", "李家", "赵家", "陈家", "周家", "吴家", "郑家", "冯家", "蒋家",
    "沈家", "韩家", "杨家", "朱家", "秦家", "许家", "何家", "吕家", "施家", "张家", "孔家",
)  # fmt: skip
MANNERS = (
    "采用公开招标方式选择承担单位，合同签订率达到100%",
    "会同乡镇建立月调度制度，全年通报进度12次",
    "引入第三方机构全程监督，抽查比例不低于30%",
    "优先吸纳本地困难群众参与，带动就业50人以上",
    "推广使用节能设备，单位能耗比定额下降5%",
    "建立电子台账，资料归档率达到98%",
    "开展政策宣讲20场，知晓率达到90%以上",
    "组织业务骨干分批轮训，参训率达到95%",
    "对存在的隐患逐项销号，整改率达到100%",
    "在政府网站公开实施情况，接受群众监督",
    "依托村级服务点就近办理，平均等候时间不超过15分钟",
    "与上年结转任务统筹安排，避免重复建设",
    "邀请行业专家现场指导，每季度不少于1次",
)
RESULTS = (
    "群众出行和办事更加便捷",
    "农户年均收入稳步增加",
    "公共服务均等化水平进一步提高",
    "突发事件应对能力明显增强",
    "周边环境质量持续改善",
    "青少年健康成长得到保障",
    "特色产业链条进一步延伸",
    "老年人生活质量得到提升",
    "全年不发生较大以上安全事故",
    "基层治理效能显著提升",
    "文化遗产得到有效保护",
)
KINDS: tuple[Kind, ...] = (
    (
        "第{n}片区农村道路养护项目",
        "{year}年养护{place}第{n}片区农村道路{a}公里，修补路面{b}平方米，清理边沟{c}处，优良中等路率"
        "保持在{d}%以上；{manner}，{result}。",
        (
            (0, "指标1：养护道路里程", "{a}公里"),
            (0, "指标2：修补破损路面面积", "≥{b}平方米"),
            (0, "指标3：清理边沟处数", "不少于{c}处"),
            (1, "指标1：养护工程验收合格率", "100%"),
            (1, "指标2：优良中等路率", "≥{d}%"),
            (2, "指标1：全部养护任务完成时间", "{year}年11月底前"),
            (2, "指标2：路面坑槽修复时间", "≤{e}小时"),
            (3, "指标1：日常养护费用", "≤{cost1}万元"),
            (3, "指标2：路面修补材料费用", "{cost2}万元以内"),
            (4, "指标1：沿线农产品运输时间缩短", "≥{e}分钟"),
            (5, "指标1：受益村民人数", "{b}人以上"),
            (6, "指标1：边坡绿化覆盖率", "稳定在{d}%左右"),
            (7, "指标1：修补路面使用年限", "≥{e}年"),
            (8, "指标1：沿线村民满意度", "≥9{f}%"),
        ),
    ),
    (
        "青年就业技能培训第{n}期项目",
        "在{place}举办第{n}期就业技能培训{a}班次，培训青年{b}人，{d}%以上的学员取得技能证书，实现就业"
        "{c}人。{manner}，使{result}。",
        (
            (0, "指标1：举办培训班次", "{a}班次"),
            (0, "指标2：培训青年人数", "≥{b}人"),
            (0, "指标3：发放教材数量", "{b}-{g}册"),
            (1, "指标1：学员证书取得率", "{d}%以上"),
            (1, "指标2：授课教师持证上岗率", "100%"),
            (2, "指标1：培训开班时间", "{year}年3月至{year}年9月"),
            (2, "指标2：补贴资金拨付及时率", "=100%"),
            (3, "指标1：培训课时费", "{cost1}万元"),
            (3, "指标2：场地和教材费", "不超过{cost2}万元"),
            (4, "指标1：学员人均月收入提高", "≥{g}元"),
            (5, "指标1：培训后实现就业人数", "≥{c}人"),
            (6, "指标1：无纸化考试比例", "≥{d}%"),
            (7, "指标1：对青年稳定就业的促进作用", "持续提升"),
            (8, "指标1：参训学员满意度", "9{f}%以上"),
        ),
    ),
    (
        "社区第{n}卫生服务站设备更新项目",
        "{manner}，为{place}第{n}卫生服务站更新检查设备{a}台（套），服务居民{b}人次以上，设备完好率"
        "不低于{d}%，{result}。",
        (
            (0, "指标1：更新检查设备数量", "{a}台（套）"),
            (0, "指标2：服务居民人次", "大于等于{b}人次"),
            (0, "指标3：设备操作培训次数", "{e}次"),
            (1, "指标1：设备完好率", "不低于{d}%"),
            (1, "指标2：设备安装一次验收合格率", "＝100％"),
            (2, "指标1：设备采购完成时间", "{year}年6月30日前"),
            (2, "指标2：设备故障响应时间", "不超过{e}小时"),
            (3, "指标1：检查设备购置成本", "控制在{cost1}万元以内"),
            (3, "指标2：安装调试成本", "≤{cost2}万元"),
            (4, "指标1：居民人均检查费用下降", "≥{e}%"),
            (5, "指标1：服务覆盖居民人数", "≥{g}人"),
            (6, "指标1：医疗废物规范处置率", "100%"),
            (7, "指标1：设备使用年限", "≥{e}年"),
            (8, "指标1：就诊居民满意度", "大于9{f}%"),
        ),
    ),
    (
        "公益林第{n}管护区巡护项目",
        "管护{place}第{n}区公益林{b}亩，巡护{c}次，聘用护林员{a}名，森林火灾受害率控制在0.9‰以下，林木"
        "保存率达到{d}%；{manner}，{result}。",
        (
            (0, "指标1：管护公益林面积", "{b}亩"),
            (0, "指标2：开展巡护次数", "≥{c}次"),
            (0, "指标3：聘用护林员人数", "{a}名"),
            (1, "指标1：林木保存率", "≥{d}%"),
            (1, "指标2：森林火灾受害率", "≤0.9‰"),
            (2, "指标1：护林员补助发放时间", "每季度末前"),
            (2, "指标2：火情报告时间", "{e}分钟以内"),
            (3, "指标1：护林员补助", "≤{cost1}万元"),
            (3, "指标2：巡护车辆和宣传费用", "≤{cost2}万元"),
            (4, "指标1：护林员家庭年增收", "≥{g}元"),
            (5, "指标1：带动就业人数", "≥{a}人"),
            (6, "指标1：水土流失面积变化", "逐年减少"),
            (7, "指标1：公益林生态功能", "长期稳定发挥"),
            (8, "指标1：林农满意度", "≥9{f}%"),
        ),
    ),
)


def declaration(
    sheets: int, *, first: int = 0, department: str = DEPARTMENT, code: str = CODE
) -> Declaration:
    """A declaration of ``sheets`` projects, as far as the writer of workbooks needs it.

    ``first`` is the number of its first project: declarations that share no number share no
    project. ``department`` and ``code`` say whose it is.
    """
    projects, indicators = [], []
    for row in range(sheets):
        project, rows = _project(first + row)
        projects.append({**project, "supervising_department": department})
        indicators += [{**indicator, "project": row} for indicator in rows]
    goals = [
        {
            "level1": "预算执行绩效目标",
            "level2": "支出进度",
            "policy_goal": "全年支出进度达到序时要求",
            "budget_goal": f"截至{YEAR}年9月底的预算执行率",
            "target_value": "≥75%",
        }
    ]
    return Declaration(
        file="",
        department=department,
        department_code=code,
        year=YEAR,
        amount_unit="万元",
        edition="2015",
        duty_goal=f"{YEAR}年办理群众事项12万件，按时办结率达到98%以上。",
        projects=DataTable.build(PROJECT_COLUMNS, projects, [{}] * sheets),
        indicators=DataTable.build(INDICATOR_COLUMNS, indicators, [{}] * len(indicators)),
        department_goals=DataTable.build(DEPARTMENT_GOAL_COLUMNS, goals, [{}]),
    )


def _project(number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    name, goal, lines = KINDS[number % len(KINDS)]
    cost1 = Decimal(10 + number * 37 % 400) / 2
    cost2 = Decimal(3 + number * 53 % 170) / 10
    place, village = PLACES[number % len(PLACES)], VILLAGES[number % len(VILLAGES)]
    # The same kind, place and village come together again after so many projects.
    again = number // (len(KINDS) * len(PLACES) * len(VILLAGES))
    site = f"{place}镇{village}村" + (f"{again + 1}组" if again else "")
    texts = {
        "n": number + 1,
        "year": YEAR,
        "place": place,
        "manner": MANNERS[number // 4 % len(MANNERS)],
        "result": RESULTS[number // 3 % len(RESULTS)],
        "a": 2 + number * 7 % 60,
        "b": 300 + number * 131 % 9000,
        "c": 12 + number * 17 % 300,
        "d": 85 + number * 3 % 14,
        "e": 3 + number * 5 % 20,
        "f": number % 8,
        "g": 9400 + number * 19 % 5000,
        "cost1": cost1,
        "cost2": cost2,
    }
    annual = cost1 + cost2
    central = cost2 if number % 3 else Decimal(0)
    project: dict[str, Any] = {
        "project_name": name.format_map(texts),
        "implementing_unit": f"青禾县第{number % 40 + 1}服务中心",
        "project_attribute": ("经常性项目", "一次性项目", "延续性项目")[number % 3],
        "project_period": ("1年", f"{YEAR}年1月至{YEAR}年12月", "3年")[number % 3],
        "total_amount": annual * (3 if number % 3 == 2 else 1),
        "annual_amount": annual,
        "local_total": annual - central,
        "local_appropriation": annual - central,
        "local_other": Decimal(0),
        "transfer_total": central if central else None,
        "transfer_central": central if central else None,
        "annual_goal": goal.format_map(texts),
        "amount_unit": "万元",
        "year": YEAR,
    }
    rows = [
        {
            "level1": GROUPS[group][0],
            "level2": GROUPS[group][1],
            # Hardly any name stands on two sheets: each says where.
            "indicator": indicator.replace("：", f"：{site}").format_map(texts),
            "target_value": value.format_map(texts),
        }
        for group, indicator, value in lines
    ]
    _spoil(number, project, rows)
    return project, rows


def _spoil(number: int, project: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """The faults of a project: those whose turn it is, most often none."""
    for every, fault in _faults():
        if number % every == every - 1:
            fault(project, rows)


def _faults() -> Iterator[tuple[int, Any]]:
    """Each fault with the number of projects among which one has it."""
    yield 9, lambda project, rows: project.update(annual_amount=None)
    yield 13, lambda project, rows: project.update(local_total=project["local_total"] + 1)
    yield 17, lambda project, rows: rows[7].update(target_value="≤999.5万元")
    yield 19, lambda project, rows: rows[11].update(indicator="无", target_value="无")
    yield 23, lambda project, rows: rows[1].update(target_value="***")
    yield 29, lambda project, rows: rows.pop(12)
    yield 31, lambda project, rows: rows[10].update(target_value=None)
    yield 37, lambda project, rows: rows[0].update(target_value="按计划完成")
    yield 41, lambda project, rows: project.update(annual_goal=None)
    yield 43, lambda project, rows: project.update(year=YEAR - 1)


def write_standard(sheets: int, path: Path) -> None:
    """The standard workbook, with its dropdowns, checks and highlight formats."""
    write_standard_workbook(
        path,
        department=DEPARTMENT,
        code=CODE,
        year=YEAR,
        declaration=declaration(sheets),
        rules=tuple(RULES.values()),
    )


def write_values_only(standard: Path, path: Path) -> None:
    """The form of every sheet of ``standard`` as bare values and merged areas."""
    source = calamine.CalamineWorkbook.from_path(str(standard))
    with Workbook(str(path), {"strings_to_formulas": False}) as copy:
        for name in source.sheet_names:
            read, sheet = source.get_sheet_by_name(name), copy.add_worksheet(name)
            for (top, left), (bottom, right) in read.merged_cell_ranges or ():
                sheet.merge_range(top, left, bottom, right, "")
            for row, values in enumerate(read.to_python(skip_empty_area=False)):
                for column, value in enumerate(values[:FORM_WIDTH]):
                    if value != "":
                        sheet.write(row, column, value)


def main() -> None:
    """Writes both workbooks."""
    standard, values_only = map(Path, sys.argv[2:])
    write_standard(int(sys.argv[1]), standard)
    write_values_only(standard, values_only)


if __name__ == "__main__":
    main()
