"""``perfgoals addin``: the commands about the Excel add-in. Cheap to import."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.options import Force, for_output, output_option

addin_app = typer.Typer(
    name="addin",
    help="Excel 加载项：生成、安装、卸载、诊断。 The Excel add-in.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
EXIT_FAULT = 1


class DoctorFormat(StrEnum):
    """The formats of a diagnosis."""

    TEXT = "text"
    JSON = "json"


@addin_app.command()
def build(
    context: typer.Context,
    output: Annotated[Path, output_option("要写出的加载项（.xlam）。")] = Path("perfgoals.xlam"),
    force: Force = False,
) -> None:
    """从源文件生成加载项（供开发者使用）。 The add-in from its sources."""
    from perfgoals_xl.excel.setup.addin_build import addin_versions, build_addin

    for_output(context, output, force=force)
    written = build_addin(output)
    package, xlwings = addin_versions(written)
    _tell(f"已生成 {written}：perfgoals {package}，xlwings {xlwings}。")


@addin_app.command()
def install(
    no_excel: Annotated[
        bool,
        typer.Option(
            "--no-excel", help="不装加载项，只装右键菜单和桌面图标（用 WPS 或没有 Excel 时）。"
        ),
    ] = False,
) -> None:
    """把加载项装进 Excel，并装上右键菜单和桌面图标，不需要管理员权限。 Into Excel on this PC."""
    from perfgoals_xl.excel.setup.machine import Machine
    from perfgoals_xl.excel.setup.setting_up import set_up

    for line in set_up(Machine.here(), excel=not no_excel):
        _tell(line)


@addin_app.command()
def uninstall() -> None:
    """从本机的 Excel 去掉加载项，也去掉右键菜单和桌面图标，保留日志。 Out of Excel again."""
    from perfgoals_xl.excel.setup.machine import Machine
    from perfgoals_xl.excel.setup.setting_up import take_down

    for line in take_down(Machine.here()):
        _tell(line)


@addin_app.command()
def doctor(
    form: Annotated[DoctorFormat, typer.Option("--format", help="输出格式。")] = DoctorFormat.TEXT,
) -> None:
    """检查加载项和页面为什么不能用，怎样处理；有故障时退出码为 1。 What is wrong and what to do."""
    from perfgoals_xl._version import __version__
    from perfgoals_xl.excel.setup.diagnosis import as_lines, has_fault
    from perfgoals_xl.excel.setup.doctor import checks
    from perfgoals_xl.excel.setup.machine import Machine

    machine = Machine.here()
    found = checks(machine)
    if form is DoctorFormat.JSON:
        document = {
            "format_version": 1,
            "version": __version__,
            "platform": machine.platform,
            "checks": [check.to_json() for check in found],
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_lines(found)))
    if has_fault(found):
        raise typer.Exit(EXIT_FAULT)


def _tell(text: str) -> None:
    """A note for people; standard output is for the data."""
    print(text, file=sys.stderr)
