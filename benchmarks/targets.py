"""Prints how many microseconds ``parse_target`` takes for a value it has not read before."""

from __future__ import annotations

import time

from workload import declaration

from perfgoals_xl.form.target import parse_target

SHEETS, ROUNDS = 300, 5


def main() -> None:
    """Reads the distinct target values of a declaration several times and prints the best time."""
    rows = declaration(SHEETS).indicators.records()
    values = list(dict.fromkeys(row["target_value"] for row in rows if row["target_value"]))
    best = float("inf")
    for _ in range(ROUNDS):
        parse_target.cache_clear()
        start = time.process_time()
        for value in values:
            parse_target(value)
        best = min(best, time.process_time() - start)
    print(f"{best / len(values) * 1e6:.1f} {len(values)}")


if __name__ == "__main__":
    main()
