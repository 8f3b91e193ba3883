"""Rule about parts told with 其中 (V16)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "V16",
        W,
        ("其中数之和与总数不符", "Parts told with 其中 that do not add up"),
        (
            "合计栏等于各乡镇（单位）栏之和；率、标准、时间等各处相同的，不比较。"
            "一行下面用“其中：”列出几项，或者一句话里写“500人，其中线上200人、线下250人”，各项之和应当等于总数。"
            "只列一项的，不超过总数即可；只列了小部分的，写着“等”“主要”“重点”而没有超过总数的，单位不同的，不提示"
            "（最后一项是“其他”的，各项应当等于总数）；"
            "费用或上限的各项小于总数时，可能只列了一部分，只作提示。",
            "A column 合计 is the sum of the columns of the places; rates, standards and times are "
            "left alone. "
            "Rows marked 其中 below a row, or 其中 behind a figure in one text, add up to the "
            "whole. "
            "One part alone need only not exceed it. Left alone: a small share of the whole, "
            "open lists (等, 主要, 重点) that are less than it and do not end in 其他, and other "
            "units; a hint where parts of money or of an "
            "upper bound are less, as they may be some of them.",
        ),
        {
            "": (
                "“{name}”为 {whole}，其中各项 {arithmetic}，{difference} {unit}",
                "“{name}” is {whole}, its parts are {arithmetic}: {gap} {unit} apart",
            ),
            "shares": (
                "“{name}”合计 {whole}，右边各栏 {arithmetic}，{difference} {unit}",
                "“{name}” is {whole} in all, its columns are {arithmetic}: {gap} {unit} apart",
            ),
            "text": (
                "写的是“{name}”，其中各项 {arithmetic}，{difference} {unit}",
                "The text says “{name}”, the parts behind it are {arithmetic}: {gap} {unit} apart",
            ),
        },
        (
            "请核对总数和其中各项，使各项之和等于总数；只列一部分的，写明“主要是”“等”。",
            "Check the whole and its parts so that they add up; where only some are meant, say so "
            "(主要是, 等).",
        ),
    ),
)
