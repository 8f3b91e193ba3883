"""The indicator table of a form."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.form.taxonomy import EDITIONS
from tests.support.layouts import columns as parts
from tests.support.layouts.columns import Column
from tests.support.layouts.content import Item, Value
from tests.support.layouts.features import Layout
from tests.support.layouts.levels import runs, spelled, spelled1, spelled2, wanted_levels
from tests.support.layouts.page import Page
from tests.support.layouts.wanted import Want, WantedItem, WantedProject

_VALUE_PARTS = ("value", "sign", "number", "signed", "united", "unit")
_LEVEL_PARTS = ("level1", "level2", "joined", "p_level2")


class Table:
    """Draws header and rows below each other; ``left`` is the first column."""

    def __init__(self, page: Page, layout: Layout, edition: str, cols: Sequence[Column], left: int):
        self.page, self.layout, self.edition = page, layout, edition
        self.columns, self.left = cols, left

    def header(self, row: int) -> int:
        """The rows of headings from ``row``; the row below them."""
        layout = self.layout
        merged = layout["merging"] != "plain"
        if layout["header"] == "three":
            across = len(self.columns) if merged else 1
            self.page.put(row, self.left, "年度绩效指标", across=across)
            row += 1
        overs = [column.over for column in self.columns]
        if layout["header"] != "one" and not any(overs):
            # With nothing over the values, the levels are headed together.
            levels = [c.part in (*_LEVEL_PARTS, "name") for c in self.columns]
            over = "绩效指标" if layout["header"] == "two" else "指标"
            overs = [over if level else "" for level in levels]
        if not any(overs):
            for number, column in enumerate(self.columns):
                self.page.put(row, self.left + number, column.heading)
            return row + 1
        for start, length in runs(overs):
            if overs[start]:
                across = length if merged else 1
                self.page.put(row, self.left + start, overs[start], across=across)
        for number, column in enumerate(self.columns):
            if overs[number]:
                self.page.put(row + 1, self.left + number, column.heading)
            else:
                down = 2 if merged else 1
                at = row if merged or layout.rng("header").random() < 0.5 else row + 1
                self.page.put(at, self.left + number, column.heading, down=down)
        return row + 2

    def rows(self, row: int, items: Sequence[Item], wanted: WantedProject) -> int:
        """A row for each indicator; the row below them."""
        again = self.layout["rows"] == "header_again" and len(items) > 3
        if not again and self.layout["levels"] != "sections":
            return self._block(row, items, wanted)
        if again:
            at = self.layout.rng("again").randint(2, len(items) - 1)
            blocks = [items[:at], items[at:]]
        else:
            keys = [item.level1 for item in items]
            blocks = [items[start : start + length] for start, length in runs(keys)]
        for number, block in enumerate(blocks):
            if again and number:
                row = self.header(row)
            if self.layout["levels"] == "sections":
                for start, length in runs([item.level1 for item in block]):
                    row = self._section(row, block[start])
                    row = self._block(row, block[start : start + length], wanted)
            else:
                row = self._block(row, block, wanted)
        return row

    def _section(self, row: int, item: Item) -> int:
        """A first level as a line of its own across the table."""
        mark = self.layout.rng("section").choice(("", "", "numeral"))
        order = EDITIONS[self.edition].level1_terms.index(item.level1)
        text = spelled1(self.layout, self.edition, item.level1)
        text = f"{'一二三四'[order]}、{text}" if mark else text
        across = len(self.columns) if self.layout["merging"] != "plain" else 1
        self.page.put(row, self.left, text, across=across)
        return row + 1

    def _block(self, row: int, items: Sequence[Item], wanted: WantedProject) -> int:
        lines = self._lines(items)
        for number, line in enumerate(lines):
            if isinstance(line, Item):
                self._row(row + number, line, wanted)
            elif line is not None:
                self._other_row(row + number, line)
        self._levels(row, lines)
        return row + len(lines)

    def _lines(self, items: Sequence[Item]) -> list[Item | tuple[str, str, str] | None]:
        """The indicators with what stands between them: None is a blank row."""
        choice = self.layout["rows"]
        lines: list[Item | tuple[str, str, str] | None] = []
        if choice == "empty_groups":
            for level1, level2 in EDITIONS[self.edition].groups:
                found = [i for i in items if (i.level1, i.level2) == (level1, level2)]
                lines += found or [(level1, level2, "")]
            return lines
        for item, following in zip(items, [*items[1:], None], strict=True):
            lines.append(item)
            if choice == "gaps" and following is not None and item.level1 != following.level1:
                lines.append(None)
            ends = following is None or item.level2 != following.level2
            if choice == "struck_out" and self.layout.rng(f"struck/{item.name}").random() < 0.2:
                lines.append((item.level1, item.level2, "struck"))
            if choice == "dots" and ends and self.layout.rng(f"dots/{item.level2}").random() < 0.5:
                lines.append((item.level1, item.level2, "……"))
        return lines

    def _row(self, row: int, item: Item, wanted: WantedProject) -> None:
        layout, cells, value_cells = self.layout, {}, []
        shift = 0
        if layout["levels"] == "slipped":
            shift = self._slip(item, wanted)
        for number, column in enumerate(self.columns):
            if column.part in _LEVEL_PARTS:
                continue
            value, code = parts.cell_of(layout, item, column.part)
            if column.part == "ordinal":
                value = len(wanted.items) + 1
            if column.part in ("name", "p_name"):
                value = self._name(item)
            if value is None or value == "":
                continue
            at = self.left + number - shift
            cells[column.part] = self.page.put(row, at, value, format=code)
            if column.part in _VALUE_PARTS:
                value_cells.append(cells[column.part])
        level1, level2 = wanted_levels(layout, item)
        named = frozenset((cells["name"],))
        plain = Want(item.name, named, (self._name(item),))
        target = Want(item.value.text, frozenset(value_cells))
        found = WantedItem(level1, level2, plain, target)
        if "period" in cells:
            found.period_target_value = Want(item.period.text, frozenset((cells["period"],)))
        if "p_value" in cells:
            found.period_target_value = Want(item.period.text, frozenset((cells["p_value"],)))
        for part in ("note", "standard", "weight"):
            if part in cells:
                text = str(parts.cell_of(layout, item, part)[0])
                setattr(found, part, Want(text, frozenset((cells[part],))))
        wanted.items.append(found)

    def _name(self, item: Item) -> str:
        choice = self.layout["ordinals"]
        number = self.layout.rng(f"ordinal/{item.level2}").randint(1, 2)
        if choice == "indicator":
            return f"指标{number}：{item.name}"
        if choice == "number":
            return f"{number}.{item.name}"
        return item.name

    def _slip(self, item: Item, wanted: WantedProject) -> int:
        """How far the row moved left: as many columns as it has no level of its own for."""
        before = wanted.items[-1] if wanted.items else None
        if before is None or before.level1.value != item.level1:
            return 0
        return 1 if before.level2.value != item.level2 else 2

    def _other_row(self, row: int, line: tuple[str, str, str]) -> None:
        name = next(n for n, column in enumerate(self.columns) if column.part == "name")
        if line[2] == "struck":
            for at, text in ((name, "已取消的旧指标"), (len(self.columns) - 1, "3项")):
                self.page.put(row, self.left + at, text, strike=True)
        elif line[2]:
            self.page.put(row, self.left + name, line[2])

    def _levels(self, row: int, lines: Sequence[Item | tuple[str, str, str] | None]) -> None:
        choice = self.layout["levels"]
        for number, column in enumerate(self.columns):
            if column.part not in _LEVEL_PARTS:
                continue
            part = column.part.removeprefix("p_")
            texts = [self._level_text(line, part) for line in lines]
            for start, length in runs(self._keys(lines, part)):
                if texts[start] is None:
                    continue
                at = self.left + number
                if choice == "slipped":
                    shift = part == "level2" and self._key(lines, start - 1, 1) == self._key(
                        lines, start, 1
                    )
                    self.page.put(row + start, at - int(shift), texts[start])
                elif choice == "repeated" or (choice == "joined" and self._repeats()):
                    for line in range(start, start + length):
                        self.page.put(row + line, at, texts[line])
                elif choice == "once" or self.layout["merging"] == "plain":
                    self.page.put(row + start, at, texts[start])
                else:
                    self.page.put(row + start, at, texts[start], down=length)

    def _repeats(self) -> bool:
        return self.layout.rng("joined levels").random() < 0.7

    def _level_text(self, line: Item | tuple[str, str, str] | None, part: str) -> str | None:
        if line is None:
            return None
        if isinstance(line, tuple):
            blank = Value("")
            line = Item(line[0], line[1], "", blank, blank, blank)
        return spelled(self.layout, self.edition, line, part)

    def _key(
        self, lines: Sequence[Item | tuple[str, str, str] | None], at: int, depth: int
    ) -> object:
        line = lines[at] if 0 <= at < len(lines) else None
        if line is None:
            return None
        levels = (line.level1, line.level2) if isinstance(line, Item) else line[:2]
        return levels[:depth]

    def _keys(self, lines: Sequence[Item | tuple[str, str, str] | None], part: str) -> list[object]:
        return [self._key(lines, n, 1 if part == "level1" else 2) for n in range(len(lines))]


__all__ = ["Table", "spelled2"]
