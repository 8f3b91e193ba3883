"""What the server answers: JSON, and refusals in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from perfgoals_xl.errors import InputError

MOST_BODY_BYTES = 4 * 1024 * 1024
"""Of a request that is no file: all reasons of a large department come to much less."""


class Refusal(Exception):
    """What is answered with a status of 4xx or 5xx and one line."""

    def __init__(self, status: int, line: str) -> None:
        self.status, self.line = status, line
        super().__init__(line)


def answer(content: Any, status: int = 200) -> Response:
    """JSON in UTF-8."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # A text of a damaged file may hold half a character.
    return Response(
        body.encode("utf-8", "replace"), status, media_type="application/json; charset=utf-8"
    )


def refusal(status: int, line: str) -> Response:
    """A refusal in one line; what is left of the request is not read."""
    answered = answer({"error": " ".join(line.split())}, status)
    answered.headers["Connection"] = "close"
    return answered


async def body_of(request: Request) -> Mapping[str, Any]:
    """The JSON object that a request holds; an empty request is an empty one.

    Raises :class:`Refusal` for anything else.
    """
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > MOST_BODY_BYTES:
            raise Refusal(413, "请求太大，没有受理。")
    if not held.strip():
        return {}
    try:
        content = json.loads(held)
    except (ValueError, RecursionError):
        raise Refusal(400, "请求不是 JSON。") from None
    if not isinstance(content, dict):
        raise Refusal(400, "请求不是 JSON 对象。")
    return content


def line_of(error: InputError) -> str:
    """The fault of an input as it is told on the page."""
    return str(error)
