"""Jobs one after the other, with a worker that does as the test says."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.jobs import Jobs
from perfgoals_xl.page.tasks import Event, Task

DONE = Event("done", result={"name": "出.xlsx"})


class FakeWorker:
    def __init__(self):
        self.tasks = []
        self.events = asyncio.Queue()
        self.is_alive = True

    def send(self, task):
        if not self.is_alive:
            raise BrokenPipeError
        self.tasks.append(task)

    async def event(self):
        return await self.events.get()

    def tell(self, *events):
        for event in events:
            self.events.put_nowait(event)

    def end(self):
        self.is_alive = False
        self.events.put_nowait(None)


@asynccontextmanager
async def started():
    workers = []

    def start():
        workers.append(FakeWorker())
        return workers[-1]

    jobs = Jobs(start)
    running = asyncio.create_task(jobs.run())
    await settled()
    yield jobs, workers
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert not any(worker.is_alive for worker in workers)


async def settled():
    for _ in range(20):
        await asyncio.sleep(0)


def task(name="check"):
    return Task(name, "", (), "")


def run(story):
    asyncio.run(story())


def finished(made):
    return {"made": made.get("name")}


def test_a_job_from_its_beginning_to_its_end():
    async def story():
        async with started() as (jobs, [worker]):
            job = jobs.submit("甲", task(), finished)
            assert (job.state, jobs.of_set("甲")) == ("waiting", job)
            await settled()
            assert job.state == "running"
            worker.tell(Event("doing", "正在读取 表.xlsx"), Event("progress", done=1, of=3))
            worker.tell(Event("note", "注意：甲"))
            await settled()
            told = job.to_json()
            assert (told["doing"], told["done"], told["of"]) == ("正在读取 表.xlsx", 1, 3)
            worker.tell(DONE)
            await settled()
            told = job.to_json()
            assert (told["state"], told["output"]) == ("done", {"made": "出.xlsx"})
            assert (told["told"], told["doing"]) == (["注意：甲"], "")
            assert jobs.of_set("甲") is None

    run(story)


def test_jobs_wait_for_each_other():
    async def story():
        async with started() as (jobs, [worker]):
            first, second = (jobs.submit(name, task(), finished) for name in "甲乙")
            await settled()
            assert (first.state, second.state, len(worker.tasks)) == ("running", "waiting", 1)
            worker.tell(DONE)
            await settled()
            assert (first.state, second.state, len(worker.tasks)) == ("done", "running", 2)

    run(story)


def test_a_fault_ends_one_job_and_no_other():
    async def story():
        async with started() as (jobs, workers):
            first, second = (jobs.submit("甲", task(), finished) for _ in range(2))
            workers[0].tell(Event("failed", "文件是空的"), DONE)
            await settled()
            assert (first.state, first.error) == ("failed", "文件是空的")
            assert second.state == "done"
            assert len(workers) == 1

    run(story)


def test_a_worker_that_dies_costs_its_job_and_says_where():
    async def story():
        async with started() as (jobs, workers):
            first, second = (jobs.submit("甲", task(), finished) for _ in range(2))
            await settled()
            workers[0].tell(Event("doing", "正在读取 坏.xlsx"), None)
            workers[0].is_alive = False
            await settled()
            assert first.state == "failed"
            assert first.error.startswith("正在读取 坏.xlsx 时进程意外终止")
            assert (len(workers), second.state) == (2, "running")
            workers[1].tell(DONE)
            await settled()
            assert second.state == "done"

    run(story)


def test_a_worker_that_died_while_it_had_nothing_to_do():
    async def story():
        async with started() as (jobs, workers):
            workers[0].end()
            job = jobs.submit("甲", task(), finished)
            await settled()
            assert (len(workers), job.state) == (2, "running")
            workers[1].tell(DONE)
            await settled()
            assert job.state == "done"

    run(story)


def test_a_running_job_is_stopped_with_its_worker():
    async def story():
        async with started() as (jobs, workers):
            first, second = (jobs.submit("甲", task(), finished) for _ in range(2))
            await settled()
            jobs.stop(first)
            await settled()
            assert (first.state, workers[0].is_alive) == ("stopped", False)
            assert (len(workers), second.state) == (2, "running")

    run(story)


def test_what_was_on_its_way_does_not_revive_a_stopped_job():
    async def story():
        async with started() as (jobs, workers):
            first, second = (jobs.submit("甲", task(), finished) for _ in range(2))
            await settled()
            workers[0].tell(Event("progress", done=1, of=1), DONE)
            jobs.stop(first)
            await settled()
            assert (first.state, first.output) == ("stopped", None)
            assert second.state == "running"
            workers[-1].tell(DONE)
            await settled()
            assert second.state == "done"

    run(story)


def test_a_waiting_job_is_stopped_and_nothing_else():
    async def story():
        async with started() as (jobs, [worker]):
            first, second = (jobs.submit("甲", task(), finished) for _ in range(2))
            await settled()
            jobs.stop(second)
            worker.tell(DONE)
            await settled()
            assert (first.state, second.state, len(worker.tasks)) == ("done", "stopped", 1)
            assert worker.is_alive

    run(story)


def test_all_of_a_set_are_stopped_and_none_of_another():
    async def story():
        async with started() as (jobs, _):
            mine = [jobs.submit("甲", task(), finished) for _ in range(2)]
            other = jobs.submit("乙", task(), finished)
            await settled()
            jobs.stop_set("甲")
            await settled()
            assert [job.state for job in mine] == ["stopped", "stopped"]
            assert other.state == "running"

    run(story)


def test_a_tired_worker_is_followed_by_a_new_one():
    async def story():
        async with started() as (jobs, workers):
            jobs.submit("甲", task(), finished)
            workers[0].tell(DONE._replace(tired=True))
            await settled()
            assert [worker.is_alive for worker in workers] == [False, True]

    run(story)


def test_an_output_that_has_no_place_any_more():
    async def story():
        def refuse(made):
            raise Refusal(404, "这些文件已经移除。")

        async with started() as (jobs, [worker]):
            job = jobs.submit("甲", task(), refuse)
            worker.tell(DONE)
            await settled()
            assert (job.state, job.error) == ("failed", "这些文件已经移除。")

    run(story)


def test_an_output_that_the_disk_does_not_take():
    async def story():
        def full(made):
            raise OSError(28, "No space left on device")

        async with started() as (jobs, [worker]):
            first, second = jobs.submit("甲", task(), full), jobs.submit("甲", task(), finished)
            worker.tell(DONE, DONE)
            await settled()
            assert (first.state, "磁盘空间不足" in first.error) == ("failed", True)
            assert second.state == "done"

    run(story)


def test_a_fault_of_ours_costs_one_job(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    async def story():
        def broken(made):
            raise ZeroDivisionError

        async with started() as (jobs, workers):
            first, second = jobs.submit("甲", task(), broken), jobs.submit("甲", task(), finished)
            workers[0].tell(DONE)
            await settled()
            assert (first.state, "ZeroDivisionError" in first.error) == ("failed", True)
            workers[-1].tell(DONE)
            await settled()
            assert second.state == "done"

    run(story)


def test_where_no_process_can_be_started_that_is_told_and_tried_again():
    async def story():
        workers = []

        def start():
            workers.append(None)
            if len(workers) < 3:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            return FakeWorker()

        jobs = Jobs(start)
        running = asyncio.create_task(jobs.run())
        first = jobs.submit("甲", task(), finished)
        await settled()
        assert (first.state, "没有资源" in first.error) == ("failed", True)
        second = jobs.submit("甲", task(), finished)
        await settled()
        assert second.state == "running"
        running.cancel()

    run(story)


def test_news_are_waited_for_and_come_at_once_when_there_are_some():
    async def story():
        async with started() as (jobs, [worker]):
            job = jobs.submit("甲", task(), finished)
            await settled()
            await asyncio.wait_for(job.news(0, 60), 1)
            waiting = asyncio.create_task(job.news(job.seq, 60))
            await settled()
            assert not waiting.done()
            worker.tell(Event("progress", done=1, of=2))
            await asyncio.wait_for(waiting, 1)
            await job.news(job.seq, 0.01)
            worker.tell(DONE)
            await settled()
            await asyncio.wait_for(job.news(job.seq, 60), 1)

    run(story)


def test_too_many_waiting_jobs_and_unknown_ones_are_refused():
    async def story():
        async with started() as (jobs, _):
            for _ in range(50):
                jobs.submit("甲", task(), finished)
            with pytest.raises(Refusal, match="太多"):
                jobs.submit("甲", task(), finished)
            with pytest.raises(Refusal, match="没有这项工作"):
                jobs.get("另一个")

    run(story)


def test_old_jobs_are_forgotten_and_running_ones_are_not():
    async def story():
        async with started() as (jobs, [worker]):
            first = jobs.submit("甲", task(), finished)
            for _ in range(300):
                worker.tell(DONE)
                last = jobs.submit("甲", task(), finished)
                await settled()
            assert jobs.get(last.id) is last
            with pytest.raises(Refusal):
                jobs.get(first.id)

    run(story)
