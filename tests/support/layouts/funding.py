"""The funding of a form: blocks, sources, budget types, a table of its own, a sentence."""

from __future__ import annotations

from decimal import Decimal

from tests.support.layouts.amounts import in_unit, unit_mark, unit_word
from tests.support.layouts.heads import Head
from tests.support.layouts.words import decorated, label

_SOURCES = ("local_appropriation", "local_other", "local_carryover")
_TYPES = (
    "一般公共预算拨款",
    "政府性基金预算拨款",
    "国有资本经营预算拨款",
    "财政专户管理资金",
    "单位资金",
)


def draw_funding(head: Head) -> None:
    """The funding in the layout's own way."""
    _DRAWN[head.layout["funding"]](head)


def _amount(head: Head, name: str) -> Decimal | None:
    value = head.said(name)
    assert value is None or isinstance(value, Decimal)
    return value


def _name(head: Head, name: str, prefix: str = "", *, timed: bool = False) -> str:
    text = label(head.layout, name, timed=timed, unit=unit_mark(head.layout))
    return prefix + text


def _sources(head: Head) -> list[tuple[str, Decimal]]:
    """The parts of a form without blocks, which add up to the year's amount."""
    annual = _amount(head, "annual_amount")
    assert annual is not None
    other = _amount(head, "local_other") or Decimal(0)
    carried = _amount(head, "local_carryover") or Decimal(0)
    if other + carried >= annual:
        other = carried = Decimal(0)
    parts = [("local_appropriation", annual - other - carried)]
    if other:
        parts.append(("local_other", other))
    if carried:
        parts.append(("local_carryover", carried))
    return parts


def _total_and_year(head: Head) -> list[tuple[str, str | None, object]]:
    return [
        (_name(head, name), name, head.said(name))
        for name in ("total_amount", "annual_amount")
        if head.said(name) is not None
    ]


def _pairs(head: Head) -> None:
    """Total and year's amount beside each other, then the sources two by two."""
    head.pairs(_total_and_year(head))
    found: list[tuple[str, str | None, object]] = [
        (_name(head, name, "其中：" if number == 0 else ""), name, value)
        for number, (name, value) in enumerate(_sources(head))
    ]
    while found:
        head.pairs(found[:2])
        found = found[2:]


def _lines(head: Head) -> None:
    """A line for each amount, behind a label that is merged down all of them or without one."""
    lines = _total_and_year(head)
    rng = head.layout.rng("funding lines")
    prefix = rng.choice(("其中：", "其中:", "  其中：", ""))
    lines += [(_name(head, name, prefix), name, value) for name, value in _sources(head)]
    left = 0
    if rng.random() < 0.6 and head.width > 3:
        side = rng.choice(("项目资金", "资金情况", "项目\n资金"))
        side += f"\n（{unit_word(head.layout)}）" if head.layout["unit"] == "in_label" else ""
        head.merged(head.row, 0, side, 1, down=len(lines))
        left = 1
    for line in lines:
        head.pairs([line], left)


def _blocks(head: Head) -> None:
    """The standard form's two blocks beside each other."""
    layout, page = head.layout, head.page
    head.pairs(_total_and_year(head))
    if head.width < 6 or any(head.said(n) is None for n in ("local_total", "transfer_total")):
        return
    start = head.row
    half = head.width // 2
    rows = [
        ("local_total", "transfer_total"),
        ("local_appropriation", "transfer_central"),
        ("local_other", "transfer_regional"),
        ("local_carryover", None),
    ]
    down = len(rows) if layout["merging"] == "merged" else 1
    page.put(start, 0, decorated(layout, "其中：本级资金", "local"), down=down)
    page.put(start, half, decorated(layout, "转移市县（区）资金", "transfer"), down=down)
    for left, right in rows:
        for name, column, end in ((left, 0, half), (right, half, head.width)):
            if name is not None:
                text = "资金总额" if name.endswith("total") else label(layout, name)
                page.put(head.row, column + 1, text + unit_mark(layout))
                head.value(name, head.said(name), column + 2, end - column - 2)
        head.row += 1


def _period_annual(head: Head) -> None:
    """The whole period's sources on the left, the year's on the right."""
    annual, total = _amount(head, "annual_amount"), _amount(head, "total_amount")
    if total is None or head.width < 5:
        _lines(head)
        return
    assert annual is not None
    parts = _sources(head)
    more = total - annual
    rows = [
        (
            _name(head, "total_amount"),
            "total_amount",
            total,
            _name(head, "annual_amount", timed=True),
            "annual_amount",
            annual,
        )
    ]
    for number, (name, value) in enumerate(parts):
        text = _name(head, name, "其中：" if number == 0 else "")
        whole = value + (more if number == 0 else 0)
        rows.append((text, "", whole, text, name, value))
    head.merged(head.row, 0, "项目资金", 1, down=len(rows))
    for first, name1, value1, second, name2, value2 in rows:
        head.pairs([(first, name1 or None, value1), (second, name2, value2)], 1)


def _table(
    head: Head, headings: list[str], lines: list[tuple[str, str | None, list[object]]], at: int
) -> None:
    """Amounts in columns under headings; the values in the column ``at`` are wanted."""
    head.merged(head.row, 0, "项目资金", 1, down=len(lines) + 1)
    wide = head.width - 1 - len(headings)
    for number, heading in enumerate(headings):
        column = 1 + number + (max(wide, 0) if number else 0)
        head.merged(head.row, column, heading, 1 + (max(wide, 0) if number == 0 else 0))
    head.row += 1
    for text, name, values in lines:
        head.merged(head.row, 1, text, 1 + max(wide, 0))
        for number, value in enumerate(values):
            wanted = name if number == at else None
            head.value(wanted, value, 2 + number + max(wide, 0))
        head.row += 1


def _columns(head: Head) -> None:
    """年初预算数 | 全年执行数 | 执行率 beside each source, as in a report on the year."""
    rng = head.layout.rng("funding columns")
    annual = _amount(head, "annual_amount")
    assert annual is not None
    mark = unit_mark(head.layout)
    headings = [
        "资金来源",
        rng.choice(("年初预算数", "全年预算数", "年度预算数")) + mark,
        "全年执行数" + mark,
        "执行率",
    ]
    if head.width < len(headings) + 1:
        _lines(head)
        return
    lines: list[tuple[str, str | None, list[object]]] = []
    for name, value in [("annual_amount", annual), *_sources(head)]:
        text = label(head.layout, name)
        text = text if name == "annual_amount" else f"其中：{text}"
        spent = (value / 2).quantize(Decimal("0.01")) if value > 1 else value
        rate = f"{spent / value * 100:.2f}%" if value else "0.00%"
        lines.append((text, name, [value, spent, rate]))
    _table(head, headings, lines, 0)


def _types(head: Head) -> None:
    """The year's amount by budget type; the types themselves are not kept."""
    annual = _amount(head, "annual_amount")
    assert annual is not None
    head.pairs(_total_and_year(head))
    parts = [annual, *([Decimal(0)] * (len(_TYPES) - 1))]
    found: list[tuple[str, str | None, object]] = [
        (("其中：" if number == 0 else "") + text + unit_mark(head.layout), None, value)
        for number, (text, value) in enumerate(zip(_TYPES, parts, strict=True))
    ]
    each = 1 if head.layout["pairs"] == "one" else 2
    while found:
        head.pairs(found[:each])
        found = found[each:]


def _heads(head: Head) -> None:
    """Labels beside each other with the amounts below them."""
    names = [
        *((n, v) for n in ("total_amount", "annual_amount") if (v := _amount(head, n)) is not None),
        *_sources(head),
    ]
    while len(names) > head.width:
        names.pop()
    for column, (name, _) in enumerate(names):
        head.page.put(head.row, column, _name(head, name))
    head.row += 1
    for column, (name, value) in enumerate(names):
        head.value(name, value, column)
    head.row += 1


def _source_table(head: Head) -> None:
    """资金来源 | 金额 with 合计 below its parts."""
    annual = _amount(head, "annual_amount")
    rng = head.layout.rng("source table")
    lines: list[tuple[str, str | None, list[object]]] = [
        (label(head.layout, name), name, [value]) for name, value in _sources(head)
    ]
    total = (label(head.layout, "annual_amount"), "annual_amount", [annual])
    lines.insert(rng.choice((0, len(lines))), total)
    _table(head, ["资金来源", f"金额{unit_mark(head.layout)}"], lines, 0)


def _sentence(head: Head) -> None:
    """Both amounts in one sentence, with their unit."""
    total, annual = _amount(head, "total_amount"), _amount(head, "annual_amount")
    assert annual is not None
    unit = unit_word(head.layout)
    rng = head.layout.rng("sentence")
    text = (
        rng.choice(("本年安排", "本年度预算安排", "其中本年安排"))
        + f"{in_unit(head.layout, annual):f}{unit}"
    )
    if total is not None:
        text = f"项目总投资{in_unit(head.layout, total):f}{unit}，{text}"
    name = rng.choice(("项目资金", "资金情况", "资金安排"))
    cell = head.merged(head.row, 1, text, head.width - 1)
    head.page.put(head.row, 0, decorated(head.layout, name, "sentence"))
    head.want("annual_amount", annual, cell)
    if total is not None:
        head.want("total_amount", total, cell)
    head.row += 1


def _transfer(head: Head) -> None:
    """A transfer payment: the year's amount, the centre's part and the place's."""
    annual = _amount(head, "annual_amount")
    assert annual is not None
    central = _amount(head, "transfer_central") or annual
    rest = annual - central
    lines: list[tuple[str, str | None, object]] = [
        (_name(head, "annual_amount"), "annual_amount", annual),
        (_name(head, "transfer_central", "其中："), "transfer_central", central),
        ("地方资金" + unit_mark(head.layout), None, rest),
    ]
    for line in lines:
        head.pairs([line])


_DRAWN = {
    "transfer": _transfer,
    "blocks": _blocks,
    "lines": _lines,
    "pairs": _pairs,
    "period_annual": _period_annual,
    "columns": _columns,
    "types": _types,
    "heads": _heads,
    "source_table": _source_table,
    "sentence": _sentence,
}
