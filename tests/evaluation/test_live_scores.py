"""自评表 made, filled, recalculated by LibreOffice: every score as worked out independently."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.form.evaluation.scoring import light, points, scoring_of
from perfgoals_xl.reading.load import load
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from tests.evaluation.filling import LINEAR, PROPORTION, RATIO, STRICT, Settings, result_for

VARIED = Path(__file__).with_name("varied.txt")
MODES = ("met", "under", "over", "far", "unit", "bare", "words")
# How the forms of a file are filled, one after the other; a mixture takes turns.
PLANS = ("met", "mixed", "over", "blank", "under", "far", "mixed")
ALL_SETTINGS = [
    Settings(),
    Settings(reverse=RATIO, equal=STRICT),
    Settings(equal=STRICT, bands=((100, 80), (80, 50), (50, 0))),
    Settings(reverse=RATIO, bands=((100, 90), (90, 70), (70, 0))),
]
_TOML = {LINEAR: "linear", RATIO: "ratio", PROPORTION: "proportion", STRICT: "all_or_nothing"}


class Form:
    """A filled form: where its rows are, and what was filled in."""

    def __init__(self, sheet, planned, plan):
        self.sheet, self.planned = sheet, planned
        self.grid = [list(row) for row in sheet.getCellRangeByName("A1:S60").getDataArray()]
        self.header = next(n for n, row in enumerate(self.grid) if row[1] == "一级指标")
        self.total = next(n for n, row in enumerate(self.grid) if row[0] == "总分")
        self.results = []
        for number, one in enumerate(planned.indicators):
            mode = MODES[number % len(MODES)] if plan == "mixed" else plan
            group = f"{one.row['level1']}{one.row['level2']}"
            result = result_for(one.row, "成本" in group, mode)
            self.results.append(result or result_for(one.row, "成本" in group, "met"))
        self.executed = [Fraction(Decimal(str(row[4]))) * Fraction(93, 100)
                         if isinstance(row[4], float) else None
                         for row in self.grid[7 : 7 + len(planned.funds)]]  # fmt: skip

    def fill(self):
        first = self.header + 2
        block = self.sheet.getCellRangeByName(f"F{first}:F{first + len(self.results) - 1}")
        block.setDataArray(tuple(("" if r.cell is None else r.cell,) for r in self.results))
        if any(self.executed):
            amounts = tuple(("" if e is None else float(e),) for e in self.executed)
            self.sheet.getCellRangeByName(f"F8:F{7 + len(amounts)}").setDataArray(amounts)
        else:
            total = Fraction(Decimal(str(self.planned.total))) * Fraction(93, 100)
            self.sheet.getCellRangeByName("F7").setValue(float(total))

    def read(self):
        return self.sheet.getCellRangeByName("A1:S60").getDataArray()

    def wanted(self, settings):
        """The exact points of every indicator, None where there are none."""
        found = []
        for one, result in zip(self.planned.indicators, self.results, strict=True):
            share = result.share(settings) if one.counts else None
            found.append(None if share is None else Fraction(one.weight) * Fraction(share))
        return found


def is_rounded(got, exact):
    """Whether a figure of the sheet is the exact one with two decimals."""
    return abs(Fraction(got) - exact) <= Fraction(5, 1000) + Fraction(1, 10**9) and (
        abs(round(got, 2) - got) < 1e-9
    )


@contextmanager
def filled(office, tmp_path, source, **named):
    path = tmp_path / "自评表.xlsx"
    planned = write_evaluation_book([load(source)], path, **named)
    with office.open(path) as document:
        # Else every cell that is filled in computes all that hangs on it.
        document.component.enableAutomaticCalculation(False)
        document.recalculate()
        sheets = document.component.Sheets
        forms = []
        for number, one in enumerate(planned):
            form = Form(sheets.getByName(one.sheet), one, PLANS[number % len(PLANS)])
            form.fill()
            forms.append(form)
        yield document, forms


def choose(document, settings):
    """Type the settings on 评分设置, beside their labels."""
    sheet = document.component.Sheets.getByName("评分设置")
    said = {"反向指标未达标时": settings.reverse, "定值指标未达标时": settings.equal}
    for word, (high, low) in zip("一二三", settings.bands, strict=True):
        said[f"定性第{word}档上限（%）"] = high
        said[f"定性第{word}档下限（%）"] = low
    rows = [row[0] for row in sheet.getCellRangeByName("A1:A60").getDataArray()]
    for label, value in said.items():
        cell = sheet.getCellRangeByName(f"B{rows.index(label) + 1}")
        cell.setString(value) if isinstance(value, str) else cell.setValue(value)
    document.recalculate()


def check(form, settings):
    """Every figure of the form against what was worked out."""
    grid, wanted = form.read(), form.wanted(settings)
    scoring = scoring_of(
        {
            "reverse": _TOML[settings.reverse],
            "equal": _TOML[settings.equal],
            "bands": [list(pair) for pair in settings.bands],
        }
    )
    told = []
    for number, exact in enumerate(wanted):
        one, result = form.planned.indicators[number], form.results[number]
        got = grid[form.header + 1 + number][7]
        seen = (form.sheet.Name, one.row["target_value"], result.cell, got, exact)
        if exact is None:
            assert got == "", seen
        else:
            assert isinstance(got, float), seen
            assert is_rounded(got, exact), seen
            told.append(Fraction(str(round(got, 2))))
        # What programs compute is what the sheet computes.
        if one.counts and (result.cell is None or isinstance(result.cell, str)):
            own = points(one.target, result.cell, one.weight, scoring, cost=_among_costs(one))
            assert own is None or abs(float(own) - got) < 0.0101, seen
            assert (own is None) == (exact is None), seen
    rate, money = grid[6][7], grid[6][8]
    executed = sum(one for one in form.executed if one) or grid[6][5]
    assert abs(float(rate) - float(executed) / grid[6][4]) < 1e-9
    assert is_rounded(money, Fraction(10) * min(Fraction(1), Fraction(rate)))
    assert grid[form.total][6] == 100
    total, grade = grid[form.total][7], grid[form.total + 1][6]
    counted = [e for e, one in zip(wanted, form.planned.indicators, strict=True) if one.counts]
    if None in counted:
        assert (total, grade) == ("未填完", "")
        return None
    assert abs(float(sum(told)) + money - total) < 1e-6
    limits = zip((90, 80, 60), "优良中", strict=True)
    assert grade == next((word for least, word in limits if total >= least), "差")
    return total


def _among_costs(one):
    return "成本" in f"{one.row['level1']}{one.row['level2']}"


def test_every_target_every_way_of_scoring(office, tmp_path):
    with filled(office, tmp_path, VARIED) as (document, forms):
        for plan in ("mixed", "far", "under", "unit", "bare", "words"):
            forms = [Form(form.sheet, form.planned, plan) for form in forms]
            for form in forms:
                form.fill()
            totals = []
            for settings in ALL_SETTINGS:
                choose(document, settings)
                totals.append([check(form, settings) for form in forms])
                assert document.error_cells() == []
            if plan == "far":
                assert len(set(map(tuple, totals))) > 1


@pytest.mark.parametrize("sample", [0, 1, None])
def test_declarations_of_departments(office, tmp_path, request, sample, validate_ooxml):
    source = (
        example_path(EXAMPLE_SOURCE)
        if sample is None
        else request.getfixturevalue("shared_seeds")[sample]
    )
    with filled(office, tmp_path, source) as (document, forms):
        for settings in ALL_SETTINGS[1:3] if sample is None else ALL_SETTINGS[:1]:
            choose(document, settings)
            totals = {form.sheet.Name: check(form, settings) for form in forms}
            # The overview in front says the same.
            rows = document.component.Sheets.getByName("汇总").getCellRangeByName("A4:K60")
            shown = {row[0]: row for row in rows.getDataArray() if isinstance(row[0], float)}
            for number, total in enumerate(totals.values(), start=1):
                assert shown[number][7] == ("未填完" if total is None else total)
        assert document.error_cells() == []
    assert validate_ooxml(tmp_path / "自评表.xlsx") == []


def test_reasons_bounds_and_typed_points(office, tmp_path):
    """What turns red, what may be typed over, and how it is told."""
    with filled(office, tmp_path, VARIED) as (document, forms):
        document.component.enableAutomaticCalculation(True)
        form = forms[0]
        sheet = form.sheet.Name
        top = form.header + 2
        rows = {one.row["level3"]: top + n for n, one in enumerate(form.planned.indicators)}
        document.set_text(sheet, f"F{rows['补播改良面积']}", "2000亩")
        document.set_text(sheet, f"F{rows['牧民满意度']}", "60%")
        document.set_text(sheet, f"I{rows['牧民满意度']}", "政策变化，已改进")
        document.set_text(sheet, f"F{rows['牧民收入']}", "部分达成预期指标并具有一定效果")
        document.set_value(sheet, f"H{rows['牧民收入']}", 3.4)
        document.set_value(sheet, f"H{rows['管护机制']}", 3)
        document.set_value(sheet, f"H{rows['机械作业费']}", 9)
        document.set_text(sheet, f"F{rows['培训牧户人数']}", "180人次")
        document.set_text(sheet, f"E{rows['返工率']}", "≤3%")
        document.recalculate()
        looks = document.looks(sheet)
        red = {cell for cell, look in looks.items() if look.fill == "#FFC7CE"}
        assert f"I{rows['补播改良面积']}" in red
        assert f"I{rows['牧民满意度']}" not in red
        assert f"I{rows['修建围栏长度']}" not in red
        assert f"H{rows['牧民收入']}" in red  # 3.4 of 3.5 is above 80%
        assert f"H{rows['机械作业费']}" in red
        assert f"H{rows['补播改良面积']}" not in red
        hints = {name: document.text(sheet, f"S{row}") for name, row in rows.items()}
        assert hints["补播改良面积"] == "请写偏差原因"
        assert hints["牧民满意度"] == ""
        assert hints["牧民收入"] == "得分超出分值或档次"
        assert hints["机械作业费"] == "得分超出分值或档次"
        assert hints["培训牧户人数"] == "远超指标值，请说明"
        assert hints["返工率"].startswith("指标值改过")
        assert document.value("汇总", "K4") >= 1


def test_lights(office, tmp_path, validate_ooxml):
    month, path = 7, tmp_path / "监控表.xlsx"
    planned = write_monitoring_book([load(VARIED)], path, month)
    assert validate_ooxml(path) == []
    with office.open(path) as document:
        document.recalculate()
        assert document.error_cells() == []
        seen = set()
        for plan in ("met", "under", "unit", "over", "far", "blank"):
            for one in planned:
                sheet = document.component.Sheets.getByName(one.sheet)
                grid = sheet.getCellRangeByName("A1:W80").getDataArray()
                top = next(n for n, row in enumerate(grid) if row[1] == "一级指标") + 1
                results = [result_for(i.row, _among_costs(i), plan) for i in one.indicators]
                texts = tuple((r.cell if isinstance(r.cell, str) else "",) for r in results)
                span = f"{top + 1}:F{top + len(texts)}"
                sheet.getCellRangeByName(f"F{span}").setDataArray(texts)
                grid = sheet.getCellRangeByName("A1:W80").getDataArray()
                lights = []
                for number, (indicator, (text,)) in enumerate(
                    zip(one.indicators, texts, strict=True)
                ):
                    wanted = light(
                        indicator.target,
                        text,
                        month,
                        cost=_among_costs(indicator),
                        grows=indicator.grows,
                    )
                    got = grid[top + number][10]
                    assert got == (wanted or ""), (indicator.row["target_value"], text)
                    lights.append(got)
                seen |= set(lights)
                worst = next((w for w in ("红灯", "黄灯", "蓝灯", "绿灯") if w in lights), "")
                assert grid[top + len(texts)][10] == worst
        assert seen >= {"红灯", "黄灯", "绿灯", "蓝灯"}
        assert document.error_cells() == []


def test_a_forecast_is_held_against_the_target(office, tmp_path):
    path = tmp_path / "监控表.xlsx"
    (_, one) = write_monitoring_book([load(VARIED)], path, 6)
    with office.open(path) as document:
        sheet = one.sheet
        row = next(n for n in range(8, 20) if document.text(sheet, f"B{n}") == "一级指标") + 1
        document.set_text(sheet, f"F{row}", "2500份")
        document.set_text(sheet, f"G{row}", "4000份")
        document.set_text(sheet, f"I{row}", "确定能")
        document.recalculate()
        assert document.text(sheet, f"K{row}") == "绿灯"
        assert document.text(sheet, f"V{row}") == "否"
        assert document.text(sheet, f"W{row}") == "预计完不成，却写确定能"
        red = {c for c, look in document.looks(sheet).items() if look.fill == "#FFC7CE"}
        assert {f"H{row}", f"I{row}"} <= red
        document.set_text(sheet, f"H{row}", "经费保障")
        document.set_text(sheet, f"I{row}", "有可能")
        document.recalculate()
        assert document.text(sheet, f"W{row}") == ""
        assert document.value("汇总", "L5") == 0
        # A day that has not come is left blank beside a forecast, and asked for without one.
        day = next(n for n in range(row, 40) if document.text(sheet, f"M{n}") == "时间")
        assert document.text(sheet, f"W{day}") == "请填完成值"
        document.set_text(sheet, f"G{day}", "2031年12月")
        document.recalculate()
        assert document.text(sheet, f"W{day}") == "请写偏差原因"
        document.set_text(sheet, f"H{day}", "人员保障")
        document.recalculate()
        assert document.text(sheet, f"W{day}") == ""
        # The balance of all sources is the sum of theirs.
        assert document.text(sheet, "H7") == ""
        document.component.Sheets.getByName(sheet).getCellRangeByName("H8").setValue(2.5)
        document.component.Sheets.getByName(sheet).getCellRangeByName("H9").setValue(1)
        document.recalculate()
        assert document.value(sheet, "H7") == 3.5
