"""What is told of return letters (审核意见) that were written."""

from __future__ import annotations

from perfgoals_xl.bureau.letters.posting import LetterOrder, Letters
from perfgoals_xl.console import tell


def tell_letters(order: LetterOrder | None, letters: Letters | None) -> None:
    """How many letters were written where, and what the settings left open."""
    if order is None or letters is None:
        return
    tell(f"审核意见 {letters.written} 份在 {order.folder}：{letters.told}。")
    settings = order.settings
    lacking = [
        name
        for name, there in (
            ("落款单位（--from）", settings.bureau),
            ("修改期限（--deadline）", settings.deadline),
            ("联系方式（--contact）", settings.contact),
        )
        if not there
    ]
    if lacking:
        tell(f"审核意见中没有{'、'.join(lacking)}，请在发出前补写，或加选项再运行一次。")
