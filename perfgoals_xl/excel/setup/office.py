"""What the registry says of Excel: version, bits, trust, disabled add-ins, who answers to its name.

Windows only; elsewhere the registry is empty and so are the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import expanded, folder_key, places

_VERSIONS = ("16.0", "15.0", "14.0")
_USER = "HKCU\\Software\\Microsoft\\Office"
_POLICIES = tuple(f"{hive}\\Software\\Policies\\Microsoft\\Office" for hive in ("HKCU", "HKLM"))
_VIEWS = ("HKLM\\SOFTWARE", "HKLM\\SOFTWARE\\WOW6432Node")
ALL_MACROS, ASK, SIGNED_ONLY, NO_MACROS = 1, 2, 3, 4
"""The values of VBAWarnings; without one Excel asks."""


@dataclass(frozen=True)
class Trust:
    """Whether Excel runs macros from the start-up folder, and by whose will.

    ``listed`` is None where Excel has written no list yet (its own standard holds, which trusts
    the start-up folder); ``by_policy`` says that the administrators set what forbids.
    """

    listed: bool | None
    locations_off: bool
    macros: int
    vba_off: bool
    addins_off: bool
    by_policy: bool

    @property
    def trusted(self) -> bool:
        """Whether the start-up folder is a trusted location."""
        return self.listed is not False and not self.locations_off


class Office:
    """The Excel of a machine as its registry tells it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._values = machine.registry.values
        self._subkeys = machine.registry.subkeys

    def version(self) -> str | None:
        """Such as ``16.0``: the one that answers to Excel's name, else the newest; or None."""
        current = str(self._values("HKCR\\Excel.Application\\CurVer").get("", ""))
        named = f"{current.rpartition('.')[2]}.0"
        if named in _VERSIONS and self._is_there(named):
            return named
        return next((version for version in _VERSIONS if self._is_there(version)), None)

    def is_there(self) -> bool:
        """Whether this PC has Microsoft Excel, as far as anything tells."""
        server = self.com_server()
        return self.version() is not None or (server is not None and not is_wps(server))

    def bits(self) -> int | None:
        """32 or 64; None where nothing tells."""
        for view in _VIEWS:
            click_to_run = f"{view}\\Microsoft\\Office\\ClickToRun\\Configuration"
            told = self._values(click_to_run).get("Platform")
            if told in ("x64", "x86"):
                return 64 if told == "x64" else 32
        version = self.version()
        for view in _VIEWS:
            told = self._values(f"{view}\\Microsoft\\Office\\{version}\\Outlook").get("Bitness")
            if told in ("x64", "x86"):
                return 64 if told == "x64" else 32
        for view, bits in zip(_VIEWS, (64, 32), strict=True):
            root = f"{view}\\Microsoft\\Office\\{version}\\Excel\\InstallRoot"
            if self._values(root).get("Path"):
                return bits
        return None

    def other_start_folder(self) -> str | None:
        """The start-up folder that the user set beside XLSTART; None without one."""
        value = self._values(f"{_USER}\\{self.version()}\\Excel\\Options").get("AltStartup")
        return str(value) if value else None

    def trust(self) -> Trust:
        """What holds for macros in the start-up folder."""
        version = self.version() or _VERSIONS[0]
        user = f"{_USER}\\{version}\\Excel\\Security"
        policies = [f"{policy}\\{version}\\Excel\\Security" for policy in _POLICIES]
        common = [f"{policy}\\{version}\\Common" for policy in _POLICIES]

        def first(name: str, keys: list[str]) -> tuple[int | None, bool]:
            """The first number of that name, and whether a policy sets it."""
            for key in keys:
                value = self._values(key).get(name)
                if isinstance(value, int):
                    return value, not key.startswith(_USER)
            return None, False

        locations = "\\Trusted Locations"
        off, off_by_policy = first(
            "AllLocationsDisabled", [key + locations for key in (*policies, user)]
        )
        own, _ = first("Allow User Locations", [f"{key}\\Security{locations}" for key in common])
        macros, macros_by_policy = first("VBAWarnings", [*policies, user])
        vba_off, _ = first("VBAOff", [*common, f"{_USER}\\{version}\\Common"])
        addins_off, addins_by_policy = first("DisableAllAddins", [*policies, user])
        lists = [key + locations for key in policies] + ([user + locations] if own != 0 else [])
        return Trust(
            listed=self._listed(lists),
            locations_off=off == 1,
            macros=macros if macros in (ALL_MACROS, SIGNED_ONLY, NO_MACROS) else ASK,
            vba_off=vba_off == 1,
            addins_off=addins_off == 1,
            by_policy=(off == 1 and off_by_policy)
            or own == 0
            or (macros in (SIGNED_ONLY, NO_MACROS) and macros_by_policy)
            or (addins_off == 1 and addins_by_policy),
        )

    def has_disabled(self, name: str) -> bool:
        """Whether Excel has switched the file ``name`` off after a crash."""
        key = f"{_USER}\\{self.version()}\\Excel\\Resiliency\\DisabledItems"
        for value in self._values(key).values():
            if isinstance(value, bytes):
                # A header of three numbers, then paths and names in UTF-16.
                text = value.decode("utf-16-le", errors="replace")
                if name.casefold() in text.casefold():
                    return True
        return False

    def com_server(self) -> str | None:
        """The program behind the COM name ``Excel.Application``; None where nothing has it."""
        number = str(self._values("HKCR\\Excel.Application\\CLSID").get("", ""))
        if not number:
            return None
        for folder in ("HKCR\\CLSID", "HKCR\\WOW6432Node\\CLSID"):
            server = self._values(f"{folder}\\{number}\\LocalServer32").get("")
            if server:
                return str(server)
        return None

    def _is_there(self, version: str) -> bool:
        key = f"{_USER}\\{version}\\Excel"
        return bool(self._values(key) or self._subkeys(key))

    def _listed(self, lists: list[str]) -> bool | None:
        folder = places(self._machine).addin.parent
        wanted = folder_key(folder)
        some = False
        for key in lists:
            for name in self._subkeys(key):
                location = self._values(f"{key}\\{name}")
                path = folder_key(expanded(self._machine, str(location.get("Path", ""))))
                if not path:
                    continue
                some = True
                below = location.get("AllowSubFolders") == 1
                if path == wanted or (below and wanted.startswith(path + "/")):
                    return True
        return False if some else None


def is_wps(program: str) -> bool:
    """Whether the command line of a COM server is that of WPS."""
    text = program.casefold().replace("/", "\\")
    return any(part in text for part in ("\\et.exe", "wps", "kingsoft")) and "excel.exe" not in text
