"""Speed and memory of ``perfgoals validate`` beside what openpyxl needs to open the same file.

Writes workbooks (not counted), then runs both as processes of their own, in turn, several times.
Prints a table; the exit code is 1 when a target is missed. ``README.md`` says what it means.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from measure import Cost, middle, run

HERE = Path(__file__).resolve().parent
PERFGOALS = [sys.executable, str(HERE / "as_installed.py")]
# 1 is no failure: the workbook has findings.
FOUND = (0, 1)
OPEN = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1])"

# The targets are those of workbooks of so many sheets: in small ones the imports outweigh the rest.
SHEETS = 1000
MOST_RATIO, MOST_GROWTH = 1.0, 2.2
STANDARD, VALUES_ONLY = "standard workbook", "values only"
COLD_STARTS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "perfgoals --help": [*PERFGOALS, "--help"],
    "perfgoals target": [*PERFGOALS, "target", "≥95%"],
}


class Target(NamedTuple):
    """A figure that must stay below a limit."""

    name: str
    figure: float
    limit: float

    @property
    def met(self) -> bool:
        return self.figure < self.limit


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="perfgoals-benchmark-") as folder:
        result, targets = _measure(Path(folder), arguments.sheets, arguments.repeat)
    judged = arguments.sheets >= SHEETS
    print("" if judged else f"\nThe targets count from {SHEETS} sheets up:")
    for target in targets:
        met = "met   " if target.met else "MISSED"
        print(f"{met}  {target.name}: {target.figure:.2f} (below {target.limit:g})")
    if arguments.json is not None:
        result["targets"] = [{**target._asdict(), "met": target.met} for target in targets]
        text = json.dumps(result, ensure_ascii=False, indent=1)
        arguments.json.write_text(text, encoding="utf-8")
    sys.exit(1 if judged and not all(target.met for target in targets) else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed and memory against openpyxl.")
    parser.add_argument("--sheets", type=int, default=SHEETS, help=f"project sheets ({SHEETS})")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each command (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure there")
    return parser.parse_args()


def _measure(folder: Path, sheets: int, repeat: int) -> tuple[dict[str, object], list[Target]]:
    result: dict[str, object] = {"sheets": sheets, "repeat": repeat}
    targets: list[Target] = []
    small, large = _write(folder, sheets), _write(folder, 2 * sheets)
    for kind in small:
        print(f"\n{kind}: {sheets} project sheets, {small[kind].stat().st_size / 1e6:.1f} MB")
        costs = _in_turn(
            {
                "validate": [*PERFGOALS, "validate", str(small[kind]), "--format", "json"],
                "openpyxl": [sys.executable, "-c", OPEN, str(small[kind])],
                "validate twice": [*PERFGOALS, "validate", str(large[kind]), "--format", "json"],
            },
            repeat,
        )
        mine, other, twice = (middle(runs) for runs in costs.values())
        ratio, growth = mine.over(other), twice.over(mine)
        _print_table(
            {
                "perfgoals validate": mine,
                "openpyxl.load_workbook": other,
                f"perfgoals validate, {2 * sheets} sheets": twice,
                "ratio to openpyxl": ratio,
                "growth for twice the sheets": growth,
            }
        )
        targets.append(Target(f"{kind}: time beside openpyxl", ratio.wall, MOST_RATIO))
        if kind == STANDARD:
            # Of bare values openpyxl keeps hardly more than pandas takes to be imported.
            targets.append(Target(f"{kind}: memory beside openpyxl", ratio.memory, MOST_RATIO))
        targets.append(Target(f"{kind}: growth", growth.wall, MOST_GROWTH))
        result[kind] = {name: [run._asdict() for run in runs] for name, runs in costs.items()}
    result["cold starts"] = _cold_starts(2 * repeat + 1)
    result["parse_target"] = _target_time()
    return result, targets


def _write(folder: Path, sheets: int) -> dict[str, Path]:
    """The workbooks, written by another process so that this one stays small."""
    print(f"writing workbooks of {sheets} project sheets …", file=sys.stderr)
    paths = {
        STANDARD: folder / f"standard-{sheets}.xlsx",
        VALUES_ONLY: folder / f"values-{sheets}.xlsx",
    }
    writer = [sys.executable, str(HERE / "workload.py"), str(sheets), *map(str, paths.values())]
    subprocess.run(writer, check=True)
    return paths


def _in_turn(commands: dict[str, list[str]], repeat: int) -> dict[str, list[Cost]]:
    """The costs of each command, run one after the other ``repeat`` times."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(repeat):
        for name, command in commands.items():
            print(f"run {number + 1} of {repeat}: {name} …", file=sys.stderr)
            costs[name].append(run(command, FOUND))
    return costs


def _print_table(lines: dict[str, Cost]) -> None:
    print(f"{'':36}{'clock s':>9}{'CPU s':>9}{'peak MB':>9}")
    for name, cost in lines.items():
        digits = 0 if cost.memory > 20 else 2
        print(f"{name:36}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.memory:9.{digits}f}")


def _cold_starts(repeat: int) -> dict[str, list[dict[str, float]]]:
    costs = _in_turn(COLD_STARTS, repeat)
    bare, *_ = middles = {name: middle(runs) for name, runs in costs.items()}.values()
    print("\ncold starts")
    _print_table(dict(zip(costs, middles, strict=True)))
    for name, cost in zip(list(costs)[1:], list(middles)[1:], strict=True):
        print(f"{name} takes {cost.wall / bare.wall:.1f} times as long as python -c pass")
    return {name: [cost._asdict() for cost in runs] for name, runs in costs.items()}


def _target_time() -> dict[str, float]:
    timer = [sys.executable, str(HERE / "targets.py")]
    told = subprocess.run(timer, check=True, capture_output=True, text=True).stdout
    microseconds, count = map(float, told.split())
    print(f"\nparse_target: {microseconds:.1f} µs for a value not read before ({count:.0f} values)")
    return {"microseconds": microseconds, "values": count}


if __name__ == "__main__":
    main()
