"""Which department declares: named by its own form, a cover, its projects, or in a title."""

from __future__ import annotations

import re
from collections import Counter

from perfgoals_xl.addresses import Place
from perfgoals_xl.form import own_sheets
from perfgoals_xl.form.text import UNCALCULATED, clean
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets import cover
from perfgoals_xl.reading.project_parts import text_of, value_of
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.ledger import Use

_CODE = re.compile(
    r"^(?P<name>.*?)\s*[（(\[【]\s*(?P<code>[0-9A-Za-z][0-9A-Za-z.\-]*)\s*[)）\]】]\s*$", re.S
)


_CODE_BEFORE = re.compile(
    r"^[\[【（(]?(?P<code>\d{3,20})[\]】）)]?\s*[-—_、.]?\s*(?P<name>[^\d\W].*)$", re.S
)


# No department's name is longer.
_LONGEST_NAME = 200


def department_of(
    grids: list[Grid], department_forms: list[Form], projects: list[Form]
) -> tuple[str | None, str | None, dict[str, Place]]:
    """Name and code: from the department table, the cover sheet, or the projects' 主管部门."""
    for form in department_forms:
        entry = form.entries.get("department")
        text = text_of(entry)
        if entry is not None and text and text != UNCALCULATED:
            return (*_split_code(text), {"department": entry.place})
    stated = cover.stated(grids, own_sheets.COVER_DEPARTMENT)
    if stated is not None:
        code = cover.stated(grids, own_sheets.COVER_CODE)
        return clean(stated[0]), code[0] if code else None, {"department": stated[1]}
    named = _named(projects, "supervising_department")
    titled = next(filter(None, map(_in_title, (*department_forms, *projects))), None)
    if not named and titled is not None:
        return (*_split_code(titled[0]), {"department": titled[1]})
    if not named:
        # A list of one unit's projects names nobody else.
        named = _named(projects, "implementing_unit")
        if len(named) != 1 or not all(form.is_listed for form in projects):
            on_cover = _on_cover(grids, {form.grid.sheet for form in projects})
            return on_cover or (None, None, {})
    name = named.most_common(1)[0][0]
    return (*_split_code(name), {})


# Rows of text; a cover has no more.
_MOST_OF_COVER = 12
# Behind a label above the form, or before the year of its title.
_FILLED_IN = re.compile(
    r"^(?:填报|编制|申报|报送|预算)?(?:单位|部门|机构)(?:名称)?(?:[（(][^（）()]{0,6}[)）])?[:：]\s*"
    r"(?!(?:人民币)?[十百千万亿]*元)(\S.{1,60})$"
)
_BEFORE_YEAR = re.compile(
    r"^\s*(\S.{1,40}?(?:局|委|委员会|厅|部|办|办公室|中心|政府|法院|院|会|署|社|校|学|馆|站|所|队|处))"
    r"(?:本级|机关)?(?:关于)?\s*(?:19|20)\d\d\s*年"
)


_BEHIND_YEAR = re.compile(
    r"^\s*(?:19|20)\d\d\s*年度?\s*(\S{2,30}?(?:局|委|委员会|厅|办公室|法院|检察院|人民政府))"
    r"(?=(?:本级)?(?:部门预算|部门整体|部门项目|项目支出|项目绩效|整体支出))"
)


_CODED_NAME = re.compile(
    r"^\s*(\d{3,9}\s*[-—_]?\s*[\u4e00-\u9fff]{3,30}(?:局|委员会|厅|办公室|法院|检察院|人民政府|中心))\s*$"
)


def _in_title(form: Form) -> tuple[str, Place] | None:
    """The department as the lines above a form name it."""
    grid = form.grid
    lines = [
        (str(grid.value(*at)).strip(), grid.place(*at))
        for at, use in form.ledger.items()
        if use is Use.TITLE
    ]
    # Above the rows of a list 101-某局 is the sum of its projects.
    coded = () if form.is_listed else (_CODED_NAME,)
    for pattern in (_FILLED_IN, _BEFORE_YEAR, _BEHIND_YEAR, *coded):
        for text, place in lines:
            found = pattern.match(text)
            if found:
                return found[1], place
    return None


def _on_cover(
    grids: list[Grid], sheets: set[str]
) -> tuple[str | None, str | None, dict[str, Place]] | None:
    """The department as a cover names it: a sheet with a title, and no form nor table."""
    for grid in grids:
        rows = list(grid.filled()) if grid.sheet not in sheets else []
        if len(rows) > _MOST_OF_COVER:
            continue
        for row in rows:
            cells = list(grid.cells(row))
            found = _BEFORE_YEAR.match(str(cells[0][1])) if len(cells) == 1 else None
            if found:
                return (*_split_code(found[1]), {"department": grid.place(row, cells[0][0])})
    return None


def _named(projects: list[Form], field: str) -> Counter[str]:
    found = (value_of(form, field) for form in projects)
    return Counter(clean(str(value)) for value in found if value is not None)


def _split_code(text: str) -> tuple[str | None, str | None]:
    """``某局（108001）`` → ``("某局", "108001")``."""
    match = None
    if len(text) <= _LONGEST_NAME:
        match = _CODE.match(clean(text)) or _CODE_BEFORE.match(clean(text))
    if match is None:
        return clean(text) or None, None
    return match["name"] or None, match["code"]
