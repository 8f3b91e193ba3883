"""Files come in over a real connection, as browsers send them and as others do."""

from __future__ import annotations

import resource

import pytest

from tests.support.page import running_page, until

SMALL = {
    "page.dropped_files.MOST_FILE_BYTES": 3_000_000,
    "page.dropped_files.MOST_BYTES": 4_000_000,
    "page.dropped_files.MOST_SET_BYTES": 5_000_000,
    "page.uploads.PATIENCE": 0.5,
    "page.uploads._LINGERING": 0.2,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A page that takes little and has little patience, on a disk that takes still less."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_900_000, before[1]))
    try:
        with running_page(tmp_path_factory.mktemp("small"), changed=SMALL) as page:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            yield page
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def client(small):
    return small.client


@pytest.fixture
def one(client):
    return client.dropped()


def begun(client, one, headers):
    """A connection over which an upload has begun."""
    link = client.connection()
    link.sendall(
        (
            f"POST /api/sets/{one}/files?name=%E8%A1%A8.xlsx HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{client.port}\r\nAuthorization: Bearer {client.token}\r\n"
            f"{headers}\r\n\r\n"
        ).encode()
    )
    return link


def answered(link):
    return link.makefile("rb").read()


def nothing_came(small, client, one):
    found = list(small.folder.rglob("coming-*"))
    return not found and client.get(f"/api/sets/{one}")["files"] == []


def test_a_file_comes_as_it_is(small, client, one):
    content = bytes(range(256)) * 9000
    told = client.drop(one, "表.xlsx", content, "&modified=1700000000000").json
    assert told == {"file": 1, "name": "表.xlsx", "size": len(content)}
    [path] = [p for p in small.folder.rglob("表.xlsx") if p.stat().st_size == len(content)]
    assert path.read_bytes() == content
    assert path.stat().st_mtime == 1_700_000_000
    for folder in (path.parent, path.parent.parent, small.folder, small.folder.parent):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("size", [3_000_001, 2 << 30, 1 << 62, 10**18])
def test_what_says_that_it_is_too_large_is_refused_unread(small, client, one, size):
    with begun(client, one, f"Content-Length: {size}") as link:
        told = answered(link)
    assert told.split()[1] == b"413"
    assert "超过 2 MB" in told.decode()
    assert nothing_came(small, client, one)


def test_what_says_nothing_of_its_size_is_refused_while_it_grows(small, client, one):
    with begun(client, one, "Transfer-Encoding: chunked") as link:
        chunk = b"%x\r\n" % 100_000 + b"x" * 100_000 + b"\r\n"
        sent = 0
        try:
            for _ in range(200):
                link.sendall(chunk)
                sent += 1
            told = answered(link)
        except ConnectionError:
            told = b""
        assert told.split()[1:2] in ([b"413"], [])
    assert until(lambda: nothing_came(small, client, one))


def test_what_ends_before_it_said_is_no_file(small, client, one):
    with begun(client, one, "Content-Length: 1000000") as link:
        link.sendall(b"x" * 500_000)
    assert until(lambda: nothing_came(small, client, one))


def test_what_stalls_is_given_up(small, client, one):
    with begun(client, one, "Content-Length: 1000000") as link:
        link.sendall(b"x" * 1000)
        told = answered(link)
    assert told.split()[1] == b"408"
    assert "重新放入" in told.decode()
    assert nothing_came(small, client, one)


def test_what_comes_slowly_comes(client, one):
    with begun(client, one, "Content-Length: 40\r\nConnection: close") as link:
        for _ in range(4):
            link.sendall(b"x" * 10)
            until(lambda: False, 0.2)
        assert answered(link).split()[1] == b"200"


def test_a_set_takes_so_much_together(client, one):
    for name in ("甲.txt", "乙.txt"):
        assert client.drop(one, name, b"x" * 2_400_000).status == 200
    told = client.drop(one, "丙.txt", b"x" * 300_000)
    assert told.status == 413
    assert "一共超过 4 MB" in told.line
    assert client.ask("DELETE", f"/api/sets/{one}/files/1").status == 200
    assert client.drop(one, "丙.txt", b"x" * 300_000).status == 200


def test_a_zip_may_be_larger_than_a_file(client, one):
    assert client.drop(one, "报送.zip", b"x" * 3_500_000).status == 200
    assert client.drop(one, "报送.zip", b"x" * 4_100_000).status == 413


@pytest.mark.parametrize("name", ["x.exe", "", "%00", "表"])
def test_a_kind_that_nobody_reads(client, one, name):
    told = client.drop(one, name, b"x")
    assert told.status == 415
    assert "不能读取" in told.line


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../../x.xlsx", "x.xlsx"),
        ("CON.xlsx", "文件_CON.xlsx"),
        ("\u202exslx.xlsx", "xslx.xlsx"),
    ],
)
def test_a_name_is_a_label(small, client, one, name, called):
    before = set(small.temporary.rglob("*"))
    assert client.drop(one, name, b"x").json["name"] == called
    new = {p for p in set(small.temporary.rglob("*")) - before if p.is_file()}
    assert {p.parent.name for p in new} == {"files"}
    assert {p.name for p in new} == {called}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/sets/nothing/files?name=x.xlsx"),
        ("GET", "/api/sets/nothing"),
        ("GET", "/api/sets/..%2f..%2f/result"),
        ("DELETE", "/api/sets/nothing"),
        ("GET", "/api/sets/{set}/result"),
        ("GET", "/api/sets/{set}/outputs/1"),
        ("GET", "/api/sets/{set}/outputs/..%2f1"),
        ("DELETE", "/api/sets/{set}/files/99"),
        ("GET", "/api/jobs/nothing"),
        ("DELETE", "/api/jobs/nothing"),
        ("POST", "/api/sets/{set}/reasons"),
        ("POST", "/api/sets/{set}/actions/nothing"),
    ],
)
def test_what_is_not_there(client, one, method, path):
    told = client.ask(method, path.format(set=one), b"" if method == "POST" else None)
    assert told.status == 404
    assert told.line


@pytest.mark.parametrize(
    "body",
    [
        {"year": "2026"},
        {"year": 1999},
        {"year": True},
        {"language": "de"},
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"{" + b" " * 5_000_000,
    ],
)
def test_a_request_that_says_nothing_clear(client, one, body):
    client.drop(one, "表.txt", b"x")
    told = client.ask("POST", f"/api/sets/{one}/check", body)
    assert told.status in (400, 413)
    assert told.line


def test_nothing_to_check(client, one):
    told = client.ask("POST", f"/api/sets/{one}/check", {})
    assert (told.status, "还没有放入文件" in told.line) == (409, True)


def test_a_disk_that_takes_no_more(small, client, one):
    told = client.drop(one, "报送.zip", b"x" * 3_950_000)
    assert told.status == 507
    assert "文件超过了系统允许的大小" in told.line
    assert nothing_came(small, client, one)
    assert client.drop(one, "报送.zip", b"x" * 1_000_000).status == 200
