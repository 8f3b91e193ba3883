"""``docs/数据说明.md`` and ``docs/contracts/``: ``python -m perfgoals_xl.contracts.documents``.

The first is for analysts, the others are the contracts for programs, as pandera and as JSON Schema.
PyYAML is needed to write them, not to use the contracts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from perfgoals_xl.contracts.table_columns import COLUMNS, TABLES
from perfgoals_xl.contracts.types import Column, Type
from perfgoals_xl.form.target import Kind
from perfgoals_xl.storage.files import replacing, whole_file

DOCS = Path(__file__).parents[2] / "docs"

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.NUMERIC: ("数量", "≥120次"),
    Kind.PERCENT: ("百分比", "95%以上"),
    Kind.MONEY: ("金额", "不超过20万元"),
    Kind.RANGE: ("区间，上下限都有", "150-4500元"),
    Kind.DATE: ("日期、期限、起止时间", "2026年12月底前"),
    Kind.QUALITATIVE: ("状态、趋势等文字", "持续提升"),
    Kind.PLACEHOLDER: ("没有填：空白、无、/、不涉及、***", "不涉及"),
    Kind.REFERENCE: ("与其他年度、单位相比", "≤2023年"),
    Kind.COMPOSITE: ("一格里有几个目标", "准确率≥95%；完整性≥98%"),
    Kind.TEXT: ("其他文字", "详见实施方案"),
}
"""What each kind of target value is, and an example."""

_TOP = """\
# 数据说明

本文件由数据契约生成，请勿手工修改。写给分析数据的人：导出的每张表有哪些列，各列是什么意思，怎样读。

| 命令 | 得到 |
|---|---|
| `perfgoals export 申报表.xlsx --format csv -o 数据` | 文件夹 `数据`，三张表各一个 CSV |
| `perfgoals export 报送文件夹 --format parquet -o 数据` \
| 三个 Parquet 数据集，按 `year`、`department` 分区 |
| `perfgoals export 申报表.xlsx --format csv -o 数据.csv`（或 `.parquet`） \
| 一张平表：每行一个指标，前面是所属项目的各列 |
| `perfgoals_xl.export.frames([...])` | 三个 DataFrame |

来源里有自评表、监控表的，文件夹、数据集和 DataFrame 另有 `evaluations`、`evaluation_funds`、
`evaluation_indicators` 和 `monitorings`、`monitoring_funds`、`monitoring_indicators` 各表，
按 `file` 和 `form`（这张表在文件里的次序）相连；JSON 写在申报表的 `evaluations`、`monitorings` 里，
每张表带 `funds`、`indicators` 和各值的单元格 `cells`。同一文件里没有申报表的，自评表、监控表
也照旧读作 `projects` 和 `indicators`；有申报表的，`projects` 里只有申报的项目。

各种形式的列名、次序和类型相同（分区数据集的 `year` 和 `department` 在文件夹名里，读出来排在最后）。
平表的 `sheet` 和 `cell` 指指标值；没有指标的项目占一行，指标各列为空。
JSON（`--format json`）用同样的列名，按申报表、项目、指标逐层嵌套，金额是数。

## 怎样读

用 pandas 读 Parquet 数据集，契约把类型整理好：

```python
import pandas as pd
from perfgoals_xl import contracts

names = ("projects", "indicators", "department_goals")
tables = contracts.validate({name: pd.read_parquet(f"数据/{name}.parquet") for name in names})
projects = tables["projects"]
in_wan = projects[projects["amount_unit"] == "万元"].dropna(subset="annual_amount")
print(in_wan.groupby(["year", "department"])["annual_amount"].sum())
```

用 DuckDB 查询同一个数据集，不必先读进内存：

```sql
SELECT p.year, p.department, i.level2,
       count(*) AS indicators,
       count(*) FILTER (WHERE i.kind IN ('numeric', 'percent', 'money', 'range')) AS quantified
FROM read_parquet('数据/indicators.parquet/*/*/*.parquet', hive_partitioning = true) AS i
JOIN read_parquet('数据/projects.parquet/*/*/*.parquet', hive_partitioning = true) AS p
  USING (file, project)
WHERE p.annual_amount >= 100 AND p.amount_unit = '万元'
GROUP BY ALL
ORDER BY ALL
```

CSV 请用 `read_csv` 读：部门代码的前导零、`NA` 之类的文字都不会丢，防公式的撇号也会去掉。

```python
from perfgoals_xl import contracts

indicators = contracts.read_csv("数据/indicators.csv", contracts.Indicators)
print(indicators[["indicator", "operator", "low", "high", "unit"]].head())
```

只用 pandas 时写 `pd.read_csv(文件, dtype=str, keep_default_na=False)`，再交给
`contracts.Indicators.validate`。直接 `pd.read_csv(文件)` 也能通过契约，
但全是数字的列会被 pandas 改写（`021001` 变成 `21001`，指标值 `95.0` 可能变成 `95`）。

CSV 里以 `=`、`+`、`-`、`@` 等开头的文字前加了一个撇号，免得表格软件当作公式；
符号 `=` 因此写作 `'=`。
契约认得这样的符号；其他文字里的撇号由 `read_csv` 去掉。

## 契约

`contracts.Projects`、`contracts.Indicators`、`contracts.DepartmentGoals`
是 pandera 的 `DataFrameModel`；自评表、监控表的各表同样，如 `contracts.Evaluations`、
`contracts.EvaluationIndicators`。
`validate` 返回列次和类型整理好的表；不合的，`pandera.errors.SchemaErrors` 的 `failure_cases`
写明列、行（索引）和值。表里另有别的列不要紧。`contracts.validate` 各表一起验证，另外要求：
每个项目只有一行，指标所属的项目存在、名称一致；资金和指标所属的自评表、监控表存在。

负的金额不合契约。该填金额却填了文字的（如“待定”），DataFrame 和 CSV 照录，不合契约；
Parquet 和 JSON 里为空值。两种情形校验时也会指出。

给程序用的同一份契约：[contracts/](contracts/) 里每张表一个 YAML（pandera）和一个 JSON Schema。
YAML 用 `pandera.io.pandas_io.from_yaml` 读，先 `from perfgoals_xl.contracts import Projects`，
其中用到的检查才认得。

| 类型 | pandas | Parquet | CSV | 空值 |
|---|---|---|---|---|
| 文本 | `str` | string | 文字 | 空值；注明“空文本”的列从不为空值 |
| 整数 | `Int64` | int64 | 数字 | 空值 |
| 金额 | `object`，`Decimal` | decimal128(38, 12) | 数字 | 空值；`0` 是真的零 |
| 数 | `object`，`Decimal` | decimal128(38, 12) | 数字 | 空值；百分数 94.5 即 94.5% |
| 数或日期 | `object`，`Decimal` 或 `date` | string | 数字或 `2026-12-31` | 空值 |
"""


def manual() -> str:
    """What the tables hold, in Chinese, as Markdown."""
    lines = [_TOP.rstrip("\n")]
    for table, (title, row) in TABLES.items():
        lines += ["", f"## {table} {title}", "", row, ""]
        lines += [
            "| 列 | 名称 | 类型 | 单位 | 取值 | 空白 | 说明 |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_line(column) for column in COLUMNS[table]]
    lines += ["", "## 指标值类别", "", "| kind | 是什么 | 例 |", "|---|---|---|"]
    lines += [f"| `{kind}` | {said} | {example} |" for kind, (said, example) in KINDS.items()]
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    blank = "空文本" if column.empty else "可空" if column.nullable else "不空"
    cells = [f"`{column.name}`", column.title, column.type.value, column.unit, _range(column)]
    return "| " + " | ".join([*cells, blank, column.description]) + " |"


def _range(column: Column) -> str:
    if column.values:
        return "、".join(f"`{value}`" if value else "空文本" for value in column.values)
    if column.terms:
        return f"一般为{'、'.join(column.terms)}"
    if column.maximum is not None:
        return f"{column.minimum}–{column.maximum}"
    if column.minimum is not None:
        return f"≥ {column.minimum}"
    if column.pattern:
        return "如 `D14`"
    return "数、`年-月-日`" if column.type is Type.BOUND else ""


def schemas() -> dict[str, str]:
    """The contracts for programs: the text of every file of ``docs/contracts/`` by its name."""
    import yaml

    from perfgoals_xl.contracts.table_set import CONTRACTS

    made = {}
    for name, contract in CONTRACTS.items():
        # pandera writes Chinese as escapes.
        plain = yaml.safe_load(contract.to_yaml())
        made[f"{name}.yaml"] = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
        made[f"{name}.schema.json"] = (
            json.dumps(contract.to_json_schema(), ensure_ascii=False, indent=1) + "\n"
        )
    return made


def main() -> None:
    """Write the documents to their places and print where."""
    texts = {DOCS / "数据说明.md": manual()}
    texts |= {DOCS / "contracts" / name: text for name, text in schemas().items()}
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        with replacing(), whole_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
