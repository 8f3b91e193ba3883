from __future__ import annotations

import multiprocessing
import tempfile
import threading

from perfgoals_xl.page.tasks import Event, Task
from perfgoals_xl.page.worker import serving, tasks_done


def test_it_does_task_after_task_and_says_when_it_is_tired(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(serving, "begin_worker", lambda: None)
    monkeypatch.setattr(serving, "MOST_TASKS", 2)
    monkeypatch.setattr(tasks_done, "do", lambda task, tell: Event("done", task.output))
    mine, theirs = multiprocessing.Pipe()
    worker = threading.Thread(target=serving.serve, args=(theirs, str(tmp_path)))
    worker.start()
    assert mine.recv() == Event("ready")
    for output, tired in (("1", False), ("2", True)):
        mine.send(Task(None, "", (), output))
        assert mine.recv() == Event("done", output, tired=tired)
    monkeypatch.setattr(serving, "MOST_TASKS", 100)
    monkeypatch.setattr(serving, "MOST_BYTES", 1)
    mine.send(Task(None, "", (), "3"))
    assert mine.recv().tired
    mine.close()
    worker.join(10)
    assert not worker.is_alive()


def test_its_memory_is_known():
    assert serving.resident_bytes() > 10_000_000
