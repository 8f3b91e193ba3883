"""``python -m perfgoals_xl`` is the command ``perfgoals``."""

from perfgoals_xl.start import main

if __name__ == "__main__":
    main()
