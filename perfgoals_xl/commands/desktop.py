"""``perfgoals desktop``: the right click and the icon for the page. Cheap to import."""

from __future__ import annotations

import typer

from perfgoals_xl.console import tell

desktop_app = typer.Typer(
    name="desktop",
    help="右键菜单、桌面图标和开始菜单：安装、卸载。 A right click and an icon for the page.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@desktop_app.command()
def install() -> None:
    """装上右键菜单、桌面图标和开始菜单，只给当前用户，不需要管理员权限。 For this person."""
    from perfgoals_xl.desktop.clicks import install_clicks
    from perfgoals_xl.excel.setup.machine import Machine

    for line in install_clicks(Machine.here()):
        tell(line)


@desktop_app.command()
def uninstall() -> None:
    """去掉 desktop install 写的文件，别的不动。 Away with them again."""
    from perfgoals_xl.desktop.clicks import uninstall_clicks
    from perfgoals_xl.excel.setup.machine import Machine

    for line in uninstall_clicks(Machine.here()):
        tell(line)
