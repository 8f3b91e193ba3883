"""A document as PDF, through an installed LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.storage.scratch import guarded_scratch

_HINT = "请安装 LibreOffice 后再试，或只输出 .docx，用 Word 或 WPS 另存为 PDF。"
# A document of a thousand pages takes about a minute.
_SECONDS = 600
_ELSEWHERE = (
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)


def find_office() -> str:
    """The LibreOffice that is installed here. Raises ``InputError`` where there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in map(os.path.expandvars, _ELSEWHERE):
        if Path(place).is_file():
            return place
    raise InputError("没有找到 LibreOffice，不能输出 PDF", hint=_HINT)


def write_pdf(document: Path, output: Path) -> None:
    """Write ``document`` (.docx) as ``output`` (.pdf), whole or not at all.

    Raises ``InputError`` where LibreOffice is missing or makes no PDF of it, and where the output
    cannot be written.
    """
    office = find_office()
    with whole_file(output) as temporary, guarded_scratch() as scratch:
        folder = scratch.folder
        source = folder / "document.docx"
        shutil.copyfile(document, source)
        # With a profile of its own it neither waits for a LibreOffice that is open nor disturbs it.
        profile = (folder / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            scratch.run(command, seconds=_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed() from error
        made = folder / "document.pdf"
        if not made.is_file() or not made.stat().st_size:
            raise _failed()
        shutil.copyfile(made, temporary)


def _failed() -> InputError:
    return InputError(
        "LibreOffice 没有转换出 PDF",
        hint="请检查它是否装有 Writer；或只输出 .docx，用 Word 或 WPS 另存为 PDF。",
    )
