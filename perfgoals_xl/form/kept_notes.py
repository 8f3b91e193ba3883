"""What other forms say of an indicator and the standard form has no column for, kept in its 备注.

``三年累计〔权重：10〕〔评分标准：每少1处扣1分〕`` is the note 三年累计, a weight and a
standard: an import writes it so, and the reader takes it apart again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "weight": "权重",
    "standard": "评分标准",
    "period_target_value": "中期指标值",
    "level3": "三级指标",
}
_FIELD_OF: Final = {label: name for name, label in LABELS.items()}
_KEPT: Final = re.compile(rf"\s*〔({'|'.join(_FIELD_OF)})：([^〔〕]*)〕$")


def kept_note(note: str | None, kept: Mapping[str, str | None]) -> str | None:
    """A note with what is to be kept behind it; the note alone where there is nothing."""
    told = [f"〔{LABELS[name]}：{_plain(value)}〕" for name, value in kept.items() if value]
    return f"{note or ''}{''.join(told)}" or None


def read_note(note: str | None) -> tuple[str | None, dict[str, str]]:
    """A note without what was kept behind it, and that by its field."""
    if note is None or not note.endswith("〕"):
        return note, {}
    kept: dict[str, str] = {}
    rest = note or ""
    while (found := _KEPT.search(rest)) is not None:
        kept[_FIELD_OF[found[1]]] = found[2]
        rest = rest[: found.start()]
    return (rest or None, dict(reversed(kept.items()))) if kept else (note, {})


def _plain(value: str) -> str:
    return value.replace("〔", "（").replace("〕", "）")
