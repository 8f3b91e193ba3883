"""Whether several sources may become one standard workbook: it holds one department's year.

Its titles, its cover and the code on it are those of one department; forms of another one, or of
another year, would get them too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold

_REGION = re.compile(r".*(?:[省市县区旗州盟乡镇]|管委会)")
_MOST_NAMED = 4


def refuse_mixed(declarations: Sequence[Declaration]) -> None:
    """Raises ``InputError`` for sources of different departments, or of different years.

    One name may say the region and another leave it out (云川县水务局, 水务局); a source that does
    not name its department or year is taken to be of the same as the others.
    """
    named = {fold(d.department): d.department for d in declarations if d.department}
    codes = {
        fold(d.department): d.department_code
        for d in reversed(declarations)
        if d.department and d.department_code
    }
    if any(not _alike(*pair, codes) for pair in combinations(named, 2)):
        names = list(named.values())
        more = f"等 {len(names)} 个部门" if len(names) > _MOST_NAMED else ""
        raise InputError(
            f"来源文件属于不同部门（{'、'.join(names[:_MOST_NAMED])}{more}），不能写进同一个工作簿",
            hint="请按部门逐个导入，每个部门写成一个工作簿。",
        )
    years = sorted({d.year for d in declarations if d.year is not None})
    if len(years) > 1:
        raise InputError(
            f"来源文件是不同年度的申报（{'、'.join(f'{year}年' for year in years)}），"
            "不能写进同一个工作簿",
            hint="请按年度逐个导入，每个年度写成一个工作簿。",
        )


def _alike(one: str, other: str, codes: dict[str, str]) -> bool:
    """Whether two names, ready to be compared, are of one department."""
    if one in codes and codes[one] == codes.get(other):
        return True
    short, long = sorted((one, other), key=len)
    if not long.endswith(short):
        return False
    return _REGION.fullmatch(long.removesuffix(short)) is not None
