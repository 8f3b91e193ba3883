"""What can be asked of the server, one method for each question."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from perfgoals_xl._version import __version__
from perfgoals_xl.bureau.source_files import source_files
from perfgoals_xl.console import tell
from perfgoals_xl.errors import InputError
from perfgoals_xl.page import offered, shell, typed_reasons
from perfgoals_xl.page.answers import Refusal, answer, body_of, refusal
from perfgoals_xl.page.dropped_files import MOST_SET_BYTES, FileSet, FileSets, most_bytes
from perfgoals_xl.page.guard import Guard
from perfgoals_xl.page.jobs import Job, Jobs
from perfgoals_xl.page.presence import Presence
from perfgoals_xl.page.tasks import Task
from perfgoals_xl.page.uploads import receive
from perfgoals_xl.page.worker_process import WorkerProcess
from perfgoals_xl.review.catalogue import RULES_VERSION

_POLL = 20.0
_HEARTBEAT = 15.0
_TICK = 0.5
_AGAIN = 30
_YEARS = range(2000, 2100)
_LANGUAGES = ("zh", "en")
_BYTES = "application/octet-stream"


class Page:
    """One start of the page: its sets, its jobs and whether anybody is there.

    ``ask_to_end`` is called when the person has gone or wants to quit.
    """

    def __init__(
        self, folder: Path, *, port: int, token: str, language: str = "zh"
    ) -> None:  # fmt: skip
        self._folder = folder
        self._language = language
        self.ask_to_end: Callable[[], None] = lambda: None
        self.sets = FileSets(folder)
        self.jobs = Jobs(lambda: WorkerProcess(folder))
        self.presence = Presence()
        self.asked_for = asyncio.Event()
        self.ending = False
        self._first: FileSet | None = None
        inside = Starlette(
            routes=[*shell.routes(), *self._routes()],
            exception_handlers={
                Refusal: _refused, HTTPException: _no_such, Exception: _our_fault,
                ClientDisconnect: _gone,
            },
            lifespan=self._life,
        )  # fmt: skip
        # An address is right or wrong.
        inside.router.redirect_slashes = False
        # Outside of everything, so that every answer is marked.
        self.app = Guard(inside, port=port, token=token, seen=self._seen)

    def take(self, sources: Sequence[Path]) -> None:
        """Copies what was named with the call into a first set, which is then checked.

        What stands in a folder and is not taken is told in a line. Raises ``InputError`` for a file
        that is not taken, ``OSError`` for one that cannot be read.
        """
        self._first = self.sets.new()
        for source in sources:
            in_folder = source.is_dir()
            for file in source_files([source]):
                try:
                    self._first.copy(file)
                except Refusal as refused:
                    if not in_folder:
                        raise InputError(refused.line) from refused
                    tell(f"注意：{refused.line}")

    def _routes(self) -> list[Route]:
        one = "/api/sets/{set}"
        asked: list[tuple[str, str, Callable[[Request], Any]]] = [
            ("GET", "/api/start", self._start),
            ("GET", "/api/actions", self._actions),
            ("GET", "/api/alive", self._alive),
            ("POST", "/api/leave", self._leave),
            ("POST", "/api/quit", self._quit),
            ("POST", "/api/sets", self._new_set),
            ("GET", one, self._tell_set),
            ("DELETE", one, self._drop_set),
            ("POST", f"{one}/files", self._upload),
            ("DELETE", f"{one}/files/{{file:int}}", self._drop_file),
            ("POST", f"{one}/check", self._check),
            ("GET", f"{one}/result", self._result),
            ("POST", f"{one}/reasons", self._reasons),
            ("POST", f"{one}/actions/{{action}}", self._act),
            ("GET", f"{one}/outputs/{{output:int}}", self._output),
            ("GET", "/api/jobs/{job}", self._job),
            ("DELETE", "/api/jobs/{job}", self._stop),
        ]
        return [Route(path, call, methods=[method]) for method, path, call in asked]

    @asynccontextmanager
    async def _life(self, app: Starlette) -> AsyncIterator[None]:
        work = asyncio.create_task(self.jobs.run())
        if self._first is not None and self._first.sources:
            options = {"year": None, "include_hidden": False, "language": self._language}
            self._submit_check(self._first, options)
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self.ending = True
            for task in (work, watch):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _watch(self) -> None:
        while not self.presence.is_over():
            await asyncio.sleep(_TICK)
        self._end()

    def _end(self) -> None:
        self.ending = True
        self.ask_to_end()

    def _seen(self) -> None:
        self.asked_for.set()
        self.presence.seen()

    async def _start(self, request: Request) -> Response:
        first = self._first
        running = None if first is None else self.jobs.of_set(first.id)
        return answer(
            {
                "version": __version__,
                "rules_version": RULES_VERSION,
                "language": self._language,
                "max_file_bytes": most_bytes(""),
                "max_zip_bytes": most_bytes(".zip"),
                "max_set_bytes": MOST_SET_BYTES,
                "set": None if first is None else first.id,
                "job": None if running is None else running.id,
            }
        )

    async def _actions(self, request: Request) -> Response:
        return answer(offered.actions())

    async def _alive(self, request: Request) -> Response:
        if not self.presence.has_room:
            return answer({"again": _AGAIN})
        return StreamingResponse(self._line(), media_type="text/plain")

    async def _line(self) -> AsyncIterator[bytes]:
        with self.presence.line():
            yield b"\n"
            waited = 0.0
            while not self.ending:
                await asyncio.sleep(_TICK)
                waited += _TICK
                if waited >= _HEARTBEAT:
                    waited = 0.0
                    yield b"\n"

    async def _leave(self, request: Request) -> Response:
        self.presence.leave()
        return answer({})

    async def _quit(self, request: Request) -> Response:
        self._end()
        return answer({})

    async def _new_set(self, request: Request) -> Response:
        return answer({"set": self.sets.new().id})

    async def _tell_set(self, request: Request) -> Response:
        found = self._set(request)
        job = self.jobs.of_set(found.id)
        return answer(found.to_json(None if job is None else job.id))

    async def _drop_set(self, request: Request) -> Response:
        name = self._set(request).id
        self.jobs.stop_set(name)
        self.sets.remove(name)
        if self._first is not None and self._first.id == name:
            self._first = None
        return answer({})

    async def _upload(self, request: Request) -> Response:
        return answer((await receive(request, self._set(request))).to_json())

    async def _drop_file(self, request: Request) -> Response:
        self._set(request).remove(request.path_params["file"])
        return answer({})

    async def _check(self, request: Request) -> Response:
        found = self._set(request)
        options = _options(await body_of(request), self._language)
        if not found.sources:
            raise Refusal(409, "还没有放入文件。")
        return answer({"job": self._submit_check(found, options).id})

    def _submit_check(self, found: FileSet, options: Mapping[str, Any]) -> Job:
        task = _task(found, None, str(found.folder / typed_reasons.RESULT), options)

        def finish(made: Mapping[str, Any]) -> Mapping[str, Any]:
            found.reasons = []
            # Another file may have come or gone meanwhile.
            read_all = task.files == [file.path.name for file in found.sources]
            found.checked = options if read_all else None
            return {}

        # What is under way was asked of other files, or with other options.
        self.jobs.stop_set(found.id)
        return self.jobs.submit(found.id, task, finish)

    async def _result(self, request: Request) -> Response:
        path = self._set(request).folder / typed_reasons.RESULT
        try:
            # As a whole: it may be replaced while it is sent.
            content = await run_in_threadpool(path.read_bytes)
        except FileNotFoundError:
            raise Refusal(404, "还没有校验。") from None
        return Response(content, media_type="application/json; charset=utf-8")

    async def _reasons(self, request: Request) -> Response:
        found = self._set(request)
        body = await body_of(request)
        told = await run_in_threadpool(typed_reasons.take, found, body.get("reasons"))
        return answer(told)

    async def _act(self, request: Request) -> Response:
        found, name = self._set(request), request.path_params["action"]
        given = offered.options_of(name, (await body_of(request)).get("options"), found)
        if not found.sources:
            raise Refusal(409, "还没有放入文件。")
        options = found.checked or _options({}, self._language)
        made = found.drop_folder / f"made-{secrets.token_hex(6)}"
        task = _task(found, name, str(made), options, given, found.reasons)

        def finish(done: Mapping[str, Any]) -> Mapping[str, Any]:
            if not found.folder.is_dir():
                raise Refusal(404, "这些文件已经移除，请重新放入。")
            return found.add_output(Path(done["path"]), done["name"]).to_json()

        return answer({"job": self.jobs.submit(found.id, task, finish).id})

    async def _output(self, request: Request) -> Response:
        output = self._set(request).outputs.get(request.path_params["output"])
        if output is None or not output.path.is_file():
            raise Refusal(404, "没有这个文件，请重新生成。")
        return FileResponse(output.path, media_type=_BYTES, filename=output.name)

    async def _job(self, request: Request) -> Response:
        job = self.jobs.get(request.path_params["job"])
        since = request.query_params.get("since", "")
        await job.news(int(since) if since.isdecimal() else 0, _POLL)
        return answer(job.to_json())

    async def _stop(self, request: Request) -> Response:
        self.jobs.stop(self.jobs.get(request.path_params["job"]))
        return answer({})

    def _set(self, request: Request) -> FileSet:
        return self.sets.get(request.path_params["set"])


def _task(
    found: FileSet,
    action: str | None,
    output: str,
    options: Mapping[str, Any],
    given: Mapping[str, Any] | None = None,
    reasons: Sequence[Any] = (),
) -> Task:
    files = [file.path.name for file in found.sources]
    folder = str(found.drop_folder)
    return Task(action, folder, files, output, dict(options), dict(given or {}), list(reasons))


def _options(asked: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The options of a check. Raises :class:`Refusal` for what is none."""
    year = asked.get("year")
    if year is not None and (type(year) is not int or year not in _YEARS):
        raise Refusal(400, "年度应是 2000 到 2099 的四位数字。")
    chosen = asked.get("language", language)
    if chosen not in _LANGUAGES:
        raise Refusal(400, "语言应是 zh 或 en。")
    return {
        "year": year,
        "include_hidden": asked.get("include_hidden") is True,
        "language": chosen,
    }


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return refusal(error.status, error.line)


async def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refusal(error.status_code, "没有这个地址。")


async def _gone(request: Request, error: Exception) -> Response:
    return refusal(400, "页面已关闭。")


async def _our_fault(request: Request, error: Exception) -> Response:
    from perfgoals_xl.storage.fault_log import told_fault

    return refusal(500, f"程序内部出错（{type(error).__name__}），您的文件没有改动。{told_fault()}")
