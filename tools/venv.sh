#!/usr/bin/env bash
# Makes .venv where there is none and installs into it the locked packages and this package.
# Usage: tools/venv.sh LOCKFILE      (PYTHON=... chooses the interpreter of a new .venv)
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/apt.sh

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    # python3 first: on Debian it is the one that python3-uno is made for.
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed and was not found; PYTHON=/path/to/python names it" >&2
    return 1
}

if ! { new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(find_python)
    # Debian leaves ensurepip out of python3 and puts it into a package of its own.
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        apt_install "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" || {
            echo "$python cannot make a virtual environment: install python3-venv" >&2
            exit 1
        }
    fi
    "$python" -m venv --clear .venv
fi

echo "installing the packages of $1 into .venv"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
pip install --quiet --require-hashes --requirement "$1"
# What the package needs is there, locked; so is what builds it.
pip install --quiet --no-deps --no-build-isolation --editable .
