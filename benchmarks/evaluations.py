"""Memory and time of ``perfgoals consolidate`` on the 自评表 of many departments.

Writes the files (not counted): bare forms whose points, reasons and amounts are known, so that the
totals of the book can be checked. Then the command reads a quarter of them, half and all, as a
process of its own. Prints a table; the exit code is 1 where a total is wrong, or where memory grows
more than it may. ``README.md`` says what it means. Linux only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
from process_tree import run_tree
from run import PERFGOALS
from xlsxwriter import Workbook

FILES, PROJECTS, YEAR = 500, 10, 2026
# What the main process may keep of a file, and how much larger a worker may grow.
MOST_KB_OF_A_FILE, MOST_WORKER_GROWTH = 60, 1.2
_LEVELS = (("产出指标", "数量指标", 20), ("产出指标", "质量指标", 20), ("产出指标", "时效指标", 10),
           ("效益指标", "社会效益指标", 15), ("效益指标", "生态效益指标", 15),
           ("满意度指标", "服务对象满意度指标", 10))  # fmt: skip
_HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施")  # fmt: skip


@dataclass
class Known:
    """What the totals of the book must be."""

    forms: int = 0
    indicators: int = 0
    unmet: int = 0
    lacking: int = 0
    executed: Decimal = Decimal(0)
    scores: Decimal = Decimal(0)

    def differences(self, book: Path) -> list[str]:
        """Where the totals of 部门自评汇总 differ."""
        sheet = openpyxl.load_workbook(book, read_only=True, data_only=True)["部门自评汇总"]
        lines = list(sheet.iter_rows(min_row=3, values_only=True))
        told = dict(zip(lines[0], lines[-1], strict=True))
        average = (self.scores / self.forms).quantize(Decimal("0.01"))
        expected = {"项目数": self.forms, "指标数": self.indicators, "未达标": self.unmet,
                    "缺原因": self.lacking, "全年执行数": float(self.executed),
                    "平均分": float(average)}  # fmt: skip
        return [
            f"{head}: {told[head]} instead of {value}"
            for head, value in expected.items()
            if abs(float(told[head]) - value) > 0.0051
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description="The 自评表 of many departments in one book.")
    parser.add_argument("--files", type=int, default=FILES, help=f"department files ({FILES})")
    parser.add_argument("--projects", type=int, default=PROJECTS, help=f"in each ({PROJECTS})")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="perfgoals-evaluations-") as name:
        sys.exit(measure(Path(name), asked.files, asked.projects, asked.jobs))


def measure(folder: Path, files: int, projects: int, jobs: int) -> int:
    """Runs the command three times; returns the exit code."""
    print(f"{'files':>6}{'clock s':>9}{'files/s':>9}{'main MB':>9}{'worker':>8}{'all MB':>8}")
    runs, wrong = [], []
    for number in (max(1, files // 4), max(1, files // 2), files):
        county, book = folder / f"{number}", folder / f"{number}.xlsx"
        county.mkdir(exist_ok=True)
        known = Known()
        for file in range(number):
            write(county / f"{file:04}.xlsx", file, projects, known)
        cost = run_tree([*PERFGOALS, "consolidate", str(county), "-o", str(book),
                         "--jobs", str(jobs)])  # fmt: skip
        runs.append((number, cost))
        wrong += known.differences(book)
        print(
            f"{number:6}{cost.wall:9.1f}{number / cost.wall:9.1f}{cost.main:9.0f}"
            f"{cost.worker:8.0f}{cost.together:8.0f}",
            flush=True,
        )
    (few, small), (_, _), (many, large) = runs
    kept = 1000 * (large.main - small.main) / max(1, many - few)
    growth = large.worker / small.worker if small.worker else 1.0
    print(f"the main process keeps {kept:.1f} KB of a file (below {MOST_KB_OF_A_FILE})")
    print(f"largest worker, four times the files: {growth:.2f} (below {MOST_WORKER_GROWTH})")
    print("\n".join(wrong) or "content: no differences")
    return 1 if wrong or kept > MOST_KB_OF_A_FILE or growth > MOST_WORKER_GROWTH else 0


def write(path: Path, file: int, projects: int, known: Known) -> None:
    """The file of a number: a 自评表 on each sheet, no two with the same figures."""
    owner = f"青禾县第{file + 1}局"
    with Workbook(str(path)) as book:
        for project in range(projects):
            sheet = book.add_worksheet(f"项目{project + 1}")
            for row, values in enumerate(rows_of(owner, file * projects + project, known)):
                sheet.write_row(row, 0, values)


def rows_of(owner: str, number: int, known: Known) -> Iterator[tuple[object, ...]]:
    """The rows of a form; every third misses a target, every sixth says nothing about it."""
    budget = 50 + number % 97
    executed = Decimal(budget * (90 + number % 11)) / 100
    of_money = (10 * executed / budget).quantize(Decimal("0.01"))
    misses, silent = number % 3 == 0, number % 6 == 0
    yield ("项目支出绩效自评表",)
    yield (f"（{YEAR}年度）",)
    yield ("", "", "", "", "", "", "", "金额单位：万元")
    yield ("项目名称", f"第{number + 1}项便民服务", "", "主管部门", owner)
    yield ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rate = f"{100 * executed / budget:.2f}%"
    yield ("年度资金总额", budget, budget, float(executed), 10, rate, float(of_money))
    yield ("其中：财政拨款", budget, budget, float(executed), "—", rate, "—")
    yield ("年度总体目标", "预期目标", "", "", "实际完成情况")
    yield ("", f"开展便民服务{20 + number % 31}次。", "", "", "按计划开展便民服务。")
    yield _HEAD
    total = of_money
    for place, (level1, level2, weight) in enumerate(_LEVELS):
        asked = 20 + (number + place) % 31
        short = misses and place == 0
        done = asked // 2 if short else asked + 1
        points = Decimal(weight * done / asked).quantize(Decimal("0.01")) if short else weight
        name = f"便民服务第{place + 1}类"
        target, actual = (f"≥{asked}次", f"{done}次") if place != 2 else ("≥95%", "96%")
        why = "雨季场地受限，已改期安排" if short and not silent else ""
        yield (level1, level2, name, target, actual, weight, float(points), why)
        total += points
        known.indicators += 1
        known.unmet += short
        known.lacking += short and silent
    yield ("总分", "", "", "", "", 100, float(total))
    known.forms += 1
    known.executed += executed
    known.scores += total


if __name__ == "__main__":
    main()
