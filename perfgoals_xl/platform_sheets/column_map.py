"""What a map says, understood: which values go where on which sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from perfgoals_xl.errors import InputError

BLANK, ANYTHING = "", "*"
"""Keys of a translation: for a blank, and for what is not listed (as a value: as it is)."""


class ValueForm(StrEnum):
    """How a value is written; ``AUTO`` writes what is a number as a number, else the text."""

    AUTO = "auto"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    OPERATOR = "operator"
    LOW = "low"
    HIGH = "high"
    UNIT = "unit"
    KIND = "kind"
    FIGURE = "figure"


OF_TARGETS = (
    ValueForm.OPERATOR,
    ValueForm.LOW,
    ValueForm.HIGH,
    ValueForm.UNIT,
    ValueForm.KIND,
    ValueForm.FIGURE,
)
"""The forms that take a target value apart."""


class At(StrEnum):
    """Where the value of a label stands."""

    BESIDE = "beside"
    BELOW = "below"


@dataclass(frozen=True)
class ValueSpec:
    """What is written under one heading, or beside one label.

    ``where`` is its place in the map, for people. It is a ``column`` of the table, a ``constant``,
    or with ``counts`` the number of the line. ``translation`` gives the platform's codes.
    """

    where: str
    target: str
    column: str | None = None
    constant: str | Decimal | None = None
    counts: bool = False
    form: ValueForm = ValueForm.AUTO
    amount_unit: str | None = None
    translation: Mapping[str, str | Decimal] | None = None
    at: At = At.BESIDE


@dataclass(frozen=True)
class SheetMap:
    """What goes on one sheet: a list of the rows of ``table``, single ``cells``, or both."""

    where: str
    sheet: str | int
    table: str
    per_project: bool = False
    header_row: int | None = None
    first_row: int | None = None
    rows: int | None = None
    replace: bool = False
    columns: tuple[ValueSpec, ...] = ()
    cells: tuple[ValueSpec, ...] = ()
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnMap:
    """A whole map; with ``file_per_project`` every project gets a workbook of its own."""

    path: Path
    sheets: tuple[SheetMap, ...]
    file_per_project: bool = False

    def fault(self, where: str, what: str, hint: str = "") -> InputError:
        """The fault of a map at one of its keys."""
        return map_fault(self.path, where, what, hint)


def map_fault(path: Path, where: str, what: str, hint: str = "") -> InputError:
    """The fault of a map, told with the key at which it is."""
    told = f"映射的 {where}：{what}" if where else f"映射{what}"
    return InputError(told, hint=hint or "请改正映射后再试。", file=path)
