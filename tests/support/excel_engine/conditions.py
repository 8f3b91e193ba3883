"""Conditional formats of a range. Real, in LibreOffice's own rules.

Imitated: a new rule comes before those of exactly the same cells (before others LibreOffice cannot
put it), and relative references are read and given as seen from the active cell, as Excel does.
Colour scales, bars and icons can be seen and deleted only; ``stop_if_true`` is not kept.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from openpyxl.formula.translate import Translator

from . import formats, grammar
from .calls import ExcelError, Remote
from .cell_styles import style_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ranges import Range

_EXPRESSION = 24  # com.sun.star.sheet.ConditionFormatOperator
_OPERATORS = {
    "equal_to": 0,
    "less_than": 1,
    "greater_than": 2,
    "less_than_or_equal": 3,
    "greater_than_or_equal": 4,
    "not_equal_to": 5,
    "between": 6,
    "not_between": 7,
}
_RELATIVE = re.compile(r"(?<![\w$])[A-Za-z]{1,3}\$?\d|\$[A-Za-z]{1,3}\d")
_CONDITION = 0  # com.sun.star.sheet.ConditionEntryType
_TYPES = {1: "color_scale", 2: "data_bar", 3: "icon_set"}


class ConditionalFormats(Remote):
    """The rules that hold for any cell of the range, the first to apply first."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self._range = range_

    @property
    def api(self) -> None:
        """Nothing that xlwings lacks."""
        return None

    def _lists(self) -> list[Any]:
        """LibreOffice's lists of rules: one list for each set of cells."""
        wanted = self._range.uno.RangeAddress
        return [
            one
            for one in self._range._sheet.uno.ConditionalFormats.ConditionalFormats
            if any(_overlap(wanted, area) for area in one.Range.RangeAddresses)
        ]

    def _rules(self) -> list[ConditionalFormat]:
        return [
            ConditionalFormat(self._range, one, index)
            for one in self._lists()
            for index in range(one.Count)
        ]

    def __len__(self) -> int:
        return sum(one.Count for one in self._lists())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._rules())

    def __call__(self, index: int) -> ConditionalFormat:
        rules = self._rules()
        if not 1 <= index <= len(rules):
            raise KeyError(index)
        return rules[index - 1]

    def _add(self, spec: dict[str, Any], operator: int, *formulas: str | None) -> ConditionalFormat:
        range_ = self._range
        range_._sheet._check_open()
        cells = range_.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        cells.addRangeAddress(range_.uno.RangeAddress, False)
        same = [
            one
            for one in self._lists()
            if one.Range.RangeAddressesAsString == cells.RangeAddressesAsString
        ]
        rules = same[0] if same else _list_of(range_, cells)
        rule = ConditionalFormat(range_, rules, _new_entry(rules))
        rule._put(operator, *formulas)
        rule._dress(spec)
        return rule

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        """A rule with a formula."""
        return self._add(spec, _EXPRESSION, spec["formula"])

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        """A rule that compares the cell."""
        return self._add(spec, _OPERATORS[spec["operator"]], spec["formula1"], spec["formula2"])

    def clear(self) -> None:
        """Takes the rules off these cells; other cells keep them."""
        self._range._sheet._check_open()
        every = self._range._sheet.uno.ConditionalFormats
        wanted = self._range.uno.RangeAddress
        for one in self._lists():
            if all(_inside(area, wanted) for area in one.Range.RangeAddresses):
                every.removeByID(one.ID)
            else:
                rest = self._range.document.createInstance("com.sun.star.sheet.SheetCellRanges")
                for area in one.Range.RangeAddresses:
                    for piece in _without(area, wanted):
                        rest.addRangeAddress(piece, False)
                self._move(one, rest)

    def _move(self, rules: Any, cells: Any) -> None:
        """Gives the rules other cells."""
        entries = [rules.getByIndex(index) for index in range(rules.Count)]
        if any(entry.Type != _CONDITION for entry in entries):
            rules.Range = cells
            return
        # In a list that is given other cells, LibreOffice goes on counting from the first cell of
        # before: a new list is clearer.
        before, after = _first_cell(rules.Range), _first_cell(cells)
        made = _list_of(self._range, cells)
        for entry in entries:
            made.createEntry(_CONDITION, 0)
            copied = made.getByIndex(made.Count - 1)
            _fill(copied, entry)
            for name in ("Formula1", "Formula2"):
                shown = _seen(getattr(entry, name), before, after)
                setattr(copied, name, grammar.to_shown(shown).removeprefix("="))
        self._range._sheet.uno.ConditionalFormats.removeByID(rules.ID)


def _first_cell(cells: Any) -> str:
    every = cells.RangeAddresses
    row, column = min(at.StartRow for at in every), min(at.StartColumn for at in every)
    return grammar.a1(row + 1, column + 1, False, False)


def _seen(shown: str, origin: str, cell: str) -> str:
    """LibreOffice's formula for ``origin`` as Excel's formula for another cell."""
    whole = "=" + grammar.to_excel(shown, separators=False)
    return Translator(whole, origin=origin).translate_formula(cell)


def _new_entry(rules: Any) -> int:
    """The place of a new entry before all others; the end where there are colour scales or such."""
    # LibreOffice ignores the place that it is told.
    rules.createEntry(_CONDITION, 0)
    entries = [rules.getByIndex(index) for index in range(rules.Count)]
    if any(entry.Type != _CONDITION for entry in entries):
        return len(entries) - 1
    for before, entry in reversed(list(itertools.pairwise(entries))):
        _fill(entry, before)
    entries[0].StyleName = ""
    return 0


def _fill(entry: Any, other: Any) -> None:
    for name in ("Operator", "Formula1", "Formula2", "StyleName"):
        setattr(entry, name, getattr(other, name))


def _list_of(range_: Range, cells: Any) -> Any:
    """A new list of rules for the cells."""
    every = range_._sheet.uno.ConditionalFormats
    number = every.createByRange(cells)
    return next(one for one in every.ConditionalFormats if number == one.ID)


def _mark(entry: Any) -> tuple[Any, ...]:
    if entry.Type != _CONDITION:
        return (entry.Type,)
    return entry.Type, entry.Operator, entry.Formula1, entry.Formula2, entry.StyleName


def _overlap(one: Any, other: Any) -> bool:
    return (
        one.StartRow <= other.EndRow
        and other.StartRow <= one.EndRow
        and one.StartColumn <= other.EndColumn
        and other.StartColumn <= one.EndColumn
    )


def _without(area: Any, hole: Any) -> Iterator[Any]:
    """The rectangles of the area around the hole."""
    import uno

    if not _overlap(area, hole):
        yield area
        return
    top, bottom = max(area.StartRow, hole.StartRow), min(area.EndRow, hole.EndRow)
    for first, last, left, right in (
        (area.StartRow, hole.StartRow - 1, area.StartColumn, area.EndColumn),
        (top, bottom, area.StartColumn, hole.StartColumn - 1),
        (top, bottom, hole.EndColumn + 1, area.EndColumn),
        (hole.EndRow + 1, area.EndRow, area.StartColumn, area.EndColumn),
    ):
        if first <= last and left <= right:
            yield uno.createUnoStruct(
                "com.sun.star.table.CellRangeAddress", area.Sheet, left, first, right, last
            )


def _inside(one: Any, other: Any) -> bool:
    return (
        other.StartRow <= one.StartRow
        and one.EndRow <= other.EndRow
        and other.StartColumn <= one.StartColumn
        and one.EndColumn <= other.EndColumn
    )


class ConditionalFormat(Remote):
    """One rule."""

    def __init__(self, range_: Range, rules: Any, index: int) -> None:
        self.excel = range_.excel
        self._range = range_
        self._cells = rules.Range.RangeAddressesAsString
        self._index = index
        self._mark = _mark(rules.getByIndex(index))

    def _place(self) -> tuple[Any, int]:
        """LibreOffice's list and the place in it now: deleting another rule moves this one."""
        for one in self._range._sheet.uno.ConditionalFormats.ConditionalFormats:
            if one.Range.RangeAddressesAsString != self._cells:
                continue
            for index in (self._index, *range(one.Count)):
                if index < one.Count and _mark(one.getByIndex(index)) == self._mark:
                    return one, index
        raise ExcelError("the rule is gone")

    @property
    def _entry(self) -> Any:
        rules, index = self._place()
        return rules.getByIndex(index)

    @property
    def api(self) -> None:
        """Nothing that xlwings lacks."""
        return None

    def _kind(self) -> str:
        if self._mark[0] != _CONDITION:
            return _TYPES.get(self._mark[0], "unknown")
        if self._mark[1] == _EXPRESSION:
            return "custom"
        return "cell_value" if self._mark[1] in _OPERATORS.values() else "unknown"

    def _anchors(self) -> tuple[str, str]:
        """The first cell of the rule and the active cell, without $."""
        first = _first_cell(self._place()[0].Range)
        active = self.excel.impl.selection
        seen = "A1" if active is None else grammar.a1(active.row, active.column, False, False)
        return first, seen

    def _put(self, operator: int | None, *formulas: str | None) -> None:
        first, seen = self._anchors()
        entry = self._entry
        if operator is not None:
            entry.Operator = operator
        for number, formula in enumerate(formulas, start=1):
            if formula is None:
                continue
            whole = formula if formula.startswith("=") else f"={formula}"
            moved = Translator(whole, origin=seen).translate_formula(first)
            setattr(entry, f"Formula{number}", grammar.to_shown(moved).removeprefix("="))
        self._mark = _mark(entry)

    def _formula(self, number: int) -> str:
        shown = self._mark[1 + number]
        if not _RELATIVE.search(shown):
            return "=" + grammar.to_excel(shown, separators=False)
        return _seen(shown, *self._anchors())

    def _style(self) -> Any:
        styles = self._range.document.StyleFamilies.getByName("CellStyles")
        return styles.getByName(self._entry.StyleName)

    def _dress(self, changes: dict[str, Any]) -> None:
        """Gives the rule the style that it had, changed."""
        entry = self._entry
        before = self._style() if entry.StyleName else None
        look = {}
        for name, (uno_name, into) in _DRESS.items():
            if changes.get(name) is not None:
                look[uno_name] = into(changes[name])
            elif before is not None and before.getPropertyState(uno_name).value == "DIRECT_VALUE":
                look[uno_name] = getattr(before, uno_name)
        if look:
            entry.StyleName = style_with(self.excel, self._range.document, look)
            self._mark = _mark(entry)

    def _worn(self, name: str) -> Any:
        """The style's property, ``None`` where the rule says nothing of it."""
        if self._kind() not in ("custom", "cell_value") or not self._entry.StyleName:
            return None
        style = self._style()
        if style.getPropertyState(name).value != "DIRECT_VALUE":
            return None
        return getattr(style, name)

    @property
    def type(self) -> str:
        """xlwings' word for the kind of rule."""
        return self._kind()

    @property
    def operator(self) -> str | None:
        """How a cell is compared."""
        if self._kind() != "cell_value":
            return None
        return next(word for word, n in _OPERATORS.items() if n == self._mark[1])

    @property
    def formula(self) -> str | None:
        """The formula of a custom rule, as seen from the active cell."""
        return self._formula(1) if self._kind() == "custom" else None

    @property
    def formula1(self) -> str | None:
        """What a cell is compared with."""
        return self._formula(1) if self._kind() == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        """The upper end, where there are two."""
        if self._kind() != "cell_value" or self._mark[1] not in (6, 7):
            return None
        return self._formula(2)

    @property
    def stop_if_true(self) -> bool | None:
        """Not kept by LibreOffice."""
        return False if self._kind() in ("custom", "cell_value") else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """The fill."""
        found = self._worn("CellBackColor")
        return None if found is None else formats.rgb(found)

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        """The colour of the text."""
        found = self._worn("CharColor")
        return None if found is None else formats.rgb(found)

    @property
    def font_bold(self) -> bool | None:
        """Bold or not."""
        found = self._worn("CharWeight")
        return None if found is None else found > 100

    def set(self, changes: dict[str, Any]) -> None:
        """Changes the rule."""
        self._range._sheet._check_open()
        operator = _OPERATORS[changes["operator"]] if "operator" in changes else None
        self._put(
            operator, changes.get("formula", changes.get("formula1")), changes.get("formula2")
        )
        self._dress(changes)

    def delete(self) -> None:
        """Removes the rule from all its cells."""
        self._range._sheet._check_open()
        rules, gone = self._place()
        entries = [rules.getByIndex(index) for index in range(rules.Count)]
        every = self._range._sheet.uno.ConditionalFormats
        if len(entries) > 1:
            # LibreOffice 7.4 refuses to remove one entry: the others move to a new list.
            if any(entry.Type != _CONDITION for entry in entries):
                raise ExcelError("deleting a rule beside colour scales and such is not imitated")
            kept = _list_of(self._range, rules.Range)
            for index, entry in enumerate(entries):
                if index != gone:
                    kept.createEntry(_CONDITION, 0)
                    _fill(kept.getByIndex(kept.Count - 1), entry)
        every.removeByID(rules.ID)


def _weight(bold: bool) -> float:
    return 150.0 if bold else 100.0


_DRESS = {
    "fill_color": ("CellBackColor", formats.uno_color),
    "font_color": ("CharColor", formats.uno_color),
    "font_bold": ("CharWeight", _weight),
}
