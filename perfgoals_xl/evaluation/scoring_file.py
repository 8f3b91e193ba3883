"""Settings of the scoring from a TOML file, ``--scoring``."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.evaluation.scoring import Scoring, scoring_of
from perfgoals_xl.storage import place_faults

_HINT = "写法见用户手册“生成自评表”一节。"
# TOML wants names of levels in quotation marks, which people leave out.
_BARE = re.compile(r"""^(\s*)([^\s"'#=\[\]]*[^\x00-\x7f][^\s"'#=\[\]]*)(?=\s*=)""", re.M)


def read_scoring(path: Path) -> Scoring:
    """The settings of a file. Raises ``InputError`` where it cannot be read or is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise place_faults.input_error(error, path) from error
    except UnicodeDecodeError:
        raise InputError("文件不是 UTF-8 编码", hint="请另存为 UTF-8。", file=path) from None
    try:
        return scoring_of(tomllib.loads(_BARE.sub(r'\1"\2"', text), parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"不是正确的 TOML（{error}）", hint=_HINT, file=path) from None
    except ValueError as error:
        raise InputError(str(error), hint=_HINT, file=path) from None
