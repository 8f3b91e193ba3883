"""What Excel says when a cell of the form is selected, and what it refuses there."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.fields import Field, Kind, label_of

_MAX_TITLE, _MAX_MESSAGE = 32, 255


def add_hint(sheet: Worksheet, area: Area, item: Field, *, source: str | None = None) -> None:
    """The field's hint on its cells; numbers only for an amount; a dropdown where there is a list.

    ``source`` is the defined name of the list. A term that is not on it can be kept, because local
    terms exist; a text in place of an amount cannot be typed.
    """
    options: dict[str, Any] = {
        "validate": "any",
        "input_title": label_of(item.name)[:_MAX_TITLE],
        "input_message": item.hint[:_MAX_MESSAGE],
    }
    if source is not None:
        options |= {
            "validate": "list",
            "source": f"={source}",
            "error_type": "warning",
            "error_title": "不在下拉列表中",
            "error_message": "该名称不是下拉列表中的标准名称，确定要保留吗？",
        }
    elif item.kind is Kind.AMOUNT:
        options |= {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "请填写数字",
            "error_message": (
                "只填数字，不带单位和文字；金额不能为负数。没有就留空，确实为零才填 0。"
            ),
        }  # fmt: skip
    sheet.data_validation(*area, options)
