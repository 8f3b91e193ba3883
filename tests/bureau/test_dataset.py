"""Parquet of many departments: partitions, types, values, and what is never overwritten."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
import pytest

from perfgoals_xl.api import load
from perfgoals_xl.bureau.dataset import write_datasets
from perfgoals_xl.bureau.digest import COLUMNS, digest
from perfgoals_xl.errors import InputError
from perfgoals_xl.export import write
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from tests.bureau.departments import department_text, write_county, write_text, write_unreadable
from tests.support.commands import listing, runner

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def written(tmp_path: Path, *files: Path) -> Path:
    folder = tmp_path / "数据"
    write_datasets((digest(str(file), reviewed=False) for file in files), folder, strict=True)
    return folder


def test_one_dataset_a_table_partitioned_by_year_and_department(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 4)
    write_text(folder / "旧.txt", "青岚县第1局", year=2025)
    write_unreadable(folder)
    run = perfgoals("export", folder, "--format", "parquet", "-o", "数据")
    assert run.code == 0
    assert run.err.count("注意：") == 10
    assert run.err.splitlines()[-1] == "已写出 数据：5 个文件，10 个项目，110 个指标。"
    parts = sorted(str(p.parent.parent.name) + p.parent.name for p in tmp_path.rglob("*.parquet"))
    assert "year=2025department=青岚县第1局" in parts
    projects = ds.dataset(tmp_path / "数据" / "projects.parquet", partitioning="hive")
    old = projects.to_table(filter=ds.field("year") == 2025).to_pandas()
    assert list(old["project_name"]) == list(
        load(folder / "旧.txt").projects.values["project_name"]
    )
    of_one = ds.field("department") == "青岚县第3局"
    assert projects.to_table(filter=of_one).num_rows == 2


def test_the_data_are_those_of_the_flat_files(tmp_path):
    folder = write_county(tmp_path / "县", 4)
    files = sorted(folder.iterdir())
    data = written(tmp_path, *files)
    write([load(file) for file in files], "csv", tmp_path / "平", io.StringIO())
    for name in COLUMNS:
        if not any(len(getattr(load(file), name)) for file in files):
            continue
        expected = pd.read_csv(tmp_path / "平" / f"{name}.csv", dtype=str, keep_default_na=False)
        read = pd.read_parquet(data / f"{name}.parquet").fillna("").astype(str)
        read["year"] = read.get("title_year", read["year"])
        assert sorted(set(expected) - set(read)) == []
        for column in expected:
            own = [plain(value) for value in read[column]]
            assert own == [plain(value) for value in expected[column]], (name, column)


def plain(value: str) -> str:
    """Numbers without what their type adds: 280.000000000000 and 280 are one."""
    try:
        return f"{Decimal(value).normalize():f}"
    except ArithmeticError:
        return value.removeprefix("'")


def test_all_partitions_have_the_same_types(tmp_path):
    bare = department_text("青岚县水务局").replace("\t280", "\t").replace("\t15", "\t待定")
    (tmp_path / "a.txt").write_text(bare)
    more = department_text("青岚县民政局").replace("\t280", "\t280.123456789012345")
    (tmp_path / "b.txt").write_text(more)
    data = written(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt")
    for name in ("projects", "indicators"):
        schemas = {str(ds.dataset(p).schema) for p in (data / f"{name}.parquet").rglob("*.parquet")}
        assert len(schemas) == 1
    projects = pd.read_parquet(data / "projects.parquet").set_index("department")
    assert projects.loc["青岚县水务局", "annual_amount"].isna().iloc[0]
    assert projects.loc["青岚县民政局", "annual_amount"].iloc[0] == Decimal("280.123456789012")
    assert all(isinstance(a, Decimal) for a in projects[AMOUNT_FIELDS[0]].dropna())


@pytest.mark.parametrize(
    "name", ["甲/乙局", "50%局", "a:b*c?局", "局.", "..", 'x"<>|局', "长" * 200, "\t局"]
)
def test_a_department_is_read_back_whatever_its_name(tmp_path, name):
    file = write_text(tmp_path / "a.txt")
    one = replace(digest(str(file), reviewed=False), department=name)
    write_datasets([one], tmp_path / "数据", strict=True)
    projects = pd.read_parquet(tmp_path / "数据" / "projects.parquet")
    (read,) = set(projects["department"])
    assert read == name.strip() if len(name) < 80 else read.startswith(name[:71])
    (path,) = (tmp_path / "数据" / "projects.parquet" / "year=2026").iterdir()
    assert not set(path.name) & set('\\/:*?"<>|\t')


def test_no_department_and_no_year(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        department_text().replace("2026年青岚县林业和草原局部门", "").replace("2026", "")
    )
    assert load(file).year is None
    projects = pd.read_parquet(written(tmp_path, file) / "projects.parquet")
    assert set(projects["year"]) == {0}
    bare = replace(digest(str(file), reviewed=False), department=None)
    write_datasets([bare], tmp_path / "再", strict=True)
    projects = pd.read_parquet(tmp_path / "再" / "projects.parquet")
    assert set(projects["department"]) == {"未写明部门"}


def test_an_export_replaces_the_one_before_it(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 3)
    call = ("export", folder, "--format", "parquet", "-o", "数据")
    perfgoals(*call)
    (folder / "1局.txt").unlink()
    assert perfgoals(*call).code == 0
    projects = pd.read_parquet(tmp_path / "数据" / "projects.parquet")
    assert len(projects) == 4
    assert not [name for name in listing(tmp_path / "数据") if "~" in name or name.endswith("old")]


def test_files_of_somebody_else_are_not_replaced(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 1)
    place = tmp_path / "数据" / "projects.parquet"
    place.mkdir(parents=True)
    (place / "笔记.txt").write_text("我的")
    run = perfgoals("export", folder, "--format", "parquet", "-o", "数据")
    assert run.code == 2
    assert "没有覆盖" in run.err
    assert listing(tmp_path / "数据") == ["projects.parquet", "projects.parquet/笔记.txt"]


def test_a_file_that_was_named_must_be_readable(perfgoals, tmp_path):
    good = write_text(tmp_path / "a.txt")
    (tmp_path / "空.xlsx").touch()
    run = perfgoals("export", good, "空.xlsx", "--format", "parquet", "-o", "数据")
    assert run.code == 2
    (line,) = run.err.splitlines()
    assert "空.xlsx：文件是空的" in line
    assert not (tmp_path / "数据" / "projects.parquet").exists()


def test_the_same_file_twice_counts_once(perfgoals, tmp_path):
    write_text(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.txt").read_bytes())
    run = perfgoals("export", "a.txt", "b.txt", "--format", "parquet", "-o", "数据")
    assert run.code == 0
    assert "b.txt：与 a.txt 内容相同，只计一次" in run.err
    assert len(pd.read_parquet(tmp_path / "数据" / "projects.parquet")) == 2


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"perfgoals-xl\[parquet\]"):
        write_datasets([], tmp_path / "数据", strict=True)
    assert not (tmp_path / "数据").exists()


def test_long_names_that_begin_alike_stay_two(tmp_path):
    file = write_text(tmp_path / "a.txt")
    both = [
        replace(digest(str(file), reviewed=False), department="长" * 90 + end, sha256=end)
        for end in "甲乙"
    ]
    write_datasets(both, tmp_path / "数据", strict=True)
    projects = pd.read_parquet(tmp_path / "数据" / "projects.parquet")
    assert projects["department"].nunique() == 2


def test_good_data_are_not_replaced_by_nothing(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 1)
    call = ("export", folder, "--format", "parquet", "-o", "数据")
    perfgoals(*call)
    (folder / "1局.txt").write_text("")
    run = perfgoals(*call)
    assert run.code == 2
    assert "没有一个文件能读出" in run.err
    assert len(pd.read_parquet(tmp_path / "数据" / "projects.parquet")) == 2


def test_data_inside_the_folder_that_is_read_are_no_source(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 2)
    call = ("export", folder, "--format", "parquet", "-o", folder)
    first, second = perfgoals(*call), perfgoals(*call)
    assert (first.code, first.err) == (second.code, second.err)
    assert "注意" not in second.err


def test_options_of_the_engines_are_for_datasets_alone(perfgoals, tmp_path):
    path = write_text(tmp_path / "a.txt")
    for call in (("--jobs", "2"), ("--engine", "dask"), ("--scheduler", "tcp://a:1")):
        run = perfgoals("export", path, *call)
        assert run.code == 2
        assert "只用于把 Parquet 写到文件夹" in run.err
