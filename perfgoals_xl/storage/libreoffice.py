"""An installed LibreOffice that turns a file of one format into another, without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from perfgoals_xl.storage.scratch import guarded_scratch

_ELSEWHERE = (
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)


def installed_office() -> str | None:
    """The program of the LibreOffice that is installed here; None where there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in map(os.path.expandvars, _ELSEWHERE):
        if Path(place).is_file():
            return place
    return None


def convert(office: str, data: bytes, suffix: str, to: str, *, seconds: float) -> bytes | None:
    """The bytes of a file with this ``suffix`` in another format; None where none come out.

    ``office`` is the program, ``to`` the new suffix with the name of the filter that writes it
    (``pdf:writer_pdf_Export``). The program ends, with all that it started, when this one ends or
    is killed, and after so many seconds.
    """
    with guarded_scratch() as scratch:
        folder = scratch.folder
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        out = folder / "out"
        # With a profile of its own it neither waits for a LibreOffice that is open nor disturbs it,
        # and macros do not run: nothing is trusted.
        profile = (folder / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--convert-to", to, "--outdir", str(out), str(source),
        ]  # fmt: skip
        try:
            scratch.run(command, seconds=seconds)
        except (OSError, subprocess.TimeoutExpired):
            return None
        made = out / f"document.{to.partition(':')[0]}"
        return (made.read_bytes() or None) if made.is_file() else None
