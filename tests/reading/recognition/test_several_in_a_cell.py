"""Cells that hold several indicators, and those that only look so."""

from __future__ import annotations

import pytest

from tests.reading.sheets import Sheet, lines, read_text, read_workbook

HEAD = """
村庄整治2026年项目绩效目标申报表
项目名称 | 村庄整治
申报单位 | 石桥镇人民政府 | 申请资金 | 76.5万元
年度目标 | 整治村庄11个，新建公厕8座。
"""
APART = "一级指标 | 二级指标 | 三级指标 | 指标值 | 分值\n产出指标 | 数量指标 | "


def _named(declaration):
    return [(r["level3"], r["target_value"]) for r in declaration.indicators.records()]


TWO = [("整治村庄", "11个"), ("新建公厕", "8座")]


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("1.整治村庄\\n2.新建公厕", "1.11个\\n2.8座", TWO),
        ("1、整治村庄\\n2、新建公厕", "11个\\n8座", TWO),
        ("（1）整治村庄；（2）新建公厕。", "（1）11个；（2）8座", TWO),
        ("①整治村庄 ②新建公厕", "①11个 ②8座", TWO),
        ("整治村庄\\n新建公厕", "≥11个\\n≥8座", [("整治村庄", "≥11个"), ("新建公厕", "≥8座")]),
        ("指标1：整治村庄\\n指标2：新建公厕", "11个\\n8座", TWO),
        # One indicator: a name that was broken, several figures of one thing, decimals.
        (
            "高标准农田建\\n设面积",
            "≥5万亩\\n（新增）",
            [("高标准农田建\n设面积", "≥5万亩\n（新增）")],
        ),
        ("培训\\n人数", "≥20人\\n≥5期", [("培训\n人数", "≥20人\n≥5期")]),
        ("培训期数和人数", "≥20人\\n≥5期", [("培训期数和人数", "≥20人\n≥5期")]),
        (
            "村庄（含社区、\\n居民点）数量",
            "11个\\n8座",
            [("村庄（含社区、\n居民点）数量", "11个\n8座")],
        ),
        ("1.5米以上管道长度", "2.5公里", [("1.5米以上管道长度", "2.5公里")]),
        ("整治村庄（一类 2.5公里内）", "11个", [("整治村庄（一类 2.5公里内）", "11个")]),
    ],
)
def test_name_and_value_in_two_cells(tmp_path, name, target, expected):
    found = read_workbook(tmp_path, f"{HEAD}{APART}{name} | {target} | 10\n")
    assert _named(found) == expected
    assert not found.account or "没有拆开" not in found.account[0].text


def test_weights_go_with_their_indicators_and_count_once(tmp_path):
    row = "1.整治村庄\\n2.新建公厕 | 11个\\n8座 | "
    apart = read_workbook(tmp_path, f"{HEAD}{APART}{row}6\\n4\n")
    assert [r["weight"] for r in apart.indicators.records()] == ["6", "4"]
    whole = read_workbook(tmp_path, f"{HEAD}{APART}{row}10\n")
    assert [r["weight"] for r in whole.indicators.records()] == ["10", None]


def test_lists_that_do_not_agree_are_told(tmp_path):
    found = read_workbook(
        tmp_path, f"{HEAD}{APART}1.整治村庄\\n2.新建公厕\\n3.清运垃圾 | 11个\\n8座 | 10\n"
    )
    assert len(found.indicators) == 1
    (told,) = [r for r in found.account if "没有拆开" in r.text]
    assert told.place.cell == "C6"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.整治村庄：11个\\n2.新建公厕：8座", TWO),
        ("1.整治村庄：11个；2.新建公厕：8座。", TWO),
        ("整治村庄：11个\\n新建公厕：8座", TWO),
        ("(1)整治村庄11个\\n(2)新建公厕8座", TWO),
        ("整治村庄（含撤并）：\\n11个", [("整治村庄（含撤并）", "11个")]),
        ("整治村庄：11个", [("整治村庄", "11个")]),
    ],
)
@pytest.mark.parametrize("table", ["headed", "outline"])
def test_name_and_value_in_one_cell(tmp_path, cell, expected, table):
    head = {
        "headed": "一级指标 | 二级指标 | 指标内容及目标值\n",
        "outline": "绩效指标 | 指标类别 | 具体指标及目标值\n",
    }[table]
    found = read_workbook(
        tmp_path,
        Sheet(
            f"{HEAD}{head}产出指标 | 数量指标 | {cell}\n | 质量指标 | 公厕验收合格率：100%\n"
            "满意度指标 | 服务对象满意度 | 村民满意度：≥90%\n（镇政府盖章）   2025年12月18日\n",
            merges=("A11:C11",),
        ),
    )
    assert _named(found) == [*expected, ("公厕验收合格率", "100%"), ("村民满意度", "≥90%")]


@pytest.mark.parametrize(
    "stamp",
    [
        "（镇政府盖章）   2025年12月18日",
        "单位（公章）：　　　2025年12月18日",
        "石桥镇人民政府（签章）",
        "（盖章）    年   月   日",
        "（公章）2025.12.18",
    ],
)
@pytest.mark.parametrize("head", ["一级指标 | 二级指标 | 指标内容及目标值\n", ""])
def test_a_stamp_below_an_outline_is_no_indicator(tmp_path, stamp, head):
    rows = "产出指标 | 数量指标 | 整治村庄：11个\n满意度指标 | 服务对象满意度"
    rows += f" | 村民满意度：≥90%\n{stamp}\n"
    found = read_workbook(tmp_path, f"{HEAD}{head}{rows}")
    assert _named(found) == [("整治村庄", "11个"), ("村民满意度", "≥90%")]


@pytest.mark.parametrize("name", ["盖章件数：300件", "公章刻制数：11枚", "签字确认率：100%"])
def test_words_of_a_stamp_in_a_name_are_an_indicator(tmp_path, name):
    rows = f"产出指标 | 数量指标 | 整治村庄：11个\n | | {name}\n"
    found = read_workbook(tmp_path, f"{HEAD}{rows}满意度指标 | 服务对象满意度 | 满意度：≥90%\n")
    assert _named(found)[1] == tuple(name.split("："))


def test_the_same_in_a_text(tmp_path):
    found = read_text(
        tmp_path,
        f"{HEAD}一级指标 | 二级指标 | 指标内容及目标值\n"
        "产出指标 | 数量指标 | 1.整治村庄：11个 2.新建公厕：8座\n",
    )
    assert [line.split(" | ")[1:3] for line in lines(found)] == [list(pair) for pair in TWO]


SIGNS = "一级指标 | 二级指标 | 三级指标 | {head} | 指标值 | 计量单位 | 备注\n"


@pytest.mark.parametrize("head", ["评价标准", "评分标准", "计算方法", "指标说明", "指标编码"])
@pytest.mark.parametrize(("sign", "shown"), [("大于等于", "大于等于6公里"), ("≥", "≥6公里")])
def test_signs_under_another_heading(tmp_path, head, sign, shown):
    found = read_workbook(
        tmp_path,
        f"{HEAD}{SIGNS.format(head=head)}"
        f"产出指标 | 数量指标 | 清淤长度 | {sign} | 6 | 公里 | 全年\n"
        "效益指标 | 社会效益指标 | 交通秩序 | 定性 | 有所改善 | | \n",
    )
    assert _named(found) == [("清淤长度", shown), ("交通秩序", "有所改善")]
    assert [r["standard"] for r in found.indicators.records()] == [None, None]


@pytest.mark.parametrize(
    "standard",
    ["大于等于6公里得满分", "完成得10分", "6公里", "大于等于6公里得满分，等于5公里得一半", "定量"],
)
def test_a_standard_in_words_stays_one(tmp_path, standard):
    found = read_workbook(
        tmp_path,
        f"{HEAD}{SIGNS.format(head='评价标准')}"
        f"产出指标 | 数量指标 | 清淤长度 | {standard} | 6 | 公里 |\n",
    )
    (row,) = found.indicators.records()
    assert (row["target_value"], row["standard"]) == ("6公里", standard)


PARTED = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | {head}\n{parts}\n"
ROW = "产出指标 | 数量指标 | 清淤长度 | ≥6公里"


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("偏差原因分析 | | | 备注", " | | | | 经费保障 | 制度保障 | 其他"),
        ("执行情况 | 偏差原因分析 | | | 可能性 | 备注", " | | | | | 经费保障 | 制度保障 | 其他"),
        ("偏差原因 | | 完成可能性 | | 备注", " | | | | 经费保障 | 其他 | 确定能 | 有可能"),
        ("备注 | 偏差原因分析 | | ", " | | | | | 经费保障 | 制度保障 | 其他"),
        ("偏差原因分析 | | 分值", " | | | | 人员 | 经费"),
    ],
)
def test_parts_of_a_column_that_is_not_kept_before_one_that_is(tmp_path, head, parts):
    found = read_workbook(tmp_path, f"{HEAD}{PARTED.format(head=head, parts=parts)}{ROW}\n")
    assert _named(found) == [("清淤长度", "≥6公里")]


def test_a_row_below_a_note_is_no_header(tmp_path):
    parted = PARTED.format(
        head="备注 | 偏差原因", parts="产出指标 | 数量指标 | 绿化 | 2公顷 | 新增"
    )
    found = read_workbook(tmp_path, f"{HEAD}{parted}{ROW}\n")
    assert _named(found) == [("绿化", "2公顷"), ("清淤长度", "≥6公里")]


@pytest.mark.parametrize("label", ["单位名称", "单位名称：", "单位名称（盖章）", "* 单位名称"])
def test_the_unit_of_a_form_beside_its_department(tmp_path, label):
    found = read_workbook(
        tmp_path,
        f"项目绩效目标表\n项目名称 | 系统运维\n{label} | 清平区法院 | 主管部门 | 清平区委政法委\n"
        f"{HEAD.split(chr(10), 4)[4]}{PARTED.format(head='备注', parts=ROW)}",
    )
    (project,) = found.projects.records()
    assert project["implementing_unit"] == "清平区法院"
    assert found.department == "清平区委政法委"
