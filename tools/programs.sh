#!/usr/bin/env bash
# Sees to the programs that the tests drive: LibreOffice Calc and Writer with the Python bridge, a Chinese
# font, pdftoppm, Chromium, and from npm the Open XML SDK validator, axe and acorn. Never fails: a test whose
# program cannot be had is skipped and says why. Quick where everything is there.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/apt.sh

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
# publish makes a PDF of a Word document.
[ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer)
[ -e /usr/lib/python3/dist-packages/uno.py ] || missing+=(python3-uno)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || missing+=(fonts-wqy-microhei)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
# The page on this PC is tried in a real browser.
command -v chromium >/dev/null || missing+=(chromium)
# Desktop entries are looked at by the desktop's own program.
command -v desktop-file-validate >/dev/null || missing+=(desktop-file-utils)
command -v npm >/dev/null || missing+=(npm)
[ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}" || true

# node_programs FOLDER NAME: what the lock file of the folder names, from npm.
node_programs() {
    local folder=$1 name=$2 modules=$1/node_modules
    [ ! -e "$modules/.installed" ] || [ "$folder/package-lock.json" -nt "$modules/.installed" ] || return 0
    if ! command -v npm >/dev/null; then
        echo "not installed, there is no npm: $name" >&2
        return
    fi
    echo "installing $name with npm"
    # Not npm ci: it wants the programs of all other platforms in the lock file as well.
    if npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund \
        --loglevel=error; then
        touch "$modules/.installed"
    else
        echo "not installed, npm failed: $name" >&2
    fi
}
node_programs tools/validator "the Open XML SDK validator"
node_programs tools/page_checks "axe and acorn, for the page"
exit 0
