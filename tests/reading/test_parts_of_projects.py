"""Which forms of a file are parts of one project."""

from __future__ import annotations

from perfgoals_xl.reading import project_parts
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.recognise import find_forms
from tests.reading.sheets import rows_of

FORM = """项目名称 | 渠道清淤项目
项目总额 | 30
年度资金总额 | {amount}
年度目标 | 清淤6公里。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥6公里
"""


def test_forms_of_one_name_are_looked_at_once_each(monkeypatch):
    """Many sheets of one name are compared with each other; what each says is put together once."""
    calls = []
    sighting = project_parts.sighting
    monkeypatch.setattr(
        project_parts, "sighting", lambda *said: calls.append(said) or sighting(*said)
    )
    sheets = [
        Grid(f"表{n}", rows_of(FORM.format(amount=12 + n % 2)), position=n) for n in range(20)
    ]
    forms = [form for grid in sheets for form in find_forms(grid)]
    assert len(project_parts.group_parts(forms)) == 2
    assert len(calls) == 20
