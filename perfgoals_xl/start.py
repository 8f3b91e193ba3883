"""Where the command begins: ready for Ctrl+C before anything else is loaded.

Loading takes some tenths of a second, in which Python would answer Ctrl+C with a traceback.
"""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Run the command ``perfgoals``."""
    numbers = [n for n in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(n) != signal.SIG_IGN]
    for number in numbers:
        # Nothing has been begun, so there is nothing to clear up.
        signal.signal(number, lambda number, _: os._exit(128 + number))
    from perfgoals_xl.cli import main as run

    try:
        run()
    finally:
        # Everything is cleared up; what Python itself does at its end is not to be interrupted.
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
