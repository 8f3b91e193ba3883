"""One rule for two tables of one name: as a table, within one file and over every command."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from perfgoals_xl.api import load
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.reading.same_project import Verdict, is_version, sighting, verdict
from tests.support.commands import runner

if TYPE_CHECKING:
    from pathlib import Path

    from perfgoals_xl.declaration import Declaration

FORM = """\
2026年{department}部门项目支出预算绩效目标表
单位：{unit}
项目名称||{name}
主管部门||{department}|实施单位|{department}
项目属性||一次性项目|项目期|1年
项目总额||{total}|其中：年度资金总额|{annual}
年度总体绩效目标|{goal}
一级指标|二级指标|三级指标||指标值
产出指标|数量指标|{lines}
"""
LINES = "护林巡查次数||≥120次\n||防火隔离带长度||36公里\n|时效指标|完成时间||2026年11月底前"
REST = "宣传册发放数量||6000册\n|质量指标|印制合格率||100%\n||培训人次||≥80人次"
DEFAULTS = {
    "department": "青岚县林业和草原局",
    "unit": "万元",
    "name": "护林防火项目",
    "total": 100,
    "annual": 50,
    "goal": "2026年巡查120次，建成隔离带36公里。",
    "lines": LINES,
}


def form(**changes: object) -> str:
    said = DEFAULTS | {k: "" if v is None else v for k, v in changes.items()}
    return FORM.format(**said).replace("|", "\t")


def told(**changes: object):
    said = DEFAULTS | changes
    amounts = {
        name: None if said[key] is None else Decimal(str(said[key]))
        for name, key in (("total_amount", "total"), ("annual_amount", "annual"))
    }
    lines = [
        {"level2": "数量指标", "level3": line.strip("|").split("|")[0], "target_value": line}
        for line in str(said["lines"]).split("\n")
    ]
    project = {"project_name": said["name"], "annual_goal": said["goal"], **amounts}
    return sighting(project, lines, str(said["unit"]))


ONE, RIVALS, UNSURE = Verdict.ONE, Verdict.RIVALS, Verdict.UNSURE
ANOTHER = "2026年发放宣传册6000册。"
# One table against the usual one; what they are in two files or on two sheets, and on one sheet.
TABLE = [
    ({}, ONE, ONE),
    ({"total": 200}, RIVALS, RIVALS),
    ({"total": 200, "annual": None}, RIVALS, RIVALS),
    ({"annual": 60}, RIVALS, ONE),
    ({"annual": None}, ONE, ONE),
    ({"goal": ANOTHER, "lines": REST}, ONE, ONE),
    ({"total": None}, ONE, ONE),
    ({"total": None, "goal": ANOTHER}, UNSURE, UNSURE),
    ({"total": None, "annual": 60}, RIVALS, RIVALS),
    ({"total": None, "annual": None}, UNSURE, UNSURE),
    ({"total": None, "annual": None, "lines": REST}, UNSURE, ONE),
    ({"total": None, "annual": None, "lines": REST, "goal": ANOTHER}, UNSURE, UNSURE),
    ({"total": 1000000, "annual": 500000, "unit": "元"}, ONE, ONE),
    ({"total": 1000000, "annual": 600000, "unit": "元"}, RIVALS, ONE),
]


@pytest.mark.parametrize(("changes", "apart", "on_one_sheet"), TABLE)
def test_the_verdict(changes, apart, on_one_sheet):
    for one, other in ((told(), told(**changes)), (told(**changes), told())):
        assert verdict(one, other) is apart
        assert verdict(one, other, on_one_sheet=True) is on_one_sheet


@pytest.mark.parametrize(
    ("annual", "expected"), [(50, ONE), (60, RIVALS), (None, UNSURE), (0, RIVALS)]
)
def test_two_blank_totals_make_nothing_one(annual, expected):
    assert verdict(told(total=None), told(total=None, annual=annual)) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"goal": ANOTHER}, True),
        ({"lines": LINES.replace("120次", "130次")}, True),
        ({"lines": LINES.split("\n")[0]}, True),
        ({"lines": REST}, False),
        ({"annual": 60}, False),
        ({"total": 120}, False),
        ({"total": None}, True),
    ],
)
def test_versions_of_one_table(changes, expected):
    assert is_version(told(), told(**changes)) is expected
    assert is_version(told(**changes), told()) is expected


def write(path: Path, *forms: dict[str, object], age: int = 0) -> Path:
    path.write_text("\n".join(form(**changes) for changes in forms), encoding="utf-8")
    os.utime(path, (1_780_000_000 - age, 1_780_000_000 - age))
    return path


def annual(declaration: Declaration) -> Decimal:
    amounts = [r["annual_amount"] for r in declaration.projects.records() if r["annual_amount"]]
    return sum(amounts, Decimal(0))


# The second file beside {name, total 100, annual 50}: projects, annual sum in 万元, lines, P01.
FILES = {
    "other funds": ({"annual": 60}, 2, 110, 6, 1),
    "other total": ({"total": 90, "annual": None}, 2, 50, 6, 1),
    "blank totals": ({"annual": 60, "total": None}, 2, 110, 6, 1),
    "other name": ({"name": "护林防火项目（二期）"}, 2, 100, 6, 0),
    "wholly equal": ({"goal": "2026年巡查120次，建成隔离带36公里。\n"}, 1, 50, 3, 0),
    "a later version": ({"lines": LINES.replace("36公里", "38公里")}, 1, 50, 3, 0),
    "spelled otherwise": ({"name": " 护林 防火项目"}, 1, 50, 3, 0),
    "in full width and 元": ({"total": "１０００000", "annual": 500000, "unit": "元"}, 1, 50, 3, 0),
    "the rest of the table": ({"lines": REST}, 1, 50, 6, 0),
    "one blank total": ({"total": None}, 1, 50, 3, 0),
    "one blank total, other table": ({"total": None, "lines": REST}, 1, 50, 6, 0),
}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("case", FILES)
def test_every_command_counts_alike(run, tmp_path, case):
    changes, projects, total, lines, p01 = FILES[case]
    # By turns the first and the second file is the newer: it makes no difference to the counts.
    ages = (0, 60) if list(FILES).index(case) % 2 else (60, 0)
    a, b = (
        write(tmp_path / "a.txt", {}, age=ages[0]),
        write(tmp_path / "b.txt", changes, age=ages[1]),
    )

    report = json.loads(run("validate", a, b, "--format", "json").out)
    assert [f["rule"] for f in report["findings"]].count("P01") == p01
    data = json.loads(run("export", a, b).out)["declarations"]
    found = [p for d in data for p in d["projects"]]
    sums = sum(
        (p["annual_amount"] or 0) / (10_000 if p["amount_unit"] == "元" else 1) for p in found
    )
    assert (len(found), sums) == (projects, total)
    assert sum(len(p["indicators"]) for p in found) == lines

    run("import", a, b, "-o", "入.xlsx")
    imported = load(tmp_path / "入.xlsx")
    unit = 10_000 if imported.amount_unit == "元" else 1
    assert (len(imported.projects), annual(imported) / unit) == (projects, total)
    assert len(imported.indicators) == lines
    again = json.loads(run("validate", "入.xlsx", "--format", "json").out)
    assert [f["rule"] for f in again["findings"]].count("P01") == p01

    for name, source in (("两份.xlsx", (a, b)), ("一份.xlsx", ("入.xlsx",))):
        assert run("consolidate", *source, "-o", name).code == 0
        book = openpyxl.load_workbook(tmp_path / name, data_only=True)
        rows = [r for r in book["项目汇总"].iter_rows(values_only=True) if isinstance(r[0], int)]
        assert len(rows) == projects, (name, rows)
        assert [r[2] for r in book["校验结果"].iter_rows(values_only=True)].count("P01") == p01

    (tmp_path / "县").mkdir()
    for path in (a, b):
        path.rename(tmp_path / "县" / path.name)
    told = run("consolidate", "县", "-o", "总.xlsx")
    assert f"{projects} 个项目" in told.err
    book = openpyxl.load_workbook(tmp_path / "总.xlsx", data_only=True)
    head, *rows = book["部门汇总"].iter_rows(min_row=3, values_only=True)
    line = dict(zip(head, rows[-1], strict=True))
    assert (line["项目数"], line["指标数"], line["年度资金总额"]) == (projects, lines, total)
    assert [r[4] for r in book["校验结果"].iter_rows(values_only=True)].count("P01") == p01
    told = run("publish", "县/a.txt", "县/b.txt", "-o", "公.docx")
    assert f"{projects} 个项目" in told.err
    told = run("export", "县", "--format", "parquet", "-o", "数据")
    assert f"{projects} 个项目，{lines} 个指标" in told.err


class TestOneFile:
    """The same rule among the sheets of one file."""

    @pytest.mark.parametrize("case", FILES)
    def test_on_two_sheets(self, tmp_path, case):
        changes, projects, total, _, _ = FILES[case]
        book = openpyxl.Workbook()
        for number, said in enumerate(({}, changes)):
            sheet = book.active if number == 0 else book.create_sheet()
            for line in form(**said).split("\n"):
                sheet.append([cell or None for cell in line.split("\t")])
        book.save(tmp_path / "a.xlsx")
        declaration = load(tmp_path / "a.xlsx")
        assert len(declaration.projects) == projects
        if case != "other total":
            unit = 10_000 if declaration.amount_unit == "元" else 1
            assert annual(declaration) / unit == total


class TestNotTheSame:
    def joined(self, *paths):
        return join_sources([load(path) for path in paths])

    def test_two_departments(self, tmp_path):
        a = write(tmp_path / "a.txt", {})
        b = write(tmp_path / "b.txt", {"department": "青岚县水务局"})
        joined = self.joined(a, b)
        assert (len(joined.kept), joined.notes, joined.rivals) == (2, [], [])

    def test_two_years(self, tmp_path):
        a = write(tmp_path / "a.txt", {"annual": 60})
        b = write(tmp_path / "b.txt", {})
        b.write_text(b.read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
        assert len(self.joined(a, b).kept) == 2
        assert self.joined(a, b).rivals == []

    def test_two_parts_of_a_department_share_one_project(self, tmp_path):
        a = write(tmp_path / "a.txt", {}, {"name": "甲"}, age=60)
        b = write(tmp_path / "b.txt", {}, {"name": "乙"})
        joined = self.joined(a, b)
        names = [[r["project_name"] for r in d.projects.records()] for d in joined.kept]
        assert names == [["甲"], ["护林防火项目", "乙"]]
        assert joined.notes == [
            "项目“护林防火项目”在 a.txt 和 b.txt 中都有，以较新的 b.txt 为准，只计一次。"
        ]


class TestVersions:
    @pytest.mark.parametrize("newer", [0, 1])
    def test_the_one_saved_later_counts_whatever_the_order(self, tmp_path, newer):
        changed = {"lines": LINES.replace("36公里", "38公里")}
        paths = [
            write(tmp_path / "a.txt", {}, {"name": "甲"}, age=60 * (newer != 0)),
            write(tmp_path / "b.txt", changed, {"name": "甲"}, age=60 * (newer != 1)),
        ]
        for order in (paths, paths[::-1]):
            joined = join_sources([load(path) for path in order])
            (kept,) = joined.kept
            assert kept.file == str(paths[newer])
            assert "是同一份申报" in joined.notes[0]
            assert "1 个项目的内容有改动" in joined.notes[0]

    def test_a_version_with_a_mended_amount_among_others(self, tmp_path):
        rest = [{"name": name} for name in "甲乙丙"]
        a = write(tmp_path / "a.txt", {}, *rest, age=60)
        b = write(tmp_path / "b.txt", {"annual": 60}, *rest)
        joined = join_sources([load(a), load(b)])
        assert [d.file for d in joined.kept] == [str(b)]
        assert "“护林防火项目”等 1 个项目的资金不同" in joined.notes[0]

    def test_projects_that_only_the_older_has_still_count(self, tmp_path):
        a = write(tmp_path / "a.txt", {}, {"name": "甲"}, {"name": "乙"}, age=60)
        b = write(tmp_path / "b.txt", {}, {"name": "甲"})
        joined = join_sources([load(a), load(b)])
        assert sum(len(d.projects) for d in joined.kept) == 3

    def test_three_versions(self, tmp_path):
        paths = [
            write(tmp_path / f"{n}.txt", {"lines": f"{LINES}\n||第{n}项||{n}次"}, age=60 * n)
            for n in (2, 0, 1)
        ]
        joined = join_sources([load(path) for path in paths])
        assert [d.file for d in joined.kept] == [str(tmp_path / "0.txt")]
        assert all(bool(r) == (n != 1) for n, r in enumerate(joined.remarks))


def test_a_part_in_another_file_keeps_its_place(run, tmp_path):
    a = write(tmp_path / "a.txt", {"lines": LINES})
    b = write(tmp_path / "b.txt", {"lines": REST.replace("6000册", "***册")})
    report = json.loads(run("validate", a, b, "--format", "json").out)
    (mask,) = [f for f in report["findings"] if f["rule"] == "V01"]
    assert (mask["file"], mask["sheet"]) == (str(b), "b")
    assert load(b).indicators.place(0, "target_value").cell == mask["cell"]
    (parts,) = [f for f in report["findings"] if f["rule"] == "P03"]
    assert "[b.txt]b!" in parts["message"]
