"""Files of other formats, made by a real LibreOffice: ``converted(path, "fods")``."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support import libreoffice

_SECONDS = 180


def converted(path: Path, to: str) -> Path:
    """``path`` as LibreOffice saves it in another format, in a folder beside it.

    ``to`` is a suffix, with a filter and its options where the suffix does not say enough. The test
    is skipped where there is no LibreOffice.
    """
    if (reason := libreoffice.unavailable()) is not None:
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix="converted-"))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore",
         "--convert-to", to, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )  # fmt: skip
    return folder / f"{path.stem}.{to.partition(':')[0]}"
