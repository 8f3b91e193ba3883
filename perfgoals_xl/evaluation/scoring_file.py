"""Settings of the scoring from a TOML file, ``--scoring``."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.evaluation.scoring import Scoring, scoring_of
from perfgoals_xl.storage.toml_file import read_toml

_HINT = "写法见用户手册“生成自评表”一节。"


def read_scoring(path: Path) -> Scoring:
    """The settings of a file. Raises ``InputError`` where it cannot be read or is wrong."""
    settings = read_toml(path, hint=_HINT)
    try:
        return scoring_of(settings)
    except ValueError as error:
        raise InputError(str(error), hint=_HINT, file=path) from None
