"""Forms by outline: lines that are indented or numbered in place of a table.

A line that is a term of the taxonomy opens a group; under it stand names and values, in one line
(``清淤长度：≥6公里``), in two cells or in two lines. The line before a first-level term names a
project, and a number between the two is its money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.column_labels import heads_columns
from perfgoals_xl.form.named_targets import named_target
from perfgoals_xl.form.target import VALUED, Kind, parse_target
from perfgoals_xl.form.taxonomy import detect_edition, read_level
from perfgoals_xl.form.text import clean, fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.alignment import Says, says
from perfgoals_xl.reading.recognition.carried_levels import Levels
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.row_notes import is_note, is_stamp
from perfgoals_xl.reading.recognition.row_values import listed

_NUMBERED = re.compile(
    r"^\s*(?:\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[-•·*])\s*"
)
_FEWEST_INDICATORS, _FEWEST_GROUPS = 2, 2
# Between the levels, the name and the target of a line; between the indicators of one.
_ARROWS = re.compile(r"\s*(?:—{1,2}|–|-{1,2}>?|→|＞|>(?!=)|/|／|＼|\|)\s*")
_BETWEEN, _END = re.compile(r"[；;]"), "。；;，,"
# Rows below a line in which the table would stand that makes it a text.
_REACH = 60
# The share of texts that say an indicator and its target.
_MOSTLY = 0.6
# A grid whose rows hold more cells than this on the average is a table.
_MOST_CELLS = 2.5


ACROSS = "指标按列排列（一个指标占一列），这种版式不读取；请改成一个指标占一行"


@dataclass(frozen=True)
class _Token:
    """A text of the outline: how far it is indented, and its cell."""

    text: str
    indent: int
    place: Place
    row: int
    column: int
    value: object

    @property
    def level(self) -> Says | None:
        """Which level it is a term of; None for any other text."""
        said = says(self.text)
        return said if said in (Says.LEVEL1, Says.LEVEL2, Says.EITHER) else None


def find_outline(grid: Grid) -> list[Form]:
    """The projects of an outline without labels; [] where the grid is none."""
    rows = grid.filled()
    cells = sum(1 for row in rows for _ in grid.cells(row))
    if not rows or cells > _MOST_CELLS * len(rows):
        return []
    tokens = _tokens(grid, rows)
    starts = [i for i in range(len(tokens)) if _opens_project(tokens, i)]
    forms: list[Form] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        form = Form(grid, is_department=False)
        form.entries["project_name"] = Entry(clean(tokens[start].text), tokens[start].place)
        body = start + 1
        if body < end and (amount := _amount(tokens[body])) is not None:
            form.entries["annual_amount"] = amount
            body += 1
        for token in tokens[start:body]:
            form.use(token.row, token.column, Use.VALUE)
        _read_indicators(form, tokens[body:end])
        form.rows = (tokens[start].row, tokens[end - 1].row + 1)
        forms.append(form)
    lines = [line for form in forms for line in form.lines]
    groups = {line.level2 for line in lines}
    if len(lines) < _FEWEST_INDICATORS or len(groups) < _FEWEST_GROUPS:
        return []
    before = tokens[starts[0] - 1] if starts[0] else None
    if before is not None and before.indent < tokens[starts[0]].indent:
        for form in forms:
            form.entries["implementing_unit"] = Entry(clean(before.text), before.place)
    return forms


def read_outline(form: Form, start: int, end: int) -> None:
    """Fill ``form.lines`` from numbered or indented lines below a form's labels."""
    rows = form.grid.filled(start, end)
    if lies_across(form.grid, start, end):
        _tell_across(form, start, end)
        return
    tokens = _tokens(form.grid, rows)
    first = next((i for i, token in enumerate(tokens) if token.level is not None), None)
    if first is None or sum(token.level is not None for token in tokens) < _FEWEST_GROUPS:
        return
    found = Form(form.grid, form.is_department)
    _read_indicators(found, tokens[first:])
    if len(found.lines) >= _FEWEST_INDICATORS:
        form.lines, form.edition = found.lines, found.edition
        form.group_places.update(found.group_places)
        form.group_points.update(found.group_points)
        form.ledger.update(found.ledger)


def _tell_across(form: Form, start: int, end: int) -> None:
    for row in form.grid.filled(start, end):
        if lies_across(form.grid, row, row + 1):
            column, value = next(form.grid.cells(row))
            form.stray(form.grid.place(row, column), str(value), None, ACROSS)
            form.ledger.note_all(((row, c) for c, _ in form.grid.cells(row)), Use.LABEL)
            return


def opens_group(grid: Grid, row: int) -> bool:
    """Whether a row is a line of an outline: a term of the taxonomy, alone or before its text.

    Above a table such lines are a text: 数量指标：完成清淤。
    """
    cells = list(grid.cells(row))
    if len(cells) != 1 or not isinstance(cells[0][1], str):
        return False
    text = cells[0][1]
    bare = _NUMBERED.sub("", text)
    if bare != text and _is_level(bare):
        return True
    if not heads_columns(text) and len(in_parts(_lines(text)[0])) < 2:
        return False
    return find_header(grid, row, min(row + _REACH, len(grid.rows))) is None


def outlines(grid: Grid, start: int, end: int) -> bool:
    """Whether rows without a table hold groups of indicators, each led by its level."""
    led = 0
    for row in grid.filled(start, end):
        first = next(grid.cells(row), (0, None))[1]
        for line in _lines(first) if isinstance(first, str) else ():
            parts = in_parts(line)
            led += bool(parts) and _is_level(parts[0])
    return led >= _FEWEST_GROUPS and not lies_across(grid, start, end)


def lies_across(grid: Grid, start: int, end: int) -> bool:
    """Whether the groups of indicators stand side by side, each with columns of its own."""
    for row in grid.filled(start, end):
        terms = [read_level(value) for _, value in grid.cells(row) if isinstance(value, str)]
        groups = {term.key2 for term in terms if term is not None and term.key2 is not None}
        firsts = {term.key1 for term in terms if term is not None and term.key1 is not None}
        if len(groups) > 1 or len(firsts) > 1:
            return True
    return False


def _lines(text: str) -> list[str]:
    """The lines of a cell; a term that is broken inside is one."""
    bare = _NUMBERED.sub("", text)
    return [bare] if _is_level(bare) else text.strip("\n").split("\n")


def in_parts(line: str) -> list[str]:
    """A line with its levels taken apart: 数量指标：清淤≥6公里, 产出——数量——清淤——6公里.

    Names with their values, several behind one level, are parts of their own.
    """
    bare = _NUMBERED.sub("", line).strip()
    pieces = [piece.strip() for piece in _ARROWS.split(bare, 3)]
    if len(pieces) == 4 and not _is_level(pieces[1]):
        pieces = [piece.strip() for piece in _ARROWS.split(bare, 2)]  # 5—8公里 is one value
    if len(pieces) > 2 and _is_level(pieces[0]):
        return [piece.rstrip(_END) for piece in pieces if piece]
    for colon in ("：", ":"):
        level, found, rest = bare.partition(colon)
        if found and _is_level(level) and not _is_only_target(rest):
            inner = in_parts(rest) if rest.strip() else []
            return [level, *(inner if len(inner) > 1 else _items(rest))]
    return [bare] if bare else []


def _is_only_target(text: str) -> bool:
    """Whether a text behind a colon is a target: 服务对象满意度：≥85% is a name and its value."""
    kind = parse_target(text.strip().rstrip(_END)).kind
    return (kind in VALUED or kind is Kind.QUALITATIVE) and named_target(text) is None


def _items(text: str) -> list[str]:
    """The indicators of a line: several where each says its target."""
    items = [item.strip() for item in _BETWEEN.split(text) if item.strip()]
    if len(items) > 1 and all(named_target(item) is not None for item in items):
        return items
    return [text.strip().rstrip(_END)] if text.strip() else []


def _is_level(text: str) -> bool:
    return says(text) in (Says.LEVEL1, Says.LEVEL2, Says.EITHER)


def _tokens(grid: Grid, rows: Sequence[int]) -> list[_Token]:
    tokens = []
    for row in rows:
        for column, value in grid.cells(row):
            text = value if isinstance(value, str) else grid.shown(row, column, value)
            indent = len(text) - len(text.lstrip()) + 4 * column
            place = grid.place(row, column)
            if isinstance(value, str) and heads_columns(value):
                continue
            parts = [part for line in _lines(text) for part in in_parts(line)]
            if not any(map(_is_level, parts)) or len(parts) < 2:
                parts = listed(text) or [_NUMBERED.sub("", text)]
            for part in parts:
                said = value if len(parts) == 1 else part
                tokens.append(_Token(part, indent, place, row, column, said))
    return tokens


def _opens_project(tokens: list[_Token], at: int) -> bool:
    """Whether a text is followed by a first-level term, with at most a number between them."""
    token = tokens[at]
    if token.level is not None or says(token.text) is not Says.TEXT or is_note(token.text):
        return False
    following = at + 1
    if following < len(tokens) and _amount(tokens[following]) is not None:
        following += 1
    if following >= len(tokens) or tokens[following].level not in (Says.LEVEL1, Says.EITHER):
        return False
    # What is not indented as far as a name below it is no value of an indicator either.
    return at == 0 or following > at + 1 or token.indent < tokens[following].indent


def _amount(token: _Token) -> Entry | None:
    """A number alone, as a project's money."""
    try:
        amount = parse_amount(token.value if not isinstance(token.value, str) else token.text)
    except ValueError:
        return None
    return None if amount is None else Entry(token.value, token.place)


def _read_indicators(form: Form, tokens: list[_Token]) -> None:
    form.edition = detect_edition(token.text for token in tokens if token.level is not None)
    if not tokens:
        return
    header = Header(tokens[0].row, tokens[0].row, tokens[0].column, tokens[0].column)
    levels = Levels(form, header)
    texts = [token.text for token in tokens if token.level is None and not _is_beside(token.text)]
    both = sum(named_target(text) is not None for text in texts) >= _MOSTLY * len(texts)
    names: _Token | None = None
    depth: int | None = None
    for token in tokens:
        if token.level is not None:
            is_first = token.level is Says.LEVEL1 or (
                token.level is Says.EITHER and form.edition == "2021"
            )
            at = (token.row, token.column)
            form.use(*at, Use.GROUP)
            pair = (at[1], None) if is_first else (None, at[1])
            levels.take(at[0], *pair, text=token.text)
            names = None
            continue
        if _is_beside(token.text):
            form.use(token.row, token.column, Use.NOTE)
            continue
        form.use(token.row, token.column, Use.VALUE)
        name, value = _parted(token, both=both)
        if names is not None and (token.row == names.row or token.indent != depth or depth is None):
            _add(form, levels, names, Entry(_said(token), token.place))
            names = None
        elif value is not None:
            if names is not None:
                _add(form, levels, names, Entry(None, names.place))
            names = None
            _add(form, levels, token, Entry(value, token.place), name=name)
        else:
            if names is not None:
                _add(form, levels, names, Entry(None, names.place))
            names, depth = token, token.indent if _is_indented(tokens) else None
    if names is not None:
        _add(form, levels, names, Entry(None, names.place))


def _is_beside(text: str) -> bool:
    """Whether a line is none of the outline: a note, or who signed the form and when."""
    return is_note(text) or is_stamp(text)


def _is_indented(tokens: list[_Token]) -> bool:
    return len({token.indent for token in tokens}) > 1


def _said(token: _Token) -> object:
    return clean(token.text) if isinstance(token.value, str) else token.text


def _parted(token: _Token, *, both: bool) -> tuple[str, str | None]:
    """Name and value of a line that holds both: ``清淤长度：≥6公里``, ``清淤长度≥6公里``."""
    if both and (found := named_target(token.text)) is not None:
        return found
    for colon in ("：", ":"):
        name, mark, value = token.text.partition(colon)
        if mark and name.strip() and value.strip() and len(fold(name)) <= 40:
            return name.strip(), value.strip()
    return token.text, None


def _add(
    form: Form, levels: Levels, token: _Token, target: Entry, *, name: str | None = None
) -> None:
    called = Entry(clean(name if name is not None else token.text), token.place)
    form.lines.append(
        Line(
            levels.level1,
            levels.level2,
            levels.place1,
            levels.place2,
            called,
            target,
            Entry(None, token.place),
        )
    )
