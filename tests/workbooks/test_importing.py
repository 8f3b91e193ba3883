"""Reasons and settings come along: into the imported workbook, and into a marked copy."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from openpyxl import load_workbook

from perfgoals_xl.api import load, validate
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from perfgoals_xl.review.settings import read_settings
from perfgoals_xl.workbooks.importing import import_declarations
from tests.support.commands import runner
from tests.support.steps import PROJECT, change, filled

SHEET = "校验结果"
CHANGES = {"annual_amount": 290, "质量1": None}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def answers(path):
    return [(f.rule, f.severity.value, f.waiver) for f in validate(path).findings]


def listed(path):
    """Level, rule, sheet, cell and reason of every line."""
    sheet = load_workbook(path)[SHEET]
    return [
        (row[1], row[2], row[3], row[4], row[10])
        for row in sheet.iter_rows(min_row=5, max_col=11, values_only=True)
        if row[2]
    ]


@pytest.fixture
def answered(tmp_path, run):
    """A marked workbook whose first three findings are answered."""
    source = filled(tmp_path, CHANGES, name="原.xlsx")
    run("validate", source, "-o", "甲.xlsx")
    path = tmp_path / "甲.xlsx"
    return change(path, {f"{SHEET}!K{row}": f"理由{row}" for row in (5, 6, 7)})


@pytest.fixture
def second(tmp_path):
    """A workbook of the same department with other projects, and one fault."""
    changes = {"project_name": "林道维修项目", "质量1": None}
    return filled(tmp_path, changes, other={"project_name": "苗圃改造项目"}, name="乙.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_import_gives_the_same_findings_and_reasons(answered, tmp_path, kind, office, run):
    source = answered
    if kind != "xlsx":
        source = tmp_path / f"旧.{kind}"
        with office.open(answered) as book:
            book.save_as(source)
    told = run("import", source, "-o", "新.xlsx")
    assert told.code == 0
    assert "说明 3 条" in told.err
    assert answers(tmp_path / "新.xlsx") == answers(answered)
    # And through a marked copy of it, once more.
    run("validate", "新.xlsx", "-o", "标.xlsx")
    assert answers(tmp_path / "标.xlsx") == answers(answered)
    assert [line[4] for line in listed(tmp_path / "标.xlsx")] == ["理由5", "理由6", "理由7", None]


def test_import_of_several_keeps_the_reasons_of_all(answered, second, tmp_path, run):
    run("validate", second, "-o", "乙标.xlsx")
    change(tmp_path / "乙标.xlsx", {f"{SHEET}!K5": "待检测"})
    told = run("import", answered, "乙标.xlsx", "-o", "新.xlsx")
    assert "说明 4 条" in told.err
    found = [(f.project, f.waiver) for f in validate(tmp_path / "新.xlsx").findings if f.waiver]
    assert sorted(found) == sorted([
        (PROJECT, "理由5"), (PROJECT, "理由6"), (PROJECT, "理由7"), ("林道维修项目", "待检测"),
    ])  # fmt: skip


SETTINGS = {
    "规则 F02 启用": "否",
    "规则 F04 级别": "提示",
    "规则 M01 阈值": 95,
}


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_import_keeps_the_settings(tmp_path, kind, office, run):
    source = filled(tmp_path, CHANGES | SETTINGS, every_rule=True)
    change(source, {"校验规则!I3": "是"})
    if kind != "xlsx":
        with office.open(source) as book:
            book.save_as(tmp_path / "旧.xls")
    wanted = answers(source)
    assert ("F02", "error", None) not in wanted
    assert ("F04", "info", None) in wanted
    told = run("import", source if kind == "xlsx" else "旧.xls", "-o", "新.xlsx")
    assert "校验规则设置 3 项" in told.err
    assert answers(tmp_path / "新.xlsx") == wanted
    settings = read_settings(load(tmp_path / "新.xlsx"))
    assert settings.notes
    assert settings.thresholds == {"M01": 95.0}


def test_sources_that_differ_are_told_in_one_line_and_taken_by_default(answered, tmp_path, run):
    change(answered, {"规则 F02 启用": "否", "规则 F04 级别": "提示"})
    other = filled(
        tmp_path,
        {"project_name": "林道维修项目", "规则 F04 级别": "提示"},
        other={"project_name": "苗圃改造项目"},
        name="乙.xlsx",
    )
    for call in (("import", "-o", "新.xlsx"), ("validate", "-o", "标.xlsx")):
        told = run(call[0], answered, other, *call[1:])
        (line,) = [line for line in told.err.splitlines() if "设置不同" in line]
        assert "F02" in line
        assert "F04" not in line
        assert "默认" in line
        settings = read_settings(load(tmp_path / call[2]))
        assert "F02" not in settings.severities
        assert settings.severities["F04"] == "info"


def test_a_setting_nobody_understands_is_told_and_left_out(tmp_path, run):
    source = filled(tmp_path, {"规则 F02 级别": "很重"})
    told = run("import", source, "-o", "新.xlsx")
    assert told.code == 0
    assert "C" in told.err
    assert "没有带入" in told.err
    assert read_settings(load(tmp_path / "新.xlsx")).severities == {}


def test_what_the_folder_says_anyway_is_left_to_it(tmp_path):
    source = filled(tmp_path, CHANGES | {"规则 F04 启用": "否"}, every_rule=True)
    (tmp_path / "perfgoals.toml").write_text("[rules.F02]\nenabled = false\n", encoding="utf-8")
    declaration = load(source)
    here, there = tmp_path / "新.xlsx", tmp_path / "别处" / "新.xlsx"
    there.parent.mkdir()
    for output in (here, there):
        import_declarations([declaration], output)
        assert [f.rule for f in validate(output).findings] == [
            f.rule for f in validate(source).findings
        ]
    off = [line.code.value for line in load(here).rule_lines if line.enabled.value == "否"]
    assert off == ["F04"]
    off = [line.code.value for line in load(there).rule_lines if line.enabled.value == "否"]
    assert off == ["F02", "F04"]


class TestMarkedCopies:
    """What the screen says and what the file says is one thing."""

    def same(self, run, tmp_path, *sources):
        told = run("validate", *sources, "--format", "json", "-o", "标.xlsx")
        found = json.loads(told.out)["findings"]
        levels = {"error": "错误", "warning": "警告", "info": "提示"}
        every_row = listed(tmp_path / "标.xlsx")
        lines = [line for line in every_row if "×" not in line[0]]
        standing = [(line[0], line[1], line[4]) for line in lines if line[0] != "已消除"]
        expected = [(levels[f["severity"]], f["rule"], f["waiver"]) for f in found]
        if len(lines) < len(every_row):
            # What is told together stands together.
            assert Counter(standing) == Counter(expected)
        else:
            assert standing == expected
        return found, lines, told

    def test_of_several_files(self, answered, second, tmp_path, run):
        found, lines, _ = self.same(run, tmp_path, answered, second)
        assert [line[4] for line in lines][:3] == ["理由5", "理由6", "理由7"]
        # Each stands at the cell that holds its value now.
        book = load_workbook(tmp_path / "标.xlsx")
        for finding, (_, _, sheet, cell, _) in zip(found, lines, strict=True):
            value = book[sheet][cell].value
            assert str(value if value is not None else "") == (finding["value"] or "").removesuffix(
                ".0"
            ) or finding["field"] in ("total_amount", "annual_amount")
        assert {line[2] for line in lines} == {PROJECT, "林道维修项目"}

    @pytest.mark.parametrize("kind", ["xls", "ods"])
    def test_of_an_older_format(self, answered, tmp_path, run, office, kind):
        change(answered, {"规则 C03 启用": "否"})
        with office.open(answered) as book:
            book.save_as(tmp_path / f"旧.{kind}")
        found, lines, _ = self.same(run, tmp_path, f"旧.{kind}")
        assert "C03" not in [f["rule"] for f in found]
        assert [line[4] for line in lines] == ["理由5", "理由6", "理由7"]
        assert answers(tmp_path / "标.xlsx") == [
            (f["rule"], f["severity"], f["waiver"]) for f in found
        ]

    @pytest.mark.parametrize("where", ["beside", "elsewhere"])
    def test_of_a_text_beside_a_settings_file(self, tmp_path, run, where):
        folder = tmp_path / ("源" if where == "elsewhere" else ".")
        folder.mkdir(exist_ok=True)
        shutil.copy(example_path(EXAMPLE_SOURCE), folder / "表.txt")
        (folder / "perfgoals.toml").write_text(
            '[rules.F02]\nenabled = false\n[rules.F03]\nseverity = "提示"\n'
            "[rules.M01]\nthreshold = 99\n",
            encoding="utf-8",
        )
        found, lines, _ = self.same(run, tmp_path, folder / "表.txt")
        assert len(found) > 20
        assert all(sheet and cell for _, _, sheet, cell, _ in lines)
        now = answers(tmp_path / "标.xlsx")
        assert "F02" not in [rule for rule, *_ in now]
        assert {level for rule, level, _ in now if rule == "F03"} <= {"info"}

    def test_the_marked_cells_are_those_of_the_findings(self, tmp_path, run):
        shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "表.txt")
        found, lines, _ = self.same(run, tmp_path, "表.txt")
        book = load_workbook(tmp_path / "标.xlsx")
        found.sort(key=lambda finding: finding["rule"])
        lines.sort(key=lambda line: line[1])
        for finding, (_, _, sheet, cell, _) in zip(found, lines, strict=True):
            if finding["field"] in ("target_value", "level3"):
                shown = str(book[sheet][cell].value or "")
                assert shown == (finding["value"] or "") or shown == (finding["indicator"] or "")

    def test_reasons_in_the_copy_that_is_replaced_are_kept(self, tmp_path, run):
        shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "表.txt")
        run("validate", "表.txt", "-o", "标.xlsx")
        change(tmp_path / "标.xlsx", {f"{SHEET}!K7": "已与财政局确认"})
        _, rule, sheet, cell, _ = listed(tmp_path / "标.xlsx")[2]
        run("validate", "表.txt", "-o", "标.xlsx")
        assert (rule, sheet, cell, "已与财政局确认") in [
            line[1:] for line in listed(tmp_path / "标.xlsx")
        ]


def test_reasons_reach_the_summary_of_several(answered, second, tmp_path, run):
    run("consolidate", answered, second, "-o", "汇总.xlsx")
    sheet = load_workbook(tmp_path / "汇总.xlsx")[SHEET]
    texts = {value for row in sheet.iter_rows(values_only=True) for value in row}
    assert {"理由5", "理由6", "理由7"} <= texts


def test_what_is_no_reason_is_told_and_does_not_come_along(answered, run):
    change(answered, {f"{SHEET}!K5": "/", f"{SHEET}!K6": "#N/A"})
    told = run("import", answered, "-o", "新.xlsx")
    assert "K5：“说明”一栏只写了“/”，没有写明理由" in told.err
    assert "K6：“说明”一栏是错误值“#N/A”" in told.err
    assert "说明 1 条" in told.err
    told = run("consolidate", answered, "-o", "汇总.xlsx")
    assert "K5：“说明”一栏只写了“/”，没有写明理由" in told.err


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("[rules.F01]\nenabled = false\n[rules.M01]\nthreshold = 85\n", None, "F01、M01"),
        ('[rules.F02]\nseverity = "提示"\n', '[rules.F02]\nseverity = "警告"\n', "F02"),
        (None, "[rules.F02]\nenabled = false\n", "F02"),
        ("[rules.F02]\nenabled = false\n", "[rules.F02]\nenabled = false\n", None),
        (None, None, None),
        (None, "[rules.F99]\nenabled = false\n", "没有规则“F99”"),
    ],
)
def test_a_copy_that_leaves_its_settings_behind_says_so(tmp_path, run, here, there, told):
    source = filled(tmp_path, CHANGES)
    (tmp_path / "别处").mkdir()
    for folder, text in ((tmp_path, here), (tmp_path / "别处", there)):
        if text is not None:
            (folder / "perfgoals.toml").write_text(text, encoding="utf-8")
    result = run("validate", source, "-o", "别处/已校验.xlsx")
    assert result.code in (0, 1)
    assert (told in result.err) if told else ("设置会不同" not in result.err)
    assert "设置会不同" not in run("validate", source, "-o", "旁边.xlsx").err


FORM = """项目支出绩效目标表（2026年度）
项目名称\t{}
主管部门\t石桥县水务局
今年的天气\t晴
年度资金总额\t12
年度目标\t清淤。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清淤长度\t≥6公里
"""


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["甲.txt"], None),
        (["甲.txt", "乙.txt"], {"甲.txt", "乙.txt"}),
        (["一/甲.txt", "二/甲.txt"], {"一/甲.txt", "二/甲.txt"}),
    ],
)
def test_the_account_of_several_sources_names_the_file(tmp_path, paths, files):
    sources = [tmp_path / path for path in paths]
    for number, path in enumerate(sources):
        path.parent.mkdir(exist_ok=True)
        path.write_text(FORM.format(f"清淤{number}"), "utf-8")
    import_declarations([load(path) for path in sources], tmp_path / "标准.xlsx")
    head, *rows = load_workbook(tmp_path / "标准.xlsx")["导入说明"].iter_rows(
        min_row=3, values_only=True
    )
    assert ("文件" in head) == (files is not None)
    if files is not None:
        at = head.index("文件")
        named = {str(row[at]).removeprefix(f"{tmp_path}/") for row in rows}
        assert named == files
