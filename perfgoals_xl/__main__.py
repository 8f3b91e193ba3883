"""``python -m perfgoals_xl`` is the command ``perfgoals``."""

from perfgoals_xl.cli import main

main()
