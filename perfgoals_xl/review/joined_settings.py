"""The settings of several declarations that become one workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import NOTES_LABEL
from perfgoals_xl.review.settings import Settings, folder_settings, read_settings

T = TypeVar("T")


@dataclass(frozen=True)
class Joined:
    """What the declarations agree on, and what is to be told, a line each."""

    settings: Settings
    notes: tuple[str, ...] = ()


def join_settings(declarations: Sequence[Declaration], folder: Path) -> Joined:
    """The settings for a workbook in ``folder`` that holds all of these declarations.

    Where they differ about a rule it is as it is by default, so that no department of several
    switches off what the others want checked. What the settings file of ``folder`` says anyway is
    left to it. A file whose settings cannot be understood has none; that is told as well.
    """
    told: list[str] = []
    each: list[Settings] = []
    for declaration in declarations:
        try:
            each.append(read_settings(declaration))
        except InputError as error:
            told.append(f"{str(error).split('。')[0]}，这个文件的校验规则设置没有带入。")
            each.append(Settings())
    severities, differing = _agreed([settings.severities for settings in each])
    thresholds, more = _agreed([settings.thresholds for settings in each])
    wanted = {settings.notes for settings in each}
    names = sorted(differing | more) + ([NOTES_LABEL] if len(wanted) > 1 else [])
    if names:
        told.append(f"各来源文件的校验规则设置不同（{'、'.join(names)}），这几项取默认设置。")
    there = folder_settings(folder)
    return Joined(
        Settings(
            _without(severities, there.severities),
            _without(thresholds, there.thresholds),
            wanted == {True} and not there.notes,
        ),
        tuple(told),
    )


def _agreed(choices: Sequence[Mapping[str, T]]) -> tuple[dict[str, T], set[str]]:
    """The choices that all make, and the rules about which they differ."""
    agreed, differing = {}, set()
    for code in dict.fromkeys(code for chosen in choices for code in chosen):
        if all(code in chosen and chosen[code] == choices[0].get(code) for chosen in choices):
            agreed[code] = choices[0][code]
        else:
            differing.add(code)
    return agreed, differing


def _without(chosen: Mapping[str, T], there: Mapping[str, T]) -> dict[str, T]:
    return {c: v for c, v in chosen.items() if c not in there or there[c] != v}
