"""The columns of 部门自评汇总 and 部门监控汇总: their formulas, and the values they have now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from perfgoals_xl.bureau.book import department_formulas as formulas
from perfgoals_xl.bureau.book import report_lists as lists
from perfgoals_xl.bureau.book.department_formulas import Rows
from perfgoals_xl.bureau.book.department_list import shown
from perfgoals_xl.bureau.book.file_rows import THRESHOLDS
from perfgoals_xl.bureau.book.flat_list import FlatList
from perfgoals_xl.bureau.book.lists import INDICATOR_COUNT
from perfgoals_xl.bureau.report_account import LACKING, MET, UNMET, ReportLine
from perfgoals_xl.bureau.report_marks import MISSING, NO, YES
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import GRADES, Light
from perfgoals_xl.workbooks.kit.tables import LEDGER

FORM_COUNT, RATE, AVERAGE, LOWEST = "项目数", "执行率", "平均分", "最低分"
RED_INDICATORS, YELLOW_INDICATORS = "红灯指标", "黄灯指标"
_CENTS = Decimal("0.01")


class Live(NamedTuple):
    """A column: its formula of a file's rows in the list of forms and in that of indicators.

    ``formula`` also takes the decimals of amounts; ``value`` is what it gives of a file, or of all
    together. ``total`` is the formula of the last row where that is no sum.
    """

    header: str
    width: float
    look: str
    formula: Callable[[Rows, Rows, int], str]
    value: Callable[[ReportLine], Decimal | int | str]
    total: Callable[[FlatList], str] | None = None


class Kind(NamedTuple):
    """A kind of form: its sheet, the word for it, and what the sheet says."""

    sheet: str
    word: str
    title: str
    purpose: str
    note: str
    columns: tuple[Live, ...]


def _amount(header: str, name: str) -> Live:
    return Live(
        header,
        11,
        LEDGER,
        lambda forms, _, places: formulas.amount(forms, header, places),
        lambda line: shown(line.amounts.get(name)),
    )


def _counted(header: str, value: Callable[[ReportLine], int], width: float = 6) -> Live:
    """The sum of a column of the list of forms."""
    return Live(header, width, "center", lambda forms, *_: formulas.total(forms, header), value)


def _of_forms(header: str, column: str, text: str, value: Callable[[ReportLine], int]) -> Live:
    """How many forms say ``text`` in a column."""
    return Live(
        header, 6, "center", lambda forms, *_: formulas.matching(forms, column, text), value
    )


def _of_indicators(header: str, column: str, text: str, value: Callable[[ReportLine], int]) -> Live:
    """How many indicators say ``text`` in a column."""
    return Live(header, 8, "center", lambda _, own, __: formulas.matching(own, column, text), value)


def _rate(executed: str) -> Live:
    budget = lists.BUDGETS["annual_budget"]
    return Live(
        RATE,
        9,
        "percent",
        lambda forms, *_: formulas.rate(forms, budget, executed),
        lambda line: "" if line.rate is None else line.rate,
        lambda forms: formulas.rate_of_all(forms, budget, executed),
    )


def _judged(name: str) -> Callable[[ReportLine], int]:
    return lambda line: line.judged[name]


def _graded(name: str) -> Callable[[ReportLine], int]:
    return lambda line: line.graded[name]


def _lit(name: str) -> Callable[[ReportLine], int]:
    return lambda line: line.lights[name]


def _found(severity: str) -> Callable[[ReportLine], int]:
    return lambda line: line.findings[severity]


def rounded(value: Decimal | None) -> Decimal | str:
    """An average as the sheet shows it; a text without any length where there is none."""
    return "" if value is None else value.quantize(_CENTS, ROUND_HALF_UP)


_FORMS = Live(
    FORM_COUNT,
    7,
    "center",
    lambda forms, *_: formulas.row_count(forms),
    lambda line: line.forms,
)
_INDICATORS = _counted(INDICATOR_COUNT, lambda line: line.indicators, 7)
_LACKING = _of_indicators(lists.LACKING_COUNT, lists.REASON, MISSING, _judged(LACKING))
_FINDINGS = tuple(_counted(label, _found(name)) for name, label in lists.SEVERITIES.items())
_BUDGETS = tuple(_amount(label, name) for name, label in lists.BUDGETS.items())

KINDS: Mapping[EvaluationTable, Kind] = {
    EvaluationTable.EVALUATIONS: Kind(
        "部门自评汇总",
        "自评",
        "各部门项目支出绩效自评汇总表",
        "每个部门一行：自评项目的执行率、平均分、等级、达标和缺原因的指标数",
        f"由“{lists.EVALUATED}”“{lists.RESULTS}”按部门序号加总。执行率只算全年预算、执行数都有的项目。"
        f"等级：{THRESHOLDS}，自评表写明的照所写。错误、警告指自评表的问题。",
        (
            _FORMS,
            *_BUDGETS,
            _amount(lists.EXECUTED, "executed"),
            _rate(lists.EXECUTED),
            Live(
                AVERAGE,
                8,
                "center",
                lambda forms, *_: formulas.average(forms, lists.TOTAL_SCORE),
                lambda line: rounded(line.average),
                lambda forms: formulas.average_of_all(forms, lists.TOTAL_SCORE),
            ),
            *(_of_forms(grade, lists.GRADE, grade, _graded(grade)) for grade in GRADES),
            Live(
                LOWEST,
                8,
                "center",
                lambda forms, *_: formulas.lowest(forms, lists.TOTAL_SCORE),
                lambda line: shown(line.lowest),
                lambda forms: formulas.lowest_of_all(forms, lists.TOTAL_SCORE),
            ),
            _INDICATORS,
            _of_indicators(lists.MET_COUNT, lists.MET_SAID, YES, _judged(MET)),
            _of_indicators(lists.UNMET_COUNT, lists.MET_SAID, NO, _judged(UNMET)),
            _LACKING,
            *_FINDINGS,
        ),
    ),
    EvaluationTable.MONITORINGS: Kind(
        "部门监控汇总",
        "监控",
        "各部门项目支出绩效运行监控汇总表",
        "每个部门一行：监控项目的执行率、预警、预计完不成和缺原因的指标数",
        f"由“{lists.MONITORED}”“{lists.PROGRESS}”按部门序号加总。绿灯至红灯是项目数，"
        "项目的预警照监控表，没有写的取指标中最差的。错误、警告指监控表的问题。",
        (
            _FORMS,
            *_BUDGETS,
            _amount(lists.EXECUTED_TO_MONTH, "executed"),
            _rate(lists.EXECUTED_TO_MONTH),
            _amount(lists.FORECAST_AMOUNT, "forecast_executed"),
            *(
                _of_forms(light.value, lists.PROJECT_LIGHT, light.value, _graded(light.value))
                for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.BLUE)
            ),
            _INDICATORS,
            _of_indicators(
                YELLOW_INDICATORS, lists.LIGHT, Light.YELLOW.value, _lit(Light.YELLOW.value)
            ),
            _of_indicators(RED_INDICATORS, lists.LIGHT, Light.RED.value, _lit(Light.RED.value)),
            _of_indicators(lists.MISSED_COUNT, lists.FORECAST_SAID, NO, _judged(UNMET)),
            _LACKING,
            *_FINDINGS,
        ),
    ),
}
"""The kinds of forms by their tables."""
