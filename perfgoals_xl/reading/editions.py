"""Which edition of the taxonomy the forms of a file follow.

A form tells it by the groups that only one edition has. One with few indicators may have none of
them; it follows what the other forms of its file show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.reading.recognition.forms import Form

# 成本 below 产出, and a benefit that the edition of 2021 no longer names.
_GROUPS_OF_2015 = frozenset(("成本", "可持续影响"))


def settled_edition(forms: Sequence[Form]) -> str | None:
    """The edition that most forms show, or where none shows one, that most were read by.

    None where there are no forms.
    """
    shown = Counter(filter(None, map(shown_edition, forms)))
    read = shown or Counter(form.edition for form in forms)
    return read.most_common(1)[0][0] if read else None


def shown_edition(form: Form) -> str | None:
    """The edition that the groups of a form prove; None where either has all of them."""
    if form.edition == "2021":
        return form.edition
    printed = {*form.group_places, *(group_key(line.level2) for line in form.lines)}
    return form.edition if printed & _GROUPS_OF_2015 else None
