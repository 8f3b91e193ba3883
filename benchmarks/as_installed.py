"""``perfgoals`` as a user has it: without the packages that only tests and extras bring.

pandas imports pyarrow, and pandera imports hypothesis and dask, wherever they find them. That is
time and some 50 MB which an installation of the package alone does not have.
"""

from __future__ import annotations

import sys

_EXTRAS = ("pyarrow", "hypothesis") if "dask" in sys.argv else ("pyarrow", "hypothesis", "dask")
sys.modules.update(dict.fromkeys(_EXTRAS))

from perfgoals_xl.cli import main  # noqa: E402

# The processes that read files in parallel import this module and must not start the command anew.
if __name__ == "__main__":
    main()
