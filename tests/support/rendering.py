"""Workbooks as pictures, page by page as they print.

As a command: ``python -m tests.support.rendering WORKBOOK FOLDER [DPI]``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.libreoffice import Office


class RenderError(Exception):
    """No pictures came out; with what the program printed."""


def unavailable() -> str | None:
    """Why no readable pictures can be made here, or ``None`` where they can."""
    if shutil.which("pdftoppm") is None:
        return "pdftoppm is not installed (make test installs poppler-utils where it may)"
    if not _has_chinese_font():
        return "there is no Chinese font (make test installs fonts-wqy-microhei where it may)"
    return None


def _has_chinese_font() -> bool:
    run = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(run.stdout.strip())


def render_png(
    workbook: Path | str, out_dir: Path | str, dpi: int = 70, office: Office | None = None
) -> list[Path]:
    """One PNG per printed page of all visible sheets, in order, named after the workbook.

    Formulas are recalculated first. ``office`` is used where given, else one is started. Raises
    OfficeError or RenderError.
    """
    if office is None:
        with Office() as own:
            return render_png(workbook, out_dir, dpi, own)
    if (reason := unavailable()) is not None:
        raise RenderError(reason)
    workbook, out_dir = Path(workbook), Path(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "pages.pdf"
        with office.open(workbook) as document:
            document.recalculate()
            document.to_pdf(pdf)
        run = subprocess.run(
            ["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(Path(folder) / "page")],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        made = sorted(Path(folder).glob("page-*.png"))
        if run.returncode or not made:
            raise RenderError(f"pdftoppm ended with {run.returncode}:\n{run.stdout}{run.stderr}")
        pictures = [out_dir / page.name.replace("page", workbook.stem, 1) for page in made]
        for page, picture in zip(made, pictures, strict=True):
            shutil.move(page, picture)
        return pictures


if __name__ == "__main__":
    for picture in render_png(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4])):
        print(picture)
