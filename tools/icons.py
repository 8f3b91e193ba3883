"""``make icons``: the icon in the forms that desktops want, from the drawing that the page shows.

    perfgoals_xl/desktop/icons/perfgoals.svg      the drawing, the same as the page's icon.svg
    perfgoals_xl/desktop/icons/perfgoals-48.png   and -128.png, for themes of icons
    perfgoals_xl/desktop/icons/perfgoals.ico      16 to 256 points, for Windows

Drawn by Chromium, which the tests use as well; the pictures are committed.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ICONS = Path(__file__).resolve().parents[1] / "perfgoals_xl" / "desktop" / "icons"
PNG_SIZES, ICO_SIZES = (48, 128), (16, 24, 32, 48, 64, 256)


def drawn(drawing: Path, size: int) -> Image.Image:
    """``drawing`` as a picture of ``size`` by ``size`` points with a transparent ground."""
    with tempfile.TemporaryDirectory() as folder:
        page, picture = Path(folder) / "page.html", Path(folder) / "picture.png"
        page.write_text(
            '<body style="margin:0">'
            f'<img src="{drawing.as_uri()}" style="display:block;width:{size}px;height:{size}px">',
            encoding="utf-8",
        )
        subprocess.run(
            [
                "chromium",
                *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                "--allow-file-access-from-files",
                "--default-background-color=00000000",
                # A window below some size is made larger.
                "--window-size=512,512",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        return Image.open(io.BytesIO(picture.read_bytes())).crop((0, 0, size, size))


def main() -> None:
    """Write the pictures anew."""
    drawing = ICONS / "perfgoals.svg"
    if not drawing.is_file():
        sys.exit(f"no icons: {drawing} is missing")
    for size in PNG_SIZES:
        drawn(drawing, size).save(ICONS / f"perfgoals-{size}.png", optimize=True)
    largest, *others = (drawn(drawing, size) for size in sorted(ICO_SIZES, reverse=True))
    largest.save(
        ICONS / "perfgoals.ico", append_images=others, sizes=[(size, size) for size in ICO_SIZES]
    )


if __name__ == "__main__":
    main()
