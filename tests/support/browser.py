"""A real Chromium on a page that really runs, for what only a browser shows.

Playwright's own waits for a function do not work under the page's policy, which lets nothing be
evaluated: wait for elements.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support import page as page_support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, BrowserContext, Page

STATIC = Path(__file__).parents[2] / "perfgoals_xl" / "page" / "static"
CHECKS = Path(__file__).parents[2] / "tools" / "page_checks" / "node_modules"
ARGUMENTS = """
--no-sandbox --disable-gpu --disable-background-networking --disable-component-update
--disable-sync --no-first-run
"""
_AXE = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
_TOLD = "(r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))"
# A drag as the browser tells of it: what is dragged is made in the page.
_DRAG = """
([name, text, kind]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  const event = new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
}
"""


def program() -> str | None:
    """Where Chromium is."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def unavailable() -> str | None:
    """Why no browser can be driven, or None."""
    if program() is None:
        return "there is no Chromium (apt install chromium)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed"
    return None


class Downloaded(NamedTuple):
    """What the browser saved."""

    name: str
    path: Path


class Tab:
    """One tab of one person: the page, and the few things that every test does with it."""

    def __init__(self, context: BrowserContext, address: str, folder: Path) -> None:
        self.context, self.address, self.folder = context, address, folder
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._listen)
        self.page.goto(address)
        self.page.locator("#choose").wait_for()

    def _listen(self, message: Any) -> None:
        # A refused file is a status of 4xx, which the browser reports by itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def give(self, *files: Path) -> None:
        """Chooses files and waits for what comes of them."""
        self.page.set_input_files("#pick-files", [str(file) for file in files])
        self.seen()

    def drag(self, name: str, text: str, kind: str) -> None:
        """A file is dragged over the page (``dragenter``) or let go on it (``drop``)."""
        self.page.evaluate(_DRAG, [name, text, kind])

    def seen(self) -> None:
        """Waits for the end of a check."""
        self.page.locator("#working").wait_for(state="hidden")
        self.page.locator("#overview-head:focus").wait_for()

    def text(self, selector: str) -> str:
        """The text of an element, in one line."""
        return " ".join(self.page.inner_text(selector).split())

    def texts(self, selector: str) -> list[str]:
        """The texts of elements, each in one line."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def take(self, action: str) -> Downloaded:
        """Takes away what an action makes."""
        with self.page.expect_download(timeout=60_000) as waiting:
            self.page.click(f"#take-{action}")
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return Downloaded(path.name, path)

    def wide(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def accessibility_faults(self) -> Sequence[Any]:
        """What axe finds."""
        # Through the debugger: the page itself would not let a script in.
        session = self.context.new_cdp_session(self.page)
        script = (CHECKS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        session.send("Runtime.evaluate", {"expression": script})
        asked = {
            "expression": f"{_AXE}.then({_TOLD})",
            "awaitPromise": True,
            "returnByValue": True,
        }
        told = session.send("Runtime.evaluate", asked)
        session.detach()
        return json.loads(told["result"]["value"])


def launched(playwright: Any) -> Browser:
    """Chromium, as bare as it can be."""
    return playwright.chromium.launch(executable_path=program(), args=ARGUMENTS.split())


def address(running: page_support.RunningPage) -> str:
    """What the person's browser is opened on."""
    return f"http://127.0.0.1:{running.client.port}/#key={running.client.token}"
