"""A page from its start to its end, whatever the end is: nothing is left and nobody waits."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from tests.support.commands import runner
from tests.support.further import one_in
from tests.support.page import running_page, until

SOON = {"page.presence.AFTER_LEAVE": 0.3, "page.presence.AFTER_BREAK": 1.5}
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def left(page):
    """What is left of its folders."""
    return [path.name for path in page.temporary.glob("perfgoals-*")]


def children(process):
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] not in "ZX":
            found.append(int(path.parent.name))
    return found


def worker_of(page):
    """The process that reads."""
    for number in children(page.process.pid):
        if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes():
            return number
    return None


def line_of(client):
    """A line that a page holds."""
    link = client.connection()
    link.sendall(
        f"GET /api/alive HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
        f"Authorization: Bearer {client.token}\r\n\r\n".encode()
    )
    assert link.recv(1000).startswith(b"HTTP/1.1 200")
    return link


@pytest.fixture
def page(tmp_path):
    with running_page(tmp_path, changed=SOON) as page:
        yield page


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """A page for tests that do something to its worker; its list of actions is broken."""
    broken = {"page.offered.ACTIONS": 5}
    with running_page(tmp_path_factory.mktemp("lasting"), changed=broken) as page:
        yield page


@ONLY_LINUX
def test_a_named_file_is_there_and_read_and_the_original_untouched(tmp_path):
    office = tmp_path / "办公室"
    office.mkdir()
    path = Path(shutil.copy(example_path(EXAMPLE_SOURCE), office))
    path.chmod(0o400)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    folder = tmp_path / "收到"
    folder.mkdir()
    for name in ("2.txt", "10.txt", "照片.jpg", "~$2.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    with running_page(tmp_path, path, folder) as page:
        start = page.client.get("/api/start")
        files = page.client.get(f"/api/sets/{start['set']}")["files"]
        # Of a folder, all that can be read.
        assert [file["name"] for file in files] == [path.name, "2.txt", "10.txt"]
        if start["job"]:
            assert page.client.over(start["job"])["state"] == "done"
        result = page.client.get(f"/api/sets/{start['set']}/result")
        assert result["sources"][0]["name"] == path.name
        shown = [
            Path(f"/proc/{number}/cmdline").read_bytes()
            for number in (page.process.pid, *children(page.process.pid))
        ]
        assert not [line for line in shown if page.client.token.encode() in line]
        assert page.client.ask("POST", "/api/quit").status == 200
        assert page.end()[0] == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in office.iterdir()] == [path.name]
    assert left(page) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [("没有.xlsx", "找不到文件"), ("x.exe", "不能读取"), ("空", "文件夹中没有文件")],
)
def test_a_named_file_that_is_none(monkeypatch, capsys, tmp_path, name, told):
    (tmp_path / "空").mkdir()
    (tmp_path / "x.exe").write_bytes(b"MZ")
    run = runner(monkeypatch, capsys, tmp_path)("page", "--no-browser", tmp_path / name)
    assert run.code == 2
    assert told in run.err
    assert len(run.err.strip().splitlines()) == 1


def test_it_ends_when_its_page_has_gone(page):
    with line_of(page.client):
        assert not until(lambda: page.process.poll() is not None, 0.8)
    with line_of(page.client):
        assert not until(lambda: page.process.poll() is not None, 2)
    assert page.end()[0] == 0


@pytest.mark.parametrize(
    ("number", "code"), one_in(2, [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
)
def test_a_signal_ends_it_in_order_in_the_middle_of_everything(page, number, code):
    one = page.client.dropped(example_path(EXAMPLE_WORKBOOK))
    page.client.post(f"/api/sets/{one}/check")
    with line_of(page.client), line_of(page.client):
        page.process.send_signal(number)
        assert page.end(10) == (code, "已中断。\n")
    assert left(page) == []


@ONLY_LINUX
def test_what_is_killed_leaves_neither_files_nor_processes(page):
    page.client.dropped(example_path(EXAMPLE_WORKBOOK))
    folder = page.folder
    others = children(page.process.pid)
    page.process.kill()
    page.process.wait()
    assert until(lambda: not folder.exists() and left(page) == [])
    assert until(lambda: not any(Path(f"/proc/{number}/cwd").exists() for number in others))


def standing_still(page, one):
    """A job that is under way and comes to no end, and the process that does it."""
    assert until(lambda: worker_of(page))
    worker = worker_of(page)
    os.kill(worker, signal.SIGSTOP)
    job = page.client.post(f"/api/sets/{one}/check")["job"]
    assert until(lambda: page.client.get(f"/api/jobs/{job}?since=0")["state"] == "running")
    return job, worker


@ONLY_LINUX
def test_a_worker_that_is_killed_costs_its_job(lasting):
    one = lasting.client.dropped(example_path(EXAMPLE_SOURCE))
    job, worker = standing_still(lasting, one)
    os.kill(worker, signal.SIGKILL)
    told = lasting.client.over(job)
    assert told["state"] == "failed"
    assert "意外终止" in told["error"]
    assert lasting.client.checked(one)["sources"][0]["fault"] is None
    assert worker_of(lasting) not in (None, worker)


@ONLY_LINUX
def test_a_job_is_stopped_and_so_is_a_set_that_goes(lasting):
    one, other = (lasting.client.dropped(example_path(EXAMPLE_SOURCE)) for _ in range(2))
    job, worker = standing_still(lasting, one)
    assert lasting.client.ask("DELETE", f"/api/jobs/{job}").status == 200
    assert lasting.client.get(f"/api/jobs/{job}?since=0")["state"] == "stopped"
    assert lasting.client.ask("GET", f"/api/sets/{one}/result").status == 404
    assert not Path(f"/proc/{worker}").exists()
    job, worker = standing_still(lasting, one)
    sets = len(list(lasting.folder.glob("set-*")))
    assert lasting.client.ask("DELETE", f"/api/sets/{one}").status == 200
    assert lasting.client.over(job)["state"] == "stopped"
    assert len(list(lasting.folder.glob("set-*"))) == sets - 1
    assert len(list(lasting.folder.glob("worker-*"))) == 1
    assert lasting.client.checked(other)["sources"][0]["fault"] is None


def test_a_third_tab_holds_no_line(page):
    with line_of(page.client), line_of(page.client):
        assert page.client.get("/api/alive") == {"again": 30}


def test_two_persons_do_not_see_each_other(running, lasting):
    headers = {"Authorization": f"Bearer {running.client.token}"}
    assert lasting.client.ask("GET", "/api/start", headers=headers).status == 401
    one = lasting.client.dropped(example_path(EXAMPLE_SOURCE))
    assert running.client.ask("GET", f"/api/sets/{one}").status == 404


def test_a_fault_of_ours_is_one_line_and_a_log(lasting):
    told = lasting.client.ask("GET", "/api/actions")
    assert told.status == 500
    assert told.line.startswith("程序内部出错（TypeError）")
    assert "content-security-policy" in told.headers
    [log] = (lasting.temporary / "home" / ".perfgoals" / "logs").iterdir()
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert lasting.client.ask("POST", "/api/quit").status == 200
    assert lasting.end() == (0, "")
