from __future__ import annotations

import pytest

from tests.support.page import running_page


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    """One page for all tests that leave it as it is."""
    with running_page(tmp_path_factory.mktemp("page")) as page:
        yield page


@pytest.fixture
def client(running):
    return running.client
