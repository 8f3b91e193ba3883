"""Every way in which a table leaves the program, read back as an analyst would."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from perfgoals_xl.api import load
from perfgoals_xl.bureau.dataset import write_datasets
from perfgoals_xl.bureau.digest import digest
from perfgoals_xl.export import frames, write

NAMES = ("projects", "indicators", "department_goals")


def _frames(source: Path, folder: Path) -> Mapping[str, pd.DataFrame]:
    return frames([load(source)])


def _csv(source: Path, folder: Path, **options: object) -> Mapping[str, pd.DataFrame]:
    write([load(source)], "csv", folder / "数据", io.StringIO())
    return {name: pd.read_csv(folder / "数据" / f"{name}.csv", **options) for name in NAMES}


def _csv_as_text(source: Path, folder: Path) -> Mapping[str, pd.DataFrame]:
    return _csv(source, folder, dtype=str, keep_default_na=False)


def _parquet(source: Path, folder: Path) -> Mapping[str, pd.DataFrame]:
    write([load(source)], "parquet", folder / "数据", io.StringIO())
    return {name: pd.read_parquet(folder / "数据" / f"{name}.parquet") for name in NAMES}


def _dataset(source: Path, folder: Path) -> Mapping[str, pd.DataFrame]:
    write_datasets([digest(str(source), reviewed=False)], folder / "数据", strict=True)
    return {name: pd.read_parquet(folder / "数据" / f"{name}.parquet") for name in NAMES}


WAYS: Mapping[str, Callable[[Path, Path], Mapping[str, pd.DataFrame]]] = {
    "frames": _frames,
    "csv": _csv,
    "csv as text": _csv_as_text,
    "parquet": _parquet,
    "dataset": _dataset,
}
