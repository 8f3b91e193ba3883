"""``perfgoals export --into TEMPLATE --map MAP``: the data into somebody else's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.console import tell, tell_joined
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import for_output

Into = Annotated[
    Path | None,
    typer.Option(
        "--into",
        readable=False,
        help="平台的模板（.xlsx .xlsm）：按 --map 把数据填进它的副本，模板不动。",
    ),
]
MapFile = Annotated[
    Path | None,
    typer.Option("--map", readable=False, help="列映射（.toml）：哪个值写到模板的哪一格，见手册。"),
]


def fill_from(
    context: typer.Context,
    sources: Sequence[Path],
    template: Path | None,
    map_file: Path | None,
    output: Path | None,
    *,
    include_hidden: bool,
    force: bool,
) -> None:
    """Fill a copy of the template and tell what was written.

    Raises ``InputError`` for a call in which something is missing, and whatever reading and filling
    raise; nothing is written then.
    """
    if template is None or map_file is None or output is None:
        missing = {"--into": template, "--map": map_file, "-o": output}
        names = "、".join(name for name, value in missing.items() if value is None)
        raise InputError(
            f"填平台的模板还缺 {names}",
            hint="请写成 export 来源 --into 模板.xlsx --map 列映射.toml -o 填好.xlsx。",
        )
    from perfgoals_xl.actions.work import Options, Work
    from perfgoals_xl.joining.settled_sources import join_sources
    from perfgoals_xl.platform_sheets.filling import check_template, fill_template
    from perfgoals_xl.platform_sheets.map_reading import read_map

    for_output(context, output, [*sources, template, map_file], force=force)
    given = read_map(map_file)
    check_template(template)
    work = context.with_resource(Work(sources, Options(include_hidden=include_hidden)))
    declarations = work.declared
    work.tell_remarks()
    joined = join_sources(declarations)
    tell_joined(joined)
    filled = fill_template(template, given, joined.kept, output)
    for note in filled.notes:
        tell(f"注意：{note}。")
    files = f"{len(filled.files)} 个文件，" if given.file_per_project else ""
    lines = f"{filled.lines} 行，" if filled.lines else ""
    tell(f"已写出 {output}：{files}{lines}{filled.cells} 格。")
