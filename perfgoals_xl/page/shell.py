"""The page itself: a few files that travel with the package, listed once and read as they are."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from perfgoals_xl.page.answers import refusal

FOLDER = Path(__file__).parent / "static"
_SHELL = "index.html"
# Not asked of the system: on some PCs the registry says that a script is plain text.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


def routes(folder: Path = FOLDER) -> list[Route]:
    """The shell at ``/`` and everything beside it under ``/static/``."""
    # An installation that lacks them still tells so.
    found = folder.iterdir() if folder.is_dir() else ()
    names = {path.name: path for path in found if path.suffix in _TYPES}

    async def static(request: Request) -> Response:
        return _file(names.get(request.path_params["name"]))

    async def shell(request: Request) -> Response:
        return _file(names.get(_SHELL))

    return [
        Route("/", shell, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
    ]


def _file(path: Path | None) -> Response:
    if path is None:
        return refusal(404, "没有这个文件。")
    return FileResponse(path, media_type=_TYPES[path.suffix])
