"""Every engine: results in order whatever finishes first, few under way, a lost worker survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from perfgoals_xl import interrupts
from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.consolidation import consolidate_departments, engine_of
from perfgoals_xl.bureau.engines import Dask, Processes, ThisProcess, without_interrupts
from perfgoals_xl.errors import InputError
from tests.bureau.deadly import deadly_digests, deadly_threes
from tests.bureau.departments import write_text


def each(work, batch):
    """The work of every item of a batch."""
    return [work(item) for item in batch]


def by(size, items):
    """The items in batches of so many."""
    return [items[at : at + size] for at in range(0, len(items), size)]


ENGINES = {"here": ThisProcess(), "processes": Processes(2), "dask": Dask(2)}
# That all engines write the same is asked of Dask in make test too: see test_consolidation.py.
DASK = pytest.param("dask", marks=pytest.mark.exhaustive)
SEVERAL = ["processes", DASK]
EACH = ["here", *SEVERAL]


def slow_first(item: int) -> int:
    time.sleep(0.3 if item % 3 == 0 else 0.01)
    return item


def met(folder: Path, item: int) -> int:
    """Waits until another worker is at work too."""
    (folder / str(os.getpid())).touch()
    for _ in range(600):
        if len(list(folder.iterdir())) > 1:
            break
        time.sleep(0.1)
    return os.getpid()


def deadly(item: int) -> int:
    if item in (3, 9):
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def failing(item: int) -> int:
    if item == 2:
        raise InputError("不行")
    return item


def noted(folder: Path, item: int) -> int:
    (folder / str(item)).touch()
    return item


def no_loss(item: int) -> int:
    raise AssertionError(item)


@pytest.mark.parametrize("name", EACH)
def test_results_come_in_the_order_of_the_items(name):
    assert list(ENGINES[name].map(partial(each, slow_first), by(5, range(12)), no_loss)) == list(
        range(12)
    )


@pytest.mark.parametrize("name", SEVERAL)
def test_several_workers_are_at_work_at_once(name, tmp_path):
    workers = set(
        ENGINES[name].map(partial(each, partial(met, tmp_path)), by(1, range(6)), no_loss)
    )
    assert len(workers) == 2
    assert os.getpid() not in workers


@pytest.mark.slow
@pytest.mark.parametrize("name", SEVERAL)
def test_an_item_that_kills_its_worker_costs_itself_alone(name):
    batches = by(4, range(14))
    results = list(ENGINES[name].map(partial(each, deadly), batches, lambda item: -item))
    assert results == [0, 1, 2, -3, 4, 5, 6, 7, 8, -9, 10, 11, 12, 13]


@pytest.mark.parametrize(("items", "jobs"), [([3], 1), ([3, 1], 1), ([1, 3], 2)])
@pytest.mark.parametrize("size", [1, 2])
def test_with_few_items_or_one_worker_a_death_costs_no_more(items, jobs, size):
    batches = by(size, items)
    results = list(Processes(jobs).map(deadly_threes, batches, lambda item: -item))
    assert results == [-3 if item == 3 else item for item in items]


def together_deadly(folder, batch):
    """Ends its process when it is given more than one item, as too large a batch does."""
    (folder / "-".join(map(str, batch))).touch()
    if len(batch) > 1:
        os.abort()
    return [10 * batch[0]]


def test_items_that_are_too_much_together_are_done_one_by_one(tmp_path):
    work = partial(together_deadly, tmp_path)
    assert list(Processes(1).map(work, [[1, 2, 3]], no_loss)) == [10, 20, 30]
    assert {path.name for path in tmp_path.iterdir()} == {"1-2-3", "1", "2", "3"}


@pytest.mark.parametrize(
    ("names", "jobs"), [("害", 1), ("好害", None), ("好好害好好好好好好好好好好好好好好好好好", 1)]
)
def test_a_file_that_kills_its_worker_costs_its_own_row(tmp_path, monkeypatch, names, jobs):
    monkeypatch.setattr(consolidation, "digests", deadly_digests)
    paths = [
        write_text(tmp_path / f"{number}{name}.txt", f"青岚县第{number}局")
        for number, name in enumerate(names)
    ]
    output = tmp_path / "汇总.xlsx"
    if "好" not in names:
        with pytest.raises(InputError, match="进程意外终止"):
            consolidate_departments(paths, output, jobs=jobs)
        assert not output.exists()
        return
    outcome = consolidate_departments(paths, output, jobs=jobs)
    assert output.exists()
    for path, line in zip(paths, outcome.lines, strict=True):
        assert line.counts == ("害" not in path.name)
        assert ("进程意外终止" in line.reason) == ("害" in path.name)


def test_no_number_of_files_or_jobs_is_read_in_this_process():
    for files in (1, 2, 50):
        for jobs in (None, 1, 4):
            assert isinstance(engine_of("processes", jobs, None, files), Processes)


SCRIPT = """
import os, sys
print("begun", flush=True)
from perfgoals_xl.bureau.engines import Processes
before = dict(vars(sys.modules["__main__"]))
results = Processes(2).map(os.path.commonprefix, [["a/b", "a/c"], ["d"], ["efg", "eff"]], None)
print(*results, flush=True)
for name in ("__file__", "__spec__"):
    assert before.get(name) == globals().get(name), name
"""


@pytest.mark.parametrize("way", ["file", "-m", "input"])
def test_a_script_without_a_main_guard_begins_once(tmp_path, way):
    (tmp_path / "script.py").write_text(SCRIPT)
    arguments = {
        "file": ["script.py"],
        "-c": ["-c", SCRIPT],
        "-m": ["-m", "script"],
        "input": ["-"],
    }
    run = subprocess.run(
        [sys.executable, *arguments[way]],
        input=SCRIPT if way == "input" else "",
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        check=False,
    )
    assert (run.stdout, run.stderr, run.returncode) == ("begun\na / d e f\n", "", 0)


GUARDED = """
import functools
from perfgoals_xl.bureau.engines import Processes

def doubled(batch, times=2):
    return [item * times for item in batch]

if __name__ == "__main__":
    print(*Processes(2).map(doubled, [[0, 1], [2]], None))
    print(*Processes(1).map(functools.partial(doubled, times=3), [[0, 1], [2]], None))
"""


def test_work_that_a_script_holds_itself_is_found(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(GUARDED)
    run = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=120, check=True
    )
    assert run.stdout == "0 2 4\n0 3 6\n"


@pytest.mark.parametrize("name", EACH)
def test_an_error_of_the_work_is_raised_in_its_turn(name):
    results = ENGINES[name].map(partial(each, failing), by(1, range(5)), no_loss)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(InputError, match="不行"):
        next(results)


@pytest.mark.parametrize("name", EACH)
def test_only_a_few_items_are_begun_before_they_are_asked_for(name, tmp_path):
    results = ENGINES[name].map(partial(each, partial(noted, tmp_path)), by(1, range(60)), no_loss)
    assert next(results) == 0
    time.sleep(1)
    assert len(list(tmp_path.iterdir())) <= 9
    results.close() if hasattr(results, "close") else None


@pytest.mark.parametrize("name", EACH)
def test_no_items_are_no_work(name):
    assert list(ENGINES[name].map(partial(each, failing), [], no_loss)) == []


KILLED = """
import sys, time
from perfgoals_xl.bureau.engines import Processes

def work(batch):
    print(__import__("os").getpid(), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    list(Processes(2).map(work, [[n] for n in range(8)], None))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(KILLED)
    command = [sys.executable, str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        assert all(alive(worker) for worker in workers)
        parent.kill()
    for _ in range(100):
        if not any(map(alive, workers)):
            break
        time.sleep(0.1)
    assert not any(map(alive, workers))


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_scheduler_that_cannot_be_reached_is_told(monkeypatch):
    from perfgoals_xl.bureau import dask_cluster

    monkeypatch.setattr(dask_cluster, "_PATIENCE", 1)
    with pytest.raises(InputError, match=r"连不上调度器 tcp://127\.0\.0\.1:9"):
        list(Dask(1, "tcp://127.0.0.1:9").map(partial(each, failing), [[1]], no_loss))
    with pytest.raises(InputError, match="连不上调度器 何处"):
        list(Dask(1, "何处").map(partial(each, failing), [[1]], no_loss))


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "perfgoals_xl.bureau.dask_cluster", raising=False)
    with pytest.raises(InputError, match=r"perfgoals-xl\[dask\]"):
        list(Dask(1).map(partial(each, failing), [[1]], no_loss))


@pytest.fixture
def own_cluster(tmp_path):
    """A cluster that somebody else started, at an address."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        local_directory=str(tmp_path),
        silence_logs=50,
    ) as cluster:
        yield cluster


@pytest.mark.exhaustive
def test_a_cluster_of_somebody_else_is_used_and_left_running(own_cluster):
    address = own_cluster.scheduler_address
    for _ in range(2):
        assert list(
            Dask(1, address).map(partial(each, slow_first), by(2, range(5)), no_loss)
        ) == list(range(5))


def test_a_cluster_with_another_version_is_refused(own_cluster, monkeypatch):
    from perfgoals_xl.bureau import dask_cluster

    monkeypatch.setattr(dask_cluster, "__version__", "9.9")
    with pytest.raises(InputError, match=r"这里是 9\.9"):
        list(
            Dask(1, own_cluster.scheduler_address).map(
                partial(each, slow_first), by(2, range(5)), no_loss
            )
        )


@pytest.mark.exhaustive
def test_a_lost_scheduler_is_told_in_one_line(own_cluster):
    results = Dask(1, own_cluster.scheduler_address).map(
        partial(each, slow_first), by(1, range(60)), no_loss
    )
    assert next(results) == 0
    own_cluster.close()
    with pytest.raises(InputError, match="连接中断"):
        list(results)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_waits_until_a_worker_has_been_told_its_work(number):
    told = []

    def start_while_it_comes():
        with without_interrupts():
            os.kill(os.getpid(), number)
            time.sleep(0.01)
            told.append("all")
        told.append("more")

    # Who starts the tests in the background may have told them to ignore one.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with interrupts.listening(), pytest.raises(SystemExit) as ended:
            start_while_it_comes()
    finally:
        signal.signal(number, before)
    assert told == ["all"]
    assert ended.value.code == 128 + number
