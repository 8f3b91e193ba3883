"""What was written to make a click work, kept beside the person's other settings of this program.

With it installing again replaces just that, uninstalling takes away just that, and the diagnosis
can say whether the links still start this Python.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import profile

RECORD_NAME = "desktop.json"
_FORMAT = 1


@dataclass(frozen=True)
class Record:
    """``command`` is what the links start; ``files`` (each with its SHA-256), ``folders`` were
    made by us, ``caches`` by the tools that we called; ``choices`` were added to ``mimeapps``."""

    command: tuple[str, ...] = ()
    files: Mapping[Path, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    caches: tuple[Path, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The record as it is kept."""
        document = {
            "format": _FORMAT,
            "command": list(self.command),
            "files": {str(path): digest for path, digest in self.files.items()},
            "folders": list(map(str, self.folders)),
            "caches": list(map(str, self.caches)),
            "choices": dict(self.choices),
        }
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def record_path(machine: Machine) -> Path:
    """Where the record is kept on ``machine``."""
    home = profile(machine) if machine.is_windows else machine.home
    return home / ".perfgoals" / RECORD_NAME


def read_record(machine: Machine) -> Record:
    """The record; an empty one where there is none, or none that can be understood."""
    try:
        document: Any = json.loads(record_path(machine).read_text(encoding="utf-8"))
        return Record(
            command=tuple(map(str, document["command"])),
            files={Path(path): str(digest) for path, digest in document["files"].items()},
            folders=tuple(map(Path, document["folders"])),
            caches=tuple(map(Path, document["caches"])),
            choices={str(kind): str(program) for kind, program in document["choices"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()
