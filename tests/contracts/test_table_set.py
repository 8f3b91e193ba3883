"""The three tables together."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest

from perfgoals_xl import contracts
from perfgoals_xl.api import load
from perfgoals_xl.export import frames
from tests.bureau.departments import write_county


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = write_county(tmp_path_factory.mktemp("县"), 3)
    return frames([load(path) for path in sorted(folder.iterdir())])


def cases(tables):
    with pytest.raises(pa.errors.SchemaErrors) as told:
        contracts.validate(tables)
    found = told.value.failure_cases[["column", "check", "index", "failure_case"]]
    return list(found.itertuples(index=False, name=None))


def test_tables_of_several_files(tables):
    valid = contracts.validate(tables)
    assert list(valid) == list(tables)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(valid[name], frame)


def test_a_department_without_goals_of_its_own(tables):
    some = {name: tables[name] for name in ("projects", "indicators")}
    assert list(contracts.validate(some)) == ["projects", "indicators"]


def test_an_indicator_of_no_project(tables):
    indicators = tables["indicators"].copy()
    indicators.loc[7, "project"] = 9
    assert cases(tables | {"indicators": indicators}) == [("project", "project_exists", 7, 9)]


def test_an_indicator_of_a_project_of_another_file(tables):
    indicators = tables["indicators"].copy()
    indicators.loc[7, "file"] = "别处.xlsx"
    ((column, check, index, _),) = cases(tables | {"indicators": indicators})
    assert (column, check, index) == ("project", "project_exists", 7)


def test_projects_whose_rows_are_missing(tables):
    projects = tables["projects"].drop(index=2)
    found = cases(tables | {"projects": projects})
    file, project = tables["projects"].loc[2, ["file", "project"]]
    own = (tables["indicators"]["file"] == file) & (tables["indicators"]["project"] == project)
    expected = tables["indicators"].index[own]
    assert [index for _, _, index, _ in found] == list(expected)


def test_a_project_under_another_name(tables):
    indicators = tables["indicators"].copy()
    indicators.loc[3, "project_name"] = "另一个项目"
    assert cases(tables | {"indicators": indicators}) == [
        ("project_name", "named_as_in_projects", 3, "另一个项目")
    ]


def test_a_project_without_a_name_is_no_contradiction(tables):
    projects, indicators = tables["projects"].copy(), tables["indicators"].copy()
    key = projects.loc[0, "file"], projects.loc[0, "project"]
    projects.loc[0, "project_name"] = None
    own = (indicators["file"] == key[0]) & (indicators["project"] == key[1])
    indicators.loc[own, "project_name"] = None
    contracts.validate(tables | {"projects": projects, "indicators": indicators})


def test_the_same_file_twice(tables):
    twice = {name: pd.concat([frame, frame], ignore_index=True) for name, frame in tables.items()}
    found = cases(twice)
    assert {check for _, check, _, _ in found} == {"project_is_there_once"}
    assert len(found) == len(twice["projects"])


def test_a_fault_in_one_table_is_that_tables_report(tables):
    goals = tables["department_goals"].assign(cell="?")
    if goals.empty:
        goals = pd.concat([goals, pd.DataFrame([{"file": "a", "sheet": "表", "cell": "?"}])])
    assert ("cell", "?") in {
        (c, value) for c, _, _, value in cases(tables | {"department_goals": goals})
    }


@pytest.mark.parametrize(
    ("change", "named"),
    [({"findings": pd.DataFrame()}, "findings"), ({"projects": None}, "projects")],
)
def test_tables_that_are_none_of_ours_or_missing(tables, change, named):
    asked = {name: frame for name, frame in (tables | change).items() if frame is not None}
    with pytest.raises(KeyError, match=named):
        contracts.validate(asked)
