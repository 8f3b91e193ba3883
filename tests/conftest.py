"""Fixtures for the programs and files that are not part of the checkout.

Where one of them is missing, the tests that ask for it are skipped and say why.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support import libreoffice, ooxml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Two processes share two cores with LibreOffice: how long one example takes says nothing.
settings.register_profile("perfgoals", deadline=None)
settings.load_profile("perfgoals")

_MARKER_OF_FIXTURE = {
    "office": "libreoffice",
    "validate_ooxml": "validator",
    "shared_seeds": "shared",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by the fixtures they ask for, so that nobody has to do it twice.

    What is slow comes first: at the end the processes share what is left, and it should be small.
    """
    for item in items:
        for fixture, marker in _MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def office() -> Iterator[libreoffice.Office]:
    """A running LibreOffice: ``with office.open(path) as document``."""
    if (reason := libreoffice.unavailable()) is not None:
        pytest.skip(reason)
    with libreoffice.Office() as running:
        yield running


@pytest.fixture(scope="session")
def validate_ooxml() -> Callable[[Path | str], list]:
    """The Open XML SDK validator: ``assert validate_ooxml(path) == []``."""
    if (reason := ooxml.unavailable()) is not None:
        pytest.skip(reason)
    return ooxml.validation_errors


@pytest.fixture(scope="session")
def shared_seeds() -> tuple[Path, Path]:
    """The two real published sets of goal tables, as text, which the checkout does not hold."""
    folder = Path(__file__).parents[2] / "shared" / "seeds"
    found = tuple(sorted(folder.glob("00[01]_*.txt")))
    if len(found) != 2:
        pytest.skip(f"the two real samples are not in {folder}")
    return found
