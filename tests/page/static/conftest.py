from __future__ import annotations

import pytest

from tests.support import browser as browsers


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a module.

    No longer than that: while Playwright is there, an event loop runs in this thread, and tests
    beside these run loops of their own.
    """
    if (reason := browsers.unavailable()) is not None:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = browsers.launched(playwright)
        yield running
        running.close()


@pytest.fixture
def open_tab(browser, tmp_path):
    """Opens tabs on a running page, each in a browser profile of its own; none may tell a fault."""
    tabs = []

    def open_one(running, *, width=1366, height=768):
        context = browser.new_context(viewport={"width": width, "height": height})
        tabs.append(browsers.Tab(context, browsers.address(running), tmp_path))
        return tabs[-1]

    yield open_one
    faults = [fault for tab in tabs for fault in tab.faults]
    for tab in tabs:
        tab.context.close()
    assert faults == []


@pytest.fixture
def tab(open_tab, running):
    """A fresh tab on the page that the tests share."""
    return open_tab(running)
