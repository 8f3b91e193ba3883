"""A document as PDF, through an installed LibreOffice."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.storage.libreoffice import convert, installed_office

_HINT = "请安装 LibreOffice 后再试，或只输出 .docx，用 Word 或 WPS 另存为 PDF。"
# A document of a thousand pages takes about a minute.
_SECONDS = 600


def find_office() -> str:
    """The LibreOffice that is installed here. Raises ``InputError`` where there is none."""
    office = installed_office()
    if office is None:
        raise InputError("没有找到 LibreOffice，不能输出 PDF", hint=_HINT)
    return office


def write_pdf(document: Path, output: Path) -> None:
    """Write ``document`` (.docx) as ``output`` (.pdf), whole or not at all.

    Raises ``InputError`` where LibreOffice is missing or makes no PDF of it, and where the output
    cannot be written.
    """
    office = find_office()
    with whole_file(output) as temporary:
        data = document.read_bytes()
        made = convert(office, data, ".docx", "pdf:writer_pdf_Export", seconds=_SECONDS)
        if made is None:
            raise InputError(
                "LibreOffice 没有转换出 PDF",
                hint="请检查它是否装有 Writer；或只输出 .docx，用 Word 或 WPS 另存为 PDF。",
            )
        temporary.write_bytes(made)
