"""The worksheet functions of the add-in as data: what Excel, its VBA wrappers and the manual show.

``FUNCTIONS`` is filled when :mod:`perfgoals_xl.excel.udfs` is imported. A function is registered by
:func:`worksheet_function`; on Windows that also hands it to xlwings, which calls it for Excel.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

VALUE_ERROR = "#VALUE!"
NOT_AVAILABLE = "#N/A"
NUMBER_ERROR = "#NUM!"
"""Texts that stand for Excel's error values: the VBA wrappers turn them into real ones."""

CATEGORY = "绩效目标"
"""Under which heading Excel's function wizard lists the functions."""

_LONGEST_DESCRIPTION = 255  # of Application.MacroOptions, for the function and for each argument

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Argument:
    """One argument: ``name`` as the function wizard shows it, ``description`` in Chinese."""

    name: str
    description: str
    optional: bool = False


@dataclass(frozen=True)
class WorksheetFunction:
    """One function: ``description`` says in Chinese what comes back.

    ``example`` is one formula and ``example_result`` what the cell with it shows.
    """

    name: str
    description: str
    arguments: tuple[Argument, ...]
    example: str
    example_result: str


FUNCTIONS: dict[str, WorksheetFunction] = {}


def worksheet_function(
    *, description: str, example: str, example_result: str, **argument_descriptions: str
) -> Callable[[Function], Function]:
    """Registers a function under its own name; an argument with a default is optional in Excel.

    ``argument_descriptions`` holds a text for every argument, in the order of the signature. Raises
    ValueError where one is missing or too many, a name is not ASCII, or a text is longer than the
    255 characters that Excel takes.
    """

    def register(function: Function) -> Function:
        parameters = inspect.signature(function).parameters
        if list(parameters) != list(argument_descriptions):
            raise ValueError(f"{function.__name__}: {[*parameters]} != {[*argument_descriptions]}")
        entry = WorksheetFunction(
            function.__name__,
            description,
            tuple(
                Argument(name, text, parameters[name].default is not inspect.Parameter.empty)
                for name, text in argument_descriptions.items()
            ),
            example,
            example_result,
        )
        for text in (description, *argument_descriptions.values()):
            if not 0 < len(text) <= _LONGEST_DESCRIPTION:
                raise ValueError(f"{entry.name}: {len(text)} characters: {text!r}")
        if not all(name.isascii() for name in (entry.name, *parameters)):
            raise ValueError(f"{entry.name}: VBA takes ASCII names only")
        FUNCTIONS[entry.name] = entry
        return _for_xlwings(function, entry)

    return register


def _for_xlwings(function: Function, entry: WorksheetFunction) -> Function:
    """Leaves on the function what ``xlwings.udfs.call_udf`` looks for; on Windows only.

    Elsewhere xlwings' decorators do nothing, and importing xlwings imports pandas.
    """
    platform: str = sys.platform  # not asked directly: mypy would take the rest for unreachable
    if not platform.startswith("win"):
        return function
    import xlwings as xw

    for argument in entry.arguments:
        # Always rows of cells: by itself xlwings makes one flat list of a row and of a column. And
        # a cell with an error is not a blank one.
        convert = xw.arg(argument.name, doc=argument.description, ndim=2, err_to_str=True)
        function = convert(function)
    marked: Function = xw.func(category=CATEGORY)(function)
    return marked
