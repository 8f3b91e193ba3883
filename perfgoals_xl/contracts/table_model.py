"""From the description of a table to its pandera model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self

import pandas as pd
import pandera.pandas as pa
from pandera import extensions
from pandera.api.dataframe.model_components import FieldInfo
from pandera.typing import DataFrame

from perfgoals_xl.contracts.conversion import typed
from perfgoals_xl.contracts.evaluation_columns import AnyTable
from perfgoals_xl.contracts.table_columns import COLUMNS, TABLES
from perfgoals_xl.contracts.types import Column, Type

_DTYPES: dict[Type, Any] = {
    Type.TEXT: str,
    Type.WHOLE: pd.Int64Dtype,
    Type.AMOUNT: object,
    Type.FIGURE: object,
    Type.BOUND: object,
}


def is_amount(series: pd.Series[Any]) -> pd.Series[bool]:
    """Whether each is a finite ``Decimal``."""
    return _each(series, lambda value: isinstance(value, Decimal) and value.is_finite())


def is_not_negative(series: pd.Series[Any]) -> pd.Series[bool]:
    """Whether each amount is zero or more; what is no amount is left to ``is_amount``."""
    return _each(series, lambda value: not (isinstance(value, Decimal) and value < 0))


def is_bound(series: pd.Series[Any]) -> pd.Series[bool]:
    """Whether each is a finite ``Decimal`` or a day."""
    return _each(series, _is_bound)


# Under their names, so that a published schema can name them and be read back.
for _check in (is_amount, is_not_negative, is_bound):
    extensions.register_check_method(_check, statistics=[], supported_types=pd.Series)


def _is_bound(value: Any) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _each(series: pd.Series[Any], holds: Any) -> pd.Series[bool]:
    return pd.Series([holds(value) for value in series], index=series.index, dtype=bool)


Relations = Mapping[str, Mapping[str, "pd.Series[bool]"]]
"""By column and name of the relation: in which rows it holds."""


def require(frame: pd.DataFrame, relations: Relations, name: str, *, lazy: bool = True) -> None:
    """Raises pandera's report on the values of ``frame`` for which a relation does not hold.

    A check over the whole frame would report every column of the row; here the value that is wrong
    is named in its own.
    """

    def check(relation: str, holds: pd.Series[bool]) -> pa.Check:
        # The names of pandera's checks are part of its report.
        return pa.Check(lambda _: holds, name=relation, error=relation, ignore_na=False)

    columns = {
        column: pa.Column(nullable=True, checks=[check(*item) for item in named.items()])
        for column, named in relations.items()
        if not all(holds.all() for holds in named.values())
    }
    if columns:
        pa.DataFrameSchema(columns, name=name).validate(frame, lazy=lazy)


class Contract(pa.DataFrameModel):
    """A table as it is promised; ``class Projects(Contract, table=Table.PROJECTS)``.

    The fields are the columns of :data:`~perfgoals_xl.contracts.table_columns.COLUMNS`. More
    columns than these may stand in a frame. Before anything is judged, a frame is brought into
    order and types as far as nothing is lost: :func:`~perfgoals_xl.contracts.conversion.typed`.
    """

    _table: ClassVar[AnyTable]

    class Config:
        """Columns are looked for by name; a value that cannot be converted is reported."""

        coerce = True
        strict = False
        metadata = None

    def __init_subclass__(cls, table: AnyTable | None = None, **kwargs: Any) -> None:
        if table is not None:
            cls._table = table
            cls.__annotations__ = {c.name: _DTYPES[c.type] for c in COLUMNS[table]}
            for column in COLUMNS[table]:
                made = _field(column)
                made.__set_name__(cls, column.name)
                setattr(cls, column.name, made)
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]

    @pa.dataframe_parser
    @classmethod
    def as_promised(cls, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the columns of the contract first, in their types."""
        return typed(frame, COLUMNS[cls._table])

    @classmethod
    def relations(cls, frame: pd.DataFrame) -> Relations:
        """What has to hold between columns of a frame whose columns hold, each for itself."""
        return {}

    @classmethod
    def validate(
        cls,
        check_obj: pd.DataFrame,
        head: int | None = None,
        tail: int | None = None,
        sample: int | None = None,
        random_state: int | None = None,
        lazy: bool = True,
        inplace: bool = False,
    ) -> DataFrame[Self]:
        """The frame in the order and types of the contract; the options are those of pandera.

        Raises ``pandera.errors.SchemaErrors``, whose ``failure_cases`` name column, row (index)
        and value of everything that breaks it; with ``lazy=False`` ``SchemaError`` for the first.
        """
        frame = super().validate(check_obj, head, tail, sample, random_state, lazy, inplace)
        require(frame, cls.relations(frame), cls.__name__, lazy=lazy)
        return frame

    @classmethod
    def to_json_schema(cls) -> dict[str, Any]:
        """The contract as JSON Schema: an object with an array of values for every column.

        That is ``frame.to_dict("list")``, amounts as numbers, bounds as numbers or ISO dates.
        """
        title, description = TABLES[cls._table]
        columns = COLUMNS[cls._table]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": cls.__name__,
            "description": f"{title}：{description}",
            "type": "object",
            "properties": {column.name: _json_schema(column) for column in columns},
            "required": [column.name for column in columns],
        }


def _field(column: Column) -> FieldInfo:
    checks: dict[str, Any] = {}
    if column.values:
        checks["isin"] = list(column.values)
    if column.pattern:
        checks["str_matches"] = column.pattern
    if column.type is Type.AMOUNT:
        checks |= {"is_amount": (), "is_not_negative": ()}
    elif column.type is Type.FIGURE:
        checks["is_amount"] = ()
    elif column.type is Type.BOUND:
        checks["is_bound"] = ()
    else:
        checks |= {"ge": column.minimum, "le": column.maximum}
    made: FieldInfo = pa.Field(
        nullable=column.nullable,
        title=column.title,
        description=column.explained,
        metadata={
            key: value
            for key, value in {"unit": column.unit, "terms": list(column.terms)}.items()
            if value
        }
        or None,
        **{name: value for name, value in checks.items() if value is not None},
    )
    return made


def _json_schema(column: Column) -> dict[str, Any]:
    kind: list[str] = {
        Type.TEXT: ["string"],
        Type.WHOLE: ["integer"],
        Type.AMOUNT: ["number"],
        Type.FIGURE: ["number"],
        Type.BOUND: ["number", "string"],
    }[column.type]
    items: dict[str, Any] = {"type": [*kind, "null"] if column.nullable else kind}
    if column.values:
        items["enum"] = [*column.values, None] if column.nullable else list(column.values)
    if column.minimum is not None:
        items["minimum"] = column.minimum
    if column.maximum is not None:
        items["maximum"] = column.maximum
    if column.pattern:
        items["pattern"] = column.pattern
    if column.terms:
        items["examples"] = list(column.terms)
    return {
        "title": column.title,
        "description": column.explained,
        "type": "array",
        "items": items,
    }
