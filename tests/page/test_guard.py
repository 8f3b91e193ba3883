"""Who is let in. Everybody else is refused in one line, whatever they ask for."""

from __future__ import annotations

import pytest

PATHS = ("/api/start", "/api/sets", "/api/actions", "/api/quit", "/api/nothing", "/api/alive")


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer {token}x",
        "Bearer {token} {token}",
        "Basic {token}",
        "{token}",
        "Bearer 密",
    ],
)
@pytest.mark.parametrize("path", ["/api/start", "/api/quit"])
def test_without_the_token_nothing_is_told(client, path, authorization):
    given = authorization and authorization.format(token=client.token)
    sent = given.encode().decode("latin-1") if given else given
    told = client.ask("GET", path, headers={"Authorization": sent})
    assert told.status == 401
    assert "重新启动" in told.line


def test_a_token_in_the_address_is_none(client):
    asked = f"/api/start?key={client.token}&token={client.token}"
    assert client.ask("GET", asked, headers={"Authorization": None}).status == 401


def test_the_word_before_the_token_is_written_in_any_way(client):
    told = client.ask("GET", "/api/start", headers={"Authorization": f"bearer {client.token}"})
    assert told.status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:{port}.evil.example",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "localhost.evil.example:{port}",
        "user@127.0.0.1:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/start", "/static/page.css"])
def test_another_name_of_this_pc_is_refused(client, path, host):
    told = client.ask("GET", path, headers={"Host": host.format(port=client.port)})
    assert told.status == 421
    assert "127.0.0.1" in told.line


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}"])
def test_its_own_names(client, host):
    told = client.ask("GET", "/api/start", headers={"Host": host.format(port=client.port)})
    assert told.status == 200


def test_two_names_at_once_are_none(client):
    asked = (
        f"GET /api/start HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nHost: evil.example\r\n"
        f"Authorization: Bearer {client.token}\r\nConnection: close\r\n\r\n"
    )
    with client.connection() as link:
        link.sendall(asked.encode())
        told = link.makefile("rb").read()
    assert told.split()[1] in (b"400", b"421")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}/",
        "null",
        "file://",
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/sets"), ("GET", "/api/start")])
def test_another_page_of_the_browser_is_refused_even_with_the_token(client, method, path, origin):
    told = client.ask(method, path, headers={"Origin": origin.format(port=client.port)})
    assert told.status == 403
    assert "别的网页" in told.line


@pytest.mark.parametrize("site", ["cross-site", "same-site", "strange"])
@pytest.mark.parametrize("path", PATHS)
def test_what_another_site_started_is_refused(client, path, site):
    assert client.ask("GET", path, headers={"Sec-Fetch-Site": site}).status == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}", "http://localhost:{port}"])
def test_its_own_page_is_heard(client, origin):
    headers = {"Origin": origin.format(port=client.port), "Sec-Fetch-Site": "same-origin"}
    assert client.ask("GET", "/api/start", headers=headers).status == 200


@pytest.mark.parametrize(
    ("path", "mode", "dest", "let_in"),
    [
        ("/", "navigate", "document", True),
        ("/", "navigate", "iframe", False),
        ("/", "no-cors", "script", False),
        ("/", "cors", "empty", False),
        ("/static/main.js", "navigate", "document", False),
        ("/api/start", "navigate", "document", False),
    ],
)
def test_from_elsewhere_only_the_bare_page_opens_and_in_no_frame(client, path, mode, dest, let_in):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert (client.ask("GET", path, headers=headers).status != 403) is let_in


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/static/page.css", {}),
        ("GET", "/nothing", {}),
        ("GET", "/api/start", {}),
        ("GET", "/api/nothing", {}),
        ("GET", "/api/start", {"Authorization": None}),
        ("GET", "/api/start", {"Host": "evil.example"}),
        ("POST", "/api/start", {}),
        ("OPTIONS", "/api/start", {"Origin": "http://evil.example"}),
    ],
)
def test_every_answer_says_what_a_browser_may_do_with_it(client, method, path, headers):
    told = client.ask(method, path, headers=headers).headers
    policy = told["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "no-referrer"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert told["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in told
    assert "server" not in told
    assert "set-cookie" not in told


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/",
        "/static/main.js/",
        "/static/main.js%00",
        "/../../etc/passwd",
        "/app.py",
    ],
)
def test_only_the_files_of_the_page_are_there(client, path):
    told = client.ask("GET", path)
    assert told.status == 404
    assert told.line


def test_it_listens_on_the_loopback_address_alone(client):
    with open("/proc/net/tcp", encoding="ascii") as told:  # noqa: PTH123
        lines = [line.split() for line in told][1:]
    mine = [
        at for _, at, _, state, *_ in lines if state == "0A" and at.endswith(f":{client.port:04X}")
    ]
    assert mine == [f"0100007F:{client.port:04X}"]
