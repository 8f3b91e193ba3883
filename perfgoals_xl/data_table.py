"""A table as a declaration has it: rows of values and, in the same shape, where each one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from perfgoals_xl.addresses import Place

if TYPE_CHECKING:
    import pandas as pd

RowT = TypeVar("RowT", bound=Mapping[str, object])


class _Rows:
    """Rows as tuples until somebody asks for the frame; from then on the frame alone.

    From a file to its report nobody asks, and then the way does not cost the memory of pandas.
    """

    def __init__(self, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        self._columns = {name: number for number, name in enumerate(columns)}
        self._rows = rows
        self._frame: pd.DataFrame | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame) -> _Rows:
        made = cls(list(frame.columns), [])
        made._frame = frame
        return made

    @property
    def frame(self) -> pd.DataFrame:
        if self._frame is None:
            import numpy as np
            import pandas as pd

            array = np.empty((len(self._rows), len(self._columns)), dtype=object)
            for i, row in enumerate(self._rows):
                for j, value in enumerate(row):
                    array[i, j] = value
            # Without the dtype pandas would infer str columns and turn None into NaN.
            columns = pd.Index(list(self._columns), dtype=object)
            self._frame, self._rows = pd.DataFrame(array, columns=columns, dtype=object), []
        return self._frame

    def __len__(self) -> int:
        return len(self._rows if self._frame is None else self._frame)

    def records(self) -> list[dict[str, Any]]:
        frame = self._frame
        rows = self._rows if frame is None else frame.to_numpy().tolist()
        names = self._columns if frame is None else list(frame.columns)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def at(self, row: int, column: str) -> Any:
        if self._frame is not None:
            return self._frame.at[row, column] if column in self._frame else None
        number = self._columns.get(column)
        return None if number is None else self._rows[row][number]


class DataTable(Generic[RowT]):
    """A table of values and, in the same shape, the cell of each value.

    ``RowT`` is the type of its rows: ``ProjectRow``, ``IndicatorRow`` or ``DepartmentGoalRow``.
    """

    def __init__(self, values: _Rows, cells: _Rows) -> None:
        self._values, self._cells = values, cells

    @classmethod
    def of(cls, values: pd.DataFrame, cells: pd.DataFrame) -> DataTable[RowT]:
        """A table from two frames of one shape."""
        return cls(_Rows.of(values), _Rows.of(cells))

    @classmethod
    def build(
        cls,
        columns: Sequence[str],
        values: Iterable[Mapping[str, Any]],
        cells: Iterable[Mapping[str, Place]],
    ) -> DataTable[RowT]:
        """A table from one mapping per row; a column that a mapping lacks is None there."""
        return cls(
            _Rows(columns, [tuple(map(row.get, columns)) for row in values]),
            _Rows(columns, [tuple(map(row.get, columns)) for row in cells]),
        )

    @property
    def values(self) -> pd.DataFrame:
        """The values, one row per record; what is changed in this frame counts."""
        return self._values.frame

    @property
    def cells(self) -> pd.DataFrame:
        """The place of each value, in the shape of ``values``."""
        return self._cells.frame

    def __len__(self) -> int:
        return len(self._values)

    def records(self) -> list[RowT]:
        """The rows as dictionaries, in order."""
        return cast("list[RowT]", self._values.records())

    def cell_records(self) -> list[dict[str, Place | None]]:
        """The places of the rows as dictionaries, in order."""
        return self._cells.records()

    def places(self) -> Iterator[list[Place]]:
        """Of every row the cells of its values, where there are some."""
        for row in self._cells.records():
            yield [place for place in row.values() if isinstance(place, Place)]

    def place(self, row: int, column: str) -> Place | None:
        """The cell of a value; None where the form has no cell for it."""
        place: Place | None = self._cells.at(row, column)
        return place
