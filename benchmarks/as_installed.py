"""``perfgoals`` as a user has it: without the packages that only the tests bring.

pandas imports pyarrow and pandera imports hypothesis wherever they find them. That is time and some
50 MB which an installation of the package alone does not have.
"""

from __future__ import annotations

import sys

sys.modules.update(dict.fromkeys(("pyarrow", "hypothesis")))

from perfgoals_xl.cli import main  # noqa: E402

# The processes that read files in parallel import this module and must not start the command anew.
if __name__ == "__main__":
    main()
