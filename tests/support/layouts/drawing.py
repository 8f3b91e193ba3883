"""From a seed to the pages of a file and what stands on them."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass

from tests.support.layouts.columns import table_columns
from tests.support.layouts.content import Content, Project, made_up
from tests.support.layouts.features import Layout
from tests.support.layouts.funding import draw_funding
from tests.support.layouts.heads import Head
from tests.support.layouts.lists import draw_flat, draw_outline
from tests.support.layouts.page import Page
from tests.support.layouts.surroundings import budget_list, draw_below, draw_title, guide_sheet
from tests.support.layouts.tables import Table
from tests.support.layouts.wanted import Wanted, WantedProject

_COUNTS = {"one": 1, "two": 2, "three": 3}


@dataclass
class Draw:
    """A file that was drawn: its layout, its sheets, and what a careful person reads there."""

    layout: Layout
    content: Content
    pages: list[Page]
    wanted: Wanted

    def told(self) -> str:
        """The sheets as text, for people."""
        return "\n".join(page.told() for page in self.pages)


def draw(
    seed: int,
    content: Content | None = None,
    *,
    plain: Collection[str] = (),
    items: int | None = None,
    **forced: str,
) -> Draw:
    """The drawing of a seed.

    ``content`` is drawn where it is given, else a fictional department. Features in ``plain`` stay
    at their first variant, those in ``forced`` at the one given; no project keeps more than
    ``items`` indicators.
    """
    if content is not None:
        forced["edition"] = content.edition
    layout = Layout(seed, plain, **forced)
    if content is None:
        count = _COUNTS[layout["projects"]]
        content = made_up(layout.rng("content"), layout["edition"], count)
    if items is not None:
        content = copy.copy(content)
        content.projects = [Project(p.fields, p.items[:items]) for p in content.projects]
    pages, wanted = _drawn(layout, content)
    return Draw(layout, content, pages, wanted)


def _drawn(layout: Layout, content: Content) -> tuple[list[Page], Wanted]:
    shape, name = layout["shape"], layout.rng("sheet").choice(("Sheet1", "绩效目标", "项目表"))
    pages = [Page(name)]
    _move(pages[0], layout)
    wanted = Wanted(year=content.year)
    if shape == "flat":
        width = len(table_columns(layout, content.year)) + 3
        draw_title(pages[0], layout, content, width)
        wanted.projects = draw_flat(pages[0], layout, content)
        _weights_and_below(pages[0], layout, content, 0, below=False)
    elif shape == "outline":
        draw_title(pages[0], layout, content, 2)
        wanted.projects = draw_outline(pages[0], layout, content)
    else:
        pages, wanted.projects = _forms(layout, content, pages[0])
    if layout["title"] in ("filled_in", "department"):
        wanted.department = content.department
    format = layout["format"]
    if format not in ("docx", "txt"):
        _add_other_sheets(pages, layout, content)
    return pages, wanted


def _move(page: Page, layout: Layout) -> None:
    rng, choice = layout.rng("origin"), layout["origin"]
    down = rng.randint(1, 4) if choice in ("down", "both") else 0
    right = rng.randint(1, 3) if choice in ("right", "both") else 0
    page.origin = (down, right)


def _forms(layout: Layout, content: Content, page: Page) -> tuple[list[Page], list[WantedProject]]:
    pages, found = [page], []
    together = layout["sheets"] if len(content.projects) > 1 else "one"
    start = page.origin
    for number, project in enumerate(content.projects):
        if number and together == "one":
            page = Page(f"{pages[0].name}{number + 1}")
            _move(page, layout)
            pages.append(page)
        elif number and together == "below":
            page.origin = (
                page.origin[0] + page.bottom + layout.rng("between").randint(1, 3),
                start[1],
            )
        elif number and together == "beside":
            page.origin = (
                start[0],
                page.origin[1] + page.right + layout.rng("between").randint(1, 2),
            )
            _above_all(page)
        found.append(_form(page, layout, content, project))
    return pages, found


def _above_all(page: Page) -> None:
    """Makes a form beside others begin at their top: ``bottom`` looks only at its own columns."""
    page.bounded = page.origin[1]


def _form(page: Page, layout: Layout, content: Content, project: Project) -> WantedProject:
    wanted = WantedProject(page.name)
    side = 1 if layout["side"] == "beside" else 0
    cols = table_columns(layout, content.year)
    width = side + len(cols)
    draw_title(page, layout, content, width)
    head = Head(page, layout, project, wanted, width)
    head.draw_names()
    gap = layout["gaps"] == "blocks"
    order = layout["order"]
    blocks = [lambda: draw_funding(head), head.draw_goals]
    if order == "goal_first":
        blocks.reverse()
    after = [blocks.pop()] if order == "table_before_goal" else []
    for block in blocks:
        head.row += int(gap)
        block()
    row = head.row + int(gap)
    table = Table(page, layout, content.edition, cols, side)
    below = table.rows(table.header(row), project.items, wanted)
    if side:
        down = below - row if layout["merging"] != "plain" else 1
        page.put(
            row,
            0,
            layout.rng("side label").choice(("绩效指标", "绩效\n指标", "年度绩效指标")),
            down=down,
        )
    head.row = below
    for block in after:
        block()
    _weights_and_below(page, layout, content, side)
    return wanted


def _weights_and_below(
    page: Page, layout: Layout, content: Content, left: int, *, below: bool = True
) -> None:
    cols = table_columns(layout, content.year)
    weights = [left + n for n, column in enumerate(cols) if column.part == "weight"]
    if below:
        draw_below(page, layout, left + len(cols), weights[0] if weights else None)


def _add_other_sheets(pages: list[Page], layout: Layout, content: Content) -> None:
    choice = layout["other_sheet"]
    if choice == "guide":
        pages.insert(0, guide_sheet())
    elif choice == "budget_list":
        pages.append(budget_list())
    hidden = layout["hidden"]
    if hidden != "none":
        draft = copy.deepcopy(content)
        fields = dict(draft.projects[0].fields)
        fields["project_name"] = f"{fields['project_name']}（草稿）"
        fields["annual_goal"] = f"旧稿：{fields['annual_goal']}"
        draft.projects = [Project(fields, draft.projects[0].items)]
        page = Page("草稿", {"hidden": "hidden", "very_hidden": "veryHidden"}[hidden])
        if layout["shape"] == "form":
            _form(page, layout, draft, draft.projects[0])
            pages.append(page)
