"""Settings that people write by hand, as TOML."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage import place_faults

_LARGEST = 1_000_000
# TOML wants Chinese names in quotation marks, which people leave out.
_BARE = re.compile(r"""^(\s*)([^\s"'#=\[\]]*[^\x00-\x7f][^\s"'#=\[\]]*)(?=\s*=)""", re.M)


def read_toml(path: Path, *, hint: str = "") -> dict[str, Any]:
    """What a file says; numbers with a point are ``Decimal``.

    Raises ``InputError`` where it cannot be read or is no TOML; ``hint`` says where people find how
    it is written.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("文件太大，不像设置文件", hint="请确认选对了文件。", file=path)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise place_faults.input_error(error, path) from error
    except UnicodeDecodeError:
        raise InputError("文件不是 UTF-8 编码", hint="请另存为 UTF-8。", file=path) from None
    try:
        return tomllib.loads(_BARE.sub(r'\1"\2"', text), parse_float=Decimal)
    except RecursionError:
        raise InputError("不是正确的 TOML（括号套得太深）", hint=hint, file=path) from None
    except (ValueError, ArithmeticError) as error:
        # Not only a TOMLDecodeError: a number of thousands of digits is a plain one.
        raise InputError(f"不是正确的 TOML（{error}）", hint=hint, file=path) from None
