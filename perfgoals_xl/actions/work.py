"""The sources of one piece of work and how it was asked for, each source read when first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from perfgoals_xl.console import read_each, tell_remarks, with_progress
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import no_form
from perfgoals_xl.reading.zipped_sources import Refused, Source, unzipped
from perfgoals_xl.review.given_reasons import GivenReason


@dataclass(frozen=True)
class Options:
    """How a piece of work is to be done; an action uses what concerns it.

    ``year`` is the year of the budget where the files name none, ``month`` up to which is
    monitored, ``scoring`` a file of local settings of points, ``reasons`` answers to findings.
    """

    year: int | None = None
    include_hidden: bool = False
    language: str = "zh"
    month: int | None = None
    scoring: Path | None = None
    reasons: Sequence[GivenReason] = ()


class Work:
    """Sources that are read once, whatever is then done with them.

    As a context it holds the unpacked files of a zip for as long as it lasts.
    """

    def __init__(self, sources: Sequence[Path], options: Options | None = None) -> None:
        self.sources, self.options = sources, options or Options()
        self._held = ExitStack()
        self._opened: list[Source | Refused] | None = None
        self._read: list[Declaration] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()

    @property
    def opened(self) -> list[Source | Refused]:
        """The sources, with those in a zip one by one. Raises ``InputError`` for a broken zip."""
        if self._opened is None:
            self._opened = self._held.enter_context(unzipped(self.sources))
        return self._opened

    @property
    def read(self) -> list[Declaration]:
        """What the sources hold, which of some may be nothing.

        Raises ``InputError`` for the first that cannot be read; of a zip, what cannot is told.
        """
        if self._read is None:
            hidden = self.options.include_hidden
            self._read = read_each(
                with_progress(self.opened, len(self.opened)),
                lambda path: load_declaration(path, include_hidden=hidden),
            )
        return self._read

    @property
    def declared(self) -> list[Declaration]:
        """What the sources declare. Raises ``InputError`` for one that declares nothing."""
        for declaration in self.read:
            if declaration.is_empty:
                raise no_form(declaration)
        return self.read

    def tell_remarks(self) -> None:
        """Tell what was read of the sources and not taken, a line each."""
        for declaration in self.read:
            tell_remarks(declaration)

    def paths_of(self, declarations: Sequence[Declaration]) -> list[Path]:
        """The files that these declarations were read from."""
        known = {one.shown: one.path for one in self.opened if isinstance(one, Source)}
        return [known[declaration.file] for declaration in declarations]

    def of_one_department(self) -> list[Declaration] | None:
        """The declarations; None as soon as they turn out to be of several departments.

        Raises ``InputError`` for a file that cannot be read: a department's summary that lacks a
        file would state wrong totals. What a zip holds besides declarations is told in a line.
        """
        declarations: list[Declaration] = []
        departments: set[str] = set()
        fault: InputError | None = None
        left_out: InputError | None = None
        for one in self.opened:
            try:
                (declaration,) = read_each([one], self._load) or (None,)
            except InputError as error:
                if isinstance(one, Source) and one.zipped:
                    left_out = error  # told by then
                else:
                    fault = fault or error
                continue
            if declaration is None:
                continue
            declarations.append(declaration)
            if declaration.department:
                departments.add(fold(declaration.department))
            if len(departments) > 1:
                return None
        fault = fault or (None if declarations else left_out)
        if fault is not None:
            raise fault
        self._read = declarations
        return declarations

    def _load(self, path: Path) -> Declaration:
        declaration = load_declaration(path, include_hidden=self.options.include_hidden)
        if declaration.is_empty:
            raise no_form(declaration)
        return declaration

    def handed_in(self) -> tuple[Sequence[Path], Mapping[str, str]]:
        """The files for the book of several departments, and what they are called, by their path.

        Raises ``InputError`` for a zip: the book links to the files.
        """
        self.refuse_zipped()
        return self.sources, {}

    def refuse_zipped(self) -> None:
        """Raise ``InputError`` for a zip: the book of several departments links to their files."""
        for one in self.opened:
            if isinstance(one, Source) and one.zipped:
                raise InputError(
                    "压缩包里不止一个部门的申报表，没有汇总",
                    hint="请先解压到一个文件夹，再汇总这个文件夹。",
                    file=one.shown,
                )
