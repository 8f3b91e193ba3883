"""The ordinal in front of an indicator's name: 指标1：…, 1.…, （2）…."""

from __future__ import annotations

import re

_ORDINAL = re.compile(
    r"^\s*(?:指标\s*(?P<number>[0-9０-９]{1,3})?\s*[：:、.．)）]"
    r"|指标\s*(?P<bare>[0-9０-９]{1,3})\s*(?=[^\s0-9０-９%％.．])"
    r"|[（(]\s*(?P<round>[0-9０-９]{1,2})\s*[)）]"
    r"|(?P<plain>[0-9０-９]{1,2})\s*(?:、|[.．](?![0-9０-９])))\s*"
)


def split_ordinal(name: str | None) -> tuple[int | None, str | None]:
    """``指标3：企业培训人数`` → ``(3, "企业培训人数")``; a name without ordinal stays as it is."""
    if name is None:
        return None, None
    match = _ORDINAL.match(name)
    if match is None or match.end() == len(name):
        return None, name
    digits = match["number"] or match["bare"] or match["round"] or match["plain"]
    return (int(digits) if digits else None), name[match.end() :]
