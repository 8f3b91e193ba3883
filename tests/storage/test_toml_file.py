"""Settings by hand: names without quotation marks, and what is no TOML told in one line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.toml_file import read_toml


@pytest.fixture
def written(tmp_path):
    def write(content: bytes):
        path = tmp_path / "设置.toml"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落款 = '甲局'", {"落款": "甲局"}),
        ('\ufeff"落款"="甲局"\r\n', {"落款": "甲局"}),
        ("  期限  = 2026-12-10 # 注", {"期限": dt.date(2026, 12, 10)}),
        ("step = 0.5", {"step": Decimal("0.5")}),
        ("a = '落款 = 1'", {"a": "落款 = 1"}),
        ("", {}),
    ],
)
def test_what_is_written(written, text, expected):
    assert read_toml(written(text.encode())) == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("落款 = 甲局".encode(), "不是正确的 TOML"),
        ("落款 = '甲局'".encode("gb18030"), "不是 UTF-8 编码"),
        (b"a = " + b"[" * 20_000, "不是正确的 TOML"),
        (b"a = " + b"1" * 5_000, "不是正确的 TOML"),
        (b"#" * 1_000_001, "不像设置文件"),
    ],
)
def test_what_is_no_settings_file(written, content, told):
    with pytest.raises(InputError, match=told):
        read_toml(written(content))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="找不到文件"):
        read_toml(tmp_path / "无.toml")
