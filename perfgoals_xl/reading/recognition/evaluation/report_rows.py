"""The cells of an indicator's row in the columns that a declaration does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgoals_xl.form.evaluation.evaluation_labels import Part, ReportKind
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.recognition.alignment import Aligned, Slot, align
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.evaluation.report_columns import (
    reached_entry,
    report_columns,
)
from perfgoals_xl.reading.recognition.forms import Entry, Form

# What a form of each kind does not have, whatever a heading says.
_NOT_OF = {
    ReportKind.EVALUATION: (Part.FORECAST, Part.LIKELIHOOD, Part.LIGHT),
    ReportKind.MONITORING: (Part.SCORE,),
}


class ReportRows:
    """Reads what rows say below the headings of a 自评表 or 监控表."""

    def __init__(self, form: Form, header: Header) -> None:
        self._form, self._header = form, header
        if form.report is not None:
            form.report.has_notes |= "note" in header.columns
        found = report_columns(form.grid, header).parts if form.report is not None else {}
        other = _NOT_OF[form.report.kind] if form.report is not None else ()
        self._parts = {part: headed for part, headed in found.items() if part not in other}

    def align(
        self,
        row: int,
        cells: Sequence[tuple[int, object]],
        slots: tuple[Slot, ...],
        *,
        costs_lead: bool,
    ) -> Aligned:
        """A row put under the columns of its table.

        In a text lost merges shift a row as a whole: its further cells say where the others belong.
        """
        grid = self._form.grid
        if self._parts and grid.is_text:
            own = {found[0].at: part for part, found in self._parts.items()}
            all_of_them = {one.at for found in self._parts.values() for one in found}
            beside = [(c, v) for c, v in grid.cells(row) if c in all_of_them]
            cells = sorted({*cells, *beside}, key=lambda cell: cell[0])
            slots = tuple(Slot(own.get(slot.at, slot.part), slot.at) for slot in slots)
        texts = [(c, str(v if isinstance(v, str) else grid.shown(row, c, v))) for c, v in cells]
        aligned = align(texts, slots, costs_lead=costs_lead)
        if not self._parts:
            return aligned
        found = {part: at for part, at in aligned.found.items() if part != "foreign"}
        return aligned._replace(found=found)

    def read(self, row: int, aligned: Aligned) -> Mapping[str, Entry]:
        """What a row says, by column of its table; each cell of it is held."""
        form, said = self._form, {}
        for part, headed in self._parts.items():
            moved = aligned.found.get(part, headed[0].at) - headed[0].at or aligned.slip
            if form.grid.is_text and moved:
                headed = [one._replace(at=one.at + moved) for one in headed[:1]]
                if part not in aligned.found:
                    place = form.grid.place(row, headed[0].at)
                    said[str(part)] = Entry(None, place)
                    continue
            said[str(part)] = reached_entry(form.grid, part, headed, row)
            for one in headed:
                if not is_blank(form.grid.value(row, one.at)):
                    form.hold(row, one.at)
        return said
