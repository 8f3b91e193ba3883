"""Where the files that come with the package stand: template, examples, add-in, manual.

In a checkout they are ``xl/templates``, ``xl/examples``, ``addin`` and ``docs``; the wheel carries
them inside the package, as ``perfgoals_xl/_data`` (see pyproject.toml).
"""

from __future__ import annotations

from pathlib import Path

ADDIN_NAME = "perfgoals.xlam"
MANUAL_NAME = "用户手册.md"
TEMPLATE_NAME = "绩效目标申报模板.xlsx"
EXAMPLE_SOURCE = "云川县水务局2026年绩效目标表.txt"
"""A fictional department's tables as text, with the kinds of fault that real ones have."""
EXAMPLE_WORKBOOK = "云川县水务局2026年绩效目标申报表.xlsx"
"""The same as a standard workbook, built from the text."""
EXAMPLE_EVALUATION = "云川县水务局2026年绩效自评表.xlsx"
"""Its projects at the end of the year, filled in, with a few faults."""
EXAMPLE_MONITORING = "云川县水务局2026年绩效运行监控表.xlsx"
"""Its projects in July."""

_PACKAGE = Path(__file__).parent


def template_path() -> Path:
    """The blank standard workbook. Raises FileNotFoundError where the installation lacks it."""
    return _existing(data_folder("templates") / TEMPLATE_NAME)


def example_path(name: str = EXAMPLE_SOURCE) -> Path:
    """The bundled example ``name``. Raises FileNotFoundError where the installation lacks it."""
    return _existing(data_folder("examples") / name)


def addin_path() -> Path:
    """The Excel add-in, ready made. Raises FileNotFoundError where the installation lacks it."""
    installed = _PACKAGE / "_data"
    return _existing((installed if installed.is_dir() else _PACKAGE.parent) / "addin" / ADDIN_NAME)


def manual_path() -> Path:
    """The manual for staff. Raises FileNotFoundError where the installation lacks it."""
    installed = _PACKAGE / "_data"
    folder = installed / "manual" if installed.is_dir() else _PACKAGE.parent / "docs"
    return _existing(folder / MANUAL_NAME)


def data_folder(kind: str) -> Path:
    """The folder of the ``templates`` or the ``examples``; it may be missing in a new checkout."""
    installed = _PACKAGE / "_data"
    return (installed if installed.is_dir() else _PACKAGE.parent / "xl") / kind


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FileNotFoundError(f"not part of this installation of perfgoals-xl: {path}")
    return path
