"""The pictures of the page in the manual, taken by a real Chromium on the page of the examples.

``python -m tools.page_pictures FOLDER`` writes elsewhere; part of ``make pictures``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_WORKBOOK,
    example_path,
)
from tests.support import browser as browsers
from tests.support.browser import Tab
from tests.support.page import running_page

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images" / "page"
OTHER = "云川县教育局"


def result(tab: Tab, _: Path) -> None:
    """What a person sees first."""
    tab.give(example_path(EXAMPLE_WORKBOOK))


def findings(tab: Tab, _: Path) -> None:
    """The list, one finding looked at and answered."""
    tab.give(example_path(EXAMPLE_WORKBOOK))
    for _step in range(6):
        tab.page.keyboard.press("F7")
    line = ".line[aria-current]"
    tab.page.fill(f"{line} textarea", "按县政府批复执行，年中调整预算时补列")
    tab.page.keyboard.press("Enter")
    tab.page.locator(f"{line} .saved", has_text="已保存").wait_for()


def departments(tab: Tab, scratch: Path) -> None:
    """Files of two departments, and one that is damaged."""
    other = scratch / f"{OTHER}2026年绩效目标表.txt"
    text = example_path().read_text(encoding="utf-8")
    other.write_text(text.replace("云川县水务局", OTHER), encoding="utf-8")
    broken = scratch / "云川县林业局申报表.xlsx"
    broken.write_bytes(example_path(EXAMPLE_EVALUATION).read_bytes()[:4000])
    tab.give(example_path(EXAMPLE_WORKBOOK), other, broken)


# With the size of the window.
SCENES: dict[str, tuple[Callable[[Tab, Path], None], int, int]] = {
    "result": (result, 1180, 640),
    "findings": (findings, 1000, 560),
    "departments": (departments, 1180, 640),
}


@contextmanager
def _opened(scratch: Path) -> Iterator[Callable[[int, int], Tab]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, running_page(scratch) as page:
        browser = browsers.launched(playwright)

        def new_tab(width: int, height: int) -> Tab:
            context = browser.new_context(viewport={"width": width, "height": height})
            return Tab(context, browsers.address(page), scratch)

        yield new_tab
        browser.close()


def main(folder: Path = PICTURES) -> None:
    """Write all pictures into ``folder``."""
    if (reason := browsers.unavailable()) is not None:
        sys.exit(f"no pictures of the page: {reason}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name, _opened(Path(name)) as new_tab:
        for scene, (play, width, height) in SCENES.items():
            tab = new_tab(width, height)
            play(tab, Path(name))
            # The pointer is over nothing, and no ring is around what had the focus last.
            tab.page.mouse.move(0, 0)
            picture = folder / f"{scene}.png"
            tab.page.screenshot(path=picture)
            print(f"{picture.stat().st_size // 1000:5} kB  {picture.name}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
