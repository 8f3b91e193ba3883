"""自评表 and 监控表 of fictional departments, with figures that tests change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reading.evaluation import layouts
from tests.reading.evaluation.test_kept_apart import DECLARED as _DECLARED
from tests.reading.sheets import Sheet, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

OWNER, PROJECT = "青岚县林业和草原局", "古树名木保护"
MONITORED = """
项目支出绩效运行监控表
（2026年度）
项目名称|古树名木保护|主管部门|青岚县林业和草原局
项目资金（万元）|年初预算数|全年预算数|1～7月执行数|执行率
年度资金总额|120|118.5|60|50.63%
其中：财政拨款|100|98.5|50|50.76%
一级指标|二级指标|三级指标|年度指标值|1～7月完成值|全年预计完成值|偏差原因分析|完成目标可能性
产出指标|数量指标|挂牌保护古树|≥40株|30株|40株||确定能
|数量指标|复壮古树|≥12株|3株|10株|苗木到货晚|有可能
|时效指标|完成时间|2026年10月底前||2026年10月||确定能
效益指标|生态效益指标|古树成活率|≥95%|80%|97%||确定能
满意度指标|服务对象满意度指标|群众满意度|≥90%|93%|85%||有可能
"""


def evaluation(project: str = PROJECT, owner: str = OWNER, year: int = 2026, **words: str) -> Sheet:
    """A right 自评表 of 96.16 points with one deviation; ``words`` by name are other words."""
    pairs = {
        "funds": "120|118.5|112.4|10|94.85%|9.49",
        "total": "总分||||||100|96.16",
        "grade": "评价等级|优",
        "why": "两株濒危，移至来年春季实施",
    }
    table = layouts.STANDARD.table
    for name, old in pairs.items():
        table = table.replace(old, words.get(name, old))
    return _of(table, project, owner, year, layouts.STANDARD.merges)


def monitoring(
    project: str = PROJECT, owner: str = OWNER, year: int = 2026, month: int = 7
) -> Sheet:
    """A 监控表 with one indicator behind without a reason, one with, and two bad forecasts."""
    table = MONITORED.replace("1～7月", f"1～{month}月")
    sheet = _of(table, project, owner, year, ())
    sheet.name += "监控"
    return sheet


def declared(project: str = PROJECT, owner: str = OWNER, year: int = 2026) -> Sheet:
    """A declaration of 120 万元 with one indicator."""
    sheet = _of(_DECLARED.table.replace("2027年", "2026年"), project, owner, year, ())
    sheet.name += "目标"
    return sheet


def _of(table: str, project: str, owner: str, year: int, merges: tuple[str, ...]) -> Sheet:
    table = table.replace(OWNER, owner).replace(PROJECT, project)
    return Sheet(table.replace("2026年", f"{year}年"), project[:20], merges=merges)


def write_reports(path: Path, *sheets: Sheet) -> Path:
    path.parent.mkdir(exist_ok=True)
    return write_workbook(path, *sheets)
