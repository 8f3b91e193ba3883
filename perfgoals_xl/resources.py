"""Where the files that come with the package stand: the template and the filled examples.

In a checkout they are ``xl/templates`` and ``xl/examples``; the wheel carries them inside the
package, as ``perfgoals_xl/_data`` (see pyproject.toml).
"""

from __future__ import annotations

from pathlib import Path

TEMPLATE_NAME = "绩效目标申报模板.xlsx"

_PACKAGE = Path(__file__).parent


def template_path() -> Path:
    """The blank standard workbook. Raises FileNotFoundError where the installation lacks it."""
    return _existing(data_folder("templates") / TEMPLATE_NAME)


def example_path(name: str | None = None) -> Path:
    """The filled example ``name``, or the first by name. Raises FileNotFoundError without one."""
    folder = data_folder("examples")
    if name is not None:
        return _existing(folder / name)
    # A leading ~ or . is what Excel and LibreOffice leave beside an open workbook.
    found = sorted(path for path in folder.glob("*.*") if path.name[0] not in "~.")
    return found[0] if found else _existing(folder / "*")


def data_folder(kind: str) -> Path:
    """The folder of the ``templates`` or the ``examples``; it may be missing in a new checkout."""
    installed = _PACKAGE / "_data"
    return (installed if installed.is_dir() else _PACKAGE.parent / "xl") / kind


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FileNotFoundError(f"not part of this installation of perfgoals-xl: {path}")
    return path
