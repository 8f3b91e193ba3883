"""How much of forms in random layouts is read: the share of fields by feature, the weakest first.

Draws files with the machine of ``tests/support/layouts``, reads each and compares it with what was
drawn. ``--kinds`` makes the failures as plain as they can be and prints what is left of each kind
with its sheet; ``--keep`` writes the seeds that failed, one a line.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.layouts.drawing import Draw, draw
from tests.support.layouts.features import FEATURES
from tests.support.layouts.scoring import Score, score
from tests.support.layouts.shrinking import shrunk

LEAST = 0.97
_SHRUNK_OF_A_KIND, _TOLD, _DRAWS_ALONE = 3, 6, 8

# What a feature needs to come to bear.
_BESIDE = {"sheets": {"projects": "three"}, "below": {"beside": "weight"}}


class Result(NamedTuple):
    """The points of every feature's variants, the failures by field, the seeds that failed."""

    features: dict[tuple[str, str], Counter[str]]
    fields: Counter[str]
    seeds: dict[int, list[str]]
    total: Counter[str]


def main() -> None:
    """Prints the tables; the exit code is 1 below the share that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument(
        "--kinds", type=int, default=0, help="so many kinds of failures, made plain"
    )
    parser.add_argument("--keep", type=Path, help="write the failing seeds into this file")
    parser.add_argument("--alone", action="store_true", help="each variant in an else plain layout")
    parser.add_argument("--force", nargs="*", default=[], metavar="FEATURE=VARIANT")
    arguments = parser.parse_args()
    forced = dict(pair.split("=") for pair in arguments.force)
    if arguments.alone:
        print_alone(arguments.seed, min(arguments.draws, _DRAWS_ALONE))
        return
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="perfgoals-layouts-") as name:
        folder = Path(name)
        result = measure(range(arguments.seed, arguments.seed + arguments.draws), folder, forced)
        seconds = time.monotonic() - start
        right, points = result.total["right"], result.total["all"]
        share = right / max(points, 1)
        print(
            f"{arguments.draws} draws in {seconds:.1f} s: {right} of {points} fields, {share:.2%}"
        )
        lost, told = points - right, result.total["told"]
        print(
            f"{len(result.seeds)} draws with something wrong; {told} of {lost} wrong fields told\n"
        )
        print_features(result)
        if arguments.kinds:
            print_kinds(result, folder, arguments.kinds, forced)
    if arguments.keep:
        arguments.keep.write_text("".join(f"{seed}\n" for seed in result.seeds), encoding="utf-8")
    raise SystemExit(share < LEAST)


def measure(seeds: range, folder: Path, forced: dict[str, str]) -> Result:
    """Draw and read every seed."""
    result = Result(defaultdict(Counter), Counter(), {}, Counter())
    for seed in seeds:
        drawn = draw(seed, **forced)
        add(result, seed, drawn, score(drawn, folder))
    return result


def add(result: Result, seed: int, drawn: Draw, found: Score) -> None:
    """Count a draw's points for all its features."""
    points = Counter(right=found.right, all=found.all, draws=1, whole=not found.wrongs)
    points["told"] = found.told
    result.total.update(points)
    for feature in drawn.layout.used.items():
        result.features[feature].update(points)
    if found.wrongs:
        result.seeds[seed] = list(dict.fromkeys(wrong.field for wrong in found.wrongs))
        result.fields.update(wrong.field for wrong in found.wrongs)


def print_features(result: Result) -> None:
    """The share of fields right and of draws read wholly, by feature, the weakest first."""
    print("feature = variant               fields   draws whole")
    shares = sorted(
        (count["right"] / max(count["all"], 1), feature, count)
        for feature, count in result.features.items()
    )
    for share, (name, variant), count in shares:
        whole = count["whole"] / count["draws"]
        print(f"{f'{name} = {variant}':30} {share:7.2%}   {count['draws']:5} {whole:7.1%}")
    print("\nfields that are wrong")
    for name, number in result.fields.most_common():
        print(f"{number:6} {name}")


def print_alone(first: int, draws: int) -> None:
    """The failures of every variant where everything else is plain, with the sheet of one."""
    with tempfile.TemporaryDirectory(prefix="perfgoals-layouts-") as name:
        for feature, variants in FEATURES.items():
            for variant in variants:
                others = FEATURES.keys() - {feature}
                forced = {**_BESIDE.get(feature, {}), feature: variant}
                made = [draw(seed, plain=others, **forced) for seed in range(first, first + draws)]
                scored = [(score(drawn, Path(name)), drawn) for drawn in made]
                failed = [(found, drawn) for found, drawn in scored if found.wrongs]
                if failed:
                    found, drawn = failed[0]
                    seed = drawn.layout.seed
                    print(f"\n=== {feature} = {variant}: {len(failed)} of {draws}, as seed {seed}")
                    print(drawn.told())
                    for wrong in found.wrongs[:_TOLD]:
                        print(f"    {wrong}")


def print_kinds(result: Result, folder: Path, most: int, forced: dict[str, str]) -> None:
    """Failures made plain, grouped by what is left of their layout, the most frequent first."""
    by_field: dict[str, list[int]] = defaultdict(list)
    for seed, fields in result.seeds.items():
        by_field[fields[0]].append(seed)
    kinds: dict[tuple[str, str], list[Draw]] = defaultdict(list)
    for name, seeds in sorted(by_field.items(), key=lambda pair: -len(pair[1])):
        for seed in seeds[: max(_SHRUNK_OF_A_KIND, most // 2)]:
            if len(kinds) < most * 2:
                plain = shrunk(seed, name, folder, **forced)
                left = {n: plain.layout.used[n] for n in plain.layout.unusual}
                told = ", ".join(f"{n}={v}" for n, v in left.items())
                kinds[name, told].append(plain)
    ranked = sorted(kinds.items(), key=lambda pair: -len(pair[1]))
    for (name, told), draws in ranked[:most]:
        found = score(draws[0], folder)
        seed = draws[0].layout.seed
        print(f"\n=== {name}: {len(draws)} draws such as seed {seed}: {told or 'plain'}")
        print(draws[0].told())
        for wrong in found.wrongs[:_TOLD]:
            print(f"    {wrong}")


if __name__ == "__main__":
    main()
