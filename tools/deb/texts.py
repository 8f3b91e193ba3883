"""The texts of the Debian package: control, copyright, changelog, man page, entries of menus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from perfgoals_xl.desktop import entries
from perfgoals_xl.desktop.starters import ICON_NAME, OPEN, STARTERS, SYSTEM_COMMAND, icon_file
from tools.deb.machine_code import Needs

MAINTAINER = "perfgoals-xl contributors <perfgoals-xl@users.noreply.github.com>"
_GLIBCXX_OF_GCC = {5: (3, 4, 21), 6: (3, 4, 22), 7: (3, 4, 24), 8: (3, 4, 25)}


def control(name: str, version: str, architecture: str, size: int, needs: Needs) -> str:
    """The control file; ``size`` in KiB. The dependencies are what the programs inside ask for."""
    glibc = ".".join(map(str, needs.glibc))
    # The oldest that has all that is asked for.
    gcc = next((gcc for gcc, known in _GLIBCXX_OF_GCC.items() if known >= needs.glibcxx), 9)
    return f"""\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {MAINTAINER}
Installed-Size: {size}
Depends: libc6 (>= {glibc}), libgcc-s1 | libgcc1, libstdc++6 (>= {gcc})
Recommends: xdg-utils, chromium | www-browser
Suggests: libreoffice-calc, libreoffice-writer
Section: misc
Priority: optional
Description: project performance goal tables: read, check, consolidate
 Reads the performance goal tables (项目支出绩效目标表) that government departments
 in China declare with their budgets, finds what the finance bureau would send
 back, marks it in the cells and writes the consolidated workbook.
 .
 A right click on a workbook opens a page of this PC in the browser; nothing
 is sent anywhere. The command is perfgoals.
 .
 The package brings its own Python with all that it needs, because the desktops
 that it is for have an older one. It installs without a network.
"""


def desktop_files() -> dict[str, bytes]:
    """The entries of menus for everybody on the PC, by their path in the package."""
    run = (SYSTEM_COMMAND,)
    hicolor = "usr/share/icons/hicolor"
    files = {
        f"{hicolor}/scalable/apps/{ICON_NAME}.svg": icon_file(".svg").read_bytes(),
        **{
            f"{hicolor}/{size}x{size}/apps/{ICON_NAME}.png": icon_file(".png", size).read_bytes()
            for size in (48, 128)
        },
        "usr/share/mime/packages/perfgoals-xl.xml": entries.mime_package().encode(),
        f"usr/share/kio/servicemenus/{ICON_NAME}.desktop": entries.kde_menu(run).encode(),
    }
    for starter in STARTERS:
        # The list of what opens a file is made in the order of names: "zz" comes last, so that a
        # double click opens what it opened before.
        suffix = "" if starter is OPEN else f"_{starter.key}"
        entry = entries.launcher(run, starter, menu=starter is OPEN)
        files[f"usr/share/applications/zz-{ICON_NAME}{suffix}.desktop"] = entry.encode()
        menus = "usr/share/deepin/dde-file-manager/oem-menuextensions"
        menu = entries.deepin_menu(run, starter)
        files[f"{menus}/{ICON_NAME}-{starter.key}.desktop"] = menu.encode()
    return files


def copyright_text(
    licence: str, packages: Iterable[tuple[str, str, str]], sources: Sequence[str]
) -> str:
    """Whose work is inside: our ``licence``, each package with version and licence, the sources."""
    listed = "".join(f" {name} {version}: {told}\n" for name, version, told in packages)
    python, *libraries = sources
    paragraphs = "\n".join(f" {line}" if line.strip() else " ." for line in licence.splitlines())
    folder = "/usr/share/doc/perfgoals-xl/licences"
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: perfgoals-xl
Comment:
 The package holds other software besides its own; the full text of each
 licence stands in {folder}/NAME.
 .
 Python packages, as they are published:
{listed} .
 Built from Debian's source package, with its security patches:
 {python}
 .
 Libraries of Debian, unchanged, beside the interpreter:
{"".join(f" {line}" + chr(10) for line in libraries)}
Files: *
Copyright: perfgoals-xl contributors
License: MIT

License: MIT
{paragraphs}
"""


def changelog(name: str, version: str, epoch: int) -> str:
    """The one entry of a package that is made from a checkout."""
    day = dt.datetime.fromtimestamp(epoch, dt.UTC)
    return (
        f"{name} ({version}) unstable; urgency=medium\n\n"
        "  * Made from the project's sources; what changed is told in its CHANGELOG.md.\n\n"
        f" -- {MAINTAINER}  {day:%a, %d %b %Y %H:%M:%S} +0000\n"
    )


def man_page(version: str, epoch: int) -> str:
    """A short manual page: what there is besides is in ``--help`` and in the manual."""
    day = dt.datetime.fromtimestamp(epoch, dt.UTC)
    return f"""\
.TH PERFGOALS 1 "{day:%Y-%m-%d}" "perfgoals-xl {version}" "User Commands"
.SH NAME
perfgoals \\- read, check and consolidate project performance goal tables
.SH SYNOPSIS
.B perfgoals
.I COMMAND
[\\fIOPTION\\fR]... [\\fIFILE\\fR]...
.SH DESCRIPTION
Reads the performance goal tables that government departments in China declare with their budgets.
Sources are only read. Messages are in Chinese.
.TP
.B perfgoals page \\fR[\\fIFILE\\fR]...
opens a page of this PC in the browser, with the files read;
.B \\-\\-quiet
writes the marked copy beside each file instead.
.TP
.B perfgoals validate \\fIFILE\\fR
tells the findings by sheet and cell.
.TP
.B perfgoals consolidate \\fIFILE\\fR... \\fB\\-o \\fIBOOK\\fR
writes the summary, of one department or of a folder of many.
.TP
.B perfgoals demo
shows the whole on a fictional department.
.TP
.B perfgoals desktop install
writes a right click and an icon for one person.
.PP
Every command has
.BR \\-\\-help .
.SH EXIT STATUS
0 done, 1 validate found errors, 2 the input, the call or the place is unusable (one line says what,
where and what to do), 130 interrupted, 143 ended from outside.
.SH FILES
.I ~/.perfgoals
holds what is known of written files, logs of faults, and what desktop install wrote.
"""
