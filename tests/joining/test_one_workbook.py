"""Which sources may become one workbook: those of one department and year."""

from __future__ import annotations

import zipfile
from types import SimpleNamespace

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.joining.one_workbook import refuse_mixed
from tests.support.commands import runner
from tests.support.steps import filled


def source(department, year=2026, code=None):
    return SimpleNamespace(department=department, year=year, department_code=code)


@pytest.mark.parametrize(
    "sources",
    [
        [source("云川县水务局")],
        [source("云川县水务局"), source("云川县水务局")],
        [source("云川县水务局"), source(" 云川县 水务局")],
        [source("云川县水务局"), source("水务局")],
        [source("水务局"), source("平川市云川县水务局"), source("云川县水务局")],
        [source("云川县水务局"), source(None)],
        [source("云川县水务局", None), source("云川县水务局", 2026)],
        [source("云川县水务局", code="017"), source("云川水务局（本级）", code="017")],
        [source(None, None), source(None)],
    ],
)
def test_one_department_and_year(sources):
    refuse_mixed(sources)


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ([source("云川县水务局"), source("云川县教育局")], "云川县水务局、云川县教育局"),
        ([source("云川县水务局"), source("青岚县水务局")], "云川县水务局、青岚县水务局"),
        ([source("水务局"), source("云川县水务局"), source("青岚县水务局")], "不同部门"),
        ([source("云川县农林局"), source("林局")], "不同部门"),
        ([source("水务局", code="017"), source("教育局", code="018")], "不同部门"),
        ([source(f"{n}局") for n in "甲乙丙丁戊"], "甲局、乙局、丙局、丁局等 5 个部门"),
        ([source("云川县水务局", 2025), source("云川县水务局", 2026)], "2025年、2026年"),
        ([source("云川县水务局", 2026), source(None, 2025)], "2025年、2026年"),
    ],
)
def test_others_are_refused_by_name(sources, told):
    with pytest.raises(InputError, match=told) as refused:
        refuse_mixed(sources)
    assert "逐个导入" in str(refused.value)


@pytest.mark.parametrize("zipped", [False, True])
def test_the_commands_write_nothing(monkeypatch, capsys, tmp_path, zipped):
    run = runner(monkeypatch, capsys, tmp_path)
    one = filled(tmp_path, name="甲.xlsx")
    text = "云川县教育局2026年绩效目标表\n"
    text += "项目名称\t校舍维修\n主管部门\t云川县教育局\n年度总体绩效目标\t维修\n"
    (tmp_path / "乙.txt").write_text(text, encoding="utf-8")
    sources = [one, tmp_path / "乙.txt"]
    if zipped:
        with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
            for path in sources:
                archive.write(path, path.name)
        sources = [tmp_path / "包.zip"]
    for command in ("import", "validate"):
        told = run(command, *sources, "-o", tmp_path / "新.xlsx")
        assert told.code == 2
        [line] = [line for line in told.err.splitlines() if "不同部门" in line]
        assert "青岚县林业和草原局、云川县教育局" in line
        assert not (tmp_path / "新.xlsx").exists()
    assert run("import", one, one, "-o", tmp_path / "新.xlsx").code == 0
