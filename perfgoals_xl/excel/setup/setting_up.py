"""The whole set-up of a PC: the add-in where there is Excel, right click and icon everywhere."""

from __future__ import annotations

from perfgoals_xl.desktop.clicks import install_clicks, uninstall_clicks
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.install import install, uninstall
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.office import Office
from perfgoals_xl.storage.place_faults import input_error


def set_up(machine: Machine, *, excel: bool = True) -> list[str]:
    """Put the add-in into Excel (if ``excel``) and the links where they can be clicked.

    A Windows PC without Excel gets the links alone. Returns what was done, in lines for staff.
    Raises ``InputError`` where the add-in, or without it the links, cannot be installed. Links
    that cannot be made are told and do not take the add-in away again.
    """
    if not excel:
        return install_clicks(machine)
    if machine.is_windows and not Office(machine).is_there():
        return [
            *install_clicks(machine),
            "没有找到 Microsoft Excel，没有装加载项；装了 Excel 以后请再安装一次。",
        ]
    done = install(machine)
    try:
        # The last line of the add-in says what to do next and stays the last.
        return [*done[:-1], *install_clicks(machine), done[-1]]
    except (InputError, OSError) as error:
        if isinstance(error, OSError):
            error = input_error(error)
        return [*done[:-1], f"右键菜单和桌面图标没有装上：{error}", done[-1]]


def take_down(machine: Machine) -> list[str]:
    """Take away what :func:`set_up` put there; fine where nothing is there.

    Raises ``InputError`` where Excel holds the add-in; then nothing has changed.
    """
    if not (machine.is_windows or machine.is_macos):
        return uninstall(machine)
    done = uninstall(machine)
    clicks = uninstall_clicks(machine)
    return [*done, *clicks]
