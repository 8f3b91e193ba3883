"""A map: what it says is understood, and every mistake is one line that names its key."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.platform_sheets.column_map import At, ValueForm
from perfgoals_xl.platform_sheets.map_reading import read_map
from perfgoals_xl.resources import example_path, manual_path

EXAMPLES = example_path().parent / "平台映射"

LIST = """\
sheet = "清单"
table = "indicators"
header_row = 14
first_row = 15
"""
COLUMNS = '[columns]\n"名称" = "level3"\n'


def read(tmp_path, text):
    path = tmp_path / "映射.toml"
    path.write_text(text, encoding="utf-8")
    return read_map(path)


@pytest.mark.parametrize("name", ["导入清单.toml", "申报单.toml"])
def test_the_examples_are_read(name):
    made = read_map(EXAMPLES / name)
    assert len(made.sheets) == 1
    assert made.sheets[0].columns


def test_the_maps_of_the_manual_are_read(tmp_path):
    blocks = re.findall(r"```toml\n(.*?)```", manual_path().read_text("utf-8"), re.S)
    listed, form = (read(tmp_path, b) for b in blocks if "sheet = " in b)
    assert (len(listed.sheets[0].columns), len(form.sheets[0].cells)) == (7, 3)
    assert (listed.file_per_project, form.file_per_project) == (False, True)


def test_everything_that_a_map_says(tmp_path):
    made = read(
        tmp_path,
        """\
        per_project = "file"
        [[sheets]]
        sheet = 2
        table = "indicators"
        header_row = 3
        rows = 5
        replace = true
        amount_unit = "元"
        where.level1 = ["产出指标", "效益指标"]
        [sheets.cells]
        "项目名称" = { column = "project_name", at = "below" }
        "B3" = { constant = 2026 }
        [sheets.columns]
        "名称" = "level3"
        "序号" = "#"
        "C" = "'=固定"
        "D" = "target_value:figure"
        "E" = 1.5
        "F" = { column = "target_value", form = "operator" }
        "G" = { column = "project.annual_amount" }
        "H" = { column = "project.annual_amount", amount_unit = "万元" }
        "I" = { column = "level1", values = false }
        "J" = "project.department"
        "K" = "level1"
        [values.level1]
        "产出指标" = 1
        [values.operator]
        "≥" = "01"
        """,
    )
    assert made.file_per_project
    (sheet,) = made.sheets
    assert (sheet.sheet, sheet.first_row, sheet.rows, sheet.replace) == (2, 4, 5, True)
    assert sheet.conditions == {"level1": ("产出指标", "效益指标")}
    name, number = sheet.cells
    assert (name.column, name.at, number.constant) == ("project_name", At.BELOW, Decimal(2026))
    by = {spec.target: spec for spec in sheet.columns}
    assert by["序号"].counts
    assert (by["C"].constant, by["E"].constant) == ("=固定", Decimal("1.5"))
    assert (by["D"].form, by["F"].form) == (ValueForm.FIGURE, ValueForm.OPERATOR)
    assert by["F"].translation == {"≥": "01"}
    assert by["D"].translation is None
    assert (by["G"].amount_unit, by["H"].amount_unit) == ("元", "万元")
    assert (by["I"].translation, by["K"].translation) == (None, {"产出指标": Decimal(1)})


def named(value):
    return f'{LIST}[columns]\n"名称" = {value}\n'


def entries(*pieces):
    return "".join(f'[[sheets]]\nfirst_row = 2\n{piece}\ncolumns.A = "year"\n' for piece in pieces)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "table：没有写，可以写 projects"),
        ("sheet = [", "的写法有误"),
        (LIST.replace('"清单"', "0") + COLUMNS, "sheet：应是工作表的名称"),
        (LIST.replace('"清单"', "true") + COLUMNS, "sheet：应是工作表的名称"),
        (LIST.replace("indicators", "indicator") + COLUMNS, "没有“indicator”，是不是 indicators"),
        (LIST.replace("header_row", "headerrow") + COLUMNS, "headerrow：没有这个设置，是不是"),
        (LIST.replace("14", "-1") + COLUMNS, "header_row：应是从 1 起的整数"),
        (LIST.replace("14", '"14"') + COLUMNS, "header_row：应是从 1 起的整数"),
        (LIST.replace("15", "14") + COLUMNS, "first_row：应在表头（第 14 行）下面"),
        (LIST.replace("header_row = 14\nfirst_row = 15\n", "") + COLUMNS, "first_row：清单要写"),
        (LIST, "没有 [columns]"),
        (LIST + "columns = 3\n", "columns：应写成一节 [columns]"),
        (LIST + 'replace = "是"\n' + COLUMNS, "replace：只能是 true 或 false"),
        (LIST + 'amount_unit = "美元"\n' + COLUMNS, "amount_unit：不认识的金额单位“美元”"),
        (LIST + 'per_project = "page"\n' + COLUMNS, 'per_project：只能是 "sheet"'),
        (named('"levle3"'), 'columns."名称"：表 indicators 没有列“levle3”，是不是 level3'),
        (named('"名称"'), "列名见《数据说明》"),
        (named('""'), 'columns."名称"：没有写列名'),
        (named('[]'), 'columns."名称"：应是列名'),
        (LIST + '[columns]\n" " = "level3"\n', "没有写标签"),
        (named('"level3:nmuber"'), '"名称".form：没有“nmuber”，是不是 number'),
        (named('{ colum = "level3" }'), '"名称".colum：没有这个设置，是不是'),
        (named('{ form = "text" }'), "没有写列名"),
        (named('{ constant = "1", form = "text" }'), "就不能再写 form"),
        (named('{ constant = [] }'), "应是加引号的文字"),
        (named('nan'), "应是加引号的文字，或一个数"),
        (named('{ column = "level3", at = "below" }'), "没有旁边和下面"),
        (named('{ column = "level3", amount_unit = "元" }'), "level3 不是金额"),
        (named('"project.annual_amount:operator"'), "没有 operator 可取"),
        (named('{ column = "level3", values = "码" }'), "没有 [values.码]"),
        (LIST + COLUMNS + '[values.level1]\n"产出指标" = "1"\n', "values.level1：没有哪一处用到"),
        (LIST + COLUMNS + "[values.level3]\n", "values.level3：应写成一节"),
        (LIST + COLUMNS + '[values.level3]\n"甲" = []\n', 'values.level3."甲"：应是加引号的文字'),
        (LIST + COLUMNS + '[where]\nlevel9 = "甲"\n', "where.level9：表 indicators 没有列"),
        (LIST + COLUMNS + "[where]\nlevel1 = []\n", "where.level1：应是一个值"),
        (LIST + '[cells]\n"名称" = "level3"\n' + COLUMNS, "表 projects 没有列“level3”"),
        ("sheets = 1", "sheets：每张表应写成一段"),
        ("sheet = 1\n" + entries('table = "projects"'), "sheet：没有这个设置"),
        ('per_project = "sheet"\n' + entries('table = "projects"'), '只能是 "file"'),
        (entries('table = "projects"', 'table = "x"'), "第 2 个 [[sheets]] table：没有“x”"),
        (entries('table = "projects"\nper_project = "sheet"', 'table = "projects"'), "只能写一段"),
        (entries('table = "department_goals"\nper_project = "sheet"'), "不属于哪个项目"),
        (
            'per_project = "file"\n'
            + entries('table = "projects"', 'sheet = 2\ntable = "evaluations"'),
            "应属于同一种表，现在是 evaluations、projects",
        ),
        (
            'per_project = "file"\n' + entries('table = "department_goals"'),
            "现在是 只有部门的表",
        ),
        (
            'per_project = "file"\n' + entries('table = "projects"\nper_project = "sheet"'),
            '不能再写 per_project = "sheet"',
        ),
        (entries('table = "projects"') + '[values.level1]\n"甲" = "1"\n', "values.level1：没有"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path, text, told):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    line = str(caught.value)
    assert told in line
    assert line.startswith(str(tmp_path / "映射.toml"))
    assert "\n" not in line


def test_files_that_are_no_map(tmp_path):
    with pytest.raises(InputError, match="找不到映射文件"):
        read_map(tmp_path / "没有.toml")
    with pytest.raises(InputError, match="无法读取"):
        read_map(tmp_path)
    path = tmp_path / "国标.toml"
    path.write_bytes("sheet = '清单'".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        read_map(path)
    path.write_bytes(b"a" * 1_000_001)
    with pytest.raises(InputError, match="文件太大"):
        read_map(path)
    path.write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(InputError, match="写法有误"):
        read_map(path)


def test_a_mark_in_front_of_the_text_is_no_fault(tmp_path):
    path = tmp_path / "记事本.toml"
    path.write_text("\ufeff" + LIST + COLUMNS, encoding="utf-8")
    assert read_map(path).sheets[0].sheet == "清单"
