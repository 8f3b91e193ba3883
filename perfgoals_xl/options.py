"""Options that several commands share. Cheap to import."""

from __future__ import annotations

from typing import Annotated

import typer

IncludeHidden = Annotated[
    bool, typer.Option("--include-hidden", help="隐藏的工作表中的申报表也计入，默认不计入。")
]
