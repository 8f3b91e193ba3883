"""Dropped files as the sources of an action, each at its own risk.

A file that cannot be read costs itself. The others are read as if it had not been dropped; what is
wrong with it is told beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from perfgoals_xl.actions.work import Options, Work
from perfgoals_xl.console import with_progress
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import no_form
from perfgoals_xl.reading.zipped_sources import Refused, Source, unzipped
from perfgoals_xl.storage import place_faults
from perfgoals_xl.storage.fault_log import told_fault


class DroppedWork(Work):
    """The work on dropped files of the current folder. ``doing`` is told what is being read.

    ``order`` has the names of all, those of a zip one by one; ``faults`` says what is wrong with
    those that cannot be read.
    """

    def __init__(
        self,
        files: Sequence[str],
        options: Options,
        doing: Callable[[str], None] = lambda text: None,
    ) -> None:
        super().__init__([Path(file) for file in files], options)
        self.faults: dict[str, str] = {}
        self.order: list[str] = []
        self._doing = doing

    @property
    def opened(self) -> list[Source | Refused]:
        """The files, with those in a zip one by one; a zip that is broken is told as a fault."""
        if self._opened is None:
            self._opened = []
            for path in self.sources:
                self._doing(f"正在打开 {path}")
                try:
                    inside = self._held.enter_context(unzipped([path]))
                except InputError as error:
                    self._refuse(str(path), error)
                else:
                    self._opened += inside
                    self.order += map(_name, inside)
        return self._opened

    @property
    def read(self) -> list[Declaration]:
        """What the files hold that can be read."""
        if self._read is None:
            found = [self._one(one) for one in with_progress(self.opened, len(self.opened))]
            self._read = [declaration for declaration in found if declaration is not None]
        return self._read

    @property
    def declared(self) -> list[Declaration]:
        """What the files declare. Raises ``InputError`` where none of them declares anything."""
        found = [declaration for declaration in self.read if not declaration.is_empty]
        if not found:
            raise self._nothing()
        return found

    def of_one_department(self) -> list[Declaration] | None:
        """What the files declare. A file that cannot be read is known to the person by now."""
        self._read = self.declared
        return self._read

    def tell_remarks(self) -> None:
        """Nothing: the page shows them in the account of each file."""

    def handed_in(self) -> tuple[Sequence[Path], Mapping[str, str]]:
        """The files for the book of several departments, those of a zip one by one.

        What cannot be read has a row of its own there, as in a folder.
        """
        found = [one for one in self.opened if isinstance(one, Source)]
        labels = {str(one.path.absolute()): one.shown for one in found}
        broken = [path for path in self.sources if str(path) in self.faults]
        labels |= {str(path.absolute()): str(path) for path in broken}
        self._doing("正在读取全部文件")
        return [*(one.path for one in found), *broken], labels

    def leave_out(self, name: str, told: str) -> None:
        """From here on a file counts as one that cannot be read, for the reason told."""
        self.faults[name] = told
        self._read = [one for one in self.read if one.file != name]

    def leave_out_bare(self) -> None:
        """From here on what declares nothing does not count, as long as anything does.

        Raises ``InputError`` where nothing does.
        """
        self._read = self.declared

    def _one(self, one: Source | Refused) -> Declaration | None:
        if isinstance(one, Refused):
            self.faults[_name(one)] = one.told.rpartition("：")[2]
            return None
        self._doing(f"正在读取 {one.shown}")
        try:
            found = load_declaration(one.path, include_hidden=self.options.include_hidden)
        except InputError as error:
            if error.file == str(one.path):
                error.file = one.shown
            self._refuse(one.shown, error)
        except OSError as error:
            self._refuse(one.shown, place_faults.input_error(error, doing="没有读取"))
        except MemoryError:
            self.faults[one.shown] = "内存不足，没有读取；请关闭一些程序，或把文件拆成几个再试。"
        except Exception as error:
            told = f"程序内部出错（{type(error).__name__}），{told_fault()}"
            self.faults[one.shown] = told
        else:
            return replace(found, file=one.shown)
        return None

    def _refuse(self, name: str, error: InputError) -> None:
        if name not in self.order:
            self.order.append(name)
        if error.file == name:
            error.file = None
        self.faults[name] = str(error)

    def _nothing(self) -> InputError:
        if self.read:
            return no_form(self.read[0])
        first = next(iter(self.faults.items()), None)
        if first is None:
            return InputError("还没有放入文件")
        return InputError(first[1], file=first[0])


def _name(one: Source | Refused) -> str:
    return one.shown if isinstance(one, Source) else one.told.rpartition("：")[0]
