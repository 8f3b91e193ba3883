"""A page that really runs, and a program that speaks to it as the browser does."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SECONDS = 60
# What some tests change of the package before the command runs, such as how long is waited.
_LAUNCHER = """\
import importlib, json, sys
for place, value in json.loads(sys.argv.pop(1)).items():
    module, _, name = place.rpartition(".")
    setattr(importlib.import_module("perfgoals_xl." + module), name, value)
from perfgoals_xl.start import main
if __name__ == "__main__":
    main()
"""


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def line(self) -> str:
        """The one line of a refusal."""
        line = self.json["error"]
        assert line
        assert "\n" not in line
        assert "Traceback" not in line
        return line


class PageClient:
    """Speaks to a page with its token; every call is a connection of its own."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """One request; a header of None is not sent, a body that is no bytes is sent as JSON."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {self.token}",
            **(headers or {}),
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            link.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    link.putheader(name, value)
            if body is not None and "Content-Length" not in sent:
                link.putheader("Content-Length", str(len(body)))
            link.endheaders(body)
            told = link.getresponse()
            return Answer(told.status, {k.lower(): v for k, v in told.getheaders()}, told.read())
        finally:
            link.close()

    def get(self, path: str) -> Any:
        """The JSON at a path that must be there."""
        told = self.ask("GET", path)
        assert told.status == 200, told.body
        return told.json

    def post(self, path: str, body: Any = None) -> Any:
        """What a request that must be taken is answered."""
        told = self.ask("POST", path, {} if body is None else body)
        assert told.status == 200, told.body
        return told.json

    def dropped(self, *files: Path) -> str:
        """A new set with these files."""
        name = self.post("/api/sets")["set"]
        for file in files:
            told = self.drop(name, file.name, file.read_bytes())
            assert told.status == 200, told.body
        return name

    def drop(self, of: str, name: str, content: bytes, more: str = "") -> Answer:
        """Drops one file into a set."""
        return self.ask("POST", f"/api/sets/{of}/files?name={quote(name, safe='')}{more}", content)

    def over(self, job: str) -> dict[str, Any]:
        """A job when it is over."""
        seq = 0
        while True:
            told = self.get(f"/api/jobs/{job}?since={seq}")
            seq = told["seq"]
            if told["state"] in ("done", "stopped", "failed"):
                return told

    def checked(self, of: str, **options: Any) -> dict[str, Any]:
        """The result of a check of a set."""
        told = self.over(self.post(f"/api/sets/{of}/check", options)["job"])
        assert told["state"] == "done", told
        return self.get(f"/api/sets/{of}/result")

    def made(self, of: str, action: str, **options: Any) -> tuple[str, bytes, list[str]]:
        """What an action makes of a set: name, bytes, and what was told."""
        asked = {"options": options}
        told = self.over(self.post(f"/api/sets/{of}/actions/{action}", asked)["job"])
        assert told["state"] == "done", told
        output = told["output"]
        answer = self.ask("GET", f"/api/sets/{of}/outputs/{output['number']}")
        assert answer.status == 200
        assert len(answer.body) == output["size"]
        return output["name"], answer.body, told["told"]

    def connection(self) -> socket.socket:
        """A bare connection, to say anything."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS)


class RunningPage(NamedTuple):
    """The command, and who speaks to it."""

    process: subprocess.Popen[str]
    client: PageClient
    temporary: Path

    @property
    def folder(self) -> Path:
        """Its private folder."""
        [own] = self.temporary.glob("perfgoals-*")
        [inside] = own.glob("perfgoals-*")
        return inside

    def end(self, seconds: float = 20) -> tuple[int, str]:
        """Waits for its end: the code, and what was told since the address."""
        _, told = self.process.communicate(timeout=seconds)
        return self.process.returncode, told


@contextmanager
def running_page(
    temporary: Path, *arguments: object, changed: Mapping[str, Any] | None = None
) -> Iterator[RunningPage]:
    """``perfgoals page --no-browser``, whose temporary files are below ``temporary``."""
    launcher = temporary / "launcher.py"
    launcher.write_text(_LAUNCHER, encoding="utf-8")
    process = subprocess.Popen(
        [
            sys.executable,
            str(launcher),
            json.dumps(dict(changed or {})),
            *("page", "--no-browser", *map(str, arguments)),
        ],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=own_environment(temporary),
        cwd=temporary,
    )
    try:
        assert process.stderr is not None
        told, found = "", None
        for line in process.stderr:
            told += line
            found = re.search(r"http://127\.0\.0\.1:(\d+)/#key=(\S+)", line)
            if found:
                break
        assert found, told
        yield RunningPage(process, PageClient(int(found[1]), found[2]), temporary)
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=20)
        if process.poll() is None:
            process.kill()
        process.communicate()


def own_environment(temporary: Path, **more: str) -> dict[str, str]:
    """An environment whose temporary files and home are below a folder."""
    import os

    home = temporary / "home"
    home.mkdir(exist_ok=True)
    return {
        **os.environ,
        "TMPDIR": str(temporary),
        "HOME": str(home),
        **more,
    }


def until(asked: Any, seconds: float = 20) -> bool:
    """Whether something comes true in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if asked():
            return True
        time.sleep(0.05)
    return bool(asked())
