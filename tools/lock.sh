#!/usr/bin/env bash
# Writes the lock files from pyproject.toml: the newest versions that fit, for every platform.
# Usage: make lock [ARGS="--upgrade-package pandas"]; with no ARGS everything moves up.
#   requirements.lock      what the product needs, the page on this PC with it, and what builds it
#   requirements-dev.lock  the same versions, and what the tests need
set -euo pipefail
cd "$(dirname "$0")/.."

uv=.venv/bin/uv
[ -x "$uv" ] || uv=$(command -v uv) || { .venv/bin/python -m pip install uv && uv=.venv/bin/uv; }

compile() {
    # No index and no path in the file: it is the same wherever it was made.
    "$uv" --no-config pip compile pyproject.toml --group build --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --quiet \
        --custom-compile-command "make lock" "$@"
}

# shellcheck disable=SC2048,SC2086
compile --extra dev -o requirements-dev.lock ${ARGS:---upgrade}
compile --extra page -c requirements-dev.lock -o requirements.lock --upgrade
