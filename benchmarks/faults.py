"""How right the review is: precision and recall by rule, over declarations drawn at random.

Draws right declarations and such with one fault in each, with the machine of
``tests/support/faults``. An error or a warning counts as right where it tells the fault at its
place, or what follows from it; it is a false alarm in a right declaration and anywhere else. What
was missed and every false alarm is printed with its text, for a reviewer to judge: ``--told`` says
how many of a kind.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from perfgoals_xl.review.findings import Finding
from tests.support.faults.choices import Choices
from tests.support.faults.drawing import draw
from tests.support.faults.injectors import INJECTORS
from tests.support.faults.judging import (
    Judged,
    in_memory,
    inject,
    judge,
    shouted,
    shown,
    told,
)
from tests.support.faults.model import Drawn

LEAST = {"precision": 0.97, "error": 0.95, "warning": 0.90}
_BATCH = 50
Item = TypeVar("Item")


@dataclass
class Count:
    """What was counted: faults found and missed by kind, findings right and wrong by rule."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    # By rule, the faults that it alone is to find.
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    quiet: int = 0


def main() -> None:
    """Prints the tables; the exit code is 1 below the shares that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000, help="so many right, so many wrong")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--kind", action="append", choices=sorted(INJECTORS), help="these alone")
    parser.add_argument("--told", type=int, default=2, help="texts of a kind")
    parser.add_argument("--force", nargs="*", default=[], metavar="FEATURE=VARIANT")
    arguments = parser.parse_args()
    forced = dict(pair.split("=") for pair in arguments.force)
    start, count = time.monotonic(), Count()
    seeds = range(arguments.seed, arguments.seed + arguments.draws)
    if not arguments.kind:
        add_right(count, seeds, forced)
    add_wrong(count, seeds, arguments.kind or list(INJECTORS), forced)
    print(f"{arguments.draws} draws in {time.monotonic() - start:.1f} s")
    print_texts(count, arguments.told)
    print_kinds(count)
    print_rules(count)
    raise SystemExit(not print_shares(count, arguments.draws, whole=not arguments.kind))


def add_right(count: Count, seeds: Iterable[int], forced: dict[str, str]) -> None:
    """Count what is said of right declarations."""
    for some in _batches(list(seeds)):
        drawn = [draw(seed, **forced) for seed in some]
        reviews = in_memory([one for _, one in drawn])
        for (choices, one), findings in zip(drawn, reviews, strict=True):
            loud = shouted(findings)
            count.quiet += not loud
            for finding in loud:
                _false_alarm(count, finding, choices, one)


def add_wrong(
    count: Count, seeds: Iterable[int], kinds: Sequence[str], forced: dict[str, str]
) -> None:
    """Count what is found of faults, the kinds in turn."""
    for some in _batches(list(zip(seeds, cycle(kinds), strict=False))):
        for judged in judge([inject(INJECTORS[name], seed, **forced) for seed, name in some]):
            _add(count, judged)


def _batches(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _add(count: Count, judged: Judged) -> None:
    case = judged.injected
    name = case.kind.name
    (count.found if judged.hits else count.missed)[name] += 1
    for rule in sorted(case.fault.codes):
        # Where several rules will do, each is asked only for what it answered.
        if len(case.fault.codes) == 1 or any(hit.rule == rule for hit in judged.hits):
            count.asked[rule] += 1
            count.answered[rule] += any(hit.rule == rule for hit in judged.hits)
    for finding in (*shouted(judged.hits), *judged.followed):
        count.right[finding.rule] += 1
    for finding in judged.others:
        _false_alarm(count, finding, case.choices, case.wrong, name)
    if not judged.hits:
        said = [told(finding) for finding in (*judged.followed, *judged.others)]
        wanted = "/".join(sorted(case.fault.codes))
        count.texts[f"missed {name}"].append(
            f"seed {case.choices.seed} ({case.choices.told}): {wanted} wanted, said {said}\n"
            + shown(case.wrong)
        )


def _false_alarm(
    count: Count, finding: Finding, choices: Choices, drawn: Drawn, kind: str = "right"
) -> None:
    count.wrong[finding.rule] += 1
    count.texts[f"false {finding.rule}"].append(
        f"seed {choices.seed} of {kind} ({choices.told}): {told(finding)}\n" + shown(drawn)
    )


def print_texts(count: Count, most: int) -> None:
    """What was missed and what was wrong, some of each kind."""
    for name, texts in sorted(count.texts.items()):
        print(f"\n=== {name}: {len(texts)}")
        for text in islice(texts, most):
            print(text)


def print_kinds(count: Count) -> None:
    """Recall by kind of fault, the weakest first."""
    print("\nkind of fault                  severity  recall   found of")
    names = count.found.keys() | count.missed.keys()
    rows = sorted((count.found[n] / (count.found[n] + count.missed[n]), n) for n in names)
    for share, name in rows:
        total = count.found[name] + count.missed[name]
        severity = INJECTORS[name].severity
        print(f"{name:30} {severity:8} {share:7.1%}   {count.found[name]:5} {total:4}")


def print_rules(count: Count) -> None:
    """Precision and recall by rule; the recall of a rule is of the faults that it was asked for."""
    print("\nrule  precision  right wrong   recall  asked")
    rules = count.right.keys() | count.wrong.keys() | count.asked.keys()
    for rule in sorted(rules):
        right, wrong, asked = count.right[rule], count.wrong[rule], count.asked[rule]
        precision = f"{right / (right + wrong):9.1%}" if right + wrong else " " * 9
        recall = f"{count.answered[rule] / asked:8.1%}" if asked else " " * 8
        print(f"{rule}  {precision}  {right:5} {wrong:5} {recall}  {asked:5}")


def print_shares(count: Count, draws: int, *, whole: bool) -> bool:
    """The shares of all; whether they are what is asked for."""
    right, wrong = count.right.total(), count.wrong.total()
    shares = {"precision": right / max(right + wrong, 1)}
    for severity in ("error", "warning", "info"):
        names = [n for n in count.found | count.missed if INJECTORS[n].severity == severity]
        found = sum(count.found[name] for name in names)
        total = found + sum(count.missed[name] for name in names)
        if total:
            shares[severity] = found / total
    print()
    if whole:
        print(f"{count.quiet} of {draws} right declarations without an error or a warning")
    print(f"precision of errors and warnings {shares['precision']:.1%} ({right}, {wrong} wrong)")
    for severity in shares.keys() - {"precision"}:
        print(f"recall of injected faults, {severity}: {shares[severity]:.1%}")
    return all(shares.get(name, 1) >= least for name, least in LEAST.items())


if __name__ == "__main__":
    main()
