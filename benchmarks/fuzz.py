"""Reads files that were changed at random, until the time is over; prints what goes wrong.

``make fuzz`` runs a minute; ``--seconds`` makes it longer, ``--seed`` begins elsewhere. A file that
fails is kept beside its seed with ``--keep``. The exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.fuzzing import CORPUS, fault_of, mutants


def main() -> None:
    """Runs, and prints a line for every kind of fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--count", type=int, help="so many files, however long they take")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    kinds: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="perfgoals-fuzz-") as name:
        for seed, mutant in mutants(arguments.seed, arguments.corpus):
            done = seed - arguments.seed
            if done >= arguments.count if arguments.count else time.monotonic() > end:
                break
            formats[Path(mutant.name).suffix] += 1
            told = fault_of(mutant, Path(name))
            if told is not None:
                kinds[told.splitlines()[0][:60]] += 1
                print(f"seed {seed} {mutant.name}: {told[:200]}", flush=True)
                if arguments.keep:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    (arguments.keep / f"{seed}-{mutant.name}").write_bytes(mutant.data)
    told = ", ".join(f"{suffix} {number}" for suffix, number in sorted(formats.items()))
    print(f"{sum(formats.values())} files ({told}); {sum(kinds.values())} faults")
    for kind, number in kinds.most_common():
        print(f"{number:6} {kind}")
    raise SystemExit(bool(kinds))


if __name__ == "__main__":
    main()
