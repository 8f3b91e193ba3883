"""Two rounds and more: what is told of departments, findings, reasons and projects."""

from __future__ import annotations

import random
from decimal import Decimal

import openpyxl
import pytest

from tests.bureau.rounds.filings import (
    changes,
    departments,
    filing,
    finding,
    project,
    rows,
    write_book,
)

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def rounds(monkeypatch, tmp_path):
    """Writes the books of rounds, each compared with the one before; returns the last one."""

    def write(*filings_of_rounds, **options):
        previous = None
        for number, filings in enumerate(filings_of_rounds, start=1):
            path = tmp_path / f"第{number}轮.xlsx"
            write_book(monkeypatch, path, filings, previous=previous, **options)
            previous = path
        return path

    return write


BUREAU = "青岚县水务局"
P, Q = "渠道维修项目", "防汛物资储备项目"


def standings(path):
    """What 校验结果 says of each finding beside the last round, by rule and indicator."""
    return {(row["规则"], row["指标"]): row["与上轮"] for row in rows(path, "校验结果")}


def counts(path, department=BUREAU):
    row = departments(path)[department]
    return [row[h] for h in ("上轮问题", "已解决", "新增", "仍存在", "已说明")]


def test_mended_new_standing_and_answered(rounds):
    first = [
        finding("F02", P, "总额"),
        finding("V05", P, "长度", severity="warning"),
        finding("S02", P, "里程", cell="E12"),
        finding("G05", Q, "目标", severity="info"),
    ]
    second = [
        # Two rows were inserted above, and the sum is another one.
        finding("S02", P, "里程", cell="E14", message="里程的指标值与资金 300 万元不符"),
        finding("V05", P, "长度", severity="warning", waiver="按批复执行"),
        finding("C01", P, "成本"),
        finding("G05", Q, "目标", severity="info"),
    ]
    projects = [project(P), project(Q, "20")]
    path = rounds([filing(BUREAU, projects, first)], [filing(BUREAU, projects, second)])
    assert standings(path) == {
        ("S02", "里程"): "仍存在",
        ("V05", "长度"): "已说明",
        ("C01", "成本"): "新增",
        ("G05", "目标"): "仍存在",
    }
    assert counts(path) == [4, 1, 1, 2, 1]
    told = changes(path, "已解决", "已说明", "新增问题")
    assert [(line[1], line[3][:3], line[4], line[5]) for line in told] == [
        ("已解决", "F02", "错误", "已解决"),
        ("已说明", "V05", None, "按批复执行"),
        ("新增问题", "C01", None, "错误"),
    ]


@pytest.mark.parametrize(
    ("before", "now", "standing"),
    [
        pytest.param(finding("V05", P, "长度", cell="E9"), finding("V05", P, "长度", cell="E11"),
                     "仍存在", id="row inserted above"),
        pytest.param(finding("V05", P, "长度"), finding("V06", P, "长度"), "新增", id="other rule"),
        pytest.param(finding("V05", P, "长度"), finding("V05", P, "宽度", cell="E30"), "新增",
                     id="other indicator in another place"),
        pytest.param(finding("V05", P, "长度"), finding("V05", P, "总长度"), "仍存在",
                     id="indicator renamed where it stands"),
        pytest.param(finding("V05", P, "长度"), finding("V05", "渠道维修改造项目", "长度"),
                     "仍存在", id="project renamed"),
        pytest.param(finding("V05", P, "长度"), finding("V05", Q, "长度")._replace(sheet="项目02"),
                     "新增", id="the same in another project"),
        pytest.param(finding("F02", P, message="资金 280 ≠ 290"),
                     finding("F02", P, message="资金 300 ≠ 290"), "仍存在", id="other figures"),
        pytest.param(finding("S01", P, message="没有生态效益指标"),
                     finding("S01", P, message="没有社会效益指标", cell="E10"), "新增",
                     id="another group is missing"),
    ],
)  # fmt: skip
def test_what_is_the_same_finding(rounds, before, now, standing):
    named = "渠道维修改造项目" if "改造" in now.project else P
    two = [project(Q, "20", sheet="项目02")]
    path = rounds(
        [filing(BUREAU, [project(P), *two], [before])],
        [filing(BUREAU, [project(named), *two], [now])],
    )
    assert standings(path)[now.rule, now.indicator] == standing
    assert counts(path)[1] == (standing == "新增")


@pytest.mark.parametrize(
    ("project_now", "sheet"),
    [
        pytest.param("文物普查测绘", "项目01", id="a new project on the sheet of a cancelled one"),
        pytest.param("文物普查测绘", "项目09", id="on a sheet of its own"),
        pytest.param(Q, "项目01", id="one of then that moved to the sheet of another"),
    ],
)
@pytest.mark.parametrize("cancelled", [True, False])
def test_a_reason_is_never_taken_for_another_project(rounds, project_now, sheet, cancelled):
    was = finding("S01", P, message="没有数量指标", waiver="上级文件没有要求")
    now = finding("S01", project_now, message="没有数量指标")._replace(sheet=sheet)
    before = [project(P), project(Q, "20", sheet="项目02")]
    after = [project(project_now, "90", sheet=sheet), project(Q, "20", sheet="项目02")]
    after = after[: 1 if project_now == Q else 2]
    if not cancelled:
        after.append(project(P, sheet="项目05"))
    path = rounds([filing(BUREAU, before, [was])], [filing(BUREAU, after, [now])])
    [row] = [row for row in rows(path, "校验结果") if row["规则"]]
    assert (row["与上轮"], row["说明"]) == ("新增", None)
    assert counts(path) == [1, 1, 1, 0, 0]
    assert departments(path)[BUREAU]["状态"] == "退回"


def test_a_file_that_its_name_tells_has_its_department(rounds):
    """The next round knows it, and an ending that changed makes no other file of it."""
    own = filing(BUREAU, [project(P)], file="/县/申报 7.xls")
    broken = filing(None, fault="文件是空的。请换一份再试。", file="/县/申报 7.xlsx")
    path = rounds([own], [broken, filing("青岚县民政局", [project(Q)])])
    row = departments(path)[BUREAU]
    assert (row["状态"], row["上轮状态"]) == ("无法读取", "可报送")
    assert row["备注"] == f"文件是空的。请换一份再试；即名单或上轮中的“{BUREAU}”"
    path = rounds([own], [broken, filing("青岚县民政局", [project(Q)])], [own])
    row = departments(path)[BUREAU]
    assert (row["状态"], row["上轮状态"]) == ("可报送", "无法读取")


def test_a_reason_of_the_last_round_is_kept(rounds, tmp_path, monkeypatch):
    """A reviewer typed it into the book; the file that came again does not know it."""
    path = rounds([filing(BUREAU, [project(P)], [finding("F02", P), finding("S02", P, "里程")])])
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    column = [cell.value for cell in sheet[3]].index("说明") + 1
    sheet.cell(4, column, "已电话核实")
    sheet.cell(5, column, "无")  # which is no reason
    book["部门汇总"]["T4"] = "已电话催报"
    book.save(path)
    after = tmp_path / "下一轮.xlsx"
    again = [filing(BUREAU, [project(P)], [finding("F02", P), finding("S02", P, "里程")])]
    outcome = write_book(monkeypatch, after, again, previous=path)
    found = {row["规则"]: (row["说明"], row["与上轮"]) for row in rows(after, "校验结果")}
    assert found == {"F02": ("已电话核实", "已说明"), "S02": (None, "仍存在")}
    assert outcome.lines[0].open_errors == 1
    row = departments(after)[BUREAU]
    assert (row["状态"], row["上轮状态"]) == ("退回", "已电话催报")
    assert changes(after, "已说明")[0][4:6] == ("已电话核实", "沿用上轮的说明：已电话核实")


def test_projects_and_amounts(rounds):
    before = [project(P), project(Q, "20"), project("宣传项目", None), project("培训项目", "5")]
    now = [
        project(f" {P}", "300"),
        project("防汛抗旱物资储备项目", "20"),
        project("宣传项目", "3.000001"),
        project("测量项目", "1.5"),
    ]
    path = rounds([filing(BUREAU, before)], [filing(BUREAU, now)])
    kinds = ("新增项目", "取消项目", "项目改名", "金额变化")
    told = [(line[1], line[2].strip(), *line[4:6]) for line in changes(path, *kinds)]
    assert told == [
        ("新增项目", "测量项目", None, "测量项目"),
        ("取消项目", "培训项目", "培训项目", None),
        ("项目改名", "防汛抗旱物资储备项目", Q, "防汛抗旱物资储备项目"),
        ("金额变化", P, "280", "300"),
        ("金额变化", P, "280", "300"),
        ("金额变化", "宣传项目", "（空白）", "3.000001"),
        ("金额变化", "宣传项目", "（空白）", "3.000001"),
    ]
    change = departments(path)[BUREAU]["金额变化"]
    assert change == pytest.approx(float(Decimal("324.500001") - 305))


@pytest.mark.parametrize(
    ("old", "new", "amounts", "kinds"),
    [
        pytest.param("农村环境整治项目", "农村环境整治改造提升项目", ("86.5", "86.5"),
                     ["项目改名"], id="half of the name, all of the money"),
        pytest.param("农村环境整治项目", "农村环境整治改造提升项目", ("86.5", "86.6"),
                     ["新增项目", "取消项目"], id="other money"),
        pytest.param("农村环境整治项目", "农村环境整治改造提升项目", (None, None),
                     ["新增项目", "取消项目"], id="no money"),
        pytest.param("农村环境整治项目", "档案数字化", ("86.5", "86.5"),
                     ["新增项目", "取消项目"], id="money that another project was given"),
    ],
)  # fmt: skip
def test_a_project_is_known_by_its_money(rounds, old, new, amounts, kinds):
    was, now = finding("S02", old, "里程"), finding("S02", new, "里程")
    before, after = amounts
    # So that the common beginning of the names tells nothing.
    third = project("农村公路养护", "20", sheet="项目02")
    path = rounds(
        [filing(BUREAU, [project(old, before), third], [was])],
        [filing(BUREAU, [third, project(new, after)], [now])],
    )
    assert [line[1] for line in changes(path) if "项目" in line[1]] == kinds
    renamed = kinds == ["项目改名"]
    assert standings(path)["S02", "里程"] == ("仍存在" if renamed else "新增")


def test_an_amount_in_another_unit_is_the_same_amount(rounds):
    yuan = project(P, "2800000", amount_unit="元")
    path = rounds([filing(BUREAU, [project(P, "280.00")])], [filing(BUREAU, [yuan])])
    assert changes(path) == []
    assert departments(path)[BUREAU]["金额变化"] == 0


def test_who_did_not_hand_in_again(rounds, tmp_path):
    one = filing("青岚县民政局", [project(P)], [finding("F02", P)])
    other = filing(BUREAU, [project(Q)])
    path = rounds([other, one], [other])
    row = departments(path)["青岚县民政局"]
    assert (row["状态"], row["上轮状态"], row["上轮问题"]) == ("未报送", "退回", 1)
    assert (row["已解决"], row["仍存在"], row["文件"]) == (None, None, None)
    assert row["备注"] == "上一轮：1 个项目，年度资金总额 280 万元，1 项问题"
    same = "与上轮的文件相同，没有改动"
    assert [line[:2] for line in changes(path)] == [
        (BUREAU, "未重新报送"),
        ("青岚县民政局", "未报送"),
    ]
    assert same in changes(path)[0]
    # Still expected in the third round, and a newcomer to it when it comes.
    third = rounds([other, one], [other], [other])
    assert departments(third)["青岚县民政局"]["上轮状态"] == "未报送"
    third = rounds([other, one], [other], [other, one])
    assert ("青岚县民政局", "新报部门") in [line[:2] for line in changes(third)]
    assert counts(third, "青岚县民政局") == [None, None, 1, 0, 0]


def test_the_third_round_reads_the_second_as_the_second_reads_the_first(rounds):
    lines = [finding("F02", P), finding("S02", P, "里程"), finding("V05", P, "长度")]
    files = [[filing(BUREAU, [project(P)], lines[n:])] for n in range(3)]
    path = rounds(*files)
    assert counts(path) == [2, 1, 0, 1, 0]
    assert departments(path)[BUREAU]["上轮状态"] == "退回"


def test_the_order_and_the_names_of_files_do_not_matter(rounds):
    names = [f"青岚县第{n}局" for n in range(1, 6)]
    first = [filing(n, [project(P)], [finding("F02", P, n)]) for n in names]
    second = [
        filing(n, [project(P)], [finding("F02", P, n)], file=f"/县/{at}.xlsx")
        for at, n in enumerate(reversed(names))
    ]
    path = rounds(first, second)
    assert all(counts(path, name) == [1, 0, 0, 1, 0] for name in names)


def test_a_department_of_several_files_is_compared_as_one(rounds):
    first = [filing(BUREAU, [project(P)], [finding("F02", P)], file="/县/水务.xlsx")]
    second = [
        filing(BUREAU, [project(Q)], [finding("S02", Q, "里程")], file="/县/1补报.xlsx"),
        filing(BUREAU, [project(P, "300")], [finding("F02", P)], file="/县/2水务.xlsx"),
    ]
    path = rounds(first, second)
    lead, other = rows(path, "部门汇总")[:2]
    told = ("上轮问题", "已解决", "新增", "仍存在", "已说明")
    assert [lead[h] for h in told] == [1, 0, 1, 0, 0]
    assert [other[h] for h in told] == [None, None, 0, 1, 0]
    assert lead["金额变化"] == 300
    assert other["金额变化"] is None


def test_what_nobody_could_read_is_not_solved(rounds):
    both = [
        filing(BUREAU, [project(P)], [finding("F02", P)], file="/县/水务1.xlsx"),
        filing(BUREAU, [project(Q, "20")], [finding("S02", Q, "里程")], file="/县/水务2.xlsx"),
    ]
    broken = [
        filing(BUREAU, [project(P)], file="/县/水务1.xlsx"),
        filing(None, file="/县/水务2.xlsx", fault="工作簿已损坏"),
    ]
    path = rounds(both, broken)
    [lead, lost] = [row for row in rows(path, "部门汇总") if row["部门"] == BUREAU]
    assert (lead["上轮问题"], lead["已解决"]) == (2, 1)  # of the file that was read
    assert (lost["状态"], lost["上轮问题"]) == ("无法读取", None)
    assert changes(path, "取消项目") == []
    assert changes(path, "未报送") == []


def test_a_blank_form_solves_nothing(rounds):
    first = filing(BUREAU, [project(P)], [finding("F02", P)])
    blank = filing(BUREAU, findings=[finding("H01", None, message="还没有填写")], blank=True)
    path = rounds([first], [blank])
    assert departments(path)[BUREAU]["状态"] == "空白模板"
    assert counts(path)[:2] == [1, 0]
    assert changes(path, "已解决", "取消项目") == []


def test_states_are_told_apart(rounds, tmp_path, monkeypatch):
    names = tmp_path / "名单.txt"
    names.write_text("部门\n甲局\n乙局\n丙局\n丁局\n戊局\n", encoding="utf-8")
    files = [
        filing("甲局", [project(P)], [finding("V05", P, "长度", severity="warning")]),
        filing("乙局", [project(P)], [finding("F02", P)]),
        filing("丙局", [project(P)], template_version="0.9"),
        filing("丁局", blank=True),
        filing("己局", [project(P)], [finding("F02", P, waiver="已批复")], template_version="1"),
    ]
    path = rounds(files, departments=names)
    states = write_book(monkeypatch, path, files, departments=names).states
    told = {name: row["状态"] for name, row in departments(path).items()}
    assert told == {
        **{"甲局": "可报送", "乙局": "退回", "丙局": "旧版模板", "丁局": "空白模板"},
        **{"己局": "可报送", "戊局": "未报送"},
    }
    assert states == told
    assert departments(path)["己局"]["备注"] == "不在部门名单中"
    cover = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)["封面"].iter_rows()}
    assert cover["未报送"].endswith('"未报送")&" 个部门"')
    assert "戊局" in str(cover["未报送的部门"])


def test_a_department_under_another_name_or_none(rounds, tmp_path):
    """It is known by its code, or by its file, and nobody is told to be missing."""
    names = tmp_path / "名单.csv"
    names.write_text("部门,代码\n青岚县教育局,101\n青岚县水务局,201\n", encoding="utf-8")
    first = [
        filing("青岚县教育局", [project(P)], [finding("F02", P)], department_code="101"),
        filing(BUREAU, [project(Q)], [finding("S02", Q, "里程")]),
    ]
    second = [
        filing("青岚县教育体育局", [project(P)], [finding("F02", P)], department_code="101"),
        filing(None, file="/县/青岚县水务局（改）.xlsx", fault="工作簿已损坏"),
    ]
    path = rounds(first, second, departments=names)
    *told, _ = rows(path, "部门汇总")
    assert [(row["状态"], row["仍存在"]) for row in told] == [("退回", 1), ("无法读取", None)]
    assert told[0]["备注"] == "即名单或上轮中的“青岚县教育局”"
    assert told[1]["备注"] == "工作簿已损坏；即名单或上轮中的“青岚县水务局”"
    assert (told[1]["上轮状态"], told[1]["上轮问题"]) == ("退回", 1)
    assert changes(path) == []


def test_an_old_template_with_errors_is_sent_back(rounds):
    path = rounds([filing(BUREAU, [project(P)], [finding("F02", P)], template_version="0")])
    row = departments(path)[BUREAU]
    assert (row["状态"], row["备注"]) == ("退回", "用的是旧版标准模板，请换用现在的模板")


@pytest.mark.exhaustive
def test_two_hundred_departments_are_told_right(rounds):
    """Changes drawn at random: whoever draws them knows what must be told of every finding."""
    draw = random.Random(20260302)
    first, second, expected, kinds = [], [], {}, {}
    for number in range(200):
        name = f"青岚县第{number}局"
        projects = [f"{name}{what}" for what in (P, Q)]
        renamed = {p: p.replace("项目", "工程项目") if draw.random() < 0.2 else p for p in projects}
        before, now = [], []
        for at in range(draw.randrange(12)):
            of = draw.choice(projects)
            rule, indicator = draw.choice(("F02", "S02", "V05")), f"指标{at}：{draw.random()}"
            old = finding(rule, of, indicator, cell=f"E{9 + 10 * at}")
            fate = draw.choice(("已解决", "新增", "仍存在", "已说明"))
            new = old._replace(project=renamed[of], cell=f"E{9 + 10 * at + draw.randrange(9)}")
            if fate != "新增":
                before.append(old)
            if fate == "已说明":
                new = new._replace(waiver="按上级文件执行")
            if fate != "已解决":
                now.append(new)
                expected[rule, indicator] = fate
            kinds.setdefault(name, []).append(fate)
        draw.shuffle(now)
        first.append(filing(name, [project(p) for p in projects], before))
        second.append(filing(name, [project(renamed[p]) for p in projects], now))
    draw.shuffle(second)
    path = rounds(first, second)
    assert standings(path) == expected
    told = departments(path)
    for name, fates in kinds.items():
        told_of = {kind: told[name][kind] for kind in ("已解决", "新增", "仍存在", "已说明")}
        assert told_of == {kind: fates.count(kind) for kind in told_of}, name
