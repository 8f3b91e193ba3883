"""Who may speak to the page: this browser, from this page, with the token of this start.

Other programs of the PC and other people on it can reach the loopback address, and so can every
page that the browser has open. The name by which the server is called is checked (a name of
somebody else's may be made to lead here), then where the request comes from, then the token. There
are no cookies, so no other page can speak in the person's name.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, MutableMapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from perfgoals_xl.page.answers import refusal

API = "/api/"
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer carries."""
_OWN_SITE = ("same-origin", "none")


class Guard:
    """Lets through what may pass, refuses the rest in one line, and marks every answer."""

    def __init__(
        self, app: ASGIApp, *, port: int, token: str, seen: Callable[[], None] | None = None
    ) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._origins = tuple(f"http://{host}" for host in self._hosts)
        self._token = token.encode()
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, itself or through what it guards."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mark(message)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refusal(*refused)(scope, receive, marked)
            return
        if self._seen is not None and scope["path"].startswith(API):
            self._seen()
        await self._app(scope, receive, marked)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """The status and the line of a refusal; None for what may pass."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421, "只能用 127.0.0.1 打开这个页面。"
        origins = headers.getlist("origin")
        if any(origin.lower() not in self._origins for origin in origins):
            return 403, "请求来自别的网页，没有受理。"
        if not _of_own_site(headers, scope):
            return 403, "请求来自别的网页，没有受理。"
        if scope["path"].startswith(API) and not self._knows_token(headers):
            return 401, "页面已失效，请重新启动 perfgoals page。"
        return None

    def _knows_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(given.strip().encode(), self._token)
        return known and kind.lower() == "bearer"


def _of_own_site(headers: Headers, scope: Scope) -> bool:
    site = headers.get("sec-fetch-site")
    if site is None or site in _OWN_SITE:
        return True
    # The browser comes to the shell, which says nothing, from a file of ours or from a link.
    navigates = headers.get("sec-fetch-mode") == "navigate"
    alone = headers.get("sec-fetch-dest") == "document"
    return scope["path"] == "/" and scope["method"] == "GET" and navigates and alone


def _mark(message: MutableMapping[str, object]) -> None:
    headers = MutableHeaders(raw=message.setdefault("headers", []))  # type: ignore[arg-type]
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
